"""`log`: what was asked, the latest first, for people and for programs."""

import csv
import hashlib
import io
import json
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kzbot.operations.log_filters import ACTIONS
from kzbot.querylog.ledger.rows import TERMINAL, Actor, Deed, OverlayRecord
from kzbot.querylog.log import FILE_NAME, QueryLog
from kzbot.querylog.messages import traces
from kzbot.querylog.people import code_of
from kzbot.querylog.rows import QueryRecord, QueryStatus

Bot = Callable[..., "subprocess.CompletedProcess[bytes]"]
HASHED = -(2**61) - 12345
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


async def test_moments_are_in_utc_as_the_days_that_narrow_the_log_are(bot: Bot, process: Bot, logged: Path) -> None:
    far = {"TZ": "Asia/Almaty"}
    said = process("log", "--data", logged, environ=far).stdout.decode()
    assert "\t2026-11-21 20:33:00\t" in said and "2026-11-22" not in said
    assert (
        bot("log", "--since", "2026-11-21", "--until", "2026-11-21", "--data", logged).stdout.decode().count("20:33")
        == 3
    )


async def test_programs_get_json_lines(bot: Bot, logged: Path) -> None:
    rows = [json.loads(line) for line in bot("log", "--json", "--data", logged).stdout.splitlines()]
    assert [(row["options"]["name"], row["private"]) for row in rows] == ASKED[::-1]
    assert rows[0]["asked_at"] == "2026-11-21T20:33:00+00:00"


async def test_ids_are_text_in_json_for_many_programs_round_long_numbers(bot: Bot, logged: Path) -> None:
    log = await QueryLog.open(logged / FILE_NAME)
    row = await log.query(1)
    assert row is not None
    given = {one.name: getattr(row, one.name) for one in fields(QueryRecord)}
    await log.record(QueryRecord(**{**given, "user": HASHED, "channel": 10**18 + 1, "server": 10**18 + 3}))
    details = {"ids": ["5"], "options": {"user": 10**18 + 5, "limit": 3}, "bytes": 2**53 + 1, "way": True}
    deed = Deed(at=row.asked_at, actor=Actor(place="discord", user=10**18 + 7), action="export", details=details)
    await log.ledger.note(deed)
    await log.close()
    asked = json.loads(bot("log", "--limit", 1, "--json", "--data", logged).stdout)
    assert (asked["user"], asked["channel"], asked["server"]) == (str(HASHED), str(10**18 + 1), str(10**18 + 3))
    assert (asked["number"], asked["items"], asked["private"]) == (4, 3, row.private), "what is no id is as it was"
    for which in ((), ("1",)):
        done = json.loads(bot("log", "audit", *which, "--json", "--data", logged).stdout)
        assert done["actor"] == {"place": "discord", "user": str(10**18 + 7)} and done["number"] == 1
        options = {"user": str(10**18 + 5), "limit": 3}
        assert done["details"] == {"ids": ["5"], "options": options, "bytes": str(2**53 + 1), "way": True}


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


async def narrowed_log(folder: Path) -> None:
    """A question of October, one of a hashed person's in November that was not found, and a deed of a moderator."""
    log = await QueryLog.open(folder / FILE_NAME)
    first = await log.query(1)
    assert first is not None
    given = {one.name: getattr(first, one.name) for one in fields(QueryRecord)}
    old = {**given, "asked_at": datetime(2026, 10, 3, tzinfo=UTC), "user": 5 * 10**17, "channel": 7 * 10**17}
    await log.record(QueryRecord(**old))
    await log.record(QueryRecord(**{**given, "user": HASHED, "status": "not_found", "options": {"name": "=1+1"}}))
    deed = Deed(
        at=datetime(2026, 11, 20, tzinfo=UTC),
        actor=Actor(place="discord", user=5 * 10**17),
        action="lay",
        details={"kind": "withdrawal", "article": "five\x1b[2J"},
    )
    await log.ledger.note(deed)
    await log.close()


