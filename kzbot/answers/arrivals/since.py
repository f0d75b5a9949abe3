"""Reading since when arrivals are asked for."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

from kzbot.errors import QuestionError
from kzbot.language.dates.typed import Typed, read_typed

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d\S{0,20}")
_STRETCH = re.compile(r"(?:the )?(?:(?:last|past) )?([\w-]{1,20} (?:days?|weeks?|months?|years?))")


@dataclass(frozen=True, slots=True)
class Since:
    """The first moment that is asked for, as articles have theirs (UTC, ISO 8601), and how it was read, as EDTF."""

    moment: str
    edtf: str


def read_since(text: str, today: date) -> Since:
    """Since when, as from is read in other questions: a day, a month, "last week"; also "3 days", and a moment to the second.

    Days are those of UTC, counted from `today`. Raises QuestionError where it cannot be read or has no beginning.
    """
    moment = _moment(text)
    if moment is not None:
        return Since(moment, moment)
    read = read_time(text, today)
    if read is None:
        raise QuestionError("answers.bad_request.since", value=text[:80])
    if read.earliest is None:
        raise QuestionError("answers.bad_request.open_since", value=text[:80])
    edtf = read.earliest.isoformat() if "/" in read.edtf or "[" in read.edtf else read.edtf
    return Since(f"{read.earliest.isoformat()}T00:00:00Z", edtf)


def _moment(text: str) -> str | None:
    """A moment as articles have theirs; one without a zone is of UTC."""
    if not _MOMENT.fullmatch(text.strip()):
        return None
    try:
        read = datetime.fromisoformat(text.strip().upper())
        return read.replace(tzinfo=read.tzinfo or UTC).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        return None


def read_time(text: str, today: date) -> Typed | None:
    """A time as a person types it: a date, "last week", "3 days"; None when it is not understood."""
    stretch = _STRETCH.fullmatch(" ".join(text.casefold().split())[:80])
    return read_typed(text, today) or (read_typed(f"{stretch[1]} ago", today) if stretch else None)
