"""What kzbot.db holds of one person, in whatever mode it was written: counts, and the rows themselves without others in them."""

import re
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from kzbot.errors import QueryLogError
from kzbot.querylog.people import People
from kzbot.querylog.rows import dated, json_of, moment_of, text_as_it_is

_ID = re.compile(r"(?<![0-9])[0-9]{15,20}(?![0-9])")
_OTHER = "(another person)"
_ELSEWHERE = {"searched": "(SELECT searched FROM phrasings WHERE phrasings.number = queries.phrasing)"}
"""What of a row stands in another table."""


@dataclass(frozen=True, slots=True)
class Table:
    """A part of what is held: `column` says whose a row is, `at` when, `columns` what of it is theirs; `json_columns` hold JSON.

    `unnamed`: columns of words that may name others by Discord's id. `only`: which rows of the table, as SQL.
    """

    name: str
    table: str
    column: str
    at: str
    columns: tuple[str, ...]
    json_columns: tuple[str, ...] = ()
    unnamed: tuple[str, ...] = ()
    only: str = "true"


TABLES = (
    Table(
        "questions",
        "queries",
        "user",
        "asked_at",
        (
            *("number", "asked_at", "user", "channel", "server", "command", "options", "status", "items", "took_ms"),
            *("generation", "private", "searched", "alike"),
        ),
        ("options",),
    ),
    Table("ratings", "ratings", "user", "at", ("at", "query", "user", "useful")),
    Table("wishes", "wishes", "user", "at", ("at", "query", "user", "state", "told_at"), only="state = 'open'"),
    Table("wishes_done", "wishes", "user", "at", ("at", "query", "user", "state", "told_at"), only="state != 'open'"),
    Table(
        "doubts",
        "reports",
        "user",
        "at",
        (
            *("number", "at", "user", "query", "generation", "kind", "article", "address", "excerpt", "words", "said"),
            *("state", "closed_at"),
        ),
    ),
    Table(
        "deeds",
        "audit",
        "actor",
        "at",
        ("number", "at", "actor", "place", "action", "about", "details"),
        ("details",),
        ("details",),
    ),
    Table(
        "applied",
        "history",
        "actor",
        "at",
        ("number", "at", "actor", "place", "way", "generation", "former", "articles", "summary"),
        ("summary",),
    ),
    Table(
        "corrections",
        "overlays",
        "actor",
        "at",
        ("number", "at", "actor", "place", "kind", "article", "words", "edtf", "name", "report"),
    ),
    Table("corrections_undone", "overlays", "undone_by", "undone_at", ("number", "undone_at", "undone_by")),
    Table("doubts_closed", "reports", "closed_by", "closed_at", ("number", "closed_at", "closed_by", "state")),
    Table(
        "reviews",
        "reviews",
        "actor",
        "at",
        ("number", "at", "actor", "place", "kind", "remark", "overlay"),
        (),
        ("remark",),
    ),
    Table("reviews_undone", "reviews", "undone_by", "undone_at", ("number", "undone_at", "undone_by")),
)
"""Every column of kzbot.db that says of a person. Words that others typed, and who else had to do with a row, are left out."""


@dataclass(frozen=True, slots=True)
class Held:
    """How many rows there are, and from when to when."""

    count: int = 0
    first: datetime | None = None
    last: datetime | None = None


class PersonalRows:
    """Reads beside whoever writes. Blocking; QueryLogError where the file cannot be read."""

    def __init__(self, path: Path, people: People, user: int) -> None:
        self._address = f"{path.resolve().as_uri()}?mode=ro"
        self._ids = (user, people.hashed(user))

    def held(self) -> dict[str, Held]:
        """What there is, by the names of `TABLES`."""
        with self._opened() as connection:
            return {one.name: self._held(connection, one) for one in TABLES}

    def named(self, names: Collection[str]) -> bool:
        """Whether some row of these parts holds Discord's id as it is."""
        with self._opened() as connection:
            return any(
                connection.execute(
                    f"SELECT 1 FROM {one.table} WHERE {one.column} = ? LIMIT 1", self._ids[:1]
                ).fetchone()
                for one in TABLES
                if one.name in names
            )

    def places(self) -> tuple[int, int]:
        """In how many servers there are questions, and how many in direct messages."""
        with self._opened() as connection:
            sql = "SELECT count(DISTINCT server), sum(server IS NULL AND channel IS NOT NULL) FROM queries WHERE user IN (?, ?)"
            servers, direct = connection.execute(sql, self._ids).fetchone()
        return int(servers), int(direct or 0)

    def rows(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every row with the name of its part, each part in the order in which it was written."""
        with self._opened() as connection:
            for one in TABLES:
                columns = ", ".join(_ELSEWHERE.get(column, column) for column in one.columns)
                sql = f"SELECT {columns} FROM {one.table} WHERE {one.column} IN (?, ?) AND {one.only} ORDER BY number"
                for row in connection.execute(sql, self._ids):
                    yield one.name, self._row(one, dict(zip(one.columns, row, strict=True)))

    def _held(self, connection: sqlite3.Connection, one: Table) -> Held:
        moment = f"CASE WHEN {dated(one.at)} THEN {one.at} END"
        sql = f"SELECT count(*), min({moment}), max({moment}) FROM {one.table} WHERE {one.column} IN (?, ?) AND {one.only}"
        count, first, last = connection.execute(sql, self._ids).fetchone()
        return Held(count, *map(moment_of, (first, last)))

    def _row(self, one: Table, row: dict[str, Any]) -> dict[str, Any]:
        for column in one.unnamed:
            row[column] = _ID.sub(lambda found: found[0] if int(found[0]) in self._ids else _OTHER, row[column])
        for column in one.json_columns:
            row[column] = json_of(row[column])
        for column in {"private", "useful"}.intersection(row):
            row[column] = bool(row[column])
        return row

    def _opened(self) -> "_Reading":
        return _Reading(self._address)


class _Reading:
    """A connection for as long as it is read from; what goes wrong is told as the log tells it."""

    def __init__(self, address: str) -> None:
        self._closing = closing(sqlite3.connect(address, uri=True, timeout=10))

    def __enter__(self) -> sqlite3.Connection:
        connection = self._closing.__enter__()
        connection.text_factory = text_as_it_is
        return connection

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self._closing.__exit__(None, None, None)
        if isinstance(error, sqlite3.Error):
            raise QueryLogError(f"The log of questions cannot be read ({error}); try again.") from error
