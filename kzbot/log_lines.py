"""Log lines as JSON: one object a line, valid whatever is in it, with known fields alone."""

import logging
import math
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from pythonjsonlogger.json import JsonFormatter

FIELDS = ("question", "command", "status", "items", "ms")
"""What a line may say beside its message. What else is handed along as `extra`, by whichever library, is left out: nobody knows
what is in it."""


class JsonLines(JsonFormatter):
    """`time` (RFC 3339, UTC), `level`, `logger`, `message`; `question`, the number of the row in the log of questions, where the
    line belongs to one; `exception` and `stack` as text. `mask` is applied to every text.
    """

    def __init__(self, mask: Callable[[str], str]) -> None:
        super().__init__(
            json_ensure_ascii=True
        )  # so that no character in it ends the line, and half a surrogate pair passes
        self._mask = mask

    def add_fields(self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]) -> None:
        log_data["time"] = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        log_data["level"] = record.levelname.lower()
        log_data["logger"] = self._mask(record.name)
        log_data["message"] = self._mask(record.message)
        for name in FIELDS:
            value = record.__dict__.get(name)
            if value is not None:
                log_data[name] = self._plain(value)
        for name, given in (("exception", "exc_info"), ("stack", "stack_info")):
            if message_dict.get(given):
                log_data[name] = self._mask(str(message_dict[given]))

    def _plain(self, value: object) -> object:
        """A number as it is where JSON has it, all else as text."""
        if isinstance(value, float):
            return value if math.isfinite(value) else str(value)
        if isinstance(value, int):
            return value
        try:
            return self._mask(str(value))
        except Exception:  # noqa: BLE001 - a line that cannot be written whole is written without that
            return f"({type(value).__name__})"
