"""Whose a word is: what a passage says of one country's minister is no answer to a question about another's."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kzbot.answers.searching.concept import Concept
from kzbot.index.rows import NameRow
from kzbot.language.irregular_verbs import forms_by_word

Place = tuple[int, int]
_VERBS = forms_by_word()
_BEHIND_OWNER = re.compile(r"(?:['’]s?)?[\s-]{1,2}")
_BEFORE_OWNER = re.compile(r"\s+of\s+(?:the\s+)?")


@dataclass(frozen=True, slots=True)
class Owner:
    """A name that stands in a text, by offsets, end exclusive."""

    start: int
    end: int
    name: str


class Belongings:
    """Knows beside which names the words of a question stand; made once for a question."""

    def __init__(self, concepts: Sequence[Concept], names: Mapping[str, NameRow]) -> None:
        self._names = names
        self._beside, self._kinds = list[frozenset[str]](), list[set[str | None]]()
        for run in _runs(concepts):
            beside = frozenset(name for one in run if one.kind == "name" for name in one.names)
            kinds: set[str | None] = {names[name].kind for name in beside if name in names}
            for one in run:
                self._beside.append(beside if one.kind == "term" else frozenset())
                self._kinds.append(kinds if one.kind == "term" else set())
        self.matter = any(self._beside)

    def kept(self, text: str, places: Sequence[Sequence[Place]], owners: Iterable[Owner]) -> list[list[Place]]:
        """`places` (for each concept, offsets into `text`) without those that belong to another name of the same kind.

        Asked for "Ukraine defence minister", neither word of "Kazakhstan's Defence Minister" is kept, nor of "Minister of
        Defence of Kazakhstan".
        """
        known = [owner for owner in owners if owner.name in self._names]
        lost: set[Place] = set()
        ordered = sorted((place, at) for at, some in enumerate(places) for place in some)
        for direction in (ordered, ordered[::-1]):
            for place, at in direction:
                if self._beside[at] and self._is_lost(text, place, at, known, lost):
                    lost.add(place)
        return [[place for place in some if place not in lost] for some in places]

    def _is_lost(self, text: str, place: Place, at: int, owners: Sequence[Owner], lost: set[Place]) -> bool:
        attached = [owner.name for owner in owners if _attached(text, place, (owner.start, owner.end))]
        if any(name in self._beside[at] for name in attached):
            return False
        if any(self._names[name].kind in self._kinds[at] for name in attached):
            return True
        return not attached and any(_attached(text, place, other) for other in lost)


def _runs(concepts: Sequence[Concept]) -> list[list[Concept]]:
    """What stands side by side in the question."""
    runs: list[list[Concept]] = []
    for one in concepts:
        if runs and one.joined:
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _like_verb(words: str) -> bool:
    return words.casefold() in _VERBS or words.endswith("ed")


def _attached(text: str, place: Place, owner: Place) -> bool:
    """Whether the owner stands right before ("Kazakhstan's minister"), or right behind with "of"."""
    if owner[1] <= place[0] <= owner[1] + 4 and _BEHIND_OWNER.fullmatch(text, owner[1], place[0]):
        # What follows a bare name may be what it does, and that is told of others, too ("the minister met ...").
        return text[owner[1]] in "'’" or not _like_verb(text[place[0] : place[1]])
    if place[1] < owner[0] <= place[1] + 9:
        return _BEFORE_OWNER.fullmatch(text, place[1], owner[0]) is not None
    return False
