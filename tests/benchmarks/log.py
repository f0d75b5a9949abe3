"""How long moderators wait for a log of a million questions: lists with each filter, what is unanswered, figures, deeds.

    python tests/benchmarks/log.py [--questions 1000000] [--different 20000] [--times 7] [--keep FOLDER]

Makes a log as a busy team would have after 90 days: questions drawn by Zipf's law from so many different ones, asked by 300
people in 12 channels, answered or not, some rated. Prints the median and the worst milliseconds of each look, and how long the
event loop was held meanwhile at the most. --keep makes the log in a folder once and uses it again.
"""

import argparse
import asyncio
import json
import random
import sqlite3
import statistics
import tempfile
import time
import tracemalloc
from bisect import bisect
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any

from kzbot.output.questions_file import FORMS, Form, pieces
from kzbot.phrases import DEFAULT_FOLDER, Phrases
from kzbot.querylog.alike import alike, searched
from kzbot.querylog.filters import Filters
from kzbot.querylog.ledger.deeds import DeedFilters
from kzbot.querylog.log import FILE_NAME, INSERT, QueryLog
from kzbot.querylog.migrate import migrate
from kzbot.querylog.review.rows import GroupFilters

DIFFERENT, RARE_ONE, PEOPLE, CHANNELS, DAYS = 20_000, 10_000, 300, 12, 90
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
SPANS: dict[str, tuple[date | None, date | None]] = {
    "all": (None, None),
    "last 30 days": (date(2026, 10, 24), None),
    "last week": (date(2026, 11, 16), None),
}
DEEDS_ASKED = {
    "all": DeedFilters(),
    "one person": DeedFilters(users=(USER, -USER)),
    "one action": DeedFilters(actions=("lift",)),
    "days": DeedFilters(since=date(2026, 11, 10), until=date(2026, 11, 12)),
}


def _weighted(chance: random.Random, weights: Mapping[str, float], count: int) -> list[str]:
    return chance.choices(list(weights), list(weights.values()), k=count)


def _zipf(count: int) -> list[float]:
    return list(accumulate(1 / rank for rank in range(1, count + 1)))


def questions(chance: random.Random, different: int) -> list[tuple[str, str, str, str | None]]:
    """Command, options, what a search sees and the words of each different question; one of them has a rare word."""
    words = ["".join(chance.choices("abcdefghijklmnoprstuvwxyz", k=chance.randint(3, 10))) for _ in range(WORDS)]
    made = []
    for at, command in enumerate(_weighted(chance, COMMANDS, different)):
        said = " ".join(chance.choices(words, k=chance.randint(1, 6))) + (f" {RARE}" if at == RARE_ONE else "")
        options: dict[str, Any] = {OPTION.get(command, "name"): said}
        if chance.random() < 0.1:
            options["from"] = str(chance.randint(1990, 2026))
        made.append((command, json.dumps(options), searched(command, options), alike(command, options)))
    return made


def rows(count: int, chance: random.Random, different: int = DIFFERENT) -> Iterator[tuple[object, ...]]:
    """The parameters of `INSERT`, in the order of time."""
    asked, of_questions, of_people = questions(chance, different), _zipf(different), _zipf(PEOPLE)
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


