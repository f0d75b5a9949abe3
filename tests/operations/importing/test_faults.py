"""Imports that are killed, cancelled, taken back, or come upon a full disk leave all or nothing."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import shutil
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
import pytest

from kzbot.corpus.folders import Folders
from kzbot.errors import DataFolderError, QueryLogError
from kzbot.operations.importing.reading import Arrived
from kzbot.operations.importing.unfinished import take_back_unfinished
from kzbot.querylog.ledger.rows import Actor

MODERATOR = Actor(place="discord", user=7)
REPORT = "The ministers met in Astana on 3 May 2014.\n\n  They signed “two” agreements;\tboth are secret.\n"
FORM = {"title": "A report", "url": "", "publisher": "", "published": "", "ground": ""}


async def test_an_import_that_is_taken_back_waits_again_and_can_be_added_anew(desk: Any) -> None:
    before = datetime.now(UTC)
    await desk.sent(("a.txt", f"---\ntitle: A\n---\n{REPORT}"))
    added = await desk.importer.add("1", MODERATOR)
    assert added is not None
    assert await desk.importer.regret(datetime.now(UTC), MODERATOR) == 0
    assert await desk.importer.regret(before, MODERATOR) == 1
    assert list((desk.data / "articles").iterdir()) == []
    batch = await desk.importer.batch("1")
    assert batch is not None and batch.ready
    again = await desk.importer.add("1", MODERATOR)
    assert again is not None and again.written == added.written


async def test_nothing_is_added_where_the_ledger_cannot_take_it_or_the_disk_is_full(
    desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.sent(("a.txt", f"---\ntitle: A\n---\n{REPORT}"))

    async def full(*_: Any) -> int:
        raise QueryLogError("full")

    with monkeypatch.context() as patched:
        patched.setattr(desk.log.ledger, "note", full)
        with pytest.raises(QueryLogError):
            await desk.importer.add("1", MODERATOR)
    assert list((desk.data / "articles").iterdir()) == []

    def no_room(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("kzbot.operations.importing.writing.write_article", no_room)
        with pytest.raises(DataFolderError, match="No space left"):
            await desk.importer.add("1", MODERATOR)
    added = await desk.importer.add("1", MODERATOR)
    assert added is not None and len(added.written) == 1


class Killed(BaseException):
    """The end of a process, as far as what it does to the disk: nothing of kzbot catches it."""


class Steps:
    """Counts what is done to the disk, and breaks off at one step."""

    def __init__(self, patched: pytest.MonkeyPatch, error: BaseException) -> None:
        self.left, self._error = -1, error
        for owner, name in ((os, "fsync"), (Path, "replace"), (Path, "unlink")):
            patched.setattr(owner, name, self._counted(getattr(owner, name)))

    def _counted(self, plain: Any) -> Any:
        def step(*given: Any, **more: Any) -> Any:
            self.left -= 1
            if self.left == 0:
                raise self._error
            return plain(*given, **more)

        return step


async def test_a_process_that_ends_at_any_step_of_adding_leaves_all_or_nothing(
    desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    two = "".join(json.dumps({"id": f"k{at}", "title": f"K{at}", "text": f"Words {at}."}) + "\n" for at in (1, 2))
    await desk.sent(("two.jsonl", two))
    incoming, articles = desk.data / "incoming" / "1", desk.data / "articles"
    before, found = (incoming / "batch.json").read_bytes(), list[int]()
    steps = Steps(monkeypatch, Killed())
    for step in range(1, 60):
        steps.left = step
        try:
            done = await desk.again()._add("1", MODERATOR)
        except Killed:
            done = None
        steps.left = -1
        await take_back_unfinished(desk.data, desk.log.ledger)
        states, rejected = Folders(desk.corpus.folder, articles).scan()
        found.append(sum(one.file.startswith("added://") for one in states))
        batch = await desk.importer.batch("1")
        assert batch is not None and rejected == []
        assert (found[-1], batch.state) in ((0, "waiting"), (2, "added")), step
        assert not list(articles.glob(".*")) and not (incoming / "coming.json").exists()
        if done is not None:
            break
        shutil.rmtree(articles, ignore_errors=True)
        (incoming / "batch.json").write_bytes(before)
    assert found == sorted(found) and found[0] == 0 and found[-1] == 2 and len(found) > 15


async def test_a_disk_that_is_full_in_the_middle_leaves_nothing_behind(
    desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.sent(("a.txt", f"---\ntitle: A\n---\n{REPORT}"))
    steps = Steps(monkeypatch, OSError(28, "No space left on device"))
    failed = 0
    for step in range(1, 30):
        steps.left = step
        try:
            added = await desk.importer._add("1", MODERATOR)
        except DataFolderError:
            failed += 1
            assert list((desk.data / "articles").glob("*")) == [], step
            assert list((desk.data / "articles").glob(".*")) == [], step
        else:
            break
    assert failed > 4 and added is not None and len(added[0]) == 1


async def test_only_so_many_commands_are_read_at_a_time(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    now, most, gate = 0, 0, asyncio.Event()

    async def reading(*_: Any, **__: Any) -> list[Any]:
        nonlocal now, most
        now, most = now + 1, max(most, now + 1)
        await gate.wait()
        now -= 1
        return []

    monkeypatch.setattr("kzbot.operations.importing.importer.read_arrived", reading)
    tasks = [asyncio.create_task(desk.importer.read([])) for _ in range(8)]
    async with asyncio.timeout(60):
        while now < 2:  # noqa: ASYNC110 - nobody tells of it
            await asyncio.sleep(0.01)
    await asyncio.sleep(0.05)
    gate.set()
    assert await asyncio.gather(*tasks) == [[]] * 8 and most == 2


async def test_a_kept_text_that_was_damaged_is_not_added(desk: Any) -> None:
    await desk.sent(("a.txt", f"---\ntitle: A\n---\n{REPORT}"))
    (desk.data / "incoming" / "1" / "0.texts").write_bytes(b"The ministers")
    added = await desk.importer.add("1", MODERATOR)
    assert added is not None and not added.written and "send it again" in added.left[0].reason


def reading_children() -> list[psutil.Process]:
    """Processes of this one that read foreign files."""
    found = []
    for one in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            if one.status() != psutil.STATUS_ZOMBIE and "foreign.child" in " ".join(one.cmdline()):
                found.append(one)
    return found


async def test_a_command_that_is_cancelled_ends_its_reading_and_leaves_no_noise_in_the_log(desk: Any) -> None:
    told: list[Any] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context))
    slow = b"<p>The ministers met in the capital on Friday.</p>" * 90_000
    reading = asyncio.create_task(desk.importer.read([Arrived("a.html", slow), Arrived("b.html", slow)]))
    async with asyncio.timeout(60):
        while not reading_children():  # noqa: ASYNC110 - a child tells nobody that it has begun
            await asyncio.sleep(0.02)
    reading.cancel()
    await asyncio.wait([reading])
    assert reading.cancelled()
    assert not reading_children()
    del reading
    gc.collect()
    assert told == []