@pytest.mark.parametrize(
    ("options", "numbers"),
    [
        (("--until", "october 2026"), ["4"]),
        (("--since", "2026-11-21"), ["5", "3", "2", "1"]),
        (("--status", "not found"), ["5"]),
        (("--user", 5 * 10**17), ["4"]),
        (("--user", code_of(HASHED)), ["5"]),
        (("--channel", 7 * 10**17), ["4"]),
        (("--command", "/exercise", "--limit", 1), ["5", "1 of 5 questions; --limit shows more."]),
    ],
)
async def test_it_is_narrowed_and_says_how_beside_the_lines(
    bot: Bot, logged: Path, options: tuple[object, ...], numbers: list[str]
) -> None:
    await narrowed_log(logged)
    for command in (("log",), ("log", "questions")):
        done = bot(*command, *options, "--data", logged)
        assert [line.split("\t")[0] for line in done.stdout.decode().splitlines()] == numbers
        assert b"Only " in done.stderr and b"(days in UTC)" in done.stderr


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--since", "camel"), "no time that I can read"),
        (("--status", "fine"), "one of answered, partial"),
        (("--command", "timelin"), "The log has no questions of “timelin”; it may have those of /timeline."),
        (("--user", "somebody"), "no id of Discord's"),
        (("--user", "0123abcd"), "has the code 0123abcd"),
        (("--channel", "-7"), "no id of Discord's"),
        (("--since", "2026-11", "--until", "2026-10"), "swap them"),
    ],
)
async def test_options_that_mean_nothing_are_usage_errors(
    bot: Bot, logged: Path, options: tuple[object, ...], says: str
) -> None:
    done = bot("log", *options, "--data", logged)
    assert done.returncode == 2 and done.stdout == b""
    said = " ".join(done.stderr.decode().replace("│", " ").split())
    assert says in said
    assert len(options) > 2 or f"Invalid value for {options[0]}" in said, "which of the options is wrong"


async def test_questions_are_exported_while_the_bot_has_the_log_and_the_ledger_says_so(bot: Bot, logged: Path) -> None:
    await narrowed_log(logged)
    running = await QueryLog.open(logged / FILE_NAME)
    try:
        file = logged / "out.csv"
        done = bot("log", "export", file, "--status", "not_found", "--data", logged)
        assert done.returncode == 0 and b"1 question." in done.stdout, done.stderr
        rows = list(csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline="")))
        assert file.stat().st_mode & 0o077 == 0, "it says who asked what"
        assert [row["number"] for row in rows] == ["5"] and rows[0]["user"] == f"'{HASHED}"
        assert rows[0]["filters"] == "status not found" and rows[0]["question"] == "/exercise name: =1+1"
        await running.set_state("still", "writing")
        deeds, _ = await running.ledger.deeds(1)
        assert (deeds[0].action, deeds[0].actor.place) == ("export", "terminal")
        assert deeds[0].details == {"form": "csv", "options": {"status": "not_found"}, "questions": 1}
    finally:
        await running.close()
    environ = {"KZBOT_LOG__USER_IDS": "hashed"}
    narrowed = ("--user", "1100000000000000301", "--search", "zqxsecret", "--force")
    assert bot("log", "export", file, *narrowed, "--data", logged, environ=environ).returncode == 0
    for sought in (b"1100000000000000301", b"zqxsecret"):
        assert not [one.name for one in logged.glob("kzbot.db*") if sought in one.read_bytes()], sought
    assert bot("log", "export", file, "--force", "--status", "not_found", "--data", logged).returncode == 0
    before = file.read_bytes()
    again = bot("log", "export", file, "--data", logged)
    assert again.returncode == 2 and b"--force" in again.stderr and file.read_bytes() == before
    lines = bot("log", "export", file, "--force", "--form", "jsonl", "--data", logged)
    assert lines.returncode == 0
    head, *questions = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    assert head["questions"] == 5 == len(questions) and head["filters"] == ""
    assert [one["number"] for one in questions] == [5, 4, 3, 2, 1]
    assert not [one for one in logged.iterdir() if one.name.endswith(".part")]


async def test_an_export_without_a_form_or_a_place_is_refused(bot: Bot, logged: Path) -> None:
    assert bot("log", "export", logged / "out.txt", "--data", logged).returncode == 2
    assert bot("log", "export", logged / "out.csv", "--form", "xml", "--data", logged).returncode == 2
    nowhere = bot("log", "export", logged / "no" / "out.csv", "--data", logged)
    assert nowhere.returncode == 1 and b"cannot be written" in nowhere.stderr


async def test_what_was_done_is_told_and_nothing_of_it_steers_the_terminal(bot: Bot, logged: Path) -> None:
    await narrowed_log(logged)
    bot("log", "export", logged / "out.csv", "--data", logged)
    done = bot("log", "audit", "--data", logged)
    lines = [line.split("\t") for line in done.stdout.decode().splitlines()]
    assert [line[0] for line in lines] == ["2", "1"] and "\x1b" not in done.stdout.decode()
    assert lines[0][2:] == ["Somebody at the terminal", "exported 5 questions of the log"]
    assert lines[1][2] == str(5 * 10**17) and lines[1][3].startswith("took the article five")
    found = json.loads(bot("log", "audit", "--action", "lay", "--json", "--data", logged).stdout)
    assert found["number"] == 1 and found["details"]["kind"] == "withdrawal"
    assert bot("log", "audit", "--action", "dance", "--data", logged).returncode == 2
    assert b"Nothing fits." in bot("log", "audit", "--until", "2020", "--data", logged).stdout


