"""Folders of articles made for one test, and a way to read them as the bot does."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kzbot.corpus.article import Article, Rejection
from kzbot.corpus.collection import read_articles
from kzbot.corpus.folder import scan
from kzbot.corpus.foreign.reader import ForeignReader

BODY = "The ministers met in the capital and signed a plan for the coming year.\n"


@dataclass
class Corpus:
    """A folder under test; `read` gives what came of every file in it."""

    folder: Path
    max_bytes: int = 5_000_000

    def put(self, file: str, content: str | bytes) -> Path:
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def read(self) -> tuple[list[Article], list[Rejection]]:
        states, rejections = scan(self.folder)
        articles = []
        with ForeignReader() as foreign:
            for state in states:
                for got in read_articles(self.folder, state, foreign, max_bytes=self.max_bytes):
                    if isinstance(got, Article):
                        articles.append(got)
                    else:
                        rejections.append(got)
        return articles, rejections

    def article(self) -> Article:
        articles, rejections = self.read()
        assert not rejections, rejections
        assert len(articles) == 1
        return articles[0]

    def rejection(self) -> Rejection:
        articles, rejections = self.read()
        assert not articles
        assert len(rejections) == 1, rejections
        return rejections[0]


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    folder = tmp_path / "articles"
    folder.mkdir()
    return Corpus(folder)


@pytest.fixture
def described(corpus: Corpus) -> Callable[[str], Corpus]:
    """A corpus of one article whose metadata file is given."""

    def make(metadata: str, body: str = BODY) -> Corpus:
        corpus.put("one.txt", body)
        corpus.put("one.yaml", metadata)
        return corpus

    return make
