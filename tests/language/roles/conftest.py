"""Sentences read for roles, with an invented name book: two persons, two countries, a company."""

from collections.abc import Callable

import pytest

from kzbot.language.names.book import Kind, Name, NameBook
from kzbot.language.names.carried.discovery import discover
from kzbot.language.names.carried.mention import Stretch
from kzbot.language.names.gazetteer import Gazetteer
from kzbot.language.roles.finding import find_roles
from kzbot.language.roles.people import named
from kzbot.language.roles.role import Role
from kzbot.language.sentences import split
from kzbot.language.spans import Span

Roles = Callable[[str], list[Role]]

BOOK = NameBook(
    (Kind("person"), Kind("country"), Kind("company")),
    (
        Name("person:ann-rivers", "person", "Ann Rivers", ("Rivers", "Анна Риверс")),
        Name("person:tom-hall", "person", "Tom Hall", ("Hall", "General Hall", "Harbour Secretary Hall")),
        Name("country:norland", "country", "Norland", ("Republic of Norland", "Норландия"), ("Norlandic", "Норландии")),
        Name("country:sudria", "country", "Sudria", (), ("Sudrian",)),
        Name("country:united-states", "country", "United States", ("U.S.", "US"), ("American",)),
        Name("company:norvik", "company", "Norvik"),
    ),
)


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer(BOOK)


@pytest.fixture(scope="session")
def roles(gazetteer: Gazetteer) -> Roles:
    def read(text: str) -> list[Role]:
        sentences = split(text, 0, len(text))
        mentions = gazetteer.mentions(text, sentences)
        taken = [Span(one.start, one.end) for one in mentions]
        names = named(text, mentions, discover([Stretch(text, sentences, taken=taken)]))
        return [
            role
            for start, end in sentences
            for role in find_roles(text, Span(start, end), [n for n in names if start <= n.start and n.end <= end])
        ]

    return read
