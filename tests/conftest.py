"""What tests of several rooms share: the rules of Discord's specification, a reader of cards, and a real browser."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import logging
import os
import re
import shutil
import signal
import sys
import threading
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import hypothesis
import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, async_playwright, expect

from kzbot.channel.identity import HOME
from kzbot.channel.interactions import Interactions, Reply
from kzbot.channel.server import LocalChannel
from kzbot.index.building.build import build
from kzbot.index.sources import Sources
from kzbot.index.store import GenerationStore
from kzbot.logs import QUESTIONS, TokenFilter
from kzbot.operations.planning.files import read_plan, write_plan
from kzbot.operations.planning.make import make_plan

with warnings.catch_warnings():
    # discord.py 2.7 imports audioop, which Python 3.11 and 3.12 warn about; imported here once, so that it is no error
    warnings.filterwarnings("ignore", "'audioop' is deprecated", DeprecationWarning)
    import discord  # noqa: F401

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell starts what runs in the background deaf to Ctrl+C, and so would be every process that a test starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)

if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
    # Else each of the bots that tests start would compile the whole project anew, which takes longer than its work.
    sys.dont_write_bytecode = False

PATIENCE = 60.0
"""Seconds for what takes a moment: only what hangs takes as long, on a slow and busy machine, too."""

expect.set_options(timeout=PATIENCE * 1000)

# What is found by chance is for who works on it; the check of a state says the same each time. How long an example may
# take is no promise: a busy machine would break it.
hypothesis.settings.register_profile(
    "unhurried",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
    derandomize=os.environ.get("CI") == "true" or os.environ.get("REQUIRE_BROWSER") == "1",
)
hypothesis.settings.load_profile("unhurried")

Judge = Callable[[str, str, Any, tuple[str, ...]], list[str]]
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)
PROJECT = Path(__file__).resolve().parents[1]
QUESTION = re.compile(r'(?<=question )\d+|(?<="kz1:.:)\d+')
"""The number of a question where a card names it, and where its buttons do."""
RULES = PROJECT.parent / "shared" / "discord"


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"discord_rules_{name}", RULES / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def discord_rules(rules_at_hand: Judge | None) -> Judge:
    """Judges one payload as LocalChannel's `on_payload` hands it over; returns what is wrong with it."""
    if rules_at_hand is None:
        pytest.skip(f"Discord's specification is not at hand: {RULES.parent.name}/{RULES.name} is missing")
    return rules_at_hand


@pytest.fixture(scope="session")
def rules_at_hand() -> Judge | None:
    """The same where the specification is there, else None: for tests that have more to say than what it judges."""
    if not (RULES / "openapi.json").is_file():
        return None
    spec, lint = load("speccheck").Spec(), load("lint")

    def faults(schema: str, where: str, body: Any, files: tuple[str, ...]) -> list[str]:
        if isinstance(body, list):
            found = [*spec.commands(body), *lint.commands(body)]
        elif where.startswith("callback"):
            found = [*spec.callback(body), *lint.callback(body)]
        elif where == "POST direct messages":  # discord.py writes the id as a number, which Discord takes too
            found = spec.errors(schema, {key: str(value) for key, value in body.items()})
        else:
            found = [*spec.errors(schema, body), *lint.message(body, "Update" in schema or "Edit" in schema, files)]
        return [f"{where}: {fault}" for fault in found]

    known: dict[str, list[str]] = {}

    def judge(*payload: Any) -> list[str]:
        # Each bot tells Discord of the same commands, and cards often differ in the numbers of their questions alone; two
        # questions of one card stay two.
        questions: dict[str, str] = {}
        key = QUESTION.sub(
            lambda one: questions.setdefault(one[0], f"#{len(questions)}"), json.dumps(payload, default=repr)
        )
        if key not in known:
            known[key] = faults(*payload)
        return known[key]

    return judge


@pytest.fixture(autouse=True)
def logging_of_its_own() -> Iterator[None]:
    """What `start_logging` puts in place for a whole process goes with the test that called it."""
    root, questions = logging.getLogger(), logging.getLogger(QUESTIONS)
    levels, hooks = (root.level, questions.level), (sys.excepthook, threading.excepthook)
    yield
    for handler in list(root.handlers):
        if any(isinstance(each, TokenFilter) for each in handler.filters):
            root.removeHandler(handler)
    root.setLevel(levels[0])
    questions.setLevel(levels[1])
    sys.excepthook, threading.excepthook = hooks
    logging.captureWarnings(False)


@pytest.fixture(scope="session", autouse=True)
def patient() -> Iterator[None]:
    """The local channel waits for a bot as long as a slow machine takes; tests of its limits set limits of their own."""
    made = Interactions.__init__

    def made_patient(self: Interactions, *given: Any) -> None:
        made(self, *given)
        self.window = PATIENCE

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Interactions, "__init__", made_patient)
        patch.setattr(LocalChannel.wait_for_bot, "__defaults__", (PATIENCE,))
        patch.setattr(LocalChannel.wait_for_message, "__defaults__", (HOME, PATIENCE))
        patch.setattr(Reply.filled, "__defaults__", (PATIENCE,))
        yield


