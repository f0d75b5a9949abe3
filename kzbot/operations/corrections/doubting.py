"""Taking what readers doubt onto the moderators' list."""

from collections.abc import Callable
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


class Doubters:
    """Counts the open doubts of each person, also where the log does not hold whose they are: those of this run then."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._taken: dict[int, list[int]] = {}

    async def take(self, report: Report) -> Doubted:
        """Put a doubt onto the list, once."""
        same = await self._ledger.same_report(report.kind, report.address, report.words)
        if same is not None:
            return Doubted("there", same.number)
        if await self._open(report.user) >= MOST_OPEN:
            return Doubted("too_many")
        number = await self._ledger.take_report(report)
        if report.user is not None and self._ledger.people.mode == "none":
            self._taken.setdefault(report.user, []).append(number)
        return Doubted("taken", number)

    async def _open(self, user: int | None) -> int:
        if self._ledger.people.mode != "none":
            return await self._ledger.open_reports_of(user)
        found = [await self._ledger.report(number) for number in self._taken.get(user or 0, ())]
        still = [one.number for one in found if one is not None and one.state == "open"]
        if user is not None and user in self._taken:
            self._taken[user] = still
        return len(still)

    def forget(self, means: Callable[[int], bool]) -> None:
        """Lets go of the people of whom that is true."""
        for user in [one for one in self._taken if means(one)]:
            del self._taken[user]
