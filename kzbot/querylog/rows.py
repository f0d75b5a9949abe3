"""What the log knows of one question."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, get_args

QueryStatus = Literal["answered", "partial", "ambiguous", "not_found", "bad_request", "failed", "denied"]
STATUSES: tuple[QueryStatus, ...] = get_args(QueryStatus)
OptionValue = str | int | float | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryRecord:
    """One question as it goes into the log; ids are Discord's, None where there is none (a direct message has no server).

    `asked_at`: a moment with its time zone. `status`: that of the answer; `failed` where the bot broke down, `denied` where
    the asker may not ask this. `took_ms`: milliseconds from question to answer. `private`: seen by the asker only.
    """

    asked_at: datetime
    user: int | None
    channel: int | None
    server: int | None
    command: str
    options: Mapping[str, OptionValue]
    status: QueryStatus
    items: int
    took_ms: float
    generation: str | None
    private: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryRow(QueryRecord):
    """A question as the log holds it; `number` is given once and never again.

    `damaged`: the columns in which stands what never was written there; what is read of them says nothing.
    """

    number: int
    damaged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRow(QueryRow):
    """A question with how many people rated its answer useful, and not useful."""

    useful: int = 0
    not_useful: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRow:
    """A question with how often it was asked in a stretch of time."""

    command: str
    options: Mapping[str, OptionValue]
    asked: int


COLUMNS = "number, asked_at, user, channel, server, command, options, status, items, took_ms, generation, private"
"""Those of a question, as `row_of` takes them."""


def row_of(row: Sequence[Any]) -> QueryRow:
    """A question from its columns."""
    return QueryRow(**_values(row))


def listed_row_of(row: Sequence[Any]) -> ListedRow:
    """A question from its columns with the two counts of its ratings behind them."""
    return ListedRow(**_values(row), useful=row[-2], not_useful=row[-1])


_NAMES = tuple(COLUMNS.split(", "))
_WHOLE, _WHOLE_OR_NONE, _TEXT = (int,), (int, type(None)), (str,)
_KINDS: Mapping[str, tuple[type, ...]] = {
    "user": _WHOLE_OR_NONE,
    "channel": _WHOLE_OR_NONE,
    "server": _WHOLE_OR_NONE,
    "command": _TEXT,
    "status": _TEXT,
    "items": _WHOLE,
    "took_ms": (float, int),
    "generation": (str, type(None)),
    "private": _WHOLE,
}
_STANDING_IN: Mapping[str, Any] = {"command": "?", "status": "failed", "items": 0, "took_ms": 0.0, "private": True}


def _values(row: Sequence[Any]) -> dict[str, Any]:
    values = dict(zip(_NAMES, row, strict=False))
    damaged = tuple(name for name, kinds in _KINDS.items() if not isinstance(values[name], kinds))
    if values["status"] not in STATUSES and "status" not in damaged:
        damaged += ("status",)
    values |= {name: _STANDING_IN.get(name) for name in damaged}
    return values | {
        "asked_at": moment(values["asked_at"]),
        "options": json_of(values["options"]),
        "private": bool(values["private"]),
        "damaged": damaged,
    }


def json_of(text: str | bytes | None) -> dict[str, Any]:
    """An object in JSON from its column; of a damaged one what stands there, as `?`, so that the rows beside it can be read."""
    try:
        found = json.loads(text or "")
    except (TypeError, ValueError, RecursionError):
        found = None
    return found if isinstance(found, dict) else {"?": text if isinstance(text, str) else repr(text)}


UNDATED = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands for a moment that is damaged in the file; it is shown as `?`."""
_IDS = frozenset(("user", "users", "channel", "server", "actor", "closed_by", "undone_by"))
_EXACT = 2**53
"""Below it every whole number is one of JavaScript's, and of all that read JSON like it (RFC 8259, section 6)."""


def portable(value: Any, name: str = "") -> Any:
    """JSON values as any program reads them exactly: ids are text wherever they stand, and so are other numbers that many would
    round. `name`: under which the value stands."""
    if isinstance(value, Mapping):
        return {key: portable(one, str(key)) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [portable(one, name) for one in value]
    if isinstance(value, int) and not isinstance(value, bool) and (name in _IDS or abs(value) >= _EXACT):
        return str(value)
    return value


def storable(text: str) -> str:
    """Text as the log can hold it: half a surrogate pair is no text."""
    return text.encode("utf-8", "replace").decode()


def text_of(at: datetime) -> str:
    """A moment as the tables hold it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def moment_of(text: str | None) -> datetime | None:
    """A moment from its column, where one may stand there."""
    return moment(text) if text else None


def moment(text: object) -> datetime:
    """A moment from its column; `UNDATED` where what stands there is none, so that the rows beside it can be read."""
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return UNDATED
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def text_as_it_is(column: bytes) -> str:
    """For `text_factory`: text of which bytes are damaged does not keep the rows beside it from being read."""
    return column.decode("utf-8", "replace")


def dated(column: str) -> str:
    """An SQL expression that is true where a column holds a moment; without one a row would be later than all others."""
    day = f"substr({column}, 1, 10)"
    return f"(ifnull(date({day}) = {day}, 0) AND julianday({column}) IS NOT NULL)"


def within(number: int) -> int:
    """The number, or 0, which no row has, where SQLite could not hold it."""
    return number if 0 < number < 2**63 else 0
