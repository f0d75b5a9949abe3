"""The roles that the articles tell are remembered, and read by person and by office."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from kzbot.index import carried, passages, roles
from kzbot.index.generation import Generation

NAMES = """
kinds: {person: {}, country: {}}
names:
  - {kind: person, name: Ann Rivers, variants: [Rivers]}
  - {kind: country, name: Norland, adjectives: [Norlandic]}
  - {kind: country, name: Sudria, adjectives: [Sudrian]}
"""
LATER = (
    "Norlandic Defence Minister Ann Rivers spoke on 3 May 2012.\n\nSudria's defence minister, Olaf Aalto, did not.\n"
)
EARLIER = "Minister of Defense Olaf Aalto spoke on 4 May 2010.\n\nFormer Norvik chief executive Ida Holm came later.\n"


@pytest.fixture
async def generation(tmp_path: Path, make_corpus: Callable[[Path], Any]) -> AsyncIterator[Generation]:
    corpus = make_corpus(tmp_path)
    corpus.names.write_text(NAMES, encoding="utf-8")
    corpus.write("a.txt", LATER, title="A meeting")
    corpus.write("b.txt", EARLIER, title="Another meeting")
    corpus.build()
    opened = await Generation.open(corpus.last)
    yield opened
    await opened.close()


async def test_who_held_an_office_is_told_in_the_words_of_the_passage_the_earliest_first(
    generation: Generation,
) -> None:
    found = await roles.of_office(generation, "defence minister")
    assert [(row.words, row.person or row.carried) for row in found] == [
        ("Minister of Defense", "olaf aalto"),
        ("Norlandic Defence Minister", "person:ann-rivers"),
        ("Sudria's defence minister", "olaf aalto"),
    ]
    texts = await passages.by_number(generation, (row.passage for row in found))
    for row in found:
        passage = texts[row.passage]
        assert passage.text[row.start - passage.start : row.end - passage.start] == row.words


async def test_with_an_owner_others_are_left_out_and_what_the_same_person_is_called_without_one_stays(
    generation: Generation,
) -> None:
    of_norland = await roles.of_office(generation, "defence minister", "country:norland")
    of_sudria = await roles.of_office(generation, "defence minister", "country:sudria")
    assert [row.words for row in of_norland] == ["Norlandic Defence Minister"]
    assert [row.words for row in of_sudria] == ["Minister of Defense", "Sudria's defence minister"]
    assert await roles.of_office(generation, "chief executive", "country:sudria") == []


async def test_a_person_of_the_texts_has_their_roles_of_all_articles(generation: Generation) -> None:
    (known,) = {row.root for row in await carried.named(generation, "Olaf Aalto")}
    assert len(await roles.of_person(generation, roots=[known])) == 2
    assert [row.office for row in await roles.of_person(generation, ["person:ann-rivers"])] == ["defence minister"]
    assert await roles.of_person(generation) == []


async def test_an_owner_may_be_a_name_that_the_texts_carry(generation: Generation) -> None:
    (row,) = await roles.of_office(generation, "chief executive", "norvik")
    assert (row.words, row.former) == ("Former Norvik chief executive", True)


async def test_offices_are_offered_with_how_often_and_of_how_many_they_are_told(generation: Generation) -> None:
    (first, *others) = await roles.offices(generation)
    assert (first.office, first.mentions, first.holders) == ("defence minister", 3, 2)
    assert [row.office for row in others] == ["chief executive"]
    assert [row.office for row in await roles.offices(generation, "exec")] == ["chief executive"]
    assert await roles.offices(generation, limit=0) == []


def test_with_an_article_its_roles_change_and_go(
    tmp_path: Path, make_corpus: Callable[[Path], Any], contents: Callable[[Path], list[object]]
) -> None:
    corpus = make_corpus(tmp_path)
    for name in "abc":
        corpus.write(f"{name}.txt", LATER, title=f"Meeting {name}")
        corpus.write(f"{name}2.txt", f"{EARLIER} {name}", title=f"Other {name}")
    corpus.build()
    corpus.write("a.txt", "President Ida Holm spoke.", title="Meeting a")
    corpus.remove("b2.txt")
    corpus.build()
    sql = "SELECT r.words FROM roles r JOIN passages p ON p.number = r.passage JOIN articles a ON a.number = p.article"
    assert corpus.rows(f"{sql} WHERE a.id = 'a'") == [("President",)]
    assert contents(corpus.last) == contents(corpus.build_anew(tmp_path / "anew"))
