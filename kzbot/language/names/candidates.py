"""Which spellings of a shelf are worth fitting to a name that was typed."""

from collections import Counter
from collections.abc import Sequence
from itertools import chain

from kzbot.language.names.alignment import Knowledge, telling, word_level
from kzbot.language.names.people_words import LOOSE_PARTICLES, given_forms
from kzbot.language.names.shelf import Shelf
from kzbot.language.names.sounds import as_written
from kzbot.language.names.spelling_rules import key_of, other_sounds, skeletons

MOST_TRIED = 400
_MOST_HELD = 4000
_TWO_EDITS_FROM = 8


class Candidates:
    """Looks on one shelf for one question; what answers to a word is sought once."""

    def __init__(self, shelf: Shelf, knowledge: Knowledge) -> None:
        self.shelf, self.knowledge = shelf, knowledge
        self._held: dict[str, frozenset[int]] = {}

    def of_thing(self, words: Sequence[str], nouns: frozenset[str]) -> list[int]:
        """Spellings that hold an answer to each telling word, the best first."""
        for left_out in dict.fromkeys((nouns, frozenset[str]())):
            sets = [self._holders(word) for word in telling(words, left_out)]
            if sets and (found := frozenset.intersection(*sets)):
                return sorted(found)[:MOST_TRIED]
        return []

    def of_person(self, words: Sequence[str]) -> list[int]:
        """Spellings that hold answers to two words, or to the only one; else to the last, the best first."""
        sets = [self._holders(word) for word in words if len(word) > 1 and word not in LOOSE_PARTICLES]
        sets = [one for one in sets if one]
        if not sets:
            return []
        counts = Counter(chain.from_iterable(sets)) if len(sets) > 1 else {}
        found = {at for at, count in counts.items() if count > 1}
        return sorted(found or sets[-1])[:MOST_TRIED]

    def _holders(self, word: str) -> frozenset[int]:
        if word not in self._held:
            vocabulary = self.shelf.vocabulary
            answers = self._answers(word)
            self._held[word] = frozenset(at for one in answers for at in vocabulary.holding(one)[:_MOST_HELD])
        return self._held[word]

    def _answers(self, word: str) -> list[int]:
        """The words of the shelf that may be this word."""
        vocabulary = self.shelf.vocabulary
        key = key_of(word).replace(" ", "")
        if not key:
            return []
        if not word.isalpha():
            place = vocabulary.place(word)
            return [] if place is None else [place]
        found = dict.fromkeys(vocabulary.sounding(key))
        for other in (*other_sounds(word).values(), *(given_forms(key) if self.shelf.people else ())):
            found.update(dict.fromkeys(vocabulary.sounding(other)))
        return [*found, *(at for at in self._tried(word, key) if at not in found and self._answers_to(word, at))]

    def _tried(self, word: str, key: str) -> list[int]:
        vocabulary, skeleton = self.shelf.vocabulary, skeletons([key])[0]
        tried = dict.fromkeys(vocabulary.alike(skeleton) if len(skeleton) > 1 and len(key) > 2 else ())
        if self.knowledge.foreign:
            tried.update(dict.fromkeys(vocabulary.heard.numbers(as_written(key))))
        if word not in self.knowledge.real and len(word) > 3:
            tried.update(dict.fromkeys(vocabulary.near(key, 1 if len(key) < _TWO_EDITS_FROM else 2)))
        return list(tried)

    def _answers_to(self, word: str, at: int) -> bool:
        known = self.shelf.vocabulary.words[at]
        return word_level(word, known, self.knowledge, supported=True, given=self.shelf.people) is not None
