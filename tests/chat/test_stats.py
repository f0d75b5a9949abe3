"""`/log stats`: the figures in words and as a picture, of the period that is chosen."""

from __future__ import annotations

import io
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PIL import Image

from kzbot.channel.identity import MODERATOR
from kzbot.channel.server import LocalChannel
from kzbot.channel.validation import walk_all
from kzbot.chat import replies
from kzbot.chat.services import Services
from kzbot.querylog.rows import QueryRecord

pytestmark = pytest.mark.usefixtures("judged")
NOW = datetime.now(UTC)
HOSTILE = "@everyone [x](https://evil.example) **\u202e`" + "W" * 300


@pytest.fixture
async def bot(start: Any) -> Services:
    """A bot whose day does not end while it is asked."""
    services: Services = await start(clock=lambda: NOW)
    return services


async def logged(bot: Services, *given: tuple[int, str, str], **values: Any) -> None:
    """Puts questions into the log: days ago, words, state."""
    for ago, words, status in given:
        usual: dict[str, Any] = {
            "asked_at": NOW - timedelta(days=ago),
            "user": 101,
            "channel": 202,
            "server": 303,
            "command": "search",
            "options": {"query": words},
            "status": status,
            "items": 1,
            "took_ms": 20.0,
            "generation": "g",
            "private": False,
        }
        await bot.log.record(QueryRecord(**{**usual, **values}))


async def asked(channel: LocalChannel, **options: Any) -> Any:
    return (await (await channel.command("log stats", options, by=MODERATOR)).filled()).message


def picture(channel: LocalChannel, message: Any) -> tuple[str, Image.Image]:
    """What the one picture of a card is described as, and the picture that was uploaded for it."""
    (gallery,) = [one for one, _ in walk_all(message["components"]) if one["type"] == 12]
    (attachment,) = message["attachments"]
    data = channel.messages.file(attachment["id"])
    assert data is not None and gallery["items"][0]["media"]["url"].startswith("http")
    return gallery["items"][0]["description"], Image.open(io.BytesIO(data)).convert("RGB")


async def test_figures_stand_in_words_and_on_a_picture(channel: LocalChannel, bot: Services, look: Any) -> None:
    await logged(bot, (0, "Steppe Eagle", "answered"), (1, "steppe eagle!", "not_found"), (40, "older", "answered"))
    await logged(bot, (1, "x", "denied"))
    message = await asked(channel)
    seen = look(message)
    alt, image = picture(channel, message)
    today = NOW.date()
    for said in (
        "**2 questions in 30 days, 0.0667 a day**",
        "50% answered in full: answered 1, not found 1",
        "half of them answered within 20 ms (median), 95 of 100 within 20 ms",
        "1 person asked",
        "/search 2 (50%)",
        "- **2 ×** /search query\\: Steppe Eagle",
        "-# Not counted: 1 denied.",
        "(UTC)",
    ):
        assert said in seen.text, said
    assert seen.private and "older" not in seen.text
    assert alt.startswith("Questions asked. ") and str(today.year) in alt and "2 × /search query: Steppe Eagle" in alt
    assert image.width == 720 and image.getpixel((0, 0)) == (255, 255, 255)
    rows, _ = await bot.log.recent(1)
    assert (rows[0].command, rows[0].status, rows[0].options) == ("log stats", "answered", {})


async def test_a_period_is_chosen_in_place_with_a_new_picture(channel: LocalChannel, bot: Services, look: Any) -> None:
    await logged(bot, (0, "newest", "answered"), (20, "older", "answered"), (400, "oldest", "answered"))
    message = await asked(channel, dark=True)
    seen = look(message)
    (select,) = seen.selects
    assert [one["label"] for one in select["options"] if one.get("default")] == ["The last 30 days"]
    texts, counts = [], []
    for choice in ("7", "30", "90", "all"):
        reply = await channel.choose(seen.id, select["custom_id"], [choice], by=MODERATOR)
        assert reply.type == 7 and look(reply.message).id == seen.id
        alt, image = picture(channel, reply.message)
        assert image.tobytes()[0] < 60, "the ground is dark"
        texts.append(look(reply.message).text)
        counts.append(alt.split(" question")[0].rsplit(" ", 1)[1])
    assert counts == ["1", "2", "2", "3"]
    assert "The log begins on" in texts[3] and "The log begins on" not in texts[2]
    assert "oldest" in texts[3] and "oldest" not in texts[2]


