"""When two passages are one text that two publishers printed: the same words, but for small changes of an editor's hand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from rapidfuzz.distance import LCSseq

from kzbot.language.alike import spellings
from kzbot.language.folding import fold_as_index
from kzbot.language.words import stem

IN_COMMON = 0.9
"""Of the words of the longer one so many must stand in the other, in their order."""
_APART = re.compile(r"\s+|[-–—/]+")
_MARKS = re.compile(r"[^\w$€£¥%+]|_")
# What may come or go without another meaning, and what may not: the rest may come, or go, but not stand for another word.
_LIGHT = frozenset(
    [
        "a",
        "an",
        "the",
        "this",
        "that",
        "these",
        "those",
        "its",
        "his",
        "her",
        "their",
        "our",
        "and",
        "also",
        "has",
        "have",
        "had",
        "been",
        "is",
        "was",
        "are",
        "were",
        "be",
        "of",
        "in",
        "on",
        "at",
        "by",
        "for",
        "as",
        "which",
        "who",
        "it",
        "he",
        "she",
        "they",
        "said",
        "says",
        "told",
    ]
)
_TURNING = frozenset(
    [
        "not",
        "no",
        "never",
        "none",
        "nor",
        "neither",
        "without",
        "except",
        "unless",
        "against",
        "before",
        "after",
        "until",
        "from",
        "to",
        "up",
        "down",
        "over",
        "under",
        "more",
        "less",
        "fewer",
        "most",
        "least",
        "cannot",
        "may",
        "might",
        "could",
        "would",
        "should",
        "denied",
        "refused",
        "failed",
        "allegedly",
        "reportedly",
        "possibly",
    ]
)


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a passage as they are compared; `figures`: those that hold a digit, in order."""

    words: tuple[str, ...]
    figures: tuple[str, ...]
    held: frozenset[str]


def wording(text: str) -> Wording:
    """The words of `text`: case, accents, punctuation, "U.S." for "US" and British spelling do not count."""
    folded = fold_as_index(text).text
    found = tuple(word for word in map(_word, _APART.split(folded)) if word)
    return Wording(found, tuple(word for word in found if any(map(str.isdigit, word))), frozenset(found))


def same_text(one: Wording, other: Wording) -> bool:
    """Whether both are one text, printed twice.

    Never where figures differ, where a word stands for another one ("rose" for "fell", a name for a name), or where what
    came or went turns the meaning ("not").
    """
    if one.words == other.words:
        return True
    longest = max(len(one.words), len(other.words))
    if one.figures != other.figures or len(one.held & other.held) < (2 * IN_COMMON - 1) * len(one.held):
        return False
    if LCSseq.similarity(one.words, other.words) < IN_COMMON * longest:
        return False
    gone, come = _changed(one.words, other.words)
    if not _TURNING.isdisjoint(gone) or not _TURNING.isdisjoint(come):
        return False
    gone, come = [word for word in gone if word not in _LIGHT], [word for word in come if word not in _LIGHT]
    return not gone or not come or list(map(stem, gone)) == list(map(stem, come))


def _changed(one: Sequence[str], other: Sequence[str]) -> tuple[list[str], list[str]]:
    """The words that went and that came, in order, where one stands oftener than in the other, or elsewhere."""
    gone, come = list[str](), list[str]()
    for tag, first, last, begin, end in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag != "equal":
            gone.extend(one[first:last])
            come.extend(other[begin:end])
    return gone, come


@lru_cache(maxsize=65536)
def _word(text: str) -> str:
    word = _MARKS.sub("", text)
    if text.endswith(("n't", "n’t")):
        return "not"
    return min((word, *spellings(word))) if word.isascii() and word.isalpha() else word
