"""Relative clauses: what is said in passing of a thing just named."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from kzbot.language.spans import Span

_OPENS = re.compile(r"(?:,?\s|\()(?:which|who|whose|whom)\b", re.IGNORECASE)
_ENDS = re.compile(r"[();]|(?<!\d),|,(?!\d)|\s--?\s|[–—]")

_FAR = 200


def relative_clauses(text: str, start: int, end: int) -> list[Span]:
    """The relative clauses within the sentence `text[start:end]`, from the comma or blank before each to the next pause."""
    opens = list(_OPENS.finditer(text, start, end))
    pauses = [pause.start() for pause in _ENDS.finditer(text, opens[0].end(), end)] if opens else []
    found: list[Span] = []
    for match in opens:
        at = bisect_left(pauses, match.end())
        found.append(Span(match.start(), pauses[at] if at < len(pauses) else end))
    return found


def pause_before(text: str, start: int, end: int) -> int:
    """Where the last stretch without a pause in `text[start:end]` begins; `start`, or what is far from `end`, where there is
    no pause."""
    first = max(start, end - _FAR)
    return max((pause.end() for pause in _ENDS.finditer(text, first, end)), default=first)


def clause_around(clauses: Sequence[Span], place: int) -> Span | None:
    """The innermost clause that holds the character at `place`."""
    at = bisect_right(clauses, place, key=lambda clause: clause.start) - 1
    return clauses[at] if at >= 0 and place < clauses[at].end else None
