"""The keeper of the corpus: plans, applies, takes back; every change of what is served goes through it, and into the history."""

import asyncio
import functools
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Concatenate, Literal, ParamSpec, Protocol, TypeVar

from kzbot.errors import KzbotError, QueryLogError
from kzbot.index.inspect import is_current, is_readable
from kzbot.index.sources import ProgressCallback, Sources
from kzbot.index.store import GenerationStore
from kzbot.operations.outcome import Outcome
from kzbot.operations.planning.back import plan_back
from kzbot.operations.planning.files import read_plan
from kzbot.operations.planning.plan import Plan
from kzbot.operations.planning.preparing import Preparing
from kzbot.operations.shelf import Shelf
from kzbot.operations.whole import finished
from kzbot.querylog.ledger.ledger import Ledger
from kzbot.querylog.ledger.rows import BOT, Actor, Application, ApplicationRow, Deed
from kzbot.querylog.rows import AskedRow

_LOGGER = logging.getLogger(__name__)
_Result = TypeVar("_Result")
_Given = ParamSpec("_Given")
Frequent = Callable[[datetime, int], Awaitable[list[AskedRow]]]


Regret = Callable[[datetime, Actor], Awaitable[int]]
"""Takes back what was done for the corpus after a moment and is not applied; how many articles it was."""


class Follower(Protocol):
    """Is told of what nobody in the chat waits for: a generation that is served from now on (`applied`), and a plan that the
    bot made by itself (`planned`), each with who did it and, where it was applied, in which way."""

    def __call__(self, outcome: Outcome, actor: Actor, way: str) -> Awaitable[None]: ...


def _silent(_: object) -> None:
    """Nobody wants to know how far it is."""


def _counted(
    work: "Callable[Concatenate[Keeper, _Given], Awaitable[Outcome]]",
) -> "Callable[Concatenate[Keeper, _Given], Coroutine[Any, Any, Outcome]]":
    """The same, with what it came to told to who watches."""

    @functools.wraps(work)
    async def counted(self: "Keeper", /, *given: _Given.args, **named: _Given.kwargs) -> Outcome:
        kind = "failed"
        try:
            outcome = await work(self, *given, **named)
            kind = "outdated" if outcome.anew else outcome.kind
            return outcome
        finally:
            for watcher in self._watchers:
                watcher(kind)

    return counted


