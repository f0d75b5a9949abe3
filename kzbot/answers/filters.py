"""Reading from and to, and telling what is certainly within from what may be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from kzbot.answers.model import Question
from kzbot.errors import QuestionError
from kzbot.language.dates.typed import Typed, read_typed

Fit = Literal["certain", "possible"]


@dataclass(frozen=True, slots=True)
class Filter:
    """The days asked for, both inclusive, None where open; `read_as` says how from and to were read, as EDTF."""

    first: date | None = None
    last: date | None = None
    read_as: Mapping[str, str] = field(default_factory=dict)

    @property
    def given(self) -> bool:
        """Whether anything is filtered at all."""
        return self.first is not None or self.last is not None

    def fit(self, earliest: date | None, latest: date | None) -> Fit | None:
        """`certain` where the days lie wholly within, `possible` where they overlap only; None without a filter."""
        if not self.given:
            return None
        after = self.first is None or (earliest is not None and earliest >= self.first)
        before = self.last is None or (latest is not None and latest <= self.last)
        return "certain" if after and before else "possible"


@dataclass(frozen=True, slots=True)
class ReversedDates(Exception):  # noqa: N818 - a signal within this room, mended by one tap
    """From lies after to: `swapped` is the question that was probably meant."""

    swapped: Question
    read_as: Mapping[str, str]


def read_filter(question: Question, today: date) -> Filter:
    """The filter of a question's from and to.

    From begins with the first day that its words may mean, to ends with the last; of an interval only that end is read.
    Raises QuestionError where a date cannot be read or has no such day, ReversedDates where from lies after to.
    """
    start, end = (_read(question, name, today) for name in ("from", "to"))
    read_as = {name: _end(read.edtf, name) for name, read in (("from", start), ("to", end)) if read}
    first, last = start.earliest if start else None, end.latest if end else None
    if first is not None and last is not None and first > last:
        options = dict(question.options)
        options["from"], options["to"] = options["to"], options["from"]
        raise ReversedDates(Question(question.command, options), read_as)
    return Filter(first, last, read_as)


def _read(question: Question, name: str, today: date) -> Typed | None:
    value = question.options.get(name)
    if value is None:
        return None
    read = read_typed(str(value), today)
    if read is None:
        raise QuestionError("answers.bad_request.date", option=name, value=str(value)[:80])
    if (read.earliest if name == "from" else read.latest) is None:
        raise QuestionError(f"answers.bad_request.open_{name}", value=str(value)[:80])
    return read


def _end(edtf: str, name: str) -> str:
    """The end of an interval that a filter goes by: the first of from, the last of to; other dates as they are."""
    first, _, last = edtf.partition("/")
    return last if name == "to" and last else first
