"""A data folder that holds a person's words wherever kzbot keeps any, and a look at every byte of it."""

import asyncio
import json
import shutil
import sqlite3
import struct
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kzbot.answers.model import Question
from kzbot.answers.question import typed
from kzbot.corpus.foreign.found import Document, Found
from kzbot.index.store import GenerationStore
from kzbot.operations.backups import Backups
from kzbot.operations.erasing.eraser import Eraser
from kzbot.operations.importing.incoming import Incoming, Received
from kzbot.operations.planning.asking import cut
from kzbot.operations.planning.files import write_plan
from kzbot.operations.planning.plan import AnswerChange, Plan
from kzbot.querylog.alike import alike
from kzbot.querylog.ledger.rows import Actor, Deed, OverlayRecord, Post, Report
from kzbot.querylog.log import QueryLog
from kzbot.querylog.rows import QueryRecord

PERSON, OTHER, MODERATOR = 1_100_000_000_000_000_311, 1_100_000_000_000_000_312, 1_100_000_000_000_000_313
HOME, AWAY = 1_100_000_000_000_000_100, 1_100_000_000_000_000_200
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
APPLIED, WAITING = "20261120T000000Z-00000001", "20261121T000000Z-00000002"


def record(text: str, user: int | None = PERSON, **more: object) -> QueryRecord:
    """A question; asked a second before now."""
    usual: dict[str, object] = {
        "asked_at": NOW - timedelta(seconds=1),
        "user": user,
        "channel": 202,
        "server": HOME,
        "command": "search",
        "options": {"query": text},
        "status": "not_found",
        "items": 0,
        "took_ms": 4.56,
        "generation": APPLIED,
        "private": False,
    }
    return QueryRecord(**{**usual, **more})  # type: ignore[arg-type]


async def ask(log: QueryLog, texts: Iterable[str], user: int | None = PERSON, **more: object) -> list[int]:
    """Asks all of them; their numbers."""
    return await asyncio.gather(*(log.record(record(text, user, **more)) for text in texts))


async def review(log: QueryLog, query: int, user: int | None, actor: int, text: str) -> None:
    """Rates a question, wishes to be told, and has a moderator say something of it."""
    at = NOW.isoformat(timespec="milliseconds")

    def write() -> None:
        with closing(sqlite3.connect(log.path, isolation_level=None)) as connection:
            kept = log.people.kept(user)
            connection.execute("INSERT INTO ratings (at, query, user, useful) VALUES (?, ?, ?, 0)", (at, query, kept))
            connection.execute("INSERT INTO wishes (at, query, user) VALUES (?, ?, ?)", (at, query, user))
            connection.execute(
                "INSERT INTO reviews (at, actor, place, kind, alike, remark)"
                " VALUES (?, ?, 'discord', 'source', (SELECT alike FROM queries WHERE number = ?), ?)",
                (at, log.people.kept(actor), query, text),
            )

    await log.alone(write)


async def report(log: QueryLog, said: str, user: int, query: int) -> int:
    """Doubts a date, which a moderator mends."""
    number = await log.ledger.take_report(
        Report(
            at=NOW - timedelta(seconds=1),
            user=user,
            query=query,
            generation=APPLIED,
            kind="date",
            article="one",
            address="one#abcd",
            excerpt="It was in May.",
            words="May",
            said=said,
        )
    )
    overlay = OverlayRecord(
        at=NOW, actor=Actor(place="discord", user=user), kind="date", article="one", words="May", report=number
    )
    await log.ledger.lay(overlay)
    await log.ledger.posted(Post(at=NOW, purpose="doubt", about=str(number), channel=55, message=7000 + number))
    return number


async def look(log: QueryLog, actor: int, **details: object) -> None:
    """A moderator looks into the log."""
    deed = Deed(at=NOW, actor=Actor(place="discord", user=actor), action="look", details=details)
    await log.ledger.note(deed)


def plans(data: Path, texts: Sequence[str], *, golden: str) -> GenerationStore:
    """A served generation and one that waits, each with the plan that asked these."""
    store = GenerationStore(data)
    store.folder.mkdir(parents=True, exist_ok=True)
    for candidate in (APPLIED, WAITING):
        store.path(candidate).write_bytes(b"no question stands in a generation")
        changes = [
            AnswerChange(
                cut(typed(Question("search", {"query": text}))),
                "changed",
                1,
                text == golden,
                "answered",
                "answered",
                1,
                1,
            )
            for text in texts
        ]
        write_plan(store, Plan(candidate, None, "2026-11-21T00:00:00Z", 1, 1, answers=tuple(changes)))
    store.apply(APPLIED)
    store.wait(WAITING)
    return store


