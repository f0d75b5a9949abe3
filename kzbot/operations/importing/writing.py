"""Writing the articles of a batch into the folder of added articles, and taking them out of it again."""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kzbot.corpus.added import SUFFIXES, as_files, name_of, unfinished, write_article
from kzbot.corpus.duplicates import text_hash
from kzbot.corpus.folder import METADATA_SUFFIX
from kzbot.corpus.problem import Problem
from kzbot.index.files import sync_folder
from kzbot.operations.importing.batch import Batch, Piece
from kzbot.operations.importing.incoming import Incoming
from kzbot.operations.importing.reading import too_large

_KINDS = (".htm", ".html", ".jsonl", ".md", ".pdf", ".txt")


@dataclass(frozen=True, slots=True)
class Written:
    """An article that lies in the folder now: the name of its files, its id, its title."""

    name: str
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Left:
    """An article, or what was sent, that was not added, and why."""

    title: str
    reason: str


def to_write(batch: Batch, articles: Path) -> list[Written]:
    """What adding a batch would put into the folder, without what lies there already; blocking."""
    would = [_written(piece) for _, piece in batch.addable]
    return [one for one in would if not any((articles / f"{one.name}{suffix}").exists() for suffix in SUFFIXES)]


def write_batch(
    batch: Batch, incoming: Incoming, articles: Path, originals: Path, most: int
) -> tuple[list[Written], list[Left]]:
    """Write what can be added of a batch, each text of at most so many bytes, with the bytes that it came in; blocking.

    Raises OSError where the disk does not take it; then some of it may be in the folder.
    """
    written, left = list[Written](), list[Left]()
    for number, sent in enumerate(batch.sent):
        if not sent.addable:
            continue
        _keep_original(originals, sent.file, incoming.original(batch, number))
        for piece in sent.addable:
            try:
                written.append(_write(articles, incoming.text(batch, number, piece), piece, most))
            except Problem as problem:
                left.append(Left(piece.known.title or sent.name, problem.reason))
            except FileExistsError:
                left.append(Left(piece.known.title or sent.name, "it was added already."))
    if written:
        sync_folder(articles)
    return written, left


def files_of(articles: Path, names: Iterable[str]) -> list[Path]:
    """The files of added articles, each text before its metadata, with what a write that broke off leaves: without its text,
    metadata is no article."""
    return [
        articles / file
        for name in names
        for suffix in (*SUFFIXES, METADATA_SUFFIX)
        for file in (f"{name}{suffix}", unfinished(f"{name}{suffix}"))
    ]


def _write(articles: Path, text: str, piece: Piece, most: int) -> Written:
    if text_hash(text) != piece.text_hash:
        raise Problem("what was kept of it is not what was sent; send it again.")
    made = _written(piece)
    body, metadata = as_files(text, piece.known.model_copy(update={"id": made.id}))
    if len(body) > most:
        raise Problem(too_large(most))
    if not write_article(articles, made.name, piece.suffix, body, metadata):
        raise FileExistsError(made.name)
    return made


def _written(piece: Piece) -> Written:
    known = piece.known
    assert known.title is not None
    name = name_of(known.title, piece.text_hash)
    return Written(name, known.id or name, known.title)


def _keep_original(originals: Path, name: str, data: bytes) -> None:
    """Keep the bytes as they came, by what they are: the same bytes are kept once."""
    originals.mkdir(parents=True, exist_ok=True)
    suffix = PurePosixPath(name).suffix.lower()
    target = originals / f"{hashlib.sha256(data).hexdigest()}{suffix if suffix in _KINDS else ''}"
    if target.exists() and target.stat().st_size == len(data):
        return
    temporary = target.with_name(f".{target.name}.new")
    with temporary.open("wb") as opened:
        opened.write(data)
        opened.flush()
        os.fsync(opened.fileno())
    temporary.replace(target)
    sync_folder(originals)
