from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from kzbot.answers.model import Answer

Ask = Callable[..., Awaitable[Answer]]

SEEDS = Path(__file__).resolve().parents[3] / "seeds"


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


@pytest.mark.parametrize("begun", ["004", "004_26A06F", "004_26a06f916477e961.t"])
async def test_the_beginning_of_an_id_or_a_file_name_is_enough(
    ask: Ask, contract: Callable[[Answer], list[str]], begun: str
) -> None:
    answer = await ask(f"/source what: {begun}")
    assert answer.status == "answered"
    assert [item.article for item in answer.items] == ["004_26a06f916477e961"]
    assert [(one.asked, one.used, one.how) for one in answer.matched_through] == [
        (begun, "004_26a06f916477e961", "prefix")
    ]
    assert contract(answer) == []


async def test_a_beginning_that_several_ids_share_gives_choices_and_one_that_none_has_gives_nothing(ask: Ask) -> None:
    several = await ask("/source what: 00")
    assert several.status == "ambiguous"
    assert len(several.choices) == 5
    for nothing in ("26a06f", "00%", "004_26a06f916477e961#"):
        assert (await ask(f"/source what: {nothing}")).status == "not_found", nothing


async def test_nothing_asked_gives_the_newest(ask: Ask) -> None:
    answer = await ask("/source")
    assert answer.items[0].article.startswith("000")


async def test_the_whole_text_is_the_file(ask: Ask) -> None:
    for path in sorted(SEEDS.glob("*.txt")):
        answer = await ask(f"/source what: {path.stem}")
        assert answer.source is not None
        assert answer.source.text == path.read_text(encoding="utf-8")


async def test_an_address_of_a_passage_opens_it(ask: Ask, contract: Callable[[Answer], list[str]]) -> None:
    item = (await ask("/search query: nonlethal equipment")).items[0]
    answer = await ask(f"/source what: {item.address}")
    assert [(one.excerpt, one.address) for one in answer.items] == [(item.excerpt, item.address)]
    assert answer.passage is not None
    assert (answer.passage.state, answer.passage.old, answer.passage.new) == ("unchanged", item.excerpt, item.excerpt)
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


async def test_the_archived_copy_opens_at_the_excerpt_and_stands_in_for_no_url(
    ask_folder: Callable[[dict[str, str]], Awaitable[Ask]], contract: Callable[[Answer], list[str]]
) -> None:
    head = "---\ntitle: The pier\n{}archived_url: https://archive.example/2004/pier\n---\n"
    text = "The pier of Port Arden was opened in 2004.\n"
    ask = await ask_folder(
        {
            "both.txt": head.format("url: https://news.example/pier\n") + text,
            "archive.txt": head.format("") + text.replace("pier", "bridge"),
        }
    )
    [both], [only] = [(await ask(f"/source what: {one}")).items for one in ("both", "archive")]
    fragment = "#:~:text=The%20{}%20of%20Port,was%20opened%20in%202004."
    assert both.link == "https://news.example/pier" + fragment.format("pier")
    assert both.archived == "https://archive.example/2004/pier" + fragment.format("pier")
    assert (only.link, only.archived) == (None, "https://archive.example/2004/pier" + fragment.format("bridge"))
    assert contract(await ask("/source what: archive")) == []
