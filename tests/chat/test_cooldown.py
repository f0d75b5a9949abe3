"""Who asks too much waits a moment, is told until when, and holds nobody else up; a flood is not in the log."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import math
import re
import sys
import time
from collections import deque
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzbot.channel.identity import DIRECT, ELSEWHERE, HOME, MEMBER, MODERATOR
from kzbot.channel.server import LocalChannel
from kzbot.chat.cooldown import MINUTE, Cooldown
from kzbot.chat.handle import KINDS, for_moderators, handle_for
from kzbot.chat.presses.all import PRESSES
from kzbot.chat.presses.moderating import ModeratorPress
from kzbot.chat.services import Services
from kzbot.logs import QUESTIONS, QuestionFilter, start_logging

LIMIT = 3
LIMITED = {"KZBOT_DISCORD__COOLDOWN": str(LIMIT), "KZBOT_DISCORD__HOME_SERVER": str(HOME.guild)}
WAIT = re.compile(r"I take 3 questions and presses a minute .* I am glad to go on <t:(\d+):R>\.")


class Clock:
    """Seconds as the test says."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Counted:
    """What was counted."""

    def __init__(self) -> None:
        self.held: list[str] = []
        self.rows: list[tuple[int, str, str]] = []
        self.known: set[str] = set()
        self.stands: list[Any] = []
        self.times: list[float] = []

    def registered(self, commands: Any) -> None:
        self.known |= set(commands)

    def asked(self, number: int, command: str, status: str) -> None:
        self.rows.append((number, command, status))

    def answered(self, seconds: float) -> None:
        self.times.append(seconds)

    def written(self, seconds: float) -> None:
        self.times.append(seconds)

    def held_up(self, what: str) -> None:
        self.held.append(what)

    def follow(self, stands: Any) -> None:
        self.stands.append(stands)


@given(
    st.integers(1, 5),
    st.lists(st.tuples(st.integers(0, 2), st.floats(0, 40, allow_nan=False)), max_size=120),
)
def test_no_sixty_seconds_have_more_than_the_limit_and_all_that_fits_is_taken(
    limit: int, steps: list[tuple[int, float]]
) -> None:
    clock = Clock()
    cooldown = Cooldown(limit, clock=clock)
    taken: dict[int, list[float]] = {}
    for who, pause in steps:
        clock.now += pause
        mine = taken.setdefault(who, [])
        recent = [at for at in mine if clock.now - at < 60]
        wait = cooldown.wait(who)
        assert (wait == 0) == (len(recent) < limit)
        if wait:
            assert math.isclose(clock.now + wait, recent[-limit] + 60, abs_tol=0.002)
        else:
            mine.append(clock.now)
        alive = [one for one, at in taken.items() if at and clock.now - at[-1] < 60]
        assert len(cooldown) == len(alive)


def test_what_is_refused_is_not_counted_so_who_goes_on_pressing_waits_no_longer() -> None:
    clock = Clock()
    cooldown = Cooldown(1, clock=clock)
    assert not cooldown.wait(1)
    for _ in range(59):
        clock.now += 1
        assert cooldown.wait(1)
    clock.now += 1
    assert not cooldown.wait(1)


def test_no_limit_remembers_nobody() -> None:
    cooldown = Cooldown(0)
    assert not any(cooldown.wait(who) for who in range(1000)) and not len(cooldown)


def test_the_buttons_that_moderators_press_without_waiting_are_those_that_only_moderators_may() -> None:
    for kind in KINDS:
        custom_id = str(handle_for(1, "timeline", None).to(kind))
        (press,) = [one for one in PRESSES if one.__discord_ui_compiled_template__.fullmatch(custom_id)]
        assert for_moderators(kind) == issubclass(press, ModeratorPress)


@pytest.fixture
def counted() -> Counted:
    return Counted()


@pytest.fixture
async def limited(start: Any, counted: Counted, monkeypatch: pytest.MonkeyPatch) -> Services:
    """A bot that takes three questions a minute from one person; no minute goes by, however slow the machine is."""
    monkeypatch.setattr(Cooldown.__init__, "__defaults__", (MINUTE, Clock()))
    services: Services = await start(LIMITED, counts=counted)
    return services


@pytest.fixture
def said() -> Iterator[deque[logging.LogRecord]]:
    """What the program logs."""
    kept: deque[logging.LogRecord] = deque()

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            kept.append(record)

    handler, logger = Keep(), logging.getLogger("kzbot")
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield kept
    logger.removeHandler(handler)
    logger.setLevel(before)


@pytest.mark.usefixtures("judged")
async def test_the_fourth_question_is_told_when_it_can_be_asked_and_keeps_its_words(
    channel: LocalChannel, limited: Services, look: Any, counted: Counted, said: deque[logging.LogRecord]
) -> None:
    began = time.time()
    for _ in range(LIMIT):
        assert "question " in look((await channel.command("timeline", {"topic": "x"})).message).text
    for where in (HOME, DIRECT):
        reply = await channel.command("timeline", {"topic": "*Steppe* Eagle", "from": "1997"}, where=where)
        seen = look(reply.message)
        found = WAIT.search(seen.text)
        assert found and seen.private and began + 59 < int(found[1]) <= time.time() + 61
        assert "Please send it again then: /timeline topic\\: \\*Steppe\\* Eagle from\\: 1997" in seen.text
    told = look((await channel.menu("Check quotes", channel.say("“words”").id)).message)
    assert WAIT.search(told.text) and "choose it again" in told.text
    assert (await limited.log.recent(10))[1] == LIMIT
    assert counted.held == ["command"] * 3 and len(counted.rows) == LIMIT
    held = [one for one in said if "asks more than" in one.getMessage()]
    assert len(held) == 1 and str(MEMBER.id) not in held[0].getMessage()


