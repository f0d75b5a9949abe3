"""Passages as earlier states of the corpus held them: the kept generations, read for one look-up each and closed again."""

import asyncio
import re
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from kzbot.index.generation import Generation
from kzbot.index.schema import open_for_reading
from kzbot.index.store import GenerationStore

_ADDRESS = re.compile(r".+#[0-9a-f]{8}(-[1-9][0-9]{0,8})?", re.DOTALL)
_HELD = (
    "SELECT p.article, p.start, p.text, p.in_title, a.id, a.file, a.title, a.url, a.publisher, a.text_hash"
    " FROM passages p JOIN articles a ON a.number = p.article WHERE p.address = ?"
)
_PLACES = "SELECT address, start, text, in_title FROM passages WHERE article = ? ORDER BY in_title DESC, start, number"


@dataclass(frozen=True, slots=True)
class Place:
    """A passage of an article: `start` is an offset into the article's text, or into its title."""

    address: str
    start: int
    text: str
    in_title: bool


@dataclass(frozen=True, slots=True)
class Held:
    """A passage as the kept generation `generation`, made at `created` (UTC, ISO), held it, with its article.

    `places`: all passages of the article in order; empty where its text was the same as now.
    """

    generation: str
    created: str
    place: Place
    article: str
    file: str
    title: str
    url: str | None
    publisher: str | None
    text_hash: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """How many earlier states of the corpus are kept, and when the oldest was made (UTC, ISO; None without one)."""

    count: int
    since: str | None


def is_address(text: str) -> bool:
    """Whether `text` looks like an address of a passage."""
    return _ADDRESS.fullmatch(text) is not None


async def held(generation: Generation, address: str, text_hash: str | None) -> list[Held]:
    """The passage with this address as the kept generations that were served before this one held it, the last served
    first. `text_hash` is that of the article's text now, None where there is no such article.

    A generation of another version is read as far as it can be; one that cannot be read is passed over.
    """
    return await asyncio.to_thread(_held, generation.path, address, text_hash)


async def kept(generation: Generation) -> Kept:
    """The states of the corpus before this one that can still be looked into."""
    return await asyncio.to_thread(_kept, generation.path)


async def known(generation: Generation, id_: str, addresses: Sequence[str]) -> set[str]:
    """Those of these addresses that the kept generation `id_` holds; none where it is gone."""
    return await asyncio.to_thread(_known, generation.path.with_name(f"{id_}{generation.path.suffix}"), addresses)


def _earlier(path: Path) -> list[Path]:
    """The files of the kept generations that were served before the one in `path`, the last served first."""
    store = GenerationStore(path.parent.parent)
    if store.folder != path.parent:
        return []
    return [store.path(one) for one in store.before(path.stem)]


def _held(path: Path, address: str, text_hash: str | None) -> list[Held]:
    found = []
    for file in _earlier(path):
        try:
            with closing(open_for_reading(file)) as connection:
                one = _held_in(connection, file.stem, address, text_hash)
        except (sqlite3.Error, UnicodeEncodeError):
            continue
        if one is not None:
            found.append(one)
    return found


def _held_in(connection: sqlite3.Connection, id_: str, address: str, text_hash: str | None) -> Held | None:
    row = connection.execute(_HELD, (address,)).fetchone()
    if row is None:
        return None
    number, start, text, in_title, article, file, title, url, publisher, hash_then = row
    created = connection.execute("SELECT value FROM meta WHERE key = 'created'").fetchone()
    places: Iterable[tuple[str, int, str, int]] = ()
    if hash_then != text_hash:
        places = connection.execute(_PLACES, (number,))
    return Held(
        id_,
        created[0] if created else "",
        Place(address, start, text, bool(in_title)),
        article,
        file,
        title,
        url,
        publisher,
        hash_then,
        tuple(Place(one, at, words, bool(titled)) for one, at, words, titled in places),
    )


def _kept(path: Path) -> Kept:
    dates = []
    for file in _earlier(path):
        try:
            with closing(open_for_reading(file)) as connection:
                dates += [row[0] for row in connection.execute("SELECT value FROM meta WHERE key = 'created'")]
        except sqlite3.Error:
            continue
    return Kept(len(dates), min(dates, default=None))


def _known(file: Path, addresses: Sequence[str]) -> set[str]:
    some = list(addresses)[:500]
    try:
        with closing(open_for_reading(file)) as connection:
            sql = f"SELECT address FROM passages WHERE address IN ({','.join('?' * len(some))})"
            return {row[0] for row in connection.execute(sql, some)}
    except sqlite3.Error:
        return set()
