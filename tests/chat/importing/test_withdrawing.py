"""Moderators take articles out and bring them back; others are refused what brings in and takes out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kzbot.channel.dialogs import answered
from kzbot.channel.identity import DIRECT, ELSEWHERE, HOME, MEMBER, MODERATOR
from kzbot.channel.interactions import MODAL
from kzbot.channel.server import LocalChannel
from kzbot.chat.services import Services
from kzbot.querylog.ledger.rows import TERMINAL, Deed

NO_MORE = replace(MODERATOR, permissions=MEMBER.permissions, roles=())
REPORT = "The ministers met in Astana on 3 May 2014.\n\nThey signed *two* agreements; @everyone knows.\n"
PAGE = """<html lang="en"><head><title>Soldiers meet - The Post</title>
<meta property="og:site_name" content="The Post"><meta property="article:published_time" content="2014-05-04T10:00:00Z">
<link rel="canonical" href="https://example.org/soldiers"></head><body><article><h1>Soldiers meet</h1>
<p>Soldiers of two countries met near the lake on 4 May 2014, and they stayed there for two days and a night.</p>
<p>Their officers said that another meeting was planned for the autumn of the same year, in the other country.</p>
</article></body></html>"""

Run = Callable[[], Awaitable[Services]]


async def test_an_article_is_withdrawn_undone_and_restored(
    channel: LocalChannel, services: Services, talk: Any, look: Any, tmp_path: Path
) -> None:
    offered = await channel.autocomplete("corpus remove", "article", "number 3", by=MODERATOR)
    assert [(one["name"], one["value"]) for one in offered] == [("Number 3 (03)", "03")]
    gone = await talk.command("corpus remove", article="03")
    assert gone.private and "**Number 3** (03) is withdrawn" in gone.text and gone.labels == ["Undo"]
    assert "1 removed" in gone.text and (tmp_path / "corpus" / "03.txt").is_file()
    assert "## Not found" in look((await channel.command("source", {"what": "03"})).message).text
    back, _ = await talk.press(gone, "Undo")
    assert "**Number 3** (03) is part of the corpus again" in back.text
    await talk.command("corpus remove", article="04")
    offered = await channel.autocomplete("corpus restore", "article", "4", by=MODERATOR)
    assert [(one["name"], one["value"]) for one in offered] == [("Number 4 (04)", "04")]
    assert "is part of the corpus again" in (await talk.command("corpus restore", article="04")).text
    for name in ("corpus remove", "corpus restore"):
        said = (await talk.command(name, article="@everyone *x*")).text
        assert said.endswith(("tells its id.", "lists those that are.")) and "\\@everyone \\*x\\*" in said
    ways = [row.way for row in (await services.log.ledger.history(9))[0]]
    assert ways == ["restore", "removal", "restore", "removal"]


async def test_an_article_stands_in_the_audit_by_its_title_with_its_id_among_the_details(
    channel: LocalChannel, services: Services, talk: Any, look: Any
) -> None:
    await talk.command("corpus remove", article="03")
    at = datetime.now(UTC)
    for action, details in (
        ("import", {"ids": ["02", "gone"]}),
        ("lay", {"kind": "date", "article": "04", "words": "w"}),
    ):
        deed = Deed(at=at, actor=TERMINAL, action=action, about=5, details=details)  # type: ignore[arg-type]
        await services.log.ledger.note(deed)
    seen = look((await channel.command("log audit", {}, by=MODERATOR)).message)
    assert "took the article Number 3 out" in seen.text and "corrected Number 4: “w” means no date" in seen.text
    choices = {one["label"].split(" ", 1)[1]: one["value"] for one in seen.selects[0]["options"]}
    told: dict[str, list[str]] = {}
    for label in ("took the article Number 3 out", "added 2 articles", "corrected Number 4: “w” means no date"):
        reply = await channel.choose(seen.id, seen.selects[0]["custom_id"], [choices[label]], by=MODERATOR)
        told[label[:5]] = look(reply.message).text.splitlines()
    assert {"- removal 1", "- article: Number 3 (03)"} <= set(told["took "])
    assert {"- question 5", "- articles: Number 2 (02), gone"} <= set(told["added"])
    assert {"- correction 5", "- article: Number 4 (04)"} <= set(told["corre"])


async def test_more_than_a_tenth_goes_only_when_it_is_typed(
    channel: LocalChannel, services: Services, talk: Any, look: Any
) -> None:
    for article in ("03", "04", "05"):
        assert (await talk.command("corpus remove", article=article)).labels == ["Undo"]
    plan = await talk.command("corpus remove", article="06")
    assert "so much would go that the plan must be confirmed" in plan.text and "1 removed" in plan.text
    opened = await channel.press(plan.id, plan.button("Apply"), by=MODERATOR)
    assert opened.modal is not None
    reply = await channel.submit(opened.modal, {"typed": "1"}, by=MODERATOR)
    applied = await talk._settled(lambda: reply.message, plan.text)
    assert "Answers now come from" in applied.text
    assert (await services.log.ledger.history(1))[0][0].way == "removal"
    plan = await talk.command("corpus remove", article="07")
    cancelled, _ = await talk.press(plan, "Cancel")
    assert "1 article that was to go stays" in cancelled.text
    assert [one[0] for one in await services.remover.withdrawn()] == ["06", "05", "04", "03"]


async def test_an_import_that_only_adds_applies_itself_where_the_operator_wants_that(
    run: Run, talk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KZBOT_CORPUS__AUTO_APPLY", "additions")
    services = await run()
    done, (report,) = await talk.press(await talk.add(("a.txt", f"---\ntitle: A\n---\n{REPORT}")), "Add")
    assert "1 article was put" in done.text and "Answers now come from" in report.text
    assert report.labels == ["Roll back"]
    assert [row.way for row in (await services.log.ledger.history(3))[0]] == ["automatic"]


@pytest.mark.parametrize("name", ["corpus add", "corpus remove", "corpus restore"])
async def test_members_other_servers_and_direct_messages_are_refused(
    channel: LocalChannel, services: Services, look: Any, name: str
) -> None:
    options = {} if name == "corpus add" else {"article": "03"}
    files = {"file1": ("r.txt", REPORT.encode())} if name == "corpus add" else None
    seen = look((await channel.command(name, options, by=MEMBER, files=files)).message)
    assert seen.private and seen.text.startswith("Only moderators can do that")
    await channel.join(ELSEWHERE)
    for place in (ELSEWHERE, DIRECT):
        seen = look((await channel.command(name, options, by=MODERATOR, where=place, files=files)).message)
        assert seen.private and "work in the home server only" in seen.text
    rows, _ = await services.log.recent(9)
    assert [(row.command, row.status) for row in rows] == [(name, "denied")] * 3
    if name != "corpus add":
        assert await channel.autocomplete(name, "article", "", by=MEMBER) == []
    assert (await services.log.ledger.deeds(9))[1] == 0


async def test_buttons_and_forms_are_refused_to_who_is_no_moderator_any_more(
    channel: LocalChannel, services: Services, talk: Any, look: Any
) -> None:
    files = ("a.txt", REPORT), ("b.txt", "---\ntitle: B\n---\nWords of May 2015.")
    card = await talk.fill_in(await talk.add(*files), title="Report")
    gone = await talk.command("corpus remove", article="03")
    opened = await channel.press(card.id, card.button("Fill in"), by=MODERATOR)
    assert opened.modal is not None
    pressed = [card.button(label) for label in ("Fill in", "Add", "Cancel")]
    replies = [await channel.press(card.id, identity, by=NO_MORE) for identity in pressed]
    replies.append(await channel.choose(card.id, card.selects[0]["custom_id"], ["0"], by=NO_MORE))
    replies.append(await channel.press(gone.id, gone.button("Undo"), by=NO_MORE))
    source = channel.interactions.opened(MODERATOR, opened.id).source
    form = answered(opened.modal, {"title": "Another"})
    replies.append(await channel.interactions.ask(MODAL, form, NO_MORE, HOME, source=source))
    for reply in replies:
        seen = look(reply.message)
        assert seen.private and seen.text.startswith("Only moderators can do that")
    shown = await talk.command("corpus add")
    assert "**Report**" in shown.text and "2 articles can be added" in shown.text
    assert await services.remover.withdrawn() == [("03", "Number 3")]
