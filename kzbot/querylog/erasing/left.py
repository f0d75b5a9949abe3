"""What a log still holds of questions, and where something was posted of what it holds no more. All of it blocks."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from kzbot.querylog.alike import alike
from kzbot.querylog.rows import OptionValue, json_of

_ORPHANS = (
    "purpose = 'doubt' AND CAST(about AS INTEGER) NOT IN (SELECT number FROM reports)"
    " OR purpose = 'plan' AND about IN (SELECT value FROM json_each(?))"
)


def asked_alike(path: Path, command: str, options: Mapping[str, OptionValue]) -> list[Mapping[str, OptionValue]]:
    """The options of every question with this command that counts as one with this one, each once."""
    with _reading(path) as connection:
        rows = connection.execute(
            "SELECT DISTINCT options FROM queries WHERE alike = ? AND command = ?", (alike(command, options), command)
        )
        return [json_of(text) for (text,) in rows]


def orphaned_posts(path: Path, plans: Sequence[str]) -> list[tuple[int, int]]:
    """Channel and message of what was posted of reports that are gone, and of these plans."""
    with _reading(path) as connection:
        return connection.execute(
            f"SELECT channel, message FROM posted WHERE {_ORPHANS}", (json.dumps(plans),)
        ).fetchall()


def is_noted(path: Path, erasure: int) -> bool:
    """Whether the deed of this erasure stands in the log."""
    with _reading(path) as connection:
        found = connection.execute("SELECT 1 FROM audit WHERE action = 'erase' AND about = ?", (erasure,))
        return found.fetchone() is not None


def last_noted(path: Path) -> int:
    """The highest number of an erasure whose deed stands in the log, 0 where there is none."""
    with _reading(path) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'audit'").fetchone():
            return 0  # of a program that erased nothing
        found = connection.execute("SELECT ifnull(max(about), 0) FROM audit WHERE action = 'erase'").fetchone()
        return int(found[0])


def _reading(path: Path) -> "closing[sqlite3.Connection]":
    return closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=10))
