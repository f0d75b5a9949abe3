"""A moderator in a real browser: a watched folder, its plan in #moderators, applied, told in #news, taken back."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
NEWS = """---
title: A new agreement
url: https://example.org/new
published: 2015-03
---
The two ministers signed a *new* zeppelin agreement on 3 February 2015.
"""


@pytest.fixture
def address(
    patient_bot: Callable[[Mapping[str, str]], Any], serve_seeds: Callable[..., None], articles: Path, tmp_path: Path
) -> Iterator[str]:
    """Where a bot that watches a folder has its channel; after the test it ends as it should."""
    serve_seeds(tmp_path, articles)
    environ = {
        "KZBOT_DATA__FOLDER": str(tmp_path),
        "KZBOT_CORPUS__FOLDER": str(articles),
        "KZBOT_CORPUS__WATCH": "true",
        "KZBOT_CHANNEL__PORT": "0",
    }
    bot = patient_bot(environ)
    try:
        bot.until("Changes in")
        yield bot.said[0].removeprefix("The local channel: ")
        assert bot.end() == 0
    finally:
        bot.kill()


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, address: str) -> AsyncIterator[Page]:
    """The channel at the width of a phone, as a moderator sees it; an error on its console fails the test."""
    complaints: list[str] = []
    context = await browser.new_context(viewport={"width": 400, "height": 860})
    opened = await context.new_page()
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
    await opened.goto(address)
    await expect(opened.locator("#state")).to_have_text("kzbot is online")
    await opened.get_by_text("Moderator", exact=True).click()
    yield opened
    await context.close()
    assert complaints == []


async def go(page: Page, place: str) -> None:
    await page.locator("#places").get_by_text(place).click()


async def fits(card: Locator) -> bool:
    return bool(await card.evaluate("one => one.scrollWidth <= one.clientWidth + 1"))


async def test_a_moderator_applies_and_takes_back_what_a_watched_folder_brought(page: Page, articles: Path) -> None:
    await go(page, "moderators")
    (articles / "news.md").write_text(NEWS, encoding="utf-8")
    (articles / "broken.md").write_text("---\ntitle: [\n---\nWords.\n", encoding="utf-8")
    card = page.locator("article").first
    await expect(card).to_contain_text("Plan of a reload")
    await expect(card).to_contain_text("1 added · 0 changed · 0 removed")
    await expect(card).to_contain_text("broken.md, line 3")
    assert await fits(card)

    select = card.locator("select")
    (label,) = [one for one in await select.locator("option").all_inner_texts() if "Dated statements gained" in one]
    await select.select_option(label=label)
    copy = page.locator("article").last
    await expect(copy).to_contain_text("3 February 2015")
    await expect(copy).to_contain_text("Only you can see this")
    await expect(copy.locator("li")).to_have_count(1)
    assert await fits(copy)

    await card.get_by_role("button", name="Apply").click()
    await expect(card).to_contain_text("Applied")
    await expect(card).to_contain_text("By @Moderator")
    await go(page, "news")
    digest = page.locator("article").first
    await expect(digest).to_contain_text("The two ministers signed a *new* zeppelin agreement")
    await go(page, "moderators")
    await page.locator("article").first.get_by_role("button", name="Roll back").click()
    await expect(page.locator("article").first).to_contain_text("Rolled back")
    await expect(page.locator("article").first.get_by_role("button", name="Apply again")).to_be_visible()


async def test_a_member_does_not_see_the_moderators_channel_and_a_moderator_types_what_is_dangerous(
    page: Page, articles: Path
) -> None:
    await go(page, "moderators")
    for path in articles.glob("00[01]_*"):
        path.unlink()
    card = page.locator("article").first
    await expect(card).to_contain_text("More than a tenth of the articles would go")
    words = await card.inner_text()
    count = re.search(r"would go: (\d+) of", words)
    assert count is not None
    await card.get_by_role("button", name="Apply").click()
    dialog = page.locator("#dialog")
    await expect(dialog).to_contain_text("How many articles go?")
    await dialog.get_by_role("textbox").fill("77")
    await dialog.get_by_role("button", name="Submit").click()
    await expect(page.locator("article").last).to_contain_text("so nothing was changed")
    await card.get_by_role("button", name="Apply").click()
    await dialog.get_by_role("textbox").fill(count[1])
    await dialog.get_by_role("button", name="Submit").click()
    await expect(card).to_contain_text("Applied")
    await page.get_by_text("Member", exact=True).click()
    await expect(page.locator("#places").get_by_text("moderators")).to_have_count(0)
