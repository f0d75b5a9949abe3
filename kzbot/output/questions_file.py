"""Questions of the log as a file: CSV for spreadsheets, JSON lines for programs.

A spreadsheet would round the last digits of Discord's ids, which have more than fifteen: in CSV they have an apostrophe in
front, as whatever could be taken for a formula has (see `table.harmless`); `table.exact` takes it away. What the file was
narrowed by, when it was made and how many questions it holds stand in the last columns of every row of CSV, and in the first
object of JSON lines.
"""

import asyncio
import csv
import io
import json
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from kzbot.output.log_words import asked_words, filter_words
from kzbot.output.table import harmless
from kzbot.phrases import Phrases
from kzbot.querylog.filters import Filters
from kzbot.querylog.listing import Listing
from kzbot.querylog.rows import UNDATED, ListedRow

Form = Literal["csv", "jsonl"]
FORMS: tuple[Form, ...] = ("csv", "jsonl")
COLUMNS = (
    "number",
    "asked_at",
    "user",
    "channel",
    "server",
    "command",
    "question",
    "options",
    "status",
    "items",
    "took_ms",
    "useful",
    "not_useful",
    "generation",
    "private",
)
OF_THE_FILE = ("filters", "exported_at", "questions")
_IDS = ("user", "channel", "server")
_AT_ONCE = 200
_BOM = b"\xef\xbb\xbf"


class LogChangedError(Exception):
    """A question went from the log while it was exported; the file must be begun again."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The next bytes of the file, how many questions of how many were gone through, and how many of them are left out, because
    their rows are damaged."""

    data: bytes
    done: int
    total: int
    left_out: int = 0

    @property
    def written(self) -> int:
        """How many questions stand in the file now."""
        return self.done - self.left_out


def file_name(form: Form, at: datetime) -> str:
    """questions-20261122T090000Z.csv: when it was made, and its form."""
    return f"questions-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}.{form}"


async def pieces(
    listing: Listing, filters: Filters, form: Form, phrases: Phrases, at: datetime
) -> AsyncIterator[Piece]:
    """The file in pieces of two hundred questions, the latest first, each made in a thread. What is left out, because it is damaged, is
    named at the end of JSON lines.

    Takes some eight bytes of memory for each question. Raises LogChangedError where the log loses one of them meanwhile.
    """
    numbers = await listing.numbers(filters)
    about = (
        "; ".join(filter_words(phrases, filters)),
        at.astimezone(UTC).isoformat(timespec="seconds"),
        len(numbers),
    )
    yield Piece(_head(form, about), 0, len(numbers))
    damaged: list[int] = []
    for first in range(0, len(numbers), _AT_ONCE):
        some = numbers[first : first + _AT_ONCE]
        rows = await listing.rows(some)
        if len(rows) < len(some):
            raise LogChangedError
        damaged += [row.number for row in rows if row.damaged]
        data = await asyncio.to_thread(_body, form, [row for row in rows if not row.damaged], about, phrases)
        yield Piece(data, first + len(rows), len(numbers), len(damaged))
    if damaged and form == "jsonl":
        yield Piece(_json({"left_out": damaged}), len(numbers), len(numbers), len(damaged))


_About = tuple[str, str, int]


def _head(form: Form, about: _About) -> bytes:
    if form == "csv":
        return _BOM + _csv([(*COLUMNS, *OF_THE_FILE)])
    return _json(dict(zip(OF_THE_FILE, about, strict=True)))


def _body(form: Form, rows: Sequence[ListedRow], about: _About, phrases: Phrases) -> bytes:
    if form == "csv":
        cells = [_cell(value) for value in about]
        return _csv([*_cells(row, phrases), *cells] for row in rows)
    return b"".join(_json(_fields(row, phrases)) for row in rows)


def _fields(row: ListedRow, phrases: Phrases) -> dict[str, object]:
    """A question by column; ids as text, for many programs round them as well."""
    fields: dict[str, object] = {name: getattr(row, name, None) for name in COLUMNS}
    fields |= {name: None if fields[name] is None else str(fields[name]) for name in _IDS}
    return {
        **fields,
        "asked_at": None if row.asked_at == UNDATED else row.asked_at.isoformat(timespec="milliseconds"),
        "question": asked_words(phrases, row),
        "options": dict(row.options),
    }


def _cells(row: ListedRow, phrases: Phrases) -> list[object]:
    """The same as cells; an id has its apostrophe whatever it is."""
    fields = _fields(row, phrases)
    fields["options"] = json.dumps(fields["options"], ensure_ascii=False)
    fields["private"] = "true" if row.private else "false"
    ids = {name: f"'{value}" for name in _IDS if (value := fields[name]) is not None}
    return list({**{name: _cell(value) for name, value in fields.items()}, **ids}.values())


def _cell(value: object) -> object:
    return harmless(value) if isinstance(value, str) else value


def _csv(rows: Iterable[Sequence[object]]) -> bytes:
    into = io.StringIO(newline="")
    csv.writer(into, lineterminator="\r\n").writerows(rows)
    return into.getvalue().encode("utf-8", "replace")


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
