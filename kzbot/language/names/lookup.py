"""Which name a person means who types one."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from kzbot.language.folding import fold_names
from kzbot.language.names.slips import slips
from kzbot.language.names.spelling_rules import key_of, without_year
from kzbot.language.words import STOP_WORDS

How = Literal["exact", "variant", "transliteration", "spelling", "prefix"]
_EDGES = " \"'.,;:!?()[]"
_NEAR = 0.84
_SHORTEST_PREFIX = 4


@dataclass(frozen=True, slots=True)
class LookupName:
    """A name to be looked up; `weight` (its mentions) orders names that fit equally well."""

    id: str
    kind: str
    canonical: str
    variants: tuple[str, ...] = ()
    weight: float = 0.0


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


@dataclass(frozen=True, slots=True)
class _Entry:
    """One spelling of one name, prepared: `words` are those of its key."""

    name: LookupName
    spelled: str
    folded: str
    words: tuple[str, ...]


class NameLookup:
    """Finds names by what people type; built once for a generation."""

    def __init__(self, names: Iterable[LookupName]) -> None:
        self._names = tuple(names)
        self._weights = {name.id: name.weight for name in self._names}
        self._kinds = sorted({name.kind for name in self._names})
        self._nouns = {key_of(noun) for kind in self._kinds for noun in (kind, f"{kind}s")}
        self._initials: dict[str, set[tuple[str, ...]]] = {}
        self._entries: list[_Entry] = []
        self._exact: dict[str, list[_Entry]] = {}
        self._keys: dict[tuple[str, ...], list[_Entry]] = {}
        self._joined: dict[str, list[_Entry]] = {}
        self._holding: dict[str, list[_Entry]] = {}
        for name in self._names:
            for spelled in dict.fromkeys((name.canonical, *name.variants)):
                self._add(name, spelled)
        self._tails = sorted(
            {(tail, at) for at, entry in enumerate(self._entries) for tail in _tails(entry.folded, entry.words)}
        )
        self._key_texts = [" ".join(entry.words) for entry in self._entries]

    def _add(self, name: LookupName, spelled: str) -> None:
        folded = _plain(spelled)
        words = tuple(key_of(folded).split())
        entry = _Entry(name, spelled, folded, words)
        self._entries.append(entry)
        self._exact.setdefault(folded, []).append(entry)
        self._keys.setdefault(tuple(sorted(words)), []).append(entry)
        self._joined.setdefault(_joined(folded), []).append(entry)
        self._initials.setdefault(name.id, set()).add(_initials(words))
        for word in set(words):
            self._holding.setdefault(word, []).append(entry)

    def find(self, asked: str, kinds: Sequence[str] | None = None) -> list[Found]:
        """The names that `asked` may mean, best first, each once; of these kinds only, if given.

        A spelling of the book beats everything: near ones are then not listed. A year behind the name is its edition.
        With `kinds`, a part of a name ("steppe") is trusted more, because nothing but a name was asked for.
        """
        folded = _plain(asked)
        shorter, year = without_year(folded)
        tries = [(folded, None)] + ([(shorter, year)] if year else [])
        for tried, edition in tries:
            found = list(self._spelled(tried, kinds, edition))
            if found:
                return _best(found, self._weights)
        for tried, edition in reversed(tries):
            found = [*self._sounding(tried, kinds, edition), *self._slipped(tried, kinds, edition)]
            found += self._partly(tried, kinds, edition)
            if found:
                return _best(found, self._weights)
        return []

    def _spelled(self, folded: str, kinds: Sequence[str] | None, edition: str | None) -> Iterator[Found]:
        for tried in dict.fromkeys((folded, *_bare(folded, self._kinds))):
            for entry in _of(self._exact.get(tried, ()), kinds):
                how: How = "exact" if entry.spelled == entry.name.canonical else "variant"
                yield Found(entry.name.id, entry.spelled, how, 1.0, edition)

    def _sounding(self, folded: str, kinds: Sequence[str] | None, edition: str | None) -> Iterator[Found]:
        """Names with the same key, in any order of words, written together or apart, with or without initials."""
        words = tuple(key_of(folded).split())
        if sum(map(len, words)) < 3:
            return
        for entry in _of(self._keys.get(tuple(sorted(words)), ()), kinds):
            yield Found(
                entry.name.id, entry.spelled, "transliteration", 0.98 if entry.words == words else 0.96, edition
            )
        for entry in _of(self._joined.get(_joined(folded), ()), kinds):
            yield Found(entry.name.id, entry.spelled, "spelling", 0.96, edition)
        full, initials = _without_initials(words), _initials(words)
        if len(full) > 1:
            for entry in _of(self._holding.get(max(full, key=len), ()), kinds):
                known = self._initials[entry.name.id] - {()}
                if full == _without_initials(entry.words) and (not initials or not known or initials in known):
                    yield Found(entry.name.id, entry.spelled, "spelling", 0.95, edition)

    def _slipped(self, folded: str, kinds: Sequence[str] | None, edition: str | None) -> Iterator[Found]:
        words = key_of(folded).split()
        if sum(map(len, words)) < 4:
            return
        near = process.extract(
            " ".join(words), self._key_texts, scorer=JaroWinkler.similarity, score_cutoff=_NEAR, limit=40
        )
        for text, score, at in near:
            entry = self._entries[at]
            edits = slips(words, entry.words, only_names=kinds is not None)
            if edits and (kinds is None or entry.name.kind in kinds):
                yield Found(
                    entry.name.id, entry.spelled, "spelling", 0.9 + 0.05 * score * (1 - edits / len(text)), edition
                )

    def _partly(self, folded: str, kinds: Sequence[str] | None, edition: str | None) -> Iterator[Found]:
        """Names that begin so, and names that hold all of these words."""
        trust = 0.1 if kinds is not None else 0.0
        words = [word for word in key_of(folded).split() if word not in STOP_WORDS and word not in self._nouns]
        if len(folded) >= _SHORTEST_PREFIX:
            for entry in _of((self._entries[at] for at in self._starting(folded)), kinds):
                if entry.folded.startswith(folded):
                    sure = 0.1 if " " in folded else trust
                    share = len(folded) / len(entry.folded)
                    yield Found(entry.name.id, entry.spelled, "prefix", 0.8 + sure + 0.05 * share, edition)
        if not words or max(map(len, words)) < 3:
            return
        rarest = min((self._holding.get(word, []) for word in words), key=len)
        for entry in _of(rarest, kinds):
            theirs = [word for word in entry.words if word not in STOP_WORDS]
            if set(words) <= set(theirs):
                share = len(words) / len(theirs)
                sure = 0.1 if len(words) > 1 and share > 0.5 else trust
                yield Found(entry.name.id, entry.spelled, "prefix", 0.79 + sure + 0.05 * share, edition)

    def complete(self, typed: str, limit: int = 25) -> list[LookupName]:
        """The names that `typed` may be the beginning of, best guesses first; the most mentioned where it is empty.

        Names that begin so come first, then those of which another spelling or a later word does, then near ones.
        """
        folded = without_year(_plain(typed))[0]
        if not folded:
            return sorted(self._names, key=_by_weight)[:limit]
        ranks: dict[str, tuple[float, float, str, LookupName]] = {}
        key = key_of(folded)
        for tried, later in ((folded, 0.0), (key, 0.5)):
            if len(tried) < min(2, len(folded)):
                continue
            for at in self._starting(tried):
                entry = self._entries[at]
                _rank(ranks, entry.name, _place(entry, tried) + later)
        if len(ranks) < limit and len(key) > 2:
            near = process.extract(
                key, self._key_texts, scorer=JaroWinkler.similarity, score_cutoff=_NEAR - 0.06, limit=limit
            )
            for _, score, at in near:
                _rank(ranks, self._entries[at].name, 10 - score)
        return [rank[3] for rank in sorted(ranks.values(), key=lambda rank: rank[:3])[:limit]]

    def _starting(self, folded: str) -> list[int]:
        """The entries of which some word begins so, all that follows it included."""
        found: dict[int, None] = {}
        place = bisect_left(self._tails, (folded, -1))
        while place < len(self._tails) and self._tails[place][0].startswith(folded) and len(found) < 2000:
            found.setdefault(self._tails[place][1])
            place += 1
        return list(found)


def _plain(text: str) -> str:
    return " ".join(fold_names(text).text.strip(_EDGES).split())


def _joined(folded: str) -> str:
    return key_of("".join(folded.split()))


def _initials(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for word in words if len(word) == 1)


def _without_initials(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for word in words if len(word) > 1)


def _bare(folded: str, kinds: Iterable[str]) -> Iterator[str]:
    """The name without an article and without the word of its kind around it ("the exercise Steppe Eagle")."""
    bare = folded.removeprefix("the ")
    yield bare
    for kind in kinds:
        for noun in (f"{kind}s", kind):
            if bare.endswith(f" {noun}"):
                yield bare.removesuffix(f" {noun}").strip(_EDGES)
            if bare.startswith(f"{noun} "):
                yield bare.removeprefix(f"{noun} ").strip(_EDGES)


def _tails(folded: str, words: Sequence[str]) -> Iterator[str]:
    for parts in (folded.split(), words):
        for at in range(len(parts)):
            yield " ".join(parts[at:])


def _of(entries: Iterable[_Entry], kinds: Sequence[str] | None) -> Iterator[_Entry]:
    return (entry for entry in entries if kinds is None or entry.name.kind in kinds)


def _best(found: Iterable[Found], weights: dict[str, float]) -> list[Found]:
    best: dict[str, Found] = {}
    for one in found:
        if one.id not in best or one.score > best[one.id].score:
            best[one.id] = one
    return sorted(best.values(), key=lambda one: (-one.score, one.how != "exact", -weights[one.id]))


def _by_weight(name: LookupName) -> tuple[float, str]:
    return -name.weight, name.canonical


def _place(entry: _Entry, tried: str) -> float:
    """0 where the canonical form begins so, 1 another spelling, 2 and 3 where a later word does."""
    own = entry.spelled == entry.name.canonical
    whole = entry.folded.startswith(tried) or " ".join(entry.words).startswith(tried)
    return (0.0 if own else 1.0) if whole else (2.0 if own else 3.0)


def _rank(ranks: dict[str, tuple[float, float, str, LookupName]], name: LookupName, place: float) -> None:
    rank = (place, *_by_weight(name), name)
    if name.id not in ranks or rank[0] < ranks[name.id][0]:
        ranks[name.id] = rank
