"""Whether a quotation stands in a text: to the letter, but for typography, or in pieces that say where they leave out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kzbot.language.quoting.reading import DOTS, QUOTE, Reading, is_word, read

_INITIAL = re.compile(r"\[([^\W\d_])\](?=[^\W\d_])")
_LONGEST_INSERTION = 12
_SHORT_PIECE = 4
_SHORT_GAP = 60
_MOST_BEGINNINGS = 50


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quotation stands in a text, by offsets, end exclusive; `exact`: to the letter, white space included."""

    start: int
    end: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of keys of a quotation, from `first` to before `last`."""

    first: int
    last: int


def standing(quotation: Reading, source: Reading) -> Place | None:
    """Where the quotation stands in the source, the first exact place before any other; None where it does not.

    Not counted are, besides typography: a full stop or comma with which the quotation ends, as printers set it before the
    closing mark; dots of omission at its beginning or end; and a letter in brackets whose case was changed for the new
    sentence ("[T]he"). A word must be whole.
    """
    places = source.places(quotation.keys)
    count = len(quotation.keys)
    for at in places:
        start = source.starts[at] - quotation.starts[0]
        end = source.ends[at + count - 1] + len(quotation.text) - quotation.ends[-1]
        if start >= 0 and source.text[start:end] == quotation.text:
            return Place(start, end, exact=True)
    for wording in _wordings(quotation):
        found = source.places(wording)
        if found:
            return Place(source.starts[found[0]], source.ends[found[0] + len(wording) - 1], exact=False)
    return None


def _wordings(quotation: Reading) -> Iterator[Sequence[str]]:
    """The ways in which it may stand in a text, the closest first."""
    keys = list(quotation.keys)
    yield keys
    bare = trimmed(keys)
    if bare != keys:
        yield bare
    if _INITIAL.search(quotation.text):
        for each in (plain(quotation.text), _INITIAL.sub(lambda found: found[1].swapcase(), quotation.text)):
            yield trimmed(read(each).keys)


def plain(text: str) -> str:
    """A quotation without the brackets around the first letters of its words."""
    return _INITIAL.sub(r"\1", text)


def trimmed(keys: Sequence[str]) -> list[str]:
    """The keys without dots of omission at either end, and without a full stop or comma at the end."""
    first, last = 0, len(keys)
    while first < last and keys[first] == DOTS:
        first += 1
    while last > first and keys[last - 1] in (DOTS, ".", ","):
        last -= 1
    if last > first + 1 and keys[last - 1] == QUOTE and keys[last - 2] in ".,":
        return [*keys[first : last - 2], QUOTE]
    return list(keys[first:last])


def pieces(quotation: Reading) -> list[Piece]:
    """What lies between its dots of omission and its insertions in brackets, each with a word; in order."""
    found: list[Piece] = []
    keys = quotation.keys
    begun = at = 0
    while at < len(keys):
        end = _gap_end(keys, at)
        if end > at:
            found.append(Piece(begun, at))
            begun = at = end
        else:
            at += 1
    found.append(Piece(begun, len(keys)))
    return [one for one in found if any(is_word(key) for key in keys[one.first : one.last])]


def _gap_end(keys: Sequence[str], at: int) -> int:
    """Behind the dots or the bracket that begin at this key; `at` itself where none does."""
    if keys[at] == DOTS:
        return at + 1
    if keys[at] in "[(":
        close = "]" if keys[at] == "[" else ")"
        for end in range(at + 1, min(at + 2 + _LONGEST_INSERTION, len(keys))):
            if keys[end] == close:
                inside = keys[at + 1 : end]
                return end + 1 if close == "]" or all(key == DOTS for key in inside) else at
    return at


def in_order(quotation: Reading, parts: Sequence[Piece], source: Reading) -> list[int] | None:
    """Where the pieces stand in the source one behind the other, as close together as they do; None where they do not.

    A short piece must stand near the one before it: two words are found anywhere.
    """
    wanted = [list(quotation.keys[part.first : part.last]) for part in parts]
    wanted[-1] = trimmed(wanted[-1])
    best: list[int] | None = None
    for begin in source.places(wanted[0])[:_MOST_BEGINNINGS]:
        found = [begin]
        for before, keys in pairwise(wanted):
            behind = found[-1] + len(before)
            at = next(iter(source.places(keys, behind)), None)
            if at is None or (len(keys) < _SHORT_PIECE and at - behind > _SHORT_GAP):
                break
            found.append(at)
        if len(found) == len(wanted) and (best is None or found[-1] - begin < best[-1] - best[0]):
            best = found
    return best
