"""Who wished it is told once that a question can be answered now, whatever ends or breaks meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from kzbot.answers.model import Answer, Question, Window
from kzbot.errors import GenerationError
from kzbot.operations.telling import LOOK, RefusedError, Teller, UnsentError
from kzbot.querylog.ledger.rows import TERMINAL
from kzbot.querylog.log import FILE_NAME, QueryLog
from kzbot.querylog.review.beside import review_beside
from kzbot.querylog.review.rows import DueRow, ReviewRecord
from kzbot.querylog.rows import QueryRecord

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


class Served:
    """A state whose answers are what `known` holds."""

    def __init__(self) -> None:
        self.id: str | None = "one"
        self.known: set[str] = set()
        self.asked: list[str] = []
        self._changed = asyncio.Event()

    @asynccontextmanager
    async def current(self) -> AsyncIterator[Any]:
        if self.id is None:
            raise GenerationError("none")
        yield self

    async def other_than(self, id_: str | None, /) -> None:
        while self.id == id_:
            await self._changed.wait()

    def serve(self, id_: str, *known: str) -> None:
        self.id, self.known = id_, set(known)
        self._changed.set()
        self._changed = asyncio.Event()

    async def answer(self, question: Question, state: Any, window: Window, today: date) -> Answer:
        query = str(question.options["query"])
        self.asked.append(query)
        if query == "trips":
            raise RuntimeError(query)
        status: Any = "answered" if query in self.known else "not_found"
        return Answer("search", question.options, status, "m", "g", 1)


class Mail:
    """Takes messages; `fault` is raised for the next ones."""

    def __init__(self) -> None:
        self.sent: list[tuple[int, str]] = []
        self.fault: BaseException | None = None

    async def send(self, due: DueRow) -> None:
        if self.fault is not None:
            raise self.fault
        self.sent.append((due.wish.user, str(due.question.options["query"])))


@pytest.fixture
async def log(tmp_path: Path) -> AsyncIterator[QueryLog]:
    opened = await QueryLog.open(tmp_path / FILE_NAME)
    yield opened
    await opened.close()


async def wished(log: QueryLog, words: str, *users: int, armed: bool = True) -> int:
    number = await log.record(
        QueryRecord(
            asked_at=NOW, user=1, channel=None, server=None, command="search", options={"query": words},
            status="not_found", items=0, took_ms=1.0, generation="g", private=False,
        )
    )  # fmt: skip
    for user in users:
        await log.review.wish(number, user, NOW)
    if armed:
        await log.review.add(ReviewRecord(at=NOW, actor=TERMINAL, kind="tell", alike=words))
    return number


def teller(log: QueryLog, served: Served, look: float = LOOK) -> Teller:
    return Teller(log.review, log.ledger, served, served.answer, lambda: NOW, look)


async def state(log: QueryLog, number: int, user: int = 5) -> str | None:
    wish = await log.review.wish_of(number, user)
    return wish.state if wish else None


async def until(met: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not met():  # noqa: ASYNC110 - what is asked and sent is kept as it comes
            await asyncio.sleep(0.01)


async def test_each_is_told_once_when_the_state_that_is_served_answers(log: QueryLog) -> None:
    served, mail = Served(), Mail()
    both = await wished(log, "regatta", 5, 6)
    await wished(log, "unknown", 5)
    await wished(log, "unarmed", 5, armed=False)
    following = asyncio.create_task(teller(log, served).follow(mail.send))
    await until(lambda: len(served.asked) == 2)
    assert mail.sent == [] and sorted(served.asked) == ["regatta", "unknown"], "each question once a state"
    served.serve("two", "regatta", "unarmed")
    await until(lambda: len(mail.sent) == 2 and served.asked.count("unknown") == 2)
    served.serve("three", "regatta")
    await until(lambda: served.asked.count("unknown") == 3)
    await asyncio.sleep(0.1)
    following.cancel()
    assert sorted(mail.sent) == [(5, "regatta"), (6, "regatta")]
    assert await state(log, both) == "told"
    (deed, *_), _ = await log.ledger.deeds(1)
    assert (deed.action, deed.actor.place, dict(deed.details)) == ("tell", "bot", {"told": 2, "refused": 0})


async def test_who_is_armed_when_it_is_answered_already_is_told_at_once(log: QueryLog) -> None:
    served, mail = Served(), Mail()
    served.known = {"regatta"}
    telling = teller(log, served)
    following = asyncio.create_task(telling.follow(mail.send))
    await asyncio.sleep(0.05)
    await wished(log, "regatta", 5)
    telling.wake()
    await until(lambda: bool(mail.sent))
    await asyncio.sleep(0.1)
    following.cancel()
    assert mail.sent == [(5, "regatta")]


@pytest.mark.parametrize("fault", [asyncio.CancelledError(), KeyboardInterrupt()])
async def test_a_crash_while_a_message_is_sent_tells_nobody_twice(log: QueryLog, fault: BaseException) -> None:
    served, mail = Served(), Mail()
    served.known, mail.fault = {"regatta"}, fault
    number = await wished(log, "regatta", 5)
    with pytest.raises(type(fault)):
        await teller(log, served).tell(mail.send)
    assert await state(log, number) == "telling", "committed before the message"
    mail.fault = None
    assert await teller(log, served).tell(mail.send) == 0 and mail.sent == []
    group = await log.review.group("regatta")
    assert group is not None and group.wishes == {"telling": 1}


@pytest.mark.parametrize(
    ("fault", "after", "again"),
    [
        (UnsentError("no route"), "open", [(5, "regatta")]),
        (RefusedError("no messages"), "failed", []),
        (RuntimeError("nobody knows"), "telling", []),
    ],
)
async def test_what_cannot_be_sent_is_tried_again_only_where_it_was_certainly_not_sent(
    log: QueryLog, fault: Exception, after: str, again: list[tuple[int, str]]
) -> None:
    served, mail = Served(), Mail()
    served.known, mail.fault = {"regatta"}, fault
    number = await wished(log, "regatta", 5)
    await teller(log, served).tell(mail.send)
    assert await state(log, number) == after
    mail.fault = None
    await teller(log, served).tell(mail.send)
    assert mail.sent == again


async def test_a_question_that_breaks_down_keeps_nobody_else_from_being_told(log: QueryLog) -> None:
    served, mail = Served(), Mail()
    served.known = {"regatta"}
    await wished(log, "trips", 5)
    await wished(log, "regatta", 6)
    await teller(log, served).tell(mail.send)
    assert mail.sent == [(6, "regatta")]
    served.id = None
    assert await teller(log, served).tell(mail.send) == 0


async def test_who_wished_it_of_alike_questions_gets_one_message(log: QueryLog) -> None:
    served, mail = Served(), Mail()
    served.known = {"regatta", "REGATTA!"}
    numbers = [await wished(log, words, 5, armed=words == "regatta") for words in ("regatta", "REGATTA!", "regatta")]
    assert await teller(log, served).tell(mail.send) == 1
    assert mail.sent == [(5, "regatta")]
    assert [await state(log, number) for number in numbers] == ["told"] * 3


async def test_what_another_process_asked_to_be_told_is_seen_by_the_one_that_runs(
    log: QueryLog, tmp_path: Path
) -> None:
    served, mail = Served(), Mail()
    served.serve("two", "regatta")
    await wished(log, "regatta", 5, armed=False)
    following = asyncio.create_task(teller(log, served, 0.01).follow(mail.send))
    try:
        async with review_beside(tmp_path / FILE_NAME) as review:
            await review.add(ReviewRecord(at=NOW, actor=TERMINAL, kind="tell", alike="regatta"))
        await until(lambda: mail.sent == [(5, "regatta")])
        assert served.asked == ["regatta"], "the question is asked once, and not with every look"
    finally:
        following.cancel()


async def test_the_words_of_a_group_that_was_erased_meanwhile_are_not_kept(log: QueryLog, tmp_path: Path) -> None:
    await log._writer.write("DELETE FROM queries WHERE number = ?", (await wished(log, "regatta", armed=False),))
    async with review_beside(tmp_path / FILE_NAME) as review:
        number = await review.add(ReviewRecord(at=NOW, actor=TERMINAL, kind="tell", alike="regatta"))
        found = await review.review(number)
    assert found is not None and found.alike is None
