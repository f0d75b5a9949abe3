"""The program's own log on standard error, in which no token can be read, nor what people wrote."""

import json
import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterable
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from types import TracebackType
from typing import Any, TextIO

MASK = "[masked]"
LEFT_OUT = "[content left out]"
_CARRIERS = ("discord.gateway", "discord.http", "discord.webhook.async")
"""Who logs, for debugging, all that comes from Discord and goes there: people's messages among it."""
_DATABASE = "aiosqlite"
"""Logs, for debugging, each statement with its values."""
_SHORTEST = 3
"""Characters from which on a text that somebody wrote is left out; shorter ones stand in anything."""
QUESTIONS = "kzbot.questions"
"""Who logs a line for each question that was answered."""
_BOT_TOKEN = re.compile(r"[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}")
_CALL_TOKEN = re.compile(r"(/(?:interactions|webhooks)/\d+/|['\"]token['\"]: ?['\"])[\w.~-]+")


@dataclass(slots=True)
class _About:
    """Which question the lines of a task, and of those that it began, belong to, and what was written in it."""

    number: int | None = None
    words: tuple[str, ...] = ()


_ABOUT: ContextVar[_About | None] = ContextVar("about", default=None)


def answering() -> None:
    """Somebody is answered by this task and by all that it begins: `about` and `wrote` hold for them together."""
    _ABOUT.set(_About())


def about(number: int) -> None:
    """Log lines belong to this question (its number in the log of questions) from now on; see `answering`."""
    _known().number = number


def wrote(values: Iterable[object]) -> None:
    """These are left out of log lines from now on, where they are texts of some length; see `answering`."""
    texts = {value for value in values if isinstance(value, str) and len(value) >= _SHORTEST}
    forms = {form for text in texts for form in (text, repr(text)[1:-1], ascii(text)[1:-1], json.dumps(text)[1:-1])}
    known = _known()
    known.words = tuple(sorted({*known.words, *forms}, key=len, reverse=True))


def _known() -> _About:
    known = _ABOUT.get()
    if known is None:
        known = _About()
        _ABOUT.set(known)
    return known


def mask_shapes(text: str) -> str:
    """`text` without anything of the shape of a Discord bot token, or of an interaction's token, in address or event."""
    return _CALL_TOKEN.sub(rf"\g<1>{MASK}", _BOT_TOKEN.sub(MASK, text))


def mask(text: str, token: str | None) -> str:
    """`text` without `token`, neither as it is nor as Python prints it in quotes, and without the shapes of tokens."""
    if token:
        for form in sorted({token, repr(token)[1:-1], ascii(token)[1:-1]}, key=len, reverse=True):
            text = text.replace(form, MASK)
    return mask_shapes(text)


class TokenFilter(logging.Filter):
    """Rewrites each record so that neither its message, nor its traceback, nor its stack shows the token."""

    def __init__(self, token: str | None = None) -> None:
        super().__init__()
        self._token = token
        self._formatter = logging.Formatter()

    def filter(self, record: logging.LogRecord) -> bool:
        """Always keeps the record; a message whose arguments do not fit is kept as it was written."""
        record.msg, record.args = mask(_message(record), self._token), ()
        record.name = mask(record.name, self._token)
        if record.exc_info and not record.exc_text:
            record.exc_text = self._formatter.formatException(record.exc_info)
        record.exc_info = None
        if record.exc_text:
            record.exc_text = mask(record.exc_text, self._token)
        if record.stack_info:
            record.stack_info = mask(record.stack_info, self._token)
        return True


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # noqa: BLE001 - what is logged may be anything, and a log line breaks nothing down
        with suppress(Exception):
            return f"{record.msg} {record.args!r}"
        return "(a message that cannot be shown)"


class ContentFilter(logging.Filter):
    """Takes the content out of records of what came from Discord or went there; what kind it was is kept."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always keeps the record."""
        if record.name in _CARRIERS and isinstance(record.args, tuple):
            record.args = tuple(_without_content(value) for value in record.args)
        return True


