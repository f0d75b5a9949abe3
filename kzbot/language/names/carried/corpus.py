"""Which of the names that articles carry are one name over the whole corpus."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from kzbot.language.names.carried.keys import DEMONYMS, initials_of, is_designator, key_of, shortens
from kzbot.language.names.carried.tables import COMMON, CORPORATE, NATIONALITIES

CROWD = 200
"""A word that so many names share tells none of them."""
WELL_KNOWN = 5
"""A word that so many articles use for a name, and none introduces, needs no introduction."""
_WEAK = ("opening", "number")


class Use(NamedTuple):
    """How often articles use `form` for `name`, and how they do (`by`, as in `Carried`)."""

    form: str
    name: str
    by: str
    mentions: int
    articles: int


class Form(NamedTuple):
    """What a person may type: its key, the root it means, how it is mostly written, the root's own form, its mentions."""

    key: str
    root: str
    form: str
    canonical: str
    mentions: int


@dataclass(frozen=True, slots=True)
class Merged:
    """`roots`: the root of every name of an article; `forms`: what means which root, by key. A root is a key."""

    roots: list[tuple[str, str]]
    forms: list[Form]


@dataclass(slots=True)
class _Name:
    """A name by its key: how it is written where it is not shortened, in how many articles, and what its short forms tell.

    `sure`: it stands somewhere with a capital that nothing but a name explains. `inside`: somewhere within a sentence.
    """

    written: Counter[str] = field(default_factory=Counter)
    alone: int = 0
    sure: bool = False
    inside: bool = False

    @property
    def mentions(self) -> int:
        return self.written.total()

    @property
    def is_acronym(self) -> bool:
        return any(form.replace(".", "").isupper() and " " not in form for form in self.written)


def merge(uses: Iterable[Use]) -> Merged:
    """What belongs together: spellings of one key, and a short form that stands alone in one article where the articles
    that have a longer form agree on it.

    A designator ("A380"), an acronym, and a company without "Group" belong to the longer name wherever it is the only
    one; another short form ("Carson") only where at least as many articles introduce it as do not.
    """
    keys = _Keys()
    given = [_Keyed(keys[use.form], keys[use.name], use) for use in uses]
    corpus = _Corpus(given)
    parent = {key: corpus.parent(key) for key in corpus.names}
    root = {key: _last(parent, key) for key in parent}
    roots = sorted({(one.use.name, root[one.key]) for one in given})
    forms = _forms(given, corpus.names, root)
    return Merged(roots, sorted((*forms, *corpus.namesakes(forms))))


class _Keys(dict[str, str]):
    """The keys of forms, each worked out once."""

    def __missing__(self, form: str) -> str:
        self[form] = key = key_of(form)
        return key


class _Keyed(NamedTuple):
    """A use with the keys of its form and of its name."""

    form: str
    key: str
    use: Use


