"""Whatever is kept of people (log.user_ids), they turn, show, ask again and doubt as ever, and are never mixed up."""

from __future__ import annotations

from typing import Any

import pytest

from kzbot.channel.identity import DIRECT, MEMBER, MODERATOR
from kzbot.channel.server import LocalChannel
from kzbot.chat.cards.people import who
from kzbot.chat.handle import AGAIN, Handle
from kzbot.operations.corrections.doubting import MOST_OPEN, Doubters
from kzbot.phrases import DEFAULT_FOLDER, Phrases
from kzbot.querylog.ledger.rows import Actor, Report

HIDING = pytest.mark.parametrize("mode", ["hashed", "none"])


def again(card: Any) -> str:
    handle = Handle.parse(card.button("Next"))
    assert handle is not None
    return str(handle.to(AGAIN))


async def pressed(channel: LocalChannel, card: Any, custom_id: str, by: Any) -> Any:
    """A press of a button that the card is given here: the one that asks again stands on others."""
    message = channel.messages.get(card.id)
    button = {"type": 2, "id": 99, "style": 2, "label": "Ask again", "custom_id": custom_id}
    message.body["components"].append({"type": 1, "id": 98, "components": [button]})
    return (await channel.press(card.id, custom_id, by=by)).message


@HIDING
async def test_who_asked_turns_the_card_and_others_get_a_copy(
    channel: LocalChannel, start: Any, look: Any, mode: str
) -> None:
    services = await start({"KZBOT_LOG__USER_IDS": mode})
    card = look((await channel.command("timeline", {})).message)
    row = await services.log.query(card.row)
    assert row is not None and ((row.user is None) if mode == "none" else row.user < 0)
    copy = look((await channel.press(card.id, card.button("Next"), by=MODERATOR)).message)
    assert copy.private and "page 2" in copy.text
    turned = look((await channel.press(card.id, card.button("Next"))).message)
    assert turned.id == card.id and not turned.private and "page 2" in turned.text
    theirs = look(await pressed(channel, turned, again(card), MODERATOR))
    mine = look(await pressed(channel, turned, again(card), MEMBER))
    assert theirs.private and not mine.private


@HIDING
async def test_who_asked_privately_shows_it_in_the_channel_and_takes_it_away(
    channel: LocalChannel, start: Any, look: Any, mode: str
) -> None:
    await start({"KZBOT_LOG__USER_IDS": mode})
    card = look((await channel.command("timeline", {"topic": "confidential", "private": True})).message)
    shown = look((await channel.press(card.id, card.button("Show in channel"))).message)
    assert not shown.private and "confidential" in shown.text
    direct = look((await channel.command("timeline", {}, where=DIRECT)).message)
    turned = look((await channel.press(direct.id, direct.button("Next"))).message)
    assert turned.id == direct.id and "page 2" in turned.text
    select = next(one for one in card.components if one["type"] == 3 and ":f:" in one["custom_id"])
    taken = await channel.choose(card.id, select["custom_id"], ["csv"])
    assert taken.message is not None and taken.message["attachments"]


@HIDING
async def test_twenty_open_doubts_are_enough_of_one_person_and_nobody_else(start: Any, mode: str) -> None:
    services = await start({"KZBOT_LOG__USER_IDS": mode})
    ledger, clock = services.log.ledger, services.clock
    doubters = Doubters(ledger)

    def doubt(user: int, number: int) -> Report:
        words: dict[str, Any] = {"article": "a", "excerpt": "in 1996", "said": "", "query": None, "generation": None}
        return Report(at=clock(), user=user, kind="date", address=f"a:{number}", words="1996", **words)

    kinds = [(await doubters.take(doubt(MEMBER.id, number))).kind for number in range(MOST_OPEN + 1)]
    assert kinds == ["taken"] * MOST_OPEN + ["too_many"]
    assert (await doubters.take(doubt(MODERATOR.id, 100))).kind == "taken"
    await ledger.close_report(1, "dismissed", Actor(place="discord", user=MODERATOR.id), clock())
    assert (await doubters.take(doubt(MEMBER.id, 101))).kind == "taken"
    doubters.forget(lambda user: user == MEMBER.id)
    assert (await doubters.take(doubt(MEMBER.id, 102))).kind == ("taken" if mode == "none" else "too_many")


def test_people_are_named_by_what_is_kept() -> None:
    phrases = Phrases.load(DEFAULT_FOLDER, "en")
    assert who(phrases, MEMBER.id) == f"<@{MEMBER.id}>" and who(phrases, None) == "somebody"
    assert who(phrases, -(2**62 - 1)) == "person ffffffff"
