"""The page in a real browser: files for a command, dialogs, and the channels of the server."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]
from playwright.async_api import FileChooser, Locator, Page, expect

from kzbot.channel.identity import DIRECT, HOME, MEMBER, MODERATOR, MODERATORS, NEWS
from kzbot.channel.server import LocalChannel

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
OpenPage = Callable[..., Awaitable[Page]]
WIDTHS = (1200, 400)
OWN = "@ Direct message"


@pytest_asyncio.fixture(loop_scope="session")
async def channel(run_bot: Callable[[LocalChannel], AbstractAsyncContextManager[Any]]) -> AsyncIterator[LocalChannel]:
    """An open channel with the small bot in it, in the browser's loop."""
    opened = LocalChannel(0)
    await opened.start()
    async with run_bot(opened):
        yield opened
    await opened.close()


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "my notes.txt"
    path.write_text("Steppe Eagle began.", "utf-8")
    return path


async def usable(page: Page, width: int) -> None:
    """Axe finds nothing, and nothing has to be scrolled sideways."""
    found = (await Axe().run(page)).response["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= width


async def drop(page: Page, files: dict[str, str]) -> None:
    """Drops files onto the page, as from a folder's window."""
    script = """([files]) => { const data = new DataTransfer();
        for (const [name, text] of Object.entries(files)) data.items.add(new File([text], name));
        document.querySelector('#log').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })); }"""
    await page.evaluate(script, [files])


def slot(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name=name, exact=True)


@pytest.mark.parametrize("width", WIDTHS)
async def test_a_file_is_picked_taken_out_and_sent_by_keyboard(open_page: OpenPage, notes: Path, width: int) -> None:
    page = await open_page(width)
    choosers: asyncio.Queue[FileChooser] = asyncio.Queue()
    page.on("filechooser", choosers.put_nowait)  # from the start: a listener set just before the key comes too late
    await page.keyboard.type("/add")
    await page.keyboard.press("Tab")
    await expect(page.locator("#box")).to_have_value("/add file1: ")
    await expect(page.get_by_role("option", name="Choose a file")).to_be_visible()
    await usable(page, width)
    await page.keyboard.press("Enter")
    await (await asyncio.wait_for(choosers.get(), 60)).set_files(notes)
    await expect(page.locator("#box")).to_have_value("/add file1: my notes.txt ")
    await expect(slot(page, "file1")).to_contain_text("my notes.txt 19 bytes")
    await usable(page, width)
    await page.get_by_role("button", name="Remove my notes.txt from file1").press("Enter")
    await expect(page.locator("#box")).to_be_focused()
    await expect(page.locator("#box")).to_have_value("/add ")
    await page.keyboard.type("file1: ")
    await page.keyboard.press("Escape")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_have_text("file1 has no file yet: choose one.")
    await page.get_by_role("button", name="Choose a file for file1").press("Enter")
    await (await asyncio.wait_for(choosers.get(), 60)).set_files(notes)
    await expect(page.locator("#box")).to_be_focused()
    await page.keyboard.type("file2: ")
    await page.get_by_role("button", name="Leave out file2").press("Enter")
    await expect(page.locator("#box")).to_have_value("/add file1: my notes.txt ")
    await page.keyboard.type("note: a remark")
    await page.keyboard.press("Escape")
    await page.keyboard.press("Enter")
    await expect(page.locator("article")).to_contain_text("Taken: a remark")
    await expect(page.locator("article")).to_contain_text("my_notes.txt | my notes | text/plain; charset=utf-8 | 19")
    await expect(page.locator("article .used")).to_have_text("Member used /add file1: my notes.txt note: a remark")
    await expect(page.locator("#files")).to_be_hidden()


async def test_dropped_files_go_where_files_are_taken(open_page: OpenPage) -> None:
    page = await open_page()
    alert = page.locator("#problem")
    await drop(page, {"a.txt": "one"})
    await expect(alert).to_have_text("Files go with a command that takes them, such as /add.")
    await page.locator("#box").fill("/echo ")
    await drop(page, {"a.txt": "one"})
    await expect(alert).to_have_text("Files go with a command that takes them, such as /add.")
    await page.locator("#box").fill("/add ")
    await drop(page, {"a.txt": "one", "note: file3: b.txt": "two"})
    await expect(slot(page, "file2")).to_contain_text("note: file3: b.txt")
    await drop(page, {"c.txt": "three", "d.txt": "four"})
    await expect(alert).to_have_text("/add takes 3 files at most.")
    await expect(slot(page, "file3")).to_contain_text("c.txt")
    await page.locator("#box").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("article")).to_contain_text("b'one'")
    await expect(page.locator("article")).to_contain_text("note_file3_b.txt | note: file3: b | text/plain")
    await expect(page.locator("article")).to_contain_text("b'three'")


