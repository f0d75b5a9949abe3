"""A sentence as words with the names among them: what all reading of roles asks."""

from bisect import bisect_right
from collections.abc import Sequence

from kzbot.language.irregular_verbs import forms_by_word
from kzbot.language.roles.offices import unit_at
from kzbot.language.roles.role import Named
from kzbot.language.roles.tables import DETERMINERS, HONORIFICS
from kzbot.language.roles.words import Word
from kzbot.language.words import STOP_WORDS

_VERBS = frozenset(forms_by_word()) - {"state", "lead", "deals", "means", "light", "lights", "sports"}
_JOINING = frozenset((" ", "-"))
_LONGEST_ABBREVIATION = 5
_LOOK = 4


class Sentence:
    """The words of a sentence; `names`: for each the name that it is a part of, which do not overlap."""

    def __init__(self, text: str, words: Sequence[Word], names: Sequence[Named]) -> None:
        self.text, self.words = text, words
        self.names = _by_word(words, names)
        self.all_plain = [word.plain for word in words]

    def __len__(self) -> int:
        return len(self.words)

    def gap(self, at: int) -> str:
        """What joins the word at this place with the one before it; empty behind the last word."""
        return self.words[at].gap if at < len(self.words) else ""

    def plain(self, at: int) -> str:
        """The word at this place in lower case; empty where there is none."""
        return self.words[at].plain if 0 <= at < len(self.words) else ""

    def joined(self, at: int) -> bool:
        """Whether a word goes on with the one before it: a blank or a hyphen stands between, or an abbreviation's full stop."""
        gap = self.words[at].gap
        return gap in _JOINING or (gap == "." and len(self.words[at - 1].plain) <= _LONGEST_ABBREVIATION)

    def free(self, at: int) -> bool:
        """Whether no name stands at this place."""
        return self.names[at] is None

    def unit(self, at: int) -> tuple[int, str, bool] | None:
        """The noun of an office that begins here: the place behind it, its key, whether it is a plural."""
        stop = at + 1
        while stop < min(len(self.words), at + _LOOK) and self.joined(stop) and self.free(stop):
            stop += 1
        unit = unit_at(self.all_plain[at:stop], 0)
        return (at + unit[0], unit[1], unit[2]) if unit else None

    def holder(self, at: int) -> Named | None:
        """The name that begins at this word, or behind "Mr." there, and may be a person's."""
        while at < len(self.words) and self.plain(at) in HONORIFICS and self.free(at):
            at += 1
            if self.gap(at) not in (" ", "."):
                return None
        if at >= len(self.words):
            return None
        name = self.names[at]
        return name if name and name.holds and name.start == self.words[at].start else None

    def begin(self, place: int) -> int:
        """The first word of the name around `place`."""
        name = self.names[place]
        while place and name is not None and self.names[place - 1] is name:
            place -= 1
        return place

    def end(self, place: int) -> int:
        """The place behind the name around `place`."""
        name = self.names[place]
        while place < len(self.words) and self.names[place] is name:
            place += 1
        return place

    def is_noun(self, place: int) -> bool:
        """Whether this may be a noun or an adjective in lower case."""
        if place >= len(self.words) or self.names[place] is not None:
            return False
        word = self.words[place]
        if word.capital or not word.plain.isalpha():
            return False
        small = word.plain in STOP_WORDS or word.plain in _VERBS or word.plain in DETERMINERS
        return not (small or word.plain.endswith(("ed", "ing", "ly")))


def _by_word(words: Sequence[Word], names: Sequence[Named]) -> list[Named | None]:
    starts = [name.start for name in names]
    found: list[Named | None] = []
    for word in words:
        at = bisect_right(starts, word.start) - 1
        found.append(names[at] if at >= 0 and word.end <= names[at].end else None)
    return found
