"""Bringing articles in: what was sent is kept, described, and added to the corpus; every step outlives a restart."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol, TypeVar

from kzbot.corpus.form import Form, fill_in, written
from kzbot.errors import DataFolderError, KzbotError
from kzbot.index.sources import ProgressCallback
from kzbot.operations.importing.batch import Batch, Piece, Sent
from kzbot.operations.importing.incoming import KEPT, Incoming, Received
from kzbot.operations.importing.known import with_near, with_twins
from kzbot.operations.importing.reading import Arrived, read_arrived
from kzbot.operations.importing.unfinished import ARTICLES, INCOMING, ORIGINALS
from kzbot.operations.importing.writing import Left, Written, files_of, to_write, write_batch
from kzbot.operations.keeper import Keeper
from kzbot.operations.outcome import Outcome
from kzbot.operations.planning.patience import when_free
from kzbot.operations.shelf import Shelf
from kzbot.operations.whole import finished
from kzbot.querylog.ledger.ledger import Ledger
from kzbot.querylog.ledger.rows import Action, Actor, Deed

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a batch came to: what lies in the folder now, what was left and why, and what became of the corpus.

    `outcome` is None where there was nothing to plan, or the plan could not be made, for `failed` (a sentence).
    """

    written: tuple[Written, ...]
    left: tuple[Left, ...]
    outcome: Outcome | None = None
    failed: str | None = None


class Page(Protocol):
    """What was fetched: the address that it was found at in the end, its bytes, what its server says of it."""

    @property
    def url(self) -> str: ...
    @property
    def data(self) -> bytes: ...
    @property
    def charset(self) -> str | None: ...
    @property
    def suffix(self) -> str: ...


Fetch = Callable[[str], Awaitable[Page]]
_AT_ONCE = 2
"""So many commands are read or fetched for at a time; the others wait. Each may cost a child with all its memory."""
_NO_PAGES = (
    "pages are not fetched here: save the page and attach the file, or ask the operator to set corpus.fetch to true."
)


