"""Which of the articles that were sent are in the corpus already."""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from kzbot.corpus.added import holds, id_in, named_like
from kzbot.index.generation import Generation
from kzbot.index.held import ids_held, texts_held
from kzbot.operations.importing.batch import Batch, Piece, Twin

Held = Mapping[str, tuple[str, str]]
"""Id and title by a hash or an id."""


async def with_twins(batch: Batch, generation: Generation, added: Path) -> Batch:
    """The batch with each article's twin: in the generation, among the added files, or before it in the batch itself."""
    pieces = [piece for sent in batch.sent for piece in sent.pieces]
    texts = await texts_held(generation, (piece.text_hash for piece in pieces))
    ids = await ids_held(generation, (str(piece.values["id"]) for piece in pieces if "id" in piece.values))
    twins = await asyncio.to_thread(lambda: list(_twins(pieces, texts, ids, added)))
    given = iter(twins)
    sent = tuple(
        replace(one, pieces=tuple(replace(piece, twin=next(given)) for piece in one.pieces)) for one in batch.sent
    )
    return replace(batch, sent=sent)


def _twins(pieces: list[Piece], texts: Held, ids: Held, added: Path) -> Iterator[Twin | None]:
    """Blocking: it looks into the folder of added articles."""
    seen: dict[str, Piece] = {}
    for piece in pieces:
        before = seen.setdefault(piece.text_hash, piece)
        known = texts.get(piece.text_hash)
        id_ = str(piece.values.get("id", ""))
        waiting = None if known else _added(added, piece.text_hash)
        if known is not None:
            yield Twin("same", *known)
        elif waiting is not None:
            yield Twin("same", waiting, waiting, withdrawn=True)
        elif before is not piece:
            yield Twin("same", "", str(before.values.get("title", "")))
        elif id_ in ids:
            yield Twin("id", *ids[id_])
        else:
            yield None


def _added(folder: Path, text_hash: str) -> str | None:
    """The id of the article among the added files that has this text."""
    return next((id_in(file) for file in named_like(folder, text_hash) if holds(file, text_hash)), None)
