"""Which name is meant, for every command: of the book, or one that the texts carry though the book does not list it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from kzbot.answers.model import MatchedThrough
from kzbot.answers.naming.carried import CarriedName, carried_name, near_name, sounding_name
from kzbot.answers.naming.topics import Named, Unclear, in_book, named
from kzbot.index import carried
from kzbot.index.generation import Generation
from kzbot.language.folding import fold_names
from kzbot.language.names.carried.kinds import PERSON
from kzbot.language.names.spelling_rules import without_year

LONGEST = 200
"""More characters than this are no name."""
_SOUNDS_SO = 0.95
"""From this score on the look-up found the same name in another transliteration, or written together or apart."""
_SHORTEST_GIVEN = 4
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$", re.IGNORECASE)

Resolved = Named | CarriedName | Unclear | None


async def resolve(generation: Generation, asked: str, kinds: Sequence[str] | None = None) -> Resolved:
    """The name that `asked` means, of these kinds only if given; `Unclear` where several fit alike, None where none does.

    An exact form goes before one that sounds so, and that before one that is a slip of the hand away; of each, the book
    before the texts. A possessive is read as the name, a year behind it as its edition. A given name alone is the person's
    of the book who alone has it.
    """
    asked = asked.strip()[:LONGEST]
    bare = _POSSESSIVE.sub("", asked)
    for tried in dict.fromkeys((asked, bare)):
        exact = await _exactly(generation, tried, kinds)
        if exact is not None:
            return exact
    found = await _nearly(generation, bare, kinds)
    return found or await _of_year(generation, bare, kinds) or await _given(generation, bare, kinds)


async def _of_year(generation: Generation, asked: str, kinds: Sequence[str] | None) -> Resolved:
    """A name of the texts that was typed with a year behind it."""
    shorter, year = without_year(fold_names(asked).text.strip())
    found = await _exactly(generation, shorter, kinds) if year else None
    return replace(found, edition=year) if isinstance(found, CarriedName) else None


async def _given(generation: Generation, asked: str, kinds: Sequence[str] | None) -> Named | None:
    """The one person whose name begins with this word, where no other name of the texts begins so."""
    given = fold_names(asked).text.strip()
    if len(given) < _SHORTEST_GIVEN or not given.isalpha():
        return None
    near = [one for one in generation.lookup.find(asked, kinds) if fold_names(one.used).text.split()[0] == given]
    ids = tuple(dict.fromkeys(one.id for one in near if generation.names[one.id].kind == PERSON))
    if len(ids) != 1 or len(near) != 1 or await carried.starting(generation, [given], 1):
        return None
    return Named(ids, (MatchedThrough(asked, near[0].used, "prefix"),))


async def _exactly(generation: Generation, asked: str, kinds: Sequence[str] | None) -> Resolved:
    if in_book(generation, asked, kinds):
        return named(generation, asked, kinds)
    return await carried_name(generation, asked, kinds)


async def _nearly(generation: Generation, asked: str, kinds: Sequence[str] | None) -> Resolved:
    in_book = named(generation, asked, kinds)
    sure = in_book is not None and any(one.score >= _SOUNDS_SO for one in generation.lookup.find(asked, kinds))
    if sure:
        return in_book
    in_texts = await sounding_name(generation, asked, kinds)
    if in_texts is not None or in_book is not None:
        return in_texts or in_book
    return await near_name(generation, asked, kinds)
