"""Questions from the channel to the whole bot: cards, the log, the articles' own words, and what must not happen."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from kzbot.channel import identity
from kzbot.channel.identity import MEMBER, MODERATOR
from kzbot.chat.escape import unescape

pytestmark = pytest.mark.asyncio(loop_scope="module")
LONGEST = 6000
HOSTILE = f"@everyone <@{identity.MODERATOR_USER}> **bold** [x](https://evil.test) `code` ||spoiler|| # "

RIGHT = [
    ("timeline", {}, "13 dated statements", "answered"),
    (
        "timeline",
        {"topic": "steppe eagle", "from": "2010"},
        "filtered by the date of the statement: from 2010",
        "answered",
    ),
    ("timeline", {"articles": True, "to": "1990s"}, "2 articles by their own dates", "answered"),
    ("exercise", {"name": "centrasbat"}, "## CENTRAZBAT", "answered"),
    ("exercise", {"name": "Степной орёл"}, "## Steppe Eagle", "answered"),
    ("source", {}, "Transition to Professional Army", "answered"),
    ("source", {"what": "http://kazworld.info/?p=2289"}, "## Kazakh-US military cooperation", "answered"),
    ("search", {"query": "peacekeeping battalion"}, "passages for", "answered"),
    ("search", {"query": "military education", "to": "1999"}, "filtered by the article's date: to 1999", "answered"),
]
WRONG = [
    ("timeline", {"from": "soon"}, "“soon”", "bad_request"),
    ("timeline", {"from": "2013", "to": "1997"}, "swap them", "bad_request"),
    ("timeline", {"topic": "submarines"}, "## Not found", "not_found"),
    ("exercise", {"name": "Operation Nowhere"}, "No exercise of the name", "not_found"),
    ("source", {"what": "https://example.org/never-written"}, "No article fits", "not_found"),
    ("search", {"query": "chocolate cake recipe"}, "No passage answers", "not_found"),
    ("search", {"query": "?!"}, "nothing to look for", "bad_request"),
]


@pytest.mark.parametrize(("name", "options", "says", "status"), [*RIGHT, *WRONG])
async def test_a_question_is_answered_and_stands_in_the_log_as_it_was_asked(
    whole: Any, look: Any, name: str, options: dict[str, Any], says: str, status: str
) -> None:
    seen = look((await whole.channel.command(name, options)).message)
    assert says in unescape(seen.text)
    (row,) = whole.log(where=f"number = {seen.row}")
    ids = (row["user"], row["channel"], row["server"])
    assert (row["command"], json.loads(row["options"]), row["status"]) == (name, options, status)
    assert ids == (identity.MEMBER_USER, identity.CHANNEL, identity.GUILD)
    assert row["generation"] in seen.text
    assert (row["items"] > 0) is (status == "answered")
    assert row["took_ms"] > 0


async def test_the_row_is_on_disk_before_the_answer_reaches_the_channel(whole: Any, look: Any) -> None:
    before = len(whole.rows_when_sent)
    numbers = [look((await whole.channel.command("timeline", {"topic": f"year {at}"})).message).row for at in range(5)]
    told = [last for body, last in whole.rows_when_sent[before:] if "components" in body.get("data", body)]
    assert len(told) == 5
    assert all(number <= last for number, last in zip(numbers, told, strict=True))


async def test_the_whole_text_of_an_article_is_read_to_the_letter(whole: Any, look: Any) -> None:
    seen = look((await whole.channel.command("source", {"what": "000_a9e4fb0ab2ba0695"})).message)
    page = look((await whole.channel.press(seen.id, seen.button("Full text"), by=MODERATOR)).message)
    assert page.private
    read = []
    while True:
        heading, _, words = page.texts[0].partition("\n")
        assert heading.startswith("## ")
        read += unescape(words).split()
        if "Next" not in page.labels or page.buttons[page.labels.index("Next")]["disabled"]:
            break
        page = look((await whole.channel.press(page.id, page.button("Next"), by=MODERATOR)).message)
    text = (whole.articles / "000_a9e4fb0ab2ba0695.txt").read_text(encoding="utf-8")
    assert read == text.split()


async def test_suggestions_come_as_one_types_and_leave_no_trace(whole: Any) -> None:
    before = len(whole.log("number"))
    names = await whole.channel.autocomplete("exercise", "name", "eag")
    assert [one["value"] for one in names] == ["Steppe Eagle"]
    (read, *_) = await whole.channel.autocomplete("search", "from", "sept 2012", {"query": "exercise"})
    assert "September 2012" in read["name"]
    articles = await whole.channel.autocomplete("source", "what", "professional army")
    assert any("Transition to Professional Army" in one["name"] for one in articles)
    assert await whole.channel.autocomplete("exercise", "name", "\u0000" * 50 + "[") == []
    assert len(whole.log("number")) == before


@pytest.mark.parametrize(
    ("name", "option"), [("timeline", "topic"), ("exercise", "name"), ("source", "what"), ("search", "query")]
)
async def test_a_hostile_question_of_6000_characters_pings_nobody(
    whole: Any, look: Any, name: str, option: str
) -> None:
    asked = (HOSTILE * 100)[:LONGEST]
    before = len(whole.sent)
    reply = await whole.channel.command(name, {option: asked})
    message, seen = reply.message, look(reply.message)
    assert not message["mention_everyone"] and not message["mentions"] and not message["mention_roles"]
    answers = [
        data for data in (body.get("data", body) for _, _, body, _ in whole.sent[before:]) if "components" in data
    ]
    assert answers and all(data.get("allowed_mentions", {}).get("parse") == [] for data in answers)
    alive = re.sub(r"\\[^\w\s]", "", seen.text)
    assert not any(sign in alive for sign in ("@", "<", "[", "`", "||", "**bold"))
    (row,) = whole.log(where=f"number = {seen.row}")
    assert json.loads(row["options"]) == {option: asked}


async def test_a_private_answer_is_shown_to_all_only_when_its_asker_says_so(whole: Any, look: Any) -> None:
    reply = await whole.channel.command("search", {"query": "battalion", "private": True})
    seen = look(reply.message)
    assert seen.private
    shown = await whole.channel.press(seen.id, seen.button("Show in channel"))
    opened = next(look(one) for one in [shown.message, *shown.followups] if not one["flags"] & 64)
    assert not opened.private and opened.row == seen.row and "Show in channel" not in opened.labels
    assert opened.texts[1:-1] == seen.texts[1:-1]
    (row,) = whole.log(where=f"number = {seen.row}")
    assert row["private"] == 1


async def test_who_else_turns_a_page_gets_a_copy_and_leaves_the_card_alone(whole: Any, look: Any) -> None:
    seen = look((await whole.channel.command("timeline", {})).message)
    seen = look((await whole.channel.press(seen.id, seen.button("From the beginning"))).message)
    copy = look((await whole.channel.press(seen.id, seen.button("Next"), by=MODERATOR)).message)
    assert copy.private and copy.id != seen.id and "page 2 of" in copy.text
    own = look((await whole.channel.press(seen.id, seen.button("Next"), by=MEMBER)).message)
    assert own.id == seen.id and own.texts[1:-1] == copy.texts[1:-1]


async def test_the_overview_opens_a_year_and_the_list_leads_back(whole: Any, look: Any) -> None:
    seen = look((await whole.channel.command("timeline", {})).message)
    assert "1997 3 ▇" in seen.text and "### Newest\n**13. 14 November 2013**" in seen.text
    select = seen.selects[0]
    choices = {one["label"]: one for one in select["options"]}
    assert list(choices) == ["1996", "1997", "1998", "2003", "2007", "2012", "2013"]
    assert choices["1997"]["description"] == "3 entries"
    page = look((await whole.channel.choose(seen.id, select["custom_id"], [choices["2012"]["value"]])).message)
    assert "### 2012\n**9. September 2012**" in page.text and "page 3 of 4" in page.text
    assert look((await whole.channel.press(page.id, page.button("Overview"))).message).texts == seen.texts


async def test_undated_statements_are_opened_from_their_line(whole: Any, look: Any) -> None:
    seen = look((await whole.channel.command("timeline", {"topic": "Steppe Eagle"})).message)
    assert "The annual 'Steppe Eagle'" not in seen.text
    opened = look((await whole.channel.press(seen.id, seen.button("Open"))).message)
    assert "### Published between " in opened.text and "The annual 'Steppe Eagle'" in opened.text
    back = look((await whole.channel.press(opened.id, opened.button("Back to the timeline"))).message)
    assert back.texts == seen.texts


async def test_everything_that_was_sent_obeys_discord(whole: Any, discord_rules: Callable[..., list[str]]) -> None:
    assert len(whole.sent) > 30
    assert [fault for body in whole.sent for fault in discord_rules(*body)] == []
