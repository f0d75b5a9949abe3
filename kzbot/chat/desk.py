"""Where questions are answered: from one generation, into the log, and only then to who asked."""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from kzbot.answers.commands import known_command
from kzbot.answers.model import Answer, Evidence, Option, Question, Window
from kzbot.answers.question import checked
from kzbot.chat.asked import Asked
from kzbot.chat.cooldown import Cooldown
from kzbot.chat.handle import Handle, Part, handle_for
from kzbot.chat.lent import Lent
from kzbot.chat.paging import TELLING, by_event, known_part, last_page, opening, window
from kzbot.chat.services import Services
from kzbot.chat.under_way import UnderWay
from kzbot.errors import QuestionError
from kzbot.logs import QUESTIONS, about, wrote
from kzbot.operations.corrections.correcting import Corrector
from kzbot.operations.corrections.doubting import Doubters
from kzbot.operations.taking_up import TakerUp
from kzbot.operations.telling import Teller
from kzbot.querylog.alike import asked_with, is_own
from kzbot.querylog.messages import message_of
from kzbot.querylog.rows import QueryRecord, QueryRow, QueryStatus

if TYPE_CHECKING:
    from kzbot.operations.erasing.eraser import Forgotten

_questions = logging.getLogger(QUESTIONS)
_OFTEN = 20
"""Suggestions for each question. A letter typed is one wish for them, and each costs 1 ms, at most 5 (10,000 names): who makes a
program ask for 600 a minute takes 5 % of a processor at most, and nobody types so fast."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and where: Discord's ids. `user` None: the bot itself."""

    user: int | None
    channel: int | None
    server: int | None


class AnswerFailedError(Exception):
    """Answering broke down; `number` is its row in the log, its cause the error itself."""

    def __init__(self, number: int) -> None:
        super().__init__(f"question {number} could not be answered")
        self.number = number


