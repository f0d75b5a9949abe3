"""The state of the corpus as a moderator sees it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kzbot.corpus.overlay import Overlay
from kzbot.errors import GenerationError
from kzbot.index.store import GenerationStore
from kzbot.operations.status import status
from kzbot.operations.taking_in import take_in

pytestmark = pytest.mark.usefixtures("built_here")


async def test_before_the_first_generation_it_says_what_to_do(corpus: Any, store: GenerationStore) -> None:
    with pytest.raises(GenerationError, match=r"bot\.py index"):
        await status(corpus.sources, store)
    assert not store.data_folder.exists()


async def test_the_counts_and_what_is_wrong(corpus: Any, store: GenerationStore) -> None:
    corpus.fill(3)
    corpus.write(0, head="published: 1999-05\nurl: https://news.example/0\n")
    corpus.write(1, head="published: 2012-05-02\n")
    (corpus.folder / "bad.txt").write_text("No title here.", encoding="utf-8")
    report = await take_in(corpus.sources, store)
    state = await status(corpus.sources, store)
    assert report.generation == state.generation
    assert state.created[:4].isdigit() and state.created.endswith("Z")
    assert Path(state.folder) == corpus.folder
    assert (state.articles, state.dated, state.names, state.years) == (3, 3, 1, "1999-2012")
    assert state.passages >= 3
    assert [one.file for one in state.rejected] == ["bad.txt"]
    assert state.undated == ("02",)
    assert state.unlinked == ("01", "02")
    assert state.kept == (report.generation,)
    assert state.waiting is None
    assert not state.changed


async def test_what_moderators_laid_over_the_corpus_and_names_that_the_book_lacks(
    corpus: Any, store: GenerationStore, tmp_path: Path
) -> None:
    corpus.fill(4)
    corpus.write(1, "General Hugh Shelton spoke to Hugh Shelton.")
    overlay = Overlay.of(
        withdrawn=["02", "17"], dates=[("01", "4 May 2012", None)], spellings=[("country:norway", "norway")]
    )
    sources = replace(corpus.sources, added=tmp_path / "added", overlay=overlay)
    await take_in(corpus.sources, store)
    assert (await status(sources, store)).changed
    await take_in(sources, store, empty=True)
    state = await status(sources, store)
    assert not state.changed
    assert [(one.id, one.title) for one in state.withdrawn] == [("02", "Number 2")]
    assert [(one.what, one.target, one.words) for one in state.idle] == [
        ("date", "01", "4 May 2012"),
        ("spelling", "country:norway", "norway"),
        ("withdrawal", "17", None),
    ]
    first = state.most_unlisted[0]
    assert (first.canonical, first.kind, first.mentions) == ("Hugh Shelton", "person", 2)
    assert state.unlisted == len(state.most_unlisted) == 4
    (tmp_path / "added").mkdir()
    (tmp_path / "added" / "new.txt").write_text("---\ntitle: New\n---\nIt came in.\n", encoding="utf-8")
    assert (await status(sources, store)).changed


async def test_articles_that_are_nearly_one_text_are_named_with_the_earlier_one(
    corpus: Any, store: GenerationStore
) -> None:
    words = (
        "The parliament of Veldoria ratified the Kelm Pact by 87 votes to 12 after a debate of {} hours in the capital."
    )
    corpus.fill(3)
    corpus.write(0, words.format("nine"))
    corpus.write(1, "Of something else entirely the harbour master of Weltin spoke on the same day to his guests.")
    corpus.write(2, words.format("ten"))
    await take_in(corpus.sources, store)
    ((article, of, resemblance),) = [
        (one.article, one.of, one.resemblance) for one in (await status(corpus.sources, store)).near_duplicates
    ]
    assert (article, of) == ("02", "00") and 0.55 <= resemblance < 1


@pytest.mark.parametrize("change", ["added", "changed", "removed", "names", "rejected", "folder"])
async def test_it_notices_that_files_changed(corpus: Any, store: GenerationStore, change: str) -> None:
    corpus.fill(3)
    await take_in(corpus.sources, store)
    assert not (await status(corpus.sources, store)).changed
    if change == "added":
        corpus.write(7)
    elif change == "changed":
        corpus.write(1, "More.")
    elif change == "removed":
        corpus.remove(1)
    elif change == "names":
        corpus.names.write_text("kinds: {}\nnames: []\n", encoding="utf-8")
    elif change == "rejected":
        (corpus.folder / "picture.png").write_bytes(b"")
    else:
        corpus.folder.rename(corpus.folder.with_name("gone"))
    assert (await status(corpus.sources, store)).changed


async def test_what_a_reload_found_unchanged_is_no_change_any_longer(corpus: Any, store: GenerationStore) -> None:
    corpus.fill(3)
    await take_in(corpus.sources, store)
    corpus.write(1)
    corpus.names.write_text("# a remark\n" + corpus.names.read_text("utf-8"), encoding="utf-8")
    assert (await status(corpus.sources, store)).changed
    assert not (await take_in(corpus.sources, store)).made
    assert not (await status(corpus.sources, store)).changed
    corpus.write(2)
    assert (await status(corpus.sources, store)).changed
