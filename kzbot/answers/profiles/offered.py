"""Which profile commands a corpus has use for."""

from kzbot.index import carried
from kzbot.index.generation import Generation


async def profiles(generation: Generation) -> tuple[str, ...]:
    """The profiles of the kinds of which the articles mention a name (of the book, or their own), in their order, each once."""
    mentioned = {name.kind for name in generation.names.values() if name.mentions}
    shown = [kind.name for kind in generation.kinds if kind.profile]
    mentioned |= await carried.kinds_carried(generation, shown)
    return tuple(dict.fromkeys(kind.profile for kind in generation.kinds if kind.profile and kind.name in mentioned))