class _Corpus:
    """All names by key, and the ways to a longer one."""

    def __init__(self, uses: Iterable[_Keyed]) -> None:
        self.names: dict[str, _Name] = {}
        self._longer: dict[str, Counter[str]] = {}
        for form, key, use in uses:
            name = self.names.setdefault(key, _Name())
            if form == key:
                name.alone += use.articles
                name.written[use.form] += use.mentions
            else:
                self._longer.setdefault(form, Counter())[key] += use.articles
            name.sure = name.sure or use.by not in _WEAK
            name.inside = name.inside or use.by == "name"
        self._holding: dict[str, list[str]] = {}
        self._initials: dict[str, list[str]] = {}
        for key, name in self.names.items():
            words = key.split()
            if name.sure and len(words) > 1:
                for word in dict.fromkeys(words):
                    self._holding.setdefault(word, []).append(key)
                for initials in initials_of(words):
                    self._initials.setdefault(initials, []).append(key)

    def parent(self, key: str) -> str:
        """The one longer name that this one stands for, or the shorter one that it only seems to be a part of; or itself."""
        name, words = self.names[key], key.split()
        told = self._longer.get(key, Counter())
        trusted = any(is_designator(word) for word in words) or name.is_acronym
        only = _only(set(told) | self._by_words(words) | (self._by_letters(key) if name.is_acronym else set()), key)
        if only is None:
            return self._without_first(key)
        if trusted or (only.split()[1:] and all(word in CORPORATE for word in only.split()[1:])):
            return only
        return only if told[only] >= name.alone or self._begins(key, only) else key

    def namesakes(self, forms: Iterable[Form]) -> Iterator[Form]:
        """The others of whom one may think whom a single word means (every Brandt), where it is not a name by itself."""
        meant: dict[str, set[str]] = {}
        roots: dict[str, Form] = {}
        for form in forms:
            meant.setdefault(form.key, set()).add(form.root)
            if form.key == form.root:
                roots[form.key] = form
        for key, known in meant.items():
            held = self._holding.get(key, ())
            if " " not in key and key.isalpha() and key not in known and len(held) <= CROWD:
                others = (name for name in held if name in roots and name not in known and name.endswith(f" {key}"))
                yield from (roots[name]._replace(key=key) for name in others if shortens([key], name.split()))

    def _by_words(self, words: list[str]) -> set[str]:
        held = min((self._holding.get(word, []) for word in words), key=len)
        if len(held) > CROWD:
            return set()
        if any(is_designator(word) for word in words):
            return {name for name in held if shortens(words, name.split())}
        if len(words) > 1:
            return set()
        corporate = {name for name in held if shortens(words, name.split()) and name.startswith(f"{words[0]} ")}
        return corporate or {name for name in held if self._begins(words[0], name)}

    def _by_letters(self, key: str) -> set[str]:
        found = self._initials.get(key, [])
        return set(found) if len(found) == 1 else set()

    def _begins(self, key: str, full: str) -> bool:
        """Whether a word is the first of two that are mostly used together ("Northrop" of "Northrop Grumman")."""
        words = full.split()
        if " " in key or len(words) != 2 or words[0] != key or words[1] in COMMON or is_designator(words[1]):
            return False
        if any(f"{key}{end}" in NATIONALITIES for end in DEMONYMS):
            return False
        others = [name for name in self._holding.get(key, ()) if name != full and not name.startswith(f"{full} ")]
        return not others and self.names[key].mentions < self.names[full].mentions

    def _without_first(self, key: str) -> str:
        """The name without its first word, where that has its capital only because a sentence begins with it."""
        name, (first, *rest) = self.names[key], key.split()
        shorter = self.names.get(" ".join(rest))
        if name.inside or len(rest) != 1 or shorter is None or not shorter.inside or rest[0] in COMMON or not first:
            return key
        return rest[0] if shorter.alone >= WELL_KNOWN * max(1, name.alone) else key


def _only(candidates: set[str], key: str) -> str | None:
    """The one that all others are short forms of."""
    candidates.discard(key)
    if not candidates or len(candidates) > CROWD:
        return None
    split = {one: one.split() for one in candidates}
    longest = [one for one in sorted(split) if not any(shortens(split[one], split[o]) for o in split if o != one)]
    return longest[0] if len(longest) == 1 else None


def _last(parent: dict[str, str], key: str) -> str:
    seen = {key}
    while (following := parent.get(key, key)) not in seen:
        seen.add(following)
        key = following
    return key


def _forms(uses: Iterable[_Keyed], names: dict[str, _Name], root: dict[str, str]) -> list[Form]:
    """Every form with the roots that it means; a root is left out that nowhere is surely a name."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    sure: set[str] = set()
    for form, key, use in uses:
        own = root[key]
        counts.setdefault((form, own), Counter())[use.form] += use.mentions
        if use.by not in _WEAK:
            sure.add(own)
    return [
        Form(key, own, _most_used(forms), _most_used(names[own].written or Counter([own])), forms.total())
        for (key, own), forms in sorted(counts.items())
        if own in sure
    ]


def _most_used(forms: Counter[str]) -> str:
    return min(forms.items(), key=lambda item: (-item[1], item[0]))[0]
