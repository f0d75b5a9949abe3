"""A stranger from another server in a real browser: what they see there, and the bot that comes and goes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]
from playwright.async_api import Page, expect

from kzbot.channel.identity import KNOWN, MODERATOR, OTHER_GUILD
from kzbot.channel.server import LocalChannel

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
OpenPage = Callable[..., Awaitable[Page]]
AWAY = "kzbot is not in this server, so it has no commands here."
ALONE = "You share no server with kzbot, so its commands do not work here."


@pytest_asyncio.fixture(loop_scope="session")
async def channel(run_bot: Callable[[LocalChannel], AbstractAsyncContextManager[Any]]) -> AsyncIterator[LocalChannel]:
    """An open channel with the small bot in it, in the browser's loop."""
    opened = LocalChannel(0)
    opened.set_examples(["/echo text: hello"])
    opened.set_grace(7)
    await opened.start()
    async with run_bot(opened):
        yield opened
    await opened.close()


async def become_stranger(page: Page) -> None:
    await page.get_by_role("radio", name="Stranger").check()
    await expect(page.locator("#name")).to_have_text("lobby")
    await expect(page.locator("#state")).to_have_text("kzbot is online")


async def fits(page: Page) -> None:
    found = (await Axe().run(page)).response["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert await page.evaluate("document.documentElement.scrollWidth") <= width
    assert await page.evaluate("[...document.querySelectorAll('header *')].every(one => one.scrollWidth <= innerWidth)")


async def test_the_switch_names_everybody_as_the_channel_does(open_page: OpenPage) -> None:
    page = await open_page()
    people = page.get_by_role("radio")
    await expect(people).to_have_count(len(KNOWN))
    assert [await one.get_attribute("value") for one in await people.all()] == [one.key for one in KNOWN]
    for person in KNOWN:
        await expect(page.get_by_role("radio", name=person.name, exact=True)).to_be_visible()


async def test_a_stranger_sees_their_own_server_and_nothing_of_home(open_page: OpenPage, channel: LocalChannel) -> None:
    page, home = await open_page(), await open_page()
    channel.say("at home", by=MODERATOR)
    await expect(page.locator("article")).to_have_count(1)
    await expect(page.locator("#server")).to_be_hidden()
    await become_stranger(page)
    await expect(page.locator("article")).to_have_count(0)
    await expect(page.locator(".place")).to_have_text(["# lobby", "@ Direct message"])
    await expect(page.get_by_role("heading", name="Another server")).to_be_visible()
    await page.locator("#box").fill("is anybody here?")
    await page.keyboard.press("Enter")
    await expect(page.locator("article")).to_contain_text("is anybody here?")
    await expect(home.locator("article")).to_have_count(1)
    await page.reload()
    await expect(page.locator("#name")).to_have_text("lobby")
    await expect(page.get_by_role("radio", name="Stranger")).to_be_checked()
    await page.get_by_role("radio", name="Member").check()
    await expect(page.locator(".place")).to_have_text(["# general", "# news", "@ Direct message"])
    await expect(page.locator("article")).to_have_count(1)
    await expect(page.locator("#server")).to_be_hidden()


@pytest.mark.parametrize(("width", "scheme"), [(400, "light"), (400, "dark"), (1200, "light")])
async def test_the_bot_is_invited_asked_and_removed_by_keyboard(open_page: OpenPage, width: int, scheme: str) -> None:
    page = await open_page(width, 860, scheme)
    await page.get_by_role("radio", name="Member").focus()
    await page.keyboard.press("ArrowLeft")  # the switch goes round: from the first to the last
    await expect(page.locator("#name")).to_have_text("lobby")
    state = page.get_by_role("region", name="Another server").get_by_role("status")
    await expect(state).to_have_text("kzbot is not in this server. Its owner can invite it.")
    await expect(page.locator("#empty")).to_contain_text(AWAY)
    await expect(page.locator("#examples")).to_be_hidden()
    await page.locator("#box").fill("/")
    await expect(page.get_by_role("alert")).to_have_text(AWAY)
    await expect(page.get_by_role("option")).to_have_count(0)
    await fits(page)
    await page.locator("#box").fill("")
    await page.get_by_role("radio", name="Stranger").focus()
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("button", name="Invite kzbot")).to_be_focused()
    await page.keyboard.press("Enter")
    remove = page.get_by_role("button", name="Remove kzbot")
    await expect(remove).to_be_focused()
    await expect(state).to_have_text("kzbot is in this server. Its owner can remove it.")
    await page.get_by_role("button", name="/echo text: hello").click()
    await expect(page.locator("article .used")).to_have_text("Stranger used /echo text: hello")
    await fits(page)
    await remove.press("Enter")
    await expect(page.get_by_role("button", name="Invite kzbot")).to_be_focused()
    await expect(state).to_contain_text("kzbot was removed from this server on ")
    await expect(state).to_contain_text("What was asked here is erased after ")
    await expect(state).to_contain_text(", unless it is invited again before.")
    await fits(page)


async def test_where_the_bot_is_not_its_cards_and_commands_do_nothing(
    open_page: OpenPage, channel: LocalChannel
) -> None:
    page = await open_page()
    await become_stranger(page)
    await page.get_by_role("button", name="Direct message").click()
    await expect(page.locator("#empty")).to_contain_text(ALONE)
    await page.get_by_role("button", name="lobby").click()
    await page.get_by_role("button", name="Invite kzbot").click()
    await expect(page.get_by_role("button", name="Remove kzbot")).to_be_visible()
    await page.locator("#box").fill("/timeline topic: x")
    await page.keyboard.press("Escape")
    await page.keyboard.press("Enter")
    card = page.locator("article")
    await expect(card).to_contain_text("page 1 of 3")
    await expect(card.get_by_role("button", name="Apps")).to_be_visible()
    await page.get_by_role("button", name="Remove kzbot").click()
    await card.get_by_role("button", name="Next").click()
    await expect(card.get_by_role("alert")).to_have_text("kzbot is not in this server.")
    await expect(card.get_by_role("button", name="Apps")).to_be_hidden()
    await page.get_by_role("button", name="Invite kzbot").click()
    await card.get_by_role("button", name="Next").click()
    await expect(card).to_contain_text("page 2 of 3")
    await page.get_by_role("button", name="Direct message").click()
    await expect(page.locator("#examples button")).to_be_visible()
    await channel.gateway.leave(OTHER_GUILD)
    state = page.get_by_role("region", name="Another server").get_by_role("status")
    await expect(state).to_contain_text("kzbot left this server on ")
    await expect(page.locator("#empty")).to_contain_text(ALONE)
