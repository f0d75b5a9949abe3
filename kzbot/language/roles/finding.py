"""The roles that a sentence gives to the persons named in it."""

import re
from collections.abc import Iterator, Sequence

from kzbot.language.roles.descriptions import Descriptions
from kzbot.language.roles.phrases import Phrase, with_owner
from kzbot.language.roles.reading import Reading
from kzbot.language.roles.role import Named, Role
from kzbot.language.roles.tables import NOUNS, VERBS_OF_OFFICE
from kzbot.language.roles.titles import Titles
from kzbot.language.spans import Span

_WORD = re.compile(r"[^\W\d_]+")


def may_hold_roles(passage: str) -> bool:
    """Whether a word stands there without which nothing tells an office; quick, for most passages have none."""
    words = _WORD.findall(passage.lower())
    return not (NOUNS.isdisjoint(words) and VERBS_OF_OFFICE.keys().isdisjoint(words))


def find_roles(text: str, sentence: Span, names: Sequence[Named]) -> list[Role]:
    """The roles in `text[start:end]` of `sentence`, in order; `names` are the names in it, persons and others, in order.

    Only what the words plainly give counts: a title before a name, an apposition, "X is ...", an appointment.
    """
    if not (any(name.holds for name in names) and may_hold_roles(text[slice(*sentence)])):
        return []
    reading = Reading(text, sentence, names)
    return sorted(dict.fromkeys(_roles(reading)), key=lambda role: (role.start, role.end, role.holder_start))


def _roles(reading: Reading) -> Iterator[Role]:
    titles = Titles(reading).held
    described = Descriptions(reading, frozenset(titles)).held
    owners = reading.owners()
    for place, phrase in enumerate(reading.phrases):
        owned = with_owner(phrase, owners.get(place))
        for holder in titles.get(place, ()):
            yield _role(reading, owned, holder, former=phrase.former)
        for holder, former in described.get(place, ()):
            yield _role(reading, owned, holder, former=phrase.former or former)


def _role(reading: Reading, phrase: Phrase, holder: Named, *, former: bool) -> Role:
    text, start, end = reading.text, reading.words[phrase.first].start, reading.words[phrase.end - 1].end
    if phrase.end == phrase.behind and end < holder.start and text[end] == ".":
        end += 1
    where = (holder.start, holder.end, holder.person, holder.carried)
    return Role(start, end, text[start:end], *where, phrase.office, phrase.owner, former)
