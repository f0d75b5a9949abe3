"""The keeper of the corpus at the terminal, and what can be read beside a bot that is running."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from kzbot.cli.log_file import open_log
from kzbot.cli.prepared import Prepared
from kzbot.index.store import GenerationStore
from kzbot.operations.importing.unfinished import take_back_unfinished
from kzbot.operations.keeper import Keeper
from kzbot.operations.shelf import Shelf
from kzbot.phrases import Phrases
from kzbot.querylog.ledger.reader import LedgerReader
from kzbot.querylog.ledger.rows import Actor, ApplicationRow
from kzbot.querylog.log import FILE_NAME, QueryLog
from kzbot.querylog.people import code_of
from kzbot.querylog.reader import QueryReader


def keeper_for(prepared: Prepared, store: GenerationStore, log: QueryLog, shelf: Shelf | None = None) -> Keeper:
    """The keeper of the configured corpus; `shelf` where answers are made from it."""
    corpus = prepared.settings.corpus
    return Keeper(
        prepared.sources,
        store,
        log.ledger,
        shelf=shelf,
        frequent=log.frequent,
        golden=corpus.golden,
        auto_apply=corpus.auto_apply,
    )


@asynccontextmanager
async def keeping(prepared: Prepared) -> AsyncIterator[Keeper]:
    """The keeper while this process holds the data folder; DataFolderError where another one does."""
    async with holding(prepared) as (keeper, _):
        yield keeper


@asynccontextmanager
async def holding(prepared: Prepared) -> AsyncIterator[tuple[Keeper, QueryLog]]:
    """The same, and the log."""
    data = prepared.settings.data.folder
    store = GenerationStore(data)
    with store.lock():
        log = await open_log(prepared)
        try:
            await take_back_unfinished(data, log.ledger)
            yield keeper_for(prepared, store, log), log
        finally:
            await log.close()


async def applications(prepared: Prepared, limit: int) -> tuple[list[ApplicationRow], int]:
    """What was applied, the latest first, and how often in all; nothing where there is no kzbot.db yet."""
    path = prepared.settings.data.folder / FILE_NAME
    if not path.is_file():
        return [], 0
    reader = await QueryReader.open(path)
    try:
        return await LedgerReader(reader).history(limit)
    finally:
        await reader.close()


def said_actor(phrases: Phrases, actor: Actor) -> str:
    """Who did something, in words: Discord's id, the code of whose id is not kept, or where it was done."""
    if actor.user is None:
        return phrases.say("cli.actor.unknown" if actor.place == "discord" else f"cli.actor.{actor.place}")
    return said_person(phrases, actor.user)


def said_person(phrases: Phrases, user: int) -> str:
    """What a row holds of a person, in words."""
    if user < 0:
        return phrases.say("cli.actor.coded", code=code_of(user))
    return phrases.say("cli.actor.discord", user=user)
