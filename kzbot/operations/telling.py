"""Tells who wished it that a question can be answered now: once each, whatever ends meanwhile."""

import asyncio
import contextlib
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime
from typing import Any, Protocol

from kzbot.answers.commands import known_command
from kzbot.answers.model import Answer, Question, Window
from kzbot.answers.question import checked
from kzbot.errors import GenerationError, KzbotError, QuestionError
from kzbot.querylog.alike import alike
from kzbot.querylog.ledger.ledger import Ledger
from kzbot.querylog.ledger.rows import BOT, Deed
from kzbot.querylog.review.review import Review
from kzbot.querylog.review.rows import DueRow, WishState
from kzbot.querylog.rows import QueryRow

_LOGGER = logging.getLogger(__name__)
BREATH = 0.02
"""Seconds between two questions, in which others are answered."""
LOOK = 5.0
"""Seconds between two looks for what another process, a command at the terminal, asked to be told."""


class UnsentError(Exception):
    """The message was certainly not sent, and may be sent later."""


class RefusedError(Exception):
    """The message is not taken: its reader does not want messages, or is there no more."""


Answering = Callable[[Question, Any, Window, date], Awaitable[Answer]]
Send = Callable[[DueRow], Awaitable[None]]
"""Sends one message; raises UnsentError, RefusedError, or, where nobody knows what became of it, anything else."""


class Served(Protocol):
    """The state of the corpus that is answered from."""

    @property
    def id(self) -> str | None: ...
    def current(self) -> AbstractAsyncContextManager[Any]: ...
    async def other_than(self, id_: str | None, /) -> None: ...


class Teller:
    """Asks the questions of open wishes again where moderators have asked for it; one in the process that holds the log.

    A wish is marked before its message is sent and marked again after: where the bot ends between the two nobody knows
    whether it arrived, moderators are shown that, and it is not sent again.
    """

    def __init__(
        self,
        review: Review,
        ledger: Ledger,
        served: Served,
        answering: Answering,
        clock: Callable[[], datetime],
        look: float = LOOK,
    ) -> None:
        self._review, self._ledger, self._served = review, ledger, served
        self._answering, self._clock, self._look = answering, clock, look
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Somebody wishes to be told, or a moderator has asked for it."""
        self._woken.set()

    async def follow(self, send: Send) -> None:
        """Tells for ever: now, after each change of what is served, when it is woken, and where another process asked for it."""
        settled = False
        while True:
            self._woken.clear()
            served, asked = self._served.id, -1
            try:
                asked = await self._review.last_tell()
                if not settled:
                    await self._review.settle()
                    settled = True
                await self.tell(send)
            except KzbotError as error:
                _LOGGER.warning("Who wished it could not be told: %s", error)
            except Exception:
                _LOGGER.exception("Who wished it could not be told")
            await self._next(served, asked)

    async def tell(self, send: Send) -> int:
        """Tells all whose question is answered now; how many people were told."""
        answered: dict[str, bool] = {}
        wishes: dict[tuple[int, str | None], list[DueRow]] = defaultdict(list)
        for one in await self._review.due():
            row = one.question
            key = repr((row.command, sorted(row.options.items())))
            if key not in answered:
                answered[key] = await self._is_answered(row)
                await asyncio.sleep(BREATH)
            if answered[key]:
                wishes[one.wish.user, alike(row.command, row.options)].append(one)
        states = [await self._told(some, send) for some in wishes.values()]
        told, refused = states.count("told"), states.count("failed")
        if told or refused:
            details = {"told": told, "refused": refused}
            await self._ledger.note(Deed(at=self._clock(), actor=BOT, action="tell", details=details))
        return told

    async def _told(self, alike_ones: Sequence[DueRow], send: Send) -> WishState | None:
        """What became of a person's wishes of alike questions, of which one message tells: that of the latest."""
        begun = [one for one in alike_ones if await self._review.begin_telling(one.wish, self._clock())]
        if not begun:
            return None
        state = await self._sent(begun[-1], send)
        if state != "telling":
            for one in begun:
                await self._review.end_telling(one.wish, state, self._clock())
        return state

    async def _sent(self, due: DueRow, send: Send) -> WishState:
        try:
            await send(due)
        except UnsentError as error:
            _LOGGER.warning("A message to who wished to be told could not be sent, and will be tried again: %s", error)
            return "open"
        except RefusedError as error:
            _LOGGER.info("A message to who wished to be told is not taken: %s", error)
            return "failed"
        except Exception:
            _LOGGER.exception("It is not known whether a message to who wished to be told arrived")
            return "telling"
        return "told"

    async def _is_answered(self, row: QueryRow) -> bool:
        """Whether what is served now answers a question; one that breaks down does not keep others from being told."""
        try:
            async with self._served.current() as generation:
                made = await self._answering(question_of(row), generation, Window(0, 1), self._clock().date())
        except GenerationError:
            return False
        except Exception:
            _LOGGER.exception("Question %s could not be asked again", row.number)
            return False
        return made.status == "answered"

    async def _next(self, served: str | None, asked: int) -> None:
        with _tasks(self._served.other_than(served), self._woken.wait(), self._asked_beside(asked)) as waiting:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)

    async def _asked_beside(self, asked: int) -> None:
        """Until the log holds a later review that asks for a telling than `asked`: nobody wakes this process for it."""
        while True:
            await asyncio.sleep(self._look)
            with contextlib.suppress(KzbotError):
                if await self._review.last_tell() != asked:
                    return


@contextlib.contextmanager
def _tasks(*work: Any) -> Iterator[list["asyncio.Task[Any]"]]:
    """Tasks that do not outlive the block."""
    tasks = [asyncio.ensure_future(one) for one in work]
    try:
        yield tasks
    finally:
        for task in tasks:
            task.cancel()


def question_of(row: QueryRow) -> Question:
    """The question of a row of the log, as it is asked now."""
    try:
        return checked(known_command(row.command), row.options)
    except QuestionError:
        return Question(row.command, dict(row.options))
