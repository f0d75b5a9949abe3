"""The words of messages that were checked from their menu: held for a while so that cards can be paged, never written."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from kzbot.answers.model import Option
from kzbot.querylog.messages import message_of
from kzbot.querylog.rows import QueryRow

SECONDS = 900.0
MOST = 64


@dataclass(frozen=True, slots=True)
class _Loan:
    options: Mapping[str, Option]
    until: float


class Lent:
    """The options of the latest such questions by their numbers in the log, for a quarter of an hour, in memory only.

    `clock` gives seconds that only grow. Needs a running event loop, which lets go of them in time.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._held: OrderedDict[int, _Loan] = OrderedDict()

    def keep(self, number: int, options: Mapping[str, Option]) -> None:
        """Holds what was asked under this number, and lets go of what is over the limits."""
        self._held[number] = _Loan(options, self._clock() + SECONDS)
        while len(self._held) > MOST:
            self._held.popitem(last=False)
        asyncio.get_running_loop().call_later(SECONDS + 1, self.expire)

    async def forget(self, gone: Callable[[int], Awaitable[bool]]) -> None:
        """Lets go of the words of questions of whose numbers that is true."""
        for number in list(self._held):
            if await gone(number):
                self._held.pop(number, None)

    def expire(self) -> None:
        """Lets go of what has been held long enough."""
        while self._held and next(iter(self._held.values())).until <= self._clock():
            self._held.popitem(last=False)

    def options_of(self, row: QueryRow) -> Mapping[str, Option] | None:
        """What was asked in this row; None where its words were a message's and are not held any more."""
        if message_of(row.command, row.options) is None:
            return row.options
        self.expire()
        loan = self._held.get(row.number)
        return None if loan is None else loan.options
