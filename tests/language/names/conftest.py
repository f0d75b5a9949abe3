"""Texts read for the names that they carry."""

from collections.abc import Callable

import pytest

from kzbot.language.names.carried.discovery import discover
from kzbot.language.names.carried.mention import Carried, Stretch
from kzbot.language.sentences import split
from kzbot.language.spans import Span

Find = Callable[..., list[Carried]]


@pytest.fixture
def find() -> Find:
    """The names of an article: its body, and its title where there is one; `taken` are names of the book in the body."""

    def read(text: str, title: str = "", taken: tuple[str, ...] = ()) -> list[Carried]:
        whole = [Span(0, len(title))] if title else []
        places = sorted(
            Span(at, at + len(name)) for name in taken for at in range(len(text)) if text.startswith(name, at)
        )
        body = Stretch(text, split(text, 0, len(text)), taken=places)
        return discover([Stretch(title, whole, frozenset(whole)), body])

    return read
