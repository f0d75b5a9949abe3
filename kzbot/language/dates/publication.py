"""When an article may have been published: the days from which its relative dates are counted."""

from dataclasses import dataclass
from datetime import date, timedelta

from kzbot.language.dates import edtf

_SAMPLES = 4
_FIRST_YEAR, _LAST_YEAR = 1400, 9000
"""No article is older than printing; far from the calendar's ends, weeks and years can be counted without care."""


@dataclass(frozen=True, slots=True)
class Publication:
    """`text`: EDTF or None. `first`, `last`: its bounds. `days`: the days to try; one where it is known to the day."""

    text: str | None
    first: date | None
    last: date | None
    days: tuple[date, ...]


def publication(text: str | None) -> Publication:
    """The publication date as EDTF, read; of no use where it is None, open, or no EDTF.

    A relative date is only certain when it comes out the same from every day on which the article may have appeared.
    What it comes to never falls while that day moves on, so that the first, the last and some days between decide.
    """
    if text is None or not edtf.is_valid(text):
        return Publication(None, None, None, ())
    first, last = edtf.bounds(text)
    if first is None or last is None or first.year < _FIRST_YEAR or last.year > _LAST_YEAR:
        return Publication(text, first, last, ())
    span = (last - first).days
    steps = min(span, _SAMPLES) or 1
    days = {first + timedelta(days=span * step // steps) for step in range(steps + 1)}
    return Publication(text, first, last, tuple(sorted(days)))
