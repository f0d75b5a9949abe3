"""Where questions are answered: from one generation, into the log, and only then to who asked."""

import asyncio
import contextlib
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from kzbot.answers.commands import command_named
from kzbot.answers.model import Answer, Evidence, Option, Question, Window
from kzbot.answers.question import checked
from kzbot.chat.asked import Asked
from kzbot.chat.handle import handle_for
from kzbot.chat.paging import INDEXED, TELLING, Jump, window, year_jumps
from kzbot.chat.services import Services
from kzbot.errors import KzbotError, QuestionError
from kzbot.querylog.rows import QueryRecord, QueryRow, QueryStatus

_REMEMBERED = 64


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and where: Discord's ids."""

    user: int
    channel: int | None
    server: int | None


class AnswerFailedError(Exception):
    """Answering broke down; `number` is its row in the log, its cause the error itself."""

    def __init__(self, number: int) -> None:
        super().__init__(f"question {number} could not be answered")
        self.number = number


class Desk:
    """Answers questions and shows earlier answers again; remembers the years of the latest timelines."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.stopped = False
        self._at_work: list[asyncio.Task[Any] | None] = []
        self._idle = asyncio.Event()
        self._idle.set()
        self._jumps: OrderedDict[tuple[Any, ...], tuple[Jump, ...]] = OrderedDict()

    @property
    def per_page(self) -> int:
        """Items on a page."""
        return self.services.settings.answers.items_per_page

    @contextlib.contextmanager
    def at_work(self) -> Iterator[None]:
        """Marks that somebody is being answered, so that a stop can wait for it."""
        task = asyncio.current_task()
        self._at_work.append(task)
        self._idle.clear()
        try:
            yield
        finally:
            self._at_work.remove(task)
            if not self._at_work:
                self._idle.set()

    async def idle(self) -> None:
        """Returns when nobody is being answered."""
        await self._idle.wait()

    def stop(self) -> None:
        """Takes no more questions and cancels those under way: nobody could be told, and the log is about to close."""
        self.stopped = True
        for task in self._at_work:
            if task is not None:
                task.cancel()

    async def ask(self, asker: Asker, command: str, options: Mapping[str, object], *, private: bool) -> Asked:
        """The first page of an answer, its row committed to the log before this returns.

        Raises AnswerFailedError where answering broke down, with the row that says so; QueryLogError where the log
        could not take the row: what is not in the log is not answered.
        """
        now, started = self.services.clock(), time.perf_counter()
        given = {name: _storable(value) for name, value in options.items()}
        record = _record(asker, command, given, now, private)
        try:
            answer, jumps = await self._answer(_question(command, given), 0, now)
        except Exception as error:
            took = _since(started)
            number = await self.services.log.record(replace(record, status="failed", took_ms=took))
            raise AnswerFailedError(number) from error
        number = await self.services.log.record(
            replace(
                record, status=answer.status, items=answer.total, took_ms=_since(started), generation=answer.generation
            )
        )
        handle = handle_for(number, command, answer.generation)
        return Asked(handle, answer, self.per_page, 0, private, asker.server is not None, jumps)

    async def note(
        self,
        asker: Asker,
        command: str,
        options: Mapping[str, Option],
        status: QueryStatus,
        items: int = 0,
        took: float = 0.0,
    ) -> int:
        """A row for what was asked of the bot itself, not of the corpus; its number."""
        record = _record(asker, command, options, self.services.clock(), private=True)
        return await self.services.log.record(replace(record, status=status, items=items, took_ms=round(took, 3)))

    async def reopen(self, row: QueryRow, page: int) -> Asked | None:
        """A page of an earlier answer, from the generation that it was made from; None where that is no longer kept."""
        async with self._kept(row) as kept:
            if kept is None:
                return None
            question, generation = kept
            answer, jumps = await self._made(question, generation, page, row.asked_at)
        handle = handle_for(row.number, row.command, answer.generation)
        return Asked(handle, answer, self.per_page, page, row.private, row.server is not None, jumps)

    async def item(self, row: QueryRow, at: int) -> Evidence | None:
        """The item at this place of an earlier answer's list, undated ones last; None where it is no longer kept.

        `at` is the place of an entry, with `TELLING` for each place that a telling of its event has behind the first.
        """
        async with self._kept(row) as kept:
            if kept is None:
                return None
            question, generation = kept
            at, telling = at % TELLING, at // TELLING
            window = Window(at, 1, by_event=question.command == "timeline")
            answer = await self.services.answer(question, generation, window, row.asked_at.date())
        behind = at - answer.listed
        listed = answer.items[at - answer.offset :] if behind < 0 else answer.undated[behind - answer.undated_offset :]
        tellings = (listed[0], *listed[0].others) if listed else ()
        return tellings[telling] if telling < len(tellings) else None

    async def whole(self, row: QueryRow) -> tuple[Question, Asked] | None:
        """An earlier question with its whole list, from the same generation; None where that is no longer kept."""
        async with self._kept(row) as kept:
            if kept is None:
                return None
            question, generation = kept
            answer = await self.services.answer(question, generation, Window(), row.asked_at.date())
        handle = handle_for(row.number, row.command, answer.generation)
        return question, Asked(handle, answer, self.per_page, 0, row.private, row.server is not None)

    @contextlib.asynccontextmanager
    async def _kept(self, row: QueryRow) -> AsyncIterator[tuple[Question, Any] | None]:
        """The question of a row and the generation that it was answered from; None where that is no longer kept."""
        if row.generation is None:
            yield None
            return
        async with self.services.shelf.kept(row.generation) as generation:
            yield None if generation is None else (_question(row.command, row.options), generation)

    async def _answer(self, question: Question, page: int, now: datetime) -> tuple[Answer, tuple[Jump, ...]]:
        async with self.services.shelf.current() as generation:
            return await self._made(question, generation, page, now)

    async def _made(
        self, question: Question, generation: Any, page: int, now: datetime
    ) -> tuple[Answer, tuple[Jump, ...]]:
        wanted = window(question.command, page, self.per_page)
        answer = await self.services.answer(question, generation, wanted, now.date())
        return answer, await self._jumps_of(question, answer, generation, now)

    async def _jumps_of(self, question: Question, answer: Answer, generation: Any, now: datetime) -> tuple[Jump, ...]:
        """The years of a timeline of more than a page, worked out once."""
        if question.command != "timeline" or not self.per_page < answer.listed <= INDEXED:
            return ()
        key = (answer.generation, now.date(), *sorted(question.options.items()))
        if key not in self._jumps:
            whole = await self.services.answer(question, generation, Window(0, INDEXED, by_event=True), now.date())
            self._jumps[key] = year_jumps(whole.items, self.per_page)
            while len(self._jumps) > _REMEMBERED:
                self._jumps.popitem(last=False)
        self._jumps.move_to_end(key)
        return self._jumps[key]


def _record(asker: Asker, command: str, options: Mapping[str, Option], now: datetime, private: bool) -> QueryRecord:
    return QueryRecord(
        asked_at=now,
        user=asker.user,
        channel=asker.channel,
        server=asker.server,
        command=command,
        options=options,
        status="failed",
        items=0,
        took_ms=0.0,
        generation=None,
        private=private,
    )


def _storable(value: object) -> Option:
    """A value as the log can hold it: half a surrogate pair is no text."""
    if isinstance(value, bool | int | float):
        return value
    return str(value).encode("utf-8", "replace").decode("utf-8")


def _question(command: str, options: Mapping[str, Option]) -> Question:
    """The question as the answers know it; one that they would refuse is handed on as it is, to be refused there."""
    known = command_named(command)
    if known is None:
        raise KzbotError(f"There is no question /{command}.")
    try:
        return checked(known, options)
    except QuestionError:
        return Question(command, dict(options))


def _since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 3)
