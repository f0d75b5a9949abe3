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
CLEAR = 3
"""One that is used so many times as often as another is plainly the one that is meant."""
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
        if any(is_designator(word) for word in words):
            return self._designated(key, words, set(told)) or key
        likely = self._by_words(words) | (self._by_letters(key) if name.is_acronym else set())
        family = {name for name in told if name.startswith(f"{words[0]} ") and self._companies(name.split())}
        only = _only((set(told) - family) | likely, key)
        if only is None:
            return self._without_first(key)
        if name.is_acronym or only in likely:
            return only
        return only if told[only] >= name.alone else key

    def _designated(self, key: str, words: list[str], told: set[str]) -> str | None:
        """The name that a designator belongs to: what is mostly used of one that goes on ("Boeing 787 Dreamliner") and one
        that does not, and one that is used much more often than all others."""
        held = min((self._holding.get(word, []) for word in words), key=len)
        if len(held) > CROWD or len(told) > CROWD:
            return None
        found = told | {name for name in held if shortens(words, name.split())}
        if is_designator(words[0]) and not words[0].isdigit() and not any(map(is_designator, words[1:])):
            found = {name for name in self._holding.get(words[0], ()) if name.endswith(f" {words[0]}")} or found
        used = {name: self.names[name].mentions for name in found - {key}}
        if len(words) > 1:
            used = {
                name: n for name, n in used.items() if n >= self.names[key].mentions or not name.startswith(f"{key} ")
            }
        for name in sorted(used):
            longer = [other for other in used if other.startswith(f"{name} ")]
            if any(used[other] >= used[name] for other in longer):
                used[name] = 0
            else:
                used.update(dict.fromkeys(longer, 0))
        first, *others = sorted(used.values(), reverse=True) or [0]
        clear = first and all(first >= CLEAR * other for other in others)
        return min(name for name, n in used.items() if n == first) if clear else None

    def namesakes(self, forms: Iterable[Form]) -> Iterator[Form]:
        """The others of whom one may think who types the last word of a name (every Brandt), where it is no name by itself."""
        meant: dict[str, set[str]] = {}
        for form in forms:
            meant.setdefault(form.key, set()).add(form.root)
        for form in forms:
            words = form.root.split()
            if form.key != form.root or len(words) < 2 or not words[-1].isalpha():
                continue
            known = meant.get(words[-1], set())
            crowd = len(self._holding.get(words[-1], ())) > CROWD
            if not (crowd or words[-1] in known or form.root in known) and shortens(words[-1:], words):
                yield form._replace(key=words[-1])

    def _by_words(self, words: list[str]) -> set[str]:
        held = min((self._holding.get(word, []) for word in words), key=len)
        if len(held) > CROWD:
            return set()
        if len(words) > 1:
            return self._companies(words)
        full = {name for name in held if shortens(words, name.split())}
        numbered = {name for name in full if any(map(is_designator, name.split()))}
        return numbered or self._companies(words) or {name for name in held if self._begins(words[0], name)}

    def _companies(self, words: list[str]) -> set[str]:
        """The company of that name that is most spoken of, whatever it leaves off ("Group", "Motors")."""
        if not all(word in CORPORATE for word in words[1:]):
            return set()
        held = [name for name in self._holding.get(words[0], ()) if name.startswith(f"{words[0]} ")]
        found = [name for name in held if all(word in CORPORATE for word in name.split()[1:])]
        return {min(found, key=lambda name: (-self.names[name].mentions, name))} if found else set()

    def _by_letters(self, key: str) -> set[str]:
        """The one body with these initials; common nouns alone tell that it is one ("Blue Eyed Arabs" are none)."""
        found = self._initials.get(key, [])
        return set(found) if len(found) == 1 and found[0].split()[-1] in COMMON else set()

    def _begins(self, key: str, full: str) -> bool:
        """Whether a word is the first of two that are mostly used together ("Northrop" of "Northrop Grumman")."""
        words = full.split()
        if " " in key or len(words) != 2 or words[0] != key or words[1] in COMMON or is_designator(words[1]):
            return False
        if not self.names[key].sure or any(f"{key}{end}" in NATIONALITIES for end in DEMONYMS):
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
