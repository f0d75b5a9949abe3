"""Which forms of one text are one name: the shorter ones stand for the longer one, where there is only one."""

from collections import Counter
from dataclasses import dataclass, field

from kzbot.language.names.carried.keys import DEMONYMS, abbreviates, initials_of, is_designator, lacks_letter, shortens
from kzbot.language.names.carried.tables import NATIONALITIES, SAME_PLACE

_CROWD = 40
"""A word that so many names share tells none of them."""
COUNTRIES = frozenset(SAME_PLACE.values())
_SHORTEST_DESIGNATOR = 3


@dataclass(slots=True)
class Kinships:
    """Keys of forms with what they are written like; after `settle` each has one root."""

    forms: dict[str, Counter[str]] = field(default_factory=dict)
    places: set[str] = field(default_factory=set)
    _aliases: dict[str, str] = field(default_factory=dict)
    _roots: dict[str, str] = field(default_factory=dict)
    _holding: dict[str, list[str]] = field(default_factory=dict)
    _spelled: dict[str, list[str]] = field(default_factory=dict)

    def add(self, key: str, form: str) -> None:
        """One more place where a form stands."""
        if key not in self.forms:
            self.forms[key] = Counter()
            for word in dict.fromkeys(key.split()):
                self._holding.setdefault(word, []).append(key)
            for initials in initials_of(key.split()):
                self._spelled.setdefault(initials, []).append(key)
        self.forms[key][form] += 1

    def explain(self, key: str, other: str, form: str, other_form: str) -> None:
        """Two forms, the second in brackets behind the first: the one that is made of the other's letters is the same."""
        for short, full, written, spelled in ((other, key, other_form, form), (key, other, form, other_form)):
            words = spelled.replace(".", "").casefold().split()
            if " " not in short and written.replace(".", "").isupper() and abbreviates(short, words):
                self._aliases.setdefault(short, full)
                return

    def settle(self) -> None:
        """Give every form its root."""
        for key in self.forms:
            self._roots[key] = self._longest(key)
        for key in self.forms:
            self._roots[key] = self._last(key)

    def root(self, key: str) -> str | None:
        """The key of the name that a form stands for, None where the form is not known."""
        if key in self._roots:
            return self._roots[key]
        for shorter in _singular(key):
            if shorter in self._roots:
                return self._roots[shorter]
        if key in self._aliases:
            return self._roots.get(self._aliases[key])
        full = self._longest(key)
        return self._roots.get(full) if full != key else None

    def display(self, root: str) -> str:
        """A root as it is mostly written."""
        return min(self.forms[root].items(), key=lambda item: (-item[1], item[0]))[0]

    def designated(self, number: str) -> str | None:
        """The name that holds this number, None where none or several do."""
        if len(number) < _SHORTEST_DESIGNATOR:
            return None
        holding = (key for key in self._holding.get(number, ()) if shortens([number], key.split()))
        roots = {self._roots[key] for key in holding if key in self._roots}
        return roots.pop() if len(roots) == 1 else None

    def _longest(self, key: str) -> str:
        """The one longer form that this one stands for, itself where there is none or more than one."""
        for singular in _singular(key):
            if singular in self.forms:
                return singular
        if key in self._aliases:
            return self._aliases[key]
        words = key.split()
        if len(words) == 1 and (key in self.places or any(f"{key}{end}" in NATIONALITIES for end in DEMONYMS)):
            return key
        candidates = self._candidates(words)
        if key in self.places or key in COUNTRIES:
            candidates = [one for one in candidates if not one.startswith(f"{key} ")]
        longest = [
            one for one in candidates if not any(shortens(one.split(), o.split()) for o in candidates if o != one)
        ]
        return longest[0] if len(longest) == 1 else key

    def _candidates(self, words: list[str]) -> list[str]:
        if len(words) == 1 and not is_designator(words[0]):
            spelled = self._by_initials(words[0])
            if spelled:
                return spelled
        held = min((self._holding.get(word, []) for word in words), key=len)
        if len(words) > 1 and words[-1].isdigit():
            held = self._holding.get(words[0], [])
            misprinted = [other for other in held[:_CROWD] if lacks_letter(words, other.split())]
            if misprinted:
                return misprinted
        return [other for other in held if shortens(words, other.split())] if len(held) <= _CROWD else []

    def _by_initials(self, word: str) -> list[str]:
        if not any(form.replace(".", "").isupper() for form in self.forms.get(word, ())):
            return []
        return self._spelled.get(word, [])

    def _last(self, key: str) -> str:
        seen = {key}
        while (following := self._roots.get(key, key)) not in seen:
            seen.add(following)
            key = following
        return key


def _singular(key: str) -> tuple[str, ...]:
    if not key.endswith("s") or len(key.rsplit(maxsplit=1)[-1]) < 5:
        return ()
    return (key[:-1], key[:-2]) if key.endswith("es") else (key[:-1],)