class Desk:
    """Answers questions and shows earlier answers again.

    `cooldown`: how often a person may ask; `often`: how often suggestions come and forms are taken; `held_up`: how often it is
    logged that somebody must wait.
    """

    def __init__(self, services: Services) -> None:
        self.services = services
        limit = services.settings.discord.cooldown
        self.cooldown, self.often, self.held_up = Cooldown(limit), Cooldown(limit * _OFTEN), Cooldown(1)
        self.lent, self.under_way = Lent(), UnderWay()
        self.doubters = Doubters(services.log.ledger)
        self.corrector = Corrector(services.keeper, services.log.ledger)
        log = services.log
        self.teller = Teller(log.review, log.ledger, services.shelf, services.answer, services.clock)
        self.taker_up = TakerUp(log.review, log.ledger, services.shelf, self.corrector, services.clock)
        self.stopped = False
        self._at_work: list[asyncio.Task[Any] | None] = []
        self._idle = asyncio.Event()
        self._idle.set()

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

    async def forget(self, forgotten: "Forgotten") -> None:
        """Lets go of the words of questions that are in the log no more, and of a person who is forgotten."""

        async def gone(number: int) -> bool:
            return await self.services.log.query(number) is None

        await self.lent.forget(gone)
        if forgotten.kind == "person":
            self.doubters.forget(forgotten.means)

    def stop(self) -> None:
        """Takes no more questions and cancels those under way: nobody could be told, and the log is about to close."""
        self.stopped = True
        for task in self._at_work:
            if task is not None:
                task.cancel()

    async def ask(
        self,
        asker: Asker,
        command: str,
        options: Mapping[str, object],
        *,
        private: bool,
        kept: Mapping[str, Option] | None = None,
    ) -> Asked:
        """An answer as it opens, its row committed to the log before this returns.

        `command`: as the log names it, see `asked_with`. `kept` is what the log keeps in the place of options whose words nobody may keep: they are held in memory for a
        while, and no error shows them.

        Raises AnswerFailedError where answering broke down, with the row that says so; QueryLogError where the log
        could not take the row: what is not in the log is not answered.
        """
        now, started = self.services.clock(), time.perf_counter()
        given = {name: _storable(value) for name, value in options.items()}
        wrote(given.values())
        record = _record(asker, command, given if kept is None else kept, now, private)
        try:
            answer = await self._answer(_question(command, given), now)
        except Exception as error:  # noqa: BLE001 - reported as the cause of another
            took = _since(started)
            number = await self._record(replace(record, status="failed", took_ms=took))
            raise AnswerFailedError(number) from error if kept is None else _wordless(error)
        took = _since(started)
        self.services.counts.answered(took / 1000)
        number = await self._record(
            replace(record, status=answer.status, items=answer.total, took_ms=took, generation=answer.generation)
        )
        if kept is not None:
            self.lent.keep(number, given)
        handle = handle_for(number, command, answer.generation)
        part = opening(answer, self.per_page)
        lent, in_server = kept is not None, asker.server is not None
        return Asked(handle, answer, self.per_page, 0, part, private, in_server, lent, is_own(command))

    async def note(
        self,
        asker: Asker,
        command: str,
        options: Mapping[str, Option],
        status: QueryStatus,
        items: int = 0,
        took: float = 0.0,
        generation: str | None = None,
    ) -> int:
        """A row for what was asked of the bot itself, not of the corpus; its number.

        `generation`: the state of the corpus that the card is about, where it is about one; its buttons are checked by it.
        """
        wrote(options.values())
        record = _record(asker, command, options, self.services.clock(), private=True)
        record = replace(record, status=status, items=items, took_ms=round(took, 3), generation=generation)
        return await self._record(record)

    async def note_own(
        self, channel: int, command: str, options: Mapping[str, Option], generation: str | None = None
    ) -> Handle:
        """A row for a card that the bot posts by itself in a channel, and the handle of that card's buttons."""
        number = await self.note(Asker(None, channel, None), command, options, "answered", generation=generation)
        return handle_for(number, command, generation)

    async def _record(self, record: QueryRecord) -> int:
        """The row's number, after its commit; a line of the program's own log tells of it, without its words."""
        started = time.perf_counter()
        number = await self.services.log.record(record)
        self.services.counts.written(time.perf_counter() - started)
        self.services.counts.asked(number, record.command, record.status)
        about(number)
        told = {"command": record.command, "status": record.status, "items": record.items, "ms": record.took_ms}
        words = "Question %s: /%s %s, items: %s, %.1f ms"
        _questions.info(words, number, *told.values(), extra={"question": number, **told})
        return number

    async def reopen(self, row: QueryRow, page: int, part: Part = Part.LIST) -> Asked | None:
        """A page of a part of an earlier answer, the last one where it has no such page, from the generation that it was
        made from; None where that is no longer kept."""
        async with self._kept(row) as kept:
            if kept is None:
                return None
            question, generation = kept
            answer, page, part = await self._page(question, generation, page, part, row.asked_at.date())
        handle = handle_for(row.number, row.command, answer.generation)
        lent = message_of(row.command, row.options) is not None
        in_server, by_bot = row.server is not None, is_own(row.command)
        return Asked(handle, answer, self.per_page, page, part, row.private, in_server, lent, by_bot)

    async def item(self, row: QueryRow, at: int) -> Evidence | None:
        """The item at this place of an earlier answer's list, undated ones last; None where it is no longer kept.

        `at` is the place of an entry, with `TELLING` for each place that a telling of its event has behind the first.
        """
        async with self._kept(row) as kept:
            if kept is None:
                return None
            question, generation = kept
            if question.command == "check":
                answer = await self.services.answer(question, generation, Window(), row.asked_at.date())
                return answer.checks[at].evidence if at < len(answer.checks) else None
            at, telling = at % TELLING, at // TELLING
            wanted = Window(at, 1, by_event=by_event(question.command))
            answer = await self.services.answer(question, generation, wanted, row.asked_at.date())
            if at < answer.listed:
                entry = next(iter(answer.items[at - answer.offset :]), None)
                tellings = (entry, *entry.others) if entry else ()
                return tellings[telling] if telling < len(tellings) else None
            behind = Window(at - answer.listed, 1, undated=True)
            answer = await self.services.answer(question, generation, behind, row.asked_at.date())
        return next(iter(answer.undated[behind.offset - answer.undated_offset :]), None)

    async def whole(self, row: QueryRow) -> tuple[Question, Asked] | None:
        """An earlier question with its whole list, from the same generation; None where that is no longer kept."""
        async with self._kept(row) as kept:
            if kept is None:
                return None
            question, generation = kept
            answer = await self.services.answer(question, generation, Window(), row.asked_at.date())
        handle = handle_for(row.number, row.command, answer.generation)
        return question, Asked(handle, answer, self.per_page, 0, Part.LIST, row.private, row.server is not None)

    @contextlib.asynccontextmanager
    async def _kept(self, row: QueryRow) -> AsyncIterator[tuple[Question, Any] | None]:
        """The question of a row and the generation that it was answered from; None where either is no longer kept."""
        options = self.lent.options_of(row)
        if row.generation is None or options is None:
            yield None
            return
        try:
            async with self.services.shelf.kept(row.generation) as generation:
                yield None if generation is None else (_question(row.command, options), generation)
        except Exception as error:
            if options is row.options:
                raise
            raise _wordless(error) from None

    async def _answer(self, question: Question, now: datetime) -> Answer:
        async with self.services.shelf.current() as generation:
            wanted = window(question.command, 0, self.per_page)
            return await self.services.answer(question, generation, wanted, now.date())

    async def _page(
        self, question: Question, generation: Any, page: int, part: Part, today: date
    ) -> tuple[Answer, int, Part]:
        """The answer's window for this page; where it has no such part or page, for the nearest, and which that is."""
        while True:
            wanted = window(question.command, page, self.per_page, part)
            answer = await self.services.answer(question, generation, wanted, today)
            known = known_part(answer, part)
            last = last_page(answer, known, self.per_page)
            if known is part and (page <= last or part is Part.OVERVIEW):
                return answer, page, part
            page, part = min(page, last) if known is part else 0, known


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
    command = asked_with(command)
    try:
        return checked(known_command(command), options)
    except QuestionError:
        return Question(command, dict(options))


def _wordless(error: Exception) -> Exception:
    """What to report of an error whose own words could repeat those of a message that is not kept."""
    return RuntimeError(f"{type(error).__name__}, whose words are not kept").with_traceback(error.__traceback__)


def _since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 3)