def _without_content(value: object) -> object:
    if isinstance(value, dict):
        return f"{value.get('t') or ''} {LEFT_OUT}".lstrip()
    if isinstance(value, list) or (isinstance(value, str) and value.startswith(("{", "["))):
        return LEFT_OUT
    return value


class QuestionFilter(logging.Filter):
    """Gives each record the number of the question that it belongs to, as `question`, and as words for a text (`belonging`);
    what was written in that question is left out, of errors too. Comes after TokenFilter, which makes texts of them."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always keeps the record."""
        known = _ABOUT.get()
        number = record.__dict__.get("question")
        if number is None and known is not None:
            number = known.number
        if known is not None and known.words:
            record.msg = _left_out(str(record.msg), known.words)
            record.exc_text = _left_out(record.exc_text, known.words)
            record.stack_info = _left_out(record.stack_info, known.words)
        record.question = number
        record.belonging = "" if number is None else f" [question {number}]"
        return True


def _left_out(text: str | None, words: Iterable[str]) -> Any:
    if text is not None:
        for one in words:
            text = text.replace(one, LEFT_OUT)
    return text


def as_json(form: str, stream: TextIO | None = None) -> bool:
    """Whether lines to `stream` (standard error) are JSON: `form` is the setting logging.format."""
    return form == "json" or (form == "auto" and not (stream or sys.stderr).isatty())


def start_logging(level: str, token: str | None, stream: TextIO | None = None, form: str = "text") -> None:
    """Writes log lines of `level` and above to `stream` (standard error), and masks `token` there and in crash reports.

    Also at level debug no line holds what people wrote. `form`: the setting logging.format. On a terminal the line for each
    answered question is written at level debug only: there somebody reads what happens, and the questions are in the log.
    """
    out = stream or sys.stderr
    handler = logging.StreamHandler(out)
    lines = as_json(form, out)
    handler.setFormatter(_formatter(token, lines=lines))
    for each in (ContentFilter(), TokenFilter(token), QuestionFilter()):
        handler.addFilter(each)
    logging.getLogger(_DATABASE).setLevel(max(logging.INFO, logging.getLevelName(level.upper())))
    calm = out.isatty() and level == "info"
    logging.getLogger(QUESTIONS).setLevel(logging.WARNING if calm else logging.NOTSET)
    root = logging.getLogger()
    for former in list(root.handlers):
        if any(isinstance(each, TokenFilter) for each in former.filters):
            root.removeHandler(former)
    root.addHandler(handler)
    root.setLevel(level.upper())
    mask_crashes(token)
    if lines:
        _log_what_is_printed()


def _formatter(token: str | None, *, lines: bool) -> logging.Formatter:
    if lines:
        from kzbot.log_lines import JsonLines  # noqa: PLC0415 - a terminal does not wait for it

        return JsonLines(partial(mask, token=token))
    return logging.Formatter("%(asctime)s %(levelname)-7s %(name)s: %(message)s%(belonging)s", "%Y-%m-%d %H:%M:%S")


def mask_crashes(token: str | None) -> None:
    """An uncaught error is reported without `token`, and without anything of a token's shape."""

    def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.stderr.write(mask("".join(traceback.format_exception(kind, error, trace)), token))

    sys.excepthook = report


def _log_what_is_printed() -> None:
    """Uncaught errors and warnings, which Python prints, become log lines, so that a collector finds nothing else."""
    logger = logging.getLogger("kzbot")

    def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        logger.critical("The program broke down", exc_info=(kind, error, trace))

    def report_thread(given: threading.ExceptHookArgs) -> None:
        if given.exc_value is not None and not isinstance(given.exc_value, SystemExit):
            logger.critical("A thread broke down", exc_info=given.exc_value)

    sys.excepthook = report
    threading.excepthook = report_thread
    logging.captureWarnings(True)