class Keeper:
    """One in the process that holds the data folder. `sources` says where the articles are and what is laid over them now
    (blocking: it is called in a thread); `shelf` is None at the terminal, where nothing is being answered.

    `frequent` gives the questions of the log that a plan asks (see QueryLog.frequent), `golden` is the file of the golden
    ones. `auto_apply`: the setting corpus.auto_apply.
    """

    def __init__(
        self,
        sources: Callable[[], Sources],
        store: GenerationStore,
        ledger: Ledger,
        *,
        shelf: Shelf | None = None,
        frequent: Frequent | None = None,
        golden: Path | None = None,
        auto_apply: Literal["never", "additions"] = "never",
    ) -> None:
        self._sources, self._store, self._ledger, self._shelf = sources, store, ledger, shelf
        self._preparing = Preparing(store, frequent, golden)
        self._auto_apply = auto_apply
        self._followers: list[Follower] = []
        self._regrets: dict[str, Regret] = {}
        self._watchers: list[Callable[[str], None]] = []
        self._tasks: set[asyncio.Task[Any]] = set()
        self._changing = asyncio.Lock()

    def follow(self, follower: Follower) -> Callable[[], None]:
        """Tell this one, too, from now on, until what is returned is called."""
        self._followers.append(follower)
        return lambda: self._followers.remove(follower)

    def watch(self, watcher: Callable[[str], None]) -> None:
        """Tell this one, from now on, what each plan came to that is made, applied or cancelled: the kind of its outcome,
        `outdated` where it was no longer true, `failed` where it broke down."""
        self._watchers.append(watcher)

    def tell(self, outcome: Outcome, actor: Actor, way: str) -> None:
        """Tell all who follow, in tasks of their own: one that fails is logged and holds nobody up."""
        for follower in self._followers:
            self._task(_told(follower, outcome, actor, way))

    def when_cancelled(self, name: str, regret: Regret) -> None:
        """Take this back, too, when a plan is cancelled; how many it were stands in the outcome's values as `name`."""
        self._regrets[name] = regret

    @_counted
    async def plan(self, *, progress: ProgressCallback = _silent) -> Outcome:
        """Build the corpus as it lies now beside the served one, and say what applying it would do; nothing else changes.

        `planned`, `unchanged`, or `refused` with a reason: another build is under way; there is no folder, or no article in
        it, and nothing served either. Raises DataFolderError where another process holds the data folder, GenerationError or
        NameBookError where the build fails; then a plan that waited before waits still.
        """
        with self._store.lock():
            async with self._store.erasing:
                pass  # it takes moments, and whoever asked for a plan is not concerned with it
            with self._store.building() as alone:
                if not alone:
                    return Outcome("refused", self._store.applied(), reason="operations.reload.busy")
                return await self._preparing.prepare(await self._now(), self._changing, progress)

    async def reload(self, actor: Actor, *, way: str = "reload", progress: ProgressCallback = _silent) -> Outcome:
        """Plan, and apply the plan if it may apply itself: the setting says so, it only adds, and nobody rolled back.

        It is then applied as `automatic`. A plan of the bot's own that waits is told to all who follow.
        """
        outcome = await self.plan(progress=progress)
        if outcome.plan is None:
            return outcome
        if self._auto_apply == "additions" and outcome.plan.only_adds and not await self.rolled_back():
            return await self.apply(outcome.plan.candidate, actor, way="automatic", progress=progress)
        if actor.place == "bot":
            self.tell(outcome, actor, way)
        return outcome

    async def start(self, *, apply: bool = True, progress: ProgressCallback = _silent) -> Outcome:
        """Bring the corpus up to date at a start; cheap where no file changed. `apply` is the setting corpus.apply_on_start.

        Without a generation that can be served the first one is built and applied. Else what changed is planned, and applied
        unless the plan is dangerous or somebody rolled back; then it waits, and all who follow are told. Raises like `plan`.
        """
        await self._note_served()
        served = await asyncio.to_thread(self._servable)
        sources = await self._now()
        if served is None:
            outcome = await self.plan(progress=progress)
        elif await asyncio.to_thread(is_current, self._store.path(served), sources):
            return Outcome("unchanged", served)
        else:
            plan = await self.waiting()
            true = plan is not None and await self._is_true(plan, sources)
            outcome = Outcome("planned", served, plan) if true else await self.plan(progress=progress)
        if outcome.plan is None:
            return outcome
        may = apply and outcome.plan.danger is None and not await self.rolled_back()
        if served is None or may:
            return await self.apply(
                outcome.plan.candidate, BOT, way="start", typed=outcome.plan.confirmation, progress=progress
            )
        self.tell(outcome, BOT, "start")
        return outcome

    async def is_current(self) -> bool:
        """Whether the served generation is certainly what the files, and what is laid over them, come to now."""
        served, sources = self._store.applied(), await asyncio.to_thread(self._sources)
        return served is not None and await asyncio.to_thread(is_current, self._store.path(served), sources)

    async def is_planned(self) -> bool:
        """Whether nothing is left to plan: the plan that waits is still true, or none waits and what is served is current."""
        plan, sources = await self.waiting(), await self._now()
        if plan is not None:
            return await self._is_true(plan, sources)
        return await self.is_current()

    async def waiting(self) -> Plan | None:
        """The plan of the candidate that waits, None where none does."""
        return await asyncio.to_thread(self._waiting)

    async def plan_named(self, candidate: str) -> Plan | None:
        """The plan of this candidate, None where it waits no longer."""
        plan = await self.waiting()
        return plan if plan is not None and plan.candidate == candidate else None

    @_counted
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

        A dangerous plan is `unconfirmed` unless `typed` is its confirmation. What was begun is done whole, also where the
        caller is cancelled.
        """
        with self._store.lock():
            done = await finished(self._task(self._apply(candidate, actor, way, typed)))
            return done or replace(await self.plan(progress=progress), anew=True)

    @_counted
    async def cancel(self, candidate: str, actor: Actor) -> Outcome:
        """Throw the candidate away; `refused` where it waits no longer."""
        with self._store.lock():
            return await finished(self._task(self._cancel(candidate, actor)))

    async def roll_back(self, generation: str, actor: Actor, *, way: str = "rollback") -> Outcome:
        """Serve one of the kept generations again; `refused` where it is not kept or cannot be read."""
        with self._store.lock():
            return await finished(self._task(self._roll_back(generation, actor, way)))

    async def rolled_back(self) -> bool:
        """Whether an older generation is served than the newest that was: somebody means that."""
        return await asyncio.to_thread(lambda: self._store.applied() not in (None, *self._store.kept()[-1:]))

    async def going_back(self, generation: str) -> Plan | None:
        """What serving this kept generation again would do to the articles, as a plan; nothing changes. None where it is not
        kept or cannot be read."""
        return await asyncio.to_thread(plan_back, generation, self._store)

    async def history(self, limit: int, offset: int = 0) -> tuple[list[ApplicationRow], int]:
        """Who applied what and when, the latest first, and how many there are."""
        return await self._ledger.history(limit, offset)

    async def settle(self, seconds: float = 2.0) -> None:
        """Return when what was begun is done, or after so many seconds; for the end of the process."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=seconds)

    def kept(self) -> list[str]:
        """The generations that a rollback can reach, oldest first; the served one is among them."""
        return self._store.kept()

    async def _now(self) -> Sources:
        """Where the articles are now; a folder that is missing is planned as an empty one, which must be confirmed."""
        return replace(await asyncio.to_thread(self._sources), allow_missing=True)

    async def _apply(self, candidate: str, actor: Actor, way: str, typed: str | None) -> Outcome | None:
        """None where the plan is no longer true."""
        async with self._changing:
            plan = await self.plan_named(candidate)
            if plan is None or not await self._is_true(plan, await self._now()):
                return None
            if plan.confirmation is not None and (typed or "").strip() != plan.confirmation:
                return Outcome("unconfirmed", plan.base, plan)
            counts = {name: plan.count(name) for name in plan.counted}
            return await self._serve(candidate, actor, way, plan, plan.after, counts)

    async def _cancel(self, candidate: str, actor: Actor) -> Outcome:
        async with self._changing:
            if self._store.waiting() != candidate:
                return Outcome("refused", self._store.applied(), reason="operations.plan.gone")
            await asyncio.to_thread(self._store.withdraw)
        await self._ledger.note(Deed(at=_moment(), actor=actor, action="cancel", details={"candidate": candidate}))
        return Outcome("cancelled", self._store.applied(), values=await self._regret(actor))

    async def _regret(self, actor: Actor) -> dict[str, int]:
        """Take back what moderators did for the plan since something was applied last."""
        rows, _ = await self._ledger.history(1)
        since = rows[0].at if rows else datetime.min.replace(tzinfo=UTC)
        return {name: await regret(since, actor) for name, regret in self._regrets.items()}

    async def _roll_back(self, generation: str, actor: Actor, way: str) -> Outcome:
        async with self._changing:
            served = self._store.applied()
            readable = generation in self._store.kept() and await asyncio.to_thread(
                is_readable, self._store.path(generation)
            )
            if not readable:
                return Outcome("refused", served, reason="operations.rollback.gone")
            if generation == served:
                return Outcome("unchanged", generation)
            counts = await asyncio.to_thread(self._counts, generation, served)
            return await self._serve(generation, actor, way, None, counts.pop("articles"), counts)

    async def _is_true(self, plan: Plan, sources: Sources) -> bool:
        """Whether a plan still says what applying it would do: nothing else is served, and no file changed."""
        if plan.base != await asyncio.to_thread(self._store.applied):
            return False
        return await asyncio.to_thread(is_current, self._store.path(plan.candidate), sources)

    async def _serve(
        self, generation: str, actor: Actor, way: str, plan: Plan | None, articles: int, counts: Mapping[str, int]
    ) -> Outcome:
        former = self._store.applied()
        if self._shelf is not None:
            await self._shelf.swap(generation)  # first, for a file that cannot be opened changes nothing then
        try:
            await asyncio.to_thread(self._store.apply, generation)
        except BaseException:
            if self._shelf is not None and former is not None:
                with suppress(KzbotError):
                    await self._shelf.swap(former)
            raise
        if not self._store.busy:  # whose candidate nobody waits for yet
            await asyncio.to_thread(self._store.prune)
        number = await self._noted(
            Application(
                at=_moment(),
                actor=actor,
                way=way,
                generation=generation,
                former=former,
                articles=articles,
                summary=counts,
            )
        )
        outcome = Outcome("applied", generation, plan, number, former)
        self.tell(outcome, actor, way)
        return outcome

    async def _noted(self, done: Application) -> int | None:
        """The number in the history; None where it could not be written, which the next start makes up for."""
        try:
            return await self._ledger.applied(done)
        except QueryLogError as error:
            _LOGGER.error("What is served now is not in the history yet: %s", error)
            return None

    async def _note_served(self) -> None:
        """What a process served that ended before it could write so is written now."""
        served = self._store.applied()
        rows, _ = await self._ledger.history(1)
        last = rows[0].generation if rows else None
        if served is None or served == last:
            return
        counts = await asyncio.to_thread(self._counts, served, last)
        articles = counts.pop("articles", 0)
        await self._noted(
            Application(
                at=_moment(), actor=BOT, way="start", generation=served, former=last, articles=articles, summary=counts
            )
        )

    def _counts(self, generation: str, former: str | None) -> dict[str, int]:
        from kzbot.index.comparison import article_counts  # noqa: PLC0415 - rarely needed, and a start is not to wait

        with suppress(KzbotError):
            return article_counts(self._store.path(generation), self._store.path(former) if former else None)
        return {"articles": 0}

    def _waiting(self) -> Plan | None:
        candidate = self._store.waiting()
        return read_plan(self._store, candidate) if candidate else None

    def _servable(self) -> str | None:
        """The applied generation, None where it is of another version of the program or damaged."""
        applied = self._store.applied()
        return applied if applied and is_readable(self._store.path(applied)) else None

    def _task(self, work: Coroutine[Any, Any, _Result]) -> "asyncio.Task[_Result]":
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


async def _told(follower: Follower, outcome: Outcome, actor: Actor, way: str) -> None:
    try:
        await follower(outcome, actor, way)
    except Exception:
        _LOGGER.exception("What was done to the corpus could not be told")


def _moment() -> datetime:
    return datetime.now(UTC)
