"""A log from which something is erased."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from kzbot.querylog.log import FILE_NAME, QueryLog


@pytest.fixture
async def log(tmp_path: Path) -> AsyncIterator[QueryLog]:
    opened = await QueryLog.open(tmp_path / "data" / FILE_NAME)
    yield opened
    await opened.close()