@pytest.mark.usefixtures("judged")
async def test_presses_count_and_wait_like_questions_and_nobody_waits_for_another(
    channel: LocalChannel, limited: Services, look: Any, counted: Counted
) -> None:
    seen = look((await channel.command("timeline", {})).message)
    for _ in range(LIMIT - 1):
        seen = look((await channel.press(seen.id, seen.button("Next"))).message)
    assert "page 3 of 4" in seen.text
    told = look((await channel.press(seen.id, seen.button("Next"))).message)
    assert WAIT.search(told.text) and "Please press it again then." in told.text and told.id != seen.id
    assert "page 3 of 4" in look(channel.messages.get(seen.id).body).text
    old = look((await channel.press(seen.id, seen.button("Previous"))).message)
    assert WAIT.search(old.text) and counted.held == ["press"] * 2
    other = look((await channel.press(seen.id, seen.button("Next"), by=MODERATOR)).message)
    assert "page 4 of 4" in other.text


@pytest.mark.usefixtures("judged")
async def test_moderators_wait_for_their_questions_but_not_for_their_own_commands_and_buttons(
    channel: LocalChannel, limited: Services, look: Any
) -> None:
    for _ in range(LIMIT):
        await channel.command("search", {"query": "soldiers"}, by=MODERATOR)
    assert WAIT.search(look((await channel.command("search", {"query": "soldiers"}, by=MODERATOR)).message).text)
    for _ in range(LIMIT + 1):
        seen = look((await channel.command("log questions", {}, by=MODERATOR)).message)
        assert "## " in seen.text and not WAIT.search(seen.text)
    for _ in range(2):
        seen = look((await channel.press(seen.id, seen.button("Next"), by=MODERATOR)).message) if seen.labels else seen
        assert not WAIT.search(seen.text)


@pytest.mark.usefixtures("judged")
async def test_a_stranger_who_tries_moderators_commands_cannot_fill_the_log(
    channel: LocalChannel, limited: Services, look: Any
) -> None:
    await channel.join(ELSEWHERE)
    for by, where in ((MEMBER, HOME), (MODERATOR, ELSEWHERE)):
        for _ in range(LIMIT + 2):
            seen = look((await channel.command("log questions", {}, by=by, where=where)).message)
        assert WAIT.search(seen.text)
    rows, total = await limited.log.recent(20)
    assert total == 2 * LIMIT and {row.status for row in rows} == {"denied"}


async def test_suggestions_come_on_for_long_after_questions_wait_and_then_are_empty(
    channel: LocalChannel, limited: Services, counted: Counted
) -> None:
    for _ in range(LIMIT + 1):
        await channel.command("search", {"query": "soldiers"})
    for _ in range(LIMIT * 20):
        assert await channel.autocomplete("timeline", "from", "19")
    assert await channel.autocomplete("timeline", "from", "19") == []
    assert await channel.autocomplete("timeline", "from", "19", by=MODERATOR)
    assert counted.held == ["command", "suggestions"]


async def test_a_question_that_is_answered_is_one_line_with_its_number_and_no_words(
    channel: LocalChannel, limited: Services, look: Any, said: deque[logging.LogRecord], counted: Counted
) -> None:
    seen = look((await channel.command("search", {"query": "soldiers"})).message)
    (line,) = [one for one in said if one.name == QUESTIONS]
    fields = line.__dict__
    assert (fields["question"], fields["command"], fields["status"]) == (seen.row, "search", "partial")
    assert fields["items"] and fields["ms"] > 0
    assert "soldiers" not in line.getMessage() and str(MEMBER.id) not in json.dumps(line.getMessage())
    assert counted.rows == [(seen.row, "search", "partial")] and len(counted.times) == 2
    (stands,) = counted.stands
    async with asyncio.timeout(60):
        while not stands():  # noqa: ASYNC110 - the client is in a moment before it says so
            await asyncio.sleep(0.01)
    assert {"timeline", "exercise", "who", "log questions", "check"} <= counted.known


@pytest.mark.usefixtures("judged")
async def test_lines_of_a_press_belong_to_the_question_of_its_card(
    channel: LocalChannel, start: Any, made: Any, look: Any, caplog: pytest.LogCaptureFixture
) -> None:
    broken: list[bool] = []

    async def answer(*given: Any) -> Any:
        if broken:
            logging.getLogger("kzbot.deep").warning("something deep")
            raise ValueError("broken")
        return await made.answer(*given)

    await start(answer=answer)
    caplog.handler.addFilter(QuestionFilter())
    await channel.command("search", {"query": "one"})
    seen = look((await channel.command("timeline", {})).message)
    broken.append(True)
    await channel.press(seen.id, seen.button("Next"))
    found = {one.getMessage(): one.__dict__["question"] for one in caplog.records if one.levelno >= logging.WARNING}
    assert found == {"something deep": seen.row, f"An interaction failed (question {seen.row})": seen.row}


async def test_an_error_of_a_question_repeats_no_word_of_it(
    channel: LocalChannel, start: Any, look: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def answer(question: Any, *rest: Any) -> Any:
        raise ValueError(f"cannot read {question.options}")

    await start(answer=answer)
    root, out = logging.getLogger(), io.StringIO()
    monkeypatch.setattr(root, "handlers", root.handlers[:])
    monkeypatch.setattr(root, "level", root.level)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    start_logging("info", None, out)
    seen = look((await channel.command("search", {"query": "an invented zebra"})).message)
    written = out.getvalue()
    assert f"An interaction failed (question {seen.row}) [question {seen.row}]" in written
    assert "ValueError: cannot read {'query': '[content left out]'}" in written and "zebra" not in written
