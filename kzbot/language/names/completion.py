"""Suggestions while a name is typed."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from kzbot.language.names.asked import AskedName
from kzbot.language.names.shelf import LookupName, Shelf
from kzbot.language.names.spelling_rules import key_of

_NEAR = 0.8
_MOST_TRIED = 2000
_MOST_NEAR = 8
_TYPED_WORDS = 5
_ENOUGH = 5
"""So many names that fit as typed, and near ones are not sought."""

Rank = tuple[bool, float, float, str]


def completed(shelves: Sequence[Shelf], typed: AskedName, limit: int) -> list[LookupName]:
    """The names that may be meant, best guesses first: mentioned ones, then by how they fit, then the most mentioned."""
    ranks: dict[str, tuple[Rank, LookupName]] = {}
    for shelf in shelves:
        for place, spellings in _fitting(shelf, typed):
            if _rank(ranks, shelf, place, spellings, limit) >= limit:
                break
    if len(ranks) < min(limit, _ENOUGH) and len(typed.text) > 2:
        for shelf in shelves:
            for place, spelling in _near(shelf, typed):
                _rank(ranks, shelf, place, iter([spelling]), 1)
    return [name for _, name in sorted(ranks.values(), key=lambda one: one[0])[:limit]]


def _fitting(shelf: Shelf, typed: AskedName) -> Iterator[tuple[float, Iterator[int]]]:
    """Spellings that fit as typed, with their places: 0 where the name begins so, 1 another spelling, 2 a later word."""
    text = typed.text
    yield 0, shelf.canonical.best(text)
    if not text:
        return
    yield 1, shelf.variants.best(text)
    vocabulary = shelf.vocabulary
    *whole, last = text.split()
    if not whole:
        yield 2, vocabulary.best_holding(vocabulary.beginning(last))
        sounding = vocabulary.sounding_like_beginning(key) if len(key := key_of(last)) > 1 else []
        yield 1.5, iter(sorted([at for word in sounding[:_MOST_TRIED] for at in vocabulary.holding(word, 50)]))
        return
    words = [at for word in whole if (at := vocabulary.place(word)) is not None]
    if len(words) == len(whole):
        rarest = min(words, key=vocabulary.count)
        tried = vocabulary.holding(rarest, _MOST_TRIED)
        yield 2, (at for at in tried if f" {text}" in f" {shelf.texts[at]}")
        yield 2.5, (at for at in tried if _holds(shelf.texts[at], whole, last))


def _holds(text: str, whole: Sequence[str], last: str) -> bool:
    padded = f" {text} "
    return f" {last}" in padded and all(f" {word} " in padded for word in whole)


def _near(shelf: Shelf, typed: AskedName) -> Iterator[tuple[float, int]]:
    """Spellings of which each typed word may be the beginning of a word, misspelt, with their places from 10 on."""
    meant: list[Mapping[str, float]] = []
    for word in typed.text.split()[:_TYPED_WORDS]:
        words = shelf.begun(word, partial(_meant, shelf))
        if not words:
            return
        meant.append(words)
    if not meant:
        return
    holding = [[at for word in words if (at := shelf.vocabulary.place(word)) is not None] for words in meant]
    rarest = min(holding, key=lambda words: sum(map(shelf.vocabulary.count, words)))
    tried = sorted({at for word in rarest for at in shelf.vocabulary.holding(word, 200)})[:_MOST_TRIED]
    for at in tried:
        theirs = shelf.texts[at].split()
        total = 0.0
        for words in meant:
            score = max([words.get(word, 0.0) for word in theirs], default=0.0)
            if not score:
                break
            total += score
        else:
            yield 10 + len(meant) - total, at


def _meant(shelf: Shelf, word: str) -> Mapping[str, float]:
    """The words of a shelf that one typed word may be the beginning of, with how near each is, up to 1."""
    vocabulary, key = shelf.vocabulary, key_of(word)
    if not key:
        return {}
    found = dict.fromkeys(vocabulary.sounding_like_beginning(key)[:50], 1.0) if len(key) > 1 else {}
    if len(key) > 2:
        bucket = vocabulary.beginning_with(key[0])
        near = process.extract(key, bucket, scorer=JaroWinkler.similarity, score_cutoff=_NEAR, limit=_MOST_NEAR)
        for text, score, _ in near:
            for at in vocabulary.sounding(text):
                found.setdefault(at, score)
    return {vocabulary.words[at]: score for at, score in found.items()}


def _rank(
    ranks: dict[str, tuple[Rank, LookupName]], shelf: Shelf, place: float, spellings: Iterator[int], limit: int
) -> int:
    """Puts in the first names of some spellings, each with its best place; returns how many of them are mentioned."""
    seen: set[int] = set()
    mentioned = 0
    owners, names = shelf.owners, shelf.names
    for at in spellings:
        owner = owners[at]
        if owner in seen:
            continue
        seen.add(owner)
        name = names[owner]
        mentioned += name.weight > 0
        known = ranks.get(name.id)
        if known is None or place < known[0][1]:
            ranks[name.id] = ((name.weight <= 0, place, -name.weight, name.canonical), name)
        if len(seen) == limit:
            break
    return mentioned
