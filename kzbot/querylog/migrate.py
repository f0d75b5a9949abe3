"""Brings kzbot.db to the schema of this program: numbered SQL files, each applied whole, after a backup."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from kzbot.errors import QueryLogError
from kzbot.querylog.backup import FOLDER, back_up_before, remove
from kzbot.querylog.remedy import remedy
from kzbot.querylog.schema import MIGRATIONS, apply, check_version, migrations, statements
from kzbot.querylog.working import Step, Tell, unheard

STAGED = ".restoring"
"""Ends the name of a copy that is about to take the log's place; one that is left was not to."""
STAGES = 3
"""Of an upgrade: the log is copied, the copy is checked, and then the log is upgraded."""


def migrate(path: Path, folder: Path = MIGRATIONS, *, backup: bool = True, tell: Tell = unheard) -> None:
    """Create `path` where it is missing (readable by its owner only), and apply what it lacks.

    With `backup` a file that held something is copied first, to `backups/` beside it. `tell` hears of the stages of a copy and of
    `upgrade` (statements). Raises QueryLogError where the file is no
    log of kzbot, is newer than this program, cannot be copied, or cannot be written; it is then as it was.
    """
    known = migrations(folder)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        remove(path.with_name(path.name + STAGED))
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        with closing(sqlite3.connect(path, isolation_level=None, timeout=5)) as connection:
            version = check_version(connection, path, len(known))
            if version == len(known):
                return
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            if version and backup:
                back_up_before(version + 1, path, path.parent / FOLDER, datetime.now(UTC), folder, tell)
            done, total = 0, sum(len(statements(file)) for _, file in known[version:])
            for number, file in known[version:]:
                apply(connection, number, file, lambda count, done=done: tell(Step("upgrade", done + count, total)))  # type: ignore[misc]
                done += len(statements(file))
    except (sqlite3.Error, OSError) as error:
        raise QueryLogError(f"{path}: the log of questions cannot be opened ({error}); {remedy(error)}.") from error
