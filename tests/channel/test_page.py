"""The page in a real browser, with the real client behind it: what a person sees and can do."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]
from playwright.async_api import Locator, Page, expect

from kzbot.channel.server import LocalChannel

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
OpenPage = Callable[..., Awaitable[Page]]
HOSTILE = """<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>
[click](javascript:document.title='owned') <b>bold</b> **<i>x</i>** `<u>` https://example.org/"><script>"""


@pytest_asyncio.fixture(loop_scope="session")
async def bot(run_bot: Callable[[LocalChannel], AbstractAsyncContextManager[Any]]) -> AsyncIterator[Any]:
    """The small bot in an open channel, in the browser's loop."""
    opened = LocalChannel(0)
    await opened.start()
    async with run_bot(opened) as running:
        running.channel = opened
        yield running
    await opened.close()


async def ask(page: Page, line: str) -> Locator:
    """Sends a whole line; returns the newest message."""
    await page.locator("#box").fill(line)
    await page.keyboard.press("Escape")
    before = await page.locator("article").count()
    await page.keyboard.press("Enter")
    await expect(page.locator("article")).to_have_count(before + 1)
    return page.locator("article").last


async def test_a_command_is_found_filled_and_sent_by_keyboard(open_page: OpenPage) -> None:
    page = await open_page()
    suggestions = page.get_by_role("option")
    await page.keyboard.type("/")
    await expect(suggestions.first).to_be_visible()
    await page.keyboard.type("tim")
    await expect(suggestions).to_have_count(1)
    await page.keyboard.press("Tab")
    await expect(page.locator("#box")).to_have_value("/timeline topic: ")
    await page.keyboard.type("step")
    await expect(suggestions).to_have_text(["Steppe Eagle", "Steppe Eagle 2012"])
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_role("option", selected=True)).to_have_text("Steppe Eagle 2012")
    await page.keyboard.press("Enter")
    await expect(page.locator("#box")).to_have_value("/timeline topic: Steppe Eagle 2012 ")
    await page.keyboard.press("Enter")
    card = page.locator("article")
    await expect(card.get_by_role("heading", name="Steppe Eagle")).to_be_visible()
    await expect(card.locator(".used")).to_have_text("Member used /timeline topic: Steppe Eagle 2012")


async def test_a_required_option_that_is_missing_is_named(open_page: OpenPage) -> None:
    page = await open_page()
    await page.locator("#box").fill("/timeline year: 2012")
    await page.keyboard.press("Escape")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("topic is required")
    await page.locator("#box").fill("/timeline topic: x year: soon")
    await page.keyboard.press("Escape")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("year takes a whole number")
    await page.locator("#box").fill("/nothing here")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("There is no command /nothing")


async def test_true_and_false_are_offered_and_subcommands_stand_in_the_menu(open_page: OpenPage) -> None:
    page = await open_page()
    await page.keyboard.type("/echo text: hi ping: ")
    await expect(page.get_by_role("option")).to_have_text(["true", "false"])
    await page.locator("#box").fill("/cor")
    await expect(page.get_by_role("option")).to_contain_text(["/corpus reload"])
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("option")).to_have_count(0)


