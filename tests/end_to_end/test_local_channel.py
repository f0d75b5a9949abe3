"""`python bot.py` without a token, as a newcomer starts it: everything in one process."""

from __future__ import annotations

import asyncio
import re
import signal
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from kzbot.channel.messages import LOADING


async def ask(address: str, text: str, name: str, options: dict[str, Any]) -> dict[str, Any]:
    """Asks as the page does; the answer's message."""
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{address.replace('http', 'ws')}/socket", origin=address) as page,
    ):
        hello = await page.receive_json(timeout=60)
        assert hello["t"] == "hello" and hello["connected"] and len(hello["examples"]) == 3
        await page.send_json({"t": "command", "n": 1, "name": name, "options": options, "text": text})
        while (told := await page.receive_json(timeout=60))["t"] != "message" or told["message"]["flags"] & LOADING:
            pass
        message: dict[str, Any] = told["message"]
        return message


async def test_a_newcomer_starts_it_asks_and_stops_it(
    run_bot: Callable[[Mapping[str, str]], Any], tmp_path: Path, look: Any
) -> None:
    environ = {"KZBOT_DATA__FOLDER": str(tmp_path), "SSH_CONNECTION": "192.0.2.1 5 192.0.2.7 22", "USER": "ana"}
    bot = run_bot({**environ, "KZBOT_CHANNEL__PORT": "0"})
    try:
        await asyncio.to_thread(bot.until, "The bot is in the channel")
        found = re.fullmatch(r"The local channel: (http://127\.0\.0\.1:(\d+))", bot.said[0])
        assert found is not None
        address, port = found[1], int(found[2])
        assert bot.said[1].endswith(f"ssh -L {port}:127.0.0.1:{port} ana@192.0.2.7")
        page = await asyncio.to_thread(urllib.request.urlopen, address)
        with page:
            assert b"local channel" in page.read()
        question = "/exercise name: steppe eagle"
        seen = look(await ask(address, question, "exercise", {"name": "steppe eagle"}))
        assert "## Steppe Eagle" in seen.text and "question 1" in seen.text
        assert await asyncio.to_thread(bot.end, signal.SIGINT) == 0, bot.complained
    finally:
        bot.kill()
    assert bot.said[-1] == "Stopped."
    assert not any("Traceback" in line for line in bot.complained), "\n".join(bot.complained)


@pytest.mark.parametrize("name", ["KZBOT_DATA__FOLDR", "KZBOT_CHANEL__PORT"])
async def test_a_setting_that_is_misspelt_stops_the_start_with_one_sentence(
    run_bot: Callable[[Mapping[str, str]], Any], tmp_path: Path, name: str
) -> None:
    bot = run_bot({"KZBOT_DATA__FOLDER": str(tmp_path), name: "1"})
    try:
        assert await asyncio.to_thread(bot.process.wait, 60) == 1
    finally:
        bot.kill()
    (sentence,) = bot.complained
    assert name in sentence and "Traceback" not in sentence
