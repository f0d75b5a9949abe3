"""The schema of a generation: its version, its tables, and a connection that is fit to write one."""

import hashlib
import sqlite3
from pathlib import Path

_FOLDER = Path(__file__).parent


def schema_version() -> str:
    """What tells generations with other tables apart: a hash of the statements that make them, eight characters."""
    made_by = b"".join((_FOLDER / name).read_bytes() for name in ("schema.sql", "indexes.sql"))
    return hashlib.sha256(made_by).hexdigest()[:8]


def open_for_building(path: Path) -> sqlite3.Connection:
    """A connection to a file that nobody else opens and that is thrown away after a crash: no journal, no syncs.

    What is deleted is overwritten with zeros, so that a withdrawn article leaves nothing behind in a patched copy.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in (
        "journal_mode = OFF",
        "synchronous = OFF",
        "locking_mode = EXCLUSIVE",
        "temp_store = MEMORY",
        "cache_size = -65536",
        "secure_delete = ON",
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    return connection


def open_for_reading(path: Path) -> sqlite3.Connection:
    """A read-only connection to a finished generation; sqlite3.Error where the file is missing or damaged."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)


def create_tables(connection: sqlite3.Connection) -> None:
    """All tables of an empty generation; the full-text index merges only when it is told to."""
    connection.executescript((_FOLDER / "schema.sql").read_text("utf-8"))
    connection.execute("INSERT INTO passages_fts (passages_fts, rank) VALUES ('automerge', 0)")
    connection.execute("INSERT INTO quotable (quotable, rank) VALUES ('automerge', 0)")


def create_indexes(connection: sqlite3.Connection) -> None:
    """The ordinary indexes, after loading; an open transaction is committed first."""
    connection.executescript((_FOLDER / "indexes.sql").read_text("utf-8"))
