"""Each command in the channel: what a person asks, and the card that comes."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from kzbot.channel.identity import DIRECT, ELSEWHERE, HOME, MEMBER, MODERATOR
from kzbot.channel.server import LocalChannel
from kzbot.chat import replies
from kzbot.chat.services import Services
from kzbot.operations.log_filters import command_choices
from kzbot.operations.own_commands import OWN_COMMANDS

pytestmark = pytest.mark.usefixtures("judged")


async def test_a_timeline_shows_dates_excerpts_grounds_and_links(
    channel: LocalChannel, bot: Services, look: Any
) -> None:
    reply = await channel.command("timeline", {"topic": "exercises"})
    seen = look(reply.message)
    assert not seen.private
    assert "## Timeline: exercises" in seen.text
    assert "**1. 1996**" in seen.text and "**4. 1999**" in seen.text and "**5." not in seen.text
    assert "soldiers of \\*two\\* countries" in seen.text
    assert "published 14 November 2013" in seen.text
    assert "published between 24 June 2009 and 31 January 2011, inferred" in seen.text
    assert "(title inferred)" in seen.text
    assert "page 1 of 4 · 13 items · 2 without a date · 5 articles · generation 20261121T000000Z-11111111" in seen.text
    assert "+ 2 statements without a date of their own" in seen.text and "Open" in seen.labels
    assert seen.links == ["https://example.org/0#:~:text=In%201996", "https://example.org/2#:~:text=In%201998"]


async def test_the_row_is_in_the_log_before_the_answer_is_in_the_channel(
    channel: LocalChannel, bot: Services, look: Any
) -> None:
    reply = await channel.command("search", {"query": "soldiers", "from": "1997", "private": True})
    row = await bot.log.query(look(reply.message).row)
    assert row is not None
    assert (row.command, dict(row.options), row.status, row.items) == (
        "search",
        {"query": "soldiers", "from": "1997"},
        "partial",
        3,
    )
    assert (row.user, row.channel, row.server, row.private) == (MEMBER.id, HOME.channel, HOME.guild, True)


async def test_a_search_names_what_is_missing_and_the_spelling_that_matched(
    channel: LocalChannel, bot: Services, look: Any
) -> None:
    seen = look((await channel.command("search", {"query": "centrazbatt"})).message)
    assert "admiral" in seen.text
    assert "“centrazbatt” matched through CENTRAZBAT (spelling)" in seen.text
    assert "In **1996 the** made-up" in seen.text


async def test_an_exercise_tells_who_took_part_with_the_number_of_the_excerpt(
    channel: LocalChannel, bot: Services, look: Any
) -> None:
    seen = look((await channel.command("exercise", {"name": "madex"})).message)
    assert "## MADEX" in seen.text
    assert "Other spellings: Madex, Мадекс" in seen.text
    assert "Editions: 1996 \\[1\\], 1997 \\[2\\], 1998 \\[3\\]" in seen.text
    assert "**1997**, units: Country 1 \\[2\\]" in seen.text
    assert "**edition not stated**: Country 0 \\[1\\]" in seen.text


async def test_a_long_profile_has_pages_of_its_own(channel: LocalChannel, bot: Services, look: Any) -> None:
    reply = await channel.command("exercise", {"name": "crowded"})
    seen, read = look(reply.message), ""
    while True:
        read += seen.text
        if "page 3 of" in seen.text and "**1. 1996**" in read:
            break
        reply = await channel.press(seen.id, seen.button("Next"))
        seen = look(reply.message)
    assert all(f"Country {at} " in read or f"Country {at}," in read for at in range(90))


async def test_a_source_shows_its_card_and_its_text_page_by_page(
    channel: LocalChannel, bot: Services, made: Any, look: Any
) -> None:
    seen = look((await channel.command("source", {"what": "soldiers"})).message)
    assert "Publisher: The \\_Made\\_ Times" in seen.text and "Author: A. N. Author" in seen.text
    assert "Published between 24 June 2009 and 31 January 2011, inferred\n-# the page names the month" in seen.text
    assert "https://archive.example.org/1" in seen.links
    page = look((await channel.press(seen.id, seen.button("Full text"))).message)
    assert page.private and page.id != seen.id
    pages = [page.texts[0]]
    while not next(one for one in page.buttons if one["label"] == "Next").get("disabled"):
        after = look((await channel.press(page.id, page.button("Next"))).message)
        assert after.id == page.id
        page = after
        pages.append(page.texts[0])
    read = " ".join(text.split("\n", 1)[1].replace("\\", "") for text in pages)
    expected = "\n\n".join(f"Paragraph {number}: *words* that are _not_ marked. " * 8 for number in range(30))
    assert read.split() == expected.split()


async def test_not_found_is_said_plainly_with_what_was_tried(channel: LocalChannel, bot: Services, look: Any) -> None:
    seen = look((await channel.command("search", {"query": "nothing"})).message)
    assert "## Not found" in seen.text and "No passage answers “nothing”." in seen.text
    assert "all 5 articles (1997-2013)" in seen.text
    assert "Spellings tried: nothin" in seen.text and "Something \\*else\\*" in seen.text


async def test_suggestions_are_within_what_discord_takes_and_not_logged(channel: LocalChannel, bot: Services) -> None:
    choices = await channel.autocomplete("timeline", "from", "19")
    assert len(choices) >= 20 and all(len(one["name"]) <= 100 and len(one["value"]) <= 100 for one in choices)
    assert await channel.autocomplete("exercise", "name", "fail") == []
    assert (await bot.log.recent(10))[1] == 0


async def test_a_6000_character_option_is_answered_and_logged_whole(
    channel: LocalChannel, bot: Services, look: Any
) -> None:
    typed = "@everyone **x** [a](https://evil.test) " * 160
    seen = look((await channel.command("search", {"query": typed[:6000]})).message)
    row = await bot.log.query(seen.row)
    assert row is not None and row.options["query"] == typed[:6000]
    assert "@everyone" not in seen.text.replace("\\@everyone", "")


async def test_hostile_articles_stay_dead_and_whole(channel: LocalChannel, bot: Services, made: Any, look: Any) -> None:
    reply = await channel.command("search", {"query": "hostile"})
    seen = look(reply.message)
    assert reply.message is not None and reply.message["mention_everyone"] is False
    assert "\\@everyone \\<\\@1\\> \\[click\\](https\\://evil.test)" in seen.text
    assert seen.links == []


async def test_an_answer_that_breaks_down_is_logged_and_told_with_its_number(
    channel: LocalChannel, bot: Services, look: Any, caplog: pytest.LogCaptureFixture
) -> None:
    seen = look((await channel.command("search", {"query": "fail"})).message)
    row = await bot.log.query(seen.row)
    assert seen.private and row is not None and row.status == "failed"
    assert "answering broke down" not in seen.text and "answering broke down" in caplog.text


async def test_what_the_log_cannot_take_is_not_answered(
    channel: LocalChannel, bot: Services, look: Any, caplog: pytest.LogCaptureFixture
) -> None:
    await bot.log.close()
    seen = look((await channel.command("timeline", {})).message)
    assert seen.private and "1996" not in seen.text and "log" in seen.text


async def test_help_lists_every_command_and_questions_that_this_corpus_answers(
    channel: LocalChannel, bot: Services, look: Any
) -> None:
    seen = look((await channel.command("help", {})).message)
    assert seen.private
    assert all(
        f"**/{name}**" in seen.text for name in ("timeline", "exercise", "source", "search", "new", "check quote")
    )
    assert "**Check quotes**, in the menu of a message" in seen.text
    assert "/search query\\: soldiers" in seen.text and "/corpus" not in seen.text
    moderator = look((await channel.command("help", {}, by=MODERATOR)).message)
    assert "**/corpus reload**" in moderator.text and "**/log questions**" in moderator.text


async def test_a_slow_answer_is_promised_first(
    channel: LocalChannel, bot: Services, look: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replies, "PATIENCE", 0.0)
    reply = await channel.command("search", {"query": "soldiers", "private": True})
    assert reply.type == 5
    seen = look((await reply.filled()).message)
    assert seen.private and "admiral" in seen.text


async def test_reversed_dates_offer_the_swap(channel: LocalChannel, bot: Services, look: Any) -> None:
    reply = await channel.command("timeline", {"topic": "x", "from": "2013", "to": "1997"})
    seen = look(reply.message)
    (label,) = seen.labels
    assert label == "Ask instead: /timeline topic: x from: 1997 to: 2013"
    after = look((await channel.press(seen.id, seen.button(label))).message)
    assert after.id == seen.id and "**1. 1996**" in after.text
    assert "filtered by the date of the statement: from 1997, to 2013" in after.text


async def test_private_is_the_option_then_the_channel_then_the_setting(
    channel: LocalChannel, start: Any, look: Any
) -> None:
    await start({"KZBOT_DISCORD__PRIVATE_CHANNELS": str(HOME.channel)})
    assert look((await channel.command("timeline", {})).message).private
    assert not look((await channel.command("timeline", {"private": False})).message).private


async def test_a_channel_can_be_public_where_private_is_the_rule(channel: LocalChannel, start: Any, look: Any) -> None:
    await start({"KZBOT_DISCORD__PRIVATE": "true", "KZBOT_DISCORD__PUBLIC_CHANNELS": str(HOME.channel)})
    assert not look((await channel.command("timeline", {})).message).private


async def test_questions_are_answered_in_direct_messages(channel: LocalChannel, bot: Services, look: Any) -> None:
    seen = look((await channel.command("timeline", {"private": True}, where=DIRECT)).message)
    assert "**1. 1996**" in seen.text and "Show in channel" not in seen.labels
    row = await bot.log.query(seen.row)
    assert row is not None and row.server is None


async def test_another_server_is_refused_where_the_setting_says_so(
    channel: LocalChannel, start: Any, look: Any
) -> None:
    services = await start({"KZBOT_DISCORD__HOME_SERVER": str(HOME.guild), "KZBOT_DISCORD__OTHER_SERVERS": "leave"})
    seen = look((await channel.command("timeline", {}, where=ELSEWHERE)).message)
    row = await services.log.query(seen.row)
    assert seen.private and "not answered in this server" in seen.text
    assert row is not None and row.status == "denied"
    assert await channel.autocomplete("timeline", "topic", "x", where=ELSEWHERE) == []


async def test_another_server_is_left_where_the_setting_says_so(channel: LocalChannel, start: Any) -> None:
    await start({"KZBOT_DISCORD__HOME_SERVER": str(HOME.guild), "KZBOT_DISCORD__OTHER_SERVERS": "leave"})
    await channel.join(ELSEWHERE)
    async with asyncio.timeout(60):
        while ELSEWHERE.guild in channel.gateway.guilds:  # noqa: ASYNC110 - the channel tells nobody
            await asyncio.sleep(0.02)
    assert channel.gateway.guilds == [HOME.guild]


@pytest.mark.parametrize("command", ["corpus status", "corpus reload", "log questions"])
@pytest.mark.parametrize(
    ("by", "where", "says"),
    [
        (MEMBER, HOME, "Only moderators"),
        (MODERATOR, DIRECT, "home server only"),
        (MODERATOR, ELSEWHERE, "home server only"),
    ],
)
async def test_moderators_commands_are_refused_to_all_others(
    channel: LocalChannel, start: Any, look: Any, command: str, by: Any, where: Any, says: str
) -> None:
    services = await start({"KZBOT_DISCORD__HOME_SERVER": str(HOME.guild)})
    seen = look((await channel.command(command, {}, by=by, where=where)).message)
    row = await services.log.query(seen.row)
    assert seen.private and says in seen.text
    assert row is not None and (row.status, row.command, row.user) == ("denied", command, by.id)


async def test_the_terminal_knows_every_command_of_the_chat(bot: Services, channel: LocalChannel) -> None:
    def leaves(name: str, options: list[dict[str, Any]]) -> list[str]:
        within = [one for one in options if one["type"] in (1, 2)]
        return [leaf for one in within for leaf in leaves(f"{name} {one['name']}", one.get("options", []))] or [name]

    slash = [one for one in channel.commands.all() if one.get("type", 1) == 1]
    had = {leaf for one in slash for leaf in leaves(one["name"], one.get("options", []))}
    async with bot.shelf.current() as generation:
        profiles = await bot.profiles(generation)
    assert profiles, "nothing would be proved of them"
    known = set(command_choices("", {*profiles, *OWN_COMMANDS}))
    assert sorted(known ^ had) == [], "mend kzbot/operations/own_commands.py"
