"""Which name is meant, for every command: book before texts, exact before near, and nothing rather than a wrong one."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from kzbot.answers.dispatch import answer
from kzbot.answers.model import Answer, Window
from kzbot.answers.naming.carried import CarriedName
from kzbot.answers.naming.resolving import resolve
from kzbot.answers.naming.topics import Named, Unclear
from kzbot.answers.profiles.offered import profiles
from kzbot.answers.question import parse
from kzbot.index.building.build import build
from kzbot.index.generation import Generation
from kzbot.index.sources import Sources

from ..conftest import TODAY

BOOK = """
kinds:
  exercise: {nouns: [exercise], profile: exercise}
  person:
  organisation:
names:
  - {kind: person, name: Marat Kenzhebayev, variants: [Kenzhebayev]}
  - {kind: organisation, name: Harbour Watch}
"""
TEXTS = {
    "a": "The exercise “Granite Tide” began on 3 May 2011. Granit Tide ended on 9 May 2011. General Hugo Brandtner saw it.\n\n"
    "On 4 May 2011 Marat Kenzhebayev met Hugo Brandtner. The exercise “Granite Tide” was held again on 7 June 2013.",
    "b": "On 5 May 2011 Alikhan Dzhurabekov and Alikhan Dzhunabekov spoke. Stephen Walker came, and Lena Walker did too.\n\n"
    "The Northern Lofting Air Watch (NLAW) said in July 2012 that Mr Zhuldyzov had left. Steven is a name.",
}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("naming")
    (folder / "articles").mkdir()
    for name, text in TEXTS.items():
        written = f"---\ntitle: About {name}\npublished: 2014\n---\n{text}\n"
        (folder / "articles" / f"{name}.md").write_text(written, encoding="utf-8")
    (folder / "names.yaml").write_text(BOOK, encoding="utf-8")
    summary = build(Sources(folder / "articles", folder / "names.yaml"), folder / "data")
    return next(one for one in (folder / "data").iterdir() if summary.generation in one.name)


@pytest.fixture
async def corpus(file: Path) -> AsyncIterator[Generation]:
    opened = await Generation.open(file)
    yield opened
    await opened.close()


async def meant(corpus: Generation, asked: str, kinds: Sequence[str] | None = None) -> str | tuple[str, ...] | None:
    """The canonical form of what is meant, choices where it is unclear."""
    found = await resolve(corpus, asked, kinds)
    if isinstance(found, Named):
        return corpus.names[found.ids[0]].canonical
    if isinstance(found, Unclear):
        return tuple(sorted(found.choices))
    return found.canonical if isinstance(found, CarriedName) else None


async def ask(corpus: Generation, line: str) -> Answer:
    return await answer(parse(line, corpus.kinds), corpus, Window(), TODAY)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("harbour watch", "Harbour Watch"),
        ("Hugo Brandtner", "Hugo Brandtner"),
        ("Brandtner's", "Hugo Brandtner"),
        ("the Northern Lofting Air Watch", "Northern Lofting Air Watch"),
        ("nlaw", "Northern Lofting Air Watch"),
        ("Juldyzov", "Zhuldyzov"),
        ("Hugo Brandntner", "Hugo Brandtner"),
        ("Kenjebaev", "Marat Kenzhebayev"),
        ("Dzhurabekov", "Alikhan Dzhurabekov"),
    ],
)
async def test_a_name_is_found_under_its_spellings(corpus: Generation, asked: str, name: str) -> None:
    assert await meant(corpus, asked) == name


async def test_what_several_names_are_as_near_to_is_asked_back(corpus: Generation) -> None:
    assert await meant(corpus, "Alikhan Dzhuabekov") == ("Alikhan Dzhunabekov", "Alikhan Dzhurabekov")
    assert await meant(corpus, "Walker") == ("Lena Walker", "Stephen Walker")


@pytest.mark.parametrize(
    "asked", ["Steven Walker", "Hugo Walker", "Brandt", "Otto Brandtner", "spoke", "", "?", "x" * 5000]
)
async def test_another_name_is_not_taken_for_one_that_looks_alike(corpus: Generation, asked: str) -> None:
    assert await meant(corpus, asked) in (None, ())


async def test_only_names_of_the_kinds_asked_for(corpus: Generation) -> None:
    assert await meant(corpus, "Granite Tide", ["exercise"]) == "Granite Tide"
    assert await meant(corpus, "Hugo Brandtner", ["exercise"]) is None


async def test_an_exercise_that_only_the_texts_know_has_a_profile(corpus: Generation) -> None:
    assert await profiles(corpus) == ("exercise",)
    made = await ask(corpus, "/exercise granite tide")
    assert made.profile is not None and (made.profile.name, made.profile.kind) == ("Granite Tide", "exercise")
    assert (made.profile.first, made.profile.last) == ("2011-05-03", "2013-06-07")
    assert all("Granite Tide" in item.excerpt for item in made.items) and made.total == 2
    assert {
        item.excerpt[start - item.start : end - item.start] for item in made.items for start, end in item.highlights
    } == {"Granite Tide"}


async def test_a_near_spelling_says_as_what_it_was_read(corpus: Generation) -> None:
    made = await ask(corpus, "/timeline topic: Hugo Brandntner")
    assert [(one.used, one.how) for one in made.matched_through] == [("Hugo Brandtner", "spelling")]
