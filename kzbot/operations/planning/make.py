"""Making a plan: two states of the corpus compared."""

from datetime import UTC, datetime

from kzbot.index.sources import BuildSummary
from kzbot.index.store import GenerationStore
from kzbot.operations.planning.plan import Danger, Duplicate, Plan, PlannedArticle

MOST_REMOVED = 0.1
"""A plan that takes away more than this part of the articles is applied only when it is confirmed by typing."""


async def plan_of(summary: BuildSummary, base: str | None, store: GenerationStore) -> Plan:
    """What applying the generation that was built would do to `base`."""
    before = summary.unchanged + len(summary.changed) + len(summary.removed)
    return Plan(
        candidate=summary.generation,
        base=base,
        made=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        before=before,
        after=summary.articles,
        added=tuple(PlannedArticle(one, one) for one in summary.added),
        removed=tuple(PlannedArticle(one, one) for one in summary.removed),
        rejected=summary.rejected,
        duplicates=tuple(Duplicate(one.file, "", one.reason) for one in summary.duplicates),
        reanalysed=summary.reanalysed,
        danger=_danger(summary, before),
        seconds=summary.seconds,
    )


def _danger(summary: BuildSummary, before: int) -> Danger | None:
    if before and not summary.articles:
        return "no_articles"
    return "many_removed" if len(summary.removed) > MOST_REMOVED * before else None
