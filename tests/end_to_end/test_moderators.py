"""Moderators of the whole bot: files added, changed, removed and rejected, the state of the corpus, what was asked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from kzbot.channel.identity import DIRECT, ELSEWHERE, MEMBER, MODERATOR
from kzbot.chat.escape import unescape

pytestmark = pytest.mark.asyncio(loop_scope="module")
MODERATORS_ONLY = ("corpus status", "corpus reload", "corpus history", "log questions")


async def ask(whole: Any, look: Any, name: str, **options: Any) -> Any:
    """A moderator's command; what it shows when it is done: no longer how far it is, nor that the start is at work."""
    async with asyncio.timeout(120):
        while True:
            reply = await (await whole.channel.command(name, options, by=MODERATOR)).filled()
            seen = look(reply.message)
            while not seen.text.startswith("##"):
                await asyncio.sleep(0.05)
                seen = look(reply.message)
            if "Another reload is under way" not in seen.text:
                return seen
            await asyncio.sleep(0.2)


async def press(whole: Any, look: Any, seen: Any, label: str) -> Any:
    return look((await whole.channel.press(seen.id, seen.button(label), by=MODERATOR)).message)


@pytest.mark.parametrize("name", MODERATORS_ONLY)
async def test_a_member_is_refused_in_private_and_the_try_is_in_the_log(whole: Any, look: Any, name: str) -> None:
    seen = look((await whole.channel.command(name, {}, by=MEMBER)).message)
    assert seen.private and seen.text.startswith("Only moderators can do that")
    (row,) = whole.log(where=f"number = {seen.row}")
    assert (row["command"], row["status"], row["user"]) == (name, "denied", MEMBER.id)


@pytest.mark.parametrize("name", MODERATORS_ONLY)
async def test_a_moderator_of_the_home_server_is_none_elsewhere(whole: Any, look: Any, name: str) -> None:
    await whole.channel.join(ELSEWHERE)
    for place in (ELSEWHERE, DIRECT):
        seen = look((await whole.channel.command(name, {}, by=MODERATOR, where=place)).message)
        assert seen.private and "work in the home server only" in seen.text


async def test_a_plan_tells_what_it_takes_in_and_rejects_and_is_applied_after_a_crash(whole: Any, look: Any) -> None:
    card = look((await whole.channel.command("timeline", {})).message)
    folder = whole.articles
    (folder / "news.md").write_text(
        "---\ntitle: A new agreement\nurl: https://example.org/new\npublished: 2015-03\n---\n"
        "The two ministers signed a *new* zeppelin agreement on 3 February 2015.\n",
        encoding="utf-8",
    )
    (folder / "broken.md").write_text("---\ntitle: [\n---\nWords that nobody reads.\n", encoding="utf-8")
    (folder / "empty.txt").write_text("Words without a title beside them.\n", encoding="utf-8")
    changed = folder / "004_26a06f916477e961.txt"
    text = changed.read_text(encoding="utf-8")
    changed.write_text(text + "\n\nThe delegation left again on 22 July 1998.\n", encoding="utf-8")

    seen = await ask(whole, look, "corpus reload")
    said = unescape(seen.text)
    assert seen.private and said.startswith("## Plan of a reload")
    assert "1 added · 1 changed · 0 removed" in said and "**A new agreement**" in said
    assert "**broken.md, line 3**" in said
    assert "**empty.txt" in said
    assert "zeppelin" not in look((await whole.channel.command("timeline", {"from": "2015"})).message).text
    whole.environ["KZBOT_CORPUS__APPLY_ON_START"] = "false"
    whole.bot.kill()
    await whole.start()
    done = await press(whole, look, seen, "Apply")
    assert done.id == seen.id and done.text.startswith("## Applied"), "a plan outlasts a crash of the bot"
    found = look((await whole.channel.command("timeline", {"from": "2015"})).message)
    assert "3 February 2015" in found.text and "*new* zeppelin" in unescape(found.text)
    assert "22 July 1998" in look((await whole.channel.command("timeline", {"from": "1998-07-22"})).message).text

    old = look((await whole.channel.press(card.id, card.button("From the beginning"))).message)
    assert "13 items · 5 articles" in old.text and old.row == card.row


