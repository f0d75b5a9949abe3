"""Plans in the chat: what a reload would do, applied, cancelled, confirmed by typing, taken away, and taken back."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kzbot.channel.identity import ELSEWHERE, HOME, MEMBER, MODERATOR, direct_with
from kzbot.channel.server import LocalChannel
from kzbot.chat.escape import unescape

pytestmark = pytest.mark.usefixtures("judged")


async def ask(channel: LocalChannel, look: Any, name: str) -> Any:
    return await look.settled(await channel.command(name, {}, by=MODERATOR))


async def press(channel: LocalChannel, look: Any, seen: Any, label: str) -> Any:
    return await look.settled(await channel.press(seen.id, seen.button(label), by=MODERATOR))


async def section(channel: LocalChannel, look: Any, seen: Any, label: str) -> Any:
    """The list of that name, from the select."""
    select = next(one for one in seen.selects if any(option["label"] == label for option in one["options"]))
    value = next(option["value"] for option in select["options"] if option["label"] == label)
    return look((await channel.choose(seen.id, select["custom_id"], [value], by=MODERATOR)).message)


async def test_a_reload_says_what_it_would_do_and_changes_nothing(channel: LocalChannel, kept: Any, look: Any) -> None:
    served = kept.services.shelf.id
    for query in ("harbour", "harbour", "paper2"):
        await channel.command("search", {"query": query}, by=MEMBER)
    kept.add(9, "The *zeppelin* flew over town9 on 9 May 2012 during Zeppelin Days.\n", "A <@1> new\\n report")
    kept.add(1, "The ministers left the harbour of town1 on 1 March 2010 and signed paper1.\n")
    kept.add(2, "Nothing was said of that day in town2.\n")
    (kept.folder / "bad.md").write_text("---\ntitle: [\n---\nWords.\n", encoding="utf-8")
    (kept.folder / "twice.md").write_bytes((kept.folder / "a03.md").read_bytes())
    seen = await ask(channel, look, "corpus reload")
    said = unescape(seen.text)
    assert seen.private and said.startswith("## Plan of a reload\nNothing has changed yet")
    assert kept.services.shelf.id == served
    assert seen.labels == ["Apply", "Cancel", "As a file"]
    assert "Articles: 8 before, 9 after" in said and "1 added · 2 changed · 0 removed" in said
    assert "1 answer lost · 0 gained · 2 changed" in said
    assert "1 file rejected (1 new) · 1 duplicate" in said
    assert "golden question · items: 8 before, 7 after\n" in said
    assert "/search query: paper2" in said and "/search query: harbour" in said and "asked 2 times" in said
    assert "<@1>" not in seen.text and "A <@1> new\\n report" in said

    changed = unescape((await section(channel, look, seen, "Articles changed")).text)
    assert "~~met at~~ **left**" in changed and "2 in all" in changed
    rejected = unescape((await section(channel, look, seen, "Files rejected")).text)
    assert "**bad.md, line 3**" in rejected
    duplicates = unescape((await section(channel, look, seen, "Duplicates")).text)
    assert "**twice.md** repeats **a03.md**" in duplicates
    assert "**Zeppelin Days** · exercise · 1 mention" in (await section(channel, look, seen, "New names")).text
    gained = unescape((await section(channel, look, seen, "Dated statements gained")).text)
    assert "**9 May 2012** · a09: The *zeppelin* flew" in gained
    lost = await section(channel, look, seen, "Dated statements lost")
    assert "**2 March 2010** · a02: The ministers met" in lost.text
    assert lost.id == seen.id and lost.labels == ["Apply", "Cancel", "As a file"]
    first = await section(channel, look, seen, "Overview")
    assert first.texts == seen.texts


async def test_a_plan_is_applied_rolled_back_and_applied_again(channel: LocalChannel, kept: Any, look: Any) -> None:
    before = kept.services.shelf.id
    kept.add(9)
    seen = await ask(channel, look, "corpus reload")
    done = await press(channel, look, seen, "Apply")
    after = kept.services.shelf.id
    assert done.id == seen.id and done.text.startswith("## Applied") and after not in (None, before)
    assert f"Answers now come from {after}" in done.text and done.labels == ["Roll back"]
    assert "town9" in look((await channel.command("search", {"query": "town9"})).message).text
    back = await press(channel, look, done, "Roll back")
    assert back.text.startswith("## Rolled back") and kept.services.shelf.id == before
    assert back.labels == ["Apply again"]
    again = await press(channel, look, back, "Apply again")
    assert kept.services.shelf.id == after and again.labels == ["Apply again"]
    rows, count = await kept.keeper.history(9)
    assert count == 4 and [row.way for row in rows] == ["rollback", "rollback", "reload", "start"]
    assert {row.actor.user for row in rows[:3]} == {MODERATOR.id}


async def test_a_dangerous_plan_is_applied_only_when_the_number_is_typed(
    channel: LocalChannel, kept: Any, look: Any
) -> None:
    served = kept.services.shelf.id
    kept.remove(1, 2)
    seen = await ask(channel, look, "corpus reload")
    assert "More than a tenth of the articles would go: 2 of 8" in seen.text
    form = (await channel.press(seen.id, seen.button("Apply"), by=MODERATOR)).modal
    assert form is not None and "2 of 8" in json.dumps(form) and "How many articles go?" in json.dumps(form)
    for typed in ("3", "two", " "):
        told = await look.settled(await channel.submit(form, {"typed": typed}, by=MODERATOR))
        assert told.private and told.id != seen.id and "so nothing was changed" in told.text
    assert kept.services.shelf.id == served
    assert "Plan of a reload" in look(channel.messages.get(seen.id).body).text
    done = await look.settled(await channel.submit(form, {"typed": " 2 "}, by=MODERATOR))
    assert done.id == seen.id and done.text.startswith("## Applied") and kept.services.shelf.id != served


async def test_a_plan_that_is_no_longer_true_is_made_anew_in_its_place(
    channel: LocalChannel, kept: Any, look: Any
) -> None:
    served = kept.services.shelf.id
    kept.add(9)
    seen = await ask(channel, look, "corpus reload")
    kept.add(10)
    anew = await press(channel, look, seen, "Apply")
    assert anew.id == seen.id and kept.services.shelf.id == served
    assert anew.text.startswith("**What was there has changed in the meantime, and nothing was applied")
    assert "2 added" in anew.text
    done = await press(channel, look, anew, "Apply")
    assert done.text.startswith("## Applied") and "town10" not in served
    row = await kept.services.log.query(anew.row)
    assert row is not None and row.generation == kept.services.shelf.id


async def test_files_that_are_as_they_were_leave_nothing_to_apply(channel: LocalChannel, kept: Any, look: Any) -> None:
    assert (await ask(channel, look, "corpus reload")).text.startswith("## Nothing to reload")
    path = kept.add(9)
    seen = await ask(channel, look, "corpus reload")
    path.unlink()
    done = await press(channel, look, seen, "Apply")
    assert "there is nothing to apply any more" in done.text and done.labels == []
    assert await kept.keeper.waiting() is None


async def test_a_plan_that_was_cancelled_or_replaced_is_gone(channel: LocalChannel, kept: Any, look: Any) -> None:
    kept.add(9)
    first = await ask(channel, look, "corpus reload")
    kept.add(10)
    second = await ask(channel, look, "corpus reload")
    for label in ("Apply", "Cancel", "As a file"):
        told = await press(channel, look, first, label)
        assert told.private and told.id != first.id and "no longer there" in told.text
    select = first.selects[0]
    told = look((await channel.choose(first.id, select["custom_id"], ["7"], by=MODERATOR)).message)
    assert "no longer there" in told.text
    done = await press(channel, look, second, "Cancel")
    assert done.id == second.id and done.text.startswith("## Cancelled") and await kept.keeper.waiting() is None
    deeds, _ = await kept.services.log.ledger.deeds(1)
    assert deeds[0].action == "cancel" and deeds[0].actor.user == MODERATOR.id


async def test_the_whole_plan_is_taken_away_as_a_file(channel: LocalChannel, kept: Any, look: Any, sent: Any) -> None:
    kept.add(9)
    seen = await ask(channel, look, "corpus reload")
    taken = await press(channel, look, seen, "As a file")
    assert taken.private and taken.id != seen.id
    plan = await kept.keeper.waiting()
    assert any(f"plan-{plan.candidate}" in name for body in sent for name in body[3])


async def test_while_a_build_is_under_way_that_is_said(channel: LocalChannel, kept: Any, look: Any) -> None:
    kept.add(9)
    with kept.store.lock(), kept.store.building():
        seen = await ask(channel, look, "corpus reload")
        assert seen.text.startswith("## Not done") and "Another reload is under way" in seen.text


async def test_only_a_moderator_of_the_home_server_presses_the_buttons_of_a_plan(
    channel: LocalChannel, kept: Any, look: Any
) -> None:
    kept.remove(1, 2)
    seen = await ask(channel, look, "corpus reload")
    await channel.join(ELSEWHERE)
    body = {"components": channel.messages.get(seen.id).body["components"], "flags": 1 << 15}
    for place, person, words in (
        (HOME, MEMBER, "Only moderators can do that"),
        (ELSEWHERE, MODERATOR, "work in the home server only"),
        (direct_with(MODERATOR), MODERATOR, "work in the home server only"),
    ):
        copy = channel.messages.add(body, place=place)
        for label in ("Apply", "Cancel", "As a file"):
            told = look((await channel.press(copy.id, seen.button(label), by=person)).message)
            assert told.private and words in told.text
            row = await kept.services.log.query(told.row)
            assert row is not None and (row.status, row.user) == ("denied", person.id)
        told = look((await channel.choose(copy.id, seen.selects[0]["custom_id"], ["5"], by=person)).message)
        assert told.private and words in told.text
    assert await kept.keeper.waiting() is not None


async def test_a_golden_question_that_fails_as_before_is_not_said_to_have_changed(
    channel: LocalChannel, kept: Any, look: Any
) -> None:
    golden = kept.folder.parent / "golden.yaml"
    golden.write_text('questions:\n  - {question: "/search query: submarine", expect: answered}\n', encoding="utf-8")
    kept.add(9)
    seen = await ask(channel, look, "corpus reload")
    assert "not found, but should be answered" in seen.text and "as before," not in seen.text
