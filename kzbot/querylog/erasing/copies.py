"""Databases of the log that nobody has open: backups, copies of before an upgrade, a copy that is being restored."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from kzbot.errors import QueryLogError
from kzbot.querylog.checking import damage, fault_of_changed
from kzbot.querylog.erasing.change import Change
from kzbot.querylog.erasing.files import write_anew
from kzbot.querylog.erasing.scope import Erased, Target
from kzbot.querylog.erasing.wiping import Wiper
from kzbot.querylog.people import People
from kzbot.querylog.working import Step, Tell, unheard, watched

UNFINISHED = ".erasing"
"""What the name of a copy that is being written anew ends with."""


Make = Callable[[Path], Change]
"""Opens a file for a change."""
Opened = Callable[[Callable[[], None]], None]
"""Is given what interrupts the work on a file, from another thread: it then raises sqlite3.OperationalError."""


Went = Callable[[int], None]
"""Is told how many rows went since the last time."""
_PARTS = 1000


def _unheard(interrupt: Callable[[], None]) -> None:
    """Nobody will interrupt it."""


def _uncounted(rows: int) -> None:
    """Nobody counts them."""


def clean(path: Path, targets: Sequence[Target], people: People, tell: Tell = unheard) -> Erased:
    """Takes out of the file all that is meant, and leaves no byte of it there, nor beside it; how many rows went.

    `tell` hears of the stages `clean` (thousandths of what is meant) and `tidy`. A crash half way leaves a file that cannot be used: it is a copy that is not in its place yet. Blocking. Raises QueryLogError or sqlite3.Error where it is no log, or damaged.
    """
    rows: dict[str, int] = {}
    cleaning = _Cleaning(len(targets), tell)

    def wiper(target: Target) -> Make:
        def make(path: Path) -> Change:
            made = Wiper(path, target, people)
            meant = made.count()
            for table, count in meant.rows.items():
                rows[table] = rows.get(table, 0) + count
            cleaning.begin(meant.total)
            return made

        return make

    change(path, [wiper(target) for target in targets], went=cleaning.went, tell=tell)
    return Erased(rows)


class _Cleaning:
    """Tells how much of all targets is taken out, each an equal part."""

    def __init__(self, targets: int, tell: Tell) -> None:
        self._targets, self._tell = targets, tell
        self._begun = self._meant = self._gone = 0

    def begin(self, meant: int) -> None:
        """The next target, with so many rows."""
        self._begun, self._meant, self._gone = self._begun + 1, meant, 0
        self.went(0)

    def went(self, rows: int) -> None:
        """So many rows of it went now."""
        self._gone += rows
        part = _PARTS * min(self._gone, self._meant) // max(self._meant, 1)
        self._tell(Step("clean", (self._begun - 1) * _PARTS + part, self._targets * _PARTS))


def change(
    path: Path, changes: Sequence[Make], opened: Opened = _unheard, went: Went = _uncounted, tell: Tell = unheard
) -> None:
    """Makes all of these changes in a file that nobody else has open, and that is thrown away where this fails; see `clean`.

    `tell` hears of the stage `tidy`: it is written anew, and checked.
    """
    unindexed = True
    for make in changes:
        with closing(make(path)) as made:
            unindexed &= made.unindexed
            opened(made.interrupt)
            made.hasten()
            for rows in made.batches():
                went(rows)
    with closing(sqlite3.connect(path, isolation_level=None, timeout=10)) as connection:
        opened(connection.interrupt)
        connection.execute("PRAGMA journal_mode = DELETE")
        tell(Step("tidy"))
        with watched(connection, lambda: tell(Step("tidy"))):
            write_anew(connection)
            found = fault_of_changed(connection) if unindexed else damage(connection, lambda *_: tell(Step("tidy")))
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    if found is not None:
        raise QueryLogError(f"{path}: this copy of the log of questions is damaged ({found}); make a new backup.")


def rewrite(path: Path, changes: Sequence[Make], opened: Opened = _unheard) -> None:
    """Puts in the place of a copy one with these changes made, whole or not at all, and lastingly; see `clean`."""
    unfinished = path.with_name(path.name + UNFINISHED)
    unfinished.unlink(missing_ok=True)
    _fold(path)
    try:
        os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT, 0o600))
        shutil.copyfile(path, unfinished)
        change(unfinished, changes, opened)
        shutil.copystat(path, unfinished)  # by its moment it is known how old a copy is that somebody put there
        unfinished.chmod(0o600)
        unfinished.replace(path)
    finally:
        for left in path.parent.glob(f"{path.name}{UNFINISHED}*"):
            left.unlink()


def _fold(path: Path) -> None:
    """What stands beside a copy that somebody put there goes into it, or goes."""
    beside = [path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal")]
    if any(one.exists() for one in beside):
        with closing(sqlite3.connect(path, isolation_level=None, timeout=10)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            connection.execute("PRAGMA journal_mode = DELETE")
        for one in beside:
            one.unlink(missing_ok=True)


def is_log(path: Path) -> bool:
    """Whether this is a log of kzbot, of whatever schema; False where it cannot be read."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=10)) as connection:
            columns = {name for (name,) in connection.execute("SELECT name FROM pragma_table_info('queries')")}
    except sqlite3.Error:
        return False
    return {"number", "asked_at", "user", "options"} <= columns
