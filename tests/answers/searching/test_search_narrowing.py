"""What a search keeps to and leaves out, over one small corpus and the five articles."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kzbot.answers.completion.complete import complete
from kzbot.answers.dispatch import answer
from kzbot.answers.model import Answer, Window
from kzbot.answers.question import parse
from kzbot.answers.searching.publishers import meant
from kzbot.answers.timelines.tellings import folded
from kzbot.index.building.build import build
from kzbot.index.generation import Generation
from kzbot.index.sources import Sources
from kzbot.phrases import Phrases

Ask = Callable[..., Awaitable[Answer]]
NAMES = Path(__file__).resolve().parents[3] / "config" / "names.yaml"
WIRE = "The airline said on Monday that it had ordered 20 narrow-body aircraft from the maker for $1.2 billion."
PUBLISHERS = ("Reuters", "The Astana Times", "Northern Star", "Valley Post")


def article(title: str, publisher: str, *paragraphs: str) -> str:
    head = f"title: {title}\npublisher: {publisher}\npublished: 2008-03-0{1 + PUBLISHERS.index(publisher)}"
    return (
        f"---\n{head}\nurl: https://news.example/{publisher.replace(' ', '-')}\n---\n" + "\n\n".join(paragraphs) + "\n"
    )


CORPUS = {
    "a.md": article("Fleet grows", "Reuters", WIRE, "Kestrel Airways flies to nine countries in the north."),
    "b.md": article("Jets bought", "The Astana Times", WIRE.replace("on Monday", "Monday"), "Rain fell."),
    "c.md": article("Thirty jets", "Northern Star", WIRE.replace("20", "30"), "Snow fell in the hills."),
    "d.md": article(
        "Fleet news", "Valley Post", WIRE, "Kestrel Airways was founded by Orla Venn, who once flew the F-16."
    ),
    "e.md": article(
        "Rivals",
        "Valley Post",
        "Rivals said the airlines had new bases.",
        "Poland held long talks with rivals.",
        "A sale of wagons began.",
    ),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    articles, index = tmp_path_factory.mktemp("articles"), tmp_path_factory.mktemp("index")
    for name, text in CORPUS.items():
        (articles / name).write_text(text, encoding="utf-8")
    summary = build(Sources(articles, NAMES), index)
    return next(path for path in index.iterdir() if summary.generation in path.name)


@pytest.fixture
async def corpus(made: Path) -> AsyncIterator[Generation]:
    generation = await Generation.open(made)
    yield generation
    await generation.close()


@pytest.fixture
def ask_corpus(corpus: Generation) -> Ask:
    async def one(line: str, offset: int = 0, count: int | None = None, *, by_event: bool = False) -> Answer:
        return await answer(parse(line), corpus, Window(offset, count, by_event=by_event), date(2026, 11, 21))

    return one


@pytest.mark.parametrize("spelled", ["Dzhaksybekov", "Жақсыбеков", "Zhaksybekov", "Hagel"])
async def test_a_name_is_left_out_in_all_its_spellings(ask: Ask, spelled: str) -> None:
    every = await ask("/search query: military cooperation")
    left = await ask(f"/search query: military cooperation -{spelled}")
    name = "Chuck Hagel" if spelled == "Hagel" else "Adilbek Dzhaksybekov"
    assert any(name in item.names for item in every.items)
    assert left.items and not any(name in item.names for item in left.items)
    assert left.without == (spelled,)


async def test_a_phrase_and_a_word_are_left_out(ask: Ask) -> None:
    left = await ask('/search query: cooperation -"military cooperation" -NATO')
    assert left.items and left.without == ("military cooperation", "NATO")
    assert not any("military cooperation" in item.excerpt.casefold() or "NATO" in item.excerpt for item in left.items)


async def test_only_what_is_to_be_left_out_is_no_question(ask: Ask, contract: Callable[[Answer], list[str]]) -> None:
    made = await ask("/search query: -Hagel")
    assert (made.status, made.message) == ("bad_request", "answers.bad_request.only_without")
    assert contract(made) == []


async def test_a_receipt_says_what_was_left_out_and_whose_articles(ask: Ask) -> None:
    made = await ask("/search query: zzzz -NATO from: 2009 publisher: astana times")
    assert made.status == "not_found" and made.receipt is not None
    assert made.receipt.filters == {"from": "2009", "publisher": "The Astana Times", "without": "NATO"}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("reuters", {"Reuters"}),
        ("ASTANA", {"The Astana Times"}),
        ("Astana Tmes", {"The Astana Times"}),
        ("Ruters", {"Reuters"}),
        ("northern star, valley post", {"Northern Star", "Valley Post"}),
    ],
)
async def test_a_publisher_is_found_in_any_case_in_part_and_with_a_slip(
    ask_corpus: Ask, typed: str, found: set[str]
) -> None:
    made = await ask_corpus(f"/search query: airline aircraft fell publisher: {typed}")
    assert {item.publisher for item in made.items} == found
    assert set(made.publishers) == found


async def test_an_unknown_publisher_is_not_found_and_the_known_are_told(ask_corpus: Ask) -> None:
    made = await ask_corpus("/search query: airline publisher: Gazette")
    assert (made.status, made.items) == ("not_found", ())
    assert made.receipt is not None and set(made.receipt.nearest) == set(PUBLISHERS)


def test_an_exact_publisher_beats_one_that_holds_it() -> None:
    assert meant(["The Times", "The Times of India"], "the times") == ("The Times",)
    assert meant(["The Times", "The Times of India"], "") == ()


async def test_publishers_are_suggested_with_their_articles(corpus: Generation, phrases: Phrases) -> None:
    given = await complete("search", "publisher", "", corpus, date(2026, 11, 21), phrases=phrases)
    assert given[0].value == "Valley Post" and "2 articles" in given[0].label
    typed = await complete("search", "publisher", "star", corpus, date(2026, 11, 21), phrases=phrases)
    assert [one.value for one in typed] == ["Northern Star"]


async def test_a_text_that_several_print_is_one_entry(ask_corpus: Ask, contract: Callable[[Answer], list[str]]) -> None:
    plain = await ask_corpus("/search query: airline ordered aircraft")
    shared = [item for item in plain.items if item.event]
    assert {item.article for item in shared} == {"a", "b", "d"} and len({item.event for item in shared}) == 1
    places = [at for at, item in enumerate(plain.items) if item.event]
    assert places == list(range(places[0], places[0] + 3))
    assert contract(plain) == []
    shown = await ask_corpus("/search query: airline ordered aircraft", by_event=True)
    assert (shown.total, shown.listed) == (plain.total, plain.total - 2)
    entry = next(item for item in shown.items if item.others)
    assert {entry.article, *(other.article for other in entry.others)} == {"a", "b", "d"}
    assert "c" in {item.article for item in shown.items}
    assert [item.address for item in folded(plain).items] == [item.address for item in shown.items]


async def test_windows_of_entries_are_stretches_of_the_whole(ask_corpus: Ask) -> None:
    for by_event in (False, True):
        whole = await ask_corpus("/search query: airline ordered aircraft fell", by_event=by_event)
        parts = [
            (await ask_corpus("/search query: airline ordered aircraft fell", at, 1, by_event=by_event)).items
            for at in range(whole.listed)
        ]
        assert tuple(item for part in parts for item in part) == whole.items


async def test_what_no_passage_holds_together_is_not_found(ask_corpus: Ask) -> None:
    assert (await ask_corpus("/search query: F-16 sale to Poland")).status == "not_found"


async def test_a_word_of_the_same_stem_is_not_another_thing(ask: Ask, ask_corpus: Ask) -> None:
    assert not any("based" in item.excerpt for item in (await ask("/search query: U.S. bases")).items)
    assert "new bases" in (await ask_corpus("/search query: bases")).items[0].excerpt


async def test_what_the_first_passage_carries_is_never_missing(ask: Ask) -> None:
    made = await ask("/search query: Dzhaksybekov visit")
    assert made.status == "partial" and made.missing
    first = made.items[0]
    marked = " ".join(first.excerpt[start - first.start : end - first.start] for start, end in first.highlights)
    assert not any(one in marked for one in made.missing)


async def test_a_name_that_the_texts_carry_counts_as_one(ask_corpus: Ask) -> None:
    made = await ask_corpus("/search query: Kestrel Airways founder Orla Venn")
    assert "founded by Orla Venn" in made.items[0].excerpt
    assert made.missing in ((), ("founder",))


async def test_a_heading_that_says_it_in_other_words_does_not_say_it_for_the_passage(ask_folder: Any) -> None:
    ask = await ask_folder(
        {
            "one.md": "---\ntitle: Ferry suspended after the storm\npublished: 2004-05-11\n---\n"
            "The Norvik Glider was shown in Tesh for the first time, and many came to see it.\n",
            "two.md": "---\ntitle: Harbour news\npublished: 2004-05-12\n---\nA quay was opened, and nobody was hurt there.\n",
        }
    )
    answer = await ask("/search query: Norvik Glider banned in Tesh")
    assert (answer.status, answer.missing) == ("partial", ("banned",))
