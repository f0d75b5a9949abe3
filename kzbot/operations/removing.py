"""Taking articles out of the corpus by a row, and bringing them back; no file is deleted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from kzbot.index.articles import by_key, titles_starting
from kzbot.index.generation import Generation
from kzbot.index.held import withdrawn_titles
from kzbot.index.rows import ArticleRow
from kzbot.index.sources import ProgressCallback
from kzbot.operations.keeper import Keeper
from kzbot.operations.outcome import Outcome
from kzbot.operations.planning.patience import when_free
from kzbot.operations.planning.plan import Plan
from kzbot.operations.shelf import Shelf
from kzbot.querylog.ledger.ledger import Ledger
from kzbot.querylog.ledger.rows import Actor, OverlayRecord, OverlayRow

_MOST = 25


@dataclass(frozen=True, slots=True)
class Removed:
    """What came of it. `article`: its id, `title` where it is known. `number`: the row that withdraws it.

    `outcome` is that of the keeper; None where nothing was done, for `reason` (a phrase key).
    """

    article: str
    title: str | None = None
    number: int | None = None
    outcome: Outcome | None = None
    reason: str | None = None


class Remover:
    """Withdraws articles and brings them back. What is nothing but that is applied at once, all else waits as a plan."""

    def __init__(self, keeper: Keeper, ledger: Ledger, shelf: Shelf) -> None:
        self._keeper, self._ledger, self._shelf = keeper, ledger, shelf

    async def remove(self, article: str, actor: Actor, progress: ProgressCallback = lambda _: None) -> Removed:
        """Withdraw the article with this id, file or title, or the one whose id begins so."""
        async with self._shelf.current() as generation:
            row = await by_key(generation, article) or await _begun(generation, article)
        if row is None:
            held = await self._withdrawals(article)
            return Removed(article, reason="operations.removing.withdrawn" if held else "operations.removing.unknown")
        held = await self._withdrawals(row.id)
        record = OverlayRecord(at=datetime.now(UTC), actor=actor, kind="withdrawal", article=row.id)
        number = held[-1].number if held else await self._ledger.lay(record)
        try:
            outcome = await self._at_once(lambda plan: _only(plan, removed=row.id), actor, "removal", progress)
        except BaseException:  # a build that fails must not take the article away the next time
            if not held:
                await self._ledger.lift(number, actor, datetime.now(UTC))
            raise
        return Removed(row.id, row.title, number, outcome)

    async def restore(self, article: str, actor: Actor, progress: ProgressCallback = lambda _: None) -> Removed:
        """Bring back the withdrawn article with this id or title, or the one whose id begins so."""
        held = await self._withdrawals(article)
        if not held:
            meant = [id_ for id_, title in await self.withdrawn(article) if _is_meant(article, id_, title)]
            article = meant[0] if len(meant) == 1 else article
            held = await self._withdrawals(article)
        if not held:
            return Removed(article, reason="operations.removing.not_withdrawn")
        title = dict(await self.withdrawn(article)).get(article)
        for row in held:
            await self._ledger.lift(row.number, actor, datetime.now(UTC))
        try:
            outcome = await self._at_once(lambda plan: _only(plan, added=article), actor, "restore", progress)
        except BaseException:
            await self._ledger.lay(OverlayRecord(at=datetime.now(UTC), actor=actor, kind="withdrawal", article=article))
            raise
        return Removed(article, title, held[-1].number, outcome)

    async def undo(self, number: int, actor: Actor, progress: ProgressCallback = lambda _: None) -> Removed:
        """Bring back the article that this row withdrew."""
        row = await self._ledger.overlay(number)
        if row is None or row.kind != "withdrawal" or row.article is None:
            return Removed("", reason="operations.removing.not_withdrawn")
        return await self.restore(row.article, actor, progress)

    async def regret(self, since: datetime, actor: Actor) -> int:
        """Undo the withdrawals that were laid after `since`, and plan nothing; how many it were."""
        rows = [row for row in await self._ledger.holding() if row.kind == "withdrawal" and row.at > since]
        return sum([await self._ledger.lift(row.number, actor, datetime.now(UTC)) for row in rows])

    async def removable(self, typed: str) -> list[tuple[str, str]]:
        """Id and title of articles that are served and may be meant, for a suggestion."""
        async with self._shelf.current() as generation:
            return [(row.id, row.title) for row in await titles_starting(generation, typed.strip(), _MOST)]

    async def withdrawn(self, typed: str = "") -> list[tuple[str, str]]:
        """Id and title of withdrawn articles that hold what was typed, the last withdrawn first."""
        rows = [row for row in await self._ledger.holding() if row.kind == "withdrawal" and row.article]
        ids = dict.fromkeys(row.article for row in reversed(rows) if row.article)
        async with self._shelf.current() as generation:
            titles = await withdrawn_titles(generation)
            for id_ in ids.keys() - titles.keys():  # withdrawn since it was built
                row = await by_key(generation, id_)
                titles[id_] = row.title if row else id_
        named = [(id_, titles.get(id_, id_)) for id_ in ids]
        typed = typed.strip().casefold()
        return [one for one in named if typed in one[0].casefold() or typed in one[1].casefold()][:_MOST]

    async def _withdrawals(self, article: str) -> list[OverlayRow]:
        rows = await self._ledger.holding()
        return [row for row in rows if row.kind == "withdrawal" and row.article == article]

    async def _at_once(
        self, alone: Callable[[Plan], bool], actor: Actor, way: str, progress: ProgressCallback
    ) -> Outcome:
        """Plan, and apply the plan where it holds nothing else."""
        outcome = await when_free(lambda: self._keeper.plan(progress=progress))
        if outcome.kind != "planned" or outcome.plan is None or outcome.plan.danger or not alone(outcome.plan):
            return outcome
        return await self._keeper.apply(outcome.plan.candidate, actor, way=way, progress=progress)


async def _begun(generation: Generation, article: str) -> ArticleRow | None:
    """The one article with this title, or whose id begins so; none where several do."""
    rows = await titles_starting(generation, article, _MOST)
    meant = [row for row in rows if _is_meant(article, row.id, row.title)]
    return meant[0] if len(meant) == 1 and len(rows) < _MOST else None


def _is_meant(typed: str, id_: str, title: str) -> bool:
    return bool(typed) and (id_.startswith(typed) or title.casefold() == typed.casefold())


def _only(plan: Plan, *, added: str | None = None, removed: str | None = None) -> bool:
    """Whether the plan does just this to the articles."""
    return (
        [one.id for one in plan.added] == ([added] if added else [])
        and [one.id for one in plan.removed] == ([removed] if removed else [])
        and not (plan.changed or plan.newly_rejected or plan.reanalysed)
    )
