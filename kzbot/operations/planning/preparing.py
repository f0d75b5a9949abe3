"""Getting a candidate ready with its plan: built beside the served generation, compared with it, and kept until it is applied."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kzbot.index.building.child import build_in_child
from kzbot.index.inspect import is_readable
from kzbot.index.sources import BuildSummary, ProgressCallback, Sources
from kzbot.index.store import GenerationStore
from kzbot.operations.outcome import Outcome
from kzbot.operations.planning.child import plan_in_child
from kzbot.operations.planning.plan import Plan
from kzbot.operations.planning.task import Task
from kzbot.querylog.rows import AskedRow

LOOKED_BACK = timedelta(days=30)
MOST_QUESTIONS = 200


class Preparing:
    """Makes the candidates of one store; `frequent` and `golden` as the keeper has them."""

    def __init__(
        self,
        store: GenerationStore,
        frequent: Callable[[datetime, int], Awaitable[list[AskedRow]]] | None,
        golden: Path | None,
    ) -> None:
        self._store, self._frequent, self._golden = store, frequent, golden

    async def prepare(self, sources: Sources, changing: asyncio.Lock, progress: ProgressCallback) -> Outcome:
        """Build and compare; the outcome is that of `Keeper.plan`. `changing` is held by whoever changes what is served."""
        while True:
            served, base = await asyncio.to_thread(self._standing)
            path = self._store.path(base) if base else None
            missing = not await asyncio.to_thread(sources.folder.is_dir)
            if missing and base is None:
                values: dict[str, object] = {"folder": str(sources.folder)}
                return Outcome("refused", served, reason="operations.reload.no_folder", values=values)
            summary = await build_in_child(sources, self._store.folder, path, progress)
            try:
                outcome = await self._decide(summary, served, sources, missing, progress)
            except BaseException:
                self._discard(summary, served)
                raise
            async with changing:
                if await asyncio.to_thread(self._store.applied) != served:  # another one is served since
                    self._discard(summary, served)
                    continue
                await asyncio.to_thread(self._keep, outcome)
            return outcome

    def _standing(self) -> tuple[str | None, str | None]:
        """The generation that is served, and the one that a build starts from; a record that was lost is made good."""
        served, base = self._store.applied(), self._store.newest()
        if served is None and base is not None and is_readable(self._store.path(base)):
            self._store.apply(base)
            return base, base
        return served, base

    async def _decide(
        self, summary: BuildSummary, served: str | None, sources: Sources, missing: bool, progress: ProgressCallback
    ) -> Outcome:
        if summary.generation == served:
            return Outcome("unchanged", served)
        if served is None and not summary.articles:
            self._discard(summary, served)
            values = {"folder": str(sources.folder), "rejected": len(summary.rejected)}
            return Outcome("refused", served, reason="operations.reload.no_articles", values=values)
        return Outcome("planned", served, await self._planned(summary, served, missing, progress))

    async def _planned(
        self, summary: BuildSummary, served: str | None, missing: bool, progress: ProgressCallback
    ) -> Plan:
        task = Task(
            summary=summary,
            base=served,
            questions=await self._questions(),
            golden=self._golden,
            today=datetime.now(UTC).date(),
            no_folder=missing,
        )
        return await plan_in_child(task, self._store, progress)

    async def _questions(self) -> tuple[AskedRow, ...]:
        if self._frequent is None:
            return ()
        return tuple(_merged(await self._frequent(datetime.now(UTC) - LOOKED_BACK, MOST_QUESTIONS)))

    def _keep(self, outcome: Outcome) -> None:
        """The candidate waits; where nothing is to be done, none does any longer."""
        if outcome.plan is not None:
            self._store.wait(outcome.plan.candidate)
        elif outcome.kind == "unchanged":
            self._store.withdraw()

    def _discard(self, summary: BuildSummary, served: str | None) -> None:
        """A candidate that nobody waits for."""
        if summary.made and summary.generation not in (served, self._store.waiting()):
            self._store.discard(summary.generation)


def _merged(rows: Iterable[AskedRow]) -> list[AskedRow]:
    """The same questions with their options in another order are one."""
    found: dict[tuple[str, frozenset[tuple[str, str]]], AskedRow] = {}
    for row in rows:
        key = (row.command, frozenset((name, repr(value)) for name, value in row.options.items()))
        known = found.get(key)
        asked = row.asked + (known.asked if known else 0)
        found[key] = AskedRow(command=row.command, options=known.options if known else row.options, asked=asked)
    return sorted(found.values(), key=lambda row: -row.asked)
