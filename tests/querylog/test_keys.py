"""Where the key of hashed ids is lost, that is told once, for nobody can be told apart by the codes of before."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kzbot.querylog.keys import key_is_lost, note_key
from kzbot.querylog.log import FILE_NAME, QueryLog
from kzbot.querylog.people import KEY_FILE, Kept
from kzbot.querylog.rows import QueryRecord

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ASKED = QueryRecord(
    asked_at=NOW - timedelta(days=1),
    user=1187654321098765432,
    channel=2,
    server=3,
    command="search",
    options={"query": "x"},
    status="answered",
    items=1,
    took_ms=1.0,
    generation=None,
    private=False,
)
Start = Callable[..., Awaitable[bool]]


@pytest.fixture
def start(tmp_path: Path) -> Start:
    async def starts(mode: Kept = "hashed", at: datetime = NOW, *, noting: bool = True) -> bool:
        """Whether this start says that the key was lost; a question is asked then."""
        log = await QueryLog.open(tmp_path / FILE_NAME, mode)
        try:
            return noting and await note_key(log, at)
        finally:
            await log.record(replace(ASKED, asked_at=at))
            await log.close()

    return starts


@pytest.mark.parametrize("noting", [True, False])
async def test_a_lost_key_is_told_once_and_by_doctor_as_long_as_rows_are_nobodys(
    tmp_path: Path, start: Start, noting: bool
) -> None:
    assert not key_is_lost(tmp_path)
    assert not await start(noting=noting) and not key_is_lost(tmp_path)
    key = (tmp_path / KEY_FILE).read_bytes()
    (tmp_path / KEY_FILE).unlink()
    assert key_is_lost(tmp_path) and not (tmp_path / KEY_FILE).exists(), "who looks makes none"
    later = NOW + timedelta(hours=1)
    assert await start(at=later)
    assert not await start(at=later) and key_is_lost(tmp_path)
    (tmp_path / KEY_FILE).write_bytes(key)
    if noting:
        assert not await start(at=later) and not key_is_lost(tmp_path), "the key came back"


async def test_a_key_that_cannot_be_read_now_is_not_replaced(tmp_path: Path, start: Start) -> None:
    await start()
    (tmp_path / KEY_FILE).write_text("damaged")
    with pytest.raises(Exception, match="restore this file"):
        await start()
    assert (tmp_path / KEY_FILE).read_text() == "damaged"


async def test_a_log_from_elsewhere_is_told_too_and_nothing_where_nobody_is_hashed(
    tmp_path: Path, start: Start
) -> None:
    await start("kept")
    (tmp_path / KEY_FILE).unlink()
    assert not key_is_lost(tmp_path) and not await start("kept")
    assert not await start("hashed") and not key_is_lost(tmp_path)
    (tmp_path / KEY_FILE).write_text("ab" * 32)
    assert key_is_lost(tmp_path) and await start("kept")
