"""What the chat is handed: answers, suggestions, reloads and the state of the corpus, with what they need in them."""

from datetime import date, datetime
from typing import Any

from kzbot.answers.completion.complete import complete
from kzbot.answers.dispatch import answer
from kzbot.answers.examples import examples
from kzbot.answers.model import Choice
from kzbot.chat.services import Services
from kzbot.cli.prepared import Prepared
from kzbot.index.sources import ProgressCallback
from kzbot.index.store import GenerationStore
from kzbot.operations.keeper import Keeper
from kzbot.operations.reload import ReloadReport, reload
from kzbot.operations.shelf import Shelf
from kzbot.operations.status import CorpusStatus, status
from kzbot.querylog.log import QueryLog
from kzbot.settings import Settings


def services_for(
    settings: Settings, prepared: Prepared, store: GenerationStore, log: QueryLog, shelf: Shelf
) -> Services:
    """The services of one run; `settings` are those that the chat goes by."""
    sources, phrases = prepared.sources(), prepared.phrases
    keeper = Keeper(prepared.sources, store, log.ledger, shelf=shelf)

    async def suggest(command: str, option: str, typed: str, generation: Any, today: date) -> tuple[Choice, ...]:
        return await complete(command, option, typed, generation, today, phrases=phrases)

    async def take_in(*, force: bool, progress: ProgressCallback) -> ReloadReport:
        return await reload(sources, store, force=force, progress=progress)

    async def corpus_status() -> CorpusStatus:
        return await status(sources, store)

    return Services(
        settings=settings,
        phrases=phrases,
        log=log,
        shelf=shelf,
        answer=answer,
        complete=suggest,
        keeper=keeper,
        reload=take_in,
        status=corpus_status,
        clock=lambda: datetime.now().astimezone(),
    )


async def examples_of(shelf: Shelf) -> list[str]:
    """Three questions that the served corpus answers, as typed."""
    async with shelf.current() as generation:
        return await examples(generation)
