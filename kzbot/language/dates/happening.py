"""Dates on which nothing happened: plans that were given up, what would have been, years inside the names of events."""

import re
from dataclasses import replace

from kzbot.language.dates.mark import DateMark

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
_EVENT_BEHIND = re.compile(
    r"\s(?:[A-Z][\w’'-]*\s){0,4}(?:Games|Olympics|Paralympics|Cup|Championships?|Conference|Summit|Forum|Expo|Exhibition|Festival"
    r"|Awards|Grand Prix|Air ?[Ss]how)\b"
)
_YEAR = re.compile(r"\d{4}")


def happening(text: str, mark: DateMark) -> DateMark:
    """The mark, noted as `dropped` where the text says that it did not or will not happen then, or as an `edition` where its
    year is a part of an event's name ("the 2008 Olympic Games")."""
    if mark.start is None or mark.end is None or mark.edition:
        return mark
    if _YEAR.fullmatch(mark.words or "") and _EVENT_BEHIND.match(text, mark.end, mark.end + _REACH):
        return replace(mark, edition=True)
    before = text[max(0, mark.start - _REACH) : mark.start]
    if _GIVEN_UP_BEFORE.search(before) or _GIVEN_UP_BEHIND.match(text, mark.end, mark.end + _REACH):
        return replace(mark, dropped=True, planned=True)
    if _HAD_IT_BEEN.search(before) and _WOULD_HAVE.match(text, mark.end):
        return replace(mark, dropped=True)
    return mark
