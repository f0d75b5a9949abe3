"""Migrating, backing up, checking and restoring a long log: seconds, and against the time that a plain copy of the file takes.

.venv/bin/python tests/benchmarks/backups.py --rows 1000000
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from kzbot.operations.backups import Backups
from kzbot.operations.restoring import Restorer, cleaner
from kzbot.querylog.backup import look_over
from kzbot.querylog.log import FILE_NAME
from kzbot.querylog.migrate import migrate
from kzbot.querylog.schema import migrations

NOW = datetime.now(UTC)
_INSERT = (
    "INSERT INTO queries (asked_at, user, channel, server, command, options, status, items, took_ms, generation, private)"
    " VALUES (?, ?, 1, 2, 'search', ?, ?, 3, ?, '20261121T203301Z-1a2b3c4d', 0)"
)
Result = TypeVar("Result")


def questions(count: int) -> Iterator[tuple[Any, ...]]:
    """Questions of the last 80 days, a fifth of them as others."""
    chance = random.Random(1)
    for number in range(count):
        asked = NOW - timedelta(days=80) * (1 - number / count)
        options = f'{{"query": "words of question {chance.randrange(max(count // 5, 1))} here"}}'
        status = chance.choice(("answered", "not_found", "partial"))
        yield asked.isoformat(timespec="milliseconds"), number % 5000, options, status, chance.random() * 100


def old_log(folder: Path, count: int) -> None:
    """A log of before the last migration."""
    older = folder / "older"
    older.mkdir()
    for _, file in migrations()[:2]:
        shutil.copy(file, older)
    migrate(folder / FILE_NAME, older)
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        connection.executemany(_INSERT, questions(count))
        connection.commit()


def timed(what: str, plain: float, work: Callable[[], Result]) -> Result:
    began = time.perf_counter()
    result = work()
    took = time.perf_counter() - began
    sys.stdout.write(f"{what:<42} {took:6.1f} s  {took / plain:5.1f} times a plain copy\n")
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--rows", type=int, default=100_000)
    count = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        log = folder / FILE_NAME
        old_log(folder, count)
        began = time.perf_counter()
        shutil.copyfile(log, folder / "plain.db")
        with (folder / "plain.db").open("rb") as plainly:
            os.fsync(plainly.fileno())
        plain = time.perf_counter() - began
        sys.stdout.write(f"{count} rows, {log.stat().st_size >> 20} MB\n")
        timed("migrating, with a checked copy first", plain, lambda: migrate(log))
        backups = Backups(folder)
        made = timed("a checked backup", plain, lambda: backups.make(NOW))
        timed("checking it", plain, lambda: backups.check(made))
        timed("a look at the log after a bad end", plain, lambda: look_over(log))
        restorer = Restorer(folder, backups, cleaner(folder, 90, 365))
        coming = timed("what restoring would lose", plain, lambda: restorer.prepare(made))
        timed("restoring, with all that is erased left out", plain, lambda: restorer.restore(coming, NOW))


if __name__ == "__main__":
    main()
