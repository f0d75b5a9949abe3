"""`/privacy`: everybody sees what is kept about them, takes it away and has it deleted, and nobody else's with it."""

from __future__ import annotations

import asyncio
import io
import json
import sqlite3
import zipfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kzbot.channel.identity import DIRECT, ELSEWHERE, HOME, MEMBER, MODERATOR, NEWS, STRANGER
from kzbot.channel.server import LocalChannel
from kzbot.chat import replies
from kzbot.chat.cards.privacy import deleted_view, deleting_view, held_view
from kzbot.chat.handle import handle_for
from kzbot.operations.backups import Backups
from kzbot.operations.privacy.holdings import Holdings
from kzbot.querylog.erasing.scope import Erased
from kzbot.querylog.ledger.rows import Actor, Deed, Post, Report
from kzbot.querylog.personal import Held

HOSTILE = 'a\u2028b\x85c\n"]}\x00 \U0001f600 </script> @everyone'
HOME_SERVER = {"KZBOT_DISCORD__HOME_SERVER": str(HOME.guild)}


async def shown(channel: LocalChannel, look: Any, by: Any = MEMBER, where: Any = HOME) -> Any:
    return look((await channel.command("privacy show", {}, by=by, where=where)).message)


def files_of(channel: LocalChannel, message: Any) -> list[bytes]:
    found = [channel.messages.file(one["id"]) for one in message["attachments"]]
    assert all(one is not None for one in found)
    return [one for one in found if one is not None]


async def exported(channel: LocalChannel, by: Any = MEMBER, where: Any = HOME) -> Any:
    reply = await (await channel.command("privacy export", {}, by=by, where=where)).filled()
    messages = [one for one in (reply.message, *reply.followups) if one and one["attachments"]]
    (data,) = files_of(channel, messages[0])
    assert messages[0]["flags"] & 64, "a file with somebody's questions is seen by them only"
    return json.loads(data)


async def deleted(channel: LocalChannel, look: Any, by: Any = MEMBER, where: Any = HOME) -> Any:
    card = look((await channel.command("privacy delete", {}, by=by, where=where)).message)
    reply = await channel.press(card.id, card.button("Delete for good"), by=by)
    return look((await reply.filled()).message)


@pytest.mark.usefixtures("judged")
@pytest.mark.parametrize(
    ("by", "where"),
    [(MEMBER, HOME), (MODERATOR, HOME), (MEMBER, DIRECT), (STRANGER, ELSEWHERE), (STRANGER, DIRECT)],
)
@pytest.mark.parametrize("other_servers", ["ask", "leave"])
async def test_everybody_is_answered_everywhere_and_alone(
    channel: LocalChannel, start: Any, look: Any, by: Any, where: Any, other_servers: str
) -> None:
    services = await start({**HOME_SERVER, "KZBOT_DISCORD__OTHER_SERVERS": other_servers})
    card = await shown(channel, look, by, where)
    assert card.private and "Nothing but this very question." in card.text
    assert (await services.log.query(1)).command == "privacy show"
    found = await exported(channel, by, where)
    assert [one["command"] for one in found["questions"]] == ["privacy show", "privacy export"]
    said = {(one["user"], one["server"]) for one in found["questions"]}
    assert said == {(str(by.id), where.guild and str(where.guild))}, "ids are text, which no program rounds"
    assert all(one["channel"].isdecimal() for one in found["questions"])
    pressed = look((await (await channel.press(card.id, card.button("Export"), by=by)).filled()).message)
    asked = look((await (await channel.press(card.id, card.button("Delete"), by=by)).filled()).message)
    assert pressed.private and asked.private and "4 questions" not in asked.text and "3 questions" in asked.text
    gone = await deleted(channel, look, by, where)
    assert gone.private and "3 questions" in gone.text
    after = await shown(channel, look, by, where)
    assert "Nothing but this very question." in after.text and "deleted before is noted" in after.text


