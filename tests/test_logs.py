"""Log lines: JSON whatever is in them, the question they belong to, and no token and nothing foreign."""

import asyncio
import io
import json
import logging
import re
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzbot.logs import QUESTIONS, ContentFilter, QuestionFilter, TokenFilter, about, answering, start_logging, wrote

TOKENS = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=20, max_size=60)
FOREIGN = st.text(st.characters(), max_size=60) | st.sampled_from(
    ["\n", '"}\n{"level": "critical"', "\u2028", "\x1b[2J", "%s %d %(x)s", "\ud800", "\x00"]
)
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00")
KNOWN = {"time", "level", "logger", "message", "question", "command", "status", "items", "ms", "exception", "stack"}


class Terminal(io.StringIO):
    """Somebody sits before it."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a start of logging sets is as before after the test."""
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(root, "level", root.level)
    for name in (QUESTIONS, "aiosqlite"):
        monkeypatch.setattr(logging.getLogger(name), "level", logging.NOTSET)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    yield
    logging.captureWarnings(False)
    logging.getLogger(QUESTIONS).setLevel(
        logging.NOTSET
    )  # through the method, for loggers remember what they may write


def _lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line, parse_constant=_no_constant) for line in stream.getvalue().splitlines()]


def _break_down() -> None:
    raise LookupError("nothing")


def _no_constant(name: str) -> None:
    raise AssertionError(f"{name} is no JSON")


class Hostile:
    """Breaks whoever shows it."""

    def __str__(self) -> str:
        raise RuntimeError("no words")

    __repr__ = __str__


def _writing(token: str, stream: io.StringIO) -> logging.Logger:
    """A logger of its own with what `start_logging` gives the root."""
    root, before = logging.getLogger(), (logging.getLogger().handlers[:], logging.getLogger().level)
    hooks = sys.excepthook, threading.excepthook
    try:
        start_logging("debug", token, stream, "json")
        handler = root.handlers[-1]
    finally:
        root.handlers[:], root.level = before
        sys.excepthook, threading.excepthook = hooks
        logging.captureWarnings(False)
        logging.getLogger("aiosqlite").setLevel(logging.NOTSET)
    logger = logging.Logger(f"from\n{token}")
    logger.addHandler(handler)
    return logger


@given(TOKENS, FOREIGN, st.floats() | st.integers() | FOREIGN | st.binary(max_size=9))
def test_each_line_is_one_valid_object_without_the_token_whatever_is_logged(
    token: str, foreign: str, value: object
) -> None:
    stream = io.StringIO()
    logger = _writing(token, stream)
    logger.info(foreign)
    logger.info("%s", foreign + token)
    logger.info("does not fit %d", token + foreign)
    logger.info({"level": foreign, "token": token})
    logger.info("%s", Hostile())
    logger.info(
        "extra",
        extra={
            "command": token + foreign,
            "status": Hostile(),
            "ms": value,
            "items": float("nan"),
            "level": "forged",
            "time": foreign,
            "token": token,
            "content": foreign,
            token: foreign,
        },
    )
    try:
        raise ValueError(foreign + token)
    except ValueError:
        logger.exception("%s %s", foreign, token, stack_info=True)
    lines = _lines(stream)
    assert len(lines) == 7
    assert token not in stream.getvalue() and "forged" not in stream.getvalue()
    for line in lines:
        assert set(line) <= KNOWN and {"time", "level", "logger", "message"} <= set(line)
        assert RFC_3339.fullmatch(line["time"]) and line["level"] in ("info", "error")
        assert token not in json.dumps(line, ensure_ascii=False)
    assert "ValueError" in lines[-1]["exception"] and lines[-1]["stack"]
    assert all("content" not in line for line in lines)


