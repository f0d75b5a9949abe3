"""Buttons and selects: pages, years, choices, private copies, and what they say when the corpus has changed."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from kzbot.channel.identity import DIRECT, ELSEWHERE, HOME, MEMBER, MODERATOR
from kzbot.channel.server import LocalChannel
from kzbot.chat import replies
from kzbot.chat.services import Services

pytestmark = pytest.mark.usefixtures("judged")


async def test_the_asker_turns_the_page_in_place(channel: LocalChannel, bot: Services, look: Any) -> None:
    seen = look((await channel.command("timeline", {})).message)
    reply = await channel.press(seen.id, seen.button("Next"))
    after = look(reply.message)
    assert reply.type == 7 and after.id == seen.id
    assert "**5. 2000**" in after.text and "page 2 of 4" in after.text
    back = look((await channel.press(after.id, after.button("Previous"))).message)
    assert back.texts == seen.texts
    assert (await bot.log.recent(10))[1] == 1


async def test_others_get_that_page_as_a_private_copy_and_turn_it_themselves(
    channel: LocalChannel, bot: Services, look: Any
) -> None:
    seen = look((await channel.command("timeline", {}, by=MEMBER)).message)
    copy = look((await channel.press(seen.id, seen.button("Next"), by=MODERATOR)).message)
    assert copy.private and copy.id != seen.id and "page 2 of 4" in copy.text
    assert "Show in channel" not in copy.labels
    turned = look((await channel.press(copy.id, copy.button("Next"), by=MODERATOR)).message)
    assert turned.id == copy.id and "page 3 of 4" in turned.text
    assert "page 1 of 4" in look(channel.messages.get(seen.id).body).text


async def test_a_year_can_be_chosen(channel: LocalChannel, bot: Services, look: Any) -> None:
    seen = look((await channel.command("timeline", {})).message)
    select, _ = seen.selects
    assert [one["label"] for one in select["options"]] == [str(year) for year in range(1996, 2009)]
    value = next(one["value"] for one in select["options"] if one["label"] == "2006")
    after = look((await channel.choose(seen.id, select["custom_id"], [value])).message)
    assert "**11. 2006**" in after.text and "page 3 of 4" in after.text


async def test_undated_statements_are_folded_into_a_line_that_opens_them(
    channel: LocalChannel, bot: Services, look: Any
) -> None:
    seen = look((await channel.command("timeline", {"topic": "x"})).message)
    folded = "+ 2 statements without a date of their own"
    assert folded in seen.text and "page 1 of 4" in seen.text
    middle = look((await channel.press(seen.id, seen.button("Next"))).message)
    assert "page 2 of 4" in middle.text and folded not in middle.text
    await channel.press(middle.id, middle.button("Previous"))
    opened = look((await channel.press(seen.id, seen.button("Open"))).message)
    assert opened.id == seen.id and "2 statements without a date of their own" in opened.text
    assert "In **2036" in opened.text and "In **1996" not in opened.text
    assert "### Published between 24 June 2009 and 31 January 2011, inferred\n**1. " in opened.text
    assert "### Published 14 November 2013\n**2. " in opened.text
    back = look((await channel.press(opened.id, opened.button("Back to the timeline"))).message)
    assert back.texts == seen.texts


async def test_undated_statements_alone_are_shown_at_once(channel: LocalChannel, bot: Services, look: Any) -> None:
    seen = look((await channel.command("timeline", {"topic": "never dated"})).message)
    assert "In **2036" in seen.text and "In **2037" in seen.text and seen.labels == ["Read", "Useful", "Not useful"]


async def test_entries_stand_under_their_years(channel: LocalChannel, start: Any, made: Any, look: Any) -> None:
    days = ["1996", "1997-03-01", "1997-04-02", "1997-05-03", "1997-06-04", "1998"]
    items = [made.evidence(at, date=day, dates=(made.DatedMark(made.mark(day)),)) for at, day in enumerate(days)]

    async def answer(question: Any, state: Any, window: Any, today: Any) -> Any:
        overview = made.Overview(made.years_of(items))
        return made.answered(question, state, tuple(items), window, overview=overview)

    await start({}, answer=answer)
    seen = look((await channel.command("timeline", {"topic": "x"})).message)
    assert [line for line in seen.text.split("\n") if line.startswith(("### ", "**"))] == [
        "### 1996", "**1. 1996**", "### 1997", "**2. 1 March 1997**", "**3. 2 April 1997**", "**4. 3 May 1997**",
    ]  # fmt: skip
    seen = look((await channel.press(seen.id, seen.button("Next"))).message)
    assert [line for line in seen.text.split("\n") if line.startswith(("### ", "**"))] == [
        "### 1997, continued", "**5. 4 June 1997**", "### 1998", "**6. 1998**",
    ]  # fmt: skip


async def test_a_long_timeline_opens_with_its_decades_and_each_with_its_years(
    channel: LocalChannel, bot: Services, look: Any
) -> None:
    seen = look((await channel.command("timeline", {"topic": "from afar"})).message)
    bars = seen.text.partition("```")[2].partition("```")[0].split("\n")[1:-1]
    assert bars[:2] == ["1990s  4 ▇▇▇▇▇", "2000s 10 ▇▇▇▇▇▇▇▇▇▇▇▇"] and len(bars) == 7
    assert "### Newest\n**60. 2055**" in seen.text and "**58. 2053**" in seen.text and "**57." not in seen.text
    assert "+ 2 statements without a date of their own" in seen.text and "page " not in seen.text
    decades, _ = seen.selects
    assert decades["placeholder"] == "Open a decade"
    assert [(one["label"], one["description"]) for one in decades["options"]][:2] == [
        ("1990s", "4 entries"), ("2000s", "10 entries"),
    ]  # fmt: skip
    decade = look((await channel.choose(seen.id, decades["custom_id"], [decades["options"][1]["value"]])).message)
    assert decade.id == seen.id and "**2000s**: 10 entries." in decade.text and "Newest" not in decade.text
    years, _ = decade.selects
    assert [one["label"] for one in years["options"]] == [str(year) for year in range(2000, 2010)]
    page = look((await channel.choose(decade.id, years["custom_id"], [years["options"][3]["value"]])).message)
    assert "### 2003\n**8. 2003**" in page.text and "page 2 of 15" in page.text
    jumps = [one["label"] for one in page.selects[0]["options"]]
    assert jumps == ["1990s", *map(str, range(2000, 2010)), "2010s", "2020s", "2030s", "2040s", "2050s"]
    back = look((await channel.press(page.id, page.button("Overview"))).message)
    assert back.texts == seen.texts
    first = look((await channel.press(back.id, back.button("From the beginning"))).message)
    assert "**1. 1996**" in first.text and "page 1 of 15" in first.text


async def test_others_open_an_overview_as_a_copy_of_their_own_and_it_can_be_shown_in_the_channel(
    channel: LocalChannel, bot: Services, look: Any
) -> None:
    seen = look((await channel.command("timeline", {"topic": "from afar"}, by=MEMBER)).message)
    select = seen.selects[0]
    chosen = select["options"][1]["value"]
    copy = look((await channel.choose(seen.id, select["custom_id"], [chosen], by=MODERATOR)).message)
    assert copy.private and copy.id != seen.id and "**2000s**" in copy.text
    assert look(channel.messages.get(seen.id).body).texts == seen.texts
    mine = look((await channel.command("timeline", {"topic": "from afar", "private": True})).message)
    mine = look((await channel.choose(mine.id, mine.selects[0]["custom_id"], [chosen])).message)
    shown = look((await channel.press(mine.id, mine.button("Show in channel"))).message)
    assert not shown.private and "**2000s**: 10 entries." in shown.text


async def test_a_page_that_an_older_card_names_and_the_list_has_not_is_the_last(
    channel: LocalChannel, bot: Services, look: Any
) -> None:
    seen = look((await channel.command("timeline", {"topic": "x"})).message)
    body = channel.messages.get(seen.id).body
    button = next(one for one in look(body).buttons if one["label"] == "Next")
    button["custom_id"] = button["custom_id"].replace(":1:0:", ":4:0:")
    after = look((await channel.press(seen.id, button["custom_id"])).message)
    assert "page 4 of 4" in after.text and "**13. 2008**" in after.text


async def test_a_private_answer_can_be_shown_in_the_channel(channel: LocalChannel, bot: Services, look: Any) -> None:
    seen = look((await channel.command("timeline", {"private": True})).message)
    seen = look((await channel.press(seen.id, seen.button("Next"))).message)
    assert seen.private
    shown = look((await channel.press(seen.id, seen.button("Show in channel"))).message)
    assert not shown.private and "page 2 of 4" in shown.text
    assert "Show in channel" not in shown.labels
    turned = look((await channel.press(shown.id, shown.button("Next"))).message)
    assert turned.id == shown.id and not turned.private and "Show in channel" not in turned.labels


async def test_a_choice_asks_what_was_meant(channel: LocalChannel, bot: Services, look: Any) -> None:
    seen = look((await channel.command("exercise", {"name": "unclear"})).message)
    assert "“unclear” fits several names" in seen.text
    after = look((await channel.press(seen.id, seen.button("choice 1"))).message)
    row = await bot.log.query(after.row)
    assert after.id == seen.id and "## MADEX" in after.text
    assert row is not None and dict(row.options) == {"name": "choice 1"}


async def test_many_choices_are_a_select(channel: LocalChannel, bot: Services, look: Any) -> None:
    seen = look((await channel.command("search", {"query": "unclear many", "from": "1997"})).message)
    (select,) = seen.selects
    assert len(select["options"]) == 25
    after = look((await channel.choose(seen.id, select["custom_id"], ["7"], by=MODERATOR)).message)
    row = await bot.log.query(after.row)
    assert after.private and after.id != seen.id
    assert row is not None and dict(row.options) == {"query": "choice 7", "from": "1997"} and row.user == MODERATOR.id


async def test_a_passage_too_long_for_a_card_is_cut_and_can_be_read_whole(
    channel: LocalChannel, bot: Services, look: Any
) -> None:
    seen = look((await channel.command("search", {"query": "long"})).message)
    assert " …\n" in seen.text
    page = look((await channel.press(seen.id, seen.button("Whole passage"))).message)
    assert page.private
    read = [page.texts[0]]
    while not next(one for one in page.buttons if one["label"] == "Next").get("disabled"):
        page = look((await channel.press(page.id, page.button("Next"))).message)
        read.append(page.texts[0])
    words = " ".join(text.split("\n", 1)[1] for text in read).split()
    assert words == [f"слово{number}" for number in range(3000)]


async def test_a_page_comes_from_the_state_that_it_was_answered_from(
    channel: LocalChannel, bot: Services, look: Any
) -> None:
    seen = look((await channel.command("timeline", {})).message)
    await bot.shelf.swap("20261122T000000Z-22222222")
    after = look((await channel.press(seen.id, seen.button("Next"))).message)
    assert "generation 20261121T000000Z-11111111" in after.text


async def test_when_that_state_is_gone_the_person_is_told_and_can_ask_again(
    channel: LocalChannel, bot: Services, look: Any
) -> None:
    seen = look((await channel.command("timeline", {})).message)
    await bot.shelf.swap("20261122T000000Z-22222222")
    bot.shelf.states.pop("20261121T000000Z-11111111")  # type: ignore[attr-defined]
    told = look((await channel.press(seen.id, seen.button("Next"))).message)
    assert told.private and "The corpus has changed" in told.text
    again = look((await channel.press(told.id, told.button("Ask again"))).message)
    assert not again.private and "generation 20261122T000000Z-22222222" in again.text
    assert again.row == seen.row + 1


async def test_a_button_of_another_log_or_version_answers_in_words(
    channel: LocalChannel, bot: Services, look: Any, discord_rules: Any
) -> None:
    seen = look((await channel.command("timeline", {})).message)
    body = channel.messages.get(seen.id).body
    button = next(one for one in look(body).buttons if one["label"] == "Next")
    known = button["custom_id"]
    for stale, says in (("kz0:page:1:2", "another version"), (known[:-8] + "00000000", "not kept any more")):
        button["custom_id"] = stale
        told = look((await channel.press(seen.id, stale)).message)
        assert told.private and says in told.text


async def test_a_press_that_breaks_down_says_so(
    channel: LocalChannel, start: Any, made: Any, look: Any, caplog: pytest.LogCaptureFixture
) -> None:
    calls: list[int] = []

    async def answer(*asked: Any) -> Any:
        calls.append(1)
        if len(calls) > 1:
            raise RuntimeError("a page is broken")
        return await made.answer(*asked)

    await start({}, answer=answer)
    seen = look((await channel.command("timeline", {})).message)
    told = look((await channel.press(seen.id, seen.button("Next"))).message)
    assert told.private and f"question {seen.row}" in told.text and "a page is broken" in caplog.text


async def test_a_slow_page_is_promised_first(
    channel: LocalChannel, start: Any, made: Any, look: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def answer(*asked: Any) -> Any:
        await asyncio.sleep(0.1)
        return await made.answer(*asked)

    await start({}, answer=answer)
    seen = look((await channel.command("timeline", {})).message)
    monkeypatch.setattr(replies, "PATIENCE", 0.0)
    reply = await channel.press(seen.id, seen.button("Next"))
    assert reply.type == 6
    assert "page 2 of 4" in look((await reply.filled()).message).text


async def test_questions_of_the_log_are_shown_searched_and_paged(
    channel: LocalChannel, bot: Services, look: Any
) -> None:
    for number in range(12):
        await channel.command("search", {"query": f"**word** {number}"})
    seen = look((await channel.command("log questions", {}, by=MODERATOR)).message)
    assert seen.private and "word\\*\\* 11" in seen.text and f"<@{MEMBER.id}>" in seen.text
    after = look((await channel.press(seen.id, seen.button("Next"), by=MODERATOR)).message)
    assert "word\\*\\* 0" in after.text and "11–12 of 12 questions" in after.text
    found = look((await channel.command("log questions", {"search": "word** 7"}, by=MODERATOR)).message)
    assert "word\\*\\* 7" in found.text and "word\\*\\* 8" not in found.text


async def test_presses_obey_the_server_policy_and_moderators_are_checked_again(
    channel: LocalChannel, start: Any, look: Any
) -> None:
    await start({"KZBOT_DISCORD__HOME_SERVER": str(HOME.guild)})
    seen = look((await channel.command("timeline", {}, where=ELSEWHERE)).message)
    assert "page 2 of 4" in look((await channel.press(seen.id, seen.button("Next"))).message).text
    seen = look((await channel.command("timeline", {}, where=DIRECT)).message)
    assert "page 2 of 4" in look((await channel.press(seen.id, seen.button("Next"))).message).text