@pytest.mark.parametrize(
    ("environ", "says", "never"),
    [
        ({}, ["Your Discord id is kept as it is", "after 90 days", "7 days later", "this channel runs"], ["a code"]),
        (
            {"KZBOT_LOG__USER_IDS": "hashed", "KZBOT_LOG__DAYS": "1", "KZBOT_LOG__SERVER_DAYS": "0"},
            ["a code is kept that is made of it", "after 1 day,", "go at once"],
            ["id is kept as it is"],
        ),
        (
            {"KZBOT_LOG__USER_IDS": "none", "KZBOT_CORPUS__FETCH": "true"},
            ["Nothing that could be connected with you", "Not at all", "Pages that moderators name"],
            ["id is kept as it is", "a code"],
        ),
    ],
)
async def test_every_sentence_is_as_the_settings_are(
    channel: LocalChannel, start: Any, look: Any, environ: dict[str, str], says: list[str], never: list[str]
) -> None:
    await start({**HOME_SERVER, **environ})
    await channel.command("timeline", {"topic": "x"})
    card = await shown(channel, look)
    assert [one for one in says if one not in card.text] == [] == [one for one in never if one in card.text], card.text
    helped = look((await channel.command("help", {})).message)
    kept = {"hashed": "a code in the place of who asked", "none": "but not of who asked"}
    assert kept.get(environ.get("KZBOT_LOG__USER_IDS", ""), "with the ids of who asked") in helped.text
    assert "**/privacy**" in helped.text


async def test_where_no_ids_are_kept_only_wishes_can_be_taken_away(
    channel: LocalChannel, start: Any, look: Any
) -> None:
    services = await start({**HOME_SERVER, "KZBOT_LOG__USER_IDS": "none"})
    await channel.command("timeline", {"topic": "secret"})
    reply = await (await channel.command("privacy export", {})).filled()
    assert "nothing to take away" in look(reply.message).text
    card = look((await channel.command("privacy delete", {})).message)
    assert "nothing to delete" in card.text and "neither be exported" in card.text and card.buttons == []
    await asyncio.to_thread(wish, services.log.path, 1, MEMBER.id)
    assert "1 question** that you wish to hear of" in (await shown(channel, look)).text
    assert [one["query"] for one in (await exported(channel))["wishes"]] == [1]
    assert "1 wish to be told" in (await deleted(channel, look)).text
    assert (await services.log.query(1)) is not None, "nobody can tell whose question that was"


def wish(path: Path, query: int, user: int) -> None:
    """In a thread: the bot may be writing, and ends that in the loop."""
    with closing(sqlite3.connect(path, timeout=60)) as connection, connection:
        connection.execute("INSERT INTO wishes (at, query, user) VALUES ('2026-11-21', ?, ?)", (query, user))
        connection.execute(
            "INSERT INTO ratings (at, query, user, useful) VALUES ('2026-11-21', ?, ?, 1)", (query, user)
        )


async def test_what_only_a_backup_holds_can_be_deleted_too(channel: LocalChannel, start: Any, look: Any) -> None:
    """A wish that was taken back: of its question nobody knows who asked it, but a backup holds who wished."""
    services = await start({**HOME_SERVER, "KZBOT_LOG__USER_IDS": "none"})
    await channel.command("timeline", {"topic": "secret"})
    await asyncio.to_thread(wish, services.log.path, 1, MEMBER.id)
    backup = Backups(services.log.path.parent).make(services.clock())
    await services.log.review.unwish(1, MEMBER.id)
    await services.log._writer.write("DELETE FROM ratings", ())
    assert "1 wish to be told" in (await deleted(channel, look)).text
    with closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("SELECT count(*) FROM wishes").fetchone() == (0,)
    assert "nothing to delete" in look((await channel.command("privacy delete", {})).message).text


async def a_moderator_and_a_member(services: Any) -> None:
    """Deeds of a moderator, and a doubt of a member that the moderator settled."""
    ledger, now = services.log.ledger, services.clock()
    actor = Actor(place="discord", user=MODERATOR.id)
    await ledger.note(Deed(at=now, actor=actor, action="look", details={"user": str(MEMBER.id), "mine": MODERATOR.id}))
    await ledger.note(Deed(at=now, actor=actor, action="cancel", details={"candidate": "20261101T000000Z-00000000"}))
    report = Report(
        at=now,
        user=MEMBER.id,
        query=1,
        generation=None,
        kind="date",
        article="a",
        address="a:1",
        excerpt="in 1996",
        words="1996",
        said="my own words",
    )
    await ledger.take_report(report)
    await ledger.close_report(1, "dismissed", actor, now)


