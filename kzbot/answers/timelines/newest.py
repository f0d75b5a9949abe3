"""The newest statements of a timeline: what it tells last of what was reported."""

from collections.abc import Sequence

from kzbot.answers.evidence import Shown, evidence_of_statements
from kzbot.answers.model import Evidence, Placed
from kzbot.index import statements
from kzbot.index.generation import Generation
from kzbot.index.scope import Scope
from kzbot.index.statements import Statement

NEWEST = 3
LOOKED_AT = (12, 120)
"""So many statements at the end are looked at: the more where the few are but announcements."""
_CANDIDATES = 2 * NEWEST
"""Of which some may tell of one event."""


async def newest_statements(
    generation: Generation, scope: Scope, total: int, shown: Shown, *, by_event: bool
) -> tuple[Placed, ...]:
    """The newest of a timeline of `total` entries, the newest first; announcements only where nothing else is near.

    One passage, and one event, is among them once. `by_event`: whether `total` and places count an event once.
    """
    places: list[int] = []
    found: list[Statement] = []
    offset = total
    for looked_at in LOOKED_AT:
        offset = max(0, total - looked_at)
        found = (await statements.dated(generation, scope, offset, looked_at, by_event=by_event)).statements
        places = _places(found)
        if not offset or sum(not found[at].mark.mark.planned for at in places) >= NEWEST:
            break
    items = await evidence_of_statements(generation, [found[at] for at in places], shown)
    return placed([offset + at for at in places], items)


def placed(places: Sequence[int], items: Sequence[Evidence]) -> tuple[Placed, ...]:
    """The first of these items with their places, one of each event."""
    found: list[Placed] = []
    for at, item in zip(places, items, strict=True):
        if item.event is None or all(one.item.event != item.event for one in found):
            found.append(Placed(at, item))
    return tuple(found[:NEWEST])


def _places(found: Sequence[Statement]) -> list[int]:
    """Places of the last statements of different passages, those that announce last."""
    known: dict[int, int] = {}
    for at in sorted(range(len(found)), key=lambda at: (found[at].mark.mark.planned, -at)):
        known.setdefault(found[at].passage.number, at)
    return list(known.values())[:_CANDIDATES]