async def test_a_page_is_turned_by_keyboard_and_the_focus_stays(open_page: OpenPage) -> None:
    page = await open_page()
    card = await ask(page, "/timeline topic: Steppe Eagle")
    await card.get_by_role("button", name="Next").focus()
    await page.keyboard.press("Enter")
    await expect(card).to_contain_text("page 2 of 3")
    await expect(card.get_by_role("button", name="Next")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(card).to_contain_text("page 3 of 3")
    await card.get_by_role("combobox").select_option("0")
    await expect(card).to_contain_text("page 1 of 3")


async def test_the_address_of_a_link_is_read_before_it_is_followed(open_page: OpenPage) -> None:
    page = await open_page()
    card = await ask(page, "/timeline topic: Steppe Eagle")
    link = card.get_by_role("link", name="Read").first
    await link.focus()
    await expect(page.locator("#address")).to_have_text("https://example.org/a1#:~:text=The%20exercise")
    assert await link.get_attribute("rel") == "noopener noreferrer"


async def test_a_private_reply_is_seen_by_the_person_who_asked_only(open_page: OpenPage) -> None:
    member, moderator = await open_page(), await open_page()
    await moderator.get_by_label("Moderator").check()
    await expect(moderator.locator("#state")).to_have_text("kzbot is online")
    reply = await ask(member, "/corpus reload")
    await expect(reply).to_contain_text("Only moderators can do that.")
    await expect(reply).to_contain_text("Only you can see this")
    await expect(moderator.locator("article")).to_have_count(0)
    own = await ask(moderator, "/corpus reload")
    await expect(own).to_contain_text("Reloaded 5 articles.")
    await expect(member.locator("article")).to_have_count(1)
    await own.get_by_role("button", name="Dismiss message").click()
    await expect(moderator.locator("article")).to_have_count(0)
    await moderator.get_by_label("Member").check()
    said = await reply.text_content()
    assert said
    await expect(moderator.locator("article")).to_have_text([said])


async def test_messages_stay_when_the_page_is_loaded_again(open_page: OpenPage) -> None:
    page = await open_page()
    await ask(page, "Good morning, **all**")
    await ask(page, "/timeline topic: Steppe Eagle")
    await page.reload()
    await expect(page.locator("article")).to_have_count(2)
    await expect(page.locator("article strong", has_text="all")).to_be_visible()
    await expect(page.locator("article").last).to_contain_text("13 dated statements")


async def test_examples_stand_in_the_empty_channel_and_can_be_clicked(
    open_page: OpenPage, channel: LocalChannel
) -> None:
    channel.set_examples(["/timeline topic: Steppe Eagle", "/slow", "/picture"])
    page = await open_page()
    await expect(page.locator("#examples button")).to_have_count(3)
    await page.get_by_role("button", name="/timeline topic: Steppe Eagle").click()
    await expect(page.locator("article")).to_contain_text("13 dated statements")
    await expect(page.locator("#empty")).to_be_hidden()


async def test_thinking_becomes_the_answer_and_silence_is_said(
    open_page: OpenPage, channel: LocalChannel, bot: Any
) -> None:
    bot.thought.clear()
    page = await open_page()
    await page.locator("#box").fill("/slow")
    await page.keyboard.press("Enter")
    await expect(page.locator("article").first).to_contain_text("kzbot is thinking…")
    bot.thought.set()
    await expect(page.locator("article").first).to_contain_text("Done thinking")
    channel.interactions.window = 0.2
    await page.locator("#box").fill("/silent")
    await page.keyboard.press("Enter")
    await expect(page.locator(".note.failed")).to_have_text("/silent The application did not respond")


async def test_a_dialog_is_filled_and_sent(open_page: OpenPage) -> None:
    page = await open_page()
    await page.keyboard.type("/report")
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Report a mistake")
    await expect(dialog).to_be_visible()
    await none_found(page)
    await dialog.get_by_label("What is wrong").fill("the date")
    await page.keyboard.press("Enter")
    await expect(page.locator("article")).to_contain_text("Reported: the date")
    await expect(dialog).to_be_hidden()


async def test_pictures_are_shown_and_files_can_be_saved(open_page: OpenPage) -> None:
    page = await open_page()
    message = await ask(page, "/picture")
    await expect(message.get_by_role("img", name="Three dots on a line")).to_have_js_property("naturalWidth", 360)
    async with page.expect_download() as saving:
        await message.get_by_role("link", name="pack.md").click()
    assert (await (await saving.value).path()).read_bytes() == b"# pack\n"


async def test_an_answer_that_was_waited_for_comes_into_sight_as_it_grows(
    open_page: OpenPage, channel: LocalChannel
) -> None:
    page = await open_page()
    for number in range(30):
        channel.say(f"message {number}")
    waiting = channel.say("looking …")
    await expect(page.locator("article").last).to_be_in_viewport(ratio=0.9)
    channel.messages.edit(waiting, {"content": "\n".join(f"line {number}" for number in range(12))})
    await expect(page.get_by_text("line 11")).to_be_attached()
    await expect(page.locator("article").last).to_be_in_viewport(ratio=0.9)


async def test_markup_in_a_message_is_only_text(open_page: OpenPage, channel: LocalChannel) -> None:
    page = await open_page()
    await channel.command("echo", {"text": HOSTILE})
    message = page.locator("article")
    await expect(message).to_contain_text("<script>document.title='owned'</script>")
    await expect(message.locator("img, script, b, i")).to_have_count(0)
    assert all(href.startswith("https://example.org/") for href in await hrefs(message))
    await ask(page, HOSTILE.replace("\n", " "))
    assert "owned" not in await page.title()


async def hrefs(place: Locator) -> list[str]:
    return [await link.get_attribute("href") or "" for link in await place.locator("a").all()]


MARKDOWN = {
    "**a *b* c** ~~d~~ __e__": "<p><strong>a <em>b</em> c</strong> <s>d</s> <u>e</u></p>",
    r"\*a\* \_b\_ \[c](d) 2 * 3 * 4 snake_case_name": "<p>*a* _b_ [c](d) 2 * 3 * 4 snake_case_name</p>",
    "`a **b** c` **`d*`**": "<p><code>a **b** c</code> <strong><code>d*</code></strong></p>",
    "> one\n> two\n-# foot": '<blockquote><p>one<br>two</p></blockquote><p class="small">foot</p>',
    "- a\n- b\n2. c": '<ul><li>a</li><li>b</li></ul><ol start="2"><li>c</li></ol>',
    "### Head\ntext": '<div role="heading" aria-level="2" class="h3">Head</div><p>text</p>',
    "#no head, a > b": "<p>#no head, a &gt; b</p>",
    "** not bold ** and *open": "<p>** not bold ** and *open</p>",
    "***both*** **open": "<p><strong><em>both</em></strong> **open</p>",
    "\\> no quote, \\# no head": "<p>&gt; no quote, # no head</p>",
    "<t:0:D> <@1100000000000000302>": None,
}


async def test_discords_markdown_is_drawn(open_page: OpenPage, channel: LocalChannel) -> None:
    page = await open_page()
    for number, (text, html) in enumerate(MARKDOWN.items(), 1):
        channel.say(text)
        await expect(page.locator("article")).to_have_count(number)
        if html is not None:
            assert await page.locator("article .text").last.inner_html() == html
    await expect(page.locator("article time").last).to_have_text("1 January 1970")


async def test_a_lost_connection_comes_back_by_itself(open_page: OpenPage, channel: LocalChannel) -> None:
    page = await open_page()
    await channel.drop_pages()
    channel.say("said while the page was away")
    await expect(page.locator("article")).to_contain_text("said while the page was away")
    await channel.gateway.close_all(1001)
    await expect(page.locator("#state")).to_have_text("kzbot is online")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [400, 1200])
