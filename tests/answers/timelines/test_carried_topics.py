"""A topic that the name book does not list and the articles carry is found under every form that they use for it."""

from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path

import pytest

from kzbot.answers.completion.complete import complete
from kzbot.answers.model import Answer
from kzbot.index.building.build import build
from kzbot.index.generation import Generation
from kzbot.index.sources import Sources
from kzbot.phrases import Phrases

Ask = Callable[[str], Awaitable[Answer]]
AskFolder = Callable[[dict[str, str]], Awaitable[Ask]]

TEXTS = {
    "long.md": "The Norvik T440 flew on 3 May 1999. Its pilot was Ida Brandt. In June 1999 Brandt left for good.\n\n"
    "Later the T440 was sold to the Royal Lofting Air Watch (RLAW) on 4 June 1999.\n",
    "short.md": "In July 2001 a second T440 was lost at sea. RLAW had signed the contract on 1 July 2000.\n",
    "other.md": "On 2 August 2002 the yard Norvik closed. Jon Brandt said in August 2002 that a contract is a contract.\n",
}
ARTICLES = {name: f"---\ntitle: About {name[:-3]} things\npublished: 2004\n---\n{text}" for name, text in TEXTS.items()}


@pytest.fixture
async def asked(ask_folder: AskFolder) -> Ask:
    return await ask_folder(ARTICLES)


def dates(answer: Answer) -> list[str | None]:
    return [item.date for item in answer.items if item.date != "2004"]


@pytest.mark.parametrize("topic", ["Norvik T440", "T440", "the t440", "norvik t440", "T440s", "Norvik T440's"])
async def test_every_form_finds_the_statements_under_all_forms(asked: Ask, topic: str) -> None:
    answer = await asked(f"/timeline topic: {topic}")
    assert dates(answer) == ["1999-05-03", "1999-06-04", "2001-07"]
    assert answer.values["topic"] == "Norvik T440"


async def test_it_is_told_through_which_forms(asked: Ask, contract: Callable[[Answer], list[str]]) -> None:
    answer = await asked("/timeline topic: Norvik T440")
    assert [(one.asked, one.used, one.how) for one in answer.matched_through] == [("Norvik T440", "T440", "variant")]
    assert contract(answer) == []
    assert not (await asked("/timeline topic: Norvik")).matched_through


async def test_an_acronym_is_the_name_also_where_an_article_does_not_explain_it(asked: Ask) -> None:
    for topic in ("RLAW", "Royal Lofting Air Watch"):
        assert dates(await asked(f"/timeline topic: {topic}")) == ["1999-06-04", "2000-07-01"]


async def test_what_is_called_after_a_name_is_not_it(asked: Ask) -> None:
    assert dates(await asked("/timeline topic: Norvik")) == ["2002-08-02"]


async def test_a_surname_of_two_people_asks_which_one(asked: Ask) -> None:
    answer = await asked("/timeline topic: Brandt")
    assert (answer.status, set(answer.choices)) == ("ambiguous", {"Ida Brandt", "Jon Brandt"})
    assert dates(await asked("/timeline topic: Ida Brandt")) == ["1999-06"]
    assert dates(await asked("/timeline topic: Jon Brandt")) == ["2002-08"]


async def test_a_surname_that_never_stands_alone_is_the_person_too(ask_folder: AskFolder) -> None:
    text = "The pilot of the plane was Ida Brandt, who flew on 3 May 1999."
    asked = await ask_folder({"a.md": f"---\ntitle: A flight\n---\n{text}\n"})
    answer = await asked("/timeline topic: Brandt")
    assert dates(answer) == ["1999-05-03"]
    assert (answer.values["topic"], answer.matched_through) == ("Ida Brandt", ())


async def test_a_slip_of_the_hand_is_told(asked: Ask) -> None:
    answer = await asked("/timeline topic: Royal Lofting Air Wacth")
    assert dates(answer) == ["1999-06-04", "2000-07-01"]
    assert ("Wacth", "watch", "spelling") in [(one.asked, one.used, one.how) for one in answer.matched_through]


async def test_ordinary_words_stay_words(asked: Ask) -> None:
    answer = await asked("/timeline topic: contract")
    assert dates(answer) == ["2000-07-01", "2002-08"]


async def test_an_ordinary_word_that_one_text_writes_in_capitals_stays_a_word(ask_folder: AskFolder) -> None:
    plain = " ".join(f"The old contract of {year} was signed." for year in range(1981, 1990))
    asked = await ask_folder({"a.md": f"---\ntitle: A thing\n---\nBy law the Contract ended in 1990. {plain}\n"})
    assert len((await asked("/timeline topic: contract")).items) == 10


async def test_the_name_book_comes_first(ask: Callable[..., Awaitable[Answer]]) -> None:
    answer = await ask("/timeline topic: Steppe Eagle")
    assert answer.values["topic"] == "Steppe Eagle" and "Steppe Eagle" in answer.items[0].names


async def test_the_names_of_the_articles_are_offered_while_typing(tmp_path: Path, phrases: Phrases) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    for name, text in ARTICLES.items():
        (articles / name).write_text(text, encoding="utf-8")
    names = tmp_path / "names.yaml"
    names.write_text("kinds:\n  exercise: {}\nnames: []\n", encoding="utf-8")
    summary = build(Sources(articles, names), tmp_path)
    generation = await Generation.open(tmp_path / f"{summary.generation}.sqlite")
    try:
        for typed, value in (("nor", "Norvik T440"), ("t4", "Norvik T440"), ("the brandt", "Ida Brandt")):
            found = await complete("timeline", "topic", typed, generation, date(2026, 11, 21), phrases=phrases)
            assert value in [choice.value for choice in found]
            assert len(found) <= 25 and all(len(choice.label) <= 100 for choice in found)
    finally:
        await generation.close()
