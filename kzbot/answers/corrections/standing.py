"""The names that stand in passages, as the passages write them, listed in the name book or not."""

from collections.abc import Iterable
from dataclasses import dataclass

from kzbot.index import carried, passages
from kzbot.index.generation import Generation


@dataclass(frozen=True, slots=True)
class NameStanding:
    """`words` of a passage that are read as a name: `name` is its canonical form and `id` its id in the name book, both None
    where the book does not list it."""

    words: str
    name: str | None = None
    id: str | None = None


async def names_standing(generation: Generation, addresses: Iterable[str]) -> dict[str, tuple[NameStanding, ...]]:
    """The names in the passages with these addresses, by address, in order of the text, each reading of words once; nothing
    for an address that no passage has."""
    rows = {address: await passages.by_address(generation, address) for address in dict.fromkeys(addresses)}
    numbers = [row.number for row in rows.values() if row is not None]
    mentions = await passages.mentions_of(generation, numbers)
    unlisted = await carried.standing_in(generation, numbers)
    found: dict[str, tuple[NameStanding, ...]] = {}
    for address, row in rows.items():
        if row is None:
            continue
        standing: list[tuple[int, NameStanding]] = [
            (one.start, NameStanding(" ".join(one.words.split()), generation.names[one.name].canonical, one.name))
            for one in mentions.get(row.number, ())
            if one.name in generation.names
        ]
        standing += [(one.start, NameStanding(" ".join(one.form.split()))) for one in unlisted.get(row.number, ())]
        found[address] = tuple(dict.fromkeys(one for _, one in sorted(standing, key=lambda pair: pair[0])))
    return found
