"""A small corpus to change and build again, and its generations as rows that can be compared."""

import itertools
import json
import os
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kzbot.corpus.overlay import Overlay
from kzbot.index.building.build import build
from kzbot.index.schema import open_for_reading
from kzbot.index.sources import BuildSummary, Sources

NAMES = """
kinds:
  exercise:
    nouns: [exercise]
    profile: exercise
  country: {}
names:
  - kind: exercise
    name: Steppe Eagle
    variants: [Степной орел]
  - kind: exercise
    name: Open Spirit
  - kind: country
    name: Norway
    adjectives: [Norwegian]
"""

# What must be the same whether a generation was patched or filled from nothing: everything but numbers and first_seen.
COMPARED = (
    "SELECT id, file, title, title_basis, url, publisher, author, published, published_basis, published_ground,"
    " published_earliest, published_latest, language, text, text_hash, work_hash FROM articles ORDER BY number",
    "SELECT a.id, r.blocks, r.corrections, r.content_hash, r.laid FROM readings r JOIN articles a ON a.number = r.article"
    " ORDER BY a.number",
    'SELECT a.id, p.start, p."end", p.text, p.title, p.kind, p.in_title, p.paragraph, p.address,'
    " p.opening, b.address FROM passages p JOIN articles a ON a.number = p.article"
    " LEFT JOIN passages b ON b.number = p.continues ORDER BY a.number, p.number",
    'SELECT p.address, m.start, m."end", m.words, m.edtf, m.value, m.earliest, m.latest, m.basis, m.anchor, m.modifier,'
    " m.planned, m.timeline, m.about_start, m.about_end FROM marks m JOIN passages p ON p.number = m.passage ORDER BY p.address, m.start, m.number",
    'SELECT p.address, m.name, m.start, m."end", m.words, m.by, m.edition, m.standing FROM mentions m'
    " JOIN passages p ON p.number = m.passage ORDER BY p.address, m.start, m.name",
    "SELECT v.event, v.rank, p.address, m.edtf FROM events v JOIN marks m ON m.number = v.mark"
    " JOIN passages p ON p.number = m.passage ORDER BY v.event, v.rank, m.start",
    'SELECT p.address, c.name, c.start, c."end", c.form, c.by, c.standing, c.told FROM carried_mentions c'
    " JOIN passages p ON p.number = c.passage ORDER BY p.address, c.start, c.name",
    'SELECT p.address, r.person, r.carried, r.start, r."end", r.words, r.holder_start, r.holder_end, r.office, r.owner, r.former'
    " FROM roles r JOIN passages p ON p.number = r.passage ORDER BY p.address, r.start, r.holder_start",
    "SELECT * FROM carried_names ORDER BY name",
    "SELECT * FROM carried_forms ORDER BY key, root",
    "SELECT * FROM carried_roots ORDER BY root",
    "SELECT * FROM carried_starts ORDER BY start, root",
    "SELECT * FROM name_forms ORDER BY name, form, by",
    "SELECT n.key, a.id FROM named_as n JOIN articles a ON a.number = n.article ORDER BY n.key, a.id",
    "SELECT a.id, s.sketch FROM sketches s JOIN articles a ON a.number = s.article ORDER BY a.id",
    "SELECT a.id, v.entries, v.dated FROM arrivals v JOIN articles a ON a.number = v.article ORDER BY a.id",
    "SELECT carried, name FROM name_arrivals ORDER BY carried, name",
    "SELECT * FROM names ORDER BY position",
    "SELECT * FROM kinds ORDER BY position",
    "SELECT * FROM vocabulary ORDER BY word",
    "SELECT * FROM files ORDER BY file",
    "SELECT file, line, reason FROM rejections ORDER BY rowid",
    "SELECT * FROM withdrawn ORDER BY file",
    "SELECT * FROM idle ORDER BY rowid",
    "SELECT key, value FROM meta WHERE key NOT IN ('id', 'created') ORDER BY key",
    "SELECT term, doc, cnt FROM temp.terms ORDER BY term",
    "SELECT term, doc, cnt FROM temp.quoted ORDER BY term",
    "SELECT name, sql FROM sqlite_master ORDER BY type, name",
)