async def test_all_that_is_kept_of_one_deed_is_told_in_words(bot: Bot, logged: Path) -> None:
    await narrowed_log(logged)
    log = await QueryLog.open(logged / FILE_NAME)
    moderator = Actor(place="discord", user=5 * 10**17)
    at = datetime(2026, 11, 21, tzinfo=UTC)
    overlay = OverlayRecord(at=at, actor=moderator, kind="spelling", name="exercise:steppe-eagle", words="Stepe\x1b[2J")
    await log.ledger.lift(await log.ledger.lay(overlay), moderator, at)
    old = {"form": "csv", "options": ["asked by 7", "in 8"], "questions": 3}
    await log.ledger.note(Deed(at=at, actor=Actor(place="discord", user=None), action="export", details=old))
    await log.close()
    said = bot("log", "audit", "1", "--data", logged).stdout.decode()
    assert f"Discord user {5 * 10**17} took the article five" in said and "\n   article: five" in said
    assert "\x1b" not in said and said.startswith("1. 2026-11-20 ")
    lifted = bot("log", "audit", "3", "--data", logged).stdout.decode()
    assert "took correction or removal 1 back" in lifted and "   kind: spelling" in lifted
    assert "   name: exercise:steppe-eagle\n" in lifted, "nothing is served that knows how people call it"
    kept = bot("log", "audit", "4", "--data", logged).stdout.decode()
    assert "somebody in Discord exported 3 questions" in kept and "   with: asked by 7, in 8\n" in kept, (
        "as it was kept"
    )
    found = json.loads(bot("log", "audit", "3", "--json", "--data", logged).stdout)
    assert found["number"] == 3 and found["details"]["name"] == "exercise:steppe-eagle"
    none = bot("log", "audit", "99", "--data", logged)
    assert none.returncode == 1 and none.stdout == b"" and b"No deed 99 is kept" in none.stderr
    huge = bot("log", "audit", 10**30, "--data", logged)
    assert huge.returncode == 1 and b"is kept; python bot.py log audit lists" in huge.stderr
    for wrong in (("0",), ("three",), ("1", "--action", "lay")):
        assert bot("log", "audit", *wrong, "--data", logged).returncode == 2, wrong


async def test_a_name_is_told_as_people_know_it_once_a_state_is_served_that_knows_it(
    bot: Bot, data: Path, tmp_path: Path
) -> None:
    shutil.copytree(data, tmp_path, dirs_exist_ok=True)
    log = await QueryLog.open(tmp_path / FILE_NAME)
    at = datetime(2026, 11, 21, tzinfo=UTC)
    for name in ("exercise:steppe-eagle", "exercise:of-yesterday"):
        await log.ledger.lay(OverlayRecord(at=at, actor=TERMINAL, kind="spelling", name=name, words="Stepe"))
    rows, _ = await log.ledger.deeds(2)
    await log.close()
    lines = bot("log", "audit", "--data", tmp_path).stdout.decode().splitlines()
    assert lines[0].endswith("added the spelling “Stepe” to the name exercise:of-yesterday")
    assert lines[1].endswith("added the spelling “Stepe” to the name Steppe Eagle")
    details = bot("log", "audit", rows[1].number, "--data", tmp_path).stdout.decode()
    assert "   name: Steppe Eagle (exercise:steppe-eagle)\n" in details


async def test_a_log_in_which_nothing_stands_yet_is_said_to_be_empty(bot: Bot, tmp_path: Path) -> None:
    await (await QueryLog.open(tmp_path / FILE_NAME)).close()
    for command, says in (
        ("audit", "Nothing was done yet."),
        ("unanswered", "No question waits for a review."),
        ("questions", "The log is empty: nothing has been asked yet."),
    ):
        done = bot("log", command, "--data", tmp_path)
        assert (done.returncode, done.stdout.decode().strip(), done.stderr) == (0, says, b""), command


def test_the_help_of_the_audit_names_every_kind_of_deeds(bot: Bot) -> None:
    said = bot("log", "audit", "--help").stdout.decode().partition("Kinds:")[2]
    assert sorted(re.findall(r"^ +(\S+(?: \S+)*)  +\S", said, re.M)) == sorted(ACTIONS)


