"""What the chat is handed: answers, suggestions, the keeper and the state of the corpus, with what they need in them."""

import asyncio
from datetime import UTC, date, datetime
from typing import Any

from kzbot.answers.completion.complete import complete
from kzbot.answers.dispatch import answer
from kzbot.answers.examples import examples
from kzbot.answers.model import Choice
from kzbot.chat.services import Services
from kzbot.cli.bringing import importer_for, remover_for
from kzbot.cli.keeping import keeper_for
from kzbot.cli.prepared import Prepared
from kzbot.index.store import GenerationStore
from kzbot.operations.erasing.eraser import Eraser
from kzbot.operations.heart import Heart
from kzbot.operations.shelf import Shelf
from kzbot.operations.status import CorpusStatus, status
from kzbot.querylog.log import QueryLog
from kzbot.settings import Settings


def services_for(
    settings: Settings,
    prepared: Prepared,
    store: GenerationStore,
    log: QueryLog,
    shelf: Shelf,
    heart: Heart | None = None,
) -> Services:
    """The services of one run; `settings` are those that the chat goes by."""
    phrases = prepared.phrases
    keeper = keeper_for(prepared, store, log, shelf)

    async def suggest(command: str, option: str, typed: str, generation: Any, today: date) -> tuple[Choice, ...]:
        return await complete(command, option, typed, generation, today, phrases=phrases)

    async def corpus_status() -> CorpusStatus:
        return await status(await asyncio.to_thread(prepared.sources), store)

    return Services(
        settings=settings,
        phrases=phrases,
        log=log,
        shelf=shelf,
        answer=answer,
        complete=suggest,
        keeper=keeper,
        importer=importer_for(prepared, keeper, log, shelf),
        remover=remover_for(keeper, log, shelf),
        status=corpus_status,
        eraser=Eraser(settings.data.folder, log, store),
        clock=lambda: datetime.now(UTC),
        heart=heart,
    )


async def examples_of(shelf: Shelf) -> list[str]:
    """Three questions that the served corpus answers, as typed."""
    async with shelf.current() as generation:
        return await examples(generation)
