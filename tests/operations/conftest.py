"""A corpus of twelve articles, a store for its generations, and the keeper of both."""

import os
from collections.abc import AsyncIterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from kzbot.corpus.overlay import Overlay
from kzbot.index.sources import Sources
from kzbot.index.store import GenerationStore
from kzbot.operations.keeper import Keeper
from kzbot.operations.taking_in import take_in
from kzbot.querylog.log import FILE_NAME, QueryLog


class Corpus:
    """Articles in a folder, each written at a time of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "articles"
        self.names = folder / "names.yaml"
        self.golden = folder / "golden.yaml"
        self.names.write_text("kinds: {country: {}}\nnames:\n  - {kind: country, name: Norway}\n", encoding="utf-8")
        self.overlay = Overlay()
        self.plain = Sources(self.folder, self.names)
        self._times = count(1_700_000_000)

    @property
    def sources(self) -> Sources:
        return replace(self.plain, overlay=self.overlay)

    def now(self) -> Sources:
        """The same as a keeper asks for it."""
        return self.sources

    def fill(self, articles: int = 12) -> None:
        self.folder.mkdir(exist_ok=True)
        for number in range(articles):
            self.write(number)

    def write(self, number: int, more: str = "", head: str = "") -> None:
        file = self.folder / f"{number:02}.txt"
        text = f"Article {number} says that Norway met somebody on {number + 1} May 2012. {more}\n"
        file.write_text(f"---\ntitle: Number {number}\n{head}---\n{text}", encoding="utf-8")
        time = next(self._times)
        os.utime(file, (time, time))

    def remove(self, *numbers: int) -> None:
        for number in numbers:
            (self.folder / f"{number:02}.txt").unlink()


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return Corpus(tmp_path)


@pytest.fixture
def store(tmp_path: Path) -> GenerationStore:
    return GenerationStore(tmp_path / "data")


@pytest.fixture
async def log(store: GenerationStore) -> AsyncIterator[QueryLog]:
    """kzbot.db of the same data folder."""
    opened = await QueryLog.open(store.data_folder / FILE_NAME)
    yield opened
    await opened.close()


@pytest.fixture
def keeper(corpus: Corpus, store: GenerationStore, log: QueryLog) -> Keeper:
    return Keeper(corpus.now, store, log.ledger, frequent=log.frequent, golden=corpus.golden)


@pytest.fixture
async def served(corpus: Corpus, store: GenerationStore) -> str:
    """The generation of twelve articles that is served."""
    corpus.fill()
    return (await take_in(corpus.sources, store)).generation
