"""A log in a folder of its own, and questions to put into it."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kzbot.querylog.log import FILE_NAME, QueryLog
from kzbot.querylog.rows import QueryRecord


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / FILE_NAME


@pytest.fixture
async def log(path: Path) -> AsyncIterator[QueryLog]:
    opened = await QueryLog.open(path)
    yield opened
    await opened.close()


@pytest.fixture
def asked() -> Callable[..., QueryRecord]:
    def make(**values: Any) -> QueryRecord:
        usual: dict[str, Any] = {
            "asked_at": datetime(2026, 11, 21, 20, 33, 1, 250_000, tzinfo=UTC),
            "user": 101,
            "channel": 202,
            "server": 303,
            "command": "timeline",
            "options": {"topic": "Steppe Eagle", "from": "2012"},
            "status": "answered",
            "items": 3,
            "took_ms": 4.5,
            "generation": "20261121T203301Z-1a2b3c4d",
            "private": False,
        }
        return QueryRecord(**{**usual, **values})

    return make
