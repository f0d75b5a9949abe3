"""Finds datelines and release lines: the article's own date and place, and no statement."""

import re

from kzbot.language.spans import Span

_REACH = 140
_LONGER_THAN_AN_ACRONYM = 5
_NO_PLACE = frozenset(
    (
        "the",
        "a",
        "an",
        "on",
        "in",
        "at",
        "by",
        "from",
        "since",
        "until",
        "of",
        "for",
        "to",
        "after",
        "before",
        "as",
        "this",
    )
)
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?"
    r"|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? +)?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = (
    rf"{_WEEKDAY}(?:{_MONTH} +{_DAY}(?: *, *\d{{4}}| +\d{{4}})?|{_DAY} +{_MONTH}(?:,? +\d{{4}})?|{_MONTH},? +\d{{4}}"
    r"|\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{4})"
)
_CAPS = r"[A-ZÀ-ÖØ-ÞА-Я][A-ZÀ-ÖØ-ÞА-Я.’'-]+"
_TITLE = r"[A-ZÀ-ÖØ-ÞА-Я][\w.’'-]+"
_PLACE = rf"(?P<place>(?P<caps>{_CAPS}(?: {_CAPS}){{0,3}})|{_TITLE}(?: {_TITLE}){{0,2}})(?P<region>, *{_TITLE}(?: {_TITLE}){{0,2}})?"
_AGENCY = r"(?:\((?P<agency>[^()\n]{2,40})\)|/[^/\n]{2,40}/)"
_DASH = r"(?:(?P<dash>--|[–—])|(?<=[\s).])-(?=\s))"
_DATELINE = re.compile(
    rf"{_PLACE}(?:[,.]? *\(?(?P<date>{_DATE})\)?[,.]?)?(?: *(?P<named>{_AGENCY})| +(?P<house>{_CAPS}))? *{_DASH}\s*"
)
_RELEASE = re.compile(
    rf"(?:(?:for +)?immediate +release|(?:press|news|media) +release|released?|posted|published|updated|date)\b[ :,-]*(?:on +)?{_DATE}",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"{_DATE}[.,]?")


def dateline(text: str, start: int, end: int) -> Span | None:
    """The dateline at the head of the paragraph from `start` to `end`, up to and with its dash and the space behind.

    "WASHINGTON, Nov. 26, 1997 – " and "ALMATY (Reuters) - " are datelines; so is a release line up to its date
    ("IMMEDIATE RELEASE July 20, 1998"), and a line that holds a date and nothing else. None where there is none.
    """
    while start < end and text[start].isspace():
        start += 1
    reach = min(end, start + _REACH)
    for pattern in (_RELEASE, _ALONE):
        found = pattern.match(text, start, reach)
        if found and (pattern is _RELEASE or not text[found.end() : end].strip()):
            return Span(start, found.end())
    found = _DATELINE.match(text, start, reach)
    return Span(start, found.end()) if found and _is_dateline(found, text, end) else None


def _is_dateline(found: re.Match[str], text: str, end: int) -> bool:
    """Behind a dateline a sentence begins; a place alone needs capitals, and to be longer than "NATO – "."""
    place = found["place"]
    if not place or place.partition(" ")[0].casefold() in _NO_PLACE or found.end() >= end:
        return False
    behind = text[found.end()]
    if not (behind.isupper() or behind.isdecimal() or behind in "\"“‘'«"):
        return False
    if found["date"] or (found["agency"] and found["agency"][0].isupper()):
        return True
    caps = found["caps"]
    return bool(caps and found["dash"] and (found["region"] or len(caps) >= _LONGER_THAN_AN_ACRONYM))
