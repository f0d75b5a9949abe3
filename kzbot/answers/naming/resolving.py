"""Which name is meant, for every command: of the book, or one that the texts carry though the book does not list it."""

import re
from collections.abc import Sequence

from kzbot.answers.naming.carried import CarriedName, carried_name, near_name, sounding_name
from kzbot.answers.naming.topics import Named, Unclear, in_book, named
from kzbot.index.generation import Generation

LONGEST = 200
"""More characters than this are no name."""
_SOUNDS_SO = 0.95
"""From this score on the look-up found the same name in another transliteration, or written together or apart."""
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$", re.IGNORECASE)

Resolved = Named | CarriedName | Unclear | None


async def resolve(generation: Generation, asked: str, kinds: Sequence[str] | None = None) -> Resolved:
    """The name that `asked` means, of these kinds only if given; `Unclear` where several fit alike, None where none does.

    An exact form goes before one that sounds so, and that before one that is a slip of the hand away; of each, the book
    before the texts. A possessive is read as the name.
    """
    asked = asked.strip()[:LONGEST]
    bare = _POSSESSIVE.sub("", asked)
    for tried in dict.fromkeys((asked, bare)):
        exact = await _exactly(generation, tried, kinds)
        if exact is not None:
            return exact
    return await _nearly(generation, bare, kinds)


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