async def test_a_file_that_is_too_large_or_gone_is_told_in_words(
    open_page: OpenPage, channel: LocalChannel, notes: Path
) -> None:
    page = await open_page()
    await page.locator("#box").fill("/add ")
    await drop(page, {"large.txt": "x" * ((10 << 20) + 1)})
    await expect(page.locator("#problem")).to_contain_text("large.txt is larger than 10 MiB")
    await expect(page.locator("#box")).to_have_value("/add ")
    await page.get_by_label("Moderator").check()
    await expect(page.locator("#state")).to_have_text("kzbot is online")
    await drop(page, {"mine.txt": "x"})
    await expect(slot(page, "file1")).to_contain_text("1 byte")
    await page.get_by_label("Member").check()
    await expect(page.get_by_role("button", name="moderators")).to_have_count(0)
    await page.locator("#box").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator(".note.failed")).to_contain_text("The file for file1 is not here any more")
    await page.keyboard.press("ArrowUp")
    await expect(page.locator("#box")).to_have_value("/add file1: mine.txt")
    await page.keyboard.press("Enter")
    await expect(page.locator("#problem")).to_contain_text("file1 takes a file chosen with its button")
    await expect(page.get_by_role("button", name="Choose a file for file1")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
async def test_a_form_says_beside_each_field_what_is_wrong(open_page: OpenPage, width: int) -> None:
    page = await open_page(width)
    await page.locator("#box").fill("/form")
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Describe the article")
    await expect(dialog).to_contain_text("Found in notes.txt; what is missing?")
    title, words = dialog.get_by_label("Title"), dialog.get_by_label("Text")
    await expect(title).to_be_focused()
    await expect(title).to_have_value("Steppe Eagle begins")
    await expect(title).to_have_accessible_description("As the publisher prints it")
    await expect(words).to_have_attribute("placeholder", "Its first lines")
    await title.fill("")
    await words.fill("short")
    await title.press("Enter")
    await expect(title).to_have_accessible_description("As the publisher prints it This field is required.")
    await expect(title).to_be_focused()
    await expect(words).to_have_accessible_description("This needs 10 characters at least; it has 5.")
    await expect(dialog.get_by_label("Kind")).to_have_accessible_description("This field is required.")
    await usable(page, width)
    await page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()
    await expect(page.locator("#box")).to_be_focused()
    await expect(page.locator("article")).to_have_count(0)


async def test_a_form_behind_a_button_is_filled_by_keyboard_and_the_focus_comes_back(open_page: OpenPage) -> None:
    page = await open_page()
    await page.locator("#box").fill("/desk")
    await page.keyboard.press("Enter")
    button = page.locator("article").get_by_role("button", name="Fill in")
    for ended in ("Escape", "Submit"):
        await button.press("Enter")
        dialog = page.get_by_role("dialog", name="Describe the article")
        await expect(dialog.get_by_label("Title")).to_be_focused()
        if ended == "Escape":
            await page.keyboard.press("Escape")
            await expect(button).to_be_focused()
    await dialog.get_by_label("Text").fill("two lines\nof words")
    await dialog.get_by_label("Kind").select_option("report")
    await dialog.get_by_label("Doubtful").check()
    await dialog.get_by_role("button", name="Submit").click()
    await expect(dialog).to_be_hidden()
    await expect(page.locator("article")).to_contain_text(
        "Described: ['Steppe Eagle begins', 'two lines\\nof words', ['report'], ['doubtful']]"
    )
    await expect(page.locator("article")).to_have_count(1)
    await expect(button).to_be_focused()


async def test_a_form_stays_open_where_the_bot_does_not_answer(open_page: OpenPage, channel: LocalChannel) -> None:
    page = await open_page()
    await page.locator("#box").fill("/report")
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Report a mistake")
    await dialog.get_by_label("What is wrong").fill("the date")
    waits, channel.interactions.window = channel.interactions.window, 0
    await page.keyboard.press("Enter")
    await expect(dialog.get_by_role("alert")).to_have_text("The application did not respond")
    channel.interactions._by_token.popitem()  # what the bot answers to it even later is too late, however slow it is
    channel.interactions.window = waits
    await expect(dialog.get_by_label("What is wrong")).to_have_value("the date")
    await page.keyboard.press("Enter")
    await expect(page.locator("article")).to_contain_text("Reported: the date")
    await expect(dialog).to_be_hidden()


@pytest.mark.parametrize("width", WIDTHS)
async def test_moderators_have_a_channel_that_members_do_not_see(
    open_page: OpenPage, channel: LocalChannel, width: int
) -> None:
    page = await open_page(width)
    places = page.get_by_role("navigation", name="Channels").get_by_role("button")
    await expect(places).to_have_text(["# general", "# news", OWN])
    await page.get_by_label("Moderator").check()
    await expect(places).to_have_text(["# general", "# moderators", "# news", OWN])
    channel.say("a plan waits", by=MODERATOR, where=MODERATORS)
    await expect(places).to_have_text(["# general", "# moderatorsnew", "# news", OWN])
    await expect(page).to_have_title("• #general · local channel")
    await expect(page.locator("article")).to_have_count(0)
    await usable(page, width)
    await places.nth(1).press("Enter")
    await expect(page.locator("article")).to_contain_text("a plan waits")
    await expect(page.get_by_role("heading", name="moderators")).to_be_visible()
    await expect(places.nth(1)).to_have_text("# moderators")
    await expect(places.nth(1)).to_be_focused()
    await expect(places.nth(1)).to_have_attribute("aria-current", "page")
    await page.get_by_role("textbox", name="Message #moderators").fill("/desk")
    await page.keyboard.press("Enter")
    await page.locator("article").last.get_by_role("button", name="Fill in").click()
    await page.get_by_role("dialog").get_by_label("Kind").select_option("news")
    await page.get_by_role("button", name="Submit").click()
    await expect(page.locator("article").last).to_contain_text("Described:")
    assert len(channel.messages.in_place(MODERATORS)) == 2
    await page.reload()
    await expect(page.locator("article")).to_have_count(2)
    await page.get_by_label("Member").check()
    await expect(places).to_have_text(["# general", "# news", OWN])
    await expect(page).to_have_title("#general · local channel")
    await expect(page.locator("article")).to_have_count(0)


async def test_what_was_seen_is_not_new_again(open_page: OpenPage, channel: LocalChannel) -> None:
    channel.say("first digest", where=NEWS)
    page = await open_page()
    news = page.get_by_role("navigation").get_by_role("button", name="news")
    await expect(news).to_have_text("# newsnew")
    await news.click()
    await expect(page.locator("article")).to_contain_text("first digest")
    channel.say("second digest", where=NEWS)
    await expect(page.locator("article")).to_have_count(2)
    general = page.get_by_role("navigation").get_by_role("button", name="general")
    await general.click()
    await expect(general).to_have_attribute("aria-current", "page")
    await page.reload()
    await expect(news).to_have_text("# news")
    channel.say("third digest", where=NEWS)
    await expect(news).to_have_text("# newsnew")
    await page.locator("#box").fill("to all")
    await page.keyboard.press("Enter")
    await expect(page.locator("article")).to_have_count(1)
    assert [one.body["content"] for one in channel.messages.visible(MEMBER, HOME)] == ["to all"]
    assert "to all" not in json.dumps([one.body for one in channel.messages.in_place(NEWS)])


@pytest.mark.parametrize("width", WIDTHS)
async def test_a_direct_message_is_new_for_one_person_and_answered_by_the_bot(
    open_page: OpenPage, channel: LocalChannel, width: int
) -> None:
    page = await open_page(width)
    places = page.get_by_role("navigation", name="Channels").get_by_role("button")
    channel.say("for the moderator", by=MODERATOR, where=DIRECT)
    channel.say("can be answered now", where=DIRECT)
    await expect(places).to_have_text(["# general", "# news", f"{OWN}new"])
    await places.last.click()
    await expect(page).to_have_title("Direct message · local channel")
    await expect(page.get_by_role("heading", name="Direct message")).to_be_visible()
    await expect(page.locator("article")).to_have_count(1)
    await page.get_by_role("textbox", name="Message kzbot").fill("/echo text: thank you")
    await page.keyboard.press("Escape")
    await page.keyboard.press("Enter")
    await expect(page.locator("article").last).to_contain_text("thank you")
    await usable(page, width)
    assert len(channel.messages.in_place(DIRECT)) == 2


async def test_people_and_channels_are_offered_and_what_is_neither_is_told(open_page: OpenPage) -> None:
    page = await open_page()
    box = page.locator("#box")
    await page.keyboard.type("/named user: mod")
    await page.get_by_role("option", name="@Moderator").click()
    await page.keyboard.type("room: #ne")
    await expect(page.get_by_role("option", name="#news")).to_be_visible()
    await page.get_by_role("option", name="#news").click()
    await expect(box).to_have_value("/named user: @Moderator room: #news ")
    await page.keyboard.press("Enter")
    said = f"Member {MODERATOR.id} Moderator, news {NEWS.channel} True"
    await expect(page.locator("article").last).to_contain_text(said)
    await page.keyboard.type("/named user: somebody else")
    await page.keyboard.press("Enter")
    await expect(page.locator("#problem")).to_have_text("user takes a person, as @name or an id, not “somebody else”.")
    await box.fill("/named user: 123456789012345678")
    await page.keyboard.press("Enter")
    await expect(page.locator("article").last).to_contain_text("User 123456789012345678")
    await box.fill(f"/echo text: asked in <#{NEWS.channel}>")
    await page.keyboard.press("Enter")
    await expect(page.locator("article").last).to_contain_text("asked in #news")
