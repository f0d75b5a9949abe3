"""A generation of the five articles, and a way to ask it."""

import importlib.util
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kzbot.answers.dispatch import answer
from kzbot.answers.model import Answer, Window
from kzbot.answers.question import parse
from kzbot.index.building.build import build
from kzbot.index.generation import Generation
from kzbot.index.sources import Sources
from kzbot.output.contract import as_json
from kzbot.phrases import Phrases

PROJECT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 21)
Ask = Callable[..., Awaitable[Answer]]
AskFolder = Callable[[dict[str, str]], Awaitable[Ask]]


def build_into(folder: Path, articles: Path, names: Path) -> Path:
    summary = build(Sources(articles, names), folder)
    return next(path for path in folder.iterdir() if summary.generation in path.name)


@pytest.fixture(scope="session")
def seeds_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_into(tmp_path_factory.mktemp("generation"), PROJECT / "seeds", PROJECT / "config" / "names.yaml")


@pytest.fixture
async def seeds(seeds_file: Path) -> AsyncIterator[Generation]:
    generation = await Generation.open(seeds_file)
    yield generation
    await generation.close()


@pytest.fixture
def ask(seeds: Generation) -> Ask:
    async def one(line: str, offset: int = 0, count: int | None = None) -> Answer:
        return await answer(parse(line, seeds.kinds), seeds, Window(offset, count), TODAY)

    return one


@pytest.fixture
async def ask_folder(tmp_path: Path) -> AsyncIterator[AskFolder]:
    """Make a corpus of the given files, and ask it."""
    opened: list[Generation] = []

    async def make(files: dict[str, str]) -> Ask:
        articles = tmp_path / "articles"
        articles.mkdir()
        for name, text in files.items():
            (articles / name).write_text(text, encoding="utf-8")
        generation = await Generation.open(build_into(tmp_path / "index", articles, PROJECT / "config" / "names.yaml"))
        opened.append(generation)

        async def one(line: str, offset: int = 0, count: int | None = None, *, by_event: bool = False) -> Answer:
            return await answer(
                parse(line, generation.kinds), generation, Window(offset, count, by_event=by_event), TODAY
            )

        return one

    yield make
    for generation in opened:
        await generation.close()


@pytest.fixture(scope="session")
def phrases() -> Phrases:
    return Phrases.load(PROJECT / "config" / "phrases", "en")


@pytest.fixture(scope="session")
def contract(phrases: Phrases) -> Callable[[Answer], list[str]]:
    """What the answer contract's schema says against an answer."""
    schema = PROJECT.parent / "shared" / "contract" / "answer.schema.json"
    if not schema.is_file():
        pytest.skip("the answer contract is not at hand: shared/contract is missing")
    validator = Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))

    def judge(given: Answer) -> list[str]:
        made: Any = json.loads(json.dumps(as_json(given, phrases)))
        return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(made)]

    return judge


@pytest.fixture(scope="session")
def hostile_articles() -> dict[str, str]:
    """Articles as nobody should write them, by the names of their files."""
    spec = importlib.util.spec_from_file_location("hostile_articles", Path(__file__).parent / "hostile_articles.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return dict(module.HOSTILE)
