"""The whole bot ends, well or badly, and starts again: nothing that was said is lost, and old cards still work."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
from contextlib import closing
from typing import Any

import pytest

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_cards_work_before_and_after_a_kill(whole: Any, look: Any) -> None:
    channel = whole.channel
    timeline = look((await channel.command("timeline", {})).message)
    overview = look((await channel.command("timeline", {})).message)
    timeline = look((await channel.press(timeline.id, timeline.button("From the beginning"))).message)
    timeline = look((await channel.press(timeline.id, timeline.button("Next"))).message)
    source = look((await channel.command("source", {"what": "Transition to Professional Army"})).message)
    asked_wrongly = look((await channel.command("timeline", {"from": "2013", "to": "1997"})).message)
    private = look((await channel.command("search", {"query": "Afghanistan", "private": True})).message)
    rows = whole.log()
    await whole.stop()
    assert whole.log() == rows

    await whole.start()
    after = look((await channel.press(timeline.id, timeline.button("Next"))).message)
    assert after.id == timeline.id and after.row == timeline.row and "page 3 of 4" in after.text
    select, _ = after.selects
    first = look((await channel.choose(after.id, select["custom_id"], [select["options"][0]["value"]])).message)
    assert "page 1 of 4" in first.text and "**1. 1996**" in first.text
    years = overview.selects[0]
    year = look((await channel.choose(overview.id, years["custom_id"], [years["options"][-1]["value"]])).message)
    assert year.row == overview.row and "### 2013" in year.text
    text = look((await channel.press(source.id, source.button("Full text"))).message)
    assert text.private and "page 1 of" in text.text
    swapped = look((await channel.press(asked_wrongly.id, asked_wrongly.button(asked_wrongly.labels[0]))).message)
    assert "12 dated statements" in swapped.text and "from 1997, to 2013" in swapped.text
    shown = await channel.press(private.id, private.button("Show in channel"))
    assert any(not one["flags"] & 64 for one in [shown.message, *shown.followups])
    assert whole.log()[: len(rows)] == rows


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_it_with_everything_in_the_log(whole: Any, look: Any, number: signal.Signals) -> None:
    await whole.start()
    asked = [whole.channel.command("search", {"query": f"peacekeeping {at}"}) for at in range(8)]
    seen = [look(reply.message) for reply in await asyncio.gather(*asked)]
    assert await asyncio.to_thread(whole.bot.end, number) == 0, whole.bot.complained
    assert whole.bot.said[-1] == "Stopped."
    assert not any("Traceback" in line or "ERROR" in line for line in whole.bot.complained)
    assert not list(whole.data.glob("kzbot.db-*"))
    assert {one.row for one in seen} <= {row["number"] for row in whole.log("number")}
    with closing(sqlite3.connect(whole.data / "kzbot.db")) as log:
        assert log.execute("PRAGMA integrity_check").fetchone() == ("ok",)
