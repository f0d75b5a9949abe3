"""Erases for good, one erasure after another, beside the answers."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator, Mapping
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, TypeVar

from kzbot.errors import QueryLogError
from kzbot.index.store import GenerationStore
from kzbot.operations.backups import Backups
from kzbot.operations.erasing.beside import erase_from_plans, erase_incoming
from kzbot.operations.erasing.copies import change_copy, copies, standing, sweep
from kzbot.operations.erasing.ledger import FILE, Erasure, ErasureLedger
from kzbot.operations.whole import finished
from kzbot.querylog.erasing.change import Change
from kzbot.querylog.erasing.copies import Make
from kzbot.querylog.erasing.left import is_noted, last_noted, orphaned_posts
from kzbot.querylog.erasing.renaming import Renamer
from kzbot.querylog.erasing.scope import Erased, Kind, Outline, Scope, Target
from kzbot.querylog.erasing.targets import outline_of, target_of
from kzbot.querylog.erasing.wiping import Wiper
from kzbot.querylog.filters import Filters
from kzbot.querylog.ledger.rows import BOT, Actor, Deed
from kzbot.querylog.log import QueryLog
from kzbot.querylog.people import KEY_FILE
from kzbot.querylog.working import Step

_OFTEN = 0.2
_UNTIDY = "untidy"
"""In the state of the log while what is too old goes: of this no ledger tells the next start."""
_WEEK = timedelta(days=7)
"""Copies that are made daily stand no longer."""
_NOTHING: Mapping[str, Any] = MappingProxyType({})
_Result = TypeVar("_Result")

Stage = Literal["rows", "file", "copies"]
ProgressCallback = Callable[[Stage, int, int], None]
"""How far it is: rows or copies done of so many; `file`: kzbot.db is being written anew."""


def _silent(stage: Stage, done: int, total: int) -> None:
    """Nobody looks on."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was erased, for those who keep something of it elsewhere.

    `means(id)`: whether this person (`kind` person) or server (`kind` server), by Discord's id, is meant; up to `until`.
    `numbers`: of questions (`kind` filtered), as ranges with both ends. `posts`: channel and message of cards that the bot
    posted by itself and that hold words of it. What shows rows of others (answers to /log) may hold such words too.
    """

    kind: Kind
    until: datetime
    means: Callable[[int], bool]
    numbers: tuple[tuple[int, int], ...] = ()
    posts: tuple[tuple[int, int], ...] = ()


Follower = Callable[[Forgotten], Awaitable[None]]


class Eraser:
    """One in the process that holds the data folder. `store`: that of this process, where plans are made in it, too."""

    def __init__(self, data_folder: Path, log: QueryLog, store: GenerationStore | None = None) -> None:
        self._folder = data_folder
        self._log = log
        self._store = store or GenerationStore(data_folder)
        self._backups = Backups(data_folder)
        self._ledger = ErasureLedger(data_folder)
        self._followers: list[Follower] = []
        self._alone = asyncio.Lock()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._interrupt: Callable[[], None] | None = None
        self._stopping = False

    def follow(self, follower: Follower) -> None:
        """Have this one forget, too, from now on; an erasure is done when it has returned, and tried again where it fails."""
        self._followers.append(follower)

    async def count(self, scope: Scope) -> Erased:
        """What would go now; where kzbot.db holds nothing of it, what would go from a backup. Nothing is touched."""
        target = await self._blocking(lambda: self._target(scope, datetime.now(UTC)))
        found = await self._blocking(lambda: self._count(target))
        return found if found.total else await self._blocking(lambda: self._in_copies(target))

    async def outline(self, filters: Filters, until: datetime, besides: int = 0) -> Outline:
        """What passes these filters, in a copy alone, too, and was asked at or before a moment, without the question of one number;
        nothing is touched."""
        return await self._blocking(lambda: outline_of(self._log.path, filters, until, besides, copies(self._folder)))

    async def erase(
        self,
        scope: Scope,
        actor: Actor,
        at: datetime,
        *,
        details: Mapping[str, Any] = _NOTHING,
        progress: ProgressCallback = _silent,
    ) -> Erased:
        """Erases what was asked or done at or before `at`; when it returns, not a byte of it is left in the data folder.

        It goes on to its end where the caller is cancelled; what fails half way, or is interrupted by a crash, is ended by
        `finish`. `details`: what else its deed says, no ids and no words. Raises QueryLogError or DataFolderError where it
        could not be done yet.
        """
        return await self._whole(self._erase(scope, actor, at, details, progress))

    async def finish(self) -> int:
        """Ends what was begun and not ended; how many erasures it were. Raises like `erase`."""
        return await self._whole(self._finish())

    async def rename(self) -> None:
        """Gives people in all rows, those of copies too, the shape that the settings ask for now: ids, hashes or nothing."""
        await self._whole(self._rename())

    async def close(self) -> None:
        """Interrupts what is under way, for the end of the process; the next start ends it."""
        self._stopping = True
        while self._tasks:
            if self._interrupt is not None:
                with suppress(sqlite3.ProgrammingError):  # what it worked on is closed already
                    self._interrupt()
            await asyncio.wait(set(self._tasks), timeout=0.05)

    async def _whole(self, work: Coroutine[Any, Any, _Result]) -> _Result:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return await finished(task)

    async def _finish(self) -> int:
        async with self._alone:
            unfinished = await self._blocking(self._ledger.unfinished)
            mark = self._log.people.mark
            unknown = [one for one in unfinished if one.target.hash is not None and one.key not in (None, mark)]
            for erasure in (one for one in unfinished if one not in unknown):
                await self._carry_out(erasure, _silent)
        if unknown:
            raise QueryLogError(
                f"{self._folder / KEY_FILE} is not the one with which erasure {unknown[0].number} was begun, so that nobody knows"
                f" whom it means; put that file back. Where it is lost for good, put an empty {FILE} there, and erase anew."
            )
        return len(unfinished)

    async def _rename(self) -> None:
        people = self._log.people

        def renamer(path: Path) -> Change:
            return Renamer(path, people)

        async with self._alone:
            await self._everywhere(renamer, 0, _silent)

    async def _erase(
        self, scope: Scope, actor: Actor, at: datetime, details: Mapping[str, Any], progress: ProgressCallback
    ) -> Erased:
        async with self._alone:
            target = await self._blocking(lambda: self._target(scope, at))
            erased = await self._blocking(lambda: self._count(target))
            if scope.kind == "older":
                wiper = partial(Wiper, target=target, people=self._log.people)
                interrupted = await self._log.state(_UNTIDY) is not None
                await self._log.set_state(_UNTIDY, at.isoformat(timespec="seconds"))
                await self._change(wiper, erased.total, progress, always=interrupted)
                await self._log.drop_state(_UNTIDY)
                await self._old_copies(target, at - _WEEK, progress)
                await self._plans()
                return erased
            user = None if actor.user is None else self._log.people.hashed(actor.user)
            own = scope.kind == "person" and user == target.hash
            by = BOT if own else actor
            told = replace(by, user=by.user and user)
            people, after = self._log.people, await self._blocking(lambda: last_noted(self._log.path))
            erasure = await self._blocking(
                lambda: self._ledger.begin(target, told, erased.rows, details, people.mark, after)
            )
            await self._carry_out(erasure, progress, by)
            return erased

    async def _carry_out(self, erasure: Erasure, progress: ProgressCallback, by: Actor | None = None) -> None:
        target, people = erasure.target, self._log.people

        def wiper(path: Path) -> Change:
            return Wiper(path, target.in_log if path == self._log.path else target, people)

        await self._everywhere(wiper, sum(erasure.rows.values()), progress)
        plans = await self._plans()
        await self._incoming(target)
        posts = await self._blocking(lambda: orphaned_posts(self._log.path, plans))
        numbers = (*target.numbers, *target.elsewhere, *((one, one) for one in target.also))
        forgotten = Forgotten(target.kind, target.until, lambda id_: target.means(people, id_), numbers, tuple(posts))
        for follower in self._followers:
            with _told():
                await follower(forgotten)
        await self._end(erasure, by or erasure.actor)

    async def _end(self, erasure: Erasure, by: Actor) -> None:
        """Notes the deed, once, and then that it is done. The ledger of erasures outlives the log, and holds no ids: who did it
        stands in the log, as it keeps people; after a crash under the keyed hash."""
        now = datetime.now(UTC)
        if not await self._blocking(lambda: is_noted(self._log.path, erasure.number)):
            details = {"kind": erasure.target.kind, "rows": dict(erasure.rows), **erasure.details}
            deed = Deed(at=now, actor=by, action="erase", about=erasure.number, details=details)
            await self._log.ledger.note(deed)
        await self._blocking(lambda: self._ledger.end(erasure, now))

    async def _everywhere(self, make: Make, total: int, progress: ProgressCallback) -> None:
        """In kzbot.db and in every copy; none is made meanwhile."""
        async with self._no_backup():
            await self._change(make, total, progress)
            await self._copies(make, progress)

    @asynccontextmanager
    async def _no_backup(self) -> AsyncIterator[None]:
        """No copy is made in the block."""
        backups = self._backups.locked(self._heed)
        await self._blocking(backups.__enter__)
        try:
            yield
        finally:
            await asyncio.to_thread(backups.__exit__, None, None, None)

    async def _change(self, make: Make, total: int, progress: ProgressCallback, *, always: bool = True) -> None:
        """Changes kzbot.db in turns, so that questions are kept between two; the last one writes the file anew, `always` or
        where anything was changed."""
        work = await self._blocking(lambda: make(self._log.path))
        self._working(work.interrupt)
        try:
            batches, gone = work.batches(), 0
            while (step := await self._turn(lambda: next(batches, None))) is not None:
                gone += step
                progress("rows", gone, max(total, gone))
            if always or work.changed:
                progress("file", 0, 1)
                await self._turn(work.tidy)
        finally:
            await asyncio.to_thread(work.close)

    async def _old_copies(self, target: Target, before: datetime, progress: ProgressCallback) -> None:
        """In the copies that stand longer than the daily ones, and hold something of it."""
        async with self._no_backup():
            old = await self._blocking(lambda: standing(self._folder, before))
            found = [one for one in old if await self._blocking(partial(self._holds, one, target))]
            await self._copies(lambda path: Wiper(path, target, self._log.people), progress, found)

    def _holds(self, copy: Path, target: Target) -> bool:
        try:
            with closing(Wiper(copy, target, self._log.people)) as wiper:
                return bool(wiper.count().total)
        except sqlite3.DatabaseError:
            return False  # damaged, and deleted when it is too old

    async def _copies(self, make: Make, progress: ProgressCallback, found: list[Path] | None = None) -> None:
        await self._blocking(lambda: sweep(self._folder))
        if found is None:
            found = await self._blocking(lambda: copies(self._folder))
        for done, copy in enumerate(found):
            progress("copies", done, len(found))
            await self._blocking(partial(change_copy, copy, [make], self._working))
        progress("copies", len(found), len(found))

    async def _plans(self) -> list[str]:
        """What was read for a plan before the rows went is in its file only at its end."""
        while True:
            self._stop()
            async with self._store.erasing:
                if not self._store.busy:
                    return await self._blocking(lambda: erase_from_plans(self._store, self._log.path))
            await asyncio.sleep(_OFTEN)

    async def _incoming(self, target: Target) -> None:
        """What is just being added is waited for."""
        while True:
            if await self._blocking(lambda: erase_incoming(self._folder, target, self._log.people)):
                return
            await asyncio.sleep(_OFTEN)

    async def _turn(self, work: Callable[[], _Result]) -> _Result:
        """One piece of work in a turn of its own among the writes."""
        self._stop()
        with _told():
            return await self._log.alone(work)

    async def _blocking(self, work: Callable[[], _Result]) -> _Result:
        self._stop()
        with _told():
            return await asyncio.to_thread(work)

    def _working(self, interrupt: Callable[[], None]) -> None:
        self._interrupt = interrupt

    def _stop(self) -> None:
        if self._stopping:
            raise QueryLogError("The bot is stopping; what is being erased goes on at its next start.")

    def _heed(self, step: Step) -> None:
        """While the backups of another process are waited for."""
        self._stop()

    def _count(self, target: Target) -> Erased:
        with closing(Wiper(self._log.path, target.in_log, self._log.people)) as wiper:
            found = wiper.count()
        elsewhere = sum(last - first + 1 for first, last in target.elsewhere)
        return Erased({**found.rows, "queries": found.queries + elsewhere}) if elsewhere else found

    def _in_copies(self, target: Target) -> Erased:
        """Of the copy that holds most of it; one that cannot be read is told of by who erases."""
        found = [Erased({})]
        with self._backups.locked(self._heed):
            for copy in copies(self._folder):
                with suppress(sqlite3.Error), closing(Wiper(copy, target, self._log.people)) as wiper:
                    found.append(wiper.count())
        return max(found, key=lambda one: one.total)

    def _target(self, scope: Scope, at: datetime) -> Target:
        found = copies(self._folder) if scope.filters is not None else []
        return target_of(self._log.path, scope, at, self._log.people, found)


@contextmanager
def _told() -> Iterator[None]:
    """What goes wrong with files as one sentence."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or error
        raise QueryLogError(
            f"It could not be erased yet ({reason}); mend the data folder. It is tried again within the hour, and at the next start."
        ) from error
