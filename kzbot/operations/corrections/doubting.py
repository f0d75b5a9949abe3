"""Taking what readers doubt onto the moderators' list."""

from dataclasses import dataclass
from typing import Literal

from kzbot.querylog.ledger.ledger import Ledger
from kzbot.querylog.ledger.rows import Report

MOST_OPEN = 20
"""So many doubts of one person may be open at a time."""


@dataclass(frozen=True, slots=True)
class Doubted:
    """`taken`: it is on the list now, as `number`. `there`: the same doubt is on it already, as `number`. `too_many`: this
    person has `MOST_OPEN` open ones, and it was not taken."""

    kind: Literal["taken", "there", "too_many"]
    number: int | None = None


async def take_doubt(ledger: Ledger, report: Report) -> Doubted:
    """Put a doubt onto the list, once."""
    same = await ledger.same_report(report.kind, report.address, report.words)
    if same is not None:
        return Doubted("there", same.number)
    if await ledger.open_reports_of(report.user) >= MOST_OPEN:
        return Doubted("too_many")
    return Doubted("taken", await ledger.take_report(report))