async def test_a_file_holds_all_of_ones_own_and_nothing_of_others(channel: LocalChannel, start: Any, look: Any) -> None:
    services = await start(HOME_SERVER)
    await channel.command("timeline", {"topic": "my topic"})
    await channel.command("timeline", {"topic": HOSTILE})
    await channel.command("timeline", {"topic": "their topic"}, by=MODERATOR)
    await asyncio.to_thread(wish, services.log.path, 1, MEMBER.id)
    await a_moderator_and_a_member(services)
    mine, theirs = await exported(channel), await exported(channel, MODERATOR)
    assert mine["questions"][1]["options"]["topic"] == HOSTILE, "to the letter"
    assert "my topic" in json.dumps(mine) and "their topic" not in json.dumps(mine)
    assert [one["said"] for one in mine["doubts"]] == ["my own words"] and str(MODERATOR.id) not in json.dumps(mine)
    assert [len(mine[name]) for name in ("wishes", "ratings")] == [1, 1] and "deeds" not in mine
    assert "what the bot kzbot keeps" not in mine["about"]["what"] and "kzbot" in mine["about"]["what"]
    assert str(MEMBER.id) not in json.dumps(theirs) and "my own words" not in json.dumps(theirs)
    assert {one["actor"] for name in ("deeds", "doubts_closed") for one in theirs[name] if "actor" in one} == {
        str(MODERATOR.id)
    } and theirs["doubts_closed"][0]["closed_by"] == str(MODERATOR.id)
    assert mine["doubts"][0]["user"] == mine["wishes"][0]["user"] == str(MEMBER.id), "ids are text in every part"
    assert [one["action"] for one in theirs["deeds"]][:2] == ["look", "cancel"] and theirs["doubts_closed"]
    card = await shown(channel, look, MODERATOR)
    assert "3 deeds** as a moderator" in card.text and "365 days" in card.text


