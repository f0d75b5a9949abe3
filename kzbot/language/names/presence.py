"""Whether a name can have a part in a text at all."""

from collections.abc import Iterable, Sequence

import ahocorasick_rs

from kzbot.language.folding import fold_names
from kzbot.language.names.book import Name, NameBook
from kzbot.language.names.forms import forms_of
from kzbot.language.names.gazetteer import bounded


class Presence:
    """Tells of some names whether one of their forms stands in a text.

    What a gazetteer finds in a text does not depend on the names of which none does: it starts from the places of forms,
    and whatever else it knows of a name (its other words, its links) it asks for those that it found.
    """

    def __init__(self, names: Sequence[Name]) -> None:
        forms = forms_of(NameBook((), tuple(names)))
        self._names = [frozenset(form.name.id for form in some) for some in forms.values()]
        self._automaton = ahocorasick_rs.AhoCorasick(list(forms))

    def names_in(self, texts: Iterable[str]) -> frozenset[str]:
        """The ids of the names that have a form in one of the texts, whatever it stands for there."""
        found: set[str] = set()
        for text in texts:
            folded = fold_names(text)
            for pattern, start, end in self._automaton.find_matches_as_indexes(folded.text, overlapping=True):
                if bounded(folded, start, end):
                    found |= self._names[pattern]
        return frozenset(found)
