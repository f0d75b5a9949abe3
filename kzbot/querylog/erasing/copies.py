"""Databases of the log that nobody has open: backups, copies of before an upgrade, a copy that is being restored."""

import os
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from kzbot.errors import QueryLogError
from kzbot.querylog.erasing.scope import Erased, Target
from kzbot.querylog.erasing.wiping import Wiper
from kzbot.querylog.people import People

UNFINISHED = ".erasing"
"""What the name of a copy that is being written anew ends with."""


def clean(path: Path, targets: Sequence[Target], people: People) -> Erased:
    """Takes out of the file all that is meant, and leaves no byte of it there, nor beside it.

    Blocking. Raises QueryLogError or sqlite3.Error where it is no log, or damaged.
    """
    rows: dict[str, int] = {}
    for target in targets:
        with closing(Wiper(path, target, people)) as wiper:
            for table, count in wiper.count().rows.items():
                rows[table] = rows.get(table, 0) + count
            for _ in wiper.batches():
                pass
    with closing(sqlite3.connect(path, isolation_level=None, timeout=10)) as connection:
        for statement in ("PRAGMA journal_mode = DELETE", "PRAGMA temp_store = MEMORY", "VACUUM"):
            connection.execute(statement)
        found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise QueryLogError(f"{path}: this copy of the log of questions is damaged ({found}); make a new backup.")
    return Erased(rows)


def rewrite(path: Path, targets: Sequence[Target], people: People) -> Erased:
    """Puts in the place of a copy one without what is meant, whole or not at all, and lastingly; see `clean`."""
    unfinished = path.with_name(path.name + UNFINISHED)
    unfinished.unlink(missing_ok=True)
    try:
        os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT, 0o600))
        shutil.copyfile(path, unfinished)
        erased = clean(unfinished, targets, people)
        with unfinished.open("rb+") as file:
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        for left in path.parent.glob(f"{path.name}{UNFINISHED}*"):
            left.unlink()
    return erased
