"""The real corpus behind the real chat: every excerpt on a card is the article's own text."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kzbot.answers.completion.complete import complete
from kzbot.answers.dispatch import answer
from kzbot.channel.identity import MODERATOR
from kzbot.channel.server import LocalChannel
from kzbot.chat.escape import unescape
from kzbot.chat.services import Services
from kzbot.index.sources import Sources
from kzbot.index.store import GenerationStore
from kzbot.operations.keeper import Keeper
from kzbot.operations.shelf import Shelf
from kzbot.operations.status import CorpusStatus, status
from kzbot.phrases import DEFAULT_FOLDER, Phrases
from kzbot.querylog.log import QueryLog

PROJECT = Path(__file__).resolve().parents[2]
PHRASES = Phrases.load(DEFAULT_FOLDER, "en")

pytestmark = pytest.mark.usefixtures("judged", "built_here")


@dataclass(frozen=True)
class Real:
    """A bot over a copy of the five articles."""

    articles: Path
    services: Services


@pytest.fixture
async def real(start: Any, serve_seeds: Any, tmp_path: Path) -> AsyncIterator[Real]:
    articles = tmp_path / "articles"
    shutil.copytree(PROJECT / "seeds", articles)
    serve_seeds(tmp_path / "data", articles, chat=False)
    sources, store = Sources(articles, PROJECT / "config" / "names.yaml"), GenerationStore(tmp_path / "data")

    async def suggest(*asked: Any) -> Any:
        return await complete(*asked, phrases=PHRASES)

    async def state() -> CorpusStatus:
        return await status(sources, store)

    async with AsyncExitStack() as opened:
        opened.enter_context(store.lock())
        shelf = await Shelf.open(store.path, str(store.applied()))
        opened.push_async_callback(shelf.close)

        def keep(log: QueryLog) -> Keeper:
            return Keeper(lambda: sources, store, log.ledger, shelf=shelf)

        parts = {"shelf": shelf, "answer": answer, "complete": suggest, "keep": keep, "status": state}
        yield Real(articles, await start({}, clock=lambda: datetime.now(UTC), **parts))


def texts(folder: Path) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]


def excerpts(text: str) -> list[str]:
    found = re.findall(r"(?m)(?:^> .*\n?)+", text)
    return ["\n".join(line[2:] for line in one.rstrip("\n").split("\n")) for one in found]


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("timeline", {}),
        ("timeline", {"topic": "NATO"}),
        ("exercise", {"name": "steppe eagle"}),
        ("source", {}),
        ("search", {"query": "peacekeeping battalion"}),
        ("search", {"query": "military education", "from": "1990s"}),
        ("new", {}),
    ],
)
async def test_every_excerpt_on_every_page_is_the_articles_own_text(
    channel: LocalChannel, real: Real, look: Any, name: str, options: dict[str, str]
) -> None:
    seen, corpus, found = look((await channel.command(name, options)).message), texts(real.articles), 0
    while True:
        for one in excerpts(seen.text):
            shown = unescape(re.sub(r"(?<!\\)\*\*", "", one)).removesuffix(" …")
            assert any(shown in text for text in corpus), shown
            found += 1
        following = next((one for one in seen.buttons if one["label"] == "Next"), None)
        if following is None or following.get("disabled"):
            break
        seen = look((await channel.press(seen.id, following["custom_id"])).message)
    assert found > 0


async def test_suggestions_show_how_a_date_is_read(channel: LocalChannel, real: Real) -> None:
    (choice, *_) = await channel.autocomplete("timeline", "from", "sept 2012")
    assert "September 2012" in choice["name"]
    assert any("Steppe Eagle" in one["value"] for one in await channel.autocomplete("exercise", "name", "step"))


async def test_an_unknown_exercise_is_not_found(channel: LocalChannel, real: Real, look: Any) -> None:
    seen = look((await channel.command("exercise", {"name": "Operation Nowhere"})).message)
    assert "## Not found" in seen.text and "Looked in all 5 articles" in seen.text and not excerpts(seen.text)


async def test_a_missing_article_is_not_found(channel: LocalChannel, real: Real, look: Any) -> None:
    seen = look((await channel.command("source", {"what": "https://example.org/never-written"})).message)
    assert "## Not found" in seen.text


async def test_reversed_dates_are_asked_again_the_right_way_round(channel: LocalChannel, real: Real, look: Any) -> None:
    seen = look((await channel.command("timeline", {"from": "2013", "to": "1997"})).message)
    assert "Read as: from 2013, to 1997" in seen.text
    after = look((await channel.press(seen.id, seen.labels and seen.button(seen.labels[0]))).message)
    assert "filtered by the date of the statement: from 1997, to 2013" in after.text and excerpts(after.text)


async def test_a_moderator_reloads_real_files(channel: LocalChannel, real: Real, look: Any) -> None:
    (real.articles / "new.md").write_text(
        "---\ntitle: A new article\n---\nIn May 2001 a *new* exercise began.\n", "utf-8"
    )
    (real.articles / "bad.md").write_text("---\ntitle: [\n---\nWords.\n", "utf-8")
    page = look((await channel.command("timeline", {})).message)
    assert "```" in page.text and "### Newest" in page.text
    seen = await look.settled(await channel.command("corpus reload", {}, by=MODERATOR))
    assert "1 added" in seen.text and "bad.md" in seen.text and "## Plan of a reload" in seen.text
    done = look((await channel.press(seen.id, seen.button("Apply"), by=MODERATOR)).message)
    assert "## Applied" in done.text
    state = look((await channel.command("corpus status", {}, by=MODERATOR)).message)
    assert "6 articles" in state.text and "bad.md" in state.text
    assert "6 articles" in look((await channel.command("timeline", {"topic": "exercise"})).message).text
    old = look((await channel.press(page.id, page.button("From the beginning"))).message)
    assert "5 articles" in old.text and "page 1 of" in old.text


async def test_a_card_says_through_which_other_spelling_it_was_found(
    channel: LocalChannel, real: Real, look: Any
) -> None:
    seen = look((await channel.command("exercise", {"name": "centrasbat"})).message)
    assert "matched through CENTRAZBAT" in seen.text
    assert "matched through" not in look((await channel.command("timeline", {"topic": "Hagel"})).message).text
