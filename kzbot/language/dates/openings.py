"""Words before a date that make it a side of time: since, until, before, after, about, the week of."""

import re
from dataclasses import dataclass
from typing import Literal

from kzbot.language.dates.alternatives import last_word
from kzbot.language.dates.lexicon import words_of

_REACH = 48
_BEFORE = re.compile(
    r"(?<![\w-])(?:(?P<since>(?:ever +)?since(?: +about| +around)?|со?)|(?P<until>(?:up +)?until|till|up +to|through|до|по)"
    r"|(?P<not_before>(?:no|not) +(?:later|earlier) +than|not +before)|(?P<before>before|prior +to|earlier +than)"
    r"|(?P<week>(?:the +)?week +(?:of|beginning))|(?P<after>after|later +than|после)|(?P<about>about|around|circa|ca?\.|approximately|roughly))\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_FROM = re.compile(r"(?<![\w-])from\s+$", re.IGNORECASE)
_ONWARD = re.compile(
    r"(?:\s*,?\s*(?:onwards?|and +(?:later|after))|\s+(?P<on>on)(?=\s*[,.;:)])|(?:\s*[-–—]\s*|\s+(?:to|until|till)\s+(?:the\s+)?)(?:present|now))(?!\w)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"(?<![\w-])(?:from|between|со?)\s+(?:the\s+)?$", re.IGNORECASE)
_PUT_OFF = re.compile(
    r"(?:postpon|delay|deferr?|resched|pushed? back|put off|\bnot\b|n[’']t\b|\bnever\b)", re.IGNORECASE
)
_UNIT_BEFORE = re.compile(
    r"(?:years?|months?|weeks?|days?|hours?|minutes?|soon|shortly|just|immediately|right)\s+$", re.IGNORECASE
)

_LAST_WORDS = frozenset(
    words_of(
        "since about around until till to through than before of beginning after circa c. ca. ca approximately roughly the с со до по после"
    )
)

Side = Literal["since", "until", "before", "after", "about", "week"]


@dataclass(frozen=True, slots=True)
class Opening:
    """`side`, and where the mark's words then start and end."""

    side: Side
    start: int
    end: int


def opening(text: str, start: int, end: int, floor: int = 0) -> Opening | None:
    """What stands before the date from `start` to `end` (not looking before `floor`), or "on" behind "from 2009".

    "Delayed until 2007" and "not until 2007" tell the date itself; "two days after Nov. 14" tells another one. Both: None.
    """
    left = text[max(start - _REACH, floor) : start]
    found = _BEFORE.search(left) if last_word(left) in _LAST_WORDS else None
    offset = start - len(left)
    if found is None or "\n\n" in found[0]:
        return _onward(text, left, start, end)
    side = found.lastgroup
    first = offset + found.start()
    if side == "since":
        return Opening("since", first, end)
    if side == "until":
        put_off = _PUT_OFF.search(text, max(first - 80, floor), first)
        return None if put_off else Opening("until", first, end)
    if side in ("about", "week"):
        return Opening("about" if side == "about" else "week", first, end)
    if side in ("before", "after") and not _UNIT_BEFORE.search(left, 0, found.start()):
        return Opening("before" if side == "before" else "after", first, end)
    return None


def opens_range(text: str, start: int, floor: int = 0) -> int | None:
    """Where "from" or "between" starts, when it stands right before `start`."""
    left = text[max(start - 16, floor) : start]
    found = _BETWEEN.search(left)
    return start - len(left) + found.start() if found else None


def _onward(text: str, left: str, start: int, end: int) -> Opening | None:
    onward = _ONWARD.match(text, end, end + 24)
    if onward is None:
        return None
    origin = _FROM.search(left)
    if onward["on"] and not origin:
        return None
    return Opening("since", start - len(left) + origin.start() if origin else start, onward.end())
