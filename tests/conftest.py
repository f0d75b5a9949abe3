"""What tests of several rooms share: the rules of Discord's specification, and a real browser."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
import warnings
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from playwright.async_api import Browser, async_playwright

with warnings.catch_warnings():
    # discord.py 2.7 imports audioop, which Python 3.11 and 3.12 warn about; imported here once, so that it is no error
    warnings.filterwarnings("ignore", "'audioop' is deprecated", DeprecationWarning)
    import discord  # noqa: F401

Judge = Callable[[str, str, Any, tuple[str, ...]], list[str]]
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)
RULES = Path(__file__).resolve().parents[2] / "shared" / "discord"


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"discord_rules_{name}", RULES / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def discord_rules() -> Judge:
    """Judges one payload as LocalChannel's `on_payload` hands it over; returns what is wrong with it."""
    if not (RULES / "openapi.json").is_file():
        pytest.skip(f"Discord's specification is not at hand: {RULES.parent.name}/{RULES.name} is missing")
    spec, lint = load("speccheck").Spec(), load("lint")

    def judge(schema: str, where: str, body: Any, files: tuple[str, ...]) -> list[str]:
        if isinstance(body, list):
            found = [*spec.commands(body), *lint.commands(body)]
        elif where.startswith("callback"):
            found = [*spec.callback(body), *lint.callback(body)]
        else:
            found = [*spec.errors(schema, body), *lint.message(body, "Update" in schema or "Edit" in schema, files)]
        return [f"{where}: {fault}" for fault in found]

    return judge


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A headless Chromium of this machine; where there is none, a skip that names the package (in CI a failure)."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        words = "Chromium is not installed: on Debian, install the package chromium"
        if os.environ.get("CI") == "true" or os.environ.get("KZBOT_REQUIRE_BROWSER") == "1":
            pytest.fail(words)
        pytest.skip(words)
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=found, args=list(QUIET))
        yield opened
        await opened.close()
