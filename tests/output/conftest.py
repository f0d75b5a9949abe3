"""Answers made by hand, and phrases with all that files and pictures say."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kzbot.answers.model import Answer, DatedMark, Evidence
from kzbot.language.dates import edtf
from kzbot.language.dates.mark import DateMark
from kzbot.phrases import DEFAULT_FOLDER, Phrases

GENERATION = "20261121T203301Z-1a2b3c4d"
MadeItem = Callable[..., Evidence]
MadeAnswer = Callable[..., Answer]


@pytest.fixture(scope="session")
def phrases() -> Phrases:
    return Phrases.load(DEFAULT_FOLDER, "en")


def bounds(dated: str, modifier: str | None) -> tuple[date | None, date | None]:
    earliest, latest = edtf.bounds(dated)
    return (None if modifier == "before" else earliest), (None if modifier == "after" else latest)


def item_of(excerpt: str, dated: str | None = None, modifier: Any = None, **values: Any) -> Evidence:
    marks = []
    if dated is not None:
        basis = values.pop("basis", "stated")
        words = None if basis == "published" else dated
        at = None if basis == "published" else 0
        planned, fit = values.pop("planned", False), values.pop("mark_fit", None)
        earliest, latest = bounds(dated, modifier)
        mark = DateMark(dated, dated, earliest, latest, words, at, at, basis, modifier=modifier, planned=planned)
        marks.append(DatedMark(mark, fit))
    given = {
        "article": "one",
        "file": "one.txt",
        "title": "A title",
        "title_basis": "stated",
        "publisher": "The Paper",
        "url": "https://example.org/one",
        "link": "https://example.org/one#:~:text=a%20b",
        "published": "2013-11",
        "published_basis": "stated",
        "address": "one#0123abcd",
        **values,
    }
    return Evidence(excerpt, 10, 10 + len(excerpt), date=dated, dates=tuple(marks), **given)


def answer_of(*items: Evidence, undated: tuple[Evidence, ...] = (), **values: Any) -> Answer:
    given = {
        "options": {"topic": "Steppe Eagle"},
        "message": "answers.timeline.topic",
        "values": {"topic": "Steppe Eagle", "count": len(items)},
        "total": len(items),
        "took_ms": 1.5,
        **values,
    }
    return Answer(
        "timeline", status="answered", generation=GENERATION, articles=5, items=items, undated=undated, **given
    )


@pytest.fixture(scope="session")
def made_item() -> MadeItem:
    return item_of


@pytest.fixture(scope="session")
def made_answer() -> MadeAnswer:
    return answer_of
