"""What is offered while a question is typed: the best guess first, with what it is, and never more than Discord takes."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from kzbot.answers.completion.complete import complete
from kzbot.answers.model import Choice
from kzbot.index.building.build import build
from kzbot.index.generation import Generation
from kzbot.index.sources import Sources
from kzbot.phrases import DEFAULT_FOLDER, Phrases

from ..conftest import TODAY

PHRASES = Phrases.load(DEFAULT_FOLDER, "en")
LONG = "Standing Committee of the Northern Provinces for the Coordination of River Navigation and Coastal Fisheries Oversight"
BOOK = (
    "kinds:\n  exercise: {nouns: [exercise], profile: exercise}\n  organisation:\n  country:\nnames:\n"
    "  - {kind: exercise, name: Granite Tide, variants: [Гранитный прилив]}\n"
    f"  - {{kind: organisation, name: {LONG}, variants: [Standing Committee]}}\n"
)
TEXT = (
    "The exercise Granite Tide began on 3 May 2011. The exercise “Amber Shield” began on 5 June 2012 in Grantham.\n\n"
    "The Ministry of Defence saw the exercise “Amber Shield” on 7 June 2013. The Standing Committee met. Grantham slept.\n\n"
    "General Hugo Brandtner met Lena Walker. The Labour Centre of Saltmouth closed. They met in Grantham again.\n\n"
    + " ".join(
        f"In it the town of {name}ville was seen." for name in ("Ab", "Bo", "Ce", "Du", "Ef", "Gy", "Ho", "Iv", "Jo")
    )
)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("offering")
    (folder / "articles").mkdir()
    (folder / "articles" / "a.md").write_text(f"---\ntitle: About it\npublished: 2014\n---\n{TEXT}\n", encoding="utf-8")
    (folder / "names.yaml").write_text(BOOK, encoding="utf-8")
    summary = build(Sources(folder / "articles", folder / "names.yaml"), folder / "data")
    return next(one for one in (folder / "data").iterdir() if summary.generation in one.name)


@pytest.fixture
async def corpus(file: Path) -> AsyncIterator[Generation]:
    opened = await Generation.open(file)
    yield opened
    await opened.close()


async def offered(corpus: Generation, option: str, typed: str, command: str = "timeline") -> tuple[Choice, ...]:
    found = await complete(command, option, typed, corpus, TODAY, phrases=PHRASES)
    assert len(found) <= 25
    assert all(0 < len(one.label) <= 100 and 0 < len(one.value) <= 100 for one in found)
    assert len({one.value.casefold() for one in found}) == len(found)
    return found


async def test_each_name_says_what_it_is_how_often_and_when(corpus: Generation) -> None:
    labels = [one.label for one in await offered(corpus, "topic", "")]
    assert "Amber Shield (exercise, 2 mentions, 2012-2013)" in labels
    assert "Granite Tide (exercise, 3 mentions, 2011-2013)" in labels
    assert "Grantham (in the articles, 3 mentions, 2012-2013)" in labels


async def test_where_nothing_is_typed_the_most_mentioned_come_first_and_no_kind_crowds_out_the_others(
    corpus: Generation,
) -> None:
    values = [one.value for one in await offered(corpus, "topic", "")]
    assert set(values[:2]) == {"Grantham", "Granite Tide"}
    assert {"Amber Shield", "Granite Tide", "Hugo Brandtner", "Ministry of Defence"} <= set(values[:14])


async def test_only_names_of_its_kind_for_a_profile(corpus: Generation) -> None:
    for typed in ("", "am", "amber sh"):
        assert "Amber Shield" in [one.value for one in await offered(corpus, "name", typed, "exercise")]
    assert "Grantham" not in [one.value for one in await offered(corpus, "name", "gran", "exercise")]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("g", "Granite Tide"),
        ("gran", "Granite Tide"),
        ("гранит", "Granite Tide"),
        ("grant", "Grantham"),
        ("the grant", "Grantham"),
        ("ministry of defens", "Ministry of Defence"),
        ("labor cent", "Labour Centre of Saltmouth"),
        ("brandt", "Hugo Brandtner"),
        ("amber shild", "Amber Shield"),
    ],
)
async def test_the_best_guess_comes_first(corpus: Generation, typed: str, value: str) -> None:
    assert (await offered(corpus, "topic", typed))[0].value == value


async def test_a_long_name_is_cut_and_still_asks_for_itself(corpus: Generation) -> None:
    (first, *_) = await offered(corpus, "topic", "standing")
    assert first.label.endswith("Coordination … (organisation, 1 mention, 2013)") and LONG.startswith(first.value)
    assert corpus.lookup.find(first.value)[0].id.startswith("organisation:standing")


async def test_a_query_keeps_what_was_typed_and_ends_in_a_whole_name(corpus: Generation) -> None:
    found = [one.value for one in await offered(corpus, "query", "what began in gran", "search")]
    assert found[0].startswith("what began in Gran") and found[-1] == "what began in gran"
    assert "what began in Grantham" in found


@pytest.mark.parametrize("typed", ["\u0000[", "%_*'\"", "😀" * 90, "a" * 5000, " ", "ё" * 40, "((((", "-"])
async def test_whatever_is_typed_gives_choices_that_discord_takes(corpus: Generation, typed: str) -> None:
    for command, option in (("timeline", "topic"), ("search", "query"), ("exercise", "name"), ("who", "name")):
        await offered(corpus, option, typed, command)