class Corpus:
    """A folder of articles with a name book, and the folder of the generations built from it."""

    def __init__(self, folder: Path) -> None:
        self.articles = folder / "articles"
        self.articles.mkdir()
        self.generations = folder / "generations"
        self.names = folder / "names.yaml"
        self.names.write_text(NAMES, encoding="utf-8")
        self.added = folder / "added"
        self.overlay = Overlay()
        self.last: Path | None = None
        self._times = itertools.count(1_700_000_000)

    @property
    def sources(self) -> Sources:
        return Sources(self.articles, self.names, 100_000, self.added, self.overlay)

    def write(self, name: str, text: str, **metadata: object) -> None:
        """Write an article, with front matter unless `metadata` is empty; every write has a time of its own."""
        self._write(self.articles / name, text, metadata)

    def add(self, name: str, text: str, **metadata: object) -> None:
        """The same in the folder of what came in through the chat."""
        self._write(self.added / name, text, metadata)

    def _write(self, file: Path, text: str, metadata: Mapping[str, object]) -> None:
        head = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in metadata.items())
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\n{head}---\n{text}" if head else text, encoding="utf-8")
        self._touch(file)

    def touch(self, name: str) -> None:
        self._touch(self.articles / name)

    def _touch(self, file: Path) -> None:
        time = next(self._times)
        os.utime(file, (time, time))

    def remove(self, name: str) -> None:
        (self.articles / name).unlink()

    def build(self) -> BuildSummary:
        """The next generation, from the last one."""
        summary = build(self.sources, self.generations, self.last)
        self.last = self.generations / f"{summary.generation}.sqlite"
        return summary

    def build_anew(self, folder: Path) -> Path:
        """A generation of the same files, from nothing."""
        return folder / f"{build(self.sources, folder).generation}.sqlite"

    def rows(self, sql: str, *parameters: object) -> list[Any]:
        assert self.last is not None
        return rows(self.last, sql, *parameters)


def rows(file: Path, sql: str, *parameters: object) -> list[Any]:
    with closing(open_for_reading(file)) as connection:
        return connection.execute(sql, parameters).fetchall()


def contents_of(file: Path) -> list[list[Any]]:
    """All that a generation holds, but for numbers, times and when articles were first seen."""
    with closing(open_for_reading(file)) as connection:
        connection.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, passages_fts, row)")
        connection.execute("CREATE VIRTUAL TABLE temp.quoted USING fts5vocab(main, quotable, row)")
        return [connection.execute(sql).fetchall() for sql in COMPARED]


@pytest.fixture
def contents() -> Callable[[Path], list[list[Any]]]:
    """What `contents_of` gives."""
    return contents_of


@pytest.fixture
def whole(tmp_path: Path) -> Callable[[Path], None]:
    """Fails where SQLite finds a fault in a generation, or its full-text index differs from its passages."""

    def check(file: Path) -> None:
        copy = tmp_path / "checked.sqlite"
        copy.write_bytes(file.read_bytes())
        with closing(sqlite3.connect(copy)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
            connection.execute("INSERT INTO passages_fts (passages_fts, rank) VALUES ('integrity-check', 1)")

    return check


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    made = Corpus(tmp_path)
    made.write("a.txt", "Steppe Eagle began on 3 May 2012 in Norway. The exercise ended well.", title="One exercise")
    made.write(
        "b.txt",
        "Norwegian units took part in Open Spirit in 2011.\n\nThey went home again with zeppelins.",
        title="Another exercise",
        url="https://news.example/b",
        published="2011-06-01",
    )
    made.write("c.md", "# Third exercise\n\nNothing else was announced about the summer to come.\n", published="2013")
    return made


@pytest.fixture
def make_corpus() -> Callable[[Path], Corpus]:
    """Corpora of one's own, empty."""
    return Corpus
