"""Taking a timeline away: the whole list as a file, or a picture, for whoever asks for it alone."""

from __future__ import annotations

import copy
import csv
import io
import json
import threading
from datetime import date
from typing import Any

import pytest
from icalendar import Calendar
from PIL import Image

from kzbot.channel.identity import DIRECT, HOME, MEMBER, MODERATOR, Person
from kzbot.channel.interactions import COMPONENT, Reply
from kzbot.channel.messages import Message
from kzbot.channel.server import LocalChannel
from kzbot.channel.validation import walk_all
from kzbot.chat import replies
from kzbot.chat.forms import FORMS
from kzbot.chat.services import Services

pytestmark = pytest.mark.usefixtures("judged")
STATEMENTS, UNDATED = 13, 2


def offered(seen: Any) -> dict[str, Any]:
    """The select of forms on a card."""
    found: dict[str, Any] = next(one for one in seen.selects if one["placeholder"] == "Take away")
    return found


async def take(channel: LocalChannel, seen: Any, form: str, by: Person = MEMBER) -> Reply:
    reply = await channel.choose(seen.id, offered(seen)["custom_id"], [form], by=by)
    return await reply.filled()


def taken(channel: LocalChannel, message: Any) -> tuple[str, bytes]:
    """Name and bytes of the one file of a message."""
    (attachment,) = message["attachments"]
    data = channel.messages.file(attachment["id"])
    assert data is not None
    return attachment["filename"], data


def shown(message: Any, kind: int) -> dict[str, Any]:
    return next(one for one, _ in walk_all(message["components"]) if one["type"] == kind)


async def test_a_timeline_offers_five_forms_and_other_cards_none(
    channel: LocalChannel, bot: Services, look: Any
) -> None:
    seen = look((await channel.command("timeline", {"topic": "soldiers"})).message)
    select = offered(seen)
    labels = [one["label"] for one in select["options"]]
    assert labels == ["Picture (light)", "Picture (dark)", "CSV", "JSON", "Calendar"]
    assert tuple(one["value"] for one in select["options"]) == FORMS
    private = look((await channel.command("timeline", {"private": True})).message)
    assert offered(private)
    undated = look((await channel.press(seen.id, seen.button("Open"))).message)
    assert "In **2036" in undated.text and offered(undated)
    for name, options in (("search", {"query": "x"}), ("exercise", {"name": "x"}), ("timeline", {"topic": "nothing"})):
        assert not look((await channel.command(name, options)).message).selects


async def test_a_table_holds_the_whole_list_with_question_and_generation(
    channel: LocalChannel, bot: Services, look: Any
) -> None:
    seen = look((await channel.command("timeline", {"topic": "soldiers", "from": "1990"})).message)
    seen = look((await channel.press(seen.id, seen.button("Next"))).message)
    reply = await take(channel, seen, "csv")
    name, data = taken(channel, reply.message)
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    told = look(reply.message)
    assert reply.type == 4 and reply.private and told.id != seen.id
    assert name == "timeline-soldiers-1990-20261121T000000Z-11111111.csv"
    assert [row["list"] for row in rows] == ["dated"] * STATEMENTS + ["undated"] * UNDATED
    assert {row["question"] for row in rows} == {"/timeline topic: soldiers from: 1990"}
    assert {row["generation"] for row in rows} == {"20261121T000000Z-11111111"}
    assert "Timeline: soldiers" in told.text and f"{STATEMENTS} items" in told.text and told.row == seen.row
    assert shown(reply.message, 13)["name"] == name
    assert (await bot.log.recent(10))[1] == 1


async def test_json_is_what_the_terminal_prints(channel: LocalChannel, bot: Services, look: Any) -> None:
    seen = look((await channel.command("timeline", {"topic": "soldiers"})).message)
    name, data = taken(channel, (await take(channel, seen, "json")).message)
    made = json.loads(data)
    assert name.endswith(".json")
    assert (made["command"], made["options"]) == ("timeline", {"topic": "soldiers"})
    assert (len(made["items"]), len(made["undated"]), made["total"]) == (STATEMENTS, UNDATED, STATEMENTS)


