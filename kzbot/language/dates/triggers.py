"""One pass over the text for the words without which there is no date: where the rules have to look."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from kzbot.language.dates.alternatives import any_of
from kzbot.language.dates.lexicon import TRIGGERS, TRIGGERS_IN_RUSSIAN, VAGUE, WORDS
from kzbot.language.dates.meaning import Reading, Undated

REACH = 48
"""Code points around a trigger in which a rule may need words: the longest phrase of the rules is shorter."""
_TO_A_SPACE = 40
_CLUSTER = 10
"""Triggers so near one another are looked at as one."""
_AROUND = ",.;:()"
_UNIT_INITIALS = frozenset("ymwdqhcs")
_BEFORE_A_UNIT = 16
"""Right before a unit may stand what no rule knows: the past five working days."""
_ENDS = frozenset(".,;:)!?\"”’'")

_WORDS = re.compile(rf"(?<![a-z0-9]){any_of((*TRIGGERS, *VAGUE))}(?![a-z])")
_CYRILLIC = re.compile("[а-я]")
_WORDS_IN_RUSSIAN = re.compile(rf"(?<!\w)(?:{any_of(TRIGGERS_IN_RUSSIAN)})(?!\w)")
_DIGITS = re.compile(
    r"[\d'’`q](?:(?<=\d)(?:\d{3}|[/.]\d\d?[/.]\d|:\d\d|0s|q| ?[ap]\.?m|(?:st|nd|rd|th)[ -]c)|(?<=['’`])\d\d|(?<=q)(?<![a-z0-9]q)[1-4])",
    re.ASCII,
)
_TRIGGERS = frozenset(TRIGGERS)


class Triggers(NamedTuple):
    """`places`: where rules have to look, in order. `vague`: start and end of what may be a vague reference."""

    places: list[int]
    vague: list[tuple[int, int]]


def lowered(text: str) -> str:
    """The text in lower case, of the same length."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)


def scan(low: str) -> Triggers:
    """Where the text (in lower case) has words or digits that dates may be made of."""
    vague: list[tuple[int, int]] = []
    places: list[int] = []
    for match in _WORDS.finditer(low):
        if match[0] in _TRIGGERS:
            places.append(match.start())
        else:
            vague.append(match.span())
    places.extend([match.start() for match in _DIGITS.finditer(low)])
    if not low.isascii() and _CYRILLIC.search(low):
        places.extend([match.start() for match in _WORDS_IN_RUSSIAN.finditer(low)])
    places.sort()
    return Triggers(places, vague)


def vague_readings(low: str, vague: Iterable[tuple[int, int]]) -> list[Reading]:
    """Vague references ("now", "recently") where they stand by themselves."""
    readings: list[Reading] = []
    for start, end in vague:
        word, behind = low[start:end], low[end : end + 1]
        if behind.isalnum() or behind == "-" or (word == "the past" and behind not in _ENDS):
            continue
        readings.append(Reading(start, end, Undated(VAGUE[word])))
    return readings


def stretches(text: str, places: list[int]) -> list[tuple[int, int]]:
    """The stretches of the text around triggers, in order and apart, cut at white space.

    A stretch reaches from a trigger to the first word on either side that no rule speaks of, and holds that word.
    """
    found: list[tuple[int, int]] = []
    first = last = -1
    for place in places:
        if place - last <= _CLUSTER and first >= 0:
            last = place
            continue
        if first >= 0:
            found.append((_first_needed(text, first), _last_needed(text, last)))
        first = last = place
    if first >= 0:
        found.append((_first_needed(text, first), _last_needed(text, last)))
    return _apart(found, text)


def _first_needed(text: str, place: int) -> int:
    """Where the words before a trigger begin that a rule may need."""
    low = max(place - REACH, 0)
    at = place
    words = text[low:place].split()
    if words and not text[place - 1].isspace():
        at = text.rindex(words.pop(), low, at)
    inside = place - _BEFORE_A_UNIT if text[place] in _UNIT_INITIALS else place
    for word in reversed(words):
        at = text.rindex(word, low, at)
        if low < at < inside and _ends_here(word):
            return at
    return _back_to_space(text, low)


def _last_needed(text: str, place: int) -> int:
    """Where the words behind a trigger end that a rule may need."""
    high = min(place + REACH, len(text))
    words = text[place:high].split()
    at = place + len(words[0])
    for word in words[1:-1]:
        at = text.index(word, at) + len(word)
        if _ends_here(word):
            return at
    return _on_to_space(text, high, len(text))


def _ends_here(word: str) -> bool:
    """Whether no rule reaches over a word: rules ask at most what stands beside their own words."""
    bare = word.strip(_AROUND)
    return bare.isalpha() and bare not in WORDS


def _apart(found: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """The stretches, those joined that overlap by more than the one word between them that ends both."""
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and start <= joined[-1][1] and not (end > joined[-1][1] and _ends_here(text[start : joined[-1][1]])):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _back_to_space(text: str, place: int) -> int:
    for at in range(place, max(place - _TO_A_SPACE, 0), -1):
        if text[at - 1].isspace():
            return at
    return max(place - _TO_A_SPACE, 0)


def _on_to_space(text: str, place: int, size: int) -> int:
    for at in range(place, min(place + _TO_A_SPACE, size)):
        if text[at].isspace():
            return at
    return min(place + _TO_A_SPACE, size)
