"""The spellings of the names of one kind, so that what begins, sounds or is written like something typed is found at once."""

import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kzbot.language.names.organisations import LEFT_OFF, core_at, initials_of
from kzbot.language.names.people_words import PEOPLE
from kzbot.language.names.plain import plain_all
from kzbot.language.names.ranked import Ranked
from kzbot.language.names.sounds import all_as_heard
from kzbot.language.names.spelling_rules import keys_of_words, skeletons

_PLACES = 22
"""Bits for a number of a spelling or of a word: four million of each."""
_NUMBER = (1 << _PLACES) - 1
_HASH = (1 << (63 - _PLACES)) - 1
_LAST = "\U0010ffff"
_MOST_KEPT = 500
_TWICE = re.compile(r"([a-z])\1+")


@dataclass(frozen=True, slots=True)
class LookupName:
    """A name to be looked up; `weight` (its mentions) orders names that fit equally well."""

    id: str
    kind: str
    canonical: str
    variants: tuple[str, ...] = ()
    weight: float = 0.0


class Table:
    """Numbers by texts, eight bytes each: a text may give numbers of other texts (rarely), never lack its own."""

    def __init__(self, pairs: Iterable[tuple[str, int]]) -> None:
        self._packed = array("Q", sorted([(hash(text) & _HASH) << _PLACES | number for text, number in pairs]))

    def numbers(self, text: str) -> Iterator[int]:
        """The numbers put in for `text`, in order."""
        wanted = hash(text) & _HASH
        at = bisect_left(self._packed, wanted << _PLACES)
        while at < len(self._packed) and self._packed[at] >> _PLACES == wanted:
            yield self._packed[at] & _NUMBER
            at += 1


class Vocabulary:
    """The words of one shelf: plain, their keys, and which spellings hold each (numbers of spellings, the best first)."""

    def __init__(self, holding: Mapping[str, Sequence[int]]) -> None:
        self.words = sorted(holding)
        self.keys = keys_of_words(self.words)
        self._starts = array("I", [0])
        flat = array("I")
        for word in self.words:
            flat.extend(holding[word])
            self._starts.append(len(flat))
        self._flat = flat
        self._ranked = Ranked(flat)
        self._sounding = Table(zip(self.keys, range(len(self.words)), strict=True))
        self._alike = Table(zip(skeletons(self.keys), range(len(self.words)), strict=True))
        self._by_key = array("I", sorted(range(len(self.words)), key=self.keys.__getitem__))
        self._buckets: dict[tuple[str, int], list[str]] = {}
        self._by_letter: dict[str, list[str]] = {}
        for key in dict.fromkeys(self.keys):
            if key.isalpha():
                self._buckets.setdefault((key[0], len(key)), []).append(key)
                self._by_letter.setdefault(key[0], []).append(key)
        self.heard = Table(zip(all_as_heard(self.words), range(len(self.words)), strict=True))

    def place(self, word: str) -> int | None:
        """The number of a plain word."""
        at = bisect_left(self.words, word)
        return at if at < len(self.words) and self.words[at] == word else None

    def sounding(self, key: str) -> list[int]:
        """The words with this key."""
        return [at for at in self._sounding.numbers(key) if self.keys[at] == key]

    def alike(self, skeleton: str) -> list[int]:
        """The words whose consonants are of the same classes, and perhaps a few others."""
        return list(self._alike.numbers(skeleton))

    def bucket(self, first: str, length: int) -> list[str]:
        """The keys of this length that begin with this letter."""
        return self._buckets.get((first, length), [])

    def beginning_with(self, letter: str) -> list[str]:
        """The keys that begin with this letter."""
        return self._by_letter.get(letter, [])

    def near(self, key: str, most: int = 2) -> list[int]:
        """The words whose key begins as `key` does and is at most so many edits away."""
        found: dict[str, None] = {}
        for first in dict.fromkeys(key[:2]):
            for length in range(len(key) - most, len(key) + most + 1):
                bucket = self.bucket(first, length)
                near = process.extract(key, bucket, scorer=OSA.distance, score_cutoff=most, limit=40) if bucket else ()
                found.update(dict.fromkeys(one[0] for one in near))
        return [word for one in found for word in self.sounding(one)]

    def beginning(self, typed: str) -> range:
        """The numbers of the words that begin so."""
        return range(bisect_left(self.words, typed), bisect_left(self.words, typed + _LAST))

    def sounding_like_beginning(self, key: str) -> list[int]:
        """The numbers of the words whose key begins so."""
        first = bisect_left(self._by_key, key, key=self.keys.__getitem__)
        last = bisect_left(self._by_key, key + _LAST, key=self.keys.__getitem__)
        return list(self._by_key[first:last])

    def count(self, word: int) -> int:
        """How many spellings hold a word."""
        return self._starts[word + 1] - self._starts[word]

    def holding(self, word: int, most: int | None = None) -> "array[int]":
        """The spellings that hold a word, the best first; at most so many, if given."""
        first, last = self._starts[word], self._starts[word + 1]
        return self._flat[first : last if most is None else min(last, first + most)]

    def best_holding(self, words: range) -> Iterator[int]:
        """The spellings that hold one of a stretch of words, the best first."""
        return self._ranked.best(self._starts[words.start], self._starts[words.stop])