async def test_much_that_would_go_waits_until_a_moderator_means_it(whole: Any, look: Any) -> None:
    for path in whole.articles.glob("001_*"):
        path.unlink()
    waits = await ask(whole, look, "corpus reload")
    assert "More than a tenth of the articles would go: 1 of 6" in waits.text
    assert "/exercise name: Steppe Eagle" in unescape(waits.text) or "answers lost" in waits.text
    form = (await whole.channel.press(waits.id, waits.button("Apply"), by=MODERATOR)).modal
    whole.bot.kill()
    await whole.start()
    told = look((await whole.channel.submit(form, {"typed": "6"}, by=MODERATOR)).message)
    assert told.private and "so nothing was changed" in told.text
    assert "Since 2007" in look((await whole.channel.command("timeline", {"topic": "Steppe Eagle"})).message).text
    done = look((await whole.channel.submit(form, {"typed": "1"}, by=MODERATOR)).message)
    assert done.text.startswith("## Applied") and "1 removed" in done.text
    gone = look((await whole.channel.command("timeline", {"topic": "Steppe Eagle"})).message)
    assert "Since 2007" not in gone.text and "5 articles" in gone.text
    assert (
        "## Not found" in look((await whole.channel.command("source", {"what": "001_7acb7308b154a85c"})).message).text
    )


async def test_a_reload_of_nothing_says_so(whole: Any, look: Any) -> None:
    seen = await ask(whole, look, "corpus reload")
    assert seen.text.startswith("## Nothing to reload")


async def test_the_status_says_what_is_there_and_what_is_wrong(whole: Any, look: Any) -> None:
    seen = await ask(whole, look, "corpus status")
    said = unescape(seen.text)
    assert seen.private
    assert f"5 articles from {whole.articles}" in said
    assert "2 files rejected" in said and "**broken.md" in said and "**empty.txt" in said
    assert "Nothing has changed since." in said
    (whole.articles / "later.md").write_text("---\ntitle: Later\n---\nSaid in May 2016.\n", encoding="utf-8")
    assert "have changed since" in (await ask(whole, look, "corpus status")).text


async def test_the_history_leads_back_to_a_kept_state(whole: Any, look: Any) -> None:
    seen = await ask(whole, look, "corpus history")
    assert seen.text.startswith("## History of the corpus") and f"<@{MODERATOR.id}>" in seen.text
    (select,) = seen.selects
    oldest = select["options"][-1]["value"]
    asked = look((await whole.channel.choose(seen.id, select["custom_id"], [oldest], by=MODERATOR)).message)
    assert asked.text.startswith("## Go back?") and "These would come back" in asked.text
    done = await press(whole, look, asked, "Go back to it")
    assert done.text.startswith("## Rolled back") and f"Answers now come from {oldest}" in done.text
    assert "Since 2007" in look((await whole.channel.command("timeline", {"topic": "Steppe Eagle"})).message).text
    again = await press(whole, look, done, "Apply again")
    assert again.text.startswith("## Rolled back")


async def test_what_was_asked_is_listed_and_searched(whole: Any, look: Any) -> None:
    await whole.channel.command("search", {"query": "**zeppelin** @everyone"})
    latest = await ask(whole, look, "log questions")
    assert latest.private and latest.text.startswith("## Latest questions")
    assert "/search query: **zeppelin** @everyone" in unescape(latest.text)
    assert f"<@{MEMBER.id}>" in latest.text and "denied" not in latest.text.split("zeppelin")[0]
    found = await ask(whole, look, "log questions", search="reload")
    fitting = [row for row in whole.log("command, options") if "reload" in f"{row['command']} {row['options']}"]
    others = len(fitting) - 1  # without the one that asks for them
    assert others > 3 and f"of {others} questions" in found.text
    shown = [line for line in unescape(found.text).splitlines() if line.startswith("**")]
    assert len(shown) == min(others, 10) and all("reload" in line for line in shown)
    assert "zeppelin" not in found.text
    denied = await ask(whole, look, "log questions", search="reload", status="denied")
    assert "denied" in denied.text and "/corpus reload" in denied.text, "a first list may be full of later ones"


async def test_everything_that_was_sent_obeys_discord(whole: Any, discord_rules: Callable[..., list[str]]) -> None:
    assert len(whole.sent) > 20
    assert [fault for body in whole.sent for fault in discord_rules(*body)] == []
