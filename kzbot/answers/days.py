"""Reading from which day to which the log is asked for."""

from datetime import date

from kzbot.answers.arrivals.since import read_since, read_time
from kzbot.errors import QuestionError

_SHOWN = 80


def read_days(since: str | None, until: str | None, today: date) -> tuple[date | None, date]:
    """The first day that is meant (UTC), None where open, and the last one, which is `today` at most and where open.

    Both are read as `/new` reads since, relative words counted from `today`. Where the first lies after today, the last is the
    same day. Raises QuestionError where a time cannot be read, is open on the side that matters,
    or the last day lies before the first.
    """
    first = date.fromisoformat(read_since(since, today).moment[:10]) if since and since.strip() else None
    last = _last(until, today) if until and until.strip() else None
    if first is not None and last is not None and first > last:
        raise QuestionError("answers.bad_request.reversed_days", since=first.isoformat(), until=last.isoformat())
    newest = max(today, first or today)
    return first, min(last or newest, newest)


def _last(text: str, today: date) -> date:
    """The last day of a time; a moment is one of its day."""
    read = read_time(text, today)
    if read is None:
        return date.fromisoformat(read_since(text, today).moment[:10])
    if read.latest is None:
        raise QuestionError("answers.bad_request.open_until", value=text[:_SHOWN])
    return read.latest
