"""The program's own log on standard error, in which no token can be read, nor what people wrote."""

import logging
import re
import sys
import traceback
from types import TracebackType
from typing import TextIO

MASK = "[masked]"
LEFT_OUT = "[content left out]"
_CARRIERS = ("discord.gateway", "discord.http", "discord.webhook.async")
"""Who logs, for debugging, all that comes from Discord and goes there: people's messages among it."""
_DATABASE = "aiosqlite"
"""Logs, for debugging, each statement with its values."""
_BOT_TOKEN = re.compile(r"[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}")
_CALL_TOKEN = re.compile(r"(/(?:interactions|webhooks)/\d+/|['\"]token['\"]: ?['\"])[\w.~-]+")


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
        try:
            message = record.getMessage()
        except (TypeError, ValueError, KeyError):
            message = f"{record.msg} {record.args!r}"
        record.msg, record.args = mask(message, self._token), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = self._formatter.formatException(record.exc_info)
        record.exc_info = None
        if record.exc_text:
            record.exc_text = mask(record.exc_text, self._token)
        if record.stack_info:
            record.stack_info = mask(record.stack_info, self._token)
        return True


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


def start_logging(level: str, token: str | None, stream: TextIO | None = None) -> None:
    """Writes log lines of `level` and above to `stream` (standard error), and masks `token` there and in crash reports.

    Also at level debug no line holds what people wrote.
    """
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)-7s %(name)s: %(message)s", "%Y-%m-%d %H:%M:%S"))
    handler.addFilter(ContentFilter())
    handler.addFilter(TokenFilter(token))
    logging.getLogger(_DATABASE).setLevel(max(logging.INFO, logging.getLevelName(level.upper())))
    root = logging.getLogger()
    for former in list(root.handlers):
        if any(isinstance(each, TokenFilter) for each in former.filters):
            root.removeHandler(former)
    root.addHandler(handler)
    root.setLevel(level.upper())
    mask_crashes(token)


def mask_crashes(token: str | None) -> None:
    """An uncaught error is reported without `token`, and without anything of a token's shape."""

    def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.stderr.write(mask("".join(traceback.format_exception(kind, error, trace)), token))

    sys.excepthook = report
