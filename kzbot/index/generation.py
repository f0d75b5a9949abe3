"""A generation opened for reading: file, vocabulary and names as one object."""

import asyncio
import gc
import json
import sqlite3
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self, TypeVar

import aiosqlite

from kzbot.errors import GenerationError
from kzbot.index.rows import ArticleRow, NameRow
from kzbot.index.schema import schema_version
from kzbot.language.names.book import Kind, Name, NameBook
from kzbot.language.names.gazetteer import Gazetteer
from kzbot.language.names.lookup import LookupName, NameLookup
from kzbot.language.spelling import Speller

ARTICLE_COLUMNS = (
    "number, id, file, title, title_basis, url, archived_url, publisher, author, published, published_basis,"
    " published_ground, published_earliest, published_latest, language, first_seen, length(text)"
)

Found = TypeVar("Found")
_REMEMBERED = 64
"""How many orders of lists are remembered, the latest asked for."""


class Generation:
    """One immutable state of the corpus; every read of one answer goes through one of these."""

    def __init__(self, connection: aiosqlite.Connection, path: Path, meta: Mapping[str, str]) -> None:
        self._connection = connection
        self._articles: dict[int, ArticleRow] = {}
        self._once: OrderedDict[Hashable, Any] = OrderedDict()
        self.path = path
        self.meta = MappingProxyType(dict(meta))
        self.id = meta["id"]
        self.articles = int(meta["articles"])
        self.passages = int(meta["passages"])
        self.names: Mapping[str, NameRow] = MappingProxyType({})
        self.kinds: tuple[Kind, ...] = ()
        self.speller = Speller({})
        self.lookup = NameLookup(())
        self.gazetteer = Gazetteer(NameBook())

    @classmethod
    async def open(cls, path: Path) -> Self:
        """Open `path` read-only and immutable, with its vocabulary and names.

        Raises GenerationError where the file is missing, damaged or of another version.
        """
        if not path.is_file():
            raise GenerationError(f"The generation {path.name} is not there; run `python bot.py index` to build one.")
        connection = await aiosqlite.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            await connection.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, passages_fts, row)")
            rows = await connection.execute_fetchall("SELECT key, value FROM meta")
            meta = {str(key): str(value) for key, value in rows}
            if meta["schema"] != schema_version():
                raise ValueError("another version of kzbot built it")
            generation = cls(connection, path, meta)
            await generation._load()
        except (sqlite3.Error, KeyError, ValueError) as error:
            await connection.close()
            raise GenerationError(
                f"The generation {path.name} cannot be read ({error}); run `python bot.py index` to build a new one."
            ) from error
        except BaseException:
            await connection.close()
            raise
        return generation

    async def _load(self) -> None:
        kinds = await self.rows("SELECT name, nouns, profile FROM kinds ORDER BY position")
        self.kinds = tuple(Kind(name, tuple(json.loads(nouns)), profile) for name, nouns, profile in kinds)
        names = await self.rows(
            "SELECT id, kind, canonical, variants, related, mentions, first, last, adjectives, exact_case"
            " FROM names ORDER BY position"
        )
        words = await self.rows("SELECT word, passages FROM vocabulary")
        await asyncio.to_thread(self._make_tools, names, words)

    def _make_tools(self, names: Sequence[Any], words: Sequence[Any]) -> None:
        """What takes long for a large name book: not on the loop that answers."""
        with _not_collected():
            self._make(names, words)

    def _make(self, names: Sequence[Any], words: Sequence[Any]) -> None:
        self.names = MappingProxyType({row[0]: _name_row(row) for row in names})
        known = self.names.values()
        book = tuple(Name(n.id, n.kind, n.canonical, n.variants, n.adjectives, n.related, n.exact_case) for n in known)
        self.lookup = NameLookup(LookupName(n.id, n.kind, n.canonical, n.variants, n.mentions) for n in known)
        self.speller, self.gazetteer = Speller(dict(words)), Gazetteer(NameBook(self.kinds, book))

    async def close(self) -> None:
        """Close the file; the object must not be used afterwards."""
        await self._connection.close()

    async def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Any]:
        """All rows of one statement; for the modules of kzbot/index only, where all SQL stands."""
        return list(await self._connection.execute_fetchall(sql, parameters))

    async def once(self, key: Hashable, read: Callable[[], Awaitable[Found]]) -> Found:
        """What `read` finds, read once for `key` while it is among the latest; a generation never changes."""
        if key not in self._once:
            found = await read()
            self._once[key] = found
            while len(self._once) > _REMEMBERED:
                self._once.popitem(last=False)
            return found
        self._once.move_to_end(key)
        known: Found = self._once[key]
        return known

    async def article_rows(self, numbers: Iterable[int]) -> dict[int, ArticleRow]:
        """The articles with these numbers, by number; kept in memory, as a generation never changes."""
        wanted = set(numbers)
        missing = sorted(wanted - self._articles.keys())
        for first in range(0, len(missing), 500):
            some = missing[first : first + 500]
            sql = f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE number IN ({','.join('?' * len(some))})"
            for row in await self.rows(sql, some):
                self._articles[row[0]] = ArticleRow(*row)
        return {number: self._articles[number] for number in wanted}

    @property
    def years(self) -> str | None:
        """The years that the corpus covers ("1997-2013"), or None where no date is known."""
        return self.meta.get("years") or None


@contextmanager
def _not_collected() -> Iterator[None]:
    """What is made meanwhile is not looked through by the collector of cycles, then or later: it lives as long as it is served
    and holds none, and a look at all of a large name book would stop every thread for 100 ms."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if collecting:
            gc.enable()


def _name_row(row: Sequence[Any]) -> NameRow:
    id_, kind, canonical, variants, related, mentions, first, last, adjectives, exact_case = row
    lists = [tuple(json.loads(text)) for text in (variants, related, adjectives)]
    return NameRow(id_, kind, canonical, lists[0], lists[1], mentions, first, last, lists[2], bool(exact_case))
