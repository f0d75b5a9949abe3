"""Taking changed files into the corpus: build a candidate beside the served generation, and apply it if that is safe."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kzbot.index.building.child import build_in_child
from kzbot.index.inspect import is_current, is_readable
from kzbot.index.sources import BuildSummary, ProgressCallback, Sources
from kzbot.index.store import GenerationStore

MOST_REMOVED = 0.1
"""A reload that would take away more than this part of the articles is not applied unless it is forced."""

Outcome = Literal["applied", "unchanged", "waiting", "refused"]


@dataclass(frozen=True, slots=True)
class ReloadReport:
    """What a reload did. `generation` is the one that is served now, None where there is none yet.

    `applied`: a new generation is served. `unchanged`: there was nothing to do. `waiting`: a candidate was built and
    not applied. `refused`: nothing was built. For the last two `reason` is a phrase key and `values` its values.
    """

    outcome: Outcome
    generation: str | None
    summary: BuildSummary | None = None
    reason: str | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    candidate: str | None = None

    @property
    def applied(self) -> bool:
        """Whether another generation is served than before."""
        return self.outcome == "applied"


async def reload(
    sources: Sources,
    store: GenerationStore,
    *,
    force: bool = False,
    apply: bool = True,
    progress: ProgressCallback = lambda _: None,
) -> ReloadReport:
    """Build from the folder as it is now, and make the result the served generation.

    Refused, by the report: where another reload of this process is under way; where the folder is missing or holds no
    article (an empty one not under `force`). Kept waiting: where more than a tenth of the articles would go, unless
    `force`; and where `apply` is False. Raises DataFolderError where another process holds the data folder, and
    GenerationError or NameBookError where the build fails; then all is as it was.
    """
    with store.lock(), store.building() as alone:
        if not alone:
            return ReloadReport("refused", store.applied(), reason="operations.reload.busy")
        if not await asyncio.to_thread(sources.folder.is_dir):
            values = {"folder": str(sources.folder)}
            return ReloadReport("refused", store.applied(), reason="operations.reload.no_folder", values=values)
        return await _reload(sources, store, force, apply, progress)


async def start(
    sources: Sources, store: GenerationStore, *, apply: bool = True, progress: ProgressCallback = lambda _: None
) -> ReloadReport:
    """Bring the corpus up to date at a start; cheap where no file changed. `apply` is the setting corpus.apply_on_start.

    Without a generation that can be served the first one is built and applied. Else a candidate is built where files
    changed, and applied unless a reload would keep it waiting, or an older generation than the newest is served: then
    somebody rolled back, and means it. Raises like `reload`.
    """
    applied = _servable(store)
    if applied is None:
        return await reload(sources, store, progress=progress)
    if await asyncio.to_thread(is_current, store.path(applied), sources):
        return ReloadReport("unchanged", applied)
    rolled_back = applied != store.kept()[-1]
    return await reload(sources, store, apply=apply and not rolled_back, progress=progress)


async def _reload(
    sources: Sources, store: GenerationStore, force: bool, apply: bool, progress: ProgressCallback
) -> ReloadReport:
    served = _servable(store)
    base = store.newest()
    summary = await build_in_child(sources, store.folder, store.path(base) if base else None, progress)
    if summary.articles == 0 and not force and (summary.made or served is None):
        if summary.made:
            store.discard(summary.generation)
        values = {"folder": str(sources.folder), "rejected": len(summary.rejected)}
        return ReloadReport("refused", served, summary, "operations.reload.no_articles", values)
    if summary.generation == served:
        store.withdraw()
        return ReloadReport("unchanged", served, summary)
    reason, values = _objection(summary, served, force, apply)
    if reason is not None:
        store.wait(summary.generation)
        return ReloadReport("waiting", served, summary, reason, values, candidate=summary.generation)
    store.apply(summary.generation)
    store.withdraw()
    store.prune()
    return ReloadReport("applied", summary.generation, summary)


def _objection(
    summary: BuildSummary, served: str | None, force: bool, apply: bool
) -> tuple[str | None, dict[str, object]]:
    """Why a finished candidate is not applied now: a phrase key and its values, or None."""
    before = summary.unchanged + len(summary.changed) + len(summary.removed)
    if served is None:
        return None, {}
    if len(summary.removed) > MOST_REMOVED * before and not force:
        return "operations.reload.too_many_removed", {"count": len(summary.removed), "before": before}
    if not apply:
        return "operations.reload.not_applied", {}
    return None, {}


def _servable(store: GenerationStore) -> str | None:
    """The applied generation, None where it is of another version of the program or damaged."""
    applied = store.applied()
    return applied if applied and is_readable(store.path(applied)) else None