async def test_what_is_too_large_for_one_file_comes_in_parts(
    channel: LocalChannel, start: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    await start({**HOME_SERVER, "KZBOT_DISCORD__COOLDOWN": "0"})
    for number in range(12):
        await channel.command("timeline", {"topic": f"topic number {number} " + "long " * 100})
    monkeypatch.setattr("kzbot.channel.interactions.FILE_BYTES", 24_000)
    reply = await (await channel.command("privacy export", {})).filled()
    zips = [data for one in (reply.message, *reply.followups) if one for data in files_of(channel, one)]
    assert len(zips) > 1 and all(len(one) <= 24_000 for one in zips)
    topics = []
    for number, data in enumerate(zips, 1):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            (name,) = archive.namelist()
            read = json.loads(archive.read(name))
        assert name == f"kzbot-privacy-{number}.json" and read["about"]["part"] == number
        topics += [one["options"].get("topic", "")[:15].strip() for one in read["questions"]]
    assert topics == [f"topic number {number}" for number in range(12)] + [""]


async def test_a_deletion_takes_ones_own_rows_and_leaves_those_of_others(
    channel: LocalChannel, start: Any, look: Any
) -> None:
    services = await start(HOME_SERVER)
    mine = look((await channel.command("timeline", {"topic": "my topic"})).message)
    theirs = look((await channel.command("timeline", {"topic": "their topic"}, by=MODERATOR)).message)
    await a_moderator_and_a_member(services)
    doubt = await post_of(channel, services)
    gone = await deleted(channel, look)
    assert "1 question" in gone.text and "1 wrong date or name" in gone.text and "Not a byte" in gone.text
    assert await services.log.query(mine.row) is None and await services.log.query(theirs.row) is not None
    pressed = look((await channel.press(mine.id, mine.button("Next"))).message)
    assert pressed.private and "not kept any more" in pressed.text and "deleted" in pressed.text
    assert doubt not in [one.id for one in channel.messages.in_place(NEWS)], "the post says what the person wrote"
    rows, _ = await services.log.recent(10)
    assert [(one.command, one.user, one.channel) for one in rows if one.command == "privacy delete"] == [
        ("privacy delete", None, None)
    ]
    deeds, _ = await services.log.ledger.deeds(1)
    assert (deeds[0].action, deeds[0].actor.user) == ("erase", None)


async def test_a_deletion_takes_the_question_that_is_being_answered(
    channel: LocalChannel, start: Any, made: Any, look: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = asyncio.Event()

    async def answer(question: Any, *given: Any) -> Any:
        if question.command == "search":
            await gate.wait()
        return await made.answer(question, *given)

    services = await start(HOME_SERVER, answer=answer)
    await channel.command("timeline", {"topic": "my topic"})
    card = look((await channel.command("privacy delete", {})).message)
    monkeypatch.setattr(replies, "PATIENCE", 0.0)
    reply = await channel.command("search", {"query": "zqxwordkj"})
    deletion = await channel.press(card.id, card.button("Delete for good"))
    assert deletion.type == 5, "it waits for the answer"
    gate.set()
    gone = look((await deletion.filled()).message)
    assert "2 questions" in gone.text
    await reply.filled()
    assert "search" not in [one.command for one in (await services.log.recent(10))[0]]
    assert not any(b"zqxwordkj" in file.read_bytes() for file in services.log.path.parent.rglob("*") if file.is_file())


async def post_of(channel: LocalChannel, services: Any) -> str:
    """A card about the member's doubt that the bot posted in a channel."""
    message = channel.messages.add({"content": "my own words"}, place=NEWS)
    posted = Post(at=services.clock(), purpose="doubt", about="1", channel=NEWS.channel, message=int(message.id))
    await services.log.ledger.posted(posted)
    return message.id


async def test_what_a_moderator_did_stays_under_a_code(channel: LocalChannel, start: Any, look: Any) -> None:
    services = await start(HOME_SERVER)
    await a_moderator_and_a_member(services)
    asked = look((await channel.command("privacy delete", {}, by=MODERATOR)).message)
    assert "365 days: it must be known who changed what" in asked.text and "your Discord id beside" in asked.text
    reply = await channel.press(asked.id, asked.button("Delete for good"), by=MODERATOR)
    await reply.filled()
    deeds, _ = await services.log.ledger.deeds(10)
    (cancelled,) = [one for one in deeds if one.action == "cancel"]
    assert cancelled.actor.user == services.log.people.hashed(MODERATOR.id) < 0
    after = (await shown(channel, look, MODERATOR)).text
    assert "2 deeds** as a moderator" in after, "they can still be found for them"
    again = look((await channel.command("privacy delete", {}, by=MODERATOR)).message)
    assert "1 question" in again.text and "your Discord id beside" not in again.text


async def test_the_button_works_for_a_quarter_of_an_hour_and_once(channel: LocalChannel, start: Any, look: Any) -> None:
    services = await start(HOME_SERVER)
    await channel.command("timeline", {})
    card = look((await channel.command("privacy delete", {})).message)
    old = (services.clock() - timedelta(minutes=16)).astimezone().isoformat()
    await services.log._writer.write("UPDATE queries SET asked_at = ? WHERE command = 'privacy delete'", (old,))
    late = look((await channel.press(card.id, card.button("Delete for good"))).message)
    assert "Type **/privacy delete** again" in late.text and await services.log.query(1) is not None
    fresh = look((await channel.command("privacy delete", {})).message)
    first = look((await (await channel.press(fresh.id, fresh.button("Delete for good"))).filled()).message)
    again = look((await (await channel.press(fresh.id, fresh.button("Delete for good"))).filled()).message)
    assert "1 question" in first.text and "nothing left to delete" in again.text


async def test_in_discord_its_messages_are_said_to_stay(start: Any) -> None:
    services = await start(HOME_SERVER)
    phrases, settings = services.phrases, services.settings
    held, erased = Holdings(questions=Held(2)), Erased({"queries": 2})
    handle = handle_for(1, "privacy show", None)

    def said(view: Any) -> str:
        return "\n".join(one.content for one in view.walk_children() if hasattr(one, "content"))

    here = said(held_view(phrases, settings, held, handle, local=True, home=True))
    there = said(held_view(phrases, settings, held, handle, local=False, home=False))
    assert "runs on the same machine" in here and "moderators of the bot's home server" in here
    assert "Only what Discord needs" in there and "same machine" not in there
    assert "Who operates the bot." in there and "moderators of the bot" not in there
    asked = said(deleting_view(phrases, settings, erased, held, handle, local=False))
    assert "those are Discord's messages" in asked and "in this channel" not in asked
    assert "still stand in Discord" in said(deleted_view(phrases, erased, held, local=False))
    assert "still stand in Discord" not in said(deleted_view(phrases, erased, held, local=True))
