"""What the local channel keeps goes with the rows of the log, open or on disk, and with its time."""

from __future__ import annotations

import asyncio
import errno
import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kzbot.channel.identity import DIRECT, ELSEWHERE, MEMBER, MODERATOR, OTHER_GUILD
from kzbot.channel.server import LocalChannel
from kzbot.chat.handle import PAGE, Handle
from kzbot.cli.forgetting import FOLDER, forget_old, forgets, forgets_on_disk
from kzbot.errors import QueryLogError
from kzbot.operations.erasing.eraser import Eraser, Forgotten
from kzbot.querylog.erasing.scope import Scope
from kzbot.querylog.ledger.rows import TERMINAL
from kzbot.querylog.log import FILE_NAME, QueryLog
from tests.operations.erasing.filled import record


def words_of(folder: Path) -> set[str]:
    """What the messages on disk say."""
    return {json.loads(path.read_bytes())["body"]["content"] for path in (folder / "messages").glob("*.json")}


def answer(row: int) -> dict[str, Any]:
    """A message with a button of that question."""
    custom_id = str(Handle(PAGE, row, 0, 0, "0" * 8))
    button = {"type": 2, "style": 2, "label": "Next", "custom_id": custom_id}
    return {"content": f"answer {row}", "components": [{"type": 1, "components": [button]}]}


async def filled(data: Path) -> LocalChannel:
    channel = LocalChannel(0, store=data / FOLDER)
    channel.say("by the member")
    channel.say("to the bot", where=DIRECT)
    channel.say("by the moderator", by=MODERATOR)
    channel.say("elsewhere", by=MODERATOR, where=ELSEWHERE)
    for row in (7, 8, 30):
        channel.messages.add(answer(row), asked=f"/search query: {row}")
    channel.messages.add({"content": "a notice"}, asked="/search query: x")
    return channel


def means(wanted: int) -> Any:
    return lambda one: one == wanted


CASES = [
    ("person", means(MEMBER.id), (), {"by the member", "to the bot"}),
    ("server", means(OTHER_GUILD), (), {"elsewhere"}),
    ("filtered", means(0), ((5, 7), (30, 31)), {"answer 7", "answer 30", "a notice"}),
]
ALL = {"by the member", "to the bot", "by the moderator", "elsewhere", "answer 7", "answer 8", "answer 30", "a notice"}


@pytest.mark.parametrize("opened", [True, False])
@pytest.mark.parametrize(("kind", "meant", "numbers", "gone"), CASES)
async def test_the_channel_forgets_what_the_log_forgets(
    tmp_path: Path, kind: Any, meant: Any, numbers: Any, gone: set[str], opened: bool
) -> None:
    channel, log = await filled(tmp_path), await QueryLog.open(tmp_path / FILE_NAME)
    forgotten = Forgotten(kind, datetime.now(UTC), meant, numbers)
    later = channel.say("said after that")
    if opened:
        await forgets(channel, log)(forgotten)
        await channel.close()
    else:
        await channel.close()
        await forgets_on_disk(tmp_path, log)(forgotten)
    await log.close()
    assert words_of(tmp_path / FOLDER) == (ALL - gone) | {later.body["content"]}


async def test_what_was_said_before_the_clock_went_back_is_forgotten_too(tmp_path: Path) -> None:
    channel, log = await filled(tmp_path), await QueryLog.open(tmp_path / FILE_NAME)
    ahead = channel.say("by the member before")
    ahead.body["timestamp"] = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    await forgets(channel, log)(Forgotten("person", datetime.now(UTC), means(MEMBER.id)))
    assert words_of(tmp_path / FOLDER) == ALL - {"by the member", "to the bot"}
    await channel.close()
    await log.close()


async def test_where_no_channel_ever_was_there_is_nothing_to_forget(tmp_path: Path) -> None:
    log = await QueryLog.open(tmp_path / FILE_NAME)
    await forgets_on_disk(tmp_path, log)(Forgotten("person", datetime.now(UTC), means(1)))
    assert not (tmp_path / FOLDER).exists()
    await log.close()


