"""The year behind a name: CENTRAZBAT 97, KADEX 2014, Steppe Eagle-2012."""

import re
from typing import NamedTuple

_YEAR = re.compile(
    r"""
    ["'”’»“]? (?: [-–] | [ \t\u00a0]? \n? [ \t]? )             # “Steppe Eagle”-2012, Steppe Eagle 2012
    (?: ['’‘`] (?P<cut>\d\d) | (?P<open>\()? (?P<year> (?:19|20)\d\d | \d\d ) )
    (?! \d | [.,:]\d | \s?% | ['’]?s\b | [-–/]\d )
    (?(open)\))
    """,
    re.VERBOSE,
)
_COUNTED = re.compile(
    r"[ \t\u00a0\n]+(?:[a-z]+[ \t\u00a0\n]+)?(troops|soldiers|servicemen|people|men|women|personnel|members)\b"
)
_PLURAL = re.compile(
    r"[ \t\u00a0\n]+(?!was\b|is\b|has\b|does\b|as\b|this\b|its\b|involves\b|includes\b)[a-z]{2,}(?<!s)s\b"
)
_SHARE = re.compile(r"[ \t\u00a0\n]+(?:of|or|to|million|percent|per)\b")


class Edition(NamedTuple):
    """A year as EDTF, the offsets of its figures, and the end of all that belongs to it; code points."""

    year: str
    start: int
    end: int
    after: int


def edition_after(text: str, end: int, limit: int) -> Edition | None:
    """The edition year that follows a name which ends at `end`; None where a number there counts something.

    Two figures from 50 are of the twentieth century, below of the twenty-first.
    """
    match = _YEAR.match(text, end, limit)
    if match is None or match.start("year") == end or match.start("cut") == end:
        return None
    group = "cut" if match["cut"] else "year"
    figures, start = match[group], match.start(group)
    if group == "year" and not match["open"] and _counts(text, match.end(), limit, short=len(figures) == 2):
        return None
    if len(figures) == 2:
        if match["open"]:
            return None
        figures = ("19" if figures >= "50" else "20") + figures
    return Edition(figures, start, match.end(group), match.end())


def _counts(text: str, end: int, limit: int, *, short: bool) -> bool:
    """Whether the number before `end` counts what follows ("Steppe Eagle 12 countries took part")."""
    if _COUNTED.match(text, end, limit):
        return True
    return short and bool(_PLURAL.match(text, end, limit) or _SHARE.match(text, end, limit))
