"""“Useful”, “Not useful” and “Tell me” under answers: for everybody who sees them, once a person, whatever is kept of people."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kzbot.channel.identity import HOME, MEMBER, MODERATOR
from kzbot.channel.server import LocalChannel
from kzbot.chat.handle import handle_for
from kzbot.chat.services import Services
from kzbot.querylog.people import Kept
from kzbot.querylog.review.rows import Ratings

pytestmark = pytest.mark.usefixtures("judged")
NOTHING = {"query": "nothing of it"}


async def rated(services: Services, row: int) -> tuple[int, int]:
    found = await services.log.review.ratings(row)
    return found.useful, found.not_useful


async def test_two_people_rate_a_public_card_each_once_and_may_change_it(
    channel: LocalChannel, bot: Services, look: Any
) -> None:
    seen = look((await channel.command("timeline", {"topic": "soldiers"})).message)
    assert seen.labels[-2:] == ["Useful", "Not useful"]
    told = look((await channel.press(seen.id, seen.button("Useful"))).message)
    assert told.private and told.text.startswith("Thank you") and "other button changes it" in told.text
    await channel.press(seen.id, seen.button("Not useful"), by=MODERATOR)
    assert await rated(bot, seen.row) == (1, 1)
    for _ in range(2):
        await channel.press(seen.id, seen.button("Not useful"))
    assert await rated(bot, seen.row) == (0, 2)
    turned = look((await channel.press(seen.id, seen.button("Next"))).message)
    assert turned.row == seen.row and turned.labels[-2:] == ["Useful", "Not useful"]
    await channel.press(turned.id, turned.button("Useful"), by=MODERATOR)
    assert await rated(bot, seen.row) == (1, 1)


@pytest.mark.parametrize(("kept", "expected"), [("hashed", Ratings(1, 1)), ("none", Ratings(0, 1))])
async def test_where_ids_are_not_kept_as_they_are(
    channel: LocalChannel, start: Any, look: Any, kept: Kept, expected: Ratings, tmp_path: Any
) -> None:
    """Of a hash one can tell two people apart; of nothing one cannot, and the last press stands for the question."""
    services = await start({"KZBOT_LOG__USER_IDS": kept})
    people = replace(services.log.people, mode=kept)
    services.log.review._people = people  # the made-up bot opens its log with ids as they are
    seen = look((await channel.command("timeline", {"topic": "soldiers"})).message)
    await channel.press(seen.id, seen.button("Not useful"))
    await channel.press(seen.id, seen.button("Useful"))
    await channel.press(seen.id, seen.button("Not useful"), by=MODERATOR)
    assert await services.log.review.ratings(seen.row) == expected
    assert (await services.log.review.groups(1))[0][0].people == (1 if kept == "hashed" else 0)


async def test_who_wishes_to_be_told_reads_that_the_id_is_kept_and_takes_it_back(
    channel: LocalChannel, bot: Services, look: Any
) -> None:
    seen = look((await channel.command("search", NOTHING)).message)
    assert seen.labels == ["Useful", "Not useful", "Tell me"]
    told = look((await channel.press(seen.id, seen.button("Tell me"))).message)
    assert told.private and "I keep your Discord id with the question, until you are told or it is purged" in told.text
    wish = await bot.log.review.wish_of(seen.row, MEMBER.id)
    assert wish is not None and wish.state == "open"
    back = look((await channel.press(seen.id, seen.button("Tell me"))).message)
    assert "taken back" in back.text and await bot.log.review.wish_of(seen.row, MEMBER.id) is None


@pytest.mark.parametrize(
    ("command", "given", "labels"),
    [
        ("search", {"query": "unclear"}, ["Useful", "Not useful", "Tell me"]),
        ("search", {"query": "soldiers"}, ["Useful", "Not useful", "Tell me"]),
        ("source", {"what": "article"}, ["Useful", "Not useful"]),
        ("timeline", {"topic": "x", "from": "2013", "to": "1997"}, []),
    ],
)
async def test_what_can_be_said_of_an_answer_depends_on_its_kind(
    channel: LocalChannel, bot: Services, look: Any, command: str, given: dict[str, Any], labels: list[str]
) -> None:
    """Ambiguous, partial, answered, and asked wrongly."""
    seen = look((await channel.command(command, given)).message)
    assert [one for one in seen.labels if one in ("Useful", "Not useful", "Tell me")] == labels


async def test_a_press_that_no_card_offers_is_told_to_be_old(channel: LocalChannel, bot: Services, look: Any) -> None:
    """Forged, as Discord would never let it through: a wish for what was answered, a rating of a moderator's card."""
    seen = look((await channel.command("timeline", {"topic": "soldiers"})).message)
    moderators = look((await channel.command("corpus history", {}, by=MODERATOR)).message)
    answered, own = handle_for(seen.row, "timeline", bot.shelf.id), handle_for(moderators.row, "corpus history", None)
    for handle in (answered.to("m"), own.to("y"), own.to("m"), replace(answered, kind="y", check="0" * 8)):
        button = {"type": 2, "id": 2, "style": 2, "label": "x", "custom_id": str(handle)}
        row = {"type": 1, "id": 1, "components": [button]}
        forged = channel.messages.add({"components": [row], "flags": 1 << 15}, place=HOME)
        told = look((await channel.press(forged.id, str(handle))).message)
        assert told.private and "Please ask again" in told.text
    assert await rated(bot, seen.row) == (0, 0) and await rated(bot, moderators.row) == (0, 0)
    assert await bot.log.review.wish_of(seen.row, MEMBER.id) is None
