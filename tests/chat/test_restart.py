"""The bot as a process of its own: killed, started again, told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from kzbot.channel.identity import MEMBER, MODERATOR
from kzbot.channel.server import LocalChannel

BOT = Path(__file__).parent / "made_bot.py"
Process = asyncio.subprocess.Process


@pytest.fixture
async def run(channel: LocalChannel, tmp_path: Path) -> AsyncIterator[Callable[[], Awaitable[Process]]]:
    running: list[Process] = []

    async def start() -> Process:
        environment = {**os.environ, "PYTHONPATH": str(BOT.parents[2])}
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            str(BOT),
            str(tmp_path),
            channel.base_url,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=environment,
        )
        running.append(process)
        assert process.stdout is not None
        async with asyncio.timeout(60):
            said = await process.stdout.readline()
        if said != b"READY\n":
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            raise AssertionError(f"it said {said!r} and complained {await process.communicate()}")
        await channel.wait_for_bot()
        return process

    yield start
    for process in running:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def gone(channel: LocalChannel) -> None:
    """Returns once the channel has noticed that the bot is killed."""
    async with asyncio.timeout(60):
        while channel.gateway.connected:  # noqa: ASYNC110 - the channel tells nobody
            await asyncio.sleep(0.02)


@pytest.mark.usefixtures("judged")
async def test_pages_turn_after_the_bot_was_killed_and_started_again(
    channel: LocalChannel, run: Callable[[], Awaitable[Process]], look: Any
) -> None:
    process = await run()
    seen = look((await channel.command("timeline", {"topic": "soldiers"})).message)
    seen = look((await channel.press(seen.id, seen.button("Next"))).message)
    narrowed = {"command": "timeline", "user": MEMBER.id, "since": "yesterday"}
    listed = look((await channel.command("log questions", narrowed, by=MODERATOR)).message)
    process.send_signal(signal.SIGKILL)
    await process.wait()
    await gone(channel)
    await run()
    exported = await channel.choose(listed.id, listed.selects[0]["custom_id"], ["jsonl"], by=MODERATOR)
    await exported.filled()
    handed = look(exported.followups[-1] if exported.followups else exported.message)
    assert "1 question of the log" in handed.text and f"command timeline · asked by <@{MEMBER.id}>" in handed.text
    after = look((await channel.press(seen.id, seen.button("Next"))).message)
    assert after.id == seen.id and "page 3 of 4" in after.text and after.row == seen.row
    select, _ = after.selects
    chosen = look((await channel.choose(after.id, select["custom_id"], [select["options"][0]["value"]])).message)
    assert "page 1 of 4" in chosen.text
    afar = look((await channel.press(chosen.id, chosen.button("Open"))).message)
    assert "In **2036" in afar.text and afar.row == seen.row
    for form in ("light", "csv"):
        taken = await channel.choose(chosen.id, chosen.selects[-1]["custom_id"], [form])
        message = (await taken.filled()).message
        assert message is not None and len(message["attachments"]) == 1


@pytest.mark.usefixtures("judged")
async def test_ratings_wishes_and_reviews_go_on_after_the_bot_was_killed(
    channel: LocalChannel, run: Callable[[], Awaitable[Process]], look: Any, tmp_path: Path
) -> None:
    process = await run()
    seen = look((await channel.command("search", {"query": "nothing"})).message)
    await channel.press(seen.id, seen.button("Not useful"))
    await channel.press(seen.id, seen.button("Tell me"))
    listed = look((await channel.command("log unanswered", {}, by=MODERATOR)).message)
    process.send_signal(signal.SIGKILL)
    await process.wait()
    await gone(channel)
    await run()
    await channel.press(seen.id, seen.button("Useful"))
    select = listed.selects[0]
    chosen = await channel.choose(listed.id, select["custom_id"], [select["options"][0]["value"]], by=MODERATOR)
    group = look(chosen.message)
    assert group.id == listed.id and "1 person wishes to be told" in group.text
    done = look((await channel.press(group.id, group.button("Dismiss"), by=MODERATOR)).message)
    assert "dismissed by" in done.text
    with sqlite3.connect(tmp_path / "kzbot.db") as log:
        assert log.execute("SELECT user, useful FROM ratings").fetchall() == [(MEMBER.id, 1)]
        assert log.execute("SELECT state FROM wishes").fetchall() == [("open",)]
    log.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_closes_cleanly_and_keeps_the_log(
    channel: LocalChannel, run: Callable[[], Awaitable[Process]], look: Any, tmp_path: Path, number: signal.Signals
) -> None:
    process = await run()
    seen = look((await channel.command("timeline", {})).message)
    process.send_signal(number)
    async with asyncio.timeout(60):
        _, complained = await process.communicate()
    assert process.returncode == 0, complained
    assert b"Traceback" not in complained
    with sqlite3.connect(tmp_path / "kzbot.db") as log:
        assert log.execute("SELECT count(*) FROM queries WHERE rowid = ?", (seen.row,)).fetchone() == (1,)
    log.close()
