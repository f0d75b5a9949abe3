"""The history of the corpus, going back to a state that is kept, and everything doubtful in the one that is served."""

from __future__ import annotations

from typing import Any

import pytest

from kzbot.channel.identity import ELSEWHERE, HOME, MEMBER, MODERATOR, direct_with
from kzbot.channel.server import LocalChannel
from kzbot.chat.escape import unescape
from kzbot.querylog.ledger.rows import Actor, Application, Report

pytestmark = pytest.mark.usefixtures("judged")


async def ask(channel: LocalChannel, look: Any, name: str) -> Any:
    return await look.settled(await channel.command(name, {}, by=MODERATOR))


async def press(channel: LocalChannel, look: Any, seen: Any, label: str) -> Any:
    return await look.settled(await channel.press(seen.id, seen.button(label), by=MODERATOR))


async def choose(channel: LocalChannel, look: Any, seen: Any, label: str) -> Any:
    select = next(one for one in seen.selects if any(label in option["label"] for option in one["options"]))
    value = next(option["value"] for option in select["options"] if label in option["label"])
    return look((await channel.choose(seen.id, select["custom_id"], [value], by=MODERATOR)).message)


async def apply(channel: LocalChannel, look: Any) -> None:
    done = await press(channel, look, await ask(channel, look, "corpus reload"), "Apply")
    assert done.text.startswith("## Applied")


async def test_the_history_says_who_did_what_and_leads_back_after_a_second_press(
    channel: LocalChannel, kept: Any, look: Any
) -> None:
    first = kept.services.shelf.id
    kept.add(9, title="The <@1> ninth")
    kept.remove(1)
    form = await ask(channel, look, "corpus reload")
    modal = (await channel.press(form.id, form.button("Apply"), by=MODERATOR)).modal
    assert modal is not None
    await channel.submit(modal, {"typed": "1"}, by=MODERATOR)
    second = kept.services.shelf.id
    seen = await ask(channel, look, "corpus history")
    said = unescape(seen.text)
    assert seen.private and said.startswith("## History of the corpus\n**2.** reload · 8 articles")
    assert (
        f"8 articles · **served now**\n-# <@{MODERATOR.id}> · <t:" in said
        and f"1 added, 1 removed · {second}\n" in said
    )
    assert "**1.** at the start · 8 articles · kept\n-# the bot itself" in said and f"· {first}\n" in said
    (select,) = seen.selects
    assert [one["value"] for one in select["options"]] == [first]

    asked = await choose(channel, look, seen, "Built")
    assert asked.private and asked.id != seen.id and asked.text.startswith("## Go back?")
    said = unescape(asked.text)
    assert "These would go**\n- **The <@1> ninth**" in said and "These would come back**\n- **Report number 1**" in said
    assert kept.services.shelf.id == second
    done = await press(channel, look, asked, "Go back to it")
    assert done.id == asked.id and done.text.startswith("## Rolled back") and kept.services.shelf.id == first
    again = await ask(channel, look, "corpus history")
    assert "rolled back" in again.text.split("**2.**")[0] and again.text.count("served now") >= 1


async def test_a_long_history_is_turned(channel: LocalChannel, kept: Any, look: Any) -> None:
    for number in range(20):
        row, _ = await kept.keeper.history(1)
        user = Actor(place="discord", user=MEMBER.id) if number % 2 else Actor(place="terminal")
        done = Application(
            at=row[0].at, actor=user, way="import", generation=row[0].generation, former=None, articles=8, summary={}
        )
        await kept.services.log.ledger.applied(done)
    seen = await ask(channel, look, "corpus history")
    assert "page 1 of 3" in seen.text and "**21.**" in seen.text and "at the terminal" in seen.text
    after = await press(channel, look, await press(channel, look, seen, "Next"), "Next")
    assert after.id == seen.id and "page 3 of 3" in after.text and "**1.**" in after.text


async def test_the_status_lists_everything_doubtful_with_the_plan_that_waits(
    channel: LocalChannel, kept: Any, look: Any
) -> None:
    for number in range(20, 60):
        kept.add(number).write_text(f"---\ntitle: Loose *{number}*\n---\nWords of note{number}.\n", encoding="utf-8")
    (kept.folder / "bad.md").write_text("---\ntitle: [\n---\nWords.\n", encoding="utf-8")
    await apply(channel, look)
    report = Report(
        at=kept.services.clock(),
        user=MEMBER.id,
        query=None,
        generation=None,
        kind="date",
        article="a01",
        address="a01#1",
        excerpt="x",
        words="x",
    )
    await kept.services.log.ledger.take_report(report)
    kept.remove(2)
    await ask(channel, look, "corpus reload")
    seen = await ask(channel, look, "corpus status")
    assert "48 articles from" in seen.text and "1 doubt of a reader is open" in seen.text
    assert "A plan waits" in seen.text and "1 removed" in seen.text
    assert "40 articles without a publication date" in seen.text and "**bad.md, line 3**" in seen.text
    assert seen.labels == ["Read the plan", "Apply", "Cancel", "As a file"]
    listed = await choose(channel, look, seen, "without an address")
    assert listed.id == seen.id and "page 1 of 3" in listed.text
    last = await press(channel, look, await press(channel, look, listed, "Next"), "Next")
    assert "- **Loose \\*59\\*** · a59" in last.text and "page 3 of 3" in last.text
    plan = await press(channel, look, last, "Read the plan")
    assert plan.id == seen.id and plan.text.startswith("## Plan of a reload")
    done = await press(channel, look, plan, "Apply")
    assert done.text.startswith("## Applied")
    assert "A plan waits" not in (await ask(channel, look, "corpus status")).text


async def test_a_status_whose_plan_was_replaced_shows_the_new_one(channel: LocalChannel, kept: Any, look: Any) -> None:
    kept.add(9)
    await ask(channel, look, "corpus reload")
    (kept.folder / "bad.md").write_text("---\ntitle: [\n---\nWords.\n", encoding="utf-8")
    seen = await ask(channel, look, "corpus status")
    kept.add(10)
    await ask(channel, look, "corpus reload")
    told = await press(channel, look, seen, "Apply")
    assert told.private and "no longer there" in told.text
    waiting = await kept.keeper.waiting()
    assert waiting.candidate not in seen.text


@pytest.mark.parametrize("command", ["corpus history", "corpus status"])
async def test_only_a_moderator_of_the_home_server_presses_the_buttons(
    channel: LocalChannel, kept: Any, look: Any, command: str
) -> None:
    kept.add(9, title="").write_text("---\ntitle: Loose\n---\nWords.\n", encoding="utf-8")
    await apply(channel, look)
    kept.add(10)
    await ask(channel, look, "corpus reload")
    seen = await ask(channel, look, command)
    await channel.join(ELSEWHERE)
    body = {"components": channel.messages.get(seen.id).body["components"], "flags": 1 << 15}
    served = kept.services.shelf.id
    for place, person, words in (
        (HOME, MEMBER, "Only moderators can do that"),
        (ELSEWHERE, MODERATOR, "work in the home server only"),
        (direct_with(MODERATOR), MODERATOR, "work in the home server only"),
    ):
        copy = channel.messages.add(body, place=place)
        pressed = [await channel.press(copy.id, seen.button(label), by=person) for label in seen.labels]
        for select in seen.selects:
            value = select["options"][0]["value"]
            pressed.append(await channel.choose(copy.id, select["custom_id"], [value], by=person))
        assert pressed
        for reply in pressed:
            told = look(reply.message)
            assert told.private and words in told.text
    assert kept.services.shelf.id == served
