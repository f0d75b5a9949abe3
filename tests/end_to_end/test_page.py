"""A person in a real browser, the whole bot behind the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]
from playwright.async_api import Locator, expect

from tests.end_to_end.paging import TOO_WIDE, OpenPage, ask

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
TRUE = "noted with satisfaction the progressive and developing character of military cooperation"
ALTERED = "The United States and Kazakhstan share a common goal to promote and maintain peace and stability"
INVENTED = "Kazakhstan will become a full member of the alliance within three years"


async def verbatim(card: Locator) -> int:
    """How many excerpts the card shows; each is found in one of the five files, white space apart."""
    await expect(card.locator("blockquote")).not_to_have_count(0)  # a busy bot has only promised it yet
    await card.scroll_into_view_if_needed()
    await expect(card).not_to_have_text("", use_inner_text=True)  # what is off screen is not drawn, and has none
    files = [" ".join(path.read_text(encoding="utf-8").split()) for path in SEEDS.glob("*.txt")]
    shown = [" ".join(text.split()) for text in await card.locator("blockquote").all_inner_texts()]
    assert all(shown) and [text for text in shown if not any(text in file for file in files)] == []
    return len(shown)


async def test_a_person_asks_by_mouse_and_keyboard_and_reads_the_evidence(open_page: OpenPage) -> None:
    page = await open_page()
    examples = page.locator("#examples button")
    await expect(examples).to_have_count(3)
    line = await examples.first.inner_text()
    await examples.first.click()
    first = page.locator("article")
    await expect(first.locator(".used")).to_have_text(f"Member used {line}")
    assert await verbatim(first) > 0

    await page.locator("#box").focus()
    await page.keyboard.type("/exercise")
    await expect(page.get_by_role("option").first).to_contain_text("What the articles say of one exercise")
    await page.keyboard.press("Enter")
    await expect(page.locator("#box")).to_have_value("/exercise name: ")
    await page.keyboard.type("centra")
    await expect(page.get_by_role("option").first).to_contain_text("CENTRAZBAT")
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_role("option", selected=True)).to_contain_text("CENTRAZBAT")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    await expect(page.locator("article")).to_have_count(2)
    card = page.locator("article").last
    await expect(card.get_by_role("heading", name="CENTRAZBAT")).to_be_visible()
    took_part = "1997, troops: Kazakhstan, Uzbekistan, Kyrgyzstan, Russia, Georgia, Turkey, United States [1]"
    await expect(card.get_by_role("listitem")).to_have_text([took_part])
    excerpt = card.locator("blockquote")
    await expect(excerpt).to_have_count(1)
    assert (await excerpt.inner_text()) in (SEEDS / "003_d3750fabc3c4fa28.txt").read_text(encoding="utf-8")

    await card.get_by_role("link", name="Read").focus()
    shown = page.locator("#address")
    await expect(shown).to_be_visible()
    await expect(shown).to_have_text(
        re.compile(r"^http://www\.defense\.gov/news/newsarticle\.aspx\?id=41527#:~:text=In%20September%2C%20about.*")
    )


async def test_a_moderator_brings_an_article_in_and_takes_it_out_on_a_phone(
    open_page: OpenPage, tmp_path: Path
) -> None:
    page = await open_page(400)
    report, scan = tmp_path / "report.txt", tmp_path / "scan.png"
    report.write_text("The ministers met in Astana on 3 May 2014 and signed *two* zeppelin agreements.\n", "utf-8")
    scan.write_bytes(b"\x89PNG")
    await page.get_by_label("Moderator").check()
    await page.locator("#box").fill("/corpus add file1: ")
    for number, file in enumerate((report, scan), 1):
        async with page.expect_file_chooser() as chooser:
            await page.get_by_role("button", name=f"Choose a file for file{number}").click()
        await (await chooser.value).set_files(file)
        await page.locator("#box").focus()
        if number == 1:
            await page.keyboard.type("file2: ")
    await page.keyboard.press("Escape")
    await page.keyboard.press("Enter")
    card = page.locator("article").last
    await expect(card.get_by_role("heading", name="Articles to add")).to_be_visible()
    await expect(card).to_contain_text("Not taken: “.png” is not read")
    await expect(card.get_by_role("button", name="Add")).to_be_disabled()
    await card.get_by_role("button", name="Fill in").press("Enter")
    form = page.get_by_role("dialog", name="About report.txt")
    await form.get_by_label("Title").fill("A zeppelin report")
    await form.get_by_label("Published").fill("4 May 2014")
    found = (await Axe().run(page)).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found] == []
    await page.keyboard.press("Enter")
    await expect(card).to_contain_text("Published 4 May 2014: A moderator gave it as the article prints it.")
    assert await page.evaluate(TOO_WIDE) == []
    await card.get_by_role("button", name="Add").press("Enter")
    plan = page.locator("article").last
    await expect(plan).to_contain_text("1 added")
    await plan.get_by_role("button", name="Apply").press("Enter")
    await expect(plan).to_contain_text("Answers now come from")

    answer = await ask(page, "/search query: zeppelin agreements")
    await expect(answer.locator("blockquote").first).to_contain_text("signed *two* zeppelin agreements")
    gone = await ask(page, "/corpus remove article: 000_a9e4fb0ab2ba0695")
    await expect(gone).to_contain_text("so much would go that the plan must be confirmed")
    await gone.get_by_role("button", name="Cancel").press("Enter")
    await expect(gone).to_contain_text("1 article that was to go stays.")
    await page.get_by_label("Member").check()
    await expect(page.get_by_text("Only you can see this")).to_have_count(0)
    refused = await ask(page, "/corpus remove article: 000_a9e4fb0ab2ba0695")
    await expect(refused).to_contain_text("Only moderators can do that")


async def test_pages_turn_by_keyboard_and_stay_when_the_page_is_loaded_again(open_page: OpenPage) -> None:
    page = await open_page()
    card = await ask(page, "/timeline")
    await expect(card.locator("pre")).to_contain_text(re.compile(r"1997 3 ▇+"))
    await expect(card.get_by_role("heading", name="Newest")).to_be_visible()
    await card.get_by_role("button", name="From the beginning").focus()
    await page.keyboard.press("Enter")
    await expect(card).to_contain_text("page 1 of 4")
    seen = []
    for number in (2, 3, 4, 0):
        assert await verbatim(card) > 0
        seen += re.findall(r"(?m)^(\d+)\. ", await card.inner_text())
        if not number:
            break
        await card.get_by_role("button", name="Next").focus()
        await page.keyboard.press("Enter")
        await expect(card).to_contain_text(f"page {number} of 4")
    assert seen == [str(number) for number in range(1, 14)]
    await expect(card.get_by_role("button", name="Next")).to_be_disabled()
    text = await (await ask(page, "/source what: Transition to Professional Army")).text_content()
    await page.reload()
    await expect(page.locator("article")).to_have_count(2)
    await expect(page.locator("article").first).to_contain_text("page 4 of 4")
    assert text and await page.locator("article").last.text_content() == text
    await page.locator("article").first.get_by_role("button", name="Previous").click()
    await expect(page.locator("article").first).to_contain_text("page 3 of 4")


async def test_a_member_is_refused_and_a_moderator_answered_each_in_private(open_page: OpenPage) -> None:
    page, other = await open_page(), await open_page()
    refused = await ask(page, "/corpus reload")
    await expect(refused).to_contain_text("Only moderators can do that")
    await expect(refused).to_contain_text("Only you can see this")
    await page.get_by_label("Moderator").check()
    await expect(page.locator("article")).to_have_count(0)
    await expect(await ask(page, "/corpus reload")).to_contain_text("Nothing to reload")
    await expect(await ask(page, "/corpus status")).to_contain_text("5 articles from")
    log = await ask(page, "/log questions")
    await expect(log).to_contain_text("/corpus reload")
    await expect(log).to_contain_text("denied")
    await expect(log.locator(".mention")).to_contain_text(["@Moderator", "@Moderator", "@Member"])
    await page.locator("#box").fill("/log questions status: bogus")
    await page.keyboard.press("Escape")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("status takes “answered”, “partial”, ")
    await expect(page.get_by_role("alert")).to_contain_text("or “denied”, not “bogus”.")
    await page.locator("#box").fill("/log audit action: bogus")
    await page.keyboard.press("Escape")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("action takes one of those offered, not “bogus”.")
    await page.locator("#box").fill("")
    await expect(other.locator("article")).to_have_count(1)
    await page.get_by_label("Member", exact=True).check()
    await expect(page.locator("article")).to_have_count(1)


async def test_a_timeline_is_taken_away_as_picture_and_file_and_twice_if_need_be(open_page: OpenPage) -> None:
    page = await open_page(400)
    card = await (await ask(page, "/timeline topic: Kazakhstan")).get_attribute("id")
    forms = page.locator(f"#{card}").get_by_role("combobox", name="Take away")
    files = page.locator("a.file")
    for count in (1, 2):
        await forms.select_option("csv")
        await expect(files).to_have_count(count)
        await expect(forms).to_have_value("")
    async with page.expect_download() as started:
        await files.last.click()
    file = await started.value
    assert file.suggested_filename.startswith("timeline-kazakhstan-") and file.suggested_filename.endswith(".csv")
    assert "question" in Path(await file.path()).read_text(encoding="utf-8-sig").splitlines()[0]
    await forms.select_option("light")
    picture = page.locator("article").last.get_by_role("img")
    await expect(picture).to_have_attribute("alt", re.compile("Timeline: Kazakhstan"))
    assert await picture.evaluate("image => image.decode().then(() => image.clientWidth)") > 300
    assert await page.evaluate(TOO_WIDE) == []
    assert [(one["id"], one["help"]) for one in (await Axe().run(page)).response["violations"]] == []


async def test_the_quotations_of_a_message_are_checked_from_its_menu(open_page: OpenPage, tmp_path: Path) -> None:
    page = await open_page(400)
    await page.locator("#box").fill(f"They said “{TRUE}”. And “{ALTERED}”. And “{INVENTED}”!")
    await page.keyboard.press("Enter")
    await page.locator("article").get_by_role("button", name="Apps").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("menuitem", name="Check quotes")).to_be_focused()
    await page.keyboard.press("Enter")
    card = page.locator("article").nth(1)
    await expect(card.locator(".used")).to_have_text("Member used Check quotes")
    await expect(card).to_contain_text("Only you can see this")
    await expect(card).to_contain_text("1 of 3 quotations stands in the corpus as quoted.")
    verdicts = re.findall(r"(?m)^\d\. (.*)$", await card.inner_text())
    assert verdicts == ["✓ Exact", "! Altered", "✗ Not in the corpus"]
    quotes = await card.locator("blockquote").all_inner_texts()
    assert quotes[0] == TRUE and quotes[1] == ALTERED and quotes[3] == INVENTED and len(quotes) == 4
    assert ALTERED.replace("share", "have") in quotes[2]
    await expect(card.get_by_role("listitem")).to_have_text(["“share”, where the source has “have”"])
    await expect(card.get_by_role("link", name="Read")).to_have_count(2)
    assert await page.evaluate(TOO_WIDE) == []
    assert [(one["id"], one["help"]) for one in (await Axe().run(page)).response["violations"]] == []
    await card.get_by_role("button", name="Show in channel").click()
    await expect(page.locator("article")).to_have_count(3)
    await expect(page.locator("article").last).not_to_contain_text("Only you can see this")
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("kzbot.db*"))
    assert b'"sha256"' in kept and b"alliance" not in kept