async def test_a_calendar_can_be_read_by_a_calendar(channel: LocalChannel, bot: Services, look: Any) -> None:
    seen = look((await channel.command("timeline", {"topic": "soldiers"})).message)
    name, data = taken(channel, (await take(channel, seen, "ics")).message)
    events = list(Calendar.from_ical(data).walk("VEVENT"))
    assert name.endswith(".ics") and len(events) == STATEMENTS
    assert [events[0].decoded(name) for name in ("DTSTART", "DTEND")] == [date(1996, 1, 1), date(1997, 1, 1)]


@pytest.mark.parametrize("form", ["light", "dark"])
async def test_a_picture_stands_in_the_message_with_its_words(
    channel: LocalChannel, bot: Services, look: Any, form: str
) -> None:
    seen = look((await channel.command("timeline", {"topic": "soldiers"})).message)
    message = (await take(channel, seen, form)).message
    name, data = taken(channel, message)
    image = Image.open(io.BytesIO(data)).convert("RGB")
    (item,) = shown(message, 12)["items"]
    assert name.endswith(".png") and look(message).private
    assert item["description"].startswith("Timeline: soldiers") and "1996" in item["description"]
    assert (item["media"]["width"], item["media"]["height"]) == image.size
    ground = image.getpixel((0, 0))
    assert isinstance(ground, tuple) and (sum(ground) > 600) == (form == "light")


async def test_a_picture_begins_with_the_page_that_is_shown(channel: LocalChannel, bot: Services, look: Any) -> None:
    seen = look((await channel.command("timeline", {"topic": "soldiers"})).message)
    for _ in range(3):
        seen = look((await channel.press(seen.id, seen.button("Next"))).message)
    (last,) = shown((await take(channel, seen, "light")).message, 12)["items"]
    assert "13 to 13 of 13" in last["description"] and "2008" in last["description"]
    seen = look((await channel.press(seen.id, seen.button("Open"))).message)
    (whole,) = shown((await take(channel, seen, "light")).message, 12)["items"]
    assert "13 statements" in whole["description"] and "1996" in whole["description"]


