"""What stands before the noun of an office: whose it is, over what it is, when it was held."""

import re
from typing import NamedTuple

from kzbot.language.names.carried.keys import key_of
from kzbot.language.names.carried.tables import CALENDAR, NATIONALITIES, NO_NAMES
from kzbot.language.roles.sentence import Sentence
from kzbot.language.roles.tables import COUNTRIES, DETERMINERS, OF_STATES, OVER, RANKS, STANDING, TIME
from kzbot.language.words import STOP_WORDS

_FARTHEST = 8
_UNKNOWN = 2
_ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th)")


class Before(NamedTuple):
    """Where a phrase begins, an article left out; its words before the noun that make the office; its owner. `determined`:
    an article or the like stands before it; `owned`: an owner is named, or described."""

    first: int
    words: list[str]
    owner: str | None
    determined: bool
    owned: bool


def read_before(sentence: Sentence, at: int, floor: int, unit: str) -> Before:
    """What stands before the noun at `at`, whose key is `unit`; nothing before `floor` belongs to it."""
    reader = _Reader(sentence, at, floor, unit)
    determined = reader.read()
    words = [word.plain for word in sentence.words[reader.first : at]]
    kept = [word for place, word in enumerate(words, reader.first) if place in reader.kept]
    return Before(reader.first, kept, reader.owner, determined, reader.owned)


class _Reader:
    """Goes back word by word; `tried` is how far, `first` how far it surely belongs."""

    def __init__(self, sentence: Sentence, at: int, floor: int, unit: str) -> None:
        self._sentence, self._at, self._floor, self._unit = sentence, at, floor, unit
        self.first = self._tried = at
        self.kept: set[int] = set()
        self.owner: str | None = None
        self.owned = False
        self._unknown = 0

    def read(self) -> bool:
        """Whether an article, or an owner with "'s", stands before all."""
        sentence = self._sentence
        while self._tried > max(self._floor, self._at - _FARTHEST):
            place = self._tried - 1
            if sentence.gap(self._tried) == "'":
                self.first, self.owner = self._possessor(place)
                self.owned = True
                return True
            if not sentence.joined(self._tried):
                return False
            if sentence.plain(place) in DETERMINERS:
                self.first = self._tried
                return True
            if not (self._named(place) or self._described(place)):
                return False
        return False

    def _named(self, place: int) -> bool:
        """Take an owner's name that ends here."""
        word, name = self._sentence.words[place], self._sentence.names[place]
        if name is None and not (word.plain in NATIONALITIES and word.capital):
            return False
        if self.owned or (name is not None and name.sure and name.holds):
            return False
        begin = self._sentence.begin(place) if name is not None else place
        if begin < self._floor:
            return False
        self.first = self._tried = begin
        self.owner, self.owned = (name.owner if name is not None else COUNTRIES.get(word.plain, word.plain)), True
        if name is not None and name.carried and self._unit in OF_STATES:
            self._take_field(begin, place)
        return True

    def _take_field(self, begin: int, place: int) -> None:
        """Take what a minister is over out of the owner's name ("Saudi Oil Minister")."""
        words, last = self._sentence.words, place
        while last > begin and words[last].plain in OVER:
            self.kept.add(last)
            last -= 1
        if last < place:
            owner = key_of(self._sentence.text[words[begin].start : words[last].end])
            self.owner = COUNTRIES.get(owner, owner)

    def _described(self, place: int) -> bool:
        """Take a word that may stand before an office."""
        word = self._sentence.words[place]
        if self._sentence.names[place] is not None or (self.owned and word.plain not in TIME):
            return False
        known = word.plain in TIME or word.plain in STANDING or word.plain in OVER or self._is_and(place)
        known = known or _ORDINAL.fullmatch(word.plain) is not None or self._is_field(place)
        if not known:
            strange = word.capital or self._unknown >= _UNKNOWN or self._unit in RANKS
            if strange or not self._sentence.is_noun(place):
                return False
            self._unknown += 1
        self._tried = place
        if _ORDINAL.fullmatch(word.plain) is None:
            self.kept.add(place)
        if known and not self._unknown and word.plain != "and":
            self.first = place
        return True

    def _is_field(self, place: int) -> bool:
        """Whether a word with a capital says what a minister is over ("Petroleum Minister")."""
        word = self._sentence.words[place]
        if self._unit not in OF_STATES or not (word.capital and place and self._tried == self._at):
            return False
        return not (word.plain in STOP_WORDS or word.plain in CALENDAR or word.plain in NO_NAMES)

    def _is_and(self, place: int) -> bool:
        sentence = self._sentence
        over = sentence.plain(place - 1) in OVER and sentence.plain(place + 1) in OVER
        return sentence.plain(place) == "and" and over and sentence.gap(place) == " "

    def _possessor(self, place: int) -> tuple[int, str | None]:
        """From where the owner ending at `place` is written, and what it is called."""
        name = self._sentence.names[place]
        if name is not None:
            return max(self._floor, self._sentence.begin(place)), name.owner
        first = place
        while place - 3 < first and first > self._floor and self._sentence.joined(first):
            if not self._sentence.is_noun(first - 1):
                break
            first -= 1
        return first, None