PROGRESS = re.compile(r"…(?: \d+ of \d+)?$")
"""How a note of progress ends."""


class Look:
    """What a person reads and can press on a message."""

    def __init__(self, message: dict[str, Any]) -> None:
        self.id = message["id"]
        self.private = bool(message["flags"] & 64)
        self.components = list(walk(message["components"]))
        self.texts = [one["content"] for one in self.components if one["type"] == 10]
        self.text = "\n".join(self.texts)
        self.buttons = [one for one in self.components if one["type"] == 2]
        self.selects = [one for one in self.components if one["type"] == 3]

    @classmethod
    async def settled(cls, reply: Any) -> Look:
        """What a reply shows when it is done, and no longer how far it is."""
        seen = cls((await reply.filled()).message)
        async with asyncio.timeout(PATIENCE):
            while PROGRESS.search(seen.text.strip()):
                await asyncio.sleep(0.05)
                seen = cls(reply.message)
        return seen

    def button(self, label: str) -> str:
        """The custom_id of the button with this label."""
        return str(next(one["custom_id"] for one in self.buttons if one["label"] == label))

    @property
    def labels(self) -> list[str]:
        return [one["label"] for one in self.buttons]

    @property
    def links(self) -> list[str]:
        return [one["url"] for one in self.buttons if one.get("url")]

    @property
    def row(self) -> int:
        """The number of the question in the log."""
        found = re.search(r"question (\d+)", self.text)
        assert found is not None
        return int(found[1])


def walk(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in components:
        yield one
        yield from walk(one.get("components") or [])
        if one.get("accessory"):
            yield from walk([one["accessory"]])


@pytest.fixture(scope="session")
def look() -> type[Look]:
    """Reads a message as a person does."""
    return Look


@pytest.fixture(scope="session")
def recombined() -> ModuleType:
    """The module that makes large corpora; a skip that says what is missing where there is nothing to make them of."""
    spec = importlib.util.spec_from_file_location("recombined", Path(__file__).parent / "recombined.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    try:
        module.sentences()
    except module.MissingCollectionsError as error:
        pytest.skip(str(error))
    return module


@pytest.fixture(scope="session")
def settled() -> Callable[[Any], Awaitable[Look]]:
    """What a reply shows when its work is done; what tells how far a build is has no number of a question yet."""

    async def wait(reply: Any) -> Look:
        async with asyncio.timeout(PATIENCE):
            await reply.filled()
            while "question " not in Look(reply.message).text:  # noqa: ASYNC110 - the channel tells nobody
                await asyncio.sleep(0.01)
        return Look(reply.message)

    return wait


ServeSeeds = Callable[..., None]


@pytest.fixture(scope="session")
def serve_seeds(tmp_path_factory: pytest.TempPathFactory) -> ServeSeeds:
    """Makes a data folder one in which the five articles are served, as a first start does: for bots that are to be asked.

    `articles` is where they lie, as they came with kzbot or as a copy; `chat`: whether others can come in through the chat.
    They are worked out once; a start finds nothing to do.
    """
    names, place = PROJECT / "config" / "names.yaml", tmp_path_factory.mktemp("seeds") / "data"

    def bring_in(data: Path, articles: Path, added: Path | None) -> None:
        store = GenerationStore(data)
        with store.lock():
            base = store.newest()
            summary = build(Sources(articles, names, added=added), store.folder, store.path(base) if base else None)
            store.apply(summary.generation)

    bring_in(place, PROJECT / "seeds", None)

    def serve(data: Path, articles: Path = PROJECT / "seeds", *, chat: bool = True) -> None:
        shutil.copytree(place, data, dirs_exist_ok=True)
        bring_in(data, articles, data / "articles" if chat else None)

    return serve


@pytest.fixture
def built_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reload builds and compares in this process: for tests of what comes of it, not of the children that else do it."""

    async def build_here(*given: Any) -> Any:
        return await asyncio.to_thread(build, *given)

    async def plan_here(task: Any, store: Any, progress: Any) -> Any:
        await asyncio.to_thread(lambda: write_plan(store, make_plan(task, store, progress)))
        return read_plan(store, task.summary.generation)

    monkeypatch.setattr("kzbot.operations.taking_in.build_in_child", build_here)
    monkeypatch.setattr("kzbot.operations.planning.preparing.build_in_child", build_here)
    monkeypatch.setattr("kzbot.operations.planning.preparing.plan_in_child", plan_here)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """A headless Chromium of this machine; where there is none, a skip that names the package (in CI a failure).

    It is started once, and lives in the session's loop: so do the tests that use it, each in contexts of its own.
    """
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        words = "Chromium is not installed: on Debian, install the package chromium"
        if os.environ.get("CI") == "true" or os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(words)
        pytest.skip(words)
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=found, args=list(QUIET))
        make = opened.new_context

        async def new_context(**given: Any) -> BrowserContext:
            context = await make(**given)
            context.set_default_timeout(PATIENCE * 1000)
            return context

        opened.new_context = new_context  # type: ignore[method-assign]
        yield opened
        await opened.close()
