"""How long moderators wait for a log of a million questions: lists with each filter, what is unanswered, figures, deeds.

    python tests/benchmarks/log.py [--questions 1000000] [--times 7] [--keep FOLDER]

Makes a log as a busy team would have after 90 days: questions drawn by Zipf's law from 20,000, asked by 300 people in 12
channels, answered or not, some rated. Prints the median and the worst milliseconds of each look, and how long the event loop
was held meanwhile at the most. --keep makes the log in a folder once and uses it again.
"""

import json
import random
import sqlite3
from bisect import bisect
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from kzbot.querylog.alike import alike, searched
from kzbot.querylog.log import INSERT
from kzbot.querylog.migrate import migrate

QUESTIONS, PEOPLE, CHANNELS, DAYS = 20_000, 300, 12, 90
SERVER, USER, CHANNEL = 10**18, 2 * 10**18, 3 * 10**18
LAST = datetime(2026, 11, 22, 9, tzinfo=UTC)
COMMANDS = {"search": 55, "timeline": 20, "exercise": 9, "who": 8, "source": 4, "check": 3, "new": 1}
STATUSES = {
    "answered": 70,
    "partial": 9,
    "not_found": 14,
    "ambiguous": 3,
    "bad_request": 3,
    "failed": 0.2,
    "denied": 0.8,
}
OPTION = {"search": "query", "timeline": "topic", "source": "what", "check": "quote", "new": "since"}
WORDS = 4_000
RATED, DEEDS = 0.04, 20_000
RARE = "zyzzyva"


def _weighted(chance: random.Random, weights: dict[str, float], count: int) -> list[str]:
    return chance.choices(list(weights), list(weights.values()), k=count)


def _zipf(count: int) -> list[float]:
    return list(accumulate(1 / rank for rank in range(1, count + 1)))


def questions(chance: random.Random) -> list[tuple[str, str, str, str | None]]:
    """Command, options, what a search sees and the words of each different question; one of them has a rare word."""
    words = ["".join(chance.choices("abcdefghijklmnoprstuvwxyz", k=chance.randint(3, 10))) for _ in range(WORDS)]
    made = []
    for at, command in enumerate(_weighted(chance, COMMANDS, QUESTIONS)):
        said = " ".join(chance.choices(words, k=chance.randint(1, 6))) + (f" {RARE}" if at == QUESTIONS // 2 else "")
        options: dict[str, Any] = {OPTION.get(command, "name"): said}
        if chance.random() < 0.1:
            options["from"] = str(chance.randint(1990, 2026))
        made.append((command, json.dumps(options), searched(command, options), alike(command, options)))
    return made


def rows(count: int, chance: random.Random) -> Iterator[tuple[object, ...]]:
    """The parameters of `INSERT`, in the order of time."""
    asked, of_questions, of_people = questions(chance), _zipf(QUESTIONS), _zipf(PEOPLE)
    statuses = _weighted(chance, STATUSES, 4096)
    first = LAST - timedelta(days=DAYS)
    for number in range(count):
        at = first + timedelta(days=DAYS) * (number / count)
        command, options, seen, words = asked[bisect(of_questions, chance.random() * of_questions[-1])]
        person = bisect(of_people, chance.random() * of_people[-1])
        status = statuses[chance.randrange(4096)]
        yield (
            at.isoformat(timespec="milliseconds"),
            USER + person,
            CHANNEL + (person + chance.randrange(3)) % CHANNELS,
            SERVER,
            command,
            options,
            status,
            0 if status in ("not_found", "failed", "denied", "bad_request") else chance.randint(1, 40),
            round(chance.lognormvariate(2.5, 0.8), 3),
            f"20261121T20{chance.randrange(60):02d}01Z-1a2b3c4d",
            chance.random() < 0.2,
            seen,
            None if status in ("failed", "denied") else words,
        )


def make_log(path: Path, count: int) -> None:
    """A log of `count` questions with ratings and deeds, written by the program's own statement through its triggers."""
    chance = random.Random(count)
    migrate(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -400000")
        connection.executemany(INSERT, rows(count, chance))
        rated = chance.sample(range(1, count + 1), int(count * RATED))
        connection.executemany(
            "INSERT INTO ratings (at, query, user, useful) VALUES (?, ?, ?, ?)",
            ((LAST.isoformat(), number, USER + chance.randrange(PEOPLE), chance.random() < 0.7) for number in rated),
        )
        details = json.dumps({"command": "log questions", "options": {"status": "not_found"}})
        connection.executemany(
            "INSERT INTO audit (at, actor, place, action, about, details) VALUES (?, ?, ?, ?, ?, ?)",
            (
                (
                    (LAST - timedelta(minutes=DEEDS - at)).isoformat(timespec="milliseconds"),
                    USER + chance.randrange(5),
                    "discord",
                    chance.choice(("look", "look", "look", "apply", "lay", "lift", "export")),
                    at,
                    details,
                )
                for at in range(DEEDS)
            ),
        )
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
