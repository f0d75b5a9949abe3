"""Which profile commands a corpus has use for."""

from kzbot.index.generation import Generation


async def profiles(generation: Generation) -> tuple[str, ...]:
    """The profiles of the kinds of which the articles mention a name, in the order of the kinds, each once."""
    mentioned = {name.kind for name in generation.names.values() if name.mentions}
    return tuple(dict.fromkeys(kind.profile for kind in generation.kinds if kind.profile and kind.name in mentioned))
