"""Bringing articles in: what was sent is kept, described, and added to the corpus; every step outlives a restart."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from kzbot.corpus.form import Form, fill_in, written
from kzbot.corpus.metadata import Metadata
from kzbot.errors import DataFolderError, KzbotError
from kzbot.index.sources import ProgressCallback
from kzbot.operations.importing.batch import Batch, Piece, Sent
from kzbot.operations.importing.incoming import Incoming, Received
from kzbot.operations.importing.known import with_twins
from kzbot.operations.importing.reading import Arrived, read_arrived
from kzbot.operations.importing.writing import Left, Written, files_of, write_batch
from kzbot.operations.keeper import Keeper
from kzbot.operations.outcome import Outcome
from kzbot.operations.shelf import Shelf
from kzbot.querylog.ledger.ledger import Ledger
from kzbot.querylog.ledger.rows import Actor, Deed

Result = TypeVar("Result")

ARTICLES, ORIGINALS, INCOMING = "articles", "originals", "incoming"
"""Below the data folder: added articles, the bytes that they came in, and what is not yet added."""


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a batch came to: what lies in the folder now, what was left and why, and what became of the corpus."""

    written: tuple[Written, ...]
    left: tuple[Left, ...]
    outcome: Outcome | None = None


class Importer:
    """One in the process that holds the data folder `data`. `most`: bytes of a file; `printed`: the ground of a date that a
    moderator typed as the article prints it.
    """

    def __init__(self, data: Path, keeper: Keeper, ledger: Ledger, shelf: Shelf, *, most: int, printed: str) -> None:
        self.most = most
        self._articles, self._originals = data / ARTICLES, data / ORIGINALS
        self._incoming = Incoming(data / INCOMING)
        self._keeper, self._ledger, self._shelf, self._printed = keeper, ledger, shelf, printed
        self._alone = asyncio.Lock()

    async def read(
        self, arrived: Sequence[Arrived], progress: Callable[[str], None] = lambda _: None
    ) -> list[Received]:
        """What is in what was sent; `progress` is told the name of what is read next."""
        return await read_arrived(arrived, most=self.most, progress=progress)

    async def keep(self, key: str, user: int | None, received: Sequence[Received]) -> Batch:
        """Keep what was sent under `key`, for a day. Raises DataFolderError where it cannot be kept."""
        async with self._alone:
            await _on_disk(self._incoming.tidy, _now())
            batch = await _on_disk(self._incoming.keep, key, user, received, _now())
            async with self._shelf.current() as generation:
                batch = await with_twins(batch, generation, self._articles)
            await _on_disk(self._incoming.save, batch)
        return batch

    async def batch(self, key: str) -> Batch | None:
        """What was sent under this key; None where it is no longer kept."""
        return await asyncio.to_thread(self._incoming.load, key)

    async def waiting(self, user: int | None) -> Batch | None:
        """What this person sent last and nobody added yet."""
        mine = [one for one in await asyncio.to_thread(self._incoming.all) if one.user == user]
        return next((one for one in reversed(mine) if one.state == "waiting"), None)

    async def fill_in(
        self, key: str, number: int, *, title: str, url: str, publisher: str, published: str, ground: str
    ) -> Batch | None:
        """Describe the one article of what was sent as `number`; None where it is not kept or waits no longer.

        `ground`: what the date is inferred from; empty where the article prints it. What cannot be taken is kept as it was
        typed, with the reasons.
        """
        form = Form(title, url, publisher, published, ground)

        def fill(sent: Sent) -> Sent:
            return replace(sent, pieces=tuple(_filled(piece, form, self._printed) for piece in sent.pieces))

        return await self._changed(key, number, fill)

    async def leave_out(self, key: str, number: int) -> Batch | None:
        """Leave out what was sent as `number`, or take it in again; None where it is not kept or waits no longer."""
        return await self._changed(key, number, lambda sent: replace(sent, out=not sent.out))

    async def cancel(self, key: str) -> bool:
        """Let go of what was sent; False where it waits no longer."""
        async with self._alone:
            batch = await self.batch(key)
            if batch is None or batch.state != "waiting":
                return False
            await _on_disk(self._incoming.discard, key)
            return True

    async def add(self, key: str, actor: Actor, progress: ProgressCallback = lambda _: None) -> Added | None:
        """Add what can be added, and let the keeper plan with it; None where the batch is not kept, or is not ready.

        Raises DataFolderError or QueryLogError where it cannot be written; then nothing was added.
        """
        async with self._alone:
            batch = await self.batch(key)
            if batch is None or not batch.ready:
                return None
            async with self._shelf.current() as generation:
                batch = await with_twins(batch, generation, self._articles)
            made, left = await _on_disk(write_batch, batch, self._incoming, self._articles, self._originals)
            if made:
                await self._settle(batch, made, actor)
        if not made:
            return Added((), tuple(left))
        outcome = await self._plan(actor, progress)
        return Added(tuple(made), tuple(left), outcome)

    async def take_back(self, since: datetime) -> list[str]:
        """Take out of the folder what was added after `since`, and let it wait again; the ids of its articles."""
        async with self._alone:
            batches = [one for one in await asyncio.to_thread(self._incoming.all) if one.state == "added"]
            taken = [one for one in batches if one.at > since]
            for one in taken:
                await _on_disk(self._incoming.take_back, one, files_of(self._articles, one.names))
                await _on_disk(self._incoming.save, replace(one, state="waiting", names=(), ids=(), at=_now()))
        return [id_ for one in taken for id_ in one.ids]

    async def _changed(self, key: str, number: int, change: Callable[[Sent], Sent]) -> Batch | None:
        async with self._alone:
            batch = await self.batch(key)
            if batch is None or batch.state != "waiting" or number >= len(batch.sent):
                return None
            batch = batch.with_sent(number, change)
            await _on_disk(self._incoming.save, batch)
            return batch

    async def _settle(self, batch: Batch, made: Sequence[Written], actor: Actor) -> None:
        """The batch is added, and the ledger knows of it; where it cannot, nothing is."""
        names, ids = tuple(one.name for one in made), tuple(one.id for one in made)
        number = int(batch.key) if batch.key.isdecimal() else None
        deed = Deed(at=_now(), actor=actor, action="import", about=number, details={"ids": list(ids)})
        try:
            settled = replace(batch, state="added", names=names, ids=ids, at=_now())
            await _on_disk(self._incoming.save, settled)
            await self._ledger.note(deed)
        except KzbotError:
            await _on_disk(self._incoming.take_back, batch, files_of(self._articles, names))
            await _on_disk(self._incoming.save, batch)
            raise

    async def _plan(self, actor: Actor, progress: ProgressCallback) -> Outcome:
        return await self._keeper.plan(progress=progress)

    async def tidy(self) -> None:
        """Let go of what has been kept for a day."""
        async with self._alone:
            await _on_disk(self._incoming.tidy, _now())


def _filled(piece: Piece, form: Form, printed: str) -> Piece:
    found = fill_in(form, piece.known, printed=printed)
    if isinstance(found, Metadata):
        return replace(piece, values=written(found), typed=None, faults=())
    return replace(piece, typed=form, faults=tuple(problem.reason for problem in found))


async def _on_disk(work: Callable[..., Result], *given: object) -> Result:
    """In a thread; DataFolderError where the disk does not take it."""
    try:
        return await asyncio.to_thread(work, *given)
    except OSError as error:
        raise DataFolderError(
            f"What was sent cannot be written ({error.strerror or error}); make room in the data folder, or mend its permissions."
        ) from error


def _now() -> datetime:
    return datetime.now(UTC)
