"""Erases for good, one erasure after another, beside the answers."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from kzbot.operations.erasing.copies import erase_copies
from kzbot.operations.erasing.ledger import Erasure, ErasureLedger
from kzbot.operations.whole import finished
from kzbot.querylog.erasing.scope import Erased, Scope, Target
from kzbot.querylog.erasing.targets import target_of
from kzbot.querylog.erasing.wiping import Wiper
from kzbot.querylog.ledger.rows import BOT, Actor, Deed
from kzbot.querylog.log import QueryLog

_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was erased, for those who keep something of it elsewhere. `means(id)`: whether this person (`kind` person) or this
    server (`kind` server), by Discord's id, is meant; up to `until`. `numbers`: of questions (`kind` filtered), as ranges."""

    kind: str
    until: datetime
    means: Callable[[int], bool]
    numbers: tuple[tuple[int, int], ...] = ()


Follower = Callable[[Forgotten], Awaitable[None]]


class Eraser:
    """One in the process that holds the data folder."""

    def __init__(self, data_folder: Path, log: QueryLog) -> None:
        self._folder = data_folder
        self._log = log
        self._ledger = ErasureLedger(data_folder)
        self._followers: list[Follower] = []
        self._alone = asyncio.Lock()
        self._tasks: set[asyncio.Task[Erased]] = set()

    def follow(self, follower: Follower) -> None:
        """Have this one forget, too, from now on; an erasure is done when it has returned, and tried again where it fails."""
        self._followers.append(follower)

    async def count(self, scope: Scope) -> Erased:
        """What would go now; nothing is touched."""
        return await asyncio.to_thread(self._count, self._target(scope, datetime.now(UTC)))

    async def erase(self, scope: Scope, actor: Actor, at: datetime) -> Erased:
        """Erases what was asked or done at or before `at`; when it returns, not a byte of it is left in the data folder.

        It goes on to its end where the caller is cancelled, and the next start ends what a crash interrupts. Raises
        QueryLogError or DataFolderError where it could not be done yet; then it is tried again within the hour.
        """
        task = asyncio.create_task(self._erase(scope, actor, at))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return await finished(task)

    async def finish(self) -> int:
        """Ends what was begun and not ended; how many erasures it were."""
        async with self._alone:
            unfinished = await asyncio.to_thread(self._ledger.unfinished)
            for erasure in unfinished:
                await self._carry_out(erasure)
        return len(unfinished)

    async def _erase(self, scope: Scope, actor: Actor, at: datetime) -> Erased:
        async with self._alone:
            target = await asyncio.to_thread(self._target, scope, at)
            erased = await asyncio.to_thread(self._count, target)
            if scope.kind == "older":
                await self._database(target)
                return erased
            user = None if actor.user is None else self._log.people.hashed(actor.user)
            own = scope.kind == "person" and user == target.hash
            by = BOT if own else replace(actor, user=user)
            erasure = await asyncio.to_thread(self._ledger.begin, target, by, erased.rows)
            await self._carry_out(erasure)
            return erased

    async def _carry_out(self, erasure: Erasure) -> None:
        target = erasure.target
        await self._database(target)
        await asyncio.to_thread(erase_copies, self._folder, [target], self._log.people)
        people = self._log.people
        forgotten = Forgotten(target.kind, target.until, lambda id_: target.means(people, id_), target.numbers)
        for follower in self._followers:
            await follower(forgotten)
        details = {"kind": target.kind, "rows": dict(erasure.rows)}
        now = datetime.now(UTC)
        await self._log.ledger.note(
            Deed(at=now, actor=erasure.actor, action="erase", about=erasure.number, details=details)
        )
        await asyncio.to_thread(self._ledger.end, erasure, now)

    async def _database(self, target: Target) -> None:
        """Takes it out of kzbot.db in turns, so that questions are kept between two; the last one writes the file anew."""
        with closing(Wiper(self._log.path, target, self._log.people)) as wiper:
            batches = wiper.batches()
            while await self._log.alone(lambda: next(batches, True)) is None:
                pass
            await self._log.alone(wiper.tidy)

    def _count(self, target: Target) -> Erased:
        with closing(Wiper(self._log.path, target, self._log.people)) as wiper:
            return wiper.count()

    def _target(self, scope: Scope, at: datetime) -> Target:
        return target_of(self._log.path, scope, at, self._log.people)
