"""What the terminal asks the running bot to do is done, whatever stands beside it."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest

from kzbot.operations import taking_up
from kzbot.operations.taking_up import TakerUp
from kzbot.querylog.log import FILE_NAME, QueryLog
from kzbot.querylog.review.reader import REQUEST


async def test_what_is_damaged_is_said_and_later_requests_are_still_taken_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(taking_up, "LOOK", 0.01)
    log = await QueryLog.open(tmp_path / FILE_NAME)
    damaged, nobody = f"{REQUEST}{'9' * 5000}", cast(Any, None)
    await log.set_state(damaged, "{}")
    follows = asyncio.create_task(TakerUp(log.review, log.ledger, nobody, nobody, lambda: datetime.now(UTC)).follow())
    try:
        async with asyncio.timeout(60):
            while "could not be read" not in caplog.text:  # noqa: ASYNC110 - it tells nobody
                await asyncio.sleep(0.01)
            await log.drop_state(damaged)
            await log.review.request(7, {"name": "eagle"})
            while (await log.review.requests())[7] != {"kind": "gone"}:  # noqa: ASYNC110 - see above
                await asyncio.sleep(0.01)
    finally:
        follows.cancel()
        await log.close()
