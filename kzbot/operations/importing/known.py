"""Which of the articles that were sent are in the corpus already."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from kzbot.corpus.added import by_hash, holds, id_in, key_of
from kzbot.corpus.article import Block
from kzbot.corpus.readers import reader_of
from kzbot.index.generation import Generation
from kzbot.index.held import ids_held, texts_held
from kzbot.index.resembling import nearest
from kzbot.operations.importing.batch import Batch, Piece, Sent, Twin

_MOST = 20
_LONGEST = 200_000
Held = Mapping[str, tuple[str, str]]
"""Id and title by a hash or an id."""


async def with_near(batch: Batch, generation: Generation, text_of: Callable[[int, Piece], str]) -> Batch:
    """The batch with the article that each one nearly repeats, where it repeats none; `text_of` (blocking) gives the text of
    a piece of what was sent as that number.

    Not looked for in many articles, nor in very long ones: a reload tells of those.
    """
    pieces = [(at, number) for at, sent in enumerate(batch.sent) for number in range(len(sent.pieces))]
    if len(pieces) > _MOST:
        return batch
    for at, number in pieces:
        piece = batch.sent[at].pieces[number]
        if piece.twin is not None or piece.characters > _LONGEST:
            continue
        text = await asyncio.to_thread(text_of, at, piece)
        near = await nearest(generation, text, await asyncio.to_thread(_blocks, piece, text))
        if near is not None:
            batch = batch.with_sent(at, partial(_with, number=number, twin=Twin("near", *near)))
    return batch


def _with(sent: Sent, *, number: int, twin: Twin) -> Sent:
    pieces = (replace(piece, twin=twin) if at == number else piece for at, piece in enumerate(sent.pieces))
    return replace(sent, pieces=tuple(pieces))


def _blocks(piece: Piece, text: str) -> tuple[Block, ...]:
    known = piece.known
    credits = {name for name in (known.publisher, known.author) if name}
    return reader_of(piece.suffix).blocks(text, known.title or "", known.skip, credits)


async def with_twins(batch: Batch, generation: Generation, added: Path) -> Batch:
    """The batch with each article's twin: in the generation, among what is withdrawn, among the added files, or before it in
    the batch itself."""
    pieces = [piece for sent in batch.sent for piece in sent.pieces]
    texts = await texts_held(generation, (piece.text_hash for piece in pieces))
    given_ids = {str(piece.values["id"]) for piece in pieces if "id" in piece.values}
    ids = await ids_held(generation, given_ids) if given_ids else {}
    twins = await asyncio.to_thread(lambda: list(_twins(pieces, texts, ids, added)))
    given = iter(twins)
    sent = tuple(
        replace(one, pieces=tuple(replace(piece, twin=next(given)) for piece in one.pieces)) for one in batch.sent
    )
    return replace(batch, sent=sent)


def _twins(pieces: list[Piece], texts: Held, ids: Held, added: Path) -> Iterator[Twin | None]:
    """Blocking: it looks into the folder of added articles."""
    files = by_hash(added)
    taken = {**_ids_of(files), **ids} if any("id" in piece.values for piece in pieces) else {}
    seen: dict[str, Piece] = {}
    for piece in pieces:
        before = seen.setdefault(piece.text_hash, piece)
        known, id_, title = texts.get(piece.text_hash), piece.values.get("id"), str(piece.values.get("title", ""))
        waiting = None if known else _added(files, piece.text_hash)
        if known is not None:
            yield Twin("same", *known)
        elif waiting is not None:
            yield Twin("same", waiting, waiting, withdrawn=True)
        elif before is not piece:
            yield Twin("same", "", str(before.values.get("title", "")))
        elif id_ in taken:
            yield Twin("id", *taken[id_])
        else:
            if id_ is not None:
                taken[id_] = (id_, title)
            yield None


def _added(files: Mapping[str, list[Path]], text_hash: str) -> str | None:
    """The id of the article among the added files that has this text."""
    return next((id_in(file) for file in files.get(key_of(text_hash), ()) if holds(file, text_hash)), None)


def _ids_of(files: Mapping[str, list[Path]]) -> dict[str, tuple[str, str]]:
    """The ids that articles among the added files have, served or not."""
    return {id_: (id_, id_) for some in files.values() for id_ in map(id_in, some)}