async def test_files_are_made_beside_the_loop(
    channel: LocalChannel, bot: Services, look: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kzbot.output import exports, picture  # noqa: PLC0415

    threads = []

    def told(make: Any) -> Any:
        def watched(*given: Any, **more: Any) -> Any:
            threads.append(threading.current_thread())
            return make(*given, **more)

        return watched

    monkeypatch.setattr(exports, "export", told(exports.export))
    monkeypatch.setattr(picture, "draw", told(picture.draw))
    seen = look((await channel.command("timeline", {})).message)
    for form in FORMS:
        await take(channel, seen, form)
    assert len(threads) == len(FORMS) and threading.main_thread() not in threads


async def test_anybody_takes_a_public_card_away_for_themselves(channel: LocalChannel, bot: Services, look: Any) -> None:
    seen = look((await channel.command("timeline", {}, by=MEMBER)).message)
    reply = await take(channel, seen, "csv", by=MODERATOR)
    assert reply.private and taken(channel, reply.message)[1]
    copied = look((await channel.press(seen.id, seen.button("Next"), by=MODERATOR)).message)
    assert taken(channel, (await take(channel, copied, "csv", by=MODERATOR)).message)[1]
    direct = look((await channel.command("timeline", {}, where=DIRECT)).message)
    assert taken(channel, (await take(channel, direct, "csv")).message)[1]


async def test_a_private_card_is_taken_away_by_its_asker_only(channel: LocalChannel, bot: Services, look: Any) -> None:
    seen = look((await channel.command("timeline", {"topic": "confidential", "private": True})).message)
    assert b"confidential" in taken(channel, (await take(channel, seen, "csv")).message)[1]
    select = offered(seen)
    pressed = Message(copy.deepcopy(channel.messages.get(seen.id).body), HOME)
    data = {"custom_id": select["custom_id"], "component_type": 3, "values": ["csv"]}
    told = (await channel.interactions.ask(COMPONENT, data, MODERATOR, HOME, source=pressed)).message
    assert look(told).private and told is not None and not told["attachments"]
    assert "confidential" not in look(told).text


async def test_a_private_card_that_was_shown_in_the_channel_is_anybodys(
    channel: LocalChannel, bot: Services, look: Any
) -> None:
    seen = look((await channel.command("timeline", {"private": True})).message)
    public = look((await channel.press(seen.id, seen.button("Show in channel"))).message)
    reply = await take(channel, public, "ics", by=MODERATOR)
    assert reply.private and taken(channel, reply.message)[1]


async def test_a_file_comes_from_the_state_that_was_answered_from(
    channel: LocalChannel, bot: Services, look: Any
) -> None:
    seen = look((await channel.command("timeline", {})).message)
    await bot.shelf.swap("20261122T000000Z-22222222")
    name, _ = taken(channel, (await take(channel, seen, "json")).message)
    assert "20261121T000000Z-11111111" in name


@pytest.mark.parametrize("form", ["light", "csv"])
async def test_when_that_state_is_gone_one_can_ask_again(
    channel: LocalChannel, bot: Services, look: Any, form: str
) -> None:
    seen = look((await channel.command("timeline", {})).message)
    await bot.shelf.swap("20261122T000000Z-22222222")
    bot.shelf.states.pop("20261121T000000Z-11111111")  # type: ignore[attr-defined]
    told = look((await take(channel, seen, form)).message)
    assert told.private and "The corpus has changed" in told.text
    again = look((await channel.press(told.id, told.button("Ask again"))).message)
    assert "generation 20261122T000000Z-22222222" in again.text


async def test_what_takes_long_is_promised_first(
    channel: LocalChannel, bot: Services, look: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = look((await channel.command("timeline", {})).message)
    monkeypatch.setattr(replies, "PATIENCE", 0.0)
    for form, kind in (("light", 12), ("csv", 13)):
        reply = await take(channel, seen, form)
        assert reply.type == 5 and reply.private and not reply.followups
        assert shown(reply.message, kind) and taken(channel, reply.message)[1]


async def test_a_large_file_is_promised_before_it_is_sent(
    channel: LocalChannel, bot: Services, look: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kzbot.chat.presses.taking.QUICK", 1000)
    seen = look((await channel.command("timeline", {})).message)
    reply = await take(channel, seen, "json")
    assert reply.type == 5 and reply.private and taken(channel, reply.message)[1]


async def test_a_file_that_is_too_large_is_told_before_it_is_sent(
    channel: LocalChannel, bot: Services, look: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kzbot.channel.interactions.FILE_BYTES", 1000)
    seen = look((await channel.command("timeline", {})).message)
    reply = await take(channel, seen, "csv")
    assert reply.private and reply.message is not None and not reply.message["attachments"]
    assert "MB" in look(reply.message).text and "from and to" in look(reply.message).text


async def test_a_timeline_without_a_day_to_draw_says_so(
    channel: LocalChannel, start: Any, made: Any, look: Any
) -> None:
    async def answer(question: Any, state: Any, window: Any, today: Any) -> Any:
        items = tuple(made.evidence(number, date=None, dates=()) for number in range(3))
        return made.answered(question, state, items, window)

    await start({}, answer=answer)
    seen = look((await channel.command("timeline", {"articles": True})).message)
    told = look((await take(channel, seen, "dark")).message)
    assert told.private and "Nothing on this timeline has a date" in told.text
    assert taken(channel, (await take(channel, seen, "csv")).message)[1]


async def test_a_file_that_cannot_be_made_is_told(
    channel: LocalChannel, bot: Services, look: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*given: Any) -> Any:
        raise RuntimeError("no ink")

    monkeypatch.setattr("kzbot.chat.presses.taking.make", broken)
    seen = look((await channel.command("timeline", {})).message)
    told = look((await take(channel, seen, "light")).message)
    assert told.private and f"question {seen.row}" in told.text and "no ink" in caplog.text


async def test_a_form_of_another_version_is_answered_in_words(channel: LocalChannel, bot: Services, look: Any) -> None:
    seen = look((await channel.command("timeline", {})).message)
    pressed = Message(copy.deepcopy(channel.messages.get(seen.id).body), HOME)
    for values in (["xlsx"], []):
        data = {"custom_id": offered(seen)["custom_id"], "component_type": 3, "values": values}
        told = look((await channel.interactions.ask(COMPONENT, data, MEMBER, HOME, source=pressed)).message)
        assert told.private and "another version" in told.text
