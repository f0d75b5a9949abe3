"""DATA/incoming: what was sent and is not yet added, kept so that it outlives a restart; a folder for each command."""

import os
import re
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from pydantic import ValidationError

from kzbot.corpus.duplicates import text_hash
from kzbot.corpus.foreign.found import Document, Found
from kzbot.corpus.form import metadata_of, written
from kzbot.corpus.problem import Problem
from kzbot.index.files import replace_text
from kzbot.operations.importing.batch import BATCHES, Batch, Piece, Sent

KEPT = timedelta(days=1)
"""So long is kept what nobody added."""
_KEY = re.compile(r"[A-Za-z0-9-]{1,40}", re.ASCII)
_RECORD, _COMING = "batch.json", "coming.json"
_TAKEN_BACK = "taken back"
_OPENING = 160


@dataclass(frozen=True, slots=True)
class Received:
    """A file as it came, and what was found in it, or why nothing; `file` is the name that says how it was read."""

    name: str
    file: str
    data: bytes
    found: Found | Problem


class Incoming:
    """The folder; every method blocks. Raises OSError where the disk does not take what is written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, key: str, user: int | None, received: Sequence[Received], now: datetime) -> Batch:
        """Keep what was sent: the bytes as they came, the texts as they were read."""
        folder = self._of(key)
        shutil.rmtree(folder, ignore_errors=True)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700)
        sent = tuple(_kept(folder, at, one) for at, one in enumerate(received))
        batch = Batch(key, now.astimezone(UTC), user, sent)
        self.save(batch)
        return batch

    def save(self, batch: Batch) -> None:
        """Keep a batch as it is now."""
        replace_text(self._of(batch.key) / _RECORD, BATCHES.dump_json(batch).decode())

    def begin(self, coming: Batch) -> None:
        """Note, before any of it is written, as what a batch is going to be added."""
        replace_text(self._of(coming.key) / _COMING, BATCHES.dump_json(coming).decode())

    def end(self, key: str) -> None:
        """It is added, or taken back."""
        (self._of(key) / _COMING).unlink(missing_ok=True)

    def begun(self) -> list[Batch]:
        """As what those batches were going to be added that were begun and not ended."""
        keys = [one.parent.name for one in self._folder.glob(f"*/{_COMING}")]
        return [batch for key in sorted(keys) if (batch := self.load(key, _COMING)) is not None]

    def load(self, key: str, name: str = _RECORD) -> Batch | None:
        """The batch of this key; None where it is no longer kept, or cannot be read."""
        with suppress(OSError, ValidationError, ValueError):
            return BATCHES.validate_json((self._of(key) / name).read_bytes())
        return None

    def all(self) -> list[Batch]:
        """Every batch that is kept, the oldest first."""
        names = [one.name for one in self._folder.iterdir()] if self._folder.is_dir() else []
        found = [batch for name in names if _KEY.fullmatch(name) and (batch := self.load(name)) is not None]
        return sorted(found, key=lambda batch: batch.at)

    def text(self, batch: Batch, number: int, piece: Piece) -> str:
        """The text of an article of what was sent as `number`."""
        with (self._of(batch.key) / f"{number}.texts").open("rb") as opened:
            opened.seek(piece.start)
            return opened.read(piece.end - piece.start).decode("utf-8")

    def original(self, batch: Batch, number: int) -> bytes:
        """The bytes of what was sent as `number`, as they came."""
        return (self._of(batch.key) / f"{number}.original").read_bytes()

    def take_back(self, batch: Batch, files: Iterable[Path]) -> None:
        """Move files that were made of the batch out of the corpus, here; on a disk too full for that delete them, for all
        that is in them is in the batch."""
        folder = self._of(batch.key) / _TAKEN_BACK
        for file in files:
            try:
                folder.mkdir(exist_ok=True)
                file.replace(folder / file.name)
            except FileNotFoundError:
                continue
            except OSError:
                file.unlink(missing_ok=True)

    def discard(self, key: str) -> None:
        """Keep this batch no longer."""
        shutil.rmtree(self._of(key), ignore_errors=True)

    def tidy(self, now: datetime, needed: Iterable[str] = ()) -> None:
        """Let go of what has been kept for a day, and of what a crash left half written; not of those that are `needed`."""
        keeping = set(needed)
        for folder in list(self._folder.iterdir()) if self._folder.is_dir() else []:
            batch = self.load(folder.name) if _KEY.fullmatch(folder.name) else None
            at = batch.at if batch else datetime.fromtimestamp(folder.stat().st_mtime, UTC)
            if folder.name not in keeping and now - at > KEPT:
                shutil.rmtree(folder, ignore_errors=True)

    def _of(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError(f"no key of a batch: {key!r}")
        return self._folder / key


def _kept(folder: Path, at: int, received: Received) -> Sent:
    with (folder / f"{at}.original").open("wb") as original:
        original.write(received.data)
        _sync(original)
    sent = Sent(received.name, received.file, len(received.data))
    if isinstance(received.found, Problem):
        return replace(sent, reason=received.found.reason, line=received.found.line)
    pieces, start = list[Piece](), 0
    with (folder / f"{at}.texts").open("wb") as texts:
        for document in received.found.documents:
            data = document.text.encode("utf-8", "replace")
            texts.write(data)
            pieces.append(_piece(received.file, document, start, start + len(data)))
            start += len(data)
        _sync(texts)
    return replace(sent, pieces=tuple(pieces), refused=received.found.refused)


def _piece(file: str, document: Document, start: int, end: int) -> Piece:
    text = document.text
    return Piece(
        start=start,
        end=end,
        suffix=".md" if file.lower().endswith(".md") else ".txt",
        text_hash=text_hash(text),
        opening=_opening(text),
        characters=len(text),
        values=written(metadata_of(document)),
        line=document.line,
    )


def _sync(opened: BinaryIO) -> None:
    """What was written outlives a power cut."""
    opened.flush()
    os.fsync(opened.fileno())


def _opening(text: str) -> str:
    """The first words, to the letter; a mark behind them says that there are more."""
    begin = text.lstrip()
    if len(begin.rstrip()) <= _OPENING:
        return begin.rstrip()
    end = max(begin.rfind(" ", 0, _OPENING), begin.rfind("\n", 0, _OPENING))
    return begin[: end if end > 0 else _OPENING].rstrip() + " …"
