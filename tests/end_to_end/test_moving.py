"""The data folder is copied to another place, as to another host, and the bot started there: all goes on as it was."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from kzbot.channel.identity import MEMBER, MODERATOR
from kzbot.operations.health import read_health
from kzbot.querylog.log import QueryLog

PROJECT = Path(__file__).resolve().parents[2]
WORDS = "mid-November"


def run(whole: Any, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command at the terminal, with the settings of that bot."""
    environ = {
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(PROJECT),
        "KZBOT_DATA__FOLDER": str(whole.data),
        "KZBOT_CORPUS__FOLDER": str(whole.articles),
        **whole.environ,
    }
    command = [sys.executable, str(PROJECT / "bot.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environ, timeout=300, check=False)


def column(data: Path, sql: str) -> list[Any]:
    with closing(sqlite3.connect(f"file:{data / 'kzbot.db'}?mode=ro", uri=True)) as connection:
        return [row[0] for row in connection.execute(sql)]


async def corrected(whole: Any, look: Any, settled: Any) -> None:
    """A date that a member doubts and a moderator corrects."""
    seen = look((await whole.channel.command("timeline", {"from": "1997", "to": "1997"})).message)
    form = await whole.channel.press(seen.id, seen.button("Wrong date or name?"), by=MEMBER)
    fields = [one["component"] for one in form.modal["components"]]
    dates = next(one for one in fields if one["custom_id"] == "date")["options"]
    value = next(one["value"] for one in dates if one["label"].startswith(f"“{WORDS}"))
    await whole.channel.submit(form.modal, {"date": [value], "name": [], "said": ""}, by=MEMBER)
    listed = look((await whole.channel.command("corpus doubts", {}, by=MODERATOR)).message)
    form = await whole.channel.press(listed.id, listed.button("Correct 1"), by=MODERATOR)
    reply = await whole.channel.submit(form.modal, {"words": WORDS, "means": "14 November 1997"}, by=MODERATOR)
    assert (await settled(reply)).text.startswith("## Corrected")


async def test_all_goes_on_in_another_place(
    articles: Path, make_whole: Any, look: Any, settled: Any, tmp_path: Path
) -> None:
    whole = make_whole(articles, tmp_path / "here" / "data")
    whole.environ["KZBOT_LOG__USER_IDS"] = "hashed"
    report = tmp_path / "harbour.txt"
    report.write_text("The harbour of Plimsk was opened on 3 May 2011 by the mayor.\n")
    await whole.channel.start()
    try:
        await whole.start()
        card = look((await whole.channel.command("timeline", {})).message)
        card = look((await whole.channel.press(card.id, card.button("From the beginning"))).message)
        await corrected(whole, look, settled)
        assert run(whole, "health").returncode == 0
        ended = await asyncio.to_thread(whole.bot.end)
        await whole.stop()
        assert ended == 0 and read_health(whole.data) is None
        added = run(whole, "add", str(report), "--title", "A harbour", "--published", "2011-05-04", "--yes")
        assert added.returncode == 0, added.stdout + added.stderr
        rows, applied = whole.log(), (whole.data / "applied").read_text()
        asker = column(whole.data, "SELECT user FROM queries WHERE command = 'timeline' LIMIT 1")

        there = tmp_path / "there"
        shutil.copytree(whole.data, there / "kept")
        shutil.copytree(articles, there / "texts")
        shutil.rmtree(tmp_path / "here")
        whole.data, whole.articles = there / "kept", there / "texts"
        await whole.start()
        after = look((await whole.channel.press(card.id, card.button("Next"))).message)
        assert after.id == card.id and after.row == card.row and "page 2 of" in after.text
        told = look((await whole.channel.command("timeline", {"from": "1997", "to": "1997"})).message)
        assert "14 November 1997" in told.text and "corrected by a moderator" in told.text
        harbour = look((await whole.channel.command("search", {"query": "harbour of Plimsk"})).message)
        assert "opened on 3 May 2011" in harbour.text
        assert whole.log()[: len(rows)] == rows and told.row == rows[-1]["number"] + 1
        assert column(whole.data, f"SELECT user FROM queries WHERE number = {told.row}") == asker and asker[0] < 0

        await asyncio.to_thread(whole.bot.end)
        index = run(whole, "index")
        assert index.returncode == 0 and "Nothing changes" in index.stdout, index.stdout
        assert (whole.data / "applied").read_text() == applied
        here = str(tmp_path / "here").encode()
        holding = {file.suffix for file in whole.data.rglob("*") if file.is_file() and here in file.read_bytes()}
        assert holding <= {".sqlite"}  # what a state was built from, which is told and not followed
    finally:
        await whole.close()


async def test_what_cannot_go_on_is_told_and_left_as_it_was(articles: Path, make_whole: Any, tmp_path: Path) -> None:
    whole = make_whole(articles, tmp_path / "data")
    log = await QueryLog.open(whole.data / "kzbot.db")
    await log.close()
    (whole.data / "format").write_text("2\n")
    told_and_left(whole, "was written by a newer kzbot (format 2, this program knows 1); start that version")
    (whole.data / "format").unlink()
    (whole.data / "lock.holder").write_text('{"pid": 1, "since": "2026-11-22 12:00:00 UTC"}')
    content = (whole.data / "kzbot.db").read_bytes()
    (whole.data / "kzbot.db").write_bytes(content[:8192] + bytes(len(content) - 8192))
    told_and_left(whole, "copy the folder again with the bot stopped, or run `python bot.py restore`")


def told_and_left(whole: Any, said: str) -> None:
    """The bot does not start: one sentence says why, and what was there is as it was."""
    before = {file: file.read_bytes() for file in whole.data.rglob("*") if file.is_file()}
    started = run(whole)
    assert started.returncode == 1 and said in started.stderr and "Traceback" not in started.stderr
    assert len(started.stderr.strip().splitlines()) == 1
    after = {file: file.read_bytes() for file in whole.data.rglob("*") if file.is_file()}
    changed = {file.name for file in before | after if before.get(file) != after.get(file)}
    assert changed <= {"lock", "lock.holder", "format", "kzbot.db-shm", "kzbot.db-wal"}