def test_a_terminal_of_few_characters_shows_the_others_by_their_numbers(process: Bot, data: Path) -> None:
    done = process("names", "--limit", 1, "--data", data, environ={"PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (0, b"") and b"\\u2026" in done.stdout


async def test_every_command_of_the_chat_is_known_before_somebody_asks_it(bot: Bot, data: Path, tmp_path: Path) -> None:
    shutil.copytree(data, tmp_path / "served")
    for folder in (tmp_path / "served", tmp_path / "bare"):
        await (await QueryLog.open(folder / FILE_NAME)).close()
        for command in ("exercise", "/log purge", "check quote"):
            done = bot("log", "--command", command, "--data", folder)
            assert (done.returncode, done.stdout.decode().strip()) == (0, "No question fits."), (command, done.stderr)
        wrong = bot("log", "--command", "exercice", "--data", folder)
        assert wrong.returncode == 2 and b"/exercise" in wrong.stderr


async def test_what_was_not_answered_well_is_shown_with_what_comes_nearest(bot: Bot, tmp_path: Path) -> None:
    log = await QueryLog.open(tmp_path / FILE_NAME)
    asked: tuple[tuple[str, QueryStatus], ...] = (
        ("Stepe Egle\x1b[2J", "not_found"),
        ("KADEX", "answered"),
        ("stepe egle [2j", "partial"),
    )
    for name, status in asked:
        await log.record(
            QueryRecord(
                asked_at=datetime(2026, 11, 21, 20, 33, tzinfo=UTC), user=101, channel=None, server=None,
                command="exercise", options={"name": name}, status=status, items=0, took_ms=4.25,
                generation="g", private=False,
            )
        )  # fmt: skip
    await log.review.wish(1, 101, datetime(2026, 11, 21, 20, 34, tzinfo=UTC))
    await log.review.wish(1, 102, datetime(2026, 11, 21, 20, 34, tzinfo=UTC))
    await log._writer.write("UPDATE wishes SET state = 'told' WHERE user = ?", (101,))
    await log.close()
    bare = bot("log", "unanswered", "--data", tmp_path)
    assert b"1 person wishes to be told" in bare.stdout and b"1 was told" in bare.stdout
    assert bare.returncode == 0 and b"No corpus is built yet" in bare.stderr
    assert bot("index", "--data", tmp_path).returncode == 0
    shown = bot("log", "unanswered", "--data", tmp_path).stdout.decode()
    assert shown.startswith("3. /exercise name: stepe egle [2j\n   asked 2 times without a good answer · by 1 person")
    assert "nearest: Steppe Eagle" in shown and "\x1b" not in shown and "KADEX" not in shown.splitlines()[0]
    (row,) = map(json.loads, bot("log", "unanswered", "--json", "--data", tmp_path).stdout.splitlines())
    assert row["statuses"] == {"not_found": 1, "partial": 1} and "Steppe Eagle" in row["now"]["nearest"]
    wrong = bot("log", "unanswered", "--since", "some day", "--data", tmp_path)
    assert wrong.returncode == 2 and b"is no time that I can read" in wrong.stderr
    assert bot("log", "unanswered", "--since", "3 days", "--data", tmp_path).returncode == 0
    assert (
        bot("log", "unanswered", "--since", "2027", "--data", tmp_path).stdout.decode().strip() == "No question fits."
    )


async def test_a_damaged_question_is_shown_as_one_and_left_out_of_exports(bot: Bot, logged: Path) -> None:
    with closing(sqlite3.connect(logged / FILE_NAME)) as connection:
        connection.execute("UPDATE queries SET asked_at = 'long ago' WHERE number = 2")
        connection.execute("UPDATE queries SET items = 'many', took_ms = CAST(X'ff' AS TEXT) WHERE number = 1")
        connection.commit()
    lines = [line.split("\t") for line in bot("log", "--data", logged).stdout.decode().splitlines()]
    assert [line[:2] for line in lines] == [["3", "2026-11-21 20:33:00"], ["2", "?"], ["1", "2026-11-21 20:33:00"]]
    rows = [json.loads(line) for line in bot("log", "--json", "--data", logged).stdout.splitlines()]
    assert [row["asked_at"] is None for row in rows] == [False, True, False]
    assert lines[2][3:] == ["?", "?", "?", "?", "row 1 cannot be read: items, took_ms damaged"]
    assert (rows[2]["damaged"], rows[2]["items"], rows[1]["damaged"]) == (["items", "took_ms"], None, [])
    exported = bot("log", "export", logged / "out.jsonl", "--data", logged).stdout.decode().splitlines()
    assert exported[1:] == ["1 row more fits, cannot be read, and is left out."] and "2 questions" in exported[0]
    assert (logged / "out.jsonl").read_text().splitlines()[-1] == '{"left_out": [1]}'
    told = bot("log", "export", logged / "out.csv", "--json", "--data", logged).stdout
    assert (json.loads(told)["questions"], json.loads(told)["left_out"]) == (2, 1)
    for command in (("log", "stats"), ("log", "unanswered"), ("backup",), ("backup", "--list")):
        assert bot(*command, "--data", logged).returncode == 0, command
