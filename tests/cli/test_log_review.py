"""`python bot.py log review`: one step mends a group of questions without a good answer, as its buttons do in Discord."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kzbot.cli.log.beside import unspelled_beside
from kzbot.cli.prepared import prepare
from kzbot.errors import KzbotError
from kzbot.index.store import GenerationStore
from kzbot.operations.health import FILE as HEALTH
from kzbot.operations.health import Health, write_health
from kzbot.querylog.ledger.rows import Actor
from kzbot.querylog.log import FILE_NAME, QueryLog
from kzbot.querylog.review.beside import review_beside
from kzbot.querylog.review.rows import ReviewRecord
from kzbot.querylog.rows import QueryRecord, QueryStatus

if TYPE_CHECKING:
    from tests.cli.conftest import Bot

AT = datetime(2026, 11, 21, 20, 33, tzinfo=UTC)
EAGLE, KADEX, FLEET, DENIED = 2, 3, 4, 5
"""Questions of the log; 1 is alike 2."""
UNKNOWN = b"is known here"


@pytest.fixture
async def asked(tmp_path: Path) -> AsyncIterator[Path]:
    """A log without a corpus: two alike questions without an answer and a wish, one answered, one partial, one denied."""
    log = await QueryLog.open(tmp_path / FILE_NAME)
    questions: tuple[tuple[str, str, QueryStatus], ...] = (
        ("exercise", "Stepe Egle", "not_found"),
        ("exercise", "stepe egle", "not_found"),
        ("exercise", "KADEX", "answered"),
        ("search", "Caspian fleet", "partial"),
        ("corpus reload", "x", "denied"),
    )
    for command, words, status in questions:
        await log.record(
            QueryRecord(
                asked_at=AT, user=101, channel=None, server=None, command=command,
                options={"name" if command == "exercise" else "query": words}, status=status,
                items=0, took_ms=4.0, generation="g", private=False,
            )
        )  # fmt: skip
    await log.review.wish(1, 101, AT)
    await log.close()
    yield tmp_path


async def deeds(data: Path) -> list[tuple[str, str, int | None]]:
    log = await QueryLog.open(data / FILE_NAME)
    try:
        return [(one.action, one.actor.place, one.actor.user) for one in reversed((await log.ledger.deeds(20))[0])]
    finally:
        await log.close()


def said(bot: Bot, data: Path, *arguments: object, status: int = 0) -> str:
    done = bot("log", "review", *arguments, "--data", data)
    assert done.returncode == status, (done.stdout, done.stderr)
    return (done.stderr if status else done.stdout).decode()


def listed(bot: Bot, data: Path, *arguments: object) -> str:
    done = bot("log", "unanswered", *arguments, "--data", data)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode()


async def test_each_step_shows_in_the_list_stands_in_the_ledger_and_is_taken_back(bot: Bot, asked: Path) -> None:
    noted = said(bot, asked, 1, "--source", " the 2012\nreport ")
    assert noted.splitlines() == [
        "A missing source is noted for /exercise name: stepe egle",
        "To take it back: python bot.py log review 1 --undo source",
    ]
    assert "missing source: the 2012 report" in listed(bot, asked, "--show", "source")
    said(bot, asked, 1, "--dismiss")
    assert "off the list already" in said(bot, asked, EAGLE, "--dismiss")
    again = json.loads(said(bot, asked, EAGLE, "--dismiss", "--json"))
    (shown,) = (json.loads(line) for line in listed(bot, asked, "--show", "closed", "--json").splitlines())
    assert {**again, "group": {**again["group"], "alike": [], "now": None}} == {
        "step": "dismiss",
        "undone": None,
        "outcome": "already",
        "group": shown,
    }
    assert "egle" not in listed(bot, asked) and "dismissed" in listed(bot, asked, "--show", "closed")
    said(bot, asked, EAGLE, "--tell")
    assert "asked for already" in said(bot, asked, EAGLE, "--tell")
    assert "the askers are to be told" in listed(bot, asked, "--show", "tell")
    for step in ("source", "dismiss", "tell"):
        said(bot, asked, EAGLE, "--undo", step)
        said(bot, asked, EAGLE, "--undo", step, status=1)
    shown = listed(bot, asked, "--status", "not_found")
    assert "egle" in shown and "missing source" not in shown and "askers are" not in shown
    steps = ("source", "dismissed", "tell", "undone", "undone", "undone")
    assert await deeds(asked) == [(f"review {one}", "terminal", None) for one in steps]


async def test_groups_typed_almost_alike_are_named_and_given_together_take_one_step(bot: Bot, asked: Path) -> None:
    log = await QueryLog.open(asked / FILE_NAME)
    row = await log.query(FLEET)
    assert row is not None
    given = {one.name: getattr(row, one.name) for one in fields(QueryRecord)}
    slip = await log.record(QueryRecord(**{**given, "options": {"query": "Caspain fleet"}}))
    await log.close()
    assert f"typed almost alike: {slip}" in listed(bot, asked)
    assert "keeps no question 99" in said(bot, asked, FLEET, slip, 99, "--dismiss", status=1)
    assert "fleet" in listed(bot, asked), "nothing was done"
    done = said(bot, asked, FLEET, slip, FLEET, "--dismiss", "--json").splitlines()
    assert [json.loads(line)["group"]["number"] for line in done] == [FLEET, slip]
    assert "fleet" not in listed(bot, asked) and listed(bot, asked, "--show", "closed").count("dismissed") == 2
    assert "one NUMBER" in said(bot, asked, FLEET, slip, "--undo", "spelling", status=2)


async def test_a_step_of_a_moderator_is_taken_back_too_and_a_bare_note_is_shown(bot: Bot, asked: Path) -> None:
    log = await QueryLog.open(asked / FILE_NAME)
    group = await log.review.group_of(EAGLE)
    assert group is not None
    moderator = Actor(place="discord", user=7)
    await log.review.add(ReviewRecord(at=AT, actor=moderator, kind="source", alike=group.alike))
    await log.close()
    assert "a source is missing" in listed(bot, asked)
    said(bot, asked, EAGLE, "--undo", "source")
    assert "a source is missing" not in listed(bot, asked)


async def test_who_is_told_is_said_with_when_and_nobody_is_an_error(bot: Bot, asked: Path) -> None:
    armed = said(bot, asked, EAGLE, "--tell")
    assert armed.startswith("1 person who wished it is to be told about /exercise name: stepe egle")
    assert "No bot runs: it asks it again when it next starts" in armed
    assert "Nobody waits to be told" in said(bot, asked, FLEET, "--tell", status=1)


async def test_the_list_is_narrowed_as_in_the_chat_and_shows_the_numbers_that_a_step_takes(
    bot: Bot, asked: Path
) -> None:
    assert listed(bot, asked).startswith("2. /exercise name: stepe egle\n")
    assert [json.loads(line)["number"] for line in listed(bot, asked, "--json").splitlines()] == [EAGLE, FLEET]
    partial = listed(bot, asked, "--status", "partial")
    assert partial.startswith("4. /search") and "egle" not in partial
    assert listed(bot, asked, "--show", "tell").strip() == "No question fits."
    for wrong, names in (
        (("--status", "answered"), b"not_found, partial, ambiguous, not_useful"),
        (("--show", "done"), b"open, source, tell, closed, all"),
        (("--show", "tell", "--all"), b"--all is --show all"),
    ):
        done = bot("log", "unanswered", *wrong, "--data", asked)
        assert done.returncode == 2 and names in b" ".join(done.stderr.split()), done.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        ((9, "--dismiss"), 1, "The log keeps no question 9"),
        ((10**30, "--dismiss"), 1, "The log keeps no question 1000"),
        ((KADEX, "--dismiss"), 1, "ended as answered and is in no group"),
        ((DENIED, "--source", "x"), 1, "ended as denied and is in no group"),
        ((EAGLE,), 2, "choose a step: --source, --tell, --dismiss, --spelling, --undo"),
        ((EAGLE, "--tell", "--dismiss"), 2, "one step at a time, not --tell and --dismiss"),
        ((EAGLE, "--dismiss", "--undo", "dismiss"), 2, "one step at a time, not --dismiss and --undo"),
        ((EAGLE, "--spelling", "Egle"), 2, "--spelling and --name go together"),
        ((EAGLE, "--tell", "--name", "Steppe Eagle"), 2, "--spelling and --name go together"),
        ((EAGLE, "--undo", "all"), 2, "all is none of source, spelling, tell, dismiss"),
        ((EAGLE, "--undo", "source"), 1, "No missing source is noted for /exercise name: stepe egle"),
        ((EAGLE, "--undo", "spelling"), 1, "No spelling was given for"),
        ((EAGLE, "--spelling", "Stepe Egle", "--name", "Steppe Eagle"), 1, "No corpus is built yet"),
        (("x", "--dismiss"), 2, "valid integer"),
        ((0, "--dismiss"), 2, "greater than or equal to 1"),
    ],
)
async def test_what_cannot_be_done_is_said_and_changes_nothing(
    bot: Bot, asked: Path, arguments: tuple[object, ...], status: int, says: str
) -> None:
    complained = said(bot, asked, *arguments, status=status)
    assert says in " ".join(complained.split()) and "Traceback" not in complained
    assert await deeds(asked) == []


def test_without_a_log_it_says_so(bot: Bot, tmp_path: Path) -> None:
    assert "there is no log of questions yet" in said(bot, tmp_path, 1, "--dismiss", status=1)
    assert not (tmp_path / FILE_NAME).exists()


@pytest.fixture
def indexed(asked: Path, data: Path) -> Path:
    """The same log beside the five articles."""
    for one in data.iterdir():
        if one.name not in (FILE_NAME, f"{FILE_NAME}-wal", f"{FILE_NAME}-shm"):
            (shutil.copytree if one.is_dir() else shutil.copy2)(one, asked / one.name)
    return asked


async def test_a_spelling_answers_the_question_at_once_and_is_taken_back(bot: Bot, indexed: Path) -> None:
    question = ("ask", "/exercise name: Qqzw Egle", "--data", indexed)
    before = GenerationStore(indexed).applied()
    assert UNKNOWN in bot(*question).stdout
    given = said(bot, indexed, EAGLE, "--spelling", " Qqzw  Egle", "--name", "steppe eagle")
    assert given.startswith("“Qqzw Egle” is a spelling of Steppe Eagle now")
    assert "--undo spelling" in given and GenerationStore(indexed).applied() != before
    assert UNKNOWN not in bot(*question).stdout
    assert "given the spelling: Qqzw Egle" in listed(bot, indexed, "--show", "closed")
    again = bot("log", "review", EAGLE, "--spelling", "Qqzw Egle", "--name", "Steppe Eagle", "--data", indexed)
    assert again.returncode == 2 and b"--spelling" in again.stderr
    assert b"is a spelling of Steppe Eagle already" in b" ".join(again.stderr.split())
    assert "is taken back as a spelling" in said(bot, indexed, FLEET - 2, "--undo", "spelling")
    assert UNKNOWN in bot(*question).stdout and "given the spelling" not in listed(bot, indexed, "--all")
    said(bot, indexed, EAGLE, "--undo", "spelling", status=1)
    made = [one for one in await deeds(indexed) if one[0] in ("lay", "review spelling", "lift")]
    assert made == [(one, "terminal", None) for one in ("lay", "review spelling", "lift")]


async def test_a_name_that_the_book_lacks_is_a_wrong_option_and_nothing_is_laid(bot: Bot, indexed: Path) -> None:
    wrong = bot("log", "review", EAGLE, "--spelling", "Qqzw", "--name", "Stepe Eagel", "--data", indexed)
    assert wrong.returncode == 2 and b"--name" in wrong.stderr and b"Steppe Eagle" in wrong.stderr
    assert await deeds(indexed) == []


async def test_beside_who_holds_the_folder_all_but_a_spelling_is_done(process: Bot, bot: Bot, indexed: Path) -> None:
    """Nor is a bot waited for that was killed on another host, from where the folder was copied."""
    killed = "2026-11-01T00:00:00+00:00"
    stands = dict.fromkeys(("gateway", "written", "log_fault", "generation"))
    health = {"at": killed, "pid": 1, "host": "another", "gateway_since": killed, **stands}
    (indexed / HEALTH).write_text(json.dumps(health), "utf-8")
    with GenerationStore(indexed).lock():
        for step in (("--source", "a report"), ("--tell",), ("--dismiss",), ("--undo", "dismiss")):
            done = process("log", "review", EAGLE, *step, "--data", indexed)
            assert done.returncode == 0, done.stderr
        spelled = process("log", "review", EAGLE, "--spelling", "Qqzw", "--name", "Steppe Eagle", "--data", indexed)
    assert spelled.returncode == 1
    complained = " ".join(spelled.stderr.decode().split())
    assert "is in use by process" in complained and "Try again once it has ended" in complained
    assert [one[0] for one in await deeds(indexed)] == [
        "review source",
        "review tell",
        "review dismissed",
        "review undone",
    ]


async def test_nobody_waits_for_ever_for_a_bot_that_was_killed_or_for_what_was_read_elsewhere(
    asked: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    prepared, now = prepare(None, asked), datetime.now(UTC).isoformat()
    rest = dict.fromkeys(("gateway", "written", "log_fault", "generation"))
    write_health(asked, Health(at=now, pid=1, host="a container", gateway_since=now, **rest))
    monkeypatch.setattr("kzbot.cli.log.beside._LOOK", 0.01)
    with monkeypatch.context() as patch:
        patch.setattr("kzbot.operations.health.STALE", timedelta(seconds=0.05))
        assert await unspelled_beside(prepared, 7) is None
    async with review_beside(asked / FILE_NAME) as reviews:
        assert await reviews.requests() == {7: {"undo": True}}, "its next start does it"
        await reviews.request(7, {"kind": "applied"})
        waits = asyncio.create_task(unspelled_beside(prepared, 7))
        while (await reviews.requests())[7] != {"undo": True} and not waits.done():  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.01)
        await reviews.drop_request(7)
        with pytest.raises(KzbotError, match="was told elsewhere already"):
            await asyncio.wait_for(waits, 60)
    assert "The running bot does it" in capsys.readouterr().err
