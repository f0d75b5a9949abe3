"""What deeds were about, as people call it."""

from collections.abc import Iterable

from kzbot.chat.desk import Desk
from kzbot.errors import GenerationError
from kzbot.output.log_words import names_of
from kzbot.querylog.ledger.rows import DeedRow


async def known_names(desk: Desk, deeds: Iterable[DeedRow]) -> dict[str, str]:
    """The names that these deeds are about, by their ids, as far as the served generation knows them."""
    wanted = names_of(deeds)
    if not wanted:
        return {}
    try:
        async with desk.services.shelf.current() as generation:
            return {id_: generation.names[id_].canonical for id_ in wanted if id_ in generation.names}
    except GenerationError:
        return {}