class Importer:
    """One in the process that holds the data folder `data`. `most`: bytes of a file; `printed`: the ground of a date that a
    moderator typed as the article prints it; `fetch` gets a page, and is None where the settings want no pages.
    """

    def __init__(
        self,
        data: Path,
        keeper: Keeper,
        ledger: Ledger,
        shelf: Shelf,
        *,
        most: int,
        printed: str,
        fetch: Fetch | None = None,
    ) -> None:
        self.most = most
        self._fetch = fetch
        self._articles, self._originals = data / ARTICLES, data / ORIGINALS
        self._incoming = Incoming(data / INCOMING)
        self._keeper, self._ledger, self._shelf, self._printed = keeper, ledger, shelf, printed
        self._senders: dict[str, int] = {}  # where the files do not say who sent them, for as long as this process runs
        self._alone = asyncio.Lock()
        self._reading = asyncio.Semaphore(_AT_ONCE)
        self._tidying: asyncio.Task[None] | None = None

    async def page(self, address: str) -> Arrived:
        """The page at an address, or why it is not fetched."""
        if self._fetch is None:
            return Arrived(address, reason=_NO_PAGES)
        try:
            async with self._reading:
                found = await self._fetch(address)
        except KzbotError as error:
            return Arrived(address, reason=str(error))
        return Arrived(address, found.data, address=found.url, charset=found.charset, suffix=found.suffix)

    async def read(
        self, arrived: Sequence[Arrived], progress: Callable[[str], None] = lambda _: None
    ) -> list[Received]:
        """What is in what was sent; `progress` is told the name of what is read next."""
        async with self._reading:
            return await read_arrived(arrived, most=self.most, progress=progress)

    async def keep(self, key: str, user: int | None, received: Sequence[Received]) -> Batch:
        """Keep what was sent under `key`, for a day. Raises DataFolderError where it cannot be kept."""
        async with self._alone:
            await _on_disk(self._incoming.tidy, _now())
            if user is not None:
                self._senders[key] = user
            batch = await _on_disk(self._incoming.keep, key, self._ledger.people.kept(user), received, _now())
            async with self._shelf.current() as generation:
                batch = await with_twins(batch, generation, self._articles)
                kept = batch
                batch = await with_near(batch, generation, lambda at, piece: self._incoming.text(kept, at, piece))
            await _on_disk(self._incoming.save, batch)
        asyncio.get_running_loop().call_later(KEPT.total_seconds() + 1, self._tidy_soon)
        return batch

    async def batch(self, key: str) -> Batch | None:
        """What was sent under this key; None where it is no longer kept."""
        return await asyncio.to_thread(self._incoming.load, key)

    async def waiting(self, user: int | None) -> Batch | None:
        """What this person sent last and nobody added yet; where nobody can tell any more who sent it, what was sent last."""
        kept = await asyncio.to_thread(self._incoming.all)
        return next((one for one in reversed(kept) if one.state == "waiting" and self._may_be_of(user, one)), None)

    async def sent_by(self, user: int) -> list[Batch]:
        """What this person sent and is still kept, the oldest first, as far as that can be told."""
        kept = await asyncio.to_thread(self._incoming.all)
        return [one for one in kept if self._is_of(user, one)]

    def _is_of(self, user: int, batch: Batch) -> bool:
        return self._ledger.people.is_one(user, batch.user) or self._senders.get(batch.key) == user

    def _may_be_of(self, user: int | None, batch: Batch) -> bool:
        if user is None:
            return batch.user is None
        nameless = self._ledger.people.mode == "none" and batch.user is None and batch.key not in self._senders
        return self._is_of(user, batch) or nameless

    async def fill_in(
        self, key: str, number: int, *, title: str, url: str, publisher: str, published: str, ground: str
    ) -> Batch | None:
        """Describe the one article of what was sent as `number`; None where it is not kept or waits no longer.

        `ground`: what the date is inferred from; empty where the article prints it. What cannot be taken is kept as it was
        typed, with the reasons.
        """
        form = Form(title, url, publisher, published, ground)

        def fill(sent: Sent) -> Sent:
            if len(sent.pieces) != 1:  # what holds many articles describes each of them itself
                return sent
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
        done = await finished(asyncio.create_task(self._add(key, actor)))
        if done is None:
            return None
        made, left = done
        added = Added(tuple(made), tuple(left))
        if not made:
            return added
        try:
            outcome = await when_free(lambda: self._keeper.reload(actor, way="import", progress=progress))
        except KzbotError as error:
            return replace(added, failed=str(error))
        return replace(added, outcome=outcome)

    async def regret(self, since: datetime, actor: Actor) -> int:
        """Take out of the folder what was added after `since`, and let it wait again; how many articles it was."""
        async with self._alone:
            batches = [one for one in await asyncio.to_thread(self._incoming.all) if one.state == "added"]
            taken = [one for one in batches if one.at > since]
            for one in taken:  # a process that ends in between leaves what the next one takes back to its end
                await _on_disk(self._incoming.begin, one)
                await _on_disk(self._incoming.save, replace(one, state="waiting", names=(), ids=(), at=_now()))
                await _on_disk(self._incoming.take_back, one, files_of(self._articles, one.names))
                await _on_disk(self._incoming.end, one.key)
                await self._note("import taken back", one, one.ids, actor)
        return sum(len(one.ids) for one in taken)

    def _tidy_soon(self) -> None:
        self._tidying = asyncio.create_task(self.tidy())

    async def _changed(self, key: str, number: int, change: Callable[[Sent], Sent]) -> Batch | None:
        async with self._alone:
            batch = await self.batch(key)
            if batch is None or batch.state != "waiting" or number >= len(batch.sent):
                return None
            batch = batch.with_sent(number, change)
            await _on_disk(self._incoming.save, batch)
            return batch

    async def _add(self, key: str, actor: Actor) -> tuple[list[Written], list[Left]] | None:
        """Write the batch's articles and the deed, all or none of it; what a process that ends leaves half done is taken back
        by the next one."""
        async with self._alone:
            batch = await self.batch(key)
            if batch is None or not batch.ready:
                return None
            async with self._shelf.current() as generation:
                known = await with_twins(batch, generation, self._articles)
            batch, repeated = known, _repeated(batch, known)
            coming = _added(batch, await _on_disk(to_write, batch, self._articles))
            await _on_disk(self._incoming.begin, coming)
            noted = False
            try:
                made, left = await _on_disk(
                    write_batch, batch, self._incoming, self._articles, self._originals, self.most
                )
                if made:
                    await self._note("import", batch, [one.id for one in made], actor)
                    noted = True
                    await _on_disk(self._incoming.save, _added(batch, made))
            except KzbotError:
                await _on_disk(self._incoming.take_back, batch, files_of(self._articles, coming.names))
                with suppress(DataFolderError):
                    await _on_disk(self._incoming.save, batch)
                await _on_disk(self._incoming.end, key)
                if noted:
                    await self._note("import taken back", batch, coming.ids, actor)
                raise
            with suppress(DataFolderError):  # the next start sees that it was added
                await _on_disk(self._incoming.end, key)
        return made, [*repeated, *left]

    async def _note(self, action: Action, batch: Batch, ids: Sequence[str], actor: Actor) -> None:
        number = int(batch.key) if batch.key.isdecimal() else None
        await self._ledger.note(Deed(at=_now(), actor=actor, action=action, about=number, details={"ids": list(ids)}))

    async def tidy(self) -> None:
        """Let go of what has been kept for a day."""
        async with self._alone:
            await _on_disk(self._incoming.tidy, _now())


def _repeated(before: Batch, now: Batch) -> list[Left]:
    """The articles that could be added before, and are in the corpus by now."""
    pairs = zip((sent for sent in before.sent), (sent for sent in now.sent), strict=True)
    both = [
        (was, is_) for one, other in pairs if not one.out for was, is_ in zip(one.pieces, other.pieces, strict=True)
    ]
    return [
        Left(is_.known.title or is_.twin.title, f"it is here already, as {is_.twin.id}.")
        for was, is_ in both
        if was.can_be_added and not is_.can_be_added and is_.twin is not None
    ]


def _filled(piece: Piece, form: Form, printed: str) -> Piece:
    found, wrong = fill_in(form, piece.known, printed=printed)
    typed = form if wrong else None
    return replace(piece, values=written(found), typed=typed, faults=tuple(problem.reason for problem in wrong))


async def _on_disk(work: Callable[..., Result], *given: object) -> Result:
    """In a thread; DataFolderError where the disk does not take it."""
    try:
        return await asyncio.to_thread(work, *given)
    except OSError as error:
        raise DataFolderError(
            f"What was sent cannot be written ({error.strerror or error}); make room in the data folder, or mend its permissions."
        ) from error


def _added(batch: Batch, written: Sequence[Written]) -> Batch:
    names, ids = tuple(one.name for one in written), tuple(one.id for one in written)
    return replace(batch, state="added", names=names, ids=ids, at=_now())


def _now() -> datetime:
    return datetime.now(UTC)
