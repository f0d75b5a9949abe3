from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from kzbot.answers.model import Answer

Ask = Callable[..., Awaitable[Answer]]

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@pytest.mark.parametrize(
    ("what", "article"),
    [
        ("Increase Military Ties", "003"),
        ("003_d3750fabc3c4fa28", "003"),
        ("http://www.defense.gov/news/newsarticle.aspx?id=41527", "003"),
        ("https://defense.gov/news/newsarticle.aspx?id=41527", "003"),
        ("Special Reprsentative Caucasus", "002"),
        ("https://fas.org/nuke/control/ctr/news/98-07-20.html", "004"),
    ],
)
async def test_an_article_is_found_by_title_words_id_and_address(ask: Ask, what: str, article: str) -> None:
    answer = await ask(f"/source what: {what}")
    assert answer.status == "answered"
    assert [item.article[:3] for item in answer.items] == [article]


async def test_nothing_asked_gives_the_newest(ask: Ask) -> None:
    answer = await ask("/source")
    assert answer.items[0].article.startswith(("000", "002"))


async def test_the_whole_text_is_the_file(ask: Ask) -> None:
    for path in sorted(SEEDS.glob("*.txt")):
        answer = await ask(f"/source what: {path.stem}")
        assert answer.source is not None
        assert answer.source.text == path.read_text(encoding="utf-8")


async def test_an_address_of_a_passage_opens_it(ask: Ask, contract: Callable[[Answer], list[str]]) -> None:
    item = (await ask("/search query: nonlethal equipment")).items[0]
    answer = await ask(f"/source what: {item.address}")
    assert [(one.excerpt, one.address) for one in answer.items] == [(item.excerpt, item.address)]
    assert answer.passage == "unchanged"
    assert contract(answer) == []


async def test_several_that_fit_are_choices(ask: Ask) -> None:
    answer = await ask("/source what: Kazakhstan")
    assert answer.status == "ambiguous"
    assert len(answer.choices) >= 2


async def test_a_missing_article_is_not_found(ask: Ask, contract: Callable[[Answer], list[str]]) -> None:
    for what in ("Brexit negotiations", "https://example.org/nothing", "003_d3750fabc3c4fa28#00000000"):
        answer = await ask(f"/source what: {what}")
        assert answer.status == "not_found", what
        assert contract(answer) == []
