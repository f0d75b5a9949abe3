"""Articles that came in through the chat are a part of the corpus, and a corpus may be empty where that is meant."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kzbot.answers.completion.complete import complete
from kzbot.answers.dispatch import answer
from kzbot.answers.model import Window
from kzbot.answers.question import parse
from kzbot.corpus.collection import read_in
from kzbot.errors import GenerationError
from kzbot.index.building.build import build
from kzbot.index.generation import Generation
from kzbot.index.inspect import is_current
from kzbot.index.sources import Sources
from kzbot.phrases import DEFAULT_FOLDER, Phrases

PHRASES = Phrases.load(DEFAULT_FOLDER, "en")
Contents = Callable[[Path], list[list[Any]]]


def test_added_articles_come_behind_those_of_the_folder_and_are_patched_alike(
    corpus: Any, contents: Contents, whole: Callable[[Path], None], tmp_path: Path
) -> None:
    corpus.build()
    corpus.add("0.txt", "Steppe Eagle is planned again for 2015 in Norway.", title="From the chat")
    assert not is_current(corpus.last, corpus.sources)
    assert corpus.build().added == ("0",)
    assert is_current(corpus.last, corpus.sources)
    assert corpus.rows("SELECT id, file FROM articles ORDER BY number")[-1] == ("0", "added://0.txt")
    assert contents(corpus.last) == contents(corpus.build_anew(tmp_path / "anew"))
    assert not corpus.build().made
    corpus.add("0.txt", "Steppe Eagle is not planned again for 2015 in Norway.", title="From the chat")
    assert corpus.build().changed == ("0",)
    (corpus.added / "0.txt").unlink()
    assert corpus.build().removed == ("0",)
    assert contents(corpus.last) == contents(corpus.build_anew(tmp_path / "anew2"))
    whole(corpus.last)


def test_of_two_that_are_the_same_the_added_one_is_the_duplicate(corpus: Any) -> None:
    corpus.add("0.txt", "Steppe Eagle began on 3 May 2012 in Norway. The exercise ended well.", title="The same")
    corpus.add("b.txt", "It is another article with the id of one of the team's.", title="Of the same id")
    summary = corpus.build()
    assert [one.file for one in summary.duplicates] == ["added://0.txt", "added://b.txt"]
    assert "a.txt" in summary.duplicates[0].reason and "b.txt" in summary.duplicates[1].reason
    assert corpus.rows("SELECT file FROM articles WHERE id = 'b'") == [("b.txt",)]
    corpus.remove("a.txt")
    assert corpus.build().added == ("0",)


def test_what_was_added_is_read_again_where_another_folder_takes_its_place(
    corpus: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    corpus.add("0.txt", "Steppe Eagle is planned again for 2015 in Norway.", title="From the chat")
    corpus.build()
    read = []

    def watched(folders: Any, state: Any, *given: Any, **options: Any) -> Any:
        read.append(state.file)
        return read_in(folders, state, *given, **options)

    monkeypatch.setattr("kzbot.index.building.plan.read_in", watched)
    corpus.added = corpus.added.rename(tmp_path / "moved")
    assert not corpus.build().made
    assert read == ["added://0.txt"]


async def test_evidence_names_the_file_in_its_folder_and_is_found_by_it(corpus: Any) -> None:
    corpus.add("0.txt", "Steppe Eagle is planned again for 2015 in Norway.", title="From the chat")
    corpus.build()
    generation = await Generation.open(corpus.last)
    try:
        for line in ("/timeline topic: Steppe Eagle from: 2015", "/source what: added://0.txt", "/source what: 0"):
            found = await answer(parse(line, generation.kinds), generation, Window(0, 4), date(2026, 1, 1))
            assert [(item.article, item.file) for item in found.items] == [("0", "added://0.txt")]
    finally:
        await generation.close()


def test_sources_survive_the_way_to_the_child(tmp_path: Path) -> None:
    made = Sources(tmp_path, tmp_path / "names", 5, tmp_path / "added", allow_missing=True)
    assert Sources.from_json(json.loads(json.dumps(made.as_json()))) == made


@pytest.mark.parametrize("missing", [True, False])
@pytest.mark.parametrize("after_another", [True, False])
async def test_an_empty_corpus_is_built_where_that_is_meant_and_says_that_nothing_is_found(
    corpus: Any, missing: bool, after_another: bool, contents: Contents, tmp_path: Path
) -> None:
    if after_another:
        corpus.build()
    for file in list(corpus.articles.iterdir()):
        file.unlink()
    sources = corpus.sources
    if missing:
        corpus.articles.rmdir()
        with pytest.raises(GenerationError):
            build(sources, corpus.generations, corpus.last)
        sources = replace(sources, allow_missing=True)
    summary = build(sources, corpus.generations, corpus.last)
    assert (summary.made, summary.articles) == (True, 0)
    path = corpus.generations / f"{summary.generation}.sqlite"
    anew = build(sources, tmp_path / "anew")
    assert contents(path) == contents(tmp_path / "anew" / f"{anew.generation}.sqlite")
    assert not build(sources, corpus.generations, path).made
    generation = await Generation.open(path)
    try:
        assert (generation.articles, generation.years) == (0, None)
        for line in (
            "/timeline",
            "/timeline topic: Steppe Eagle",
            "/timeline from: 2012 to: 2013",
            "/exercise name: Steppe Eagle",
            "/search query: Steppe Eagle",
            "/search query: zeppelins from: 2012",
            "/source what: b",
            "/who name: Norway",
            "/check text: “Steppe Eagle began on 3 May 2012 in Norway.”",
        ):
            found = await answer(parse(line, generation.kinds), generation, Window(0, 4), date(2026, 1, 1))
            assert (line, found.status, found.items) == (line, "not_found", ())
        for command, option in (("timeline", "topic"), ("search", "query"), ("source", "what"), ("who", "name")):
            assert await complete(command, option, "zep", generation, date(2026, 1, 1), phrases=PHRASES) is not None
    finally:
        await generation.close()
    if missing:
        corpus.articles.mkdir()
    corpus.write("a.txt", "Steppe Eagle began on 3 May 2012 in Norway.", title="It is back")
    corpus.last = path
    assert corpus.build().added == ("a",)
    assert contents(corpus.last) == contents(corpus.build_anew(tmp_path / "back"))
