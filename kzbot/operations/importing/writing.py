"""Writing the articles of a batch into the folder of added articles, and taking them out of it again."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kzbot.corpus.added import SUFFIXES, as_files, name_of, write_article
from kzbot.corpus.folder import METADATA_SUFFIX
from kzbot.corpus.problem import Problem
from kzbot.index.files import sync_folder
from kzbot.operations.importing.batch import Batch, Piece
from kzbot.operations.importing.incoming import Incoming

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


def write_batch(batch: Batch, incoming: Incoming, articles: Path, originals: Path) -> tuple[list[Written], list[Left]]:
    """Write what can be added of a batch, with the bytes that it came in; blocking.

    Raises OSError where the disk does not take it; then nothing of the batch is in the folder.
    """
    written, left = list[Written](), list[Left]()
    try:
        for number, sent in enumerate(batch.sent):
            if not sent.addable:
                continue
            _keep_original(originals, sent.file, incoming.original(batch, number))
            for piece in sent.addable:
                try:
                    written.append(_write(articles, incoming.text(batch, number, piece), piece))
                except Problem as problem:
                    left.append(Left(piece.known.title or sent.name, problem.reason))
                except FileExistsError:
                    left.append(Left(piece.known.title or sent.name, "it was added already."))
    except BaseException:
        for file in files_of(articles, (one.name for one in written)):
            file.unlink(missing_ok=True)
        raise
    return written, left


def new_names(batch: Batch, articles: Path) -> tuple[str, ...]:
    """The names under which articles of the batch would be written, without those that lie in the folder already."""
    names = dict.fromkeys(
        name_of(piece.known.title, piece.text_hash) for _, piece in batch.addable if piece.known.title is not None
    )
    return tuple(name for name in names if not any(file.exists() for file in files_of(articles, (name,))))


def files_of(articles: Path, names: Iterator[str] | tuple[str, ...]) -> list[Path]:
    """The files of added articles, each text before its metadata: without its text, metadata is no article."""
    return [articles / f"{name}{suffix}" for name in names for suffix in (*SUFFIXES, METADATA_SUFFIX)]


def _write(articles: Path, text: str, piece: Piece) -> Written:
    known = piece.known
    assert known.title is not None
    name = name_of(known.title, piece.text_hash)
    known = known.model_copy(update={"id": known.id or name})
    body, metadata = as_files(text, known)
    if not write_article(articles, name, piece.suffix, body, metadata):
        raise FileExistsError(name)
    return Written(name, known.id or name, known.title or name)


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
