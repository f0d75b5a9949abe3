"""Two generations beside each other: which articles, names and dated statements one of them has and the other has not."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Self

from kzbot.corpus.folders import ADDED
from kzbot.errors import GenerationError
from kzbot.index.schema import open_for_reading, schema_version
from kzbot.language.word_changes import Run, word_changes

METADATA = (
    "title",
    "title_basis",
    "url",
    "archived_url",
    "publisher",
    "author",
    "published",
    "published_basis",
    "language",
    "file",
)
DATES = "dates"
_FEW = 50
_HEAD = "a.id, a.title, a.publisher, a.published"


class ArticleHead(NamedTuple):
    """What tells an article to people."""

    id: str
    title: str
    publisher: str | None
    published: str | None


class StatementRow(NamedTuple):
    """A dated statement as a reader knows it: its article, its words, its date (EDTF); `address` that of its passage."""

    article: str
    date: str
    excerpt: str
    address: str


class NameCount(NamedTuple):
    """A name with its mentions; `listed`: the name book has it."""

    name: str
    kind: str | None
    mentions: int
    listed: bool


@dataclass(frozen=True, slots=True)
class Versions:
    """An article of both: `metadata` holds (key, before, after) of the keys that differ, and the texts are as they are."""

    id: str
    title: str
    metadata: tuple[tuple[str, str | None, str | None], ...]
    before: str
    after: str

    def words(self) -> list[Run]:
        """The runs of words in which the texts differ; none where only white space does."""
        return word_changes(self.before, self.after)


class Comparison:
    """A generation beside a former one; blocking. Use as a context.

    `whole`: both are of this program's schema. Where the former one is of another, only articles are compared; where it cannot
    be read at all or is None (`known` False), everything is new. Every method raises GenerationError where a file is damaged.
    """

    def __init__(self, path: Path, former: Path | None) -> None:
        self._path = path
        self._connection = open_for_reading(path)
        self.known, self.whole = _attached(self._connection, former)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def counts(self) -> tuple[int, int]:
        """How many articles there were, and how many there are."""
        before = self._rows("SELECT count(*) FROM former.articles")[0][0] if self.known else 0
        return int(before), int(self._rows("SELECT count(*) FROM main.articles")[0][0])

    def folder_emptied(self) -> bool:
        """Whether the configured folder held articles and holds none now; those that came in through the chat do not count."""
        sql = "SELECT count(*) FROM {schema}.articles WHERE substr(file, 1, ?) != ?"
        values = (len(ADDED), ADDED)
        held = self.known and bool(self._rows(sql.format(schema="former"), values)[0][0])
        return held and not self._rows(sql.format(schema="main"), values)[0][0]

    def added(self) -> list[ArticleHead]:
        """The articles that are new, in order of their files."""
        return self._heads("main", "former" if self.known else None)

    def removed(self) -> list[ArticleHead]:
        """The articles that are gone, in order of their files."""
        return self._heads("former", "main") if self.known else []

    def changed(self) -> Iterator[Versions]:
        """The articles of which the text or what their metadata say is another, in order of their files."""
        for number, old, *row in self._changed_rows():
            before, after = row[: len(METADATA)], row[len(METADATA) : 2 * len(METADATA)]
            differing = [one for one in zip(METADATA, before, after, strict=True) if one[1] != one[2]]
            if self.whole:
                was, now = (_dates(self._reading(schema, at)) for schema, at in (("former", old), ("main", number)))
                differing += [(DATES, was, now)] if was != now else []
            texts = [
                self._rows(f"SELECT text FROM {schema}.articles WHERE number = ?", (at,))[0][0]
                for schema, at in (("former", old), ("main", number))
            ]
            if differing or texts[0] != texts[1]:
                yield Versions(row[-1], row[len(METADATA)], tuple(differing), *texts)

    def newly_rejected(self) -> list[str]:
        """The files that are not taken and were, or were not there."""
        sql = "SELECT DISTINCT file FROM main.rejections"
        if self.whole:
            sql += " WHERE file NOT IN (SELECT file FROM former.rejections)"
        return [row[0] for row in self._rows(sql + " ORDER BY file")]

    def names(self) -> tuple[list[NameCount], list[NameCount]]:
        """The names that are mentioned now and were not, and those that were and are not; the most mentioned first.

        A name that the texts carried and the book now lists, or the other way round, is neither.
        """
        if not self.whole:
            return self._names("main", None), []
        return self._names("main", "former"), self._names("former", "main")

    def statements(self) -> tuple[list[StatementRow], list[StatementRow]]:
        """The dated statements that are new and those that are gone, in order of articles and of their places.

        Of articles that were not worked out anew all are the same, so that only the others are read. A statement whose passage
        only begins or ends with another short sentence now is the same.
        """
        if not self.whole:
            return list(self._statements("main", None)), []
        old, new = list(self._statements("former", "main")), list(self._statements("main", "former"))
        return _not_in(new, old), _not_in(old, new)

    def _heads(self, schema: str, other: str | None) -> list[ArticleHead]:
        where = f"WHERE a.id NOT IN (SELECT id FROM {other}.articles)" if other else ""
        return [
            ArticleHead(*row) for row in self._rows(f"SELECT {_HEAD} FROM {schema}.articles a {where} ORDER BY a.file")
        ]

    def _changed_rows(self) -> list[Any]:
        if not self.known:
            return []
        columns = ", ".join([*(f"o.{one}" for one in METADATA), *(f"n.{one}" for one in METADATA)])
        differs = "n.text != o.text OR " + " OR ".join(f"n.{one} IS NOT o.{one}" for one in METADATA)
        joined = "main.articles n JOIN former.articles o ON o.id = n.id"
        if self.whole:  # the hashes know already
            joined += " JOIN main.readings r ON r.article = n.number JOIN former.readings s ON s.article = o.number"
            differs = "r.content_hash != s.content_hash OR r.laid != s.laid OR n.file != o.file"
        return self._rows(f"SELECT n.number, o.number, {columns}, n.id FROM {joined} WHERE {differs} ORDER BY n.file")

    def _reading(self, schema: str, number: int) -> tuple[str, str]:
        row = self._rows(f"SELECT corrections, laid FROM {schema}.readings WHERE article = ?", (number,))[0]
        return row[0], row[1]

    def _names(self, schema: str, other: str | None) -> list[NameCount]:
        """The names of one state that the other has not."""
        listed = self._rows(f"SELECT id, canonical, variants, kind, mentions FROM {schema}.names WHERE mentions > 0")
        carried_there = self._forms(f"SELECT name FROM {other}.carried_names") if other else set()
        there, forms_there = self._listed(other)
        found = [
            NameCount(name, kind, mentions, True)
            for id_, name, variants, kind, mentions in listed
            if id_ not in there and carried_there.isdisjoint(_folded((name, *json.loads(variants))))
        ]
        unlike = (
            f" WHERE NOT EXISTS (SELECT 1 FROM {schema}.carried_names n JOIN {other}.carried_names o ON o.name = n.name"
            " WHERE n.root = r.root)"
            if other
            else ""
        )
        roots = self._rows(f"SELECT r.canonical, r.kind, r.mentions FROM {schema}.carried_roots r{unlike}")
        found += [NameCount(row[0], row[1], row[2], False) for row in roots if row[0].casefold() not in forms_there]
        return sorted(found, key=lambda one: (-one.mentions, not one.listed, one.name))

    def _listed(self, schema: str | None) -> tuple[set[str], set[str]]:
        """The ids of the names of the book that are mentioned in a state, and all their forms."""
        if schema is None:
            return set(), set()
        rows = self._rows(f"SELECT id, canonical, variants FROM {schema}.names WHERE mentions > 0")
        return {row[0] for row in rows}, {form for row in rows for form in _folded((row[1], *json.loads(row[2])))}

    def _forms(self, sql: str) -> set[str]:
        return _folded(row[0] for row in self._rows(sql))

    def _statements(self, schema: str, other: str | None) -> Iterator[StatementRow]:
        unlike = (
            f" AND NOT EXISTS (SELECT 1 FROM {other}.articles o WHERE o.id = a.id AND o.work_hash = a.work_hash)"
            if other
            else ""
        )
        told: set[tuple[str, ...]] = set()
        for row in self._rows(
            f"SELECT a.id, m.edtf, p.text, p.address FROM {schema}.articles a JOIN {schema}.passages p ON p.article = a.number"
            f" JOIN {schema}.marks m ON m.passage = p.number WHERE m.timeline = 1{unlike}"
            " ORDER BY a.file, p.number, m.number"
        ):
            one = StatementRow(*row)
            if one[:3] not in told:
                told.add(one[:3])
                yield one

    def _rows(self, sql: str, values: Iterable[object] = ()) -> list[Any]:
        try:
            return self._connection.execute(sql, tuple(values)).fetchall()
        except sqlite3.Error as error:
            raise GenerationError(
                f"The generations cannot be compared ({error}); run `python bot.py index` to build a new one."
            ) from error


def article_counts(path: Path, former: Path | None) -> dict[str, int]:
    """How many articles there are (`articles`), and how many of them were added, changed and removed since `former`.

    Blocking. Raises GenerationError where `path` cannot be read; of a former one that cannot be read nothing is counted.
    """
    try:
        with Comparison(path, former) as compared:
            counts = {"articles": compared.counts()[1]}
            if compared.known:
                counts["added"], counts["removed"] = len(compared.added()), len(compared.removed())
                counts["changed"] = sum(1 for _ in compared.changed())
            return counts
    except sqlite3.Error as error:
        raise GenerationError(f"The generation {path.name} cannot be read ({error}).") from error


def _not_in(here: Iterable[StatementRow], there: Iterable[StatementRow]) -> list[StatementRow]:
    """The statements that stand in one state only."""
    known: dict[tuple[str, str], list[str]] = {}
    for one in there:
        known.setdefault((one.article, one.date), []).append(one.excerpt)
    exact = {one[:3] for one in there}
    missing = [one for one in here if one[:3] not in exact]
    return [one for one in missing if not _within(one.excerpt, known.get((one.article, one.date), ()))]


def _within(excerpt: str, others: Sequence[str]) -> bool:
    """Whether one of the others holds the excerpt, or stands in it; of very many that is not asked."""
    return len(others) <= _FEW and any(excerpt in other or other in excerpt for other in others)


def _attached(connection: sqlite3.Connection, former: Path | None) -> tuple[bool, bool]:
    """Whether the former state is at hand as the schema `former`, and whether all of it can be compared."""
    if former is None or not former.is_file():
        return False, False
    try:
        connection.execute("ATTACH ? AS former", (f"{former.resolve().as_uri()}?mode=ro&immutable=1",))
        connection.execute(f"SELECT {_HEAD}, {', '.join(METADATA)}, text FROM former.articles a LIMIT 1").fetchone()
        row = connection.execute("SELECT value FROM former.meta WHERE key = 'schema'").fetchone()
    except sqlite3.Error:
        return False, False
    return True, row is not None and row[0] == schema_version()


def _dates(reading: tuple[str, str]) -> str | None:
    """What is said of dates, by the metadata and by moderators, in one line."""
    own, laid = json.loads(reading[0]), json.loads(reading[1]).get("dates", [])
    said = [f"“{words}”: {edtf or '-'}" for words, edtf in (*laid, *own)]
    return "; ".join(said) or None


def _folded(forms: Iterable[str]) -> set[str]:
    return {form.casefold() for form in forms}
