"""A corpus of twelve articles and a store for its generations."""

import os
from itertools import count
from pathlib import Path

import pytest

from kzbot.index.sources import Sources
from kzbot.index.store import GenerationStore


class Corpus:
    """Articles in a folder, each written at a time of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "articles"
        self.names = folder / "names.yaml"
        self.names.write_text("kinds: {country: {}}\nnames:\n  - {kind: country, name: Norway}\n", encoding="utf-8")
        self.sources = Sources(self.folder, self.names)
        self._times = count(1_700_000_000)

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
