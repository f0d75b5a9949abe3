"""One event told in several articles: what a reader sees of it in the channel, over a real index."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kzbot.answers.dispatch import answer
from kzbot.channel.server import LocalChannel
from kzbot.chat.services import Services
from kzbot.index.sources import Sources
from kzbot.index.store import GenerationStore
from kzbot.operations.shelf import Shelf
from kzbot.operations.taking_in import take_in

PROJECT = Path(__file__).resolve().parents[2]
Begin = Callable[..., Awaitable[Services]]

pytestmark = pytest.mark.usefixtures("judged", "built_here")

FALCON = "Steppe Falcon began on {} September 2012 at the Ilisky range with 1,200 troops{}."
PACT = "The parliament of Veldoria ratified the Kelm Pact by 87 votes to 12 on 1 April 2003."


def article(published: str, text: str, publisher: str, url: str | None = "https://news.example/1") -> str:
    linked = f"url: {url}\n" if url else ""
    return f"---\ntitle: News\npublished: {published}\npublisher: {publisher}\n{linked}---\n{text}\n"


TWO = {
    "a.md": article("2012-09-20", FALCON.format(12, ""), "The Herald"),
    "b.md": article("2012-10-02", FALCON.format(13, ""), "Army Times", "https://army.example/2"),
    "c.md": article("2003-04-02", PACT, "Wire"),
    "d.md": article("2003-04-03", "The river Orvan burst its banks at Tesh on 1 April 2003.", "Wire"),
    "e.md": article("2003-04-05", f"{PACT} Crowds sang in the streets.", "Veldoria Today"),
}


@pytest.fixture
async def begin(start: Any, tmp_path: Path) -> AsyncIterator[Begin]:
    """Starts a bot over these articles."""
    async with AsyncExitStack() as opened:

        async def begin_one(files: dict[str, str], **environ: str) -> Services:
            articles = tmp_path / "articles"
            articles.mkdir()
            for name, text in files.items():
                (articles / name).write_text(text, encoding="utf-8")
            store = GenerationStore(tmp_path / "data")
            opened.enter_context(store.lock())
            summary = await take_in(Sources(articles, PROJECT / "config" / "names.yaml"), store)
            shelf = await Shelf.open(store.path, summary.generation)
            opened.push_async_callback(shelf.close)
            services: Services = await start(environ, clock=lambda: datetime.now(UTC), shelf=shelf, answer=answer)
            return services

        yield begin_one


async def test_one_entry_has_every_telling_with_its_own_words_date_and_link(
    channel: LocalChannel, begin: Begin, look: Any
) -> None:
    await begin(TWO)
    seen = look((await channel.command("timeline", {"topic": "Kelm Pact"})).message)
    assert "**1. 1 April 2003**" in seen.text and "**2." not in seen.text
    assert seen.text.count(f"> {PACT}") == 2 and seen.text.index("Also told: 1 April 2003") > seen.text.index("**1.")
    assert "Wire" in seen.text and "Veldoria Today" in seen.text
    assert "do not agree" not in seen.text
    assert "2 items in 1 entry" in seen.text


async def test_where_sources_disagree_the_entry_shows_both_dates_and_who_gives_which(
    channel: LocalChannel, begin: Begin, look: Any
) -> None:
    await begin(TWO)
    seen = look((await channel.command("timeline", {"topic": "Steppe Falcon"})).message)
    first, also = seen.texts[1:3]
    assert "**1. 12 September 2012**\nThe sources do not agree: also 13 September 2012" in first
    assert "The Herald" in first and "Army Times" not in first
    assert also.startswith("Also told: 13 September 2012") and "Army Times" in also and "> Steppe Falcon" in also
    assert [link.partition("#")[0] for link in seen.links] == ["https://news.example/1", "https://army.example/2"]


async def test_pages_count_an_event_once_and_none_is_empty(channel: LocalChannel, begin: Begin, look: Any) -> None:
    await begin(TWO, KZBOT_ANSWERS__ITEMS_PER_PAGE="1")
    seen, heads = look((await channel.command("timeline", {"from": "2003"})).message), []
    jump = seen.selects[0]
    seen = look((await channel.choose(seen.id, jump["custom_id"], [jump["options"][0]["value"]])).message)
    while True:
        heads += [line for text in seen.texts for line in text.split("\n") if line.startswith("**")]
        following = next((one for one in seen.buttons if one["label"] == "Next"), None)
        if following is None or following.get("disabled"):
            break
        seen = look((await channel.press(seen.id, following["custom_id"])).message)
    assert heads == ["**1. 1 April 2003**", "**2. 1 April 2003**", "**3. 12 September 2012**"]


async def test_more_sources_than_a_card_holds_are_counted_and_the_card_is_accepted(
    channel: LocalChannel, begin: Begin, look: Any
) -> None:
    words = FALCON.format(12, "")
    papers = {f"{at:02}.md": article("2012-10-02", f"{words} We were {at} there.", f"Paper {at}") for at in range(20)}
    await begin(papers)
    seen = look((await channel.command("timeline", {"topic": "Steppe Falcon"})).message)
    assert seen.text.count("Also told: 12 September 2012") == 7
    assert "and 12 more sources: Paper 8, Paper 9" in seen.text


async def test_a_telling_that_was_cut_can_be_read_whole(channel: LocalChannel, begin: Begin, look: Any) -> None:
    long = " and with " + ", ".join(f"a unit of engineers number {at} of the second brigade" for at in range(16))
    files = {
        f"{at}.md": article("2012-10-02", FALCON.format(12, f"{long}, paper {at}"), f"Paper {at}", None)
        for at in range(6)
    }
    await begin(files)
    seen = look((await channel.command("timeline", {"topic": "Steppe Falcon"})).message)
    cut = [one["custom_id"] for one in seen.buttons if one["label"] == "Whole passage"]
    assert len(cut) == 6
    shown = [look((await channel.press(seen.id, one)).message).text for one in cut]
    assert [text.rpartition("paper ")[2][0] for text in shown] == ["0", "1", "2", "3", "4", "5"]


async def test_an_overview_counts_the_same_however_one_comes_to_it(
    channel: LocalChannel, begin: Begin, look: Any
) -> None:
    await begin(TWO, KZBOT_ANSWERS__ITEMS_PER_PAGE="1")
    seen = look((await channel.command("timeline", {})).message)
    assert "5 items in 3 entries" in seen.text and "2003 2 " in seen.text
    jump = seen.selects[0]
    chosen = look((await channel.choose(seen.id, jump["custom_id"], [jump["options"][0]["value"]])).message)
    back = look((await channel.press(chosen.id, chosen.button("Overview"))).message)
    assert back.texts == seen.texts


async def test_what_a_name_was_also_looked_for_as_is_one_line(channel: LocalChannel, begin: Begin, look: Any) -> None:
    words = "The Norvik T440 flew on 3 May 1999. The T440 landed on 4 June 1999 at Tesh, the {} said."
    await begin({f"{at}.md": article("1999-07-02", words.format(at), "Wire") for at in ("pilot", "crew")})
    seen = look((await channel.command("timeline", {"topic": "norvik t440"})).message)
    lines = [line for line in seen.text.split("\n") if "T440" in line and line.startswith("-# ")]
    assert lines == ["-# matched through T440"]