async def test_a_picture_that_takes_long_comes_in_a_message_of_its_own(
    channel: LocalChannel, bot: Services, look: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    await logged(bot, (0, "newest", "answered"), (20, "older", "answered"))
    seen = look(await asked(channel))
    monkeypatch.setattr(replies, "PATIENCE", 0.0)
    reply = await channel.choose(seen.id, seen.selects[0]["custom_id"], ["7"], by=MODERATOR)
    await channel.wait_for_message("in 7 days")
    (later,) = reply.followups
    assert reply.type == 6 and look(later).id != seen.id and look(later).private
    assert "in 7 days" in picture(channel, later)[0] and look(later).selects
    assert look(channel.messages.get(seen.id).body).text == seen.text


async def test_days_are_read_as_people_type_them(channel: LocalChannel, bot: Services, look: Any) -> None:
    await logged(bot, (0, "newest", "answered"), (1, "before", "answered"), (9, "older", "answered"))
    assert "**2 questions in 6 days" in look(await asked(channel, since="5 days")).text
    assert "**1 question in 1 day, 1 a day**" in look(await asked(channel, since="yesterday", until="yesterday")).text
    assert "**1 question in 5 days" in look(await asked(channel, until="5 days")).text


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"since": "blah @everyone"}, "“blah \\@everyone” is no time that I can read"),
        ({"until": "1999/.."}, "has no last day"),
        ({"since": "2026-02", "until": "2026-01"}, "Since (2026-02-01) lies after until (2026-01-31); swap them."),
    ],
)
async def test_days_that_cannot_be_read_are_told_in_words(
    channel: LocalChannel, bot: Services, look: Any, options: dict[str, str], said: str
) -> None:
    await logged(bot, (0, "newest", "answered"))
    seen = look(await asked(channel, **options))
    assert said in seen.text and not seen.selects and seen.private
    row = await bot.log.query(seen.row)
    assert row is not None and row.status == "bad_request"


async def test_an_empty_log_and_an_empty_period_say_so(channel: LocalChannel, bot: Services, look: Any) -> None:
    message = await asked(channel)
    assert "The log is empty" in look(message).text and not message["attachments"]
    await logged(bot, (50, "older", "answered"))
    message = await asked(channel)
    seen = look(message)
    assert "No question in this period." in seen.text and not message["attachments"] and seen.selects
    reply = await channel.choose(seen.id, seen.selects[0]["custom_id"], ["all"], by=MODERATOR)
    assert picture(channel, reply.message)[1].height > 500
    reply = await channel.choose(seen.id, seen.selects[0]["custom_id"], ["30"], by=MODERATOR)
    assert reply.message is not None and not reply.message["attachments"]


async def test_what_people_typed_is_harmless_however_much_it_is(
    channel: LocalChannel, bot: Services, look: Any
) -> None:
    await logged(bot, *((0, f"{at} {HOSTILE}", "answered") for at in range(12)), user=None)
    for at in range(30):
        await logged(bot, (0, HOSTILE, "answered"), command=f"command{at}", user=None)
    message = await asked(channel)
    seen = look(message)
    assert "\\@everyone" in seen.text and "and 19 more commands" in seen.text
    assert "how many people asked is not known" in seen.text
    assert len(picture(channel, message)[0]) <= 1024


async def test_the_picture_is_drawn_beside_the_loop(
    channel: LocalChannel, bot: Services, look: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kzbot.output.figures import picture as module  # noqa: PLC0415

    await logged(bot, (0, "newest", "answered"))
    drawn_in, draw = [], module.draw

    def watched(*given: Any, **more: Any) -> Any:
        drawn_in.append(threading.current_thread())
        return draw(*given, **more)

    monkeypatch.setattr(module, "draw", watched)
    await asked(channel)
    assert drawn_in and threading.main_thread() not in drawn_in
