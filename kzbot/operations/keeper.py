"""The keeper of the corpus: plans, applies, takes back; every change of what is served goes through it, and into the history."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Protocol

from kzbot.index.building.child import build_in_child
from kzbot.index.inspect import is_current, is_readable
from kzbot.index.sources import ProgressCallback, Sources
from kzbot.index.store import GenerationStore
from kzbot.operations.outcome import Outcome
from kzbot.operations.planning.files import discard_plan, read_plan, write_plan
from kzbot.operations.planning.make import plan_of
from kzbot.operations.planning.plan import Plan
from kzbot.operations.shelf import Shelf
from kzbot.querylog.ledger.ledger import Ledger
from kzbot.querylog.ledger.rows import Actor, Application, ApplicationRow, Deed

_LOGGER = logging.getLogger(__name__)


class Follower(Protocol):
    """Is told of what nobody in the chat waits for: a generation that is served from now on (`applied`), and a plan that the
    bot made by itself (`planned`), each with who did it and, where it was applied, in which way."""

    def __call__(self, outcome: Outcome, actor: Actor, way: str) -> Awaitable[None]: ...


def _silent(_: object) -> None:
    """Nobody wants to know how far it is."""


class Keeper:
    """One in the process that holds the data folder. `sources` says where the articles are and what is laid over them now
    (blocking: it is called in a thread); `shelf` is None at the terminal, where nothing is being answered.
    """

    def __init__(
        self, sources: Callable[[], Sources], store: GenerationStore, ledger: Ledger, *, shelf: Shelf | None = None
    ) -> None:
        self._sources, self._store, self._ledger, self._shelf = sources, store, ledger, shelf
        self._followers: list[Follower] = []
        self._telling: set[asyncio.Task[None]] = set()

    def follow(self, follower: Follower) -> Callable[[], None]:
        """Tell this one, too, from now on, until what is returned is called."""
        self._followers.append(follower)
        return lambda: self._followers.remove(follower)

    def tell(self, outcome: Outcome, actor: Actor, way: str) -> None:
        """Tell all who follow, in tasks of their own: one that fails is logged and holds nobody up."""
        for follower in self._followers:
            task = asyncio.create_task(_told(follower, outcome, actor, way))
            self._telling.add(task)
            task.add_done_callback(self._telling.discard)

    async def plan(self, *, progress: ProgressCallback = _silent) -> Outcome:
        """Build the corpus as it lies now beside the served one, and say what applying it would do; nothing else changes.

        `planned`, `unchanged`, or `refused` with a reason (another build is under way). Raises DataFolderError where
        another process holds the data folder, GenerationError or NameBookError where the build fails.
        """
        with self._store.lock(), self._store.building() as alone:
            if not alone:
                return Outcome("refused", self._store.applied(), reason="operations.reload.busy")
            return await self._plan(progress)

    async def is_current(self) -> bool:
        """Whether the served generation is certainly what the files, and what is laid over them, come to now."""
        served, sources = self._store.applied(), await asyncio.to_thread(self._sources)
        return served is not None and await asyncio.to_thread(is_current, self._store.path(served), sources)

    async def waiting(self) -> Plan | None:
        """The plan of the candidate that waits, None where none does."""
        candidate = self._store.waiting()
        return await asyncio.to_thread(read_plan, self._store, candidate) if candidate else None

    async def plan_named(self, candidate: str) -> Plan | None:
        """The plan of this candidate, None where it waits no longer."""
        plan = await self.waiting()
        return plan if plan is not None and plan.candidate == candidate else None

    async def apply(
        self,
        candidate: str,
        actor: Actor,
        *,
        way: str = "reload",
        typed: str | None = None,
        progress: ProgressCallback = _silent,
    ) -> Outcome:
        """Serve the candidate from now on, if its plan is still true; else the plan is made anew and shown (`anew`).

        A dangerous plan is `unconfirmed` unless `typed` is its confirmation.
        """
        plan = await self.plan_named(candidate)
        sources = await asyncio.to_thread(self._sources)
        if plan is None or plan.base != self._store.applied() or not await self._is_true(plan, sources):
            made = await self.plan(progress=progress)
            return Outcome(made.kind, made.generation, made.plan, reason=made.reason, values=made.values, anew=True)
        if plan.confirmation is not None and (typed or "").strip() != plan.confirmation:
            return Outcome("unconfirmed", self._store.applied(), plan)
        return await self._serve(plan.candidate, actor, way, plan)

    async def cancel(self, candidate: str, actor: Actor) -> Outcome:
        """Throw the candidate away; `refused` where it waits no longer."""
        if self._store.waiting() != candidate:
            return Outcome("refused", self._store.applied(), reason="operations.plan.gone")
        with self._store.lock():
            await asyncio.to_thread(self._withdraw)
        await self._ledger.note(Deed(at=_now(), actor=actor, action="cancel", details={"candidate": candidate}))
        return Outcome("cancelled", self._store.applied())

    async def roll_back(self, generation: str, actor: Actor, *, way: str = "rollback") -> Outcome:
        """Serve one of the kept generations again; `refused` where it is not kept or cannot be read."""
        path = self._store.path(generation)
        if generation not in self._store.kept() or not await asyncio.to_thread(is_readable, path):
            return Outcome("refused", self._store.applied(), reason="operations.rollback.gone")
        if generation == self._store.applied():
            return Outcome("unchanged", generation)
        with self._store.lock():
            return await self._serve(generation, actor, way, None)

    async def going_back(self, generation: str) -> Plan | None:
        """What serving this kept generation again would do to the articles, as a plan; nothing changes. None where it is not
        kept or cannot be read."""
        return None

    async def history(self, limit: int, offset: int = 0) -> tuple[list[ApplicationRow], int]:
        """Who applied what and when, the latest first, and how many there are."""
        return await self._ledger.history(limit, offset)

    def kept(self) -> list[str]:
        """The generations that a rollback can reach, oldest first; the served one is among them."""
        return self._store.kept()

    async def _plan(self, progress: ProgressCallback) -> Outcome:
        sources, served, base = await asyncio.to_thread(self._sources), self._store.applied(), self._store.newest()
        summary = await build_in_child(sources, self._store.folder, self._store.path(base) if base else None, progress)
        if summary.generation == served:
            await asyncio.to_thread(self._withdraw)
            return Outcome("unchanged", served)
        plan = await plan_of(summary, served, self._store)
        await asyncio.to_thread(write_plan, self._store, plan)
        await asyncio.to_thread(self._store.wait, plan.candidate)
        return Outcome("planned", served, plan)

    async def _is_true(self, plan: Plan, sources: Sources) -> bool:
        return await asyncio.to_thread(is_current, self._store.path(plan.candidate), sources)

    def _withdraw(self) -> None:
        candidate = self._store.waiting()
        self._store.withdraw()
        if candidate:
            discard_plan(self._store, candidate)

    async def _serve(self, generation: str, actor: Actor, way: str, plan: Plan | None) -> Outcome:
        former = self._store.applied()
        await asyncio.to_thread(self._store.apply, generation)
        if self._shelf is not None:
            await self._shelf.swap(generation)
        await asyncio.to_thread(self._store.prune)
        done = Application(
            at=_now(), actor=actor, way=way, generation=generation, former=former, articles=plan.after if plan else 0
        )
        outcome = Outcome("applied", generation, plan, await self._ledger.applied(done), former)
        self.tell(outcome, actor, way)
        return outcome


async def _told(follower: Follower, outcome: Outcome, actor: Actor, way: str) -> None:
    try:
        await follower(outcome, actor, way)
    except Exception:
        _LOGGER.exception("What was done to the corpus could not be told")


def _now() -> datetime:
    return datetime.now(UTC)
