"""A reload that meets a fault leaves the corpus as it was, and the next one goes on from there."""

import asyncio
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kzbot.errors import DataFolderError, GenerationError
from kzbot.index.building.build import build
from kzbot.index.inspect import is_current
from kzbot.index.sources import BuildSummary, Progress, Sources
from kzbot.index.store import GenerationStore
from kzbot.operations.keeper import Keeper
from kzbot.operations.taking_in import take_in

PROJECT = Path(__file__).resolve().parents[2]
FULL_DISK = """
import asyncio, resource, sys
from pathlib import Path
from kzbot.errors import GenerationError
from kzbot.index.sources import Sources
from kzbot.index.store import GenerationStore
from kzbot.operations.taking_in import take_in

articles, names, data, size = sys.argv[1:]
resource.setrlimit(resource.RLIMIT_FSIZE, (int(size), int(size)))
try:
    asyncio.run(take_in(Sources(Path(articles), Path(names)), GenerationStore(Path(data))))
except GenerationError as error:
    print(error)
"""
Meanwhile = Callable[[Callable[[], object]], None]


@pytest.fixture
def while_reading(monkeypatch: pytest.MonkeyPatch, built_here: None) -> Meanwhile:
    """Does something between the look at the folder and the first file that is read; the build is in this process."""

    def prepare(act: Callable[[], object]) -> None:
        async def build_here(sources: Sources, target: Path, previous: Path | None, _: object) -> BuildSummary:
            def tell(progress: Progress) -> None:
                if (progress.stage, progress.done) == ("read", 0):
                    act()

            return build(sources, target, previous, tell)

        monkeypatch.setattr("kzbot.operations.taking_in.build_in_child", build_here)
        monkeypatch.setattr("kzbot.operations.planning.preparing.build_in_child", build_here)

    return prepare


@pytest.mark.usefixtures("built_here")
async def test_a_process_that_ended_before_it_could_apply_is_no_rollback(
    corpus: Any, store: GenerationStore, keeper: Keeper
) -> None:
    corpus.fill()
    first = await take_in(corpus.sources, store)
    corpus.write(3, "It was raining.")
    stray = build(corpus.sources, store.folder, store.path(first.generation)).generation
    report = await keeper.start()
    assert report.kind == "applied" and report.generation not in (first.generation, stray)
    assert store.kept() == [first.generation, report.generation]
    assert not store.path(stray).exists()


@pytest.mark.usefixtures("built_here")
async def test_a_data_folder_that_cannot_be_written_at_the_end_changes_nothing(
    corpus: Any, store: GenerationStore
) -> None:
    corpus.fill()
    first = await take_in(corpus.sources, store)
    corpus.write(3, "It was raining.")
    obstacle = store.data_folder / "applied.new"
    obstacle.mkdir()
    with pytest.raises(DataFolderError, match="cannot be written"):
        await take_in(corpus.sources, store)
    assert store.applied() == first.generation and store.kept() == [first.generation]
    obstacle.rmdir()
    assert (await take_in(corpus.sources, store)).made


async def test_a_failing_build_leaves_all_as_it_was(corpus: Any, store: GenerationStore) -> None:
    corpus.fill()
    first = await take_in(corpus.sources, store)
    corpus.names.write_text("kinds: [", encoding="utf-8")
    with pytest.raises(GenerationError):
        await take_in(corpus.sources, store)
    assert store.applied() == first.generation
    corpus.names.write_text("kinds: {country: {}}\nnames: []\n", encoding="utf-8")
    assert (await take_in(corpus.sources, store)).made


@pytest.mark.usefixtures("built_here")
@pytest.mark.parametrize("size", [2_000, 30_000, 100_000])
async def test_a_full_disk_is_said_plainly_and_leaves_nothing_behind(
    corpus: Any, store: GenerationStore, size: int
) -> None:
    corpus.fill()
    first = await take_in(corpus.sources, store)
    for number in range(12, 60):
        corpus.write(number, f"It rained for {number} days and nobody went out. " * 40)
    command = [sys.executable, "-c", FULL_DISK, corpus.folder, corpus.names, store.data_folder, str(size)]
    done = await asyncio.to_thread(
        subprocess.run, command, capture_output=True, text=True, cwd=PROJECT, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "could not be written" in done.stdout
    assert store.applied() == first.generation
    assert [file.stem for file in store.folder.iterdir()] == [first.generation]
    assert (await take_in(corpus.sources, store)).made


async def test_a_folder_that_goes_away_while_it_is_read_takes_nothing_away(
    corpus: Any, store: GenerationStore, while_reading: Meanwhile
) -> None:
    corpus.fill()
    first = await take_in(corpus.sources, store)
    for number in range(12):
        corpus.write(number, "It was raining.")
    while_reading(lambda: corpus.folder.rename(corpus.folder.with_name("elsewhere")))
    with pytest.raises(GenerationError, match="No article could be read"):
        await take_in(corpus.sources, store)
    assert store.applied() == first.generation
    assert [file.stem for file in store.folder.iterdir()] == [first.generation]


async def test_files_that_go_away_while_they_are_read_wait_for_a_word(
    corpus: Any, store: GenerationStore, keeper: Keeper, while_reading: Meanwhile
) -> None:
    corpus.fill()
    first = await take_in(corpus.sources, store)
    for number in range(12):
        corpus.write(number, "It was raining.")
    while_reading(lambda: corpus.remove(1, 2, 3))
    outcome = await keeper.start()
    assert (outcome.kind, store.applied()) == ("planned", first.generation)
    assert outcome.plan is not None and outcome.plan.danger == "many_removed"


async def test_a_file_that_changes_while_it_is_read_is_looked_at_again(
    corpus: Any, store: GenerationStore, while_reading: Meanwhile
) -> None:
    corpus.fill()
    while_reading(lambda: corpus.write(5, "It was raining when somebody wrote this."))
    first = await take_in(corpus.sources, store)
    assert not is_current(store.path(first.generation), corpus.sources)
