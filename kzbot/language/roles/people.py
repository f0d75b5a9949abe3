"""Which of the names in a text may be a person's, and where the name begins behind its titles."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from kzbot.language.folding import fold
from kzbot.language.names.book import Mention
from kzbot.language.names.carried.keys import key_of
from kzbot.language.names.carried.mention import Carried
from kzbot.language.names.carried.tables import (
    CALENDAR,
    COMMON,
    CORPORATE,
    DIRECTIONS,
    FLEETS,
    LEGAL,
    NATIONALITIES,
    PARTICLES,
    PORTFOLIOS,
)
from kzbot.language.roles.offices import unit_at
from kzbot.language.roles.role import Named
from kzbot.language.roles.tables import OVER, STANDING, TIME
from kzbot.language.roles.words import words_of
from kzbot.language.spans import Span

_PERSON = "person"
_LONGEST = 5
_OF_PLACES = (COMMON | CORPORATE | LEGAL | FLEETS | PORTFOLIOS | NATIONALITIES | CALENDAR) - {"park", "day", "war"}
_FIRST = DIRECTIONS - PARTICLES - {"san", "santa", "royal"}
_NAME_WORD = re.compile(r"[^\W\d_a-z][^\W\d_]*(?:['’-][^\W\d_]+)*\.?")


def named(text: str, mentions: Iterable[Mention], carried: Iterable[Carried]) -> list[Named]:
    """The names of a text that roles can be of, in order, none within another; where a spelling may be two persons, none."""
    places: dict[tuple[int, int], list[Named]] = {}
    for mention in mentions:
        if mention.by != "reference":
            one = _of_book(text, mention)
            places.setdefault((one.start, one.end), []).append(one)
    for other in carried:
        if other.by not in ("reference", "number"):
            holds = may_be_person(other.name)
            one = Named(
                other.start,
                other.end,
                carried=other.name,
                holds=holds,
                full=holds and " " in other.name,
                owner=key_of(other.form),
            )
            places.setdefault((one.start, one.end), []).append(one)
    return list(_longest([one for (one, *others) in places.values() if not (others and one.holds)]))


def _longest(names: Sequence[Named]) -> Iterator[Named]:
    """The names that stand in no other one."""
    reach = -1
    for one in sorted(names, key=lambda name: (name.start, -name.end)):
        if one.start >= reach:
            yield one
            reach = one.end


def _of_book(text: str, mention: Mention) -> Named:
    if mention.name.partition(":")[0] != _PERSON:
        return Named(mention.start, mention.end, owner=mention.name)
    start = _behind_titles(text, mention.start, mention.end)
    return Named(start, mention.end, mention.name, holds=True, full=True, sure=True)


def _behind_titles(text: str, start: int, end: int) -> int:
    """Where the name itself begins in "Defense Secretary Cohen"."""
    words = words_of(text, Span(start, end))
    plain = [word.plain for word in words]
    at = 0
    while at < len(words) - 1:
        unit = unit_at(plain, at)
        if unit is None and not (plain[at] in OVER or plain[at] in STANDING or plain[at] in TIME):
            break
        at = unit[0] if unit else at + 1
    return words[at].start if words and 0 < at < len(words) and unit_in(plain[:at]) else start


def unit_in(plain: Sequence[str]) -> bool:
    """Whether an office or a rank stands among these words."""
    return any(unit_at(plain, at) for at in range(len(plain)))


@lru_cache(maxsize=16384)
def may_be_person(name: str) -> bool:
    """Whether a name may be a person's by its words: no institution's noun, figure, acronym, people or direction."""
    words = name.split()
    if not 1 <= len(words) <= _LONGEST:
        return False
    plain = [fold(word).text.strip(".") for word in words]
    if plain[0] in _FIRST or any(word in _OF_PLACES for word in plain):
        return False
    if any(len(word) > 2 and word.isupper() for word in words) and not name.isupper():
        return False
    return all(_NAME_WORD.fullmatch(word) or small in PARTICLES for word, small in zip(words, plain, strict=True))
