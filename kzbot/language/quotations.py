"""Quoted speech: the stretches of a text that are another's words."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from kzbot.language.spans import Span

LONGEST = 1_500
"""A quotation of more characters than this was never closed: it ends where its paragraph does."""
_MARK = re.compile(r"``|''|[“”«»„\"]|\n[^\S\n]*\n")
_OPENS = {"``": "''", "“": "”", "«": "»", "„": "“”"}
_CLOSES = frozenset(("''", "”", "»"))


def quoted(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The quotations within `text[start:end]` in order, with their marks; code points, end exclusive.

    A closing mark without an opening one ends a quotation that began before `start`; an opening one without a closing one
    runs to the end of its paragraph.
    """
    stop = len(text) if end is None else end
    found: list[Span] = []
    begun, closing = -1, ""
    for match in _MARK.finditer(text, start, stop):
        mark = match[0]
        if mark[0] == "\n" or (begun >= 0 and match.start() - begun > LONGEST):
            if begun >= 0:
                found.append(Span(begun, min(match.start(), begun + LONGEST)))
            begun = -1
            if mark[0] == "\n":
                continue
        if begun >= 0:
            if mark in closing:
                found.append(Span(begun, match.end()))
                begun = -1
        elif mark in _OPENS or (mark == '"' and not _closes(text, match, start, stop)):
            begun, closing = match.start(), _OPENS.get(mark, mark)
        elif (mark in _CLOSES or mark == '"') and not found:
            found.append(Span(start, match.end()))
    if begun >= 0:
        found.append(Span(begun, min(stop, begun + LONGEST)))
    return found


def _closes(text: str, mark: re.Match[str], start: int, stop: int) -> bool:
    """Whether a mark that may open or close stands close behind a word and not before one."""
    before = text[mark.start() - 1] if mark.start() > start else " "
    behind = text[mark.end()] if mark.end() < stop else " "
    return not before.isspace() and before not in "([—–-" and not behind.isalnum()


def within(spans: Sequence[Span], place: int) -> bool:
    """Whether the character at `place` lies in one of the spans, which stand in order and do not overlap."""
    at = bisect_right(spans, place, key=lambda span: span.start) - 1
    return at >= 0 and place < spans[at].end