def send(data: Path, user: int, text: str, key: str) -> None:
    """Somebody sends a file that nobody has added yet."""
    found = Found((Document(text),))
    Incoming(data / "incoming").keep(
        key, user, [Received("a.txt", "a.txt", text.encode("utf-8", "replace"), found)], NOW
    )


def old_copies(data: Path) -> None:
    """What programs of before kept beside kzbot.db: a copy of an older schema, one of pages, and what a crash left of one."""
    with (
        closing(sqlite3.connect(data / "kzbot.db")) as now,
        closing(sqlite3.connect(data / "kzbot.db.before-0003")) as old,
    ):
        now.backup(old)
        for statement in (
            "PRAGMA secure_delete = OFF",
            *(
                f"DROP TRIGGER {name}"
                for (name,) in now.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
            ),
            *(
                f"DROP TABLE {name}"
                for name in ("ratings", "wishes", "reviews", "wordings", "phrasings", "tallies", "times")
            ),
            "PRAGMA user_version = 2",
        ):
            old.execute(statement)
        old.commit()
    shutil.copyfile(data / "kzbot.db.before-0003", data / "kzbot.db.before-0002.part")
    (data / "backups").mkdir(exist_ok=True)
    shutil.copyfile(data / "kzbot.db.before-0003", data / "backups" / "kzbot-20261101T000000Z.db.part")
    torn = (data / "kzbot.db.before-0003").read_bytes()
    (data / "backups" / "kzbot-20261102T000000Z.db").write_bytes(torn[:100] + b"\xff" * 4000 + torn[4100:])


def backup(data: Path) -> None:
    """A backup as the bot makes them."""
    Backups(data).make(NOW)


def eraser(data: Path, log: QueryLog) -> Eraser:
    """One over this folder."""
    return Eraser(data, log)


def forms(text: str) -> set[bytes]:
    """How a text may stand in a file: plain, without case, as JSON, folded as questions are counted."""
    shapes = {text, text.casefold(), alike("search", {"query": text}) or text}
    shapes |= {json.dumps(one, ensure_ascii=ascii_)[1:-1] for one in tuple(shapes) for ascii_ in (True, False)}
    return {one.encode("utf-8", how) for one in shapes for how in ("replace", "surrogatepass")}


def shapes_of(user: int) -> set[bytes]:
    """How an id may stand in a file."""
    return {str(user).encode(), struct.pack(">q", user), struct.pack("<q", user)}


def holding(data: Path, wanted: Iterable[bytes]) -> Iterator[str]:
    """The files of the folder that hold one of these, and which."""
    sought = sorted(set(wanted))
    for file in sorted(data.rglob("*")):
        if file.is_file():
            held = file.read_bytes()
            yield from (f"{file.relative_to(data)}: {one!r}" for one in sought if one in held)


def counts_are_true(path: Path) -> bool:
    """Whether what triggers count is what a count of the rows gives."""
    pairs = (
        (
            "SELECT alike, asked, unanswered, last, not_useful, poor FROM wordings ORDER BY 1",
            "SELECT alike, count(*), sum(status IN ('not_found', 'partial', 'ambiguous')), max(number),"
            " ifnull(sum((SELECT count(*) FROM ratings WHERE query = queries.number AND NOT useful)), 0),"
            " sum(status = 'answered' AND EXISTS (SELECT 1 FROM ratings WHERE query = queries.number AND NOT useful)) FROM queries"
            " WHERE alike IS NOT NULL GROUP BY 1 ORDER BY 1",
        ),
        (
            "SELECT day, command, status, questions FROM tallies ORDER BY 1, 2, 3",
            "SELECT substr(asked_at, 1, 10), command, status, count(*) FROM queries GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
        ),
        (
            "SELECT number, asked FROM phrasings ORDER BY 1",
            "SELECT phrasing, count(*) FROM queries GROUP BY 1 ORDER BY 1",
        ),
        (
            "SELECT sum(questions) FROM times",
            "SELECT nullif(count(*), 0) FROM queries WHERE alike IS NOT NULL",
        ),
    )
    with closing(sqlite3.connect(path)) as connection:
        return all(connection.execute(one).fetchall() == connection.execute(other).fetchall() for one, other in pairs)
