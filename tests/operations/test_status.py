"""The state of the corpus as a moderator sees it."""

from pathlib import Path
from typing import Any

import pytest

from kzbot.errors import GenerationError
from kzbot.index.store import GenerationStore
from kzbot.operations.reload import reload
from kzbot.operations.status import status

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
    report = await reload(corpus.sources, store)
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
    await reload(corpus.sources, store)
    ((article, of, resemblance),) = [
        (one.article, one.of, one.resemblance) for one in (await status(corpus.sources, store)).near_duplicates
    ]
    assert (article, of) == ("02", "00") and 0.55 <= resemblance < 1


@pytest.mark.parametrize("change", ["added", "changed", "removed", "names", "rejected", "folder"])
async def test_it_notices_that_files_changed(corpus: Any, store: GenerationStore, change: str) -> None:
    corpus.fill(3)
    await reload(corpus.sources, store)
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
    await reload(corpus.sources, store)
    corpus.write(1)
    corpus.names.write_text("# a remark\n" + corpus.names.read_text("utf-8"), encoding="utf-8")
    assert (await status(corpus.sources, store)).changed
    assert (await reload(corpus.sources, store)).outcome == "unchanged"
    assert not (await status(corpus.sources, store)).changed
    corpus.write(2)
    assert (await status(corpus.sources, store)).changed
