"""Reading which articles of a generation are nearly the same text as another one."""

import sqlite3
from contextlib import closing
from pathlib import Path

from kzbot.index.rows import NearDuplicateRow
from kzbot.index.schema import open_for_reading

_PAIRS = (
    "SELECT a.id, o.id, n.resemblance FROM near_duplicates n JOIN articles a ON a.number = n.article"
    " JOIN articles o ON o.number = n.of ORDER BY a.number"
)


def near_duplicates(generation: Path | sqlite3.Connection) -> tuple[NearDuplicateRow, ...]:
    """The near duplicates of a generation, by its file or a connection to it, in order of file name. Blocking.

    Raises sqlite3.Error where it cannot be read.
    """
    if isinstance(generation, sqlite3.Connection):
        return tuple(NearDuplicateRow(*row) for row in generation.execute(_PAIRS))
    with closing(open_for_reading(generation)) as connection:
        return near_duplicates(connection)
