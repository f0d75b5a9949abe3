"""Who wished it is told once a question can be answered; and what the terminal asks the running bot to do."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kzbot.channel.identity import GUILD, MEMBER, MODERATOR
from kzbot.channel.server import LocalChannel
from kzbot.chat.escape import unescape
from kzbot.operations import taking_up
from kzbot.operations.health import Health, host, write_health
from kzbot.querylog.ledger.rows import TERMINAL
from kzbot.querylog.review.rows import ReviewRecord
from tests.chat.unanswered import ask, bring, opened, press, told, until

pytestmark = pytest.mark.usefixtures("judged")
PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
async def kept(start: Any, kept_corpus: Any) -> AsyncIterator[Any]:
    async with kept_corpus(start, {"KZBOT_DISCORD__HOME_SERVER": str(GUILD)}) as opened:
        yield opened


async def test_who_wished_it_can_be_told_from_the_report_of_the_spelling(
    channel: LocalChannel, kept: Any, look: Any, settled: Any
) -> None:
    await bring(kept, 9, "Zeppelin Days began on 9 January 2010.\n")
    asked = await ask(channel, look, command="exercise", name="Luftschiffwoche")
    await channel.press(asked.id, asked.button("Tell me"))
    seen = await opened(channel, look)
    form = await channel.press(seen.id, seen.button("Add spelling"), by=MODERATOR)
    assert form.modal is not None
    done = await settled(await channel.submit(form.modal, {"other": "Zeppelin Days"}, by=MODERATOR))
    assert done.text.startswith("## Corrected") and "Undo" in done.labels
    group = await press(channel, look, done, "Tell 1 asker")
    assert "the askers are to be told" in group.text and "Undo spelling" in group.labels

    async def arrived() -> bool:
        return bool(told(channel, look))

    await until(arrived)
    assert "Luftschiffwoche" in told(channel, look)[0].text
    assert "2 groups" not in (await press(channel, look, group, "Back to the list")).text


async def test_who_wished_it_is_told_once_when_a_reload_answers_the_question(
    channel: LocalChannel, kept: Any, look: Any
) -> None:
    seen = await ask(channel, look)
    for person in (MEMBER, MODERATOR):
        await channel.press(seen.id, seen.button("Tell me"), by=person)
    review = kept.services.log.review
    armed = await press(channel, look, await opened(channel, look), "Tell 2 askers")
    assert "the askers are to be told" in armed.text and "2 people wish to be told" in armed.text
    assert told(channel, look) == []
    channel.close_direct(MODERATOR)
    await bring(kept, 9, "The Luftschiff regatta was held on 3 May 2010.\n")

    async def done() -> bool:
        return all(
            [(await review.wish_of(seen.row, one.id)).state in ("told", "failed") for one in (MEMBER, MODERATOR)]
        )

    await until(done)
    (message,) = told(channel, look)
    assert "## This can be answered now" in message.text and "/search query: Luftschiff regatta" in unescape(
        message.text
    )
    assert told(channel, look, MODERATOR) == []
    card = await opened(channel, look, show="tell")
    assert "1 was told · 1 could not be told: Discord does not take the message" in card.text
    assert "the askers were told, last <t:" in card.text
    assert "are to be told" not in card.text.split("\n", 1)[1], "nobody waits any more"
    assert f"asked for by <@{MODERATOR.id}>" in card.text
    asked = look((await channel.press(message.id, message.button("Ask it now"))).message)
    assert "regatta was held on 3 May 2010" in unescape(asked.text).replace("**", "")
    await bring(kept, 10, "The Luftschiff regatta was held again on 4 May 2010.\n")
    await ask(channel, look, query="harbour")
    assert len(told(channel, look)) == 2, "the message and the answer that it led to"
    late = look((await channel.press(seen.id, seen.button("Tell me"))).message)
    assert "You were told on" in late.text and "Ask it now" in late.labels


async def test_the_running_bot_tells_what_the_terminal_asked_for(channel: LocalChannel, kept: Any, look: Any) -> None:
    seen = await ask(channel, look)
    await channel.press(seen.id, seen.button("Tell me"))
    await bring(kept, 9, "The Luftschiff regatta was held on 3 May 2010.\n")
    command = ["log", "review", str(seen.row), "--tell", "--data", str(kept.services.log.path.parent)]
    done = await asyncio.to_thread(
        subprocess.run, [sys.executable, "bot.py", *command], cwd=PROJECT, capture_output=True, timeout=300
    )
    assert done.returncode == 0 and b"1 person who wished it" in done.stdout, done.stderr

    async def arrived() -> bool:
        return bool(told(channel, look))

    await until(arrived)
    assert "Luftschiff regatta" in unescape(told(channel, look)[0].text)

    async def ended() -> bool:
        wish = await kept.services.log.review.wish_of(seen.row, MEMBER.id)
        return wish is not None and wish.state == "told"

    await until(ended)
    assert "asked for by the terminal" in (await opened(channel, look, show="tell")).text


async def _beats(data: Path) -> None:
    """A bot that is heard of for as long as a busy machine takes."""
    while True:
        now = datetime.now(UTC).isoformat()
        stands: dict[str, Any] = dict.fromkeys(("log_fault", "generation"))
        stands |= {"gateway": True, "gateway_since": now, "written": now}
        write_health(data, Health(at=now, pid=os.getpid(), host=host(), **stands))
        await asyncio.sleep(1)


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bot that looks more often for what the terminal asked."""
    monkeypatch.setattr(taking_up, "LOOK", 0.05)


