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
from kzbot.language.roles.tables import COUNTRIES, FIRST_WORDS, OVER, STANDING, TIME, WEAK
from kzbot.language.roles.words import words_of
from kzbot.language.spans import Span

_PERSON = "person"
_LONGEST = 5
_OF_PLACES = (COMMON | CORPORATE | LEGAL | FLEETS | PORTFOLIOS | NATIONALITIES | CALENDAR) - {"park", "day", "war"}
_FIRST = DIRECTIONS - PARTICLES - {"san", "santa", "royal"}
_SURNAMES = WEAK | {"bishop", "pope", "marshal", "commodore", "minister"}
_OF_OFFICES = OVER | STANDING | TIME
_CYRILLIC = re.compile("[\u0400-\u04ff]")
"""In Russian what stands behind an office is mostly what it is of: only persons of the book are sure to be none."""
_NAME_WORD = re.compile(r"[^\W\d_a-z][^\W\d_]*(?:['’-][^\W\d_]+)*[.'’]?")


def named(text: str, mentions: Sequence[Mention], carried: Iterable[Carried]) -> list[Named]:
    """The names of a text that roles can be of, in order, none within another; where a spelling may be two persons, none."""
    persons = _persons(text, mentions)
    others = [
        Named(one.start, one.end, owner=one.name)
        for one in mentions
        if one.by != "reference" and not _is_person(one.name)
    ]
    for one in carried:
        if one.by not in ("reference", "number"):
            others += _of_text(text, one, persons, others)
    return list(_longest([*persons, *others]))


def _persons(text: str, mentions: Sequence[Mention]) -> list[Named]:
    """The persons of the book; where one spelling may be two of them, neither."""
    places: dict[tuple[int, int], list[Named]] = {}
    for mention in mentions:
        if mention.by != "reference" and _is_person(mention.name):
            start = _behind_titles(text, mention.start, mention.end)
            one = Named(start, mention.end, mention.name, holds=True, full=True, sure=True)
            places.setdefault((start, mention.end), []).append(one)
    return [one for (one, *others) in places.values() if not others]


def _of_text(text: str, one: Carried, persons: Iterable[Named], known: Iterable[Named]) -> Iterator[Named]:
    """A name that the text carries, without a person of the book that stands at its end ("Central Asia James Hall"), and
    without words that belong to the office behind it ("NATO Special Representative")."""
    if one.form.lower() in FIRST_WORDS:
        return
    end = min((known.start for known in persons if one.start < known.start < one.end), default=one.end)
    if any(known.start <= one.start < known.end for known in persons):
        return
    if end == one.end and not _OF_OFFICES.intersection(one.form.lower().replace("-", " ").split()):
        holds = may_be_person(one.name)
        owner = key_of(one.form)
        owner = COUNTRIES.get(owner, owner)
        yield Named(one.start, end, None, one.name, holds, holds and " " in one.name, owner=owner)
        return
    words = words_of(text, Span(one.start, end))
    country = next((k for k in known if k.start == one.start and k.end < end and k.owner), None)
    rest = [word for word in words if country is None or word.start >= country.end]
    if all(word.plain in _OF_OFFICES for word in rest):
        return
    while words[-1].plain in STANDING:
        words.pop()
    end = end if end == one.end and words[-1].end + 2 > end else words[-1].end
    holds = end == one.end and may_be_person(one.name)
    owner = key_of(text[one.start : end])
    yield Named(one.start, end, carried=one.name, holds=holds, full=holds and " " in one.name, owner=owner)


def _longest(names: Sequence[Named]) -> Iterator[Named]:
    """The names that stand in no other one; a person of the book is in no other's."""
    sure = sorted((name.start, name.end) for name in names if name.sure)
    reach = -1
    for one in sorted(names, key=lambda name: (name.start, -name.end)):
        hidden = not one.sure and any(start < one.end and one.start < end for start, end in sure)
        if one.start >= reach and not hidden:
            yield one
            reach = one.end


def _is_person(name: str) -> bool:
    return name.partition(":")[0] == _PERSON


def _behind_titles(text: str, start: int, end: int) -> int:
    """Where the name itself begins in "Defense Secretary Cohen"."""
    words = words_of(text, Span(start, end))
    plain = [word.plain for word in words]
    at = behind = 0
    while at < len(words) - 1:
        unit = unit_at(plain, at)
        if unit is not None and unit[0] < len(words) and (at == behind or unit[1] not in _SURNAMES):
            at = behind = unit[0]
        else:
            at += 1
    return words[behind].start if behind else start


@lru_cache(maxsize=16384)
def may_be_person(name: str) -> bool:
    """Whether a name may be a person's by its words: no institution's noun, figure, acronym, people or direction."""
    words = name.split()
    if not 1 <= len(words) <= _LONGEST or _CYRILLIC.search(name):
        return False
    plain = [fold(word).text.strip(".") for word in words]
    if plain[0] in _FIRST or any(word in _OF_PLACES for word in plain):
        return False
    if any(len(word) > 2 and word.isupper() for word in words) and not (len(words) > 1 and name.isupper()):
        return False
    return all(_NAME_WORD.fullmatch(word) or small in PARTICLES for word, small in zip(words, plain, strict=True))
