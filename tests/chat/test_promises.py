"""What holds whatever is sent: the log row first, moderators checked on every press, private answers kept private."""

from __future__ import annotations

import asyncio
import copy
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kzbot.channel.identity import DIRECT, ELSEWHERE, HOME, MEMBER, MODERATOR, Person, Place
from kzbot.channel.interactions import COMPONENT, Reply
from kzbot.channel.messages import Message
from kzbot.channel.server import LocalChannel
from kzbot.channel.validation import walk_all
from kzbot.chat import replies
from kzbot.chat.handle import AGAIN, KINDS, LOG, SHOW, TEXT, Handle, handle_for
from kzbot.chat.services import Services

pytestmark = pytest.mark.usefixtures("judged")


class Watched(list[Any]):
    """What the bot sent, and which of the questions that it named were not in the file of the log at that moment."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.named: set[int] = set()
        self.missing: list[int] = []
        self._file = file

    def append(self, body: Any) -> None:
        super().append(body)
        named = {int(number) for number in re.findall(r"question (\d+)", str(body))}
        with closing(sqlite3.connect(f"{self._file.as_uri()}?mode=ro", uri=True)) as log:
            kept = {row[0] for row in log.execute("SELECT number FROM queries")}
        self.named |= named
        self.missing += named - kept


@pytest.fixture
def sent(tmp_path: Path) -> Watched:
    return Watched(tmp_path / "kzbot.db")


async def test_every_row_is_on_the_disk_when_its_answer_leaves(
    channel: LocalChannel, bot: Services, sent: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replies, "PATIENCE", 0.2)  # so that what is slow is promised first
    asked = ("soldiers", "hostile", "nothing", "unclear", "fail", "slow", "long")
    given = await asyncio.gather(
        *(channel.command("search", {"query": query, "private": bool(turn)}) for query in asked for turn in range(4)),
        *(
            channel.command(name, {}, by=by)
            for name in ("corpus status", "log questions")
            for by in (MEMBER, MODERATOR)
        ),
        *(channel.command("corpus reload", {}, by=by) for by in (MEMBER, MODERATOR)),
    )
    for reply in given:
        await reply.filled()
    assert sent.missing == []
    assert len(sent.named) >= len(asked) * 4


async def forged(channel: LocalChannel, seen: Any, custom_id: str, by: Person, where: Place = HOME) -> Reply:
    """A press that Discord would not let through: on whatever message, with whatever custom_id, by whoever."""
    pressed = Message(copy.deepcopy(channel.messages.get(seen.id).body), where)
    button = next(one for one, _ in walk_all(pressed.body["components"]) if one["type"] == 2 and not one.get("url"))
    button["custom_id"] = custom_id
    data = {"custom_id": custom_id, "component_type": 2}
    return await channel.interactions.ask(COMPONENT, data, by, where, source=pressed)


@pytest.mark.parametrize(
    ("by", "where"), [(MEMBER, HOME), (MEMBER, DIRECT), (MODERATOR, DIRECT), (MODERATOR, ELSEWHERE)]
)
async def test_pages_of_the_log_are_turned_by_moderators_at_home_only(
    channel: LocalChannel, start: Any, look: Any, by: Person, where: Place
) -> None:
    services = await start({"KZBOT_DISCORD__HOME_SERVER": str(HOME.guild)})
    for number in range(12):
        await channel.command("search", {"query": f"confidential {number}", "private": True})
    seen = look((await channel.command("log questions", {}, by=MODERATOR)).message)
    told = look((await forged(channel, seen, seen.button("Next"), by, where)).message)
    assert "confidential" not in told.text and told.private and told.id != seen.id
    rows, _ = await services.log.recent(1)
    assert (rows[0].status, rows[0].user) == ("denied", by.id)


async def test_no_press_runs_a_moderators_command_for_a_member(
    channel: LocalChannel, start: Any, made: Any, look: Any, caplog: pytest.LogCaptureFixture
) -> None:
    ran: list[str] = []

    class Keeper(made.NoKeeper):  # type: ignore[misc]
        async def _ran(self, *given: Any, **named: Any) -> Any:
            ran.append("keeper")
            raise RuntimeError("asked for by a moderator")

        reload = apply = cancel = roll_back = going_back = waiting = plan_named = _ran

    async def status() -> Any:
        ran.append("status")
        raise RuntimeError("asked for by a moderator")

    await start({}, keep=lambda log: Keeper(), status=status)
    await channel.command("search", {"query": "confidential", "private": True}, by=MODERATOR)
    for kind in KINDS:
        for command in ("log questions", "corpus reload", "corpus status"):
            public = look((await channel.command("timeline", {})).message)
            denied = look((await channel.command(command, {}, by=MEMBER)).message)
            handle = handle_for(denied.row, command, None).to(kind)
            reply = await forged(channel, public, str(handle), MEMBER)
            told = look((await reply.filled()).message)
            assert ran == [] and "confidential" not in told.text, (kind, command)
            assert told.private, (kind, command)


async def test_a_private_answer_is_shown_in_the_channel_by_its_asker_only(
    channel: LocalChannel, bot: Services, look: Any
) -> None:
    seen = look((await channel.command("timeline", {"topic": "confidential", "private": True})).message)
    public = look((await channel.command("timeline", {}, by=MODERATOR)).message)
    handle = Handle.parse(seen.button("Show in channel"))
    assert handle is not None and handle.kind == SHOW
    told = look((await forged(channel, public, str(handle), MODERATOR)).message)
    assert told.private and "confidential" not in told.text
    shown = look((await channel.press(seen.id, seen.button("Show in channel"))).message)
    copy = look((await channel.press(shown.id, shown.button("Next"), by=MODERATOR)).message)
    turned = look((await channel.press(copy.id, copy.button("Next"), by=MODERATOR)).message)
    assert copy.private and turned.private
    assert "Show in channel" not in copy.labels + turned.labels


async def test_a_card_asked_again_by_another_is_a_private_answer_of_their_own(
    channel: LocalChannel, bot: Services, look: Any
) -> None:
    seen = look((await channel.command("timeline", {})).message)
    handle = Handle.parse(seen.button("Next"))
    assert handle is not None
    again = look((await forged(channel, seen, str(handle.to(AGAIN)), MODERATOR)).message)
    row = await bot.log.query(again.row)
    assert again.private and row is not None and (row.user, row.private) == (MODERATOR.id, True)


@pytest.mark.parametrize("page", [0, 999_999_999])
async def test_a_forged_page_or_number_is_answered_in_words(
    channel: LocalChannel, bot: Services, look: Any, page: int
) -> None:
    for kind in KINDS.replace(LOG, ""):
        seen = look((await channel.command("timeline", {})).message)
        handle = Handle.parse(seen.button("Next"))
        assert handle is not None
        custom_id = str(handle.to(kind, page, page - page % 2 if kind == TEXT else page))
        answered = await (await forged(channel, seen, custom_id, MODERATOR)).filled()
        assert answered.modal or look(answered.message).text, f"{kind}: a form is an answer, too"


async def test_help_is_refused_where_nothing_is_answered(channel: LocalChannel, start: Any, look: Any) -> None:
    await start({"KZBOT_DISCORD__HOME_SERVER": str(HOME.guild), "KZBOT_DISCORD__OTHER_SERVERS": "leave"})
    seen = look((await channel.command("help", {}, where=ELSEWHERE)).message)
    assert seen.private and "soldiers" not in seen.text and "not answered in this server" in seen.text
