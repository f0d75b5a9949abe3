"""Takes up spellings that another process, a command at the terminal, asked the running bot to lay or to take back."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any, Protocol

from kzbot.errors import KzbotError, QuestionError
from kzbot.operations.corrections.correcting import Corrected, Corrector
from kzbot.operations.corrections.spelling import spelling_record
from kzbot.querylog.ledger.ledger import Ledger
from kzbot.querylog.ledger.rows import BOT, TERMINAL
from kzbot.querylog.review.review import Review
from kzbot.querylog.review.rows import ReviewRow

_LOGGER = logging.getLogger(__name__)
LOOK = 2.0
"""Seconds between two looks."""


class Served(Protocol):
    """The state of the corpus that is answered from."""

    def current(self) -> AbstractAsyncContextManager[Any]: ...


class TakerUp:
    """Does what was asked for, one after the other; one in the process that holds the log.

    What came of it stands where it was asked for, until who asked has read it. Where the bot ends before that is kept it is
    done at its next start.
    """

    def __init__(
        self, review: Review, ledger: Ledger, served: Served, corrector: Corrector, clock: Callable[[], datetime]
    ) -> None:
        self._review, self._ledger, self._served = review, ledger, served
        self._corrector, self._clock = corrector, clock

    async def follow(self) -> None:
        """Takes up for ever; what nobody waited for is let go of first."""
        first = True
        while True:
            try:
                await self.take(forget=first)
                first = False
            except KzbotError as error:
                _LOGGER.warning("What the terminal asked for could not be read: %s", error)
            except Exception:
                _LOGGER.exception("What the terminal asked for could not be read")
            await asyncio.sleep(LOOK)

    async def take(self, *, forget: bool = False) -> None:
        """Does all that is asked for now; `forget`: lets go of what is done."""
        for number, asked in (await self._review.requests()).items():
            if "kind" not in asked:
                await self._review.request(number, await self._outcome(number, asked))
            elif forget:
                await self._review.drop_request(number)

    async def _outcome(self, number: int, asked: Mapping[str, Any]) -> Mapping[str, Any]:
        """What came of it, without a word that anybody typed."""
        try:
            review = await self._review.review(number)
            if review is None or review.alike is None:
                return {"kind": "gone"}
            made = await (self._lift(review) if asked.get("undo") else self._lay(review, str(asked.get("name"))))
        except QuestionError:
            return await self._refused(number, "operations.taking_up.changed")
        except Exception as error:
            _LOGGER.exception("What the terminal asked for could not be done")
            return await self._refused(number, "operations.taking_up.failed", error=type(error).__name__)
        said = made.outcome
        if said is None or said.reason is None:
            return {"kind": made.kind}
        return {"kind": made.kind, "reason": said.reason, "values": {k: str(v) for k, v in said.values.items()}}

    async def _lay(self, review: ReviewRow, name: str) -> Corrected:
        for held in await self._ledger.holding():  # laid when the bot ended before it was noted
            if held.kind == "spelling" and (held.name, held.words) == (name, review.remark):
                await self._review.laid(review.number, held.number)
                return Corrected("applied")
        async with self._served.current() as generation:
            record, _ = await spelling_record(self._ledger, generation, name, review.remark, TERMINAL, self._clock())
        made = await self._corrector.lay(record)
        if made.overlay is not None:
            await self._review.laid(review.number, made.overlay.number)
        else:
            await self._review.undo(review.number, BOT, self._clock())
        return made

    async def _lift(self, review: ReviewRow) -> Corrected:
        return await self._corrector.undo(review.overlay or 0, TERMINAL)

    async def _refused(self, number: int, reason: str, **values: str) -> Mapping[str, Any]:
        review = await self._review.review(number)
        if review is not None and review.overlay is None:
            await self._review.undo(number, BOT, self._clock())
        return {"kind": "refused", "reason": reason, "values": values}
