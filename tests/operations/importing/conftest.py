"""All that an importer needs, over the twelve articles."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from kzbot.index.store import GenerationStore
from kzbot.operations.importing.batch import Batch
from kzbot.operations.importing.importer import Importer
from kzbot.operations.importing.reading import Arrived
from kzbot.operations.keeper import Keeper
from kzbot.operations.shelf import Shelf
from kzbot.operations.taking_in import take_in
from kzbot.querylog.log import QueryLog


@dataclass
class Desk:
    """All that an importer needs, over the twelve articles."""

    corpus: Any
    store: GenerationStore
    log: QueryLog
    shelf: Shelf
    importer: Importer

    @property
    def data(self) -> Path:
        return self.store.data_folder

    def again(self) -> Importer:
        """The importer of the next process."""
        sources = replace(self.corpus.sources, added=self.data / "articles")
        keeper = Keeper(lambda: sources, self.store, self.log.ledger, shelf=self.shelf)
        return Importer(self.data, keeper, self.log.ledger, self.shelf, most=5_000_000, printed="typed as printed")

    async def sent(self, *files: tuple[str, str | bytes], key: str = "1") -> Batch:
        arrived = [Arrived(name, data.encode() if isinstance(data, str) else data) for name, data in files]
        return await self.importer.keep(key, 7, await self.importer.read(arrived))


@pytest.fixture
async def desk(corpus: Any, store: GenerationStore, built_here: None) -> AsyncIterator[Desk]:
    corpus.fill()
    report = await take_in(corpus.sources, store)
    log = await QueryLog.open(store.data_folder / "kzbot.db")
    shelf = await Shelf.open(store.path, report.generation)
    made = Desk(corpus, store, log, shelf, None)  # type: ignore[arg-type]
    made.importer = made.again()
    try:
        yield made
    finally:
        await shelf.close()
        await log.close()
