"""`/log purge`: what would go is shown, its number is typed, and then it is gone for good."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kzbot.channel.identity import ELSEWHERE, GUILD, HOME, MEMBER, MODERATOR, OTHER_GUILD, SERVER_NAMES
from kzbot.channel.server import LocalChannel
from kzbot.cli.forgetting import forgets
from kzbot.querylog.rows import QueryRecord

NAME = SERVER_NAMES[GUILD]
pytestmark = pytest.mark.usefixtures("judged")


async def asked(bot: Any, *texts: str, **more: Any) -> None:
    usual: dict[str, Any] = {
        "asked_at": datetime.now(UTC) - timedelta(minutes=1),
        "user": MEMBER.id,
        "channel": 1,
        "server": HOME.guild,
        "command": "search",
        "status": "not_found",
        "items": 0,
        "took_ms": 1.0,
        "generation": None,
        "private": False,
    }
    for text in texts:
        await bot.log.record(QueryRecord(**{**usual, **more}, options={"query": text}))


async def purge(channel: LocalChannel, look: Any, **options: Any) -> Any:
    reply = await (await channel.command("log purge", options, by=MODERATOR)).filled()
    return look(reply.message)


async def held(bot: Any) -> set[str]:
    return {str(row.options.get("query")) for row in (await bot.log.recent(50))[0] if row.command == "search"}


async def test_what_would_go_is_shown_and_goes_once_its_number_is_typed(
    channel: LocalChannel, bot: Any, look: Any
) -> None:
    await asked(bot, "zqxsecret one", "zqxsecret two", "something else")
    seen = await purge(channel, look, search="ZQXsecret")
    assert seen.private and "2 questions would be erased" in seen.text and "cannot be undone" in seen.text
    assert "- /search: 2 questions" in seen.text and "searches of the log" not in seen.text
    assert seen.labels == ["Erase …", "Keep them"]
    form = (await channel.press(seen.id, seen.button("Erase …"), by=MODERATOR)).modal
    assert form is not None and "How many questions go?" in json.dumps(form)
    told = await look.settled(await channel.submit(form, {"typed": "3"}, by=MODERATOR))
    assert "so nothing was erased" in told.text and await held(bot) >= {"zqxsecret one", "zqxsecret two"}
    form = (await channel.press(told.id, told.button("Erase …"), by=MODERATOR)).modal
    assert form is not None
    done = await look.settled(await channel.submit(form, {"typed": " 2 "}, by=MODERATOR))
    assert "2 questions were erased" in done.text and done.labels == []
    assert await held(bot) == {"something else"}
    deed = (await bot.log.ledger.deeds(1))[0][0]
    assert (deed.action, deed.actor.user) == ("erase", MODERATOR.id)
    assert deed.details["by"] == ["search"] and "zqx" not in json.dumps(dict(deed.details)).casefold()


@pytest.mark.parametrize("between", [0.0, 60.0])
async def test_no_message_of_the_local_channel_holds_a_word_of_it_and_the_result_is_still_told(
    channel: LocalChannel, bot: Any, look: Any, monkeypatch: pytest.MonkeyPatch, between: float
) -> None:
    monkeypatch.setattr("kzbot.chat.progress._BETWEEN", between)  # at 0 the card tells how far it is
    bot.eraser.follow(forgets(channel, bot.log))
    await asked(bot, "zqxsecret one")
    for looking in ("log questions", "log unanswered", "log stats"):
        await (await channel.command(looking, {}, by=MODERATOR)).filled()
    seen = await purge(channel, look, search="zqxsecret")
    await (await channel.command("log questions", {}, by=MODERATOR)).filled()
    form = (await channel.press(seen.id, seen.button("Erase …"), by=MODERATOR)).modal
    await channel.submit(form or {}, {"typed": "1"}, by=MODERATOR)
    await channel.wait_for_message("1 question was erased", timeout=60)
    kept = [(json.dumps(one.body), one.asked) for one in channel.kept()]
    assert [asked for _, asked in kept] == ["/log purge"] and "zqx" not in str(kept)


async def test_the_words_that_were_searched_for_do_not_stay_in_the_log_either(
    channel: LocalChannel, bot: Any, look: Any
) -> None:
    await asked(bot, "zqxsecret")
    for command in ("log questions", "log export"):
        more = {"form": "csv"} if command == "log export" else {}
        await (await channel.command(command, {"search": "zqxsecret", **more}, by=MODERATOR)).filled()
    seen = await purge(channel, look, search="zqxsecret")
    assert "3 questions would be erased" in seen.text
    assert "2 of them are searches of the log in which these words were typed" in seen.text
    form = (await channel.press(seen.id, seen.button("Erase …"), by=MODERATOR)).modal
    assert form is not None
    done = await look.settled(await channel.submit(form, {"typed": "3"}, by=MODERATOR))
    assert "3 questions were erased" in done.text
    assert not [row for row in (await bot.log.recent(50))[0] if "zqxsecret" in json.dumps(dict(row.options))]
    folder = bot.log.path.parent
    assert not [file for file in folder.rglob("*") if file.is_file() and b"zqxsecret" in file.read_bytes()]


async def test_a_server_is_shown_by_its_name_where_the_bot_is_in_it(channel: LocalChannel, bot: Any, look: Any) -> None:
    gone = 987_654_321_987_654_321
    await asked(bot, "one")
    await asked(bot, "two", server=gone)
    seen = await purge(channel, look, server=str(HOME.guild))
    assert f"in the server {NAME}" in seen.text and str(HOME.guild) not in seen.text
    assert f"in the server {gone}" in (await purge(channel, look, server=str(gone))).text
    audit = look((await channel.command("log audit", {}, by=MODERATOR)).message)
    assert f"used /log purge server: {NAME}\n" in audit.text and f"used /log purge server: {gone}\n" in audit.text
    assert f"server: {NAME}" in str(audit.selects[0]["options"])
    reply = await channel.choose(audit.id, audit.selects[0]["custom_id"], ["1"], by=MODERATOR)
    assert f"- with: server: {NAME} ({HOME.guild})" in look(reply.message).text


async def test_keep_them_erases_nothing(channel: LocalChannel, bot: Any, look: Any) -> None:
    await asked(bot, "one")
    seen = await purge(channel, look, command="search")
    kept = await look.settled(await channel.press(seen.id, seen.button("Keep them"), by=MODERATOR))
    assert kept.text == "Nothing was erased." and await held(bot) == {"one"}


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({}, "Say which questions are to be erased"),
        ({"server": "nowhere"}, "is no id of a server"),
        ({"before": "the day after never"}, "the day after never"),
        ({"status": "failed"}, "No question fits"),
    ],
)
async def test_what_cannot_be_erased_is_said(
    channel: LocalChannel, bot: Any, look: Any, options: dict[str, str], says: str
) -> None:
    await asked(bot, "one")
    seen = await purge(channel, look, **options)
    assert says in seen.text and seen.labels == [] and await held(bot) == {"one"}


async def test_days_people_and_servers_narrow_what_goes(channel: LocalChannel, bot: Any, look: Any) -> None:
    old = datetime(2026, 1, 5, tzinfo=UTC)
    await asked(bot, "old", asked_at=old)
    await asked(bot, "elsewhere", asked_at=old, server=OTHER_GUILD)
    await asked(bot, "new")
    seen = await purge(channel, look, before="2026-01-06", server=str(HOME.guild), user=str(MEMBER.id))
    assert "1 question would be erased" in seen.text and "until" in seen.text
    none = await purge(channel, look, before="2026-01-05", server=str(HOME.guild))
    assert "No question fits" in none.text


async def test_a_server_that_the_bot_left_is_remembered_until_it_comes_back(
    channel: LocalChannel, bot: Any, settled: Any
) -> None:
    await channel.join(ELSEWHERE)
    await channel.outage(ELSEWHERE)
    await channel.outage(ELSEWHERE, over=True)
    assert await bot.log.states("left:") == {}
    await channel.leave(ELSEWHERE)
    await settled(lambda: bot.log.states("left:"), lambda left: set(left) == {str(OTHER_GUILD)})
    await channel.join(ELSEWHERE)
    await settled(lambda: bot.log.states("left:"), lambda left: left == {})


@pytest.fixture
def settled() -> Any:
    async def wait(read: Any, is_so: Any) -> None:
        async with asyncio.timeout(60):
            while True:
                if is_so(await read()):
                    return
                await asyncio.sleep(0.02)

    return wait


async def test_words_in_another_writing_are_counted_and_said_to_be_among_them(
    bot: Any, channel: LocalChannel, look: Any
) -> None:
    await asked(bot, "zqx Café", "ZQX CAFE", "zqx other")
    seen = await purge(channel, look, search="zqx cafe")
    assert "2 questions would be erased" in seen.text
    assert "accents and script make no difference" in seen.text
