"""`corrections`: what moderators corrected in the chat, for people and for the files."""

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from kzbot.querylog.ledger.rows import Actor, OverlayRecord
from kzbot.querylog.log import FILE_NAME, QueryLog

Bot = Callable[..., "subprocess.CompletedProcess[bytes]"]
ANNA = Actor(place="discord", user=7)
ARTICLE, NAME = "003_d3750fabc3c4fa28", "exercise:steppe-eagle"


@pytest.fixture
async def corrected(tmp_path: Path) -> Path:
    """A data folder in which two corrections hold, one was taken back, and an article was withdrawn."""
    log, now = await QueryLog.open(tmp_path / FILE_NAME), datetime(2026, 11, 21, 20, 33, tzinfo=UTC)
    given = (
        {"kind": "date", "article": ARTICLE, "words": "mid-November", "edtf": "1997-11-14"},
        {"kind": "spelling", "name": NAME, "words": "Step Eagle"},
        {"kind": "date", "article": ARTICLE, "words": "September", "edtf": None},
        {"kind": "withdrawal", "article": "000_a9e4fb0ab2ba0695"},
    )
    for one in given:
        await log.ledger.lay(OverlayRecord(at=now, actor=ANNA, **one))
    await log.ledger.lift(3, ANNA, now)
    await log.close()
    return tmp_path


async def test_moments_are_in_utc_wherever_the_machine_stands(process: Bot, corrected: Path) -> None:
    done = process("corrections", "--data", corrected, environ={"TZ": "Asia/Almaty"})
    assert done.stdout.decode().count("(2026-11-21 20:33 UTC, ") == 2


async def test_what_holds_is_listed_and_printed_as_the_files_would_have_it(bot: Bot, corrected: Path) -> None:
    done = bot("corrections", "--data", corrected)
    first, second = done.stdout.decode().splitlines()
    assert done.returncode == 0
    assert first.startswith(f"1 {ARTICLE}.txt: “mid-November” means 1997-11-14 (")
    assert second.startswith("2 Steppe Eagle: “Step Eagle” is a spelling of it (")
    lines = bot("corrections", "--yaml", "--data", corrected).stdout.decode()
    dates, _, names = lines.partition(f"# {NAME}\n")
    assert yaml.safe_load(dates) == {"dates": [{"words": "mid-November", "edtf": "1997-11-14"}]}
    assert yaml.safe_load(names) == [{"kind": "exercise", "name": "Steppe Eagle", "variants": ["Step Eagle"]}]
    assert f"# {ARTICLE}.txt" in dates


def test_where_none_holds_that_is_said(bot: Bot, tmp_path: Path) -> None:
    assert bot("corrections", "--data", tmp_path).stdout == b"No correction holds.\n"
    assert bot("corrections", "--yaml", "--data", tmp_path).stdout == b"# No correction holds.\n"
