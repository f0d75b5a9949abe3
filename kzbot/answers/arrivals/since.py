"""Reading since when, and until when, something is asked for: arrivals, questions of the log."""

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
    read = _read(text, today)
    if read is None:
        raise QuestionError("answers.bad_request.since", value=text[:80])
    if read.earliest is None:
        raise QuestionError("answers.bad_request.open_since", value=text[:80])
    edtf = read.earliest.isoformat() if "/" in read.edtf or "[" in read.edtf else read.edtf
    return Since(f"{read.earliest.isoformat()}T00:00:00Z", edtf)


def read_until(text: str, today: date) -> date:
    """The last day of what is meant by the same words as `read_since` takes, counted from `today` in UTC.

    Raises QuestionError where it cannot be read or has no end.
    """
    moment = _moment(text)
    if moment is not None:
        return date.fromisoformat(moment[:10])
    read = _read(text, today)
    if read is None:
        raise QuestionError("answers.bad_request.since", value=text[:80])
    if read.latest is None:
        raise QuestionError("answers.bad_request.open_until", value=text[:80])
    return read.latest


def _moment(text: str) -> str | None:
    """A moment as articles have theirs; one without a zone is of UTC."""
    if not _MOMENT.fullmatch(text.strip()):
        return None
    try:
        read = datetime.fromisoformat(text.strip().upper())
        return read.replace(tzinfo=read.tzinfo or UTC).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        return None


def _read(text: str, today: date) -> Typed | None:
    stretch = _STRETCH.fullmatch(" ".join(text.casefold().split())[:80])
    return read_typed(text, today) or (read_typed(f"{stretch[1]} ago", today) if stretch else None)
