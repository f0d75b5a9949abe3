"""Where a further spelling of a name can make a difference: which texts must be searched again for names."""

from collections.abc import Collection, Iterable, Mapping, Sequence

import ahocorasick_rs

from kzbot.language.folding import fold_names
from kzbot.language.names.book import Kind, Name, NameBook
from kzbot.language.names.carried.given_names import GIVEN_NAMES
from kzbot.language.names.forms import Form, forms_of
from kzbot.language.names.gazetteer import bounded
from kzbot.language.names.spelling_rules import key_of
from kzbot.language.names.surroundings import is_own_given, own_keys
from kzbot.language.words import tokens


def telling_forms(before: Name, after: Name, kinds: Sequence[Kind]) -> Collection[str]:
    """The folded forms of which one stands in every text where a gazetteer finds others under `after` than under `before`.

    A gazetteer starts from the places of forms, so these are the new ones; but all forms of the name, where further
    spellings change how the old ones are understood: as surnames or short forms, by its own nouns (References), by its
    given names before its surname (of_another_bearer).
    """
    old, new = _forms(before), _forms(after)
    alike = all(_read(form) == _read(new[folded]) for folded, form in old.items())
    nouns = {noun.casefold() for kind in kinds for noun in kind.nouns}
    alike &= nouns & _words(before) == nouns & _words(after)
    if any(form.surname for form in new.values()):
        alike &= _given_names(before) == _given_names(after)
    return new.keys() - old.keys() if alike else new.keys()


class Presence:
    """Tells of some names, each with folded forms, whether one of these stands in a text."""

    def __init__(self, forms: Mapping[str, Collection[str]]) -> None:
        names: dict[str, set[str]] = {}
        for name, some in sorted(forms.items()):
            for form in sorted(some):
                names.setdefault(form, set()).add(name)
        self._names = list(names.values())
        self._automaton = ahocorasick_rs.AhoCorasick(list(names))

    def names_in(self, texts: Iterable[str]) -> frozenset[str]:
        """The ids of the names that have one of their forms in one of the texts, whatever it stands for there."""
        found: set[str] = set()
        for text in texts:
            folded = fold_names(text)
            for pattern, start, end in self._automaton.find_matches_as_indexes(folded.text, overlapping=True):
                if bounded(folded, start, end):
                    found |= self._names[pattern]
        return frozenset(found)


def _forms(name: Name) -> dict[str, Form]:
    return {folded: forms[0] for folded, forms in forms_of(NameBook((), (name,))).items()}


def _read(form: Form) -> tuple[object, ...]:
    """How a gazetteer reads a form, whatever other forms its name has."""
    return form.spelled, form.by, form.exact, form.short, form.surname


def _words(name: Name) -> set[str]:
    return {token.word for form in (name.canonical, *name.variants) for token in tokens(form)}


def _given_names(name: Name) -> set[str]:
    own = own_keys(name)
    return {given for given in GIVEN_NAMES if is_own_given(key_of(given), own)}