def test_what_people_write_is_in_no_line_of_json_either() -> None:
    stream = io.StringIO()
    start = _writing("the-token-itself-of-a-bot", stream)
    gateway = logging.Logger("discord.gateway")
    gateway.addHandler(start.handlers[0])
    event = {"op": 0, "t": "INTERACTION_CREATE", "token": "aW50ZXI6", "d": {"content": "their words"}}
    gateway.debug("For Shard ID %s: WebSocket Event: %s", 1, event, extra={"event": event})
    gateway.debug("POST /interactions/12/aW50ZXI6/callback")
    assert "their words" not in stream.getvalue() and "aW50ZXI6" not in stream.getvalue()
    assert _lines(stream)[0]["message"].endswith("INTERACTION_CREATE [content left out]")


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(
    ("form", "stream", "json_lines"),
    [
        ("auto", Terminal, False),
        ("auto", io.StringIO, True),
        ("text", io.StringIO, False),
        ("json", Terminal, True),
    ],
)
def test_lines_are_text_on_a_terminal_and_json_elsewhere_unless_set(
    form: str, stream: Callable[[], io.StringIO], json_lines: bool
) -> None:
    out = stream()
    start_logging("info", None, out, form)
    logging.getLogger("kzbot.some").warning("a word", extra={"question": 7})
    if json_lines:
        (line,) = _lines(out)
        assert (line["level"], line["logger"], line["message"], line["question"]) == (
            "warning",
            "kzbot.some",
            "a word",
            7,
        )
    else:
        assert out.getvalue().endswith("WARNING kzbot.some: a word [question 7]\n")


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(
    ("level", "stream", "told"), [("info", Terminal, 0), ("debug", Terminal, 1), ("info", io.StringIO, 1)]
)
def test_a_terminal_stays_calm_about_questions_unless_debugging(
    level: str, stream: Callable[[], io.StringIO], told: int
) -> None:
    out = stream()
    start_logging(level, None, out, "text")
    logging.getLogger(QUESTIONS).info("Question 1")
    assert out.getvalue().count("Question 1") == told


@pytest.mark.usefixtures("alone")
def test_crashes_and_warnings_are_lines_of_json_too() -> None:
    out = io.StringIO()
    start_logging("info", "the-token-itself", out, "json")
    error = ValueError("bad\nthe-token-itself")
    sys.excepthook(ValueError, error, None)
    thread = threading.Thread(target=_break_down)
    thread.start()
    thread.join()
    warnings.showwarning("old\nthing", DeprecationWarning, "file.py", 3)
    crash, broken, warned = _lines(out)
    assert crash["level"] == "critical" and "ValueError: bad\n[masked]" in crash["exception"]
    assert "LookupError: nothing" in broken["exception"]
    assert "old\nthing" in warned["message"]


async def test_the_number_is_in_every_line_of_the_task_and_of_those_it_began_and_in_no_other() -> None:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    for each in (ContentFilter(), TokenFilter(None), QuestionFilter()):
        handler.addFilter(each)
    handler.setFormatter(logging.Formatter("%(message)s%(belonging)s"))
    logger = logging.Logger("one")
    logger.addHandler(handler)

    async def answered(number: int) -> None:
        about(number)
        await asyncio.sleep(0)
        logger.info("inside")

    async def asked(number: int) -> None:
        answering()
        logger.info("before")
        await asyncio.create_task(answered(number))
        await asyncio.to_thread(logger.info, "after")

    await asyncio.gather(asked(1), asked(2))
    logger.info("outside")
    said = sorted(out.getvalue().splitlines())
    assert said == [
        *[f"after [question {number}]" for number in (1, 2)],
        *["before"] * 2,
        *[f"inside [question {number}]" for number in (1, 2)],
        "outside",
    ]


@given(st.text(st.characters(codec="utf-8"), min_size=3, max_size=80))
def test_what_was_written_in_a_question_is_in_no_line_of_it(words: str) -> None:
    words = f"~{words}~"
    stream = io.StringIO()
    logger = _writing("the-token-itself-of-a-bot", stream)

    async def fail() -> None:
        answering()
        wrote([words, 7, True, None])
        logger.info("asked %s", words)
        logger.info("asked %r and %s", {"query": words}, json.dumps([words]))
        try:
            raise ValueError(words)
        except ValueError as error:
            logger.exception("not read: %s", error)
            logger.error("again: %r", error, stack_info=True)

    asyncio.run(fail())
    lines = _lines(stream)
    assert len(lines) == 4
    for line in lines:
        for form in (words, repr(words)[1:-1], json.dumps(words)[1:-1]):
            assert form not in " ".join(str(value) for value in line.values())
    assert "ValueError: [content left out]" in lines[2]["exception"]
