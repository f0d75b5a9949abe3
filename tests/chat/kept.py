"""A bot over a small real corpus with a real keeper: its files can be changed, planned, applied and taken back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kzbot.answers.completion.complete import complete
from kzbot.answers.dispatch import answer
from kzbot.chat.services import Services
from kzbot.index.sources import Sources
from kzbot.index.store import GenerationStore
from kzbot.operations.keeper import Keeper
from kzbot.operations.shelf import Shelf
from kzbot.operations.status import CorpusStatus, status
from kzbot.phrases import DEFAULT_FOLDER, Phrases
from kzbot.querylog.log import FILE_NAME, QueryLog

NAMES = """
kinds:
  exercise: {nouns: [exercise], profile: exercise}
names:
  - {kind: exercise, name: Zeppelin Days}
"""
GOLDEN = """
questions:
  - {question: "/search query: harbour", expect: answered}
"""


def write_article(folder: Path, number: int, words: str = "", title: str = "") -> Path:
    """An article of its own words, with a date."""
    path = folder / f"a{number:02}.md"
    path.write_text(
        f"---\ntitle: {title or f'Report number {number}'}\nurl: https://example.org/{number}\npublished: 2011-0{number % 9 + 1}\n---\n"
        + (words or f"The ministers met at the harbour of town{number} on {number} March 2010 and signed paper{number}.\n"),
        encoding="utf-8",
    )
    return path


@dataclass(frozen=True)
class Kept:
    """The folder of articles, and the bot's services."""

    folder: Path
    store: GenerationStore
    services: Services

    @property
    def keeper(self) -> Keeper:
        return self.services.keeper

    def add(self, number: int, words: str = "", title: str = "") -> Path:
        return write_article(self.folder, number, words, title)

    def remove(self, *numbers: int) -> None:
        for number in numbers:
            (self.folder / f"a{number:02}.md").unlink()


@asynccontextmanager
async def kept_corpus(start: Any, place: Path, environ: dict[str, str], *, auto_apply: Any = "never") -> AsyncIterator[Kept]:
    """Eight articles, built and served at the first time; at a second time in the same place what was served last."""
    folder, names, golden = place / "articles", place / "names.yaml", place / "golden.yaml"
    if not folder.is_dir():
        folder.mkdir()
        names.write_text(NAMES, encoding="utf-8")
        golden.write_text(GOLDEN, encoding="utf-8")
        for number in range(1, 9):
            write_article(folder, number)
    store = GenerationStore(place / "data")

    def sources() -> Sources:
        return Sources(folder, names)

    async def suggest(*asked: Any) -> Any:
        return await complete(*asked, phrases=Phrases.load(DEFAULT_FOLDER, "en"))

    async def state() -> CorpusStatus:
        return await status(sources(), store)

    async with AsyncExitStack() as opened:
        opened.enter_context(store.lock())
        if store.applied() is None:
            first = await QueryLog.open(place / FILE_NAME)
            outcome = await Keeper(sources, store, first.ledger).start()
            assert outcome.kind == "applied"
            await first.close()
        served = store.applied()
        assert served is not None
        shelf = await Shelf.open(store.path, served)
        opened.push_async_callback(shelf.close)

        def keep(log: QueryLog) -> Keeper:
            return Keeper(
                sources, store, log.ledger, shelf=shelf, frequent=log.frequent, golden=golden, auto_apply=auto_apply
            )

        parts = {"shelf": shelf, "answer": answer, "complete": suggest, "status": state, "keep": keep}
        yield Kept(folder, store, await start(environ, clock=lambda: datetime.now(UTC), **parts))
