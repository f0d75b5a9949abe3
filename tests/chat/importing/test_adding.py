"""Moderators bring articles in, over the local channel and a real corpus."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import discord
import pytest

from kzbot.channel.identity import MEMBER, MODERATOR
from kzbot.channel.server import LocalChannel
from kzbot.chat.commands.corpus_add import fetched
from kzbot.chat.escape import unescape
from kzbot.chat.services import Services

NO_MORE = replace(MODERATOR, permissions=MEMBER.permissions, roles=())
REPORT = "The ministers met in Astana on 3 May 2014.\n\nThey signed *two* agreements; @everyone knows.\n"
PAGE = """<html lang="en"><head><title>Soldiers meet - The Post</title>
<meta property="og:site_name" content="The Post"><meta property="article:published_time" content="2014-05-04T10:00:00Z">
<link rel="canonical" href="https://example.org/soldiers"></head><body><article><h1>Soldiers meet</h1>
<p>Soldiers of two countries met near the lake on 4 May 2014, and they stayed there for two days and a night.</p>
<p>Their officers said that another meeting was planned for the autumn of the same year, in the other country.</p>
</article></body></html>"""

Run = Callable[[], Awaitable[Services]]


async def test_a_page_and_a_text_are_described_and_added_and_answer_questions(
    channel: LocalChannel, services: Services, talk: Any, look: Any, tmp_path: Path
) -> None:
    card = await talk.add(("page.html", PAGE), ("report.txt", REPORT))
    said = unescape(card.text)
    assert card.private and "## Articles to add" in said and "fill in or leave out: 2. report.txt" in said
    assert (
        "**Soldiers meet**" in said and "Publisher: The Post" in said and "Link: https://example.org/soldiers" in said
    )
    assert "Published 4 May 2014: The page states it in its head" in said and "Publication date unknown" in said
    assert "No title was found" in said and "> The ministers met in Astana on 3 May 2014." in said
    assert "\\@everyone" in card.text and "\\*two\\*" in card.text
    assert card.labels == ["Fill in", "Fill in", "Add", "Cancel"]
    assert next(one for one in card.buttons if one["label"] == "Add")["disabled"]

    card = await talk.fill_in(card, 1, title="A *report*", published="4/5/2014", url="example.org")
    said = unescape(card.text)
    assert "either number may be the month" in said and "give a whole address" in said and "**A *report***" in said
    opened = await channel.press(
        card.id, [one["custom_id"] for one in card.buttons if one["label"] == "Fill in"][1], by=MODERATOR
    )
    assert "'value': '4/5/2014'" in str(opened.modal) and "'value': 'A *report*'" in str(opened.modal)
    card = await talk.fill_in(card, 1, title="A *report*", published="4 May 2014", url="", ground="its file's date")
    assert "Published 4 May 2014, inferred: its file's date" in unescape(card.text)
    assert "2 articles can be added" in card.text

    done, (plan,) = await talk.press(card, "Add")
    assert "2 articles were put among the added ones" in done.text and not done.buttons
    assert plan.private and "2 added" in plan.text and "A *report*" in unescape(plan.text)
    applied, _ = await talk.press(plan, "Apply")
    assert "Answers now come from" in applied.text and applied.labels == ["Roll back"]
    found = look((await channel.command("timeline", {"from": "2014"})).message)
    assert "The ministers met in Astana on" in unescape(found.text).replace("**", "")
    assert "Soldiers of two countries" in found.text
    rows, _ = await services.log.ledger.history(3)
    assert [(row.way, row.actor.user) for row in rows] == [("import", MODERATOR.id)]
    originals = {file.suffix: file.read_bytes() for file in (tmp_path / "data" / "originals").iterdir()}
    assert originals == {".html": PAGE.encode(), ".txt": REPORT.encode()}


async def test_a_restart_between_card_form_and_plan_loses_nothing(
    channel: LocalChannel, run: Run, talk: Any, look: Any
) -> None:
    await run()
    card = await talk.add(("report.txt", REPORT))
    await run()
    opened = await channel.press(card.id, card.button("Fill in"), by=MODERATOR)
    assert opened.modal is not None
    await run()
    reply = await channel.submit(opened.modal, {"title": "After two restarts"}, by=MODERATOR)
    card = look(reply.message)
    assert "1 article can be added" in card.text
    shown = await talk.command("corpus add")
    assert "After two restarts" in shown.text and shown.row == card.row
    await run()
    _, (plan,) = await talk.press(shown, "Add")
    await run()
    applied, _ = await talk.press(plan, "Apply")
    assert "1 added" in applied.text


async def test_a_cancelled_plan_takes_its_articles_back_and_they_wait_again(
    services: Services, talk: Any, tmp_path: Path
) -> None:
    card = await talk.fill_in(await talk.add(("report.txt", REPORT)), title="Report")
    _, (plan,) = await talk.press(card, "Add")
    assert len(list((tmp_path / "data" / "articles").iterdir())) == 2
    cancelled, _ = await talk.press(plan, "Cancel")
    assert "1 article that had been added for it waits again" in cancelled.text
    assert list((tmp_path / "data" / "articles").iterdir()) == []
    again = await talk.command("corpus add")
    assert "1 article can be added" in again.text and "**Report**" in again.text
    _, (plan,) = await talk.press(again, "Add")
    applied, _ = await talk.press(plan, "Apply")
    assert "1 added" in applied.text
    assert "Nothing that you sent before waits" in (await talk.command("corpus add")).text


async def test_what_cannot_be_taken_is_said_file_by_file_and_one_can_be_left_out(
    channel: LocalChannel, services: Services, talk: Any, look: Any
) -> None:
    lines = [json.dumps({"id": f"w{n}", "title": f"Wire *{n}*", "text": f"Wire {n} of May 2014."}) for n in range(6)]
    card = await talk.add(
        ("photo.png", b"\x89PNG"),
        ("large.txt", b"x" * 5_000_001),
        ("same.txt", "Article 3 says that somebody met on 4 May 2012."),
        ("wires.jsonl", "\n".join([*lines, "nonsense"])),
        ("untitled.txt", REPORT),
    )
    said = unescape(card.text)
    assert "“.png” is not read" in said and "over the limit of 5,000,000 bytes" in said
    assert "The corpus has this text already: Number 3 (03)" in said
    assert "6 articles can be added:\n- Wire *0*" in said and "and 2 more" in said
    assert "1 line was not taken:\n- line 7:" in said
    (select,) = card.selects
    assert [one["label"] for one in select["options"]] == ["Leave out: 4. wires.jsonl", "Leave out: 5. untitled.txt"]
    reply = await channel.choose(card.id, select["custom_id"], ["4"], by=MODERATOR)
    card = look(reply.message)
    assert "Left out." in card.text and "6 articles can be added. Nothing" in card.text
    assert [one["label"] for one in card.selects[0]["options"]][1] == "Take in again: 5. untitled.txt"
    other = await talk.command("corpus add")
    done, (plan,) = await talk.press(card, "Add")
    assert "6 articles were put among" in done.text and "6 added" in plan.text
    again = await talk.add(("again.jsonl", lines[0]))
    assert "This text was added already, as w0" in unescape(again.text) and again.labels == ["Cancel"]
    gone, _ = await talk.press(again, "Cancel")
    assert "no longer kept" in gone.text
    for label in ("Add", "Cancel"):
        reply = await (await channel.press(other.id, other.button(label), by=MODERATOR)).filled()
        said = look(reply.followups[0] if reply.followups else reply.message).text
        assert "What was sent is no longer there" in said


async def test_where_nothing_could_be_added_that_is_said(services: Services, talk: Any) -> None:
    line = {"id": "x", "title": "X", "text": "---\ntitle: Y\n---\nWords."}
    card = await talk.add(("a.jsonl", json.dumps(line)))
    reply = await talk._channel.press(card.id, card.button("Add"), by=MODERATOR)
    seen = await talk._settled(lambda: reply.message, card.text)
    assert seen.text.startswith("## Nothing added") and "to the letter" in seen.text and reply.followups == []


async def test_hostile_names_and_overlong_values_make_cards_that_discord_takes(
    channel: LocalChannel, services: Services, talk: Any, look: Any
) -> None:
    nasty = "*@everyone* [x](https://evil.test) <@1> ~_" * 40
    text = f"---\ntitle: {json.dumps(nasty)}\nurl: https://example.org/{'_*' * 900}\npublisher: {json.dumps(nasty)}\n"
    text += f"published: 2013\npublished_ground: {json.dumps(nasty)}\n---\n> {nasty}\n- 1. # "
    card = await talk.add(*((f"@everyone {at} [x](https://evil.test) ../*{at}*.md", text + str(at)) for at in range(5)))
    assert card.text.count("\\@everyone") >= 5 and "5 articles can be added" in card.text
    card = await talk.fill_in(
        card, 2, title=nasty[:1900], url=nasty[:1900], published=nasty[:99], publisher=nasty[:1900]
    )
    assert "**Not taken:** url is" in card.text
    reply = await channel.choose(card.id, card.selects[0]["custom_id"], ["2"], by=MODERATOR)
    done, (plan,) = await talk.press(look(reply.message), "Add")
    assert "4 articles were put" in done.text and "4 added" in plan.text
    assert "\\@everyone" in done.text
    gone = await talk.command("corpus remove", article=nasty[:3000])
    assert "There is no article" in gone.text


async def test_an_address_is_fetched_only_where_the_operator_wants_that(services: Services, talk: Any) -> None:
    card = await talk.command("corpus add", address="https://example.org/page")
    assert "set corpus.fetch to true" in unescape(card.text) and card.labels == ["Cancel"]


async def test_an_attachment_that_lies_elsewhere_or_is_too_large_is_never_asked_for() -> None:
    def attached(url: str, size: int) -> discord.Attachment:
        data: Any = {"id": "1", "filename": "a.txt", "size": size, "url": url, "proxy_url": url}
        return discord.Attachment(
            data=data, state=cast(Any, SimpleNamespace(http=None))
        )  # without a connection: a request would break down

    base = discord.asset.Asset.BASE
    for url in (
        "https://evil.test/a.txt",
        f"{base}.evil.test/a.txt",
        f"http://{base.partition('://')[2]}/a.txt",
        "file:///a",
    ):
        assert "does not lie where Discord keeps attachments" in ((await fetched(attached(url, 5), 9)).reason or "")
    assert "over the limit of 9 bytes" in ((await fetched(attached(f"{base}/attachments/1/a.txt", 10), 9)).reason or "")


async def test_what_a_files_metadata_does_beyond_the_form_is_seen_before_it_is_added(
    services: Services, talk: Any
) -> None:
    head = (
        "id: 'n [x](https://x.example)'\ndates:\n  - {words: 3 May 2014, edtf: 1999}\n  - {words: Astana, edtf: null}\n"
    )
    card = await talk.add(("r.txt", f"---\ntitle: R\n{head}skip: [11]\n---\n{REPORT}"))
    said = unescape(card.text)
    assert "Id, as its metadata gives it: n [x](https://x.example)" in said and "\\[x\\]" in card.text
    assert "how 2 dates in the text are to be read: “3 May 2014” as 1999, “Astana” as no date" in said
    assert "leaves 1 line of its text out" in said
    lines = [
        {"id": f"d{n}", "title": "T", "text": f"May {n}", "dates": [{"words": "May", "edtf": "1999"}]} for n in "ab"
    ]
    card = await talk.add(("r.jsonl", "\n".join(map(json.dumps, lines))))
    assert "how 2 dates in the text are to be read: “May” as 1999" in unescape(card.text)


async def test_a_page_that_claims_the_address_of_another_host_is_not_believed_unseen(
    services: Services, talk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fetch(address: str) -> Any:
        return SimpleNamespace(url=address, data=PAGE.encode(), charset="utf-8", suffix=".html")

    monkeypatch.setattr(services.importer, "_fetch", fetch)
    card = await talk.command("corpus add", address="https://copies.example/soldiers")
    assert "This link leads to example.org, which is not the host" in unescape(card.text)
    card = await talk.command("corpus add", address="https://www.example.org/soldiers")
    assert "Link: https://example.org/soldiers" in unescape(card.text) and "not the host" not in card.text
