"""A question for someone, a cause, a place or a measure is answered by the passage that says it, not by one on the topic."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date
from pathlib import Path

import pytest

from kzbot.answers.dispatch import answer
from kzbot.answers.model import Answer, Window
from kzbot.answers.question import parse
from kzbot.index.building.build import build
from kzbot.index.generation import Generation
from kzbot.index.sources import Sources

NAMES = Path(__file__).resolve().parents[3] / "config" / "names.yaml"
Ask = Callable[[str], Awaitable[Answer]]

HARBOUR = """---
title: "Ferry company Norlinks limits speed of Aurora ferries"
published: 2011-05-03
---
Ferry company Norlinks has limited the speed of its Aurora ferries in the harbour of Tarnes.

Norlinks took the step in response to complaints by fishermen about the wash.

Harbour master Ingrid Solvang praised the move of the company.

The crossing with the slower Aurora takes forty minutes.

Both ferries were assembled at a yard in Gdansk.

About 300 spectators watched the first slow crossing.

The Aurora was once named the Boreas.
"""
SPRING = """---
title: "Mining group Keldor to sell Ostra mine after its insolvency"
published: 2012-02-09
---
Mining group Keldor will sell the Ostra mine after its insolvency, managers of the Ostra mine said.

The Ostra mine will be owned 60 percent by Baltic Ore after the insolvency.

Managers called for patience and called the insolvency of the Ostra mine a new start.

The mine closed in 2010 and employed 900 people.
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    articles, index = tmp_path_factory.mktemp("articles"), tmp_path_factory.mktemp("index")
    for name, text in (("harbour.md", HARBOUR), ("spring.md", SPRING)):
        (articles / name).write_text(text, encoding="utf-8")
    summary = build(Sources(articles, NAMES), index)
    return next(path for path in index.iterdir() if summary.generation in path.name)


@pytest.fixture
async def ask_corpus(made: Path) -> AsyncIterator[Ask]:
    generation = await Generation.open(made)

    async def one(query: str) -> Answer:
        return await answer(
            parse(f"/search query: {query}", generation.kinds), generation, Window(count=1), date(2026, 11, 22)
        )

    yield one
    await generation.close()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("why did Norlinks limit the speed of the ferries", "in response to complaints"),
        ("who praised Norlinks for the limit", "Ingrid Solvang"),
        ("how long does the crossing with the Aurora take", "forty minutes"),
        ("where were the Aurora ferries assembled", "yard in Gdansk"),
        ("how many people watched the slow crossing of the Aurora", "300 spectators"),
        ("what was the Aurora called before", "once named the Boreas"),
        ("how large a share of the Ostra mine will Baltic Ore own", "60 percent"),
        ("who will own the Ostra mine after its insolvency", "Baltic Ore"),
        ("how many people did the Ostra mine employ", "900 people"),
    ],
)
async def test_the_passage_that_says_it_stands_before_those_on_the_topic(
    ask_corpus: Ask, query: str, words: str
) -> None:
    found = await ask_corpus(query)
    assert found.status in ("answered", "partial")
    assert words in found.items[0].excerpt


@pytest.mark.parametrize(
    ("query", "missing"),
    [
        ("why did Norlinks limit the speed of the Vesteras", "Vesteras"),
        ("who will own the Ostra quarry", "quarry"),
        ("how long does the crossing to Iceland take", "Iceland"),
    ],
)
async def test_what_is_nowhere_is_still_missing(ask_corpus: Ask, query: str, missing: str) -> None:
    found = await ask_corpus(query)
    assert found.status == "not_found" or missing in found.missing


async def test_what_is_said_of_a_name_must_be_a_passages_own(ask_corpus: Ask) -> None:
    found = await ask_corpus("who praised the insolvency of Norlinks")
    assert found.status in ("partial", "not_found")
