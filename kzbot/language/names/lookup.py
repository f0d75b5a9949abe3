"""Which name a person means who types one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kzbot.language.names.alignment import Fit, Knowledge, fit_of_people, fit_of_things
from kzbot.language.names.asked import AskedName, readings_of, with_carons
from kzbot.language.names.candidates import MOST_TRIED, Candidates
from kzbot.language.names.chinese import in_pinyin
from kzbot.language.names.completion import completed
from kzbot.language.names.organisations import TAILS, core, initials_of
from kzbot.language.names.plain import plain
from kzbot.language.names.shelf import LookupName, Shelf, join
from kzbot.language.names.spelling_rules import key_of
from kzbot.language.words import STOP_WORDS

__all__ = ["Found", "How", "LookupName", "NameLookup"]

How = Literal["exact", "variant", "transliteration", "spelling", "prefix"]
SURE = 0.9
_SHORTEST_PREFIX = 4
_ABBREVIATED, _JOINED, _SAME_KEY = 0.95, 0.96, 0.98
_PLACES = frozenset(("country", "place", "city", "region", "state"))
"""Kinds of which a part of a name is often another name ("Guinea-Bissau")."""


_STATES = frozenset(("republik", "kingdom", "federation", "state"))
"""Keys of what a state may be called beside its name."""


@dataclass(frozen=True, slots=True)
class Found:
    """A name that fits: `used` the spelling that did, `how`, `score` up to 1, `edition` the year typed behind it (EDTF).

    From 0.9 on it is safe to take the name for the one that was meant, if no other scores within 0.02.
    """

    id: str
    used: str
    how: How
    score: float
    edition: str | None = None


class NameLookup:
    """Finds names by what people type; built once for a generation."""

    def __init__(self, names: Iterable[LookupName]) -> None:
        ranked = sorted(names, key=lambda name: (-name.weight, name.canonical))
        self._names = tuple(ranked)
        self._weights = {name.id: name.weight for name in ranked}
        by_kind: dict[str, list[LookupName]] = {}
        for name in ranked:
            by_kind.setdefault(name.kind, []).append(name)
        self._shelves = {kind: Shelf(kind, own) for kind, own in sorted(by_kind.items())}
        self._noun_keys = frozenset(key_of(noun) for kind in self._shelves for noun in (kind, f"{kind}s"))
        self._nouns = tuple(noun for kind in self._shelves for noun in (f"{kind}s", kind))

    def find(self, asked: str, kinds: Sequence[str] | None = None) -> list[Found]:
        """The names that `asked` may mean, best first, each once; of these kinds only, if given.

        A spelling of the book beats everything: near ones are then not listed. A year behind the name is its edition.
        With `kinds`, a part of a name ("steppe") is trusted more, because nothing but a name was asked for.
        """
        shelves = self._of(kinds)
        readings = readings_of(asked)
        for reading in readings:
            found = [one for shelf in shelves for one in self._spelled(reading, shelf)]
            if found:
                return _best(found, self._weights)
        real, foreign = self._real(readings[0]), readings[0].foreign
        candidates = [Candidates(shelf, Knowledge(real, foreign, shelf.people)) for shelf in shelves]
        for reading in reversed(readings):
            found = [one for own in candidates for one in self._near(reading, own)]
            if all(one.score < SURE for one in found):
                found += [one for shelf in shelves for one in self._partly(reading, shelf, trusted=kinds is not None)]
            if found:
                return _best(found, self._weights)
        return []

    def complete(self, typed: str, limit: int = 25, kinds: Sequence[str] | None = None) -> list[LookupName]:
        """The names that `typed` may be the beginning of, best guesses first; the most mentioned where it is empty.

        Mentioned names come before those that no text mentions. Among them those that begin so come first, then those of
        which another spelling or a later word does, then near ones.
        """
        if kinds is None and not typed.strip():
            return list(self._names[:limit])
        return completed(self._of(kinds), readings_of(typed)[-1], limit)

    def _of(self, kinds: Sequence[str] | None) -> list[Shelf]:
        return [shelf for kind, shelf in self._shelves.items() if kinds is None or kind in kinds]

    def _real(self, asked: AskedName) -> frozenset[str]:
        """The words that stand in names of the book as they were typed."""
        return frozenset(
            word for word in asked.words if any(s.vocabulary.place(word) is not None for s in self._shelves.values())
        )

    def _spelled(self, asked: AskedName, shelf: Shelf) -> Iterator[Found]:
        for text in asked.bare(self._nouns):
            for at in shelf.spelled_so(text):
                name, spelled = shelf.name_of(at), shelf.spelled[at]
                yield Found(name.id, spelled, "exact" if spelled == name.canonical else "variant", 1.0, asked.edition)

    def _near(self, asked: AskedName, candidates: Candidates) -> Iterator[Found]:
        if not asked.words or sum(map(len, asked.words)) < 2:
            return
        shelf, knowledge = candidates.shelf, candidates.knowledge
        yield from self._joined(asked, shelf)
        if shelf.people:
            for words in asked.personal:
                for at in candidates.of_person(words):
                    fit = fit_of_people(words, shelf.texts[at].split(), knowledge)
                    if fit is not None and not _other_initials(words, _forms(shelf.name_of(at))):
                        sure = fit.score if len(words) > 1 or not asked.is_word else min(fit.score, SURE - 0.02)
                        yield _found(asked, shelf, at, fit, sure)
            return
        yield from self._abbreviated(asked, shelf)
        nouns = frozenset(key_of(noun) for noun in (shelf.kind, f"{shelf.kind}s"))
        if shelf.kind in _PLACES:
            nouns |= _STATES
        for at in candidates.of_thing(asked.words, nouns):
            fit = fit_of_things(asked.words, shelf.texts[at].split(), knowledge, nouns)
            if fit is not None:
                yield _found(asked, shelf, at, fit, fit.score)

    def _joined(self, asked: AskedName, shelf: Shelf) -> Iterator[Found]:
        """Names with the same letters or sounds, written together or apart."""
        if len(asked.key) < 2:
            return
        tried = [join(asked.key)] if len(asked.key) > 2 else []
        marked = with_carons(asked)
        tried += [join(marked.key)] if marked else []
        tried += [join(key_of(one)) for one in in_pinyin(asked.words)]
        for at in (at for key in tried for at in shelf.joined(key)):
            known = shelf.texts[at].split()
            how: How = "variant" if all(len(word) == 1 for word in known) else "spelling"
            if asked.words != tuple(known) and asked.key.split() == key_of(shelf.texts[at]).split():
                how = "transliteration"
            score = _SAME_KEY if how == "transliteration" else _JOINED
            yield Found(shelf.name_of(at).id, shelf.spelled[at], how, score, asked.edition)

    def _abbreviated(self, asked: AskedName, shelf: Shelf) -> Iterator[Found]:
        """The name of which an acronym was typed, and the acronym of which the words were."""
        words = tuple(word for word in core(asked.words) if word not in TAILS) or asked.words
        letters = "".join(words)
        dotted = all(len(word) == 1 for word in words)
        if len(letters) >= 3 and (len(words) == 1 or dotted) and (letters not in STOP_WORDS or asked.typed.isupper()):
            for at in shelf.with_initials(letters):
                if not any(_is_acronym(form) for form in _forms(shelf.name_of(at))):
                    yield Found(shelf.name_of(at).id, shelf.spelled[at], "variant", _ABBREVIATED, asked.edition)
        if len(asked.words) > 2:
            for short in initials_of(asked.words):
                for at in shelf.spelled_so(short):
                    if all(" " not in form for form in _forms(shelf.name_of(at))) and _is_acronym(shelf.spelled[at]):
                        yield Found(shelf.name_of(at).id, shelf.spelled[at], "variant", _ABBREVIATED, asked.edition)

    def _partly(self, asked: AskedName, shelf: Shelf, *, trusted: bool) -> Iterator[Found]:
        """Names that begin so, and names that hold all of these words."""
        text = asked.text
        trust = 0.1 if trusted and not shelf.people and shelf.kind not in _PLACES else 0.0
        if len(text) >= _SHORTEST_PREFIX:
            for at in _first([*_first(shelf.canonical.best(text)), *_first(shelf.variants.best(text))]):
                known = shelf.texts[at]
                sure = trust if known.startswith(f"{text} ") and _figures(known) <= _figures(text) else 0.0
                sure = 0.1 if " " in text and known[len(text) :].strip().isalpha() and not shelf.people else sure
                yield _part(asked, shelf, at, 0.8 + sure + 0.05 * len(text) / len(known))
        words = [word for word in asked.key.split() if word not in STOP_WORDS and word not in self._noun_keys]
        if not words or max(map(len, words)) < 3:
            return
        for at in _holding(words, shelf):
            theirs = [word for word in key_of(shelf.texts[at]).split() if word not in STOP_WORDS]
            share = len(words) / len(theirs)
            sure = trust if _figures(shelf.texts[at]) <= _figures(text) else 0.0
            yield _part(asked, shelf, at, 0.79 + sure + 0.05 * share)


def _found(asked: AskedName, shelf: Shelf, at: int, fit: Fit, score: float) -> Found:
    how: How = "spelling" if fit.misspelt else "transliteration" if fit.romanised or not fit.in_order else "variant"
    return Found(shelf.name_of(at).id, shelf.spelled[at], how, score, asked.edition)


def _part(asked: AskedName, shelf: Shelf, at: int, score: float) -> Found:
    return Found(shelf.name_of(at).id, shelf.spelled[at], "prefix", score, asked.edition)


def _holding(keys: Sequence[str], shelf: Shelf) -> list[int]:
    """Spellings that hold all of these words."""
    sets = [{at for word in shelf.vocabulary.sounding(key) for at in shelf.vocabulary.holding(word)} for key in keys]
    return sorted(set.intersection(*sets))[:MOST_TRIED]


def _first(spellings: Iterable[int]) -> list[int]:
    found = []
    for at in spellings:
        found.append(at)
        if len(found) == MOST_TRIED // 4:
            break
    return found


def _other_initials(words: Sequence[str], forms: Iterable[str]) -> bool:
    """Whether a person is known with initials, and with others than these."""
    ours = [word for word in words if len(word) == 1]
    if not ours:
        return False
    known = [plain(form).split() for form in forms]
    initials = [[word for word in form if len(word) == 1] for form in known]
    if not any(initials):
        return False
    firsts = [{word[0] for word in form} for form in known]
    return not any(all(one in letters for one in ours) for letters, own in zip(firsts, initials, strict=True) if own)


def _figures(text: str) -> set[str]:
    return {word for word in text.split() if any(map(str.isdigit, word))}


def _is_acronym(spelled: str) -> bool:
    return " " not in spelled and spelled.isupper() and len(spelled) > 2


def _forms(name: LookupName) -> tuple[str, ...]:
    return (name.canonical, *name.variants)


def _best(found: Iterable[Found], weights: dict[str, float]) -> list[Found]:
    best: dict[str, Found] = {}
    for one in found:
        if one.id not in best or one.score > best[one.id].score:
            best[one.id] = one
    return sorted(best.values(), key=lambda one: (-one.score, one.how != "exact", -weights[one.id]))
