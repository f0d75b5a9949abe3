"""Which articles are nearly the same text as one that arrived before: a wire report reprinted, an edited version."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from kzbot.corpus.article import Block
from kzbot.language.near_text import NEAR, bands, likeness, resemblance, shingles, sketch

COMPARED = 8
"""So many texts, those that look most alike, are compared with a text word for word."""
_DOUBT = 0.15
"""How much less two texts that are near may look alike by their sketches."""
_REMEMBERED = 64


def sketch_of(text: str, blocks: Iterable[Block]) -> bytes:
    """The sketch of an article, of all that is not page furniture."""
    return sketch(_shingles(text, ((one.start, one.end, one.kind) for one in blocks)))


def write_near_duplicates(connection: sqlite3.Connection) -> None:
    """Replace what is known of near duplicates, from the sketches; pairs that are there already are not compared anew.

    Time and memory grow with the number of articles, not of pairs: of many that agree, each is compared with the first and
    the last before it only.
    """
    run = connection.execute
    known = {(article, of): found for article, of, found in run("SELECT article, of, resemblance FROM near_duplicates")}
    rows = run(
        "SELECT s.article, s.sketch FROM arrivals a CROSS JOIN sketches s ON s.article = a.article"
        " WHERE s.sketch <> x'' ORDER BY a.first_seen, a.article"
    ).fetchall()
    texts = _Texts(connection)
    found = [
        (rows[at][0], *best)
        for at, others in sorted(_candidates([made for _, made in rows]).items())
        if (best := _nearest(rows, at, others, known, texts)) is not None
    ]
    run("DELETE FROM near_duplicates")
    connection.executemany("INSERT INTO near_duplicates VALUES (?, ?, ?)", found)


class _Texts:
    """The shingles of articles, the last ones that were wanted kept at hand."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.shingles = lru_cache(maxsize=_REMEMBERED)(self._read)

    def _read(self, article: int) -> Sequence[int]:
        sql = "SELECT a.text, r.blocks FROM articles a JOIN readings r ON r.article = a.number WHERE a.number = ?"
        text, blocks = self._connection.execute(sql, (article,)).fetchone()
        return _shingles(text, json.loads(blocks))


def _shingles(text: str, blocks: Iterable[tuple[int, int, str]]) -> list[int]:
    return shingles(" ".join(text[start:end] for start, end, kind in blocks if kind != "furniture"))


def _candidates(sketches: Sequence[bytes]) -> Mapping[int, set[int]]:
    """The places of those before it that each text agrees with in a band: the first and the last of each band."""
    found: dict[int, set[int]] = {}
    ways: list[Iterator[bytes]] = [bands(made) for made in sketches]
    for together in zip(*ways, strict=True):
        held: dict[bytes, tuple[int, int]] = {}
        for at, band in enumerate(together):
            first, last = held.get(band, (at, at))
            if last != at:
                found.setdefault(at, set()).update((first, last))
            held[band] = (first, at)
    return found


def _nearest(
    rows: Sequence[tuple[int, bytes]],
    at: int,
    others: Iterable[int],
    known: Mapping[tuple[int, int], float],
    texts: _Texts,
) -> tuple[int, float] | None:
    """The article before it that the one at this place is nearest to, and how near; None where none is near."""
    article, own = rows[at]
    alike = sorted((-likeness(own, rows[other][1]), other) for other in others)
    best: tuple[float, int] | None = None
    for less, other in alike[:COMPARED]:
        if -less < NEAR - _DOUBT:
            break
        of = rows[other][0]
        found = known.get((article, of))
        if found is None:
            found = round(resemblance(texts.shingles(article), texts.shingles(of)), 4)
        if found >= NEAR and (best is None or (-found, other) < best):
            best = (-found, other)
    return (rows[best[1]][0], -best[0]) if best else None