def make_log(path: Path, count: int, different: int = DIFFERENT) -> None:
    """A log of `count` questions with ratings and deeds, written by the program's own statement through its triggers."""
    chance = random.Random(count)
    migrate(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -400000")
        connection.executemany(INSERT, rows(count, chance, different))
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


async def longest_hold(stop: asyncio.Event) -> float:
    """Milliseconds that the event loop was held at the most, until `stop`."""
    longest = 0.0
    while not stop.is_set():
        began = time.perf_counter()
        await asyncio.sleep(0.001)
        longest = max(longest, (time.perf_counter() - began - 0.001) * 1000)
    return longest


async def timed(name: str, look: Callable[[], Awaitable[object]], times: int) -> None:
    """Prints the median and the worst of some runs, the first of them with it."""
    stop, took = asyncio.Event(), []
    held = asyncio.create_task(longest_hold(stop))
    await asyncio.sleep(0.02)
    for _ in range(times):
        began = time.perf_counter()
        await look()
        took.append((time.perf_counter() - began) * 1000)
    stop.set()
    print(f"{statistics.median(took):9.1f} {max(took):9.1f} {await held:9.1f}  {name}")  # noqa: T201


def lists(last: int) -> dict[str, dict[str, Any]]:
    """What is asked of `Listing.page`, by what it is."""
    busy, quiet = USER, USER + PEOPLE - 1
    week = {"since": date(2026, 11, 16)}
    month = {"since": date(2026, 9, 1), "until": date(2026, 9, 30)}
    narrowed: dict[str, dict[str, Any]] = {
        "no filter": {},
        "since": week,
        "since and until, months ago": month,
        "command": {"commands": ("timeline",)},
        "seldom command": {"commands": ("new",)},
        "status": {"statuses": ("not_found",)},
        "seldom status": {"statuses": ("failed",)},
        "busy person": {"users": (busy, -busy)},
        "quiet person": {"users": (quiet, -quiet)},
        "channel": {"channel": CHANNEL},
        "word": {"search": "search"},
        "rare word": {"search": RARE},
        "word that none has": {"search": "%%"},
        "command and status": {"commands": ("timeline",), "statuses": ("failed",)},
        "busy person and status": {"users": (busy, -busy), "statuses": ("not_found",)},
        "busy person, month": {"users": (busy, -busy), **month},
        "quiet person, command, status": {"users": (quiet,), "commands": ("new",), "statuses": ("failed",)},
        "channel, status, since": {"channel": CHANNEL, "statuses": ("answered",), **week},
        "word, month": {"search": "search", **month},
        "busy person and rare word": {"users": (busy, -busy), "search": RARE},
    }
    made: dict[str, dict[str, Any]] = {name: {"filters": Filters(**filters)} for name, filters in narrowed.items()}
    for name in ("no filter", "busy person", "status", "word"):
        made[f"{name}, last page"] = {**made[name], "after": 0}
        made[f"{name}, half way"] = {**made[name], "before": last // 2, "passed": last // 2}
    return made


async def exported(log: QueryLog, form: Form) -> int:
    """The bytes of a file with the questions of the last week."""
    phrases, size = Phrases.load(DEFAULT_FOLDER, "en"), 0
    async for piece in pieces(log.listing, Filters(since=date(2026, 11, 16)), form, phrases, LAST):
        size += len(piece.data)
    return size


async def measure(folder: Path, times: int) -> None:
    """Prints a line for every look."""
    log = await QueryLog.open(folder / FILE_NAME)
    try:
        print("   median     worst  loop held  (milliseconds)")  # noqa: T201
        last = (await log.recent(1))[0][0].number
        for name, asked in lists(last).items():
            await timed(f"questions: {name}", partial(log.listing.page, limit=10, **asked), times)
        searching = asyncio.create_task(log.listing.page(Filters(search="%%"), 10))
        await timed("one question, while words are looked for in all of them", partial(log.query, 1), times)
        print(f"           (the search was {'over' if searching.done() else 'still going on'} then)")  # noqa: T201
        await searching
        for name, limits in SPANS.items():
            await timed(f"figures: {name}", partial(log.statistics, *limits), times)
            shown = GroupFilters(since=limits[0])
            await timed(f"unanswered: {name}", partial(log.review.groups, 5, 0, shown), times)
        await timed("unanswered: a later page", partial(log.review.groups, 5, 500), times)
        for name, meant in DEEDS_ASKED.items():
            await timed(f"audit: {name}", partial(log.ledger.deeds, 10, 0, meant), times)
        await timed("audit: last page", partial(log.ledger.deeds, 10, DEEDS - 10), times)
        for form in FORMS:
            tracemalloc.start()
            await timed(f"export of a week as {form}", partial(exported, log, form), 1)
            most = tracemalloc.get_traced_memory()[1] / 1e6
            tracemalloc.stop()
            print(f"           (holding {most:.1f} MB at the most; what is measured here slows it down)")  # noqa: T201
    finally:
        await log.close()


def main() -> None:
    """Makes the log where it is not there, and measures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--questions", type=int, default=1_000_000)
    parser.add_argument("--different", type=int, default=DIFFERENT)
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = given.keep or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / FILE_NAME).exists():
            began = time.perf_counter()
            make_log(folder / FILE_NAME, given.questions, given.different)
            size = (folder / FILE_NAME).stat().st_size / 1e6
            print(f"made in {time.perf_counter() - began:.0f} s, {size:.0f} MB")  # noqa: T201
        asyncio.run(measure(folder, given.times))


if __name__ == "__main__":
    main()
