"""A reload takes in what changed, and says no where it would do harm."""

import asyncio
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from kzbot.errors import DataFolderError
from kzbot.index.store import GenerationStore
from kzbot.operations.reload import reload, start
from kzbot.phrases import Phrases

PHRASES = Path(__file__).resolve().parents[2] / "config" / "phrases"
pytestmark = pytest.mark.usefixtures("built_here")


def said(report: Any) -> str:
    return Phrases.load(PHRASES, "en").say(report.reason, **report.values)


async def test_the_first_start_builds_and_applies(corpus: Any, store: GenerationStore) -> None:
    corpus.fill()
    told: list[Any] = []
    report = await start(corpus.sources, store, progress=told.append)
    assert report.applied
    assert report.summary is not None and len(report.summary.added) == 12
    assert store.applied() == report.generation == report.summary.generation
    assert told


async def test_a_later_start_without_changes_starts_no_child(
    corpus: Any, store: GenerationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus.fill()
    first = await start(corpus.sources, store)
    monkeypatch.setattr("kzbot.operations.reload.build_in_child", None)
    report = await start(corpus.sources, store)
    assert (report.outcome, report.generation) == ("unchanged", first.generation)


async def test_a_later_start_applies_changes_only_where_it_may(corpus: Any, store: GenerationStore) -> None:
    corpus.fill()
    first = await start(corpus.sources, store)
    corpus.write(3, "It was raining.")
    waiting = await start(corpus.sources, store, apply=False)
    assert (waiting.outcome, waiting.generation, store.applied()) == ("waiting", first.generation, first.generation)
    assert waiting.candidate == store.waiting()
    assert "waits" in said(waiting)
    applied = await start(corpus.sources, store)
    assert applied.applied
    assert applied.summary is not None and applied.summary.changed == ("03",)
    assert store.waiting() is None
    assert sorted(store.kept()) == [first.generation, applied.generation]


async def test_a_start_after_a_rollback_applies_nothing_but_a_reload_does(corpus: Any, store: GenerationStore) -> None:
    corpus.fill()
    first = await reload(corpus.sources, store)
    corpus.write(3, "It was raining.")
    await reload(corpus.sources, store)
    assert first.generation is not None
    store.apply(first.generation)
    assert (await start(corpus.sources, store)).outcome == "waiting"
    assert store.applied() == first.generation
    assert (await reload(corpus.sources, store)).applied


async def test_more_than_a_tenth_gone_waits_until_forced(corpus: Any, store: GenerationStore) -> None:
    corpus.fill()
    first = await reload(corpus.sources, store)
    corpus.remove(1, 2)
    for report in (await reload(corpus.sources, store), await start(corpus.sources, store)):
        assert (report.outcome, report.generation) == ("waiting", first.generation)
        assert said(report).startswith("The reload would take away 2 of 12 articles")
        assert store.applied() == first.generation
    forced = await reload(corpus.sources, store, force=True)
    assert forced.applied
    assert forced.summary is not None and forced.summary.removed == ("01", "02")
    assert {file.stem for file in store.folder.iterdir()} == {first.generation, forced.generation}


async def test_a_tenth_may_go(corpus: Any, store: GenerationStore) -> None:
    corpus.fill()
    await reload(corpus.sources, store)
    corpus.remove(1)
    assert (await reload(corpus.sources, store)).applied


async def test_files_put_back_make_the_candidate_go(corpus: Any, store: GenerationStore) -> None:
    corpus.fill()
    first = await reload(corpus.sources, store)
    corpus.remove(1, 2)
    await reload(corpus.sources, store)
    corpus.write(1)
    corpus.write(2)
    report = await reload(corpus.sources, store)
    assert report.outcome == "unchanged"
    assert [file.stem for file in store.folder.glob("*.sqlite")] == [first.generation]


@pytest.mark.parametrize("first", [True, False])
async def test_a_missing_or_empty_folder_is_refused_and_nothing_changes(
    corpus: Any, store: GenerationStore, first: bool
) -> None:
    served = None
    if not first:
        corpus.fill()
        served = (await reload(corpus.sources, store)).generation
        shutil.rmtree(corpus.folder)
    missing = await reload(corpus.sources, store)
    assert (missing.outcome, missing.generation) == ("refused", served)
    assert str(corpus.folder) in said(missing)
    corpus.folder.mkdir()
    empty = await reload(corpus.sources, store)
    assert (empty.outcome, empty.generation, store.applied()) == ("refused", served, served)
    assert "No article could be read" in said(empty)
    assert [file.stem for file in store.folder.iterdir()] == ([served] if served else [])


async def test_an_emptied_folder_can_be_forced(corpus: Any, store: GenerationStore) -> None:
    corpus.fill()
    await reload(corpus.sources, store)
    corpus.remove(*range(12))
    report = await reload(corpus.sources, store, force=True)
    assert report.applied
    assert report.summary is not None and report.summary.articles == 0


async def test_the_second_of_two_reloads_is_told_so(corpus: Any, store: GenerationStore) -> None:
    corpus.fill()
    first, second = await asyncio.gather(reload(corpus.sources, store), reload(corpus.sources, store))
    assert first.applied
    assert second.outcome == "refused"
    assert "Another reload" in said(second)


async def test_the_bots_own_lock_does_not_stand_in_its_way_but_anothers_does(
    corpus: Any, store: GenerationStore
) -> None:
    corpus.fill()
    with store.lock():
        assert (await reload(corpus.sources, store)).applied
        with pytest.raises(DataFolderError):
            await reload(corpus.sources, GenerationStore(store.data_folder))


async def test_a_generation_of_another_schema_is_replaced_at_the_start(corpus: Any, store: GenerationStore) -> None:
    corpus.fill()
    first = await reload(corpus.sources, store)
    assert first.generation is not None
    file = store.path(first.generation)
    file.chmod(0o644)
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE meta SET value = 'older' WHERE key = 'schema'")
        connection.execute("UPDATE articles SET first_seen = '2001-01-01T00:00:00Z'")
    connection.close()
    report = await start(corpus.sources, store, apply=False)
    assert report.applied
    assert report.summary is not None
    assert (report.summary.added, report.summary.removed, report.summary.unchanged) == ((), (), 12)
    assert report.generation is not None
    connection = sqlite3.connect(store.path(report.generation))
    assert connection.execute("SELECT DISTINCT first_seen FROM articles").fetchall() == [("2001-01-01T00:00:00Z",)]
    connection.close()


async def test_a_lost_record_of_what_is_applied_costs_nothing(corpus: Any, store: GenerationStore) -> None:
    corpus.fill()
    first = await reload(corpus.sources, store)
    (store.data_folder / "applied").unlink()
    report = await start(corpus.sources, store)
    assert (report.outcome, report.generation) == ("applied", first.generation)
    assert store.applied() == first.generation


async def test_five_generations_are_kept(corpus: Any, store: GenerationStore) -> None:
    corpus.fill()
    made = [(await reload(corpus.sources, store)).generation]
    for number in range(6):
        corpus.write(number, "It was raining.")
        made.append((await reload(corpus.sources, store)).generation)
    assert store.kept() == made[-5:]
