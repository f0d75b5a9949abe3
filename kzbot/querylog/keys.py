"""With which keys people are hashed in the log, so that it is told where rows of before are nobody's."""

import asyncio
import json
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from kzbot.errors import QueryLogError
from kzbot.querylog.erasing.change import ACTORS, ASKERS
from kzbot.querylog.log import FILE_NAME, QueryLog
from kzbot.querylog.people import KEY_FILE, People
from kzbot.querylog.remedy import remedy
from kzbot.querylog.rows import json_of, text_of

_STATE = "people:keys"
"""In the state of the log: the mark of each key, and from when on it was used."""
_UNKNOWN = "?"
_HASH = -(2**40)
"""A keyed hash is practically always below it, and what else stands in the place of a person never."""


async def note_key(log: QueryLog, now: datetime) -> bool:
    """Keeps which key hashes people from now on. True, once for a key, where rows of before were hashed with another one."""
    keys, mark = _known(await log.state(_STATE)), log.people.mark
    if mark in keys:
        return False
    lost = (bool(keys) or log.people.new) and await asyncio.to_thread(_hashes, log.path)
    before = (keys or {_UNKNOWN: ""}) if lost else {}
    await log.set_state(_STATE, json.dumps({**before, mark: text_of(now)}))
    return lost


def key_is_lost(data_folder: Path) -> bool:
    """Whether the log holds people whom the key of the data folder cannot tell any more. Blocking, and writes nothing;
    QueryLogError where the key cannot be used, or the log not be read."""
    path = data_folder / FILE_NAME
    if not path.is_file():
        return False
    try:
        if not (data_folder / KEY_FILE).exists():
            return _hashes(path)
        mark = People.open(data_folder, "kept").mark
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=10)) as connection:
            found = connection.execute("SELECT value FROM state WHERE key = ?", (_STATE,)).fetchone()
        keys = _known(found[0] if found else None)
        if not keys or next(iter(keys)) == mark:
            return False
        return _hashes(path, keys.get(mark))
    except sqlite3.Error as error:
        raise QueryLogError(f"{path}: the log of questions cannot be read ({error}); {remedy(error)}.") from error


def _known(value: str | None) -> dict[str, str]:
    """From when on each key was used, the first one first."""
    return {} if value is None else {mark: str(since) for mark, since in json_of(value).items()}


def _hashes(path: Path, before: str | None = None) -> bool:
    """Whether some row of a log, of this schema or an older one, holds a keyed hash; one of before a moment, where that is given."""
    until = "\U0010ffff" if before is None else before
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=10)) as connection:
        there = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        return any(
            connection.execute(
                f"SELECT 1 FROM {table} WHERE {column} < ? AND {at} < ? LIMIT 1", (_HASH, until)
            ).fetchone()
            for table, column, at in [*((table, "user", at) for table, at in ASKERS), *ACTORS]
            if table in there
        )
