"""Corrections: laid over the corpus, built, applied and taken back, each in one step that is never left half done."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from kzbot.querylog.ledger.ledger import Ledger
from kzbot.querylog.ledger.rows import Actor, OverlayRecord, OverlayRow

if TYPE_CHECKING:  # a start does not wait for the rooms that build
    from kzbot.operations.keeper import Keeper
    from kzbot.operations.outcome import Outcome


_CHANGES = (
    "added",
    "changed",
    "removed",
    "newly_rejected",
    "new_names",
    "vanished_names",
    "statements_gained",
    "statements_lost",
    "answers",
    "reanalysed",
    "danger",
)
"""What tells of a plan that it would change something."""


Tell = Callable[[Any], None]
"""Is told how far a build is, as `ProgressCallback` of the index."""


def _silent(_: object) -> None:
    """Nobody wants to know how far it is."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a correction, or taking one back (`undone`), came to.

    `applied`: answers are made with it from now on. `waits`: it holds from the next build on, but the files hold other
    changes, too, so that a plan with all of them waits for a moderator. `nothing`: no answer would be another, and nothing is
    laid. `refused`: nothing was done; `outcome.reason` says why. `gone`: there is no such correction that holds. `overlay`:
    the correction as the ledger holds it, None where none does.
    """

    kind: Literal["applied", "waits", "nothing", "refused", "gone"]
    outcome: "Outcome | None" = None
    overlay: OverlayRow | None = None
    undone: bool = False


class Corrector:
    """Lays and lifts corrections one after the other; one in the process that holds the data folder."""

    def __init__(self, keeper: "Keeper", ledger: Ledger) -> None:
        self._keeper, self._ledger = keeper, ledger
        self._one_at_a_time = asyncio.Lock()
        self._working: set[asyncio.Task[Corrected]] = set()

    async def lay(self, record: OverlayRecord, *, progress: Tell = _silent) -> Corrected:
        """Lay a checked correction over the corpus and serve what comes of it.

        What goes wrong on the way is raised, and then nothing is laid: DataFolderError, GenerationError, NameBookError,
        QueryLogError.
        """
        return await self._whole(self._lay(record, progress))

    async def undo(self, number: int, actor: Actor, *, progress: Tell = _silent) -> Corrected:
        """Take a correction back and serve what comes of it; what goes wrong is raised, and then it still holds."""
        return await self._whole(self._undo(number, actor, progress))

    async def _whole(self, work: Coroutine[Any, Any, Corrected]) -> Corrected:
        """Work that goes on to its end, or back to its beginning, also where nobody waits for it any longer."""
        task = asyncio.create_task(self._in_turn(work))
        self._working.add(task)
        task.add_done_callback(self._working.discard)
        return await asyncio.shield(task)

    async def _in_turn(self, work: Coroutine[Any, Any, Corrected]) -> Corrected:
        async with self._one_at_a_time:
            return await work

    async def _lay(self, record: OverlayRecord, progress: Tell) -> Corrected:
        pending = await self._pending(progress)
        if pending is not None and pending.kind == "refused":
            return Corrected("refused", pending)
        number = await self._ledger.lay(record)
        try:
            outcome = await self._served(record.actor, "correction", pending, progress, idle=record.kind == "date")
        except BaseException:
            await self._ledger.lift(number, record.actor, _now())
            raise
        if outcome.kind in ("refused", "unchanged"):
            await self._ledger.lift(number, record.actor, _now())
            return Corrected("nothing" if outcome.kind == "unchanged" else "refused", outcome)
        return Corrected(
            "applied" if outcome.kind == "applied" else "waits", outcome, await self._ledger.overlay(number)
        )

    async def _undo(self, number: int, actor: Actor, progress: Tell) -> Corrected:
        found = await self._ledger.overlay(number)
        if found is None or found.undone_at is not None or found.kind == "withdrawal":
            return Corrected("gone", undone=True)
        pending = await self._pending(progress)
        if pending is not None and pending.kind == "refused":
            return Corrected("refused", pending, found, undone=True)
        await self._ledger.lift(number, actor, _now())
        try:
            outcome = await self._served(actor, "undo", pending, progress)
        except BaseException:
            await self._again(found, actor)
            raise
        if outcome.kind == "refused":
            return Corrected("refused", outcome, await self._again(found, actor), undone=True)
        kind: Literal["applied", "waits"] = "applied" if outcome.kind in ("applied", "unchanged") else "waits"
        return Corrected(kind, outcome, await self._ledger.overlay(number), undone=True)

    async def _again(self, found: OverlayRow, actor: Actor) -> OverlayRow | None:
        """The same correction laid anew: what was lifted stays lifted in the ledger."""
        return await self._ledger.overlay(await self._ledger.lay(record_of(found, actor)))

    async def _pending(self, progress: Tell) -> "Outcome | None":
        """The plan of changes that are not served yet, or why none can be made; None where there are no such changes."""
        if await self._keeper.is_current():
            return None
        outcome = await self._keeper.plan(progress=progress)
        return outcome if outcome.kind == "refused" or _changes(outcome) else None

    async def _served(
        self, actor: Actor, way: str, pending: "Outcome | None", progress: Tell, *, idle: bool = False
    ) -> "Outcome":
        """What comes of the corpus as it is laid now: served where nothing else would change with it, else its plan.

        `idle`: what changes no statement is not served either, and the outcome is `unchanged`.
        """
        outcome = await self._keeper.plan(progress=progress)
        if outcome.kind != "planned" or outcome.plan is None or pending is not None:
            return outcome
        if idle and not _changes(outcome):
            await self._keeper.cancel(outcome.plan.candidate, actor)
            return replace(outcome, kind="unchanged")
        return await self._keeper.apply(outcome.plan.candidate, actor, way=way)


def _changes(outcome: "Outcome") -> bool:
    """Whether a plan would change what is answered, and not only how the files were found."""
    return outcome.plan is not None and any(getattr(outcome.plan, name) for name in _CHANGES)


def record_of(found: OverlayRow, actor: Actor) -> OverlayRecord:
    """The same to be laid once more, now and by this one."""
    return OverlayRecord(
        at=_now(),
        actor=actor,
        kind=found.kind,
        article=found.article,
        words=found.words,
        edtf=found.edtf,
        name=found.name,
        report=found.report,
    )


def _now() -> datetime:
    return datetime.now(UTC)
