"""Case and accents off, with a way back to the offsets of the unmodified text."""

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from kzbot.language.spans import Span

_KEPT_LETTERS = frozenset("йїў")
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212_"
_APOSTROPHES = "'`\u00b4\u2018\u2019\u201a\u201b\u02bc\u2032"
_QUOTES = '"\u00ab\u00bb\u201c\u201d\u201e\u201f\u2033'
_RUN_OF_BLANKS = re.compile(r" {2,}")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; `starts` gives each of its characters the place in the original, None where nothing moved."""

    text: str
    length: int
    starts: Sequence[int] | None = field(default=None, repr=False)

    def original(self, start: int, end: int) -> Span:
        """The stretch of the original that `text[start:end]` was made of, accents that stand behind it included."""
        if self.starts is None:
            return Span(start, end)
        if start >= end:
            place = self.starts[start] if start < len(self.starts) else self.length
            return Span(place, place)
        after = self.starts[end] if end < len(self.starts) else self.length
        return Span(self.starts[start], max(after, self.starts[end - 1] + 1))

    def place(self, offset: int) -> int:
        """The first character of `text` that stands at `offset` of the original, or behind it."""
        return offset if self.starts is None else bisect_left(self.starts, offset)


class _Fold(dict[int, str]):
    """Case folding with accents off; letters of their own (Cyrillic short i) stay, invisible characters go."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = self.of(chr(code))
        return folded

    def of(self, character: str) -> str:
        plain = character.casefold()
        if plain in _KEPT_LETTERS:
            return plain
        return "".join(c for c in unicodedata.normalize("NFD", plain) if unicodedata.category(c) not in ("Mn", "Cf"))


class _IndexFold(_Fold):
    """What SQLite's `unicode61 remove_diacritics 2` makes of a letter: accents off Latin letters only."""

    def of(self, character: str) -> str:
        if "\u0300" <= character <= "\u036f":
            return ""
        base = unicodedata.normalize("NFD", character)[0]
        if base.isascii():
            return base.lower()
        plain = character.casefold()
        return plain if len(plain) == 1 else character.lower() if len(character.lower()) == 1 else character


class _NameFold(_Fold):
    """As `_Fold`; dashes and every white space are a blank, and each kind of quotation mark is one."""

    def of(self, character: str) -> str:
        if character in _DASHES or character.isspace():
            return " "
        if character in _APOSTROPHES:
            return "'"
        return '"' if character in _QUOTES else super().of(character)


# Tables that fill themselves with the characters they meet: what they hold never changes what they answer.
_FOLD, _INDEX_FOLD, _NAME_FOLD = _Fold(), _IndexFold(), _NameFold()
_ASCII_NAME_FOLD = {ord(c): _NAME_FOLD.of(c) for c in map(chr, range(128))}


def fold(text: str) -> Folded:
    """`text` casefolded, accents off."""
    return Folded(text.lower(), len(text)) if text.isascii() else _folded(text, _FOLD)


def fold_as_index(text: str) -> Folded:
    """`text` as the full-text index folds it, so that a token here is a token there."""
    return Folded(text.lower(), len(text)) if text.isascii() else _folded(text, _INDEX_FOLD)


def fold_names(text: str) -> Folded:
    """`text` as names are compared: folded, dashes and runs of white space one blank, quotation marks of one kind.

    "Steppe-\\n  Eagle" and "steppe eagle" are the same.
    """
    ascii_only = text.isascii()
    folded = Folded(text.translate(_ASCII_NAME_FOLD), len(text)) if ascii_only else _folded(text, _NAME_FOLD)
    return _squeezed(folded) if "  " in folded.text else folded


def names_folded(text: str) -> str:
    """The text of `fold_names`, without the way back to offsets: for many texts at once."""
    return _RUN_OF_BLANKS.sub(" ", text.translate(_ASCII_NAME_FOLD if text.isascii() else _NAME_FOLD))


def _folded(text: str, table: _Fold) -> Folded:
    folded = text.translate(table)
    if all(len(table[ord(character)]) == 1 for character in set(text)):
        return Folded(folded, len(text))
    starts = array("q", (i for i, character in enumerate(text) for _ in table[ord(character)]))
    return Folded(folded, len(text), starts)


def _squeezed(folded: Folded) -> Folded:
    """Runs of blanks as one."""
    pieces: list[str] = []
    starts = array("q")
    origin = folded.starts if folded.starts is not None else range(folded.length)
    last = 0
    for run in _RUN_OF_BLANKS.finditer(folded.text):
        pieces.append(folded.text[last : run.start() + 1])
        starts.extend(origin[last : run.start() + 1])
        last = run.end()
    pieces.append(folded.text[last:])
    starts.extend(origin[last:])
    return Folded("".join(pieces), folded.length, starts)
