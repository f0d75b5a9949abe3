"""What a person does in the page, for the tests in a real browser."""

from collections.abc import Awaitable, Callable

from playwright.async_api import Locator, Page, expect

OpenPage = Callable[..., Awaitable[Page]]
TOO_WIDE = """[...document.querySelectorAll("article, article *")]
    .filter((one) => one.clientWidth && one.scrollWidth > one.clientWidth + 1)
    .map((one) => one.outerHTML.slice(0, 120))"""


async def ask(page: Page, line: str) -> Locator:
    """Sends a whole line; returns its message once it is answered, whatever else a busy bot says meanwhile."""
    answers = page.locator("article").filter(has=page.locator(".used", has_text=f"used {line}"))
    before = await answers.count()
    await page.locator("#box").fill(line)
    await page.keyboard.press("Escape")
    await page.keyboard.press("Enter")
    await expect(answers).to_have_count(before + 1)
    await expect(page.locator(".thinking")).to_have_count(0)
    return answers.last
