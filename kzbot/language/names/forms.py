"""The forms under which a name book's entries stand in texts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kzbot.language.folding import fold_names
from kzbot.language.names.book import Name, NameBook
from kzbot.language.words import STOP_WORDS


@dataclass(frozen=True, slots=True)
class Form:
    """One spelling of one name.

    `by`: as in `Mention`. `exact`: found in its own case only, or in quotation marks. `short`: counts only where the name
    itself stands earlier in the text. `surname`: one word, the last of a longer form, which other names may share.
    """

    name: Name
    spelled: str
    folded: str
    by: str
    exact: bool
    short: bool
    surname: bool

    @property
    def phrase(self) -> bool:
        """Whether this is an ordinary phrase of several words, which may be a part of a longer name."""
        return self.exact and " " in self.folded


def forms_of(book: NameBook) -> dict[str, tuple[Form, ...]]:
    """All forms of all names by their folded spelling."""
    found: dict[str, dict[str, Form]] = {}
    for name in book.names:
        for form in _forms(name):
            if form.folded:
                found.setdefault(form.folded, {}).setdefault(name.id, form)
    return {folded: tuple(forms.values()) for folded, forms in found.items()}


def _forms(name: Name) -> Iterator[Form]:
    proper = (name.canonical, *name.variants)
    endings = {form.casefold().split()[-1] for form in proper if len(form.split()) > 1}
    for spelled in (*proper, *name.adjectives):
        adjective = spelled in name.adjectives
        short = adjective and (spelled.casefold() in endings or spelled.casefold().startswith("the "))
        by = "name" if not adjective else "reference" if spelled.casefold().startswith("the ") else "adjective"
        if short and by == "adjective":
            by = "name"
        surname = " " not in spelled and spelled.casefold() in endings
        for written in _written(spelled):
            folded = fold_names(written).text.strip()
            exact = name.exact_case or folded in STOP_WORDS
            yield Form(name, written, folded, by, exact, short, surname)


def _written(spelled: str) -> Iterator[str]:
    yield spelled
    if re.search(r"[^\W\d_]\.[^\W\d_]\.$", spelled):
        yield spelled[:-1]


def links(book: NameBook) -> dict[str, frozenset[str]]:
    """The ids linked with each name, in both directions."""
    linked: dict[str, set[str]] = {}
    for name in book.names:
        for other in name.related:
            linked.setdefault(name.id, set()).add(other)
            linked.setdefault(other, set()).add(name.id)
    return {name: frozenset(others) for name, others in linked.items()}
