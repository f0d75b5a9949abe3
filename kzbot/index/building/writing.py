"""Writing articles with all that was worked out of them, and taking articles away, row by row."""

import json
import sqlite3
from collections import Counter
from dataclasses import astuple
from datetime import date
from functools import lru_cache

from kzbot.corpus.article import Article
from kzbot.index.building.analyse import Analysis, Passage
from kzbot.index.building.plan import Entry
from kzbot.index.building.repeating import sketch_of
from kzbot.language.addresses import keys_of
from kzbot.language.dates.edtf import bounds
from kzbot.language.dates.mark import DateMark
from kzbot.language.dates.marks import published_mark
from kzbot.language.quoting.grams import searchable
from kzbot.language.roles.role import Role
from kzbot.language.spans import Span
from kzbot.language.words import tokens

BATCH = 500
"""Articles whose rows are collected before they are written together."""

_ARTICLE = f"INSERT INTO articles VALUES ({','.join('?' * 19)})"
_READING = "INSERT INTO readings VALUES (?, ?, ?, ?, ?)"
_PASSAGE = f"INSERT INTO passages VALUES ({','.join('?' * 12)})"
_MARK = f"INSERT INTO marks VALUES ({','.join('?' * 16)})"
_MENTION = f"INSERT INTO mentions VALUES ({','.join('?' * 8)})"
_CARRIED = f"INSERT INTO carried_mentions VALUES ({','.join('?' * 8)})"
_ROLE = f"INSERT INTO roles VALUES ({','.join('?' * 11)})"

_OPENING = 2
_OWN_DAY = {"news": 2, "body": 3}
_QUOTABLE = "INSERT INTO quotable (rowid, text, title) VALUES (?, ?, ?)"
_NAMED = "INSERT OR IGNORE INTO named_as VALUES (?, ?)"
_SKETCH = "INSERT INTO sketches VALUES (?, ?)"
_ORDER = (_ARTICLE, _READING, _PASSAGE, _MARK, _MENTION, _CARRIED, _ROLE, _QUOTABLE, _NAMED, _SKETCH)