class Beginnings:
    """Spellings in the order of the alphabet."""

    def __init__(self, spellings: Iterable[int], texts: Sequence[str]) -> None:
        order = sorted(spellings, key=texts.__getitem__)
        self._texts = texts
        self._order = array("I", order)
        self._ranked = Ranked(self._order)

    def _range(self, typed: str) -> tuple[int, int]:
        first = bisect_left(self._order, typed, key=self._texts.__getitem__)
        return first, bisect_left(self._order, typed + _LAST, lo=first, key=self._texts.__getitem__)

    def best(self, typed: str) -> Iterator[int]:
        """The spellings that begin so, the best first."""
        return self._ranked.best(*self._range(typed))

    def exactly(self, text: str) -> Iterator[int]:
        """The spellings that are this text."""
        at = bisect_left(self._order, text, key=self._texts.__getitem__)
        while at < len(self._order) and self._texts[self._order[at]] == text:
            yield self._order[at]
            at += 1


class Shelf:
    """All spellings of the names of one kind, numbered so that a lower number is a name that is mentioned more often."""

    def __init__(self, kind: str, names: Sequence[LookupName]) -> None:
        self.kind, self.people = kind, kind.casefold() in PEOPLE
        self.names = names
        self.owners = array("I")
        self.spelled: list[str] = []
        own: list[int] = []
        for at, name in enumerate(names):
            own.append(len(self.spelled))
            for spelled in dict.fromkeys((name.canonical, *name.variants)):
                self.owners.append(at)
                self.spelled.append(spelled)
        self.texts = plain_all(self.spelled)
        canonical = set(own)
        self.canonical = Beginnings(own, self.texts)
        self.variants = Beginnings((at for at in range(len(self.spelled)) if at not in canonical), self.texts)
        self._put_words()
        self._begun: dict[str, Mapping[str, float]] = {}

    def _put_words(self) -> None:
        holding: dict[str, list[int]] = {}
        for at, text in enumerate(self.texts):
            for word in text.split():
                numbers = holding.setdefault(word, [])
                if not numbers or numbers[-1] != at:
                    numbers.append(at)
        self.vocabulary = Vocabulary(holding)
        key = dict(zip(self.vocabulary.words, self.vocabulary.keys, strict=True)).__getitem__
        keys = [" ".join(map(key, text.split())) for text in self.texts]
        self._joined = Table([*zip(join_all(keys), range(len(keys)), strict=True), *self._cores(keys)])
        self._initials = Table(
            (initials, at)
            for at, text in enumerate(self.texts)
            if not self.people and " " in text
            for initials in initials_of(text.split())
        )

    def _cores(self, keys: Sequence[str]) -> Iterator[tuple[str, int]]:
        """What is left of the spellings that have a legal form or an article around them."""
        if self.people:
            return
        for at, text in enumerate(self.texts):
            words = text.split()
            if words and (words[0] in LEFT_OFF or words[-1] in LEFT_OFF):
                first, last = core_at(words)
                yield join(" ".join(keys[at].split()[first:last])), at

    def spelled_so(self, text: str) -> Iterator[int]:
        """The spellings that are this plain text."""
        yield from self.canonical.exactly(text)
        yield from self.variants.exactly(text)

    def joined(self, key: str) -> Iterator[int]:
        """The spellings, or their telling parts, of which this is the key without blanks."""
        return self._joined.numbers(key)

    def with_initials(self, letters: str) -> Iterator[int]:
        """The spellings that have these initials."""
        return self._initials.numbers(letters)

    def begun(self, word: str, sought: Callable[[str], Mapping[str, float]]) -> Mapping[str, float]:
        """What is `sought` for a typed word, kept for the next letters: they come with the same words before them."""
        found = self._begun.get(word)
        if found is None:
            if len(self._begun) >= _MOST_KEPT:
                self._begun.clear()
            found = self._begun[word] = sought(word)
        return found

    def name_of(self, spelling: int) -> LookupName:
        """The name that a spelling belongs to."""
        return self.names[self.owners[spelling]]


def join(key: str) -> str:
    """A key without blanks, as it were one word."""
    return join_all([key])[0]


def join_all(keys: Sequence[str]) -> list[str]:
    """`join` of many keys at once."""
    return _TWICE.sub(r"\1", "\n".join(keys).replace(" ", "")).split("\n")
