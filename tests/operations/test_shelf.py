"""Generations are lent: one answer comes from one of them, whatever is swapped meanwhile, and none stays open."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kzbot.answers.dispatch import answer
from kzbot.answers.model import Question, Window
from kzbot.errors import GenerationError
from kzbot.index.generation import Generation
from kzbot.index.store import GenerationStore
from kzbot.operations.shelf import Shelf
from kzbot.operations.taking_in import take_in

TODAY = date(2026, 11, 21)
LATER = Question("timeline", {"from": "2013"})
pytestmark = pytest.mark.usefixtures("built_here")


@pytest.fixture
async def three(corpus: Any, store: GenerationStore) -> list[str]:
    """Three generations of twelve articles; every sentence of the second says `second`, of the third `third`."""
    corpus.fill()
    made = [(await take_in(corpus.sources, store)).generation]
    for word in ("second", "third"):
        for number in range(12):
            corpus.write(number, f"On {number + 1} June 2013 it met them for the {word} time.")
        made.append((await take_in(corpus.sources, store)).generation)
    return [one for one in made if one is not None]


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The generations that were closed."""
    ids: list[str] = []
    close = Generation.close

    async def watched(self: Generation) -> None:
        ids.append(self.id)
        await close(self)

    monkeypatch.setattr(Generation, "close", watched)
    return ids


@pytest.fixture
async def shelf(store: GenerationStore, three: list[str]) -> AsyncIterator[Shelf]:
    opened = await Shelf.open(store.path, three[1])
    yield opened
    await opened.close()


async def test_a_hundred_questions_under_swaps_are_each_answered_from_one_generation(
    store: GenerationStore, shelf: Shelf, three: list[str], closed: list[str]
) -> None:
    swapping = True

    async def swap_on() -> None:
        at = 0
        while swapping:
            at += 1
            await shelf.swap(three[1 + at % 2])

    async def ask(number: int) -> set[str]:
        await asyncio.sleep(number / 1000)
        async with shelf.current() as generation:
            first = await answer(LATER, generation, Window(0, 6), TODAY)
            await asyncio.sleep(0)
            second = await answer(LATER, generation, Window(6, 6), TODAY)
        said = {word for word in ("second", "third") for item in (*first.items, *second.items) if word in item.excerpt}
        assert {first.generation, second.generation} == {generation.id}
        assert len(first.items) == len(second.items) == 6
        return said | {str(generation.id)}

    swaps = asyncio.create_task(swap_on())
    answers = await asyncio.gather(*(ask(number) for number in range(100)))
    swapping = False
    await swaps
    assert {frozenset(one) for one in answers} <= {frozenset(("second", three[1])), frozenset(("third", three[2]))}
    assert len(closed) > 1 and closed[-1] != shelf.id


async def test_a_generation_that_was_swapped_out_closes_after_its_last_answer(
    shelf: Shelf, three: list[str], closed: list[str]
) -> None:
    async with shelf.current() as old:
        await shelf.swap(three[2])
        assert shelf.id == three[2] and closed == []
        assert len(await old.rows("SELECT 1")) == 1
        async with shelf.kept(three[1]) as same:
            assert same is old
    assert closed == [three[1]]


async def test_an_older_generation_is_opened_once_for_all_who_ask_and_then_closed(
    shelf: Shelf, three: list[str], closed: list[str]
) -> None:
    seen: set[int] = set()

    async def turn() -> None:
        async with shelf.kept(three[0]) as generation:
            assert generation is not None
            seen.add(id(generation))
            await asyncio.sleep(0.02)

    await asyncio.gather(*(turn() for _ in range(20)))
    assert len(seen) == 1 and closed == [three[0]]


async def test_of_swaps_that_overlap_the_last_one_holds(shelf: Shelf, three: list[str], closed: list[str]) -> None:
    await asyncio.gather(shelf.swap(three[0]), shelf.swap(three[2]))
    assert shelf.id == three[2]
    assert sorted(closed) == sorted(three[:2])


async def test_who_waits_for_another_generation_is_told_of_each_swap(shelf: Shelf, three: list[str]) -> None:
    await shelf.swap(three[0])
    await asyncio.wait_for(shelf.other_than(three[1]), 60)
    waiting = asyncio.create_task(shelf.other_than(three[0]))
    await shelf.swap(three[0])
    await asyncio.sleep(0)
    assert not waiting.done()
    await shelf.swap(three[2])
    await asyncio.wait_for(waiting, 60)


async def test_what_is_gone_damaged_or_of_another_version_is_none(
    store: GenerationStore, shelf: Shelf, three: list[str], tmp_path: Path
) -> None:
    file = store.path(three[0])
    file.chmod(0o644)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE meta SET value = 'older' WHERE key = 'schema'")
        connection.commit()
    async with shelf.kept(three[0]) as generation:
        assert generation is None
    with pytest.raises(GenerationError, match="another version"):
        await shelf.swap(three[0])
    file.write_bytes(b"no database at all")
    async with shelf.kept(three[0]) as generation:
        assert generation is None
    file.unlink()
    async with shelf.kept(three[0]) as generation:
        assert generation is None
    assert shelf.id == three[1]


async def test_a_file_that_is_pruned_under_an_answer_stays_readable_for_it(
    store: GenerationStore, shelf: Shelf, three: list[str]
) -> None:
    async with shelf.current() as generation:
        await shelf.swap(three[2])
        store.path(three[1]).unlink()
        found = await answer(LATER, generation, Window(), TODAY)
        assert found.total == 12


async def test_nothing_is_lent_after_the_close_and_nothing_stays_open(
    store: GenerationStore, three: list[str], closed: list[str]
) -> None:
    shelf = await Shelf.open(store.path, three[1])
    async with shelf.current():
        swap = asyncio.create_task(shelf.swap(three[2]))
        await asyncio.sleep(0)
        await shelf.close()
        with pytest.raises(GenerationError, match="stopping"):
            await swap
        assert closed == [three[2]]
    assert sorted(closed) == sorted(three[1:])
    with pytest.raises(GenerationError):
        async with shelf.current():
            pass
