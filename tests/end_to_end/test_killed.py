"""The bot is killed (kill -9) at the worst moments of a change, and started again: nothing accepted is lost, nothing half served.

With KZBOT_SCALE of a thousand or more (see test_corpus_at_scale.py) it is killed at more of them.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from kzbot.channel.identity import MODERATOR
from kzbot.chat.escape import unescape
from kzbot.errors import ChannelError
from kzbot.index.store import GenerationStore

pytestmark = pytest.mark.asyncio(loop_scope="module")
WATCHED_BOT = Path(__file__).parent / "watched_bot.py"
APPLIED = "kzbot.index.store:GenerationStore.apply"
NOTED = "kzbot.querylog.ledger.ledger:Ledger.applied"
BUILT = "kzbot.operations.planning.preparing:build_in_child"
COMPARED = "kzbot.operations.planning.preparing:plan_in_child"
WRITTEN = "kzbot.operations.importing.writing:write_article:2"
SETTLED = "kzbot.operations.importing.incoming:Incoming.end"
ALL = int(os.environ.get("KZBOT_SCALE", "0")) >= 1000
LINES = [
    {"id": f"wire-{n}", "title": f"Wire {n}", "text": f"The Plimsk line {n} was opened in 2013."} for n in range(3)
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def dying(
    articles: Path, make_whole: Any, serve_seeds: Any, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Any]:
    """A bot that a test lets die where it wants."""
    made = make_whole(articles, tmp_path_factory.mktemp("data"))
    serve_seeds(made.data, articles)
    made.script = WATCHED_BOT
    made.environ["KZBOT_CORPUS__APPLY_ON_START"] = "false"
    await made.channel.start()
    try:
        await made.start()
        yield made
    finally:
        await made.close()


async def start(dying: Any, dies: str = "") -> None:
    """Starts the bot again: as it is, or so that it dies there."""
    dying.environ["KZBOT_TEST_DIES"] = dies
    await dying.start()


async def until_dead(dying: Any, work: Any) -> None:
    """Does what kills it, and waits until it is dead; what somebody is told of it, if anything, is no matter."""
    task = asyncio.create_task(work)
    assert await asyncio.to_thread(dying.bot.process.wait, 120) == -9
    task.cancel()
    with suppress(ChannelError, asyncio.CancelledError):
        await task


async def settled(look: Any, reply: Any) -> Any:
    """What a card says in the end."""
    async with asyncio.timeout(120):
        while True:
            seen = look(reply.message) if reply.message is not None else None
            if seen is not None and seen.text and not re.search(r"…(?: \d+ of \d+)?$", seen.text):
                return seen
            await asyncio.sleep(0.02)


async def ask(dying: Any, look: Any, name: str, files: Any = None, **options: Any) -> Any:
    """A moderator's command; one that finds the start still at work is asked again."""
    async with asyncio.timeout(120):
        while True:
            seen = await settled(look, await dying.channel.command(name, options, by=MODERATOR, files=files))
            if "Another reload is under way" not in seen.text:
                return seen
            await asyncio.sleep(0.2)


async def found(dying: Any, look: Any, query: str) -> str:
    return unescape(look((await dying.channel.command("search", {"query": query})).message).text)


