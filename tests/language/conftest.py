"""The name book of the first corpus, an invented one, and a way to read texts with them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kzbot.corpus.names_file import read_name_book
from kzbot.language.names.book import Kind, Mention, Name, NameBook
from kzbot.language.names.gazetteer import Gazetteer
from kzbot.language.sentences import split
from kzbot.language.spans import Span

ROOT = Path(__file__).parent.parent.parent

Reader = Callable[[str], list[Mention]]


def sentences_of(text: str) -> list[Span]:
    spans: list[Span] = []
    start = 0
    for line in text.split("\n"):
        spans += split(text, start, start + len(line))
        start += len(line) + 1
    return spans


@pytest.fixture(scope="session")
def book() -> NameBook:
    return read_name_book(ROOT / "config" / "names.yaml")


@pytest.fixture(scope="session")
def read(book: NameBook) -> Reader:
    gazetteer = Gazetteer(book)
    return lambda text: gazetteer.mentions(text, sentences_of(text))


@pytest.fixture(scope="session")
def other_book() -> NameBook:
    """Of another world: a regatta and the ship of its name, two people of one surname, ordinary phrases."""
    return NameBook(
        (
            Kind("regatta", ("regatta", "race"), "regatta"),
            Kind("ship", ("ship", "frigate")),
            Kind("person"),
            Kind("port"),
        ),
        (
            Name(
                "regatta:southern-star", "regatta", "Southern Star", ("South Star Cup",), related=("ship:frigate-star",)
            ),
            Name("ship:frigate-star", "ship", "Frigate Star of the South", ("Southern Star",)),
            Name("regatta:fair-winds", "regatta", "Fair Winds", exact_case=True),
            Name("person:ann-rivers", "person", "Ann Rivers", ("Rivers",)),
            Name("person:joe-rivers", "person", "Joe Rivers", ("Rivers",)),
            Name("person:tom-hall", "person", "Tom Hall", adjectives=("Hall",)),
            Name("port:reading", "port", "Reading", exact_case=True),
            Name("port:korea", "port", "Korea", ("Straße-Hafen",)),
            Name("port:who", "port", "WHO"),
        ),
    )


@pytest.fixture(scope="session")
def read_other(other_book: NameBook) -> Reader:
    gazetteer = Gazetteer(other_book)
    return lambda text: gazetteer.mentions(text, sentences_of(text))
