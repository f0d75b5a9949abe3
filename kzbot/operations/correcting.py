"""Corrections: laid over the corpus, built, applied and taken back, each in one step that is never left half done."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from kzbot.querylog.ledger.ledger import Ledger
from kzbot.querylog.ledger.rows import Actor, OverlayRecord, OverlayRow

if TYPE_CHECKING:  # a start does not wait for the rooms that build
    from kzbot.operations.keeper import Keeper
    from kzbot.operations.outcome import Outcome


_CHANGES = ("added", "changed", "removed", "statements_gained", "statements_lost", "answers")
"""The lists of a plan of which one is not empty where a correction of a date has an effect."""


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

    async def lay(self, record: OverlayRecord) -> Corrected:
        """Lay a checked correction over the corpus and serve what comes of it.

        What goes wrong on the way is raised, and then nothing is laid: DataFolderError, GenerationError, NameBookError,
        QueryLogError.
        """
        return await self._whole(self._lay(record))

    async def undo(self, number: int, actor: Actor) -> Corrected:
        """Take a correction back and serve what comes of it; what goes wrong is raised, and then it still holds."""
        return await self._whole(self._undo(number, actor))

    async def _whole(self, work: Coroutine[Any, Any, Corrected]) -> Corrected:
        """Work that goes on to its end, or back to its beginning, also where nobody waits for it any longer."""
        task = asyncio.create_task(self._in_turn(work))
        self._working.add(task)
        task.add_done_callback(self._working.discard)
        return await asyncio.shield(task)

    async def _in_turn(self, work: Coroutine[Any, Any, Corrected]) -> Corrected:
        async with self._one_at_a_time:
            return await work

    async def _lay(self, record: OverlayRecord) -> Corrected:
        pending = await self._pending()
        if pending is None:
            return Corrected("refused", await self._keeper.plan())
        number = await self._ledger.lay(record)
        try:
            outcome = await self._served(record.actor, "correction", pending, idle=record.kind == "date")
        except BaseException:
            await self._ledger.lift(number, record.actor, _now())
            raise
        if outcome.kind in ("refused", "unchanged"):
            await self._ledger.lift(number, record.actor, _now())
            return Corrected("nothing" if outcome.kind == "unchanged" else "refused", outcome)
        return Corrected(
            "applied" if outcome.kind == "applied" else "waits", outcome, await self._ledger.overlay(number)
        )

    async def _undo(self, number: int, actor: Actor) -> Corrected:
        found = await self._ledger.overlay(number)
        if found is None or found.undone_at is not None or found.kind == "withdrawal":
            return Corrected("gone", undone=True)
        pending = await self._pending()
        if pending is None:
            return Corrected("refused", await self._keeper.plan(), found, undone=True)
        await self._ledger.lift(number, actor, _now())
        try:
            outcome = await self._served(actor, "undo", pending)
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

    async def _pending(self) -> bool | None:
        """Whether the files hold changes that are not served yet; None where another build is under way."""
        if await self._keeper.is_current():
            return False
        outcome = await self._keeper.plan()
        return None if outcome.kind == "refused" else outcome.kind == "planned"

    async def _served(self, actor: Actor, way: str, pending: bool, *, idle: bool = False) -> "Outcome":
        """What comes of the corpus as it is laid now: served where nothing else would change with it, else its plan.

        `idle`: what changes no statement is not served either, and the outcome is `unchanged`.
        """
        outcome = await self._keeper.plan()
        if outcome.kind != "planned" or outcome.plan is None or pending:
            return outcome
        if idle and not any(getattr(outcome.plan, name) for name in _CHANGES):
            await self._keeper.cancel(outcome.plan.candidate, actor)
            return replace(outcome, kind="unchanged")
        return await self._keeper.apply(outcome.plan.candidate, actor, way=way)


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
