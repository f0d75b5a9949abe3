"""Makes channel.png, the README's picture: the real bot over the five articles, asked in the local channel.

Run `.venv/bin/python tests/pictures/channel.py` from any folder; it needs Chromium, as the browser tests do.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

PROJECT = Path(__file__).resolve().parents[2]
PICTURE = Path(__file__).with_name("channel.png")
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
QUESTION = ("/exercise ", "step")
WIDTH, HEIGHT = 740, 880


def draw(target: Path) -> None:
    """Writes the picture to `target`; raises FileNotFoundError where there is no Chromium."""
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if chromium is None:
        raise FileNotFoundError("Chromium is not installed: on Debian, install the package chromium")
    folder = tempfile.TemporaryDirectory(prefix="kzbot-")
    with folder as data, running(Path(data)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        page.goto(address)
        ask(page)
        page.screenshot(path=target)
        browser.close()


@contextmanager
def running(data: Path) -> Iterator[str]:
    """The bot in a process of its own, on a free port and with a data folder of its own; yields the channel's address."""
    ours = ("KZBOT_", "DISCORD_TOKEN", "SSH_CONNECTION")
    environ = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    environ |= {"KZBOT_CHANNEL__PORT": "0", "KZBOT_DATA__FOLDER": str(data)}
    command = [sys.executable, str(PROJECT / "bot.py")]
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True) as bot:
        try:
            yield address_of(bot)
        finally:
            bot.terminate()
            bot.communicate(timeout=20)


def address_of(bot: "subprocess.Popen[str]") -> str:
    """The address that the bot prints, once it says that it is in the channel."""
    assert bot.stdout is not None
    said = []
    for line in bot.stdout:
        said.append(line)
        if "in the channel" in line:
            break
    found = re.search(r"http://127\.0\.0\.1:\d+", "".join(said))
    if found is None:
        raise RuntimeError(f"the bot did not start: {''.join(said)}")
    return found[0]


def ask(page: Page) -> None:
    """Asks as a person does: the command, the first letters of a name, the suggestion, Enter."""
    expect(page.locator("#state")).to_have_text("kzbot is online")
    command, letters = QUESTION
    page.keyboard.type(f"{command}name: {letters}")
    expect(page.get_by_role("option").first).to_contain_text("Steppe Eagle")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("article").last).to_contain_text("Steppe Eagle")
    page.keyboard.press("Escape")
    page.locator("article").last.evaluate("card => card.scrollIntoView({block: 'start'})")
    page.wait_for_timeout(300)


if __name__ == "__main__":
    draw(Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURE)
