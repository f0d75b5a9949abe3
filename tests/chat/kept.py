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
from kzbot.operations.laid import overlay_of
from kzbot.operations.shelf import Shelf
from kzbot.operations.status import CorpusStatus, status
from kzbot.phrases import DEFAULT_FOLDER, Phrases
from kzbot.querylog.ledger.reader import holding_in
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
        + (
            words
            or f"The ministers met at the harbour of town{number} on {number} March 2010 and signed paper{number}.\n"
        ),
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


def _sources(place: Path) -> Sources:
    laid = overlay_of(holding_in(place / FILE_NAME))
    return Sources(place / "articles", place / "names.yaml", overlay=laid)


async def build_corpus(place: Path) -> None:
    """Eight articles with a name book and a golden question, built and served."""
    folder = place / "articles"
    folder.mkdir()
    (place / "names.yaml").write_text(NAMES, encoding="utf-8")
    (place / "golden.yaml").write_text(GOLDEN, encoding="utf-8")
    for number in range(1, 9):
        write_article(folder, number)
    store, log = GenerationStore(place / "data"), await QueryLog.open(place / FILE_NAME)
    try:
        with store.lock():
            assert (await Keeper(lambda: _sources(place), store, log.ledger).start()).kind == "applied"
    finally:
        await log.close()


@asynccontextmanager
async def kept_corpus(
    start: Any, environ: dict[str, str] | None = None, *, place: Path, auto_apply: Any = "never"
) -> AsyncIterator[Kept]:
    """A bot over what was built in this place, and served last."""
    store = GenerationStore(place / "data")

    async def suggest(*asked: Any) -> Any:
        return await complete(*asked, phrases=Phrases.load(DEFAULT_FOLDER, "en"))

    async def state() -> CorpusStatus:
        return await status(_sources(place), store)

    async with AsyncExitStack() as opened:
        opened.enter_context(store.lock())
        served = store.applied()
        assert served is not None
        shelf = await Shelf.open(store.path, served)
        opened.push_async_callback(shelf.close)

        def keep(log: QueryLog) -> Keeper:
            given = {
                "shelf": shelf,
                "frequent": log.frequent,
                "golden": place / "golden.yaml",
                "auto_apply": auto_apply,
            }
            return Keeper(lambda: _sources(place), store, log.ledger, **given)

        parts = {"shelf": shelf, "answer": answer, "complete": suggest, "status": state, "keep": keep}
        services = await start(environ or {}, clock=lambda: datetime.now(UTC), **parts)
        yield Kept(place / "articles", store, services)