@pytest.mark.parametrize("kind", ["person", "filtered"])
async def test_what_shows_questions_of_others_goes_with_them(tmp_path: Path, kind: Any) -> None:
    channel, log = LocalChannel(0, store=tmp_path / FOLDER), await QueryLog.open(tmp_path / FILE_NAME)
    public = [await log.record(record("theirs")) for _ in range(2)]
    private = [await log.record(record("theirs", command="log questions"))]
    lost = max(*public, *private) + 1

    def add(words: str, rows: int | None, asked: str | None = None, pressed: Any = None, by: int | None = None) -> Any:
        body = {"content": words, "components": answer(rows)["components"] if rows else []}
        about = {"interaction_metadata": {"interacted_message_id": pressed.id}} if pressed else {}
        return channel.messages.add(body, asked=asked, viewer=by, extra=about)

    other = add("another's answer", public[0], "/search query: theirs")
    erased = add("an answer that went", lost, "/search query: hers")
    add("another's private answer", public[1], "/search query: theirs", by=MEMBER.id)
    add("thanks for a rating", None, pressed=other, by=MEMBER.id)
    add("shown before the log was restored", lost, "/search query: theirs")
    seen = add("LIST of questions", private[0], "/log questions", by=MODERATOR.id)
    add("LIST as a file", None, pressed=seen, by=MODERATOR.id)
    add("LIST that was exported", None, "/log export", by=MODERATOR.id)
    add("COPY for who pressed", lost, pressed=erased, by=MODERATOR.id)
    add("COPY of an answer that is gone already", None, pressed=erased, by=MEMBER.id)
    channel.messages.delete(erased)
    until = datetime.now(UTC)
    add("erasing", None, "/log purge search: hers", by=MODERATOR.id)
    stays = {"another's answer", "another's private answer", "thanks for a rating", "shown before the log was restored"}
    await forgets(channel, log)(Forgotten(kind, until, means(0), ((lost + 7, lost + 8),)))
    assert words_of(tmp_path / FOLDER) == stays | {"erasing"}
    assert not [one for one in (tmp_path / FOLDER / "messages").iterdir() if b"hers" in one.read_bytes()]
    await channel.close()
    await log.close()


@pytest.mark.parametrize("opened", [True, False])
async def test_a_message_is_not_kept_longer_than_a_question(tmp_path: Path, opened: bool) -> None:
    channel = await filled(tmp_path)
    private = channel.messages.add({"content": "a private answer"}, asked="/search query: x", viewer=MEMBER.id)
    listed = channel.messages.add({"content": "a list"}, asked="/log questions", viewer=MODERATOR.id)
    for one, days in ((channel.say("long ago"), 91), (private, 89), (listed, 8)):
        one.body["timestamp"] = (datetime.now(UTC) - timedelta(days=days)).isoformat()
        channel.messages.edit(one, {"content": one.body["content"]})
    await channel.forget_messages(lambda _: False)  # returns when all of it is on disk
    assert words_of(tmp_path / FOLDER) == {*ALL, "long ago", "a list", "a private answer"}
    if not opened:
        await channel.close()
    looks: list[bool] = []

    async def doubted() -> bool:
        looks.append(True)
        return False

    task = asyncio.create_task(forget_old(channel if opened else None, tmp_path, 90, doubted))
    async with asyncio.timeout(60):
        while words_of(tmp_path / FOLDER) & {"long ago", "a list"}:  # noqa: ASYNC110 - the folder tells nobody
            await asyncio.sleep(0.01)
    task.cancel()
    assert looks, "or a wrong clock would take them all"
    if opened:
        await channel.close()
    assert words_of(tmp_path / FOLDER) == {*ALL, "a private answer"}


async def test_what_the_disk_does_not_let_go_is_not_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    channel = await filled(tmp_path)
    await channel.forget_messages(lambda _: False)
    log = await QueryLog.open(tmp_path / FILE_NAME)
    eraser = Eraser(tmp_path, log)
    eraser.follow(forgets(channel, log))
    with monkeypatch.context() as broken:
        broken.setattr(Path, "unlink", _held)
        with pytest.raises(QueryLogError, match=r"could not be erased yet .*held"):
            await eraser.erase(Scope.person(MEMBER.id), TERMINAL, datetime.now(UTC))
    assert "by the member" in words_of(tmp_path / FOLDER)
    assert await eraser.finish() == 1
    assert words_of(tmp_path / FOLDER) == ALL - {"by the member", "to the bot"}
    await channel.close()
    await log.close()


def _held(path: Path, missing_ok: bool = False) -> None:
    if "messages" in path.parts:
        raise OSError(errno.EROFS, "held by the disk")
    if path.exists() or not missing_ok:
        os.unlink(path)  # noqa: PTH108 - Path's own is what is replaced
