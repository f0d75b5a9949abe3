"""`log stats`: the figures for people, for programs, and as a picture."""

import json
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import pytest
from PIL import Image

from kzbot.querylog.log import FILE_NAME, QueryLog
from kzbot.querylog.rows import QueryRecord, QueryStatus

Bot = Callable[..., "subprocess.CompletedProcess[bytes]"]
TODAY = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
ASKED: tuple[tuple[int, str, str, QueryStatus], ...] = (
    (0, "search", "Steppe\x1b[2J Eagle", "answered"),
    (0, "search", "steppe eagle \u202e 2j", "not_found"),
    (0, "who", "somebody", "denied"),
    (60, "who", "somebody", "answered"),
)


class Today(datetime):
    """A day that does not end before the tests do."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return TODAY


@pytest.fixture(autouse=True)
def no_midnight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kzbot.cli.log.stats.datetime", Today)


@pytest.fixture
async def logged(tmp_path: Path) -> Path:
    log = await QueryLog.open(tmp_path / FILE_NAME)
    for ago, command, words, status in ASKED:
        await log.record(
            QueryRecord(
                asked_at=TODAY - timedelta(days=ago),
                user=101,
                channel=None,
                server=None,
                command=command,
                options={"name": words},
                status=status,
                items=3,
                took_ms=4.25,
                generation="g",
                private=False,
            )
        )
    await log.close()
    return tmp_path


async def test_people_get_figures_with_small_bars(bot: Bot, logged: Path) -> None:
    done = bot("log", "stats", "--since", "2 days", "--data", logged)
    said = done.stdout.decode()
    assert done.returncode == 0, done.stderr
    assert "2 questions in 3 days, 0.667 a day" in said and "1 denied" in said
    assert f"{TODAY:%Y-%m-%d}\t2\t{'▇' * 12}{'░' * 12}\t50%" in said.splitlines()
    assert f"/search\t2\t{'▇' * 12}{'░' * 12}\t50%" in said.splitlines()
    assert "2 ×  /search name: steppe eagle" in said
    assert "\x1b" not in said and "\u202e" not in said
    weeks = bot("log", "stats", "--data", logged).stdout.decode()
    assert "Questions a week, from Monday" in weeks and "3 questions in 61 days" in weeks


async def test_programs_get_one_json_object(bot: Bot, logged: Path) -> None:
    found = json.loads(bot("log", "stats", "--json", "--data", logged).stdout)
    assert (found["questions"], found["answered"], found["statuses"]) == (3, 2 / 3, {"answered": 2, "not_found": 1})
    assert [day["statuses"] for day in found["days"]] == [{"answered": 1}, {"answered": 1, "not_found": 1}]
    assert found["last"] == found["days"][1]["day"] == f"{TODAY:%Y-%m-%d}"
    assert found["most_asked"][0] == {"command": "search", "options": {"name": ASKED[1][2]}, "asked": 2}
    assert (found["median_ms"], found["people"], found["denied"]) == (4.25, 1, 1)


async def test_a_picture_is_drawn_into_a_file_and_replaces_none_unasked(bot: Bot, logged: Path) -> None:
    file = logged / "figures.png"
    done = bot("log", "stats", "--picture", file, "--data", logged)
    with Image.open(file) as image:
        assert done.returncode == 0 and image.size[0] == 720 and image.size[1] > 500
        assert image.getpixel((0, 0)) == (255, 255, 255)
    refused = bot("log", "stats", "--picture", file, "--data", logged)
    assert refused.returncode == 2 and "--force replaces it" in refused.stderr.decode()
    assert bot("log", "stats", "--picture", file, "--dark", "--force", "--data", logged).returncode == 0
    with Image.open(file) as image:
        assert image.convert("L").getpixel((0, 0)) == pytest.approx(36, abs=5)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--since", "blah\x1b[2J"), "is no time that I can read"),
        (("--since", "2026-02", "--until", "2026-01"), "lies after until"),
        (("--dark",), "--dark and --force go with --picture"),
        (("--picture", "x.jpg"), "FILE ends in .png, which names the form; not x.jpg"),
    ],
)
async def test_what_cannot_be_meant_is_a_usage_error(
    bot: Bot, logged: Path, options: tuple[str, ...], said: str
) -> None:
    done = bot("log", "stats", *options, "--data", logged)
    assert done.returncode == 2 and said in done.stderr.decode() and b"\x1b" not in done.stderr


async def test_an_empty_log_and_a_missing_one_say_so(bot: Bot, tmp_path: Path) -> None:
    missing = bot("log", "stats", "--data", tmp_path)
    assert missing.returncode == 1 and "there is no log of questions yet" in missing.stderr.decode()
    await (await QueryLog.open(tmp_path / FILE_NAME)).close()
    assert "The log is empty" in bot("log", "stats", "--data", tmp_path).stdout.decode()
    assert json.loads(bot("log", "stats", "--json", "--data", tmp_path).stdout)["questions"] == 0