def table(dying: Any, name: str) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(f"file:{dying.data / 'kzbot.db'}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(f"SELECT * FROM {name} ORDER BY number")]


def served(dying: Any) -> str:
    return str(GenerationStore(dying.data).applied())


def generations(dying: Any) -> set[str]:
    return {file.stem for file in (dying.data / "generations").glob("*.sqlite")}


def add(dying: Any, name: str, words: str) -> None:
    text = f"---\ntitle: {name}\nurl: https://example.org/{name}\n---\n{words}\n"
    (dying.articles / f"{name}.md").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("dies", [COMPARED, *([BUILT, "kzbot.index.store:GenerationStore.wait"] if ALL else [])])
async def test_while_a_plan_is_made(dying: Any, look: Any, dies: str) -> None:
    before = served(dying)
    await start(dying, dies)
    add(dying, "zeppelin", "The zeppelin Vorsen landed on 3 May 2012.")
    await until_dead(dying, dying.channel.command("corpus reload", by=MODERATOR))
    await start(dying)
    assert served(dying) == before and "## Not found" in await found(dying, look, "vorsen")
    plan = await ask(dying, look, "corpus reload")
    assert plan.text.startswith("## Plan of a reload") and "1 added" in plan.text, plan.text
    cancelled = await dying.channel.press(plan.id, plan.button("Cancel"), by=MODERATOR)
    assert look(cancelled.message).text.startswith("## Cancelled") and served(dying) == before
    (dying.articles / "zeppelin.md").unlink()


async def test_while_a_child_builds(dying: Any, look: Any) -> None:
    before = served(dying)
    add(dying, "zeppelin", "The zeppelin Vorsen landed on 3 May 2012.")
    await start(dying)
    await dying.channel.command("corpus reload", by=MODERATOR)
    dying.bot.kill()
    await start(dying)
    assert served(dying) == before
    assert "1 added" in (await ask(dying, look, "corpus reload")).text


@pytest.mark.parametrize("dies", [APPLIED, NOTED])
async def test_while_a_plan_is_applied(dying: Any, look: Any, dies: str) -> None:
    plan = await ask(dying, look, "corpus reload")
    before = served(dying)
    await start(dying, dies)
    await until_dead(dying, dying.channel.press(plan.id, plan.button("Apply"), by=MODERATOR))
    await start(dying)
    if dies == APPLIED:
        assert served(dying) == before and "## Not found" in await found(dying, look, "vorsen")
        done = look((await dying.channel.press(plan.id, plan.button("Apply"), by=MODERATOR)).message)
        assert done.text.startswith("## Applied")
        back = look((await dying.channel.press(done.id, done.button("Roll back"), by=MODERATOR)).message)
        assert back.text.startswith("## Rolled back")
        return
    assert served(dying) != before and "3 May 2012" in (await found(dying, look, "vorsen")).replace("**", "")
    await ask(dying, look, "corpus reload")
    last = table(dying, "history")[-1]
    assert (last["generation"], last["former"]) == (served(dying), before), "what is served stands in the history"
    told = look((await dying.channel.press(plan.id, plan.button("Apply"), by=MODERATOR)).message)
    assert "That plan is no longer there" in told.text


@pytest.mark.parametrize("dies", [BUILT, *([APPLIED, NOTED] if ALL else [])])
async def test_while_a_correction_is_built(dying: Any, look: Any, dies: str) -> None:
    await start(dying, dies)
    given = {"article": "zeppelin", "words": "3 May 2012", "means": f"{len(table(dying, 'overlays')) + 4} May 2012"}
    await until_dead(dying, dying.channel.command("corpus correct date", given, by=MODERATOR))
    (laid,) = [one for one in table(dying, "overlays") if one["undone_at"] is None]
    await start(dying)
    held = await ask(dying, look, "corpus corrections")
    assert f"“3 May 2012” in zeppelin means {given['means']}" in unescape(held.text)
    if dies != NOTED:
        plan = await ask(dying, look, "corpus reload")
        done = look((await dying.channel.press(plan.id, plan.button("Apply"), by=MODERATOR)).message)
        assert done.text.startswith("## Applied"), done.text
    seen = look((await dying.channel.command("timeline", {"topic": "Vorsen"})).message)
    assert given["means"] in seen.text
    undo = await settled(look, await dying.channel.press(held.id, held.button(f"Undo {laid['number']}"), by=MODERATOR))
    assert undo.text.startswith("## Correction undone"), undo.text
    seen = look((await dying.channel.command("timeline", {"topic": "Vorsen"})).message)
    assert "3 May 2012" in seen.text and given["means"] not in seen.text


@pytest.mark.parametrize("at_start", [True, *([False] if ALL else [])])
@pytest.mark.parametrize(
    "dies", [WRITTEN, *([SETTLED, "kzbot.querylog.ledger.ledger:Ledger.note", BUILT] if ALL else [])]
)
async def test_between_the_files_of_an_import(dying: Any, look: Any, dies: str, at_start: bool) -> None:
    """Afterwards all of it is added, or none of it is, and then the card adds it; also where a start takes in what changed."""
    before = served(dying)
    await start(dying)
    lines = "\n".join(json.dumps(one) for one in LINES)
    card = await ask(dying, look, "corpus add", {"file1": ("wires.jsonl", lines.encode())})
    assert "3 articles can be added" in card.text
    await start(dying, dies)
    await until_dead(dying, dying.channel.press(card.id, card.button("Add"), by=MODERATOR))
    dying.environ["KZBOT_CORPUS__APPLY_ON_START"] = str(at_start).lower()
    await start(dying)
    plan = await ask(dying, look, "corpus reload")
    dying.environ["KZBOT_CORPUS__APPLY_ON_START"] = "false"
    if plan.text.startswith("## Nothing") and served(dying) == before:
        done = await dying.channel.press(card.id, card.button("Add"), by=MODERATOR)
        async with asyncio.timeout(120):
            while not done.followups:  # noqa: ASYNC110 - the channel tells nobody
                await asyncio.sleep(0.02)
        plan = look(done.followups[0])
    if plan.text.startswith("## Plan"):
        assert "3 added" in plan.text, plan.text
        plan = look((await dying.channel.press(plan.id, plan.button("Apply"), by=MODERATOR)).message)
        assert plan.text.startswith("## Applied")
    seen = await found(dying, look, "plimsk")
    assert all(f"line {n} was opened" in seen.replace("**", "") for n in range(3)), seen
    assert len(list((dying.data / "articles").iterdir())) == 6
    with suppress(ChannelError):  # the card has no such button any more, or it says so
        told = look((await dying.channel.press(card.id, card.button("Add"), by=MODERATOR)).message)
        assert "no longer there" in told.text, "what was added is not added twice"
    for file in (dying.data / "articles").iterdir():
        file.unlink()
    plan = await ask(dying, look, "corpus reload")
    if "Apply" in plan.labels:
        reply = await dying.channel.press(plan.id, plan.button("Apply"), by=MODERATOR)
        if reply.modal is not None:
            await dying.channel.submit(reply.modal, {"typed": "3"}, by=MODERATOR)
    assert "## Not found" in await found(dying, look, "plimsk")
