"""/new in the channel: the article that came last under its title, with its new names, and its row in the log."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from kzbot.answers.dispatch import answer
from kzbot.channel.server import LocalChannel
from kzbot.chat.escape import unescape
from kzbot.chat.services import Services
from kzbot.index.building.build import build
from kzbot.index.sources import Sources
from kzbot.operations.shelf import Shelf

pytestmark = pytest.mark.usefixtures("judged")

CAME_FIRST = "---\ntitle: The first\n---\nIn April 2000 Olga Veltmann opened the port.\n"
CAME_LAST = (
    "---\ntitle: A *new* article\n---\n"
    "In May 2001 a *new* exercise began. It was seen by Olga Veltmann and Piet Karsten in June 2001 @everyone.\n\n"
    "In July 2001 they left. In August 2001 they came again. In September 2001 they stayed.\n"
)


@pytest.fixture
async def bot_with_news(start: Any, tmp_path: Path) -> AsyncIterator[Services]:
    """A bot over a corpus to which one article came later."""
    articles, names, index = tmp_path / "articles", tmp_path / "names.yaml", tmp_path / "generations"
    articles.mkdir()
    names.write_text("kinds: {}\nnames: []\n", encoding="utf-8")
    (articles / "first.md").write_text(CAME_FIRST, encoding="utf-8")
    first = build(Sources(articles, names), index).generation
    (articles / "last.md").write_text(CAME_LAST, encoding="utf-8")
    last = build(Sources(articles, names), index, index / f"{first}.sqlite").generation
    shelf = await Shelf.open(lambda id_: index / f"{id_}.sqlite", last)
    yield await start({}, shelf=shelf, answer=answer)
    await shelf.close()


async def test_what_came_last_stands_under_its_title_with_its_new_names_and_pages(
    channel: LocalChannel, bot_with_news: Services, look: Any
) -> None:
    seen = look((await channel.command("new", {})).message)
    assert "## New in the corpus" in seen.text and "1 article." in seen.text
    assert r"### A \*new\* article" in seen.text and "The first" not in seen.text
    assert "new name: Piet Karsten" in seen.text and "arrived" in seen.text
    assert "**1. May 2001**" in seen.text and "**4. August 2001**" in seen.text
    excerpts = [unescape(line[2:]) for line in seen.text.split("\n") if line.startswith("> ")]
    assert len(excerpts) == 4 and all(one in CAME_LAST for one in excerpts)
    row = await bot_with_news.log.query(seen.row)
    assert row is not None and (row.command, row.status, row.items) == ("new", "answered", 5)
    after = look((await channel.press(seen.id, seen.button("Next"))).message)
    assert r"### A \*new\* article, continued" in after.text and "**5. September 2001**" in after.text
    assert "new name" not in after.text


async def test_since_is_said_to_have_been_held_against_the_arrival(
    channel: LocalChannel, bot_with_news: Services, look: Any
) -> None:
    seen = look((await channel.command("new", {"since": "1999"})).message)
    assert "filtered by when the articles arrived: since 1999" in seen.text and "2 articles have arrived" in seen.text
    never = look((await channel.command("new", {"since": "2999"})).message)
    assert "## Not found" in never.text and re.search(r"the last arrival was on \d+ \w+ \d{4}", never.text)
    assert "/new since" in never.text
    wrong = look((await channel.command("new", {"since": "@everyone"})).message)
    assert "is no time that I can read" in wrong.text and "3 days" in wrong.text