@pytest.mark.usefixtures("eager")
async def test_the_running_bot_lays_the_spelling_that_the_terminal_asked_for_and_takes_it_back(
    channel: LocalChannel, kept: Any, look: Any
) -> None:
    await bring(kept, 9, "Zeppelin Days began on 9 January 2010.\n")
    seen = await ask(channel, look, command="exercise", name="Luftschiffwoche")
    log = kept.services.log.path
    data = log.parent / "data"
    (data / log.name).symlink_to(log)
    beating = asyncio.create_task(_beats(data))
    command = ["review", str(seen.row), "--spelling", "Luftschiffwoche", "--name", "zeppelin days", "--json"]
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "bot.py", "log", *command, "--data", str(data)],
        cwd=PROJECT,
        capture_output=True,
        timeout=300,
    )
    beating.cancel()
    assert done.returncode == 0 and b"The running bot does it" in done.stderr, done
    laid = json.loads(done.stdout)
    assert laid["outcome"] == "applied" and laid["group"]["closed"]
    assert [one["remark"] for one in laid["group"]["reviews"]] == ["Luftschiffwoche"]
    answered = await ask(channel, look, command="exercise", name="Luftschiffwoche")
    assert "9 January 2010" in answered.text.replace("**", "")

    ledger, review = kept.services.log.ledger, kept.services.log.review
    assert await review.requests() == {}, "who asked has read it"
    again = await review.add(
        ReviewRecord(at=datetime.now(UTC), actor=TERMINAL, kind="spelling", alike="luftschiffwoche")
    )

    async def answer(number: int, what: dict[str, Any]) -> dict[str, Any]:
        await review.request(number, what)

        async def came() -> bool:
            return "kind" in (await review.requests())[number]

        await until(came)
        found: dict[str, Any] = (await review.requests())[number]
        return found

    refused = await answer(again, {"name": "exercise:zeppelin-days"})
    assert refused == {"kind": "refused", "reason": "operations.taking_up.changed", "values": {}}
    (overlay,) = await ledger.holding()
    (given,) = (one for one in [await review.review(again - 1)] if one is not None)
    assert given.overlay == overlay.number and (await answer(given.number, {"undo": True}))["kind"] == "applied"
    assert await ledger.holding() == []


async def test_what_is_answered_already_is_told_at_once_and_a_telling_taken_back_is_not(
    channel: LocalChannel, kept: Any, look: Any
) -> None:
    seen = await ask(channel, look)
    await channel.press(seen.id, seen.button("Tell me"))
    armed = await press(channel, look, await opened(channel, look), "Tell 1 asker")
    disarmed = await press(channel, look, armed, "Do not tell")
    assert "are to be told" not in disarmed.text
    await bring(kept, 9, "The Luftschiff regatta was held on 3 May 2010.\n")
    await asyncio.sleep(0.2)
    assert told(channel, look) == []
    await press(channel, look, disarmed, "Tell 1 asker")

    async def done() -> bool:
        return bool(told(channel, look))

    await until(done)
