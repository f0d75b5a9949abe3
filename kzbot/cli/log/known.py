"""What the bot would know in the chat, for what is read of its log at the terminal: its commands, and the names of its corpus."""

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager, suppress

from kzbot.answers.commands import commands_of
from kzbot.answers.profiles.offered import profiles
from kzbot.cli.prepared import Prepared
from kzbot.corpus.names_file import read_name_book
from kzbot.errors import GenerationError, NameBookError
from kzbot.index.generation import Generation
from kzbot.index.inspect import is_readable, names_in
from kzbot.index.store import GenerationStore
from kzbot.operations.own_commands import OWN_COMMANDS
from kzbot.querylog.listing import Listing


async def known_commands(prepared: Prepared, listing: Listing) -> set[str]:
    """The commands that the bot has in the chat, and those that stand in its log."""
    return {*OWN_COMMANDS, *await _profiles(prepared), *await listing.commands()}


async def _profiles(prepared: Prepared) -> Collection[str]:
    """The commands that show profiles: those of the served state, else those of the name book."""
    with suppress(GenerationError):
        async with served(prepared) as generation:
            if generation is not None:
                return await profiles(generation)
    with suppress(NameBookError):
        book = await asyncio.to_thread(read_name_book, prepared.settings.corpus.names)
        return [one.name for one in commands_of(book.kinds) if one.profile]
    return ()


@asynccontextmanager
async def served(prepared: Prepared) -> AsyncIterator[Generation | None]:
    """The applied state, opened read-only; None where there is none that this program reads."""
    store = GenerationStore(prepared.settings.data.folder)
    applied = store.applied()
    if applied is None or not is_readable(store.path(applied)):
        yield None
        return
    generation = await Generation.open(store.path(applied))
    try:
        yield generation
    finally:
        await generation.close()


async def known_names(prepared: Prepared, ids: Collection[str]) -> dict[str, str]:
    """What the served state calls these names; nothing of those that it does not know."""
    store = GenerationStore(prepared.settings.data.folder)
    applied = store.applied() if ids else None
    return {} if applied is None else await asyncio.to_thread(names_in, store.path(applied), ids)
