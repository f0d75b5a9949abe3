"""When two texts are nearly the same, word for word and in order; sketches tell which two are worth comparing.

After A. Z. Broder, On the resemblance and containment of documents (1997), with one permutation for a whole sketch: P. Li,
A. Owen, C. Zhang, One permutation hashing (2012); its empty bins are filled as A. Shrivastava and P. Li do (2014).
"""

import re
from array import array
from collections.abc import Iterator, Sequence
from zlib import crc32

from rapidfuzz.distance import LCSseq

from kzbot.language.folding import fold_as_index

NEAR = 0.55
"""Of all shingles of two texts so many must stand in both, in one order: a word in nine may be another one, two sevenths of
either may be missing in the other, or nearly half of one. In collections not made for it nothing lies about this bound."""
WIDTH = 3
"""Words of a shingle: a changed word costs no more than three of them."""
BANDS, ROWS = 42, 3
"""Texts that agree in a band of a sketch are compared: of two that are `NEAR`, 999 in 1,000 agree in one."""
LONGEST = 20_000
"""Shingles that are compared; of a longer text an even part is chosen by what they are, so that another text has the same."""

_BINS = BANDS * ROWS
_ITEM = array("I").itemsize
# Of scripts without blanks each character counts as a word: Thai and Lao, Chinese, Japanese, Korean.
_WIDE = "\u0e00-\u0eff\u2e80-\ud7ff\uf900-\ufaff"
_WORD = re.compile(rf"[{_WIDE}]|[^\W_{_WIDE}]+")


def shingles(text: str) -> list[int]:
    """The shingles of `text` in order, as hashes of 32 bits; case, accents and punctuation do not count."""
    words = _WORD.findall(fold_as_index(text).text)
    if not words:
        return []
    ends = range(WIDTH, max(len(words), WIDTH) + 1)
    return [crc32(" ".join(words[end - WIDTH : end]).encode("utf-8", "replace")) for end in ends]


def sketch(found: Sequence[int]) -> bytes:
    """What is remembered of a text's shingles to tell which other texts may be near; empty for a text without words."""
    if not found:
        return b""
    least: dict[int, int] = {}
    for one in set(found):
        value, place = divmod(one, _BINS)
        if value < least.get(place, value + 1):
            least[place] = value
    return array("I", _filled(least)).tobytes()


def bands(made: bytes) -> Iterator[bytes]:
    """The bands of a sketch, in order."""
    size = ROWS * _ITEM
    return (made[at : at + size] for at in range(0, len(made), size))


def likeness(one: bytes, other: bytes) -> float:
    """The share of common shingles, in whatever order, as two sketches estimate it: within 0.13 in 99 of 100 cases."""
    values, others = array("I", one), array("I", other)
    return sum(map(int.__eq__, values, others)) / _BINS


def resemblance(one: Sequence[int], other: Sequence[int]) -> float:
    """The share of the shingles of both texts that stand in both in one order: 1 the same words, 0 nothing in common.

    What was only put into another order counts once, so that texts made of the same sentences are not taken for one.
    """
    step = 1
    while max(len(one), len(other)) > step * LONGEST:
        step *= 2
    if step > 1:
        one, other = _sampled(one, step), _sampled(other, step)
    if not one or not other:
        return 0.0
    common = LCSseq.similarity(one, other)
    return float(common / (len(one) + len(other) - common))


def _filled(least: dict[int, int]) -> Iterator[int]:
    """The least value of each bin; an empty one has that of the next that is not, told apart by how far it was fetched."""
    far, value, filled = 0, 0, list[int]()
    for place in reversed(range(2 * _BINS)):
        found = least.get(place % _BINS)
        far, value = (0, found) if found is not None else (far + 1, value)
        if place < _BINS:
            filled.append((value + far * 0x9E3779B1) & 0xFFFFFFFF)
    return reversed(filled)


def _sampled(found: Sequence[int], step: int) -> list[int]:
    return [one for one in found if (one >> 8) % step == 0]
