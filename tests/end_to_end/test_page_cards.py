"""Everything that the page shows, as people of every kind see it: by axe, in its width, and by names."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]
from playwright.async_api import Locator, Page, expect

from tests.end_to_end.paging import TOO_WIDE, OpenPage, ask

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
TRUE = "noted with satisfaction the progressive and developing character of military cooperation"
ALTERED = "The United States and Kazakhstan share a common goal to promote and maintain peace and stability"
INVENTED = "Kazakhstan will become a full member of the alliance within three years"
CARDS = (
    "/timeline",
    "/exercise name: Steppe Eagle",
    "/source",
    "/search query: military education private: true",
    "/search query: chocolate cake recipe",
    f"/check quote quote: “{TRUE}” “{ALTERED}” “{INVENTED}”",
    "/timeline from: 2013 to: 1997",
    "/help",
    "/corpus status",
    "/log questions user: Member channel: general",
    "/log unanswered",
    "/log stats",
    "/log audit",
    "/log purge search: cake",
    "/privacy show",
    "/privacy delete",
)
OPENED = (
    ("/corpus remove article: 000_a9e4fb0ab2ba0695", "Show …", 4, "Articles removed"),
    ("/corpus status", "Show …", 4, "names found that the name book lacks"),
    ("/corpus doubts", None, 0, "it is another one"),
    ("/corpus history", None, 0, "History of the corpus"),
    (
        "/log questions user: Member channel: general",
        "All of them as a file …",
        2,
        "Only asked by @Member · in #general",
    ),
    ("/log stats since: last week", "Another period", 3, "Most asked"),
    ("/log unanswered", "Open …", 1, "@Stranger"),
    ("/log audit", "Show all that is kept of …", 10, "with: asked by @Member, in #general"),
    ("/privacy export", None, 0, "Only you can see this"),
)
"""A command, a select of its card, how many of its entries are taken, and words that are there then."""
UNSHOWN = """[...document.querySelectorAll("article, dialog, #server")]
    .flatMap(one => [one.textContent, ...[...one.querySelectorAll("[alt]")].map(picture => picture.alt)])
    .flatMap(text => text.match(/<[@#t][:&!\\d][^>]*>|[0-9]{17,}|\\b[a-z_]+\\.[a-z_]+\\.[a-z_]+\\b/g) ?? [])"""
DRAW_ALL = """document.querySelectorAll("article").forEach(one => { one.style.contentVisibility = "visible"; })"""
"""What is off screen is not drawn else, and so not seen by whoever looks at all of it."""


async def test_axe_finds_nothing_on_any_card_in_light_and_dark_on_phone_and_desk(open_page: OpenPage) -> None:
    page = await open_page()
    await page.get_by_label("Moderator").check()
    await expect(page.locator("#state")).to_have_text("kzbot is online")
    for line in CARDS:
        await ask(page, line)
    await page.get_by_role("button", name="Direct message").click()
    await expect(page.locator("article")).to_have_count(0)
    await ask(page, "/search query: harbour")
    await page.get_by_role("button", name="general").click()
    await expect(page.locator("article")).to_have_count(len(CARDS))
    await page.get_by_role("button", name="Full text").click()
    await expect(page.locator("article")).to_have_count(len(CARDS) + 1)
    for width, scheme in ((400, "dark"), (1200, "light")):  # what is wide is so in both, and so is what is pale
        await look_around(await open_page(width, scheme), width)


async def opened(page: Page, line: str, select: str | None, count: int) -> Locator:
    """The card of a line after so many entries of a select of it were taken, each looked at."""
    identity = await (await ask(page, line)).get_attribute("id")
    card = page.locator(f"#{identity}")
    box = card.get_by_role("combobox", name=select)
    if select is not None:
        await expect(box).to_be_visible()
    values = [await one.get_attribute("value") for one in await box.locator("option").all()] if select else []
    for value in [one for one in values if one][:count]:
        await box.select_option(value)
        await expect(page.locator("[aria-busy]")).to_have_count(0)
        await expect(page.locator(".thinking")).to_have_count(0)
        assert await page.evaluate(UNSHOWN) == [], (line, value)
    assert await page.evaluate(UNSHOWN) == [], line
    return card


async def doubted(page: Page) -> None:
    """A member doubts a date and a name of an answer."""
    card, late = page.locator("article").first, page.get_by_text("That took too long. Please press again.")
    form = page.get_by_role("dialog", name="Wrong date or name?")
    while not await form.is_visible():
        before = await late.count()
        await card.get_by_role("button", name="Wrong date or name?").press("Enter")
        await expect(form.or_(late.nth(before))).to_be_visible()
    assert await page.evaluate(UNSHOWN) == []
    for choice in await form.get_by_role("combobox").all():
        await choice.select_option(index=1)
    for words in await form.get_by_role("textbox").all():
        await words.fill("it is another one")
    await form.get_by_role("button", name="Submit").press("Enter")
    await expect(form).to_be_hidden()


async def test_nothing_that_is_opened_from_a_card_shows_a_bare_id(open_page: OpenPage) -> None:
    page = await open_page(400)
    await become(page, "Stranger")
    await page.get_by_role("button", name="Invite kzbot").press("Enter")
    await expect(page.get_by_role("button", name="Remove kzbot")).to_be_visible()
    await (await ask(page, "/search query: zqx regatta")).get_by_role("button", name="Tell me").press("Enter")
    await expect(page.locator("article")).to_have_count(2)
    await become(page, "Member")
    await ask(page, "/exercise name: Steppe Eagle")
    await doubted(page)
    await become(page, "Moderator")
    for line, select, count, words in OPENED:
        card = await opened(page, line, select, count)
        await expect(page.locator("#log")).to_contain_text(words)
        if line == "/log unanswered":
            for step in ("Add spelling", "Note missing source"):
                await card.get_by_role("button", name=step).press("Enter")
                await expect(page.get_by_role("dialog")).to_be_visible()
                assert await page.evaluate(UNSHOWN) == [], step
                await page.keyboard.press("Escape")
    assert await page.evaluate(TOO_WIDE) == []
    assert [(one["id"], one["help"]) for one in (await Axe().run(page)).response["violations"]] == []
    await page.get_by_role("button", name="moderators").press("Enter")
    await expect(page.locator("article")).to_contain_text(["Wrong date?", "Wrong name?"])
    await expect(page.locator("article").first).to_contain_text("@Member")
    assert await page.evaluate(UNSHOWN) == [] and await page.evaluate(TOO_WIDE) == []


async def become(page: Page, name: str) -> None:
    """Acts as that person from now on."""
    await page.get_by_role("radio", name=name, exact=True).check()
    await expect(page.locator("#name")).to_have_text("lobby" if name == "Stranger" else "general")
    await expect(page.locator("#state")).to_have_text("kzbot is online")


@pytest.mark.parametrize("width", [400, 1200])
async def test_a_stranger_is_answered_in_another_server_and_moderates_nothing(open_page: OpenPage, width: int) -> None:
    page = await open_page(width)
    await become(page, "Stranger")
    await page.locator("#box").fill("/exercise name: Steppe Eagle")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_have_text("kzbot is not in this server, so it has no commands here.")
    await page.get_by_role("button", name="Invite kzbot").press("Enter")
    await expect(page.get_by_role("button", name="Remove kzbot")).to_be_focused()
    await expect((await ask(page, "/exercise name: Steppe Eagle")).locator("blockquote")).not_to_have_count(0)
    await page.locator("#box").fill("/log unan")
    await expect(page.get_by_role("option")).to_contain_text(["/log unanswered"])
    for line in ("/log unanswered", "/log questions user: Member", "/corpus reload", "/corpus status"):
        refused = await ask(page, line)
        await expect(refused).to_contain_text("Moderators' commands work in the home server only")
        await expect(refused).to_contain_text("Only you can see this")
    assert [(one["id"], one["help"]) for one in (await Axe().run(page)).response["violations"]] == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= width and not await page.evaluate(TOO_WIDE)
    await become(page, "Moderator")
    await expect(page.locator("article")).to_have_count(0)
    log = await ask(page, "/log questions status: denied")
    await expect(log.locator(".mention", has_text="@Stranger")).to_have_count(4)
    await expect(log).to_contain_text("#lobby")
    await become(page, "Stranger")
    await page.get_by_role("button", name="Remove kzbot").press("Enter")
    state = page.get_by_role("region", name="Another server").get_by_role("status")
    await expect(state).to_contain_text("kzbot was removed from this server on ")
    moments = re.findall(r"\d+ \w+ \d{4} at \d\d:\d\d", await state.inner_text())
    left, erased = (datetime.strptime(f"{one} +0000", "%d %B %Y at %H:%M %z") for one in moments)
    assert round((erased - left) / timedelta(days=1)) == 7
    await page.reload()
    await expect(state).to_contain_text("unless it is invited again before")
    await expect(page.locator("article").first.get_by_role("button", name="Useful", exact=True)).to_be_visible()
    await page.locator("article").first.get_by_role("button", name="Useful", exact=True).press("Enter")
    await expect(page.locator("article").first.get_by_role("alert")).to_have_text("kzbot is not in this server.")


async def look_around(page: Page, width: int) -> None:
    """What axe says of everything in the channel as a moderator sees it, and whether it fits the width."""
    await page.get_by_label("Moderator").check()
    await expect(page.locator("article")).to_have_count(len(CARDS) + 1)
    await page.evaluate(DRAW_ALL)
    found = (await Axe().run(page)).response["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= width
    assert await page.evaluate(TOO_WIDE) == []
    assert await page.evaluate(UNSHOWN) == [], "people and channels stand there by their names, moments as moments"
    await expect(page.locator("#places")).to_contain_text("new")
    if width > 1000:
        assert await page.evaluate(
            "[...document.querySelectorAll('nav, .place')].every(one => one.scrollWidth <= one.clientWidth)"
        )
