"""What deeds were about, as people call it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kzbot.chat.desk import Desk
from kzbot.errors import GenerationError
from kzbot.operations.deeds import titles_of
from kzbot.output.log_words import articles_of, names_of
from kzbot.querylog.ledger.rows import DeedRow


@dataclass(frozen=True, slots=True)
class Known:
    """What the names and articles of some deeds are called, by their ids; nothing of those that are not known."""

    names: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)


async def known_of(desk: Desk, deeds: Sequence[DeedRow]) -> Known:
    """What these deeds are about, as far as the served generation knows it."""
    names, articles = names_of(deeds), articles_of(deeds)
    if not names and not articles:
        return Known()
    try:
        async with desk.services.shelf.current() as generation:
            titles = await titles_of(generation, articles)
            return Known({id_: generation.names[id_].canonical for id_ in names if id_ in generation.names}, titles)
    except GenerationError:
        return Known()
