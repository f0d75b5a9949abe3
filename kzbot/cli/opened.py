"""Opening what the terminal reads from; another corpus than the configured one is brought up to date first."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from kzbot.cli.prepared import Prepared
from kzbot.index.generation import Generation
from kzbot.index.inspect import is_current, is_readable
from kzbot.index.sources import BuildSummary
from kzbot.index.store import GenerationStore
from kzbot.operations.taking_in import take_in
from kzbot.phrases import Phrases


@asynccontextmanager
async def opened(prepared: Prepared, corpus: Path | None, data: Path) -> AsyncIterator[Generation]:
    """The generation of `data` to read from: the bot's own, or (`corpus`) of another folder of articles.

    Raises GenerationError or DataFolderError where there is nothing to answer from.
    """
    store = GenerationStore(data)
    generation = await Generation.open(store.path(await _applied(prepared, corpus, store)))
    try:
        yield generation
    finally:
        await generation.close()


async def _applied(prepared: Prepared, corpus: Path | None, store: GenerationStore) -> str:
    """The generation to ask. The bot's own is taken as it is; another corpus is brought up to date first."""
    applied = store.applied()
    if applied is not None and corpus is None and is_readable(store.path(applied)):
        return applied
    sources = prepared.sources(corpus)
    if applied is not None and corpus is not None and is_current(store.path(applied), sources):
        return applied
    from kzbot.cli.terminal import build_progress  # noqa: PLC0415 - rarely needed, and rich takes its time

    with build_progress(prepared.phrases) as progress:
        summary = await take_in(sources, store, empty=corpus is not None, progress=progress)
    _tell_rejected(prepared.phrases, summary)
    if not summary.articles:
        sys.stderr.write(f"{prepared.phrases.say('cli.doctor.corpus_empty', folder=sources.folder)}\n")
    return summary.generation


def _tell_rejected(phrases: Phrases, summary: BuildSummary) -> None:
    from kzbot.cli.summary import print_rejected  # noqa: PLC0415 - see above
    from kzbot.cli.terminal import console  # noqa: PLC0415

    print_rejected(console(errors=True), phrases, summary)
