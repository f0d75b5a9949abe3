"""What the generation before knows: with it a build reads only what changed."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from kzbot.corpus.article import Article, Block, Correction, FileState, Rejection
from kzbot.index.building.laid import Bearing
from kzbot.index.rows import WithdrawnRow
from kzbot.index.schema import open_for_reading, schema_version

_ARTICLE = (
    "id, file, text, title, title_basis, url, archived_url, publisher, author, published, published_basis,"
    " published_ground, language"
)


@dataclass(frozen=True, slots=True)
class Known:
    """An article of the generation before, without its text."""

    bearing: Bearing
    number: int
    id: str
    file: str
    title: str
    text_hash: str
    content_hash: str
    work_hash: str


@dataclass(frozen=True, slots=True)
class Previous:
    """The generation before, or nothing: `path` is None where there is none whose rows can be taken over.

    `first_seen` and `places` (file) are by article id, also of articles set aside; they are kept also from a generation
    of another schema. `withdrawn`: the files of articles that were left out because somebody withdrew them.
    """

    path: Path | None = None
    meta: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, FileState] = field(default_factory=dict)
    known: Mapping[str, Known] = field(default_factory=dict)
    first_seen: Mapping[str, str] = field(default_factory=dict)
    rejections: Sequence[Rejection] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    withdrawn: Sequence[WithdrawnRow] = ()


def read_previous(path: Path | None) -> Previous:
    """What `path` knows; an unreadable file is as good as none, since everything in it can be worked out again."""
    if path is None or not path.is_file():
        return Previous()
    try:
        connection = open_for_reading(path)
    except sqlite3.Error:
        return Previous()
    try:
        first_seen, places = _seen(connection)
        meta = dict(connection.execute("SELECT key, value FROM meta"))
        if meta.get("schema") != schema_version():
            return Previous(first_seen=first_seen, places=places)
        states, known, rejections = read_states(connection), _known(connection), read_rejections(connection)
        return Previous(path, meta, states, known, first_seen, rejections, places, read_withdrawn(connection))
    except sqlite3.Error:
        return Previous()
    finally:
        connection.close()


def _seen(connection: sqlite3.Connection) -> tuple[dict[str, str], dict[str, str]]:
    """When each article was first seen, and in which file, by id."""
    rows = connection.execute("SELECT id, file, first_seen FROM articles").fetchall()
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'set_aside'").fetchone():
        rows += connection.execute("SELECT id, file, first_seen FROM set_aside").fetchall()
    return {id_: seen for id_, _, seen in rows}, {id_: file for id_, file, _ in rows}


def read_states(connection: sqlite3.Connection) -> dict[str, FileState]:
    """The files that were seen, by name, also those that were rejected."""
    rows = connection.execute("SELECT file, size, modified_ns, companion_size, companion_modified_ns FROM files")
    return {row[0]: FileState(*row) for row in rows}


def read_rejections(connection: sqlite3.Connection) -> list[Rejection]:
    """The files that were not taken, in the order of the report."""
    rows = connection.execute("SELECT file, reason, line FROM rejections ORDER BY rowid")
    return [Rejection(*row) for row in rows]


def read_withdrawn(connection: sqlite3.Connection) -> list[WithdrawnRow]:
    """The articles that moderators withdrew and whose files are there, by id."""
    return [WithdrawnRow(*row) for row in connection.execute("SELECT file, id, title FROM withdrawn ORDER BY id, file")]


class StoredTexts:
    """The texts of the articles of a generation; its file is opened when the first one is asked for."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._connection is not None:
            self._connection.close()

    def of(self, number: int) -> str:
        """The text of the article of this number."""
        if self._connection is None:
            assert self._path is not None
            self._connection = open_for_reading(self._path)
        row = self._connection.execute("SELECT text FROM articles WHERE number = ?", (number,)).fetchone()
        return str(row[0])


def stored_article(connection: sqlite3.Connection, number: int) -> Article:
    """An article as its file was read, without reading the file."""
    columns = connection.execute(f"SELECT {_ARTICLE} FROM articles WHERE number = ?", (number,)).fetchone()
    blocks, corrections = connection.execute(
        "SELECT blocks, corrections FROM readings WHERE article = ?", (number,)
    ).fetchone()
    article = Article(*columns)
    return replace(
        article,
        corrections=tuple(Correction(*one) for one in json.loads(corrections)),
        blocks=tuple(Block(*one) for one in json.loads(blocks)),
    )


def _known(connection: sqlite3.Connection) -> dict[str, Known]:
    rows = connection.execute(
        "SELECT r.laid, a.number, a.id, a.file, a.title, a.text_hash, r.content_hash, a.work_hash"
        " FROM articles a JOIN readings r ON r.article = a.number"
    )
    return {row[3]: Known(Bearing.from_json(json.loads(row[0])), *row[1:]) for row in rows}
