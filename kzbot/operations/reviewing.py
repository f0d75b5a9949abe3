"""What moderators and operators make of questions that were not answered: the steps that need nothing but the log."""

from datetime import datetime
from typing import Literal

from kzbot.querylog.ledger.rows import Actor
from kzbot.querylog.review.review import Review
from kzbot.querylog.review.rows import Group, ReviewRecord
from kzbot.querylog.rows import storable

REMARK = 200
"""Characters of a note on a missing source."""


async def note_source(review: Review, group: Group, remark: str, actor: Actor, at: datetime) -> None:
    """Notes what would have to be brought, on one line and cut; nothing may be said of it."""
    said = " ".join(storable(remark).split())[:REMARK]
    await review.add(ReviewRecord(at=at, actor=actor, kind="source", alike=group.alike, remark=said))


async def mark(review: Review, group: Group, kind: Literal["tell", "dismissed"], actor: Actor, at: datetime) -> bool:
    """Dismisses a group, or asks for its askers to be told; False where that holds already."""
    if group.review(kind) is not None and (kind == "tell" or group.closed):
        return False
    await review.add(ReviewRecord(at=at, actor=actor, kind=kind, alike=group.alike))
    return True


async def note_spelling(review: Review, group: Group, spelling: str, overlay: int, actor: Actor, at: datetime) -> None:
    """Keeps that a name was given this spelling for these questions; `overlay`: its number among the corrections."""
    record = ReviewRecord(at=at, actor=actor, kind="spelling", alike=group.alike, remark=spelling, overlay=overlay)
    await review.add(record)
