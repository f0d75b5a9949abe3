"""Whether the dates of two statements allow that they tell of one event."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kzbot.language.events.statement import Statement

Agreement = Literal["same", "wider", "reported", "apart"]

NEAR = 3
"""Days by which two sources may differ on the day of one event."""
_NEWS = 2
"""Days within which an article reports what happened without saying when."""
_LASTING = re.compile(r"[^\[/]{1,40}/.{1,40}", re.DOTALL)
_SAID_BY_DAY = re.compile(r"\d")
_UNDER = ("before", "after")


@dataclass(frozen=True, slots=True)
class When:
    """A date as days (ordinals): `bare` where it can only equal itself (open ends, "before 2007").

    `figures`: the text says the day in figures. `own`: the text says nothing, it is the article's own date.
    """

    edtf: str
    first: int
    last: int
    lasting: bool
    bare: bool
    figures: bool
    own: bool

    @property
    def days(self) -> int:
        """How many days it may be, or lasts."""
        return self.last - self.first + 1


def when(statement: Statement) -> When:
    """The days of a statement."""
    bare = statement.earliest is None or statement.latest is None or statement.modifier in _UNDER
    words = "" if statement.mark is None else statement.text[statement.mark.start : statement.mark.end]
    edtf = statement.edtf if not bare else f"{statement.edtf} {statement.modifier}"
    return When(
        edtf,
        _ordinal(statement.earliest, statement.latest),
        _ordinal(statement.latest, statement.earliest),
        _LASTING.fullmatch(statement.edtf) is not None,
        bare,
        bool(_SAID_BY_DAY.search(words)),
        statement.mark is None,
    )


def agreement(one: When, other: When) -> Agreement | None:
    """`same` days; one of them `wider` and around the other; one `reported` by an article soon after; `apart`, by days
    that sources may disagree on; else None.

    What lasts from day to day is not what happened on one of them. Two days that are both told from an article's own
    ("today", "Monday") are not a disagreement but two days.
    """
    if one.bare or other.bare:
        return "same" if one.edtf == other.edtf else None
    if (one.first, one.last, one.lasting) == (other.first, other.last, other.lasting):
        return "same"
    wide, narrow = (one, other) if one.days >= other.days else (other, one)
    if wide.first <= narrow.first and narrow.last <= wide.last:
        return None if wide.lasting else "wider"
    if one.own or other.own:
        return "reported" if _reported(one, other) or _reported(other, one) else None
    if one.days == other.days == 1 and abs(one.first - other.first) <= NEAR and (one.figures or other.figures):
        return "apart"
    return None


def _reported(news: When, event: When) -> bool:
    return news.own and not event.own and news.days == event.days == 1 and 0 < news.first - event.first <= _NEWS


def _ordinal(day: date | None, otherwise: date | None) -> int:
    known = day or otherwise
    return known.toordinal() if known else 0
