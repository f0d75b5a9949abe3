"""A build in a child process: it reports, it dies with its parent, and a kill leaves the old state."""

import asyncio
import shutil
import signal
import subprocess
import sys
import time
from typing import Any

import psutil
import pytest

from kzbot.errors import GenerationError
from kzbot.index.building.child import build_in_child
from kzbot.index.sources import Progress

PARENT = """
import asyncio, os, sys
from pathlib import Path
import psutil
from kzbot.index.building.child import build_in_child
from kzbot.index.sources import Sources

def die(progress):
    if progress.stage == "analyse":
        print(*(child.pid for child in psutil.Process().children()), flush=True)
        os.kill(os.getpid(), int(sys.argv[4]))

asyncio.run(build_in_child(Sources(Path(sys.argv[1]), Path(sys.argv[2])), Path(sys.argv[3]), None, die))
"""


def workers() -> list[psutil.Process]:
    return [one for one in psutil.Process().children() if "kzbot.index.building.worker" in one.cmdline()]


def running(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.fixture
def large(corpus: Any) -> Any:
    """Enough articles that a build can be caught in its middle."""
    for number in range(400):
        text = " ".join(f"On {day} May 20{number % 90 + 10} nothing number {number} was held." for day in range(1, 29))
        corpus.write(f"many/{number}.txt", text, title=f"Number {number}")
    return corpus


async def test_progress_and_summary_come_back(corpus: Any) -> None:
    told: list[Progress] = []
    summary = await build_in_child(corpus.sources, corpus.generations, None, told.append)
    assert summary.made
    assert summary.added == ("a", "b", "c")
    assert [file.stem for file in corpus.generations.iterdir()] == [summary.generation]
    assert [one.stage for one in told] == ["scan", "read", "read", "analyse", "analyse", "finish"]
    assert told[-2] == Progress("analyse", 3, 3)
    corpus.write("bad.txt", "No title.")
    again = await build_in_child(
        corpus.sources, corpus.generations, corpus.generations / f"{summary.generation}.sqlite"
    )
    assert again.unchanged == 3
    assert again.rejected[0].file == "bad.txt"


async def test_the_childs_own_sentence_is_raised(corpus: Any) -> None:
    corpus.names.write_text("names: 5", encoding="utf-8")
    with pytest.raises(GenerationError, match=r"names\.yaml"):
        await build_in_child(corpus.sources, corpus.generations)


async def test_kill_9_in_the_middle_leaves_the_old_state(large: Any) -> None:
    large.generations.mkdir()
    pids: list[int] = []

    def kill(progress: Progress) -> None:
        if progress.stage == "analyse" and not pids:
            (worker,) = workers()
            assert any(file.name.startswith("building-") for file in large.generations.iterdir())
            pids.append(worker.pid)
            worker.kill()

    with pytest.raises(GenerationError, match="killed by signal 9"):
        await build_in_child(large.sources, large.generations, None, kill)
    assert list(large.generations.iterdir()) == []
    shutil.rmtree(large.articles / "many")
    summary = await build_in_child(large.sources, large.generations)
    assert summary.articles == 3


async def test_the_child_gets_no_token(large: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "the-token-itself")
    seen: list[str] = []

    def look(progress: Progress) -> None:
        if progress.stage == "analyse" and not seen:
            (worker,) = workers()
            seen.extend(f"{name}={value}" for name, value in worker.environ().items())
            worker.kill()

    with pytest.raises(GenerationError, match="killed by signal 9"):
        await build_in_child(large.sources, large.generations, None, look)
    assert seen and not any("the-token-itself" in one for one in seen)


async def test_a_cancelled_build_ends_its_child(large: Any) -> None:
    begun = asyncio.Event()
    task = asyncio.create_task(
        build_in_child(large.sources, large.generations, None, lambda progress: begun.set() if progress.done else None)
    )
    waiting = asyncio.create_task(begun.wait())
    await asyncio.wait((task, waiting), return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    assert not task.done()
    assert len(workers()) == 1
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert workers() == []
    assert list(large.generations.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_the_child_dies_with_its_parent(large: Any, number: int) -> None:
    parent = subprocess.run(
        [sys.executable, "-c", PARENT, large.articles, large.names, large.generations, str(int(number))],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert parent.returncode == -number, parent.stderr
    pids = [int(pid) for pid in parent.stdout.split()]
    assert pids
    until = time.monotonic() + 60
    while any(running(pid) for pid in pids) and time.monotonic() < until:
        time.sleep(0.02)
    assert not any(running(pid) for pid in pids)
    assert not list(large.generations.glob("20*.sqlite"))
    if number == signal.SIGINT:
        assert list(large.generations.iterdir()) == []
