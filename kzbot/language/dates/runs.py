"""Unbroken runs of time words: a table at first, and beyond all tables nothing that is worth reading."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from kzbot.language.dates import kinds
from kzbot.language.dates.alternatives import any_of
from kzbot.language.dates.lexicon import VAGUE, WORDS

LONGEST = 8_000
"""Code points of a run that are read: more than four hundred dates one behind the other with no other word between."""
_MANY, _NEAR = 128, 4_000
"""So many triggers within so many code points are looked at closer."""
_OTHER = frozenset((kinds.COUNTED, kinds.LABEL, kinds.HOLIDAY))
_TIME_WORD = any_of(
    {word.lower() for word, (kind, _) in WORDS.items() if kind not in _OTHER and word.isalpha()}
    | {word for phrase in VAGUE for word in phrase.split()}
    | {"год", "года", "году", "г", "гг"}
)
_RUN = re.compile(rf"(?<![^\W_])(?:(?:{_TIME_WORD}|\d+(?:[a-z]{{2}}|s)?)(?![^\W_])[\W_]*){{4,}}+")


def unread(low: str, places: Sequence[int]) -> list[tuple[int, int]]:
    """The stretches of a text (in lower case) behind the first `LONGEST` of a run; `places`: its triggers, in order."""
    if not any(places[at + _MANY] - places[at] < _NEAR for at in range(0, len(places) - _MANY, _MANY)):
        return []
    found = (match.span() for match in _RUN.finditer(low))
    return [(_word_end(low, start + LONGEST), end) for start, end in found if end - start > LONGEST]


def _word_end(low: str, place: int) -> int:
    while place < len(low) and low[place].isalnum():
        place += 1
    return place


def outside(stretches: Sequence[tuple[int, int]], left_out: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches without what is left out, both in order."""
    if not left_out:
        return list(stretches)
    kept: list[tuple[int, int]] = []
    first = 0
    for start, end in stretches:
        while first < len(left_out) and left_out[first][1] <= start:
            first += 1
        for out_start, out_end in left_out[first:]:
            if out_start >= end:
                break
            if start < out_start:
                kept.append((start, out_start))
            start = max(start, out_end)
        if start < end:
            kept.append((start, end))
    return kept


def kept_places(places: Sequence[int], left_out: Sequence[tuple[int, int]]) -> list[int]:
    """The places that are not within what is left out."""
    kept: list[int] = []
    behind = 0
    for start, end in left_out:
        kept.extend(places[bisect_left(places, behind) : bisect_left(places, start)])
        behind = end
    kept.extend(places[bisect_left(places, behind) :])
    return kept
