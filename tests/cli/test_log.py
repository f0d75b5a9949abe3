"""`log`: what was asked, the latest first, for people and for programs."""

import hashlib
import json
import subprocess
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kzbot.querylog.log import FILE_NAME, QueryLog
from kzbot.querylog.messages import traces
from kzbot.querylog.rows import QueryRecord

Bot = Callable[..., "subprocess.CompletedProcess[bytes]"]
ASKED = [("KADEX", True), ("Steppe\x1b[2J Eagle\n\u202e", False), ("Қазақстан", False)]


@pytest.fixture
async def logged(tmp_path: Path) -> Path:
    log = await QueryLog.open(tmp_path / FILE_NAME)
    for name, private in ASKED:
        await log.record(
            QueryRecord(
                asked_at=datetime(2026, 11, 21, 20, 33, tzinfo=UTC),
                user=101,
                channel=None,
                server=None,
                command="exercise",
                options={"name": name},
                status="answered",
                items=3,
                took_ms=4.25,
                generation="g",
                private=private,
            )
        )
    await log.close()
    return tmp_path


async def test_people_get_a_line_for_each_question(bot: Bot, logged: Path) -> None:
    done = bot("log", "--data", logged)
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 0
    assert [line.split("\t")[0] for line in lines] == ["3", "2", "1"]
    assert lines[0].endswith("/exercise name: Қазақстан")
    assert "answered, private" in lines[2]
    assert "\x1b" not in done.stdout.decode() and "\u202e" not in done.stdout.decode()


async def test_programs_get_json_lines(bot: Bot, logged: Path) -> None:
    rows = [json.loads(line) for line in bot("log", "--json", "--data", logged).stdout.splitlines()]
    assert [(row["options"]["name"], row["private"]) for row in rows] == ASKED[::-1]
    assert rows[0]["asked_at"] == "2026-11-21T20:33:00+00:00"


async def test_a_message_that_was_checked_is_told_by_its_id_and_hash(bot: Bot, logged: Path) -> None:
    log = await QueryLog.open(logged / FILE_NAME)
    row = await log.query(1)
    assert row is not None
    given = {one.name: getattr(row, one.name) for one in fields(QueryRecord)}
    await log.record(
        QueryRecord(**{**given, "command": "check", "options": traces(1234567890123456789, "their words")})
    )
    await log.close()
    line = bot("log", "--limit", 1, "--data", logged).stdout.decode().splitlines()[0]
    digest = hashlib.sha256(b"their words").hexdigest()
    told = "/check quote of message 1234567890123456789 (its text is not kept; SHA-256 "
    assert line.endswith(f"{told}{digest[:12]}…)") and "their words" not in line
    found = bot("log", "--search", "1234567890123456789", "--json", "--data", logged).stdout
    assert json.loads(found)["options"] == {"message": "1234567890123456789", "sha256": digest}


async def test_it_is_searched_and_limited(bot: Bot, logged: Path) -> None:
    found = bot("log", "--search", "ҚАЗАҚСТАН", "--data", logged).stdout.decode()
    assert found.startswith("3\t") and found.count("\n") == 1
    assert "No question fits." in bot("log", "--search", "%", "--data", logged).stdout.decode()
    assert "1 of 3 questions" in bot("log", "--limit", 1, "--data", logged).stdout.decode()


async def test_where_nothing_was_asked_yet_it_says_so(bot: Bot, tmp_path: Path) -> None:
    done = bot("log", "--data", tmp_path)
    assert done.returncode == 1
    assert b"no log of questions yet" in done.stderr
    assert list(tmp_path.iterdir()) == []


async def test_what_was_not_answered_well_is_shown_with_what_comes_nearest(bot: Bot, tmp_path: Path) -> None:
    log = await QueryLog.open(tmp_path / FILE_NAME)
    for name, status in (("Stepe Egle\x1b[2J", "not_found"), ("KADEX", "answered"), ("stepe egle [2j", "partial")):
        await log.record(
            QueryRecord(
                asked_at=datetime(2026, 11, 21, 20, 33, tzinfo=UTC), user=101, channel=None, server=None,
                command="exercise", options={"name": name}, status=status, items=0, took_ms=4.25,
                generation="g", private=False,
            )
        )  # fmt: skip
    await log.close()
    bare = bot("log", "unanswered", "--data", tmp_path)
    assert bare.returncode == 0 and b"No corpus is built yet" in bare.stderr
    assert bot("index", "--data", tmp_path).returncode == 0
    shown = bot("log", "unanswered", "--data", tmp_path).stdout.decode()
    assert shown.startswith("1. /exercise name: stepe egle [2j\n   asked 2 times without a good answer · by 1 person")
    assert "nearest: Steppe Eagle" in shown and "\x1b" not in shown and "KADEX" not in shown.splitlines()[0]
    (row,) = map(json.loads, bot("log", "unanswered", "--json", "--data", tmp_path).stdout.splitlines())
    assert row["statuses"] == {"not_found": 1, "partial": 1} and "Steppe Eagle" in row["now"]["nearest"]
    wrong = bot("log", "unanswered", "--since", "some day", "--data", tmp_path)
    assert wrong.returncode == 2 and b"some day" in wrong.stderr
    assert (
        bot("log", "unanswered", "--since", "2027", "--data", tmp_path).stdout.decode().strip() == "No question fits."
    )
