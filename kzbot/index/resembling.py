"""Which article of a generation a text from elsewhere nearly repeats."""

import asyncio
import json
from collections.abc import Iterable, Sequence
from typing import Any

from kzbot.corpus.article import Block
from kzbot.index.generation import Generation
from kzbot.language.near_text import NEAR, likeness, resemblance, shingles, sketch

_COMPARED = 8
"""So many articles, those that look most alike by their sketches, are compared word for word."""
_DOUBT = 0.15
"""How much less two texts that are near may look alike by their sketches."""


async def nearest(generation: Generation, text: str, blocks: Iterable[Block]) -> tuple[str, str] | None:
    """Id and title of the article whose text is nearest to this one, None where none is near; page furniture does not count."""
    stretches = [(one.start, one.end, one.kind) for one in blocks]
    own = await asyncio.to_thread(_shingles, text, stretches)
    rows = await generation.rows("SELECT article, sketch FROM sketches WHERE sketch <> x''")
    found: list[tuple[float, str, str]] = []
    for number in await asyncio.to_thread(_alike, own, rows):
        sql = "SELECT a.id, a.title, a.text, r.blocks FROM articles a JOIN readings r ON r.article = a.number WHERE a.number = ?"
        ((id_, title, other, divided),) = await generation.rows(sql, (number,))
        how_near = await asyncio.to_thread(_resemblance, own, other, divided)
        if how_near >= NEAR:
            found.append((-how_near, id_, title))
    return min(found)[1:] if found else None


def _alike(own: Sequence[int], rows: Sequence[tuple[int, bytes]]) -> list[int]:
    """The numbers of the articles that may be near, the likest first."""
    made = sketch(own)
    if not made:
        return []
    scored = sorted((-likeness(made, other), number) for number, other in rows)
    return [number for less, number in scored[:_COMPARED] if -less >= NEAR - _DOUBT]


def _resemblance(own: Sequence[int], text: str, blocks: str) -> float:
    return resemblance(own, _shingles(text, json.loads(blocks)))


def _shingles(text: str, blocks: Iterable[Sequence[Any]]) -> list[int]:
    return shingles(" ".join(text[start:end] for start, end, kind in blocks if kind != "furniture"))
