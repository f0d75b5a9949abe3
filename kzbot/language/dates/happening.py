"""Dates on which nothing happened: plans that were given up, what would have been, years inside the names of events, days
that something is only compared with."""

import re
from dataclasses import replace

from kzbot.language.dates.lexicon import words_of
from kzbot.language.dates.mark import DateMark
from kzbot.language.predicates import is_past

_REACH = 90
_PLANNED = (
    r"(?:due|planned|scheduled|expected|slated|set|hoped|hoping|intended|intending|supposed|meant|aimed|wanted|projected|promised"
    r"|announced|to (?:be|have|begin|start|open|enter))"
)
_GIVEN_UP_BEFORE = re.compile(
    rf"\b(?:originally|initially|previously|formerly|at first)\s+(?:been\s+)?{_PLANNED}\b[^.;:!?,]{{0,60}}\Z"
    r"|\bhad\s+(?:\w+ly\s+)?(?:(?:hoped|planned|intended|expected|wanted|promised|aimed)\s+to|been\s+(?:\w+ly\s+)?(?:due|planned|scheduled"
    r"|expected|slated|set|supposed|meant))\b[^.;:!?,]{0,60}\Z"
    r"|\b(?:would|could|should|might)\s+(?:not\s+)?have\s+(?:been\s+)?\w+[^.;:!?,]{0,60}\Z"
    r"|\beven if\s+(?:[^.;:!?,]{0,60}\s)?\Z"
    r"|\b(?:instead of|rather than)\s+(?:in\s|on\s|by\s|for\s)?\s*\Z|(?:\band|\bbut|,)\s+not\s+(?:in\s|on\s|by\s)?\s*\Z",
    re.IGNORECASE,
)
_HAD_IT_BEEN = re.compile(r"\bif\b[^.;:!?,]{0,40}\bhad\b[^.;:!?,]{0,60}\Z", re.IGNORECASE)
_WOULD_HAVE = re.compile(r"[^.;:!?]{0,90}\b(?:would|could|might)\s+(?:not\s+)?have\b", re.IGNORECASE)
_GIVEN_UP_BEHIND = re.compile(
    r"\s+(?:as\s+)?(?:had\s+been\s+)?(?:was\s+)?(?:originally|initially|previously|first)\s+"
    r"(?:planned|hoped|scheduled|expected|announced|intended|thought|agreed)\b",
    re.IGNORECASE,
)
_PLANNED_BEFORE = re.compile(
    r"\b(?:due|planned|scheduled|expected|slated|set)\s(?:to\s\w+\s)?(?:in|on|for|by)?\s?(?:the\s)?\Z", re.IGNORECASE
)
_CHANGED_BEHIND = re.compile(
    r",?\s(?:but|and|then)?\s?(?:later\s)?(?:was\s|were\s|has\sbeen\s|had\sbeen\s)?"
    r"(?:held|took\splace|opened|cancell?ed|called\soff|postponed|delayed|put\soff|moved|scrapped|abandoned)\b",
    re.IGNORECASE,
)
_EXTREME_BEFORE = re.compile(
    r"\b(?:first|only|best|worst|biggest|largest|smallest|greatest|highest|lowest|strongest|weakest|steepest|sharpest|deadliest"
    r"|longest|shortest|fastest|slowest|heaviest|hottest|coldest|most|least|record)\s[^.;:!?,]{0,60}\Z",
    re.IGNORECASE,
)
_CAME = frozenset(words_of("was were is has had did came began begins will ran"))
_SINCE = re.compile(r"since\b", re.IGNORECASE)
_LASTS = re.compile(r"\b(?:been|remained|remains|stayed|become)\b", re.IGNORECASE)
_NEXT_CLAUSE = re.compile(
    r"\b(?:and|but|then)\s(?:(?:it|they|he|she|in fact|finally|actually|only)\s)?(\w+)", re.IGNORECASE
)
_EVENT_BEHIND = re.compile(
    r"(?:['’]s)?\s(?:[A-Z][\w’'-]*\s){0,4}(?:Games|Olympics|Paralympics|Cup|Championships?|Conference|Summit|Forum|Expo|Exhibition|Festival"
    r"|Awards|Grand Prix|Air ?[Ss]how|edition|version"
    r"|model year)\b"
)
_YEAR = re.compile(r"\d{4}|this\syear", re.IGNORECASE)


def happening(text: str, mark: DateMark) -> DateMark:
    """The mark, noted as `dropped` where the text says that it did not or will not happen then, as an `edition` where its
    year is a part of an event's name ("the 2008 Olympic Games"), as `compared` where it only says how rare a thing is ("the
    first loss since 1992")."""
    if mark.start is None or mark.end is None or mark.edition:
        return mark
    if _YEAR.fullmatch(mark.words or "") and _EVENT_BEHIND.match(text, mark.end, mark.end + _REACH):
        return replace(mark, edition=True)
    before = text[max(0, mark.start - _REACH) : mark.start]
    given_up = _GIVEN_UP_BEFORE.search(before)
    if (given_up and not _goes_on(given_up[0])) or _GIVEN_UP_BEHIND.match(text, mark.end, mark.end + _REACH):
        return replace(mark, dropped=True, planned=True)
    if _PLANNED_BEFORE.search(before) and _CHANGED_BEHIND.match(text, mark.end, mark.end + _REACH):
        return replace(mark, dropped=True, planned=True)
    if _HAD_IT_BEEN.search(before) and _WOULD_HAVE.match(text, mark.end):
        return replace(mark, dropped=True)
    if _SINCE.match(mark.words or "") and (extreme := _EXTREME_BEFORE.search(before)):
        lasts = _LASTS.search(before, 0, extreme.start()) or _LASTS.search(extreme[0])
        return mark if lasts else replace(mark, compared=True)
    return mark


def _goes_on(words: str) -> bool:
    """Whether the words behind a plan go on with what came about ("had been due in May and opened on 3 June")."""
    return any(is_past(match[1].lower()) or match[1].lower() in _CAME for match in _NEXT_CLAUSE.finditer(words))