async def test_axe_finds_nothing(open_page: OpenPage, channel: LocalChannel, width: int, scheme: str) -> None:
    channel.set_examples(["/timeline topic: Steppe Eagle"])
    page = await open_page(width, 860, scheme)
    await none_found(page)
    await ask(page, "/timeline topic: Steppe Eagle private: true")
    await ask(page, "/picture")
    await ask(page, "A **word**, `code`, a [name](https://example.org) and\u00a0more")
    await page.locator("#box").fill("/timeline year: x")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).not_to_be_empty()
    await none_found(page)
    await page.locator("#box").fill("/")
    await expect(page.locator("#menu li").first).to_be_visible()
    await none_found(page)
    assert await page.evaluate("document.documentElement.scrollWidth") <= width


async def none_found(page: Page) -> None:
    found = (await Axe().run(page)).response["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []


async def test_the_menu_of_a_message_by_keyboard_and_mouse_on_desk_and_phone(
    open_page: OpenPage, channel: LocalChannel
) -> None:
    channel.say("four words of mine")
    for number, width in enumerate((1200, 400), start=1):
        page = await open_page(width)
        opener = page.get_by_role("button", name="Apps for the message by Member")
        menu = page.get_by_role("menu", name="Apps")
        await opener.focus()
        await page.keyboard.press("ArrowDown")
        await expect(menu.get_by_role("menuitem", name="Count words")).to_be_focused()
        await expect(opener).to_have_attribute("aria-expanded", "true")
        found = (await Axe().run(page)).response["violations"]
        assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []
        assert await page.evaluate("document.documentElement.scrollWidth") <= width
        await page.keyboard.press("Escape")
        await expect(menu).to_be_hidden()
        await expect(opener).to_be_focused()
        await opener.click()
        await menu.get_by_role("menuitem").click()
        await expect(page.locator("article")).to_have_count(1 + number)
        await expect(page.locator("article").last).to_contain_text("Member: 4 words")
        await expect(page.locator("article").last.get_by_role("button", name="Apps")).to_have_count(0)


async def test_the_box_grows_with_what_is_written_and_a_command_keeps_its_one_line(open_page: OpenPage) -> None:
    page = await open_page()
    box = page.locator("#box")
    low = await box.evaluate("box => box.offsetHeight")
    await page.keyboard.type("one")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.insert_text("two\nthree")
    await expect(box).to_have_value("one\ntwo\nthree")
    assert await box.evaluate("box => box.offsetHeight") > 2 * low
    await page.keyboard.press("Enter")
    await expect(page.locator("article .text")).to_have_text("one\ntwo\nthree", use_inner_text=True)
    await expect(box).to_have_value("")
    assert await box.evaluate("box => box.offsetHeight") == low
    await page.keyboard.type("/echo text: ")
    await page.keyboard.insert_text("one\ntwo\nthree")
    await expect(box).to_have_value("/echo text: one two three")
    await page.keyboard.press("Escape")
    await page.keyboard.press("Enter")
    await expect(page.locator("article").last).to_contain_text("one two three")
