"""A plan is made in child processes: it says how far it is, and whoever stops waiting leaves nothing behind."""

import asyncio
import os
from pathlib import Path
from typing import Any

import psutil
import pytest

from kzbot.errors import GenerationError
from kzbot.index.sources import Progress
from kzbot.index.store import GenerationStore
from kzbot.operations.keeper import Keeper
from kzbot.operations.taking_in import take_in


def held_up(golden: Path) -> None:
    """Whoever reads the golden questions waits for them until it is ended, however late somebody comes to do that."""
    os.mkfifo(golden)


def workers() -> list[psutil.Process]:
    """The children of this process that build or compare."""
    return [one for one in psutil.Process().children() if any("kzbot." in word for word in one.cmdline())]


async def test_a_plan_is_made_by_children_and_a_cancelled_one_leaves_nothing(
    corpus: Any, store: GenerationStore, keeper: Keeper
) -> None:
    corpus.fill()
    held_up(corpus.golden)
    served = (await take_in(corpus.sources, store)).generation
    corpus.write(3, "It was raining.")
    begun, seen = asyncio.Event(), list[Progress]()

    def tell(progress: Progress) -> None:
        seen.append(progress)
        if progress.stage == "compare":
            begun.set()

    task = asyncio.create_task(keeper.plan(progress=tell))
    await begun.wait()
    assert len(workers()) == 1
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert workers() == [] and await keeper.waiting() is None
    assert {file.name.partition(".")[0] for file in store.folder.iterdir()} == {served}
    corpus.golden.unlink()
    corpus.golden.write_text('questions: ["/timeline", "/source"]\n', encoding="utf-8")
    plan = (await keeper.plan(progress=seen.append)).plan
    assert plan is not None and [one.id for one in plan.changed] == ["03"] and plan.golden == 2
    assert plan == await keeper.waiting()
    assert Progress("ask", 1, 2) in seen


async def test_a_child_that_dies_is_told_in_a_sentence_and_the_next_plan_is_made(
    corpus: Any, store: GenerationStore, keeper: Keeper
) -> None:
    corpus.fill(3)
    held_up(corpus.golden)
    await take_in(corpus.sources, store)
    corpus.write(3, "It was raining.")

    def kill(progress: Progress) -> None:
        if progress.stage == "compare":
            workers()[0].kill()

    with pytest.raises(GenerationError, match="killed by signal 9"):
        await keeper.plan(progress=kill)
    assert await keeper.waiting() is None
    corpus.golden.unlink()
    assert (await keeper.plan()).kind == "planned"