class Writer:
    """Fills one generation; `flush` before anything is read back, `finish_text_index` once at the end."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._passages = self._loaded = self._last("passages")
        self._marks = self._last("marks")
        self._rows: dict[str, list[tuple[object, ...]]] = {statement: [] for statement in _ORDER}
        self._words: Counter[str] = Counter()

    def add(self, article: Article, entry: Entry, number: int, first_seen: str, analysis: Analysis) -> None:
        """One article under `number`, with its passages, marks and mentions."""
        self._rows[_ARTICLE].append(_article_row(article, entry, number, first_seen))
        blocks = json.dumps([astuple(block) for block in article.blocks], separators=(",", ":"))
        corrections = json.dumps([astuple(one) for one in article.corrections], ensure_ascii=False)
        laid = json.dumps(entry.bearing.as_json(), ensure_ascii=False)
        self._rows[_READING].append((number, blocks, corrections, entry.content_hash, laid))
        title = " ".join(searchable(passage.text) for passage in analysis.passages if passage.in_title)
        self._rows[_QUOTABLE].append((number, searchable(article.text), title))
        named = keys_of(article.title, [article.url, article.archived_url])
        self._rows[_NAMED] += [(key, number) for key in named]
        self._rows[_SKETCH].append((number, sketch_of(article.text, article.blocks)))
        for place, passage in enumerate(analysis.passages):
            self._add_passage(passage, number, article, place)
        if len(self._rows[_ARTICLE]) >= BATCH:
            self.flush()

    def remove(self, number: int) -> None:
        """Take away an article and everything that belongs to it; only for articles that were there before."""
        run = self._connection.execute
        for text, title in run("SELECT text, title FROM passages WHERE article = ?", (number,)):
            self._words.subtract(_words_of(text) | _words_of_title(title))
        run(
            "INSERT INTO passages_fts (passages_fts, rowid, text, title)"
            " SELECT 'delete', number, text, title FROM passages WHERE article = ?",
            (number,),
        )
        ((text,),) = run("SELECT text FROM articles WHERE number = ?", (number,))
        title = " ".join(
            searchable(row[0]) for row in run("SELECT text FROM passages WHERE article = ? AND in_title", (number,))
        )
        run(
            "INSERT INTO quotable (quotable, rowid, text, title) VALUES ('delete', ?, ?, ?)",
            (number, searchable(text), title),
        )
        for table in ("marks", "mentions", "carried_mentions", "roles"):
            run(f"DELETE FROM {table} WHERE passage IN (SELECT number FROM passages WHERE article = ?)", (number,))
        for table in ("passages", "readings", "named_as", "sketches", "near_duplicates"):
            run(f"DELETE FROM {table} WHERE article = ?", (number,))
        run("DELETE FROM near_duplicates WHERE of = ?", (number,))
        run("DELETE FROM articles WHERE number = ?", (number,))

    def flush(self) -> None:
        """Write what was collected."""
        for statement in _ORDER:
            self._connection.executemany(statement, self._rows[statement])
            self._rows[statement].clear()

    def finish_text_index(self) -> None:
        """Take the new passages into the full-text index and the vocabulary, and merge the index into one piece."""
        self.flush()
        run = self._connection.execute
        run(
            "INSERT INTO passages_fts (rowid, text, title)"
            " SELECT number, text, title FROM passages WHERE number > ? ORDER BY number",
            (self._loaded,),
        )
        run("INSERT INTO passages_fts (passages_fts) VALUES ('optimize')")
        run("INSERT INTO quotable (quotable) VALUES ('optimize')")
        self._connection.executemany(
            "INSERT INTO vocabulary VALUES (?, ?) ON CONFLICT (word) DO UPDATE SET passages = passages + excluded.passages",
            ((word, count) for word, count in sorted(self._words.items()) if count),
        )
        run("DELETE FROM vocabulary WHERE passages <= 0")

    def _add_passage(self, passage: Passage, number_of_article: int, article: Article, place: int) -> None:
        self._passages += 1
        number = self._passages
        before = number - 1 if place and passage.told.continues else None
        row = _passage_row(passage, number, number_of_article, article.title)
        self._rows[_PASSAGE].append((*row, int(place < _OPENING), before))
        self._words.update(_words_of(passage.text) | _words_of_title(article.title))
        for mark, about in zip(passage.marks, passage.told.about, strict=True):
            self._add_mark(mark, number, _timeline(mark), about)
        if passage.told.own_day and article.published:
            self._add_mark(published_mark(article.published), number, _OWN_DAY[passage.told.own_day], None)
        for mention, standing in zip(passage.mentions, passage.told.standings, strict=True):
            words = (mention.start, mention.end, mention.words, mention.by, mention.edition, standing)
            self._rows[_MENTION].append((mention.name, number, *words))
        for one, standing in zip(passage.carried, passage.told.carried, strict=True):
            self._rows[_CARRIED].append((one.name, number, one.start, one.end, one.form, one.by, standing, one.told))
        for role in passage.roles:
            self._rows[_ROLE].append((number, *_role_row(role)))

    def _add_mark(self, mark: DateMark, passage: int, timeline: int, about: Span | None) -> None:
        self._marks += 1
        self._rows[_MARK].append((*_mark_row(mark, self._marks, passage), timeline, *(about or (None, None))))

    def _last(self, table: str) -> int:
        row = self._connection.execute(f"SELECT coalesce(max(number), 0) FROM {table}").fetchone()
        return int(row[0])


def _article_row(article: Article, entry: Entry, number: int, first_seen: str) -> tuple[object, ...]:
    earliest, latest = bounds(article.published) if article.published else (None, None)
    return (
        number,
        article.id,
        article.file,
        article.title,
        article.title_basis,
        article.url,
        article.archived_url,
        article.publisher,
        article.author,
        article.published,
        article.published_basis,
        article.published_ground,
        _iso(earliest),
        _iso(latest),
        article.language,
        article.text,
        entry.text_hash,
        entry.work_hash,
        first_seen,
    )


def _passage_row(passage: Passage, number: int, article: int, title: str) -> tuple[object, ...]:
    return (
        number,
        article,
        passage.start,
        passage.end,
        passage.text,
        title,
        passage.kind,
        int(passage.in_title),
        passage.paragraph,
        passage.address,
    )


def _timeline(mark: DateMark) -> int:
    return 0 if mark.edition else -1 if mark.dropped else -2 if mark.compared else 1


def _mark_row(mark: DateMark, number: int, passage: int) -> tuple[object, ...]:
    return (
        number,
        passage,
        mark.start,
        mark.end,
        mark.words,
        mark.edtf,
        mark.value,
        _iso(mark.earliest),
        _iso(mark.latest),
        mark.basis,
        mark.anchor,
        mark.modifier,
        int(mark.planned),
    )


def _role_row(role: Role) -> tuple[object, ...]:
    return (
        role.person,
        role.carried,
        role.start,
        role.end,
        role.words,
        role.holder_start,
        role.holder_end,
        role.office,
        role.owner,
        int(role.former),
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _words_of(text: str) -> frozenset[str]:
    return frozenset(token.word for token in tokens(text))


_words_of_title = lru_cache(maxsize=8)(_words_of)
