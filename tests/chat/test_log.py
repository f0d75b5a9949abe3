"""`/log questions`, `/log export` and `/log audit`: what moderators see of what was asked and done, and take away."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any

import aiohttp
import pytest

from kzbot.channel.identity import ELSEWHERE, HOME, MEMBER, MODERATOR, NEWS
from kzbot.channel.server import LocalChannel
from kzbot.chat.escape import unescape
from kzbot.chat.services import Services
from kzbot.output.questions_file import COLUMNS, OF_THE_FILE
from kzbot.output.table import exact
from kzbot.querylog.ledger.rows import TERMINAL, Deed, OverlayRecord
from tests.chat.asked_rows import LEFT, TODAY, keep, numbers, some

pytestmark = pytest.mark.usefixtures("judged")


@pytest.fixture
async def bot(start: Any) -> Services:
    """A bot whose day is the 22nd of November 2026."""
    services: Services = await start({"KZBOT_DISCORD__HOME_SERVER": str(HOME.guild)}, clock=lambda: TODAY)
    return services


@pytest.fixture
def ask(channel: LocalChannel, look: Any) -> Callable[..., Any]:
    """What a moderator is shown of one of the commands, with its options."""

    async def asked(name: str, /, **options: Any) -> Any:
        return look((await (await channel.command(name, options, by=MODERATOR)).filled()).message)

    return asked


@pytest.mark.parametrize(
    ("options", "found", "says"),
    [
        ({"since": "2026-11"}, [6, 5, 4, 3, 2], "Only from 1 November 2026"),
        ({"until": "october 2026"}, [1], "Only until 31 October 2026"),
        ({"since": "yesterday", "until": "2026-11-21"}, [6, 5, 4, 3], "from 21 November 2026 · until 21 November 2026"),
        ({"since": "3 days"}, [6, 5, 4, 3], "from 19 November 2026"),
        ({"command": "exercise"}, [2], "command exercise"),
        ({"command": "/Corpus Reload"}, [5], "command /Corpus Reload"),
        ({"command": "check quote"}, [6], "command check"),
        ({"status": "not_found"}, [3], "status not found"),
        ({"user": LEFT}, [4], f"asked by <@{LEFT}>"),
        ({"user": "@Member"}, [5, 3, 2, 1], f"asked by <@{MEMBER.id}>"),
        ({"channel": "#news"}, [4], f"in <#{NEWS.channel}>"),
        ({"search": "CAMELS **and**"}, [3], "with “CAMELS \\*\\*and\\*\\*”"),
        ({"status": "answered", "user": MEMBER.id, "since": "2026-11", "search": "kadex"}, [2], "status answered"),
    ],
)
async def test_questions_are_narrowed_and_the_card_says_how(
    bot: Services, ask: Any, options: dict[str, Any], found: list[int], says: str
) -> None:
    await some(bot)
    seen = await ask("log questions", **options)
    shown = [number for number in numbers(seen.text) if number <= 6]
    assert seen.private and shown == found
    assert says.replace("/Corpus Reload", "corpus reload") in seen.text and "days in UTC" in seen.text


async def test_a_search_does_not_find_itself_on_any_page_nor_in_its_file(
    bot: Services, channel: LocalChannel, ask: Any, look: Any
) -> None:
    seen = await ask("log questions", search="zqxcamel")
    assert "No question fits." in seen.text and numbers(seen.text) == [] and not seen.selects
    for _ in range(11):
        await keep(bot, options={"query": "zqxcamel"})
    seen = await ask("log questions", search="zqxcamel")
    assert numbers(seen.text) == [12, 11, 10, 9, 8, 7, 6, 5, 4, 3] and "1–10 of 12 questions" in seen.text
    older = look((await channel.press(seen.id, seen.button("Next"), by=MODERATOR)).message)
    assert numbers(older.text) == [2, 1] and "11–12 of 12 questions" in older.text
    newer = look((await channel.press(seen.id, older.button("Previous"), by=MODERATOR)).message)
    assert numbers(newer.text) == numbers(seen.text)
    reply = await channel.choose(seen.id, seen.selects[0]["custom_id"], ["jsonl"], by=MODERATOR)
    await reply.filled()
    file = (await fetched(channel, look(reply.followups[-1] if reply.followups else reply.message))).splitlines()
    assert json.loads(file[0])["questions"] == 12 == len(file) - 1
    assert numbers((await ask("log questions")).text)[0] == 13, "nor does a list of all questions hold itself"


async def test_a_line_tells_who_where_how_and_what_was_thought_of_it(bot: Services, ask: Any) -> None:
    await some(bot)
    await bot.log._writer.write(
        "INSERT INTO ratings (at, query, user, useful) VALUES (?, ?, ?, ?)", (TODAY.isoformat(), 3, 1, 0)
    )
    await bot.log._writer.write("UPDATE queries SET took_ms = 'soon' WHERE number = 2", ())
    text = (await ask("log questions")).text
    assert "**2.** row 2 cannot be read\\: took\\_ms damaged\n**1.**" in text
    lines = dict(re.findall(r"^\*\*(\d)\.\*\* .*\n(-# .*)$", text, re.MULTILINE))
    assert f"<@{MEMBER.id}> · <t:1795251600:f> · <#{HOME.channel}> · not found" in lines["3"]
    assert "not useful: 1" in lines["3"] and "useful" not in lines["4"]
    assert "direct message" in lines["5"] and "private" in lines["5"]
    assert lines["6"].startswith("-# somebody · ") and "failed" in lines["6"]
    assert "camels \\*\\*and\\*\\* \\[boats\\](https\\://evil.test)" in text


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"since": "the day of the camel"}, "is no time that I can read; try yesterday, 3 days, last week"),
        ({"until": "since 2020"}, "has no last day"),
        ({"since": "2026-11-20", "until": "2026-11-19"}, "swap"),
        ({"command": "timelin @everyone"}, "“timelin \\@everyone”; it may have those of /timeline."),
        ({"command": "timelin"}, "it may have those of /timeline."),
        ({"command": "camels"}, ", /timeline, "),
        ({"search": "x" * 201}, "200 characters at most"),
    ],
)
async def test_wrong_words_are_refused_with_how_to_write_it(
    bot: Services, ask: Any, options: dict[str, Any], says: str
) -> None:
    seen = await ask("log questions", **options)
    row = await bot.log.query(1)
    assert seen.private and says in seen.text and "@everyone" not in seen.text.replace("\\@everyone", "")
    assert row is not None and row.status == "bad_request"
    ((deed,), total) = await bot.log.ledger.deeds(1)
    assert (total, deed.action, deed.about, deed.actor.user) == (1, "look", 1, MODERATOR.id)
    assert deed.details == {"command": "log questions", "options": options, "result": "refused"}


async def test_a_command_that_is_refused_stands_in_the_audit(bot: Services, ask: Any) -> None:
    await ask("log questions", since="garbage")
    await ask("log purge", before="garbage", search="zqxwords")
    text = unescape((await ask("log audit", action="look")).text)
    assert f"**1.** <@{MODERATOR.id}> used /log questions since: garbage, which was refused" in text
    assert f"**2.** <@{MODERATOR.id}> used /log purge, which was refused" in text, "no word of what was to go"


async def test_where_people_are_hashed_neither_log_nor_ledger_holds_the_id(
    bot: Services, channel: LocalChannel, look: Any
) -> None:
    object.__setattr__(bot.log.people, "mode", "hashed")
    await keep(bot)
    seen = look((await channel.command("log questions", {"user": MEMBER.id}, by=MODERATOR)).message)
    rows, _ = await bot.log.recent(1)
    deeds, _ = await bot.log.ledger.deeds(1)
    assert numbers(seen.text) == [1] and "asked by person " in seen.text and str(MEMBER.id) not in seen.text
    assert str(MEMBER.id) not in json.dumps([dict(rows[0].options), dict(deeds[0].details)])
    object.__setattr__(bot.log.people, "mode", "none")
    seen = look((await channel.command("log questions", {"user": MEMBER.id}, by=MODERATOR)).message)
    assert "does not keep who asked" in seen.text


async def test_pages_are_turned_to_both_ends_and_new_questions_move_nothing(
    bot: Services, channel: LocalChannel, ask: Any, look: Any
) -> None:
    for _ in range(34):
        await keep(bot)

    async def press(seen: Any, label: str) -> Any:
        return look((await channel.press(seen.id, seen.button(label), by=MODERATOR)).message)

    first = await ask("log questions", command="search")
    assert numbers(first.text) == list(range(34, 24, -1)) and "1–10 of 34 questions" in first.text
    disabled = {one["label"] for one in first.buttons if one.get("disabled")}
    assert disabled == {"Newest", "Previous"}
    await keep(bot)
    second = await press(first, "Next")
    assert numbers(second.text) == list(range(24, 14, -1)) and "11–20 of 35" in second.text
    last = await press(second, "Oldest")
    assert numbers(last.text) == [5, 4, 3, 2, 1] and "31–35 of 35" in last.text
    before = await press(last, "Previous")
    assert numbers(before.text) == list(range(15, 5, -1)) and "21–30 of 35" in before.text
    newest = await press(before, "Newest")
    assert numbers(newest.text)[0] == 36 and newest.id == first.id


async def test_long_hostile_questions_fit_all_ten(bot: Services, ask: Any) -> None:
    for _ in range(10):
        await keep(bot, options={"query": "ж*_`|" * 300}, user=2**63 - 1, channel=2**63 - 1, server=2**63 - 1)
    seen = await ask("log questions", user=MEMBER.id, search="ж" * 200)
    assert "No question fits." in seen.text
    seen = await ask("log questions", command="search")
    assert len(numbers(seen.text)) == 10 and "1–10 of 10 questions" in seen.text


async def test_commands_are_suggested_from_what_the_bot_has_and_what_its_log_holds(
    bot: Services, channel: LocalChannel, look: Any
) -> None:
    await keep(bot, command="once there")
    choices = await channel.autocomplete("log questions", "command", "o", by=MODERATOR)
    assert {"name": "/once there", "value": "once there"} in choices and choices[0]["value"] == "once there"
    assert "corpus reload" in [one["value"] for one in choices]
    await keep(bot, command="check")
    checks = await channel.autocomplete("log questions", "command", "check", by=MODERATOR)
    assert [one["name"] for one in checks] == ["/check quote"], "a command stands there once, as it is typed"
    asked = await channel.command("log questions", {"command": "check quote"}, by=MODERATOR)
    assert "Only command check quote\n**2.** " in look(asked.message).text
    assert await channel.autocomplete("log questions", "command", "", by=MEMBER) == []


async def taken(channel: LocalChannel, look: Any, form: str, **options: Any) -> tuple[Any, bytes]:
    reply = await channel.command("log export", {"form": form, **options}, by=MODERATOR)
    await reply.filled()
    seen = look(reply.followups[-1] if reply.followups else reply.message)
    return seen, await fetched(channel, seen)


async def fetched(channel: LocalChannel, seen: Any) -> bytes:
    (attachment,) = channel.messages.get(seen.id).body["attachments"]
    async with aiohttp.ClientSession() as session, session.get(attachment["url"]) as answer:
        return await answer.read()


async def test_csv_holds_every_column_to_the_letter_and_nothing_that_a_spreadsheet_would_calculate(
    bot: Services, channel: LocalChannel, look: Any
) -> None:
    await some(bot)
    hostile = '=HYPERLINK("https://evil.test")\n\'; @SUM(1)'
    number = await keep(bot, options={"query": hostile, "from": "+1"})
    seen, data = await taken(channel, look, "csv", command="search", since="2026-11")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert seen.private and tuple(rows[0]) == (*COLUMNS, *OF_THE_FILE)
    assert [int(row["number"]) for row in rows] == [number, 4, 3] and "3 questions of the log" in seen.text
    assert rows[1]["user"] == f"'{LEFT}" and exact(rows[0]["channel"]) == str(HOME.channel)
    assert json.loads(exact(rows[0]["options"])) == {"query": hostile, "from": "+1"}
    assert {row["filters"] for row in rows} == {"from 1 November 2026; command search"}
    assert {row["questions"] for row in rows} == {"3"} and {row["exported_at"] for row in rows} == {TODAY.isoformat()}
    assert not [cell for row in rows for cell in row.values() if cell[:1] in "=+-@" and cell[:1]]


async def test_json_lines_begin_with_what_they_were_narrowed_by(
    bot: Services, channel: LocalChannel, look: Any
) -> None:
    await some(bot)
    _, data = await taken(channel, look, "jsonl", status="not_found")
    head, row = map(json.loads, data.splitlines())
    assert head == {"filters": "status not found", "exported_at": TODAY.isoformat(), "questions": 1}
    assert row["number"] == 3 and row["user"] == str(MEMBER.id) and row["options"]["query"].startswith("camels")
    deeds, _ = await bot.log.ledger.deeds(9)
    assert [(deed.action, deed.details["questions"], deed.actor.user) for deed in deeds] == [
        ("export", 1, MODERATOR.id)
    ]


async def test_the_card_hands_over_what_it_was_narrowed_by(
    bot: Services, channel: LocalChannel, ask: Any, look: Any
) -> None:
    await some(bot)
    card = await ask("log questions", status="not_found")
    reply = await channel.choose(card.id, card.selects[0]["custom_id"], ["jsonl"], by=MODERATOR)
    await reply.filled()
    seen = look(reply.followups[-1] if reply.followups else reply.message)
    assert json.loads((await fetched(channel, seen)).splitlines()[1])["number"] == 3


async def test_where_no_question_fits_that_is_said_and_no_empty_file_is_sent(
    bot: Services, ask: Any, channel: LocalChannel
) -> None:
    await some(bot)
    seen = await ask("log export", form="csv", since="2099")
    assert "No question fits." in seen.text and "Only from 1 January 2099" in seen.text
    assert not channel.messages.get(seen.id).body["attachments"]


async def test_a_file_that_discord_does_not_take_is_refused_with_what_would_fit(
    bot: Services, channel: LocalChannel, ask: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kzbot.channel.interactions.FILE_BYTES", 500_000)
    for _ in range(1100):
        await keep(bot, options={"query": "long words " * 20})
    seen = await ask("log export", form="jsonl")
    assert "1,100 questions are more than the 0.5 MiB" in seen.text and "python bot.py log export FILE" in seen.text
    fit = int(re.findall(r"the latest (\d+) would fit", seen.text)[0])
    assert 0 < fit < 1100 and (await bot.log.ledger.deeds(1))[1] == 0


async def test_the_audit_tells_who_did_what_and_shows_all_that_is_kept_of_it(
    bot: Services, channel: LocalChannel, ask: Any, look: Any
) -> None:
    details = {"kind": "date", "article": "*hostile*", "words": "Nov. <@1>", "edtf": "2013-11"}
    await bot.log.ledger.note(Deed(at=TODAY, actor=TERMINAL, action="lay", about=7, details=details))
    await ask("log questions", status="failed")
    seen = await ask("log audit")
    said = "corrected a date of \\*hostile\\*\\: “Nov. \\<\\@1\\>” means 2013-11".replace("\\:", ":")
    assert f"**1.** Somebody at the terminal {said}" in seen.text
    assert f"**2.** <@{MODERATOR.id}> used /log questions status\\: failed" in seen.text
    reply = await channel.choose(seen.id, seen.selects[0]["custom_id"], ["1"], by=MODERATOR)
    one = look(reply.message)
    assert one.private and "- correction 7\n" in one.text and "- words: Nov. \\<\\@1\\>" in one.text
    assert "used /log audit" in (await ask("log audit", user=MODERATOR.id)).text
    assert numbers((await ask("log audit", action="lay")).text) == [1]
    assert "Nothing fits." in (await ask("log audit", user=MEMBER.id, since="2026-01", until="2026-02")).text


async def test_an_export_of_somebodys_questions_names_them_as_discord_shows_people(
    bot: Services, channel: LocalChannel, ask: Any, look: Any
) -> None:
    reply = await channel.command(
        "log export", {"form": "csv", "user": MEMBER.id, "channel": HOME.channel}, by=MODERATOR
    )
    await reply.filled()
    seen = await ask("log audit", action="export")
    details = look((await channel.choose(seen.id, seen.selects[0]["custom_id"], ["1"], by=MODERATOR)).message)
    assert f"- with: asked by <@{MEMBER.id}>, in <#{HOME.channel}>" in details.text
    assert not re.search(r"[0-9]{15}", " ".join(one["label"] for one in seen.selects[0]["options"]))


async def test_a_name_stands_in_the_audit_as_people_know_it(
    bot: Services, channel: LocalChannel, ask: Any, look: Any
) -> None:
    for name in ("exercise:madex", "exercise:of-*yesterday*"):
        overlay = OverlayRecord(at=TODAY, actor=TERMINAL, kind="spelling", name=name, words="Maddex")
        await bot.log.ledger.lay(overlay)
    seen = await ask("log audit", action="lay")
    labels = [one["label"] for one in seen.selects[0]["options"]]
    assert "to the name MADEX\n" in seen.text and labels[1].endswith("to the name MADEX")
    assert "of-\\*yesterday\\*\n" in seen.text
    one = look((await channel.choose(seen.id, seen.selects[0]["custom_id"], ["1"], by=MODERATOR)).message)
    assert "- name: MADEX (exercise\\:madex)" in one.text


async def test_people_and_channels_that_a_list_was_narrowed_by_are_shown_by_name(bot: Services, ask: Any) -> None:
    await ask("log questions", user=MEMBER.id, channel=HOME.channel, search="*steppe*")
    options = {"user": str(bot.log.people.hashed(MEMBER.id))}
    await keep(bot, command="log purge", options=options)
    for seen in (await ask("log audit"), await ask("log questions")):
        said = f"/log questions search\\: \\*steppe\\* user: <@{MEMBER.id}> channel: <#{HOME.channel}>"
        assert said in seen.text
    choices = [one["label"] for one in (await ask("log audit")).selects[0]["options"]]
    assert "1. used /log questions search: *steppe* user: … channel: …" in choices, "no ids, which nobody can read"
    assert re.search(r"/log purge user: person [0-9a-f]{8}\n", seen.text), "also after the id was taken out of it"


async def test_a_question_whose_place_is_not_kept_is_not_called_a_direct_message(bot: Services, ask: Any) -> None:
    await keep(bot, command="privacy delete", options={}, user=None, channel=None, server=None)
    text = (await ask("log questions")).text
    assert "place not kept · answered" in text and "direct message" not in text


async def test_the_audit_is_paged(bot: Services, channel: LocalChannel, ask: Any, look: Any) -> None:
    for _ in range(12):
        await bot.log.ledger.note(Deed(at=TODAY, actor=TERMINAL, action="cancel"))
    seen = await ask("log audit", action="cancel")
    after = look((await channel.press(seen.id, seen.button("Next"), by=MODERATOR)).message)
    assert numbers(after.text) == [2, 1] and "page 2 of 2 · 12 deeds" in after.text


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("log audit", {"since": "2099"}),
        ("log unanswered", {}),
        ("log questions", {"since": "2099"}),
        ("corpus doubts", {}),
    ],
)
async def test_a_list_that_holds_nothing_says_so_and_nothing_of_pages(
    bot: Services, ask: Any, command: str, options: dict[str, Any]
) -> None:
    text = (await ask(command, **options)).text
    assert "page 1" not in text and not re.search(r"\b0 ", text) and "question 1" in text


async def test_members_and_other_servers_get_nothing_of_it(bot: Services, channel: LocalChannel, look: Any) -> None:
    await channel.join(ELSEWHERE)
    for command, options in (("log export", {"form": "csv"}), ("log audit", {})):
        seen = look((await channel.command(command, options, by=MEMBER)).message)
        assert "Only moderators can do that" in seen.text and len(seen.components) == 2
