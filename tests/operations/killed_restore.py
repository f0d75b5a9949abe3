"""Run as a process: restores a log of five questions to one of three, killed at every step, and fails where what is left is
neither, or is not whole. Prints the moments, and how often it was the old log and the new one.

A kill is `os._exit` in a fork, before each call that touches a file.
"""

from __future__ import annotations

import shutil
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from kzbot.operations.backups import Backups
from kzbot.operations.restoring import Restorer, cleaner
from kzbot.querylog.migrate import migrate
from tests.killing import killed

NOW = datetime.now(UTC)
_ASKED = (
    "INSERT INTO queries (asked_at, command, options, status, items, took_ms, private, alike)"
    " VALUES (?, 'search', '{}', 'answered', 1, 1.0, 0, 'alike')"
)


def ask(log: Path, count: int) -> None:
    with closing(sqlite3.connect(log)) as connection:
        connection.executemany(_ASKED, [(NOW.isoformat(),)] * count)
        connection.commit()


def held(log: Path) -> tuple[int, int]:
    """How many questions a start finds, and the number of the next one; it must be whole."""
    migrate(log)
    with closing(sqlite3.connect(log)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        count = connection.execute("SELECT count(*) FROM queries").fetchone()[0]
        assert connection.execute("SELECT asked FROM wordings").fetchone() == (count,)
        return count, connection.execute(_ASKED, (NOW.isoformat(),)).lastrowid or 0


def restore(data: Path, name: str) -> None:
    restorer = Restorer(data, Backups(data), cleaner(data, 90, 365))
    restorer.restore(restorer.prepare(data / "backups" / name), NOW)


def main() -> None:
    place = Path(sys.argv[1])
    model, data = place / "model", place / "data"
    migrate(model / "kzbot.db")
    ask(model / "kzbot.db", 3)
    backup = Backups(model).make(NOW)
    ask(model / "kzbot.db", 2)
    moment, found = 1, {3: 0, 5: 0}
    going = True
    while going:
        shutil.rmtree(data, ignore_errors=True)
        shutil.copytree(model, data)
        going = killed(moment, lambda: restore(data, backup.name))
        count, following = held(data / "kzbot.db")
        assert count in found, f"{count} questions at moment {moment}"
        assert following == 6, f"the number {following} is given at moment {moment}"
        assert not list(data.glob("kzbot.db.*")), "what was prepared was left"
        for copy in Backups(data).all():
            Backups(data).check(copy)
        found[count] += 1
        moment += 1
    sys.stdout.write(f"{moment} {found[5]} {found[3]}")


if __name__ == "__main__":
    main()
