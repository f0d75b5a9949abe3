"""Corrections in the whole bot: a reader doubts a date, a moderator corrects it, answers show it, and it is taken back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

from kzbot.channel.identity import MEMBER, MODERATOR
from kzbot.chat.escape import unescape

pytestmark = pytest.mark.asyncio(loop_scope="module")
WORDS = "mid-November"


def rows(whole: Any, table: str) -> list[dict[str, Any]]:
    """A table of kzbot.db as it is on disk."""
    with closing(sqlite3.connect(f"file:{whole.data / 'kzbot.db'}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY number")]


async def timeline(whole: Any, look: Any) -> Any:
    return look((await whole.channel.command("timeline", {"from": "1997", "to": "1997"})).message)


def field(modal: dict[str, Any], custom_id: str) -> dict[str, Any]:
    """A field of a form."""
    found: list[dict[str, Any]] = [one["component"] for one in modal["components"]]
    return next(one for one in found if one["custom_id"] == custom_id)


async def doubt(whole: Any, seen: Any, words: str, said: str, by: Any = MEMBER) -> Any:
    """Presses the button of a card, chooses the date with these words and sends the form."""
    reply = await whole.channel.press(seen.id, seen.button("Wrong date or name?"), by=by)
    assert reply.modal is not None
    value = next(o["value"] for o in field(reply.modal, "date")["options"] if o["label"].startswith(f"“{words}"))
    values = {"date": [value], "name": [], "said": said}
    return await whole.channel.submit(reply.modal, values, by=by)


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("timeline", {}),
        ("timeline", {"topic": "Steppe Eagle"}),
        ("timeline", {"articles": True}),
        ("search", {"query": "peacekeeping battalion"}),
        ("exercise", {"name": "CENTRAZBAT"}),
        ("who", {"name": "William Cohen"}),
        ("source", {"what": "003_d3750fabc3c4fa28"}),
        ("new", {}),
    ],
)
async def test_every_answer_that_shows_dates_or_names_has_a_form_for_them(
    whole: Any, look: Any, command: str, options: dict[str, Any]
) -> None:
    seen = look((await whole.channel.command(command, options)).message)
    reply = await whole.channel.press(seen.id, seen.button("Wrong date or name?"))
    assert reply.modal is not None and reply.modal["components"][0]["component"]["options"]


async def test_a_doubt_goes_to_the_moderators_list_with_its_passage(whole: Any, look: Any) -> None:
    seen = await timeline(whole, look)
    assert "Mid-November 1997" in seen.text
    told = look((await doubt(whole, seen, WORDS, "It was 14 November 1997 **@everyone**")).message)
    assert told.private and "number 1 on the moderators' list" in told.text
    (kept,) = rows(whole, "reports")
    assert (kept["kind"], kept["words"], kept["state"], kept["query"]) == ("date", WORDS, "open", seen.row)
    assert kept["article"].startswith("003_") and WORDS in kept["excerpt"] and kept["user"] == MEMBER.id
    again = look((await doubt(whole, seen, WORDS, "")).message)
    assert "on the moderators' list already, as number 1" in again.text and len(rows(whole, "reports")) == 1


async def test_a_moderator_corrects_it_in_one_step_and_the_timeline_shows_it(
    whole: Any, look: Any, settled: Any
) -> None:
    listed = look((await whole.channel.command("corpus doubts", {}, by=MODERATOR)).message)
    said = unescape(listed.text)
    assert listed.private and f"1. Wrong date? “{WORDS}”" in said and "read as: mid-November 1997" in said
    assert "It was 14 November 1997 **@everyone**" in said and f"<@{MEMBER.id}>" in listed.text
    reply = await whole.channel.press(listed.id, listed.button("Correct 1"), by=MODERATOR)
    assert reply.modal is not None and field(reply.modal, "words")["value"] == WORDS
    values = {"words": WORDS, "means": "14 November 1997"}
    reply = await whole.channel.submit(reply.modal, values, by=MODERATOR)
    done = await settled(reply)
    assert done.text.startswith("## Corrected") and done.private, done.text
    assert "means 14 November 1997" in unescape(done.text) and "Before: mid-November 1997" in done.text
    seen = await timeline(whole, look)
    assert "14 November 1997" in seen.text and "Mid-November" not in seen.text
    assert "corrected by a moderator" in seen.text
    (laid,) = rows(whole, "overlays")
    assert (laid["words"], laid["edtf"], laid["actor"], laid["report"]) == (WORDS, "1997-11-14", MODERATOR.id, 1)
    assert rows(whole, "reports")[0]["state"] == "mended"
    assert rows(whole, "history")[-1]["way"] == "correction"
    assert {row["action"] for row in rows(whole, "audit")} >= {"lay", "apply"}
    asked = [json.loads(row["options"]) for row in whole.log(where="command = 'corpus correct date'")]
    assert asked[0]["means"] == "14 November 1997" and asked[0]["doubt"] == 1


async def test_it_is_taken_back_after_a_restart(whole: Any, look: Any, settled: Any) -> None:
    held = look((await whole.channel.command("corpus corrections", {}, by=MODERATOR)).message)
    assert f"“{WORDS}”" in unescape(held.text) and "1997-11-14" in held.text
    await whole.start()
    reply = await whole.channel.press(held.id, held.button("Undo 1"), by=MODERATOR)
    done = await settled(reply)
    assert done.text.startswith("## Correction undone"), done.text
    seen = await timeline(whole, look)
    assert "Mid-November 1997" in seen.text and "corrected by" not in seen.text
    assert rows(whole, "overlays")[0]["undone_by"] == MODERATOR.id
    assert rows(whole, "reports")[0]["state"] == "open" and rows(whole, "history")[-1]["way"] == "undo"


async def test_everything_that_was_sent_obeys_discord(whole: Any, discord_rules: Callable[..., list[str]]) -> None:
    assert [fault for body in whole.sent for fault in discord_rules(*body)] == []
