"""The README says what is so: its commands parse and are answered, its settings and keys exist, its files are there."""

import asyncio
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml

from kzbot.answers.commands import commands_of
from kzbot.answers.dispatch import answer
from kzbot.answers.model import Window
from kzbot.answers.question import parse
from kzbot.chat.client import ChatClient
from kzbot.cli.app import app
from kzbot.cli.main import INSTALL
from kzbot.cli.prepared import Prepared
from kzbot.cli.serving import services_for
from kzbot.corpus.golden_file import read_golden
from kzbot.corpus.metadata import Metadata, read_metadata
from kzbot.corpus.names_file import read_name_book
from kzbot.index.building.build import build
from kzbot.index.generation import Generation
from kzbot.index.sources import Sources
from kzbot.index.store import GenerationStore
from kzbot.language.dates.typed import read_typed
from kzbot.operations.backups import Backups
from kzbot.operations.shelf import Shelf
from kzbot.operations.taking_in import take_in
from kzbot.phrases import DEFAULT_FOLDER, Phrases
from kzbot.querylog.log import FILE_NAME, QueryLog
from kzbot.querylog.rows import QueryRecord
from kzbot.settings import load_settings, sections
from tests.terminal import call_bot

PROJECT = Path(__file__).resolve().parents[1]
README = (PROJECT / "README.md").read_text(encoding="utf-8")
PHRASES = Phrases.load(DEFAULT_FOLDER, "en")
TODAY = date(2026, 11, 21)
COMMANDS = commands_of(read_name_book(PROJECT / "config" / "names.yaml").kinds)
TYPED = re.findall(r"^    (/.+)$", README, re.M)
QUESTIONS = [line for line in TYPED if line.split()[0][1:] in {command.name for command in COMMANDS}]
BOT = ".venv/bin/python bot.py"
OPERATOR = "sudo -u kzbot "
"""Before a command that is given to a service; the tests are who runs it."""


def blocks(language: str) -> list[str]:
    """The fenced blocks of one language, their indentation taken off."""
    found = re.finditer(rf"^( *)```{language}\n(.*?)^\1```$", README, re.M | re.S)
    return [re.sub(rf"^{one[1]}", "", one[2], flags=re.M) for one in found]


def table(*heads: str) -> list[list[str]]:
    """The rows of the table with these heads."""
    start = README.index("| " + " | ".join(heads) + " |")
    rows = README[start:].split("\n\n", 1)[0].split("\n")[2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def code(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generation")
    summary = build(Sources(PROJECT / "seeds", PROJECT / "config" / "names.yaml"), folder)
    return next(path for path in folder.iterdir() if summary.generation in path.name)


@pytest.fixture
async def generation(built: Path) -> Any:
    opened = await Generation.open(built)
    yield opened
    await opened.close()


@pytest.fixture
async def commands(tmp_path: Path, built: Path) -> Any:
    """Every command of the bot with its options, as Discord is told of them."""
    store, prepared = GenerationStore(tmp_path), Prepared(load_settings(None, {}), PHRASES)
    log = await QueryLog.open(tmp_path / FILE_NAME)
    shelf = await Shelf.open(lambda _: built, "as built")
    client = ChatClient(services_for(prepared.settings, prepared, store, log, shelf), lambda connected: None)
    await client.setup_hook()
    yield {
        command.qualified_name: {option.display_name for option in command.parameters}
        for command in client.tree.walk_commands()
        if hasattr(command, "parameters")
    }
    await client.close()
    await shelf.close()
    await log.close()


def test_both_commands_are_one_line_each() -> None:
    assert README.count(f"\n    {INSTALL}\n") == 1
    tests = re.findall(r"^ *(python3 -m venv .*pytest)$", README, re.M)
    assert tests == ["python3 -m venv .venv && .venv/bin/pip install -q -e '.[test]' && .venv/bin/pytest"]


def test_every_command_of_the_bot_has_an_example_and_every_example_its_command(
    commands: dict[str, set[str]],
) -> None:
    shown = set()
    for line in TYPED:
        words = line[1:].split(" ")
        name = next((one for count in (3, 2, 1) if (one := " ".join(words[:count])) in commands), words[0])
        assert name in commands, line
        given = set(re.findall(r"(?:^| )(\w+):(?!//)", line.removeprefix(f"/{name}")))
        assert given <= commands[name], line
        shown.add(name)
    assert shown == set(commands)


def test_every_option_of_a_question_is_named() -> None:
    said = README[README.index("## What can be asked") : README.index("## What moderators can do")]
    for command in COMMANDS:
        for option in command.options:
            assert f" {option.name}: " in said or f"`{option.name}`" in said, (command.name, option.name)


@pytest.mark.parametrize("line", QUESTIONS)
async def test_every_question_is_answered_from_the_five_articles(line: str, generation: Generation) -> None:
    assert (await answer(parse(line, generation.kinds), generation, Window(), TODAY)).status == "answered"


@pytest.mark.parametrize(("typed", "read"), table("typed", "read as"))
def test_dates_are_read_as_the_table_says(typed: str, read: str) -> None:
    for one in code(typed):
        found = read_typed(one, TODAY)
        assert found is not None
        assert read == "counted from today" or PHRASES.date(found.edtf) == read


@pytest.mark.parametrize(("edtf", "shown"), table("EDTF", "shown as"))
def test_dates_of_articles_are_shown_as_the_table_says(edtf: str, shown: str) -> None:
    assert ", ".join(PHRASES.date(one) for one in code(edtf)) == shown
    for one in code(edtf):
        assert isinstance(read_metadata(f'title: T\npublished: "{one}"'), tuple)


def test_the_keys_of_metadata_are_all_of_them() -> None:
    named = [code(key)[0] for key, _ in table("key", "what it is")]
    assert set(named) == set(Metadata.model_fields)
    assert len(named) == len(Metadata.model_fields)


def yaml_blocks() -> Iterator[tuple[str, str]]:
    for block in blocks("yaml"):
        keys = set(yaml.safe_load(block))
        kinds = {"kinds": "names", "questions": "golden"}
        named = next((kind for key, kind in kinds.items() if key in keys), None)
        yield (named or ("settings" if keys <= set(sections()) else "metadata")), block


def test_the_examples_in_yaml_are_taken(tmp_path: Path) -> None:
    seen = []
    for kind, block in yaml_blocks():
        file = tmp_path / f"{kind}.yaml"
        file.write_text(block, encoding="utf-8")
        seen.append(kind)
        if kind == "names":
            assert {one.kind for one in read_name_book(file).names} == {"exercise", "unit", "person"}
        elif kind == "golden":
            assert [one.expect for one in read_golden(file)] == ["answered", None]
        elif kind == "settings":
            load_settings(file, {})
        else:
            assert isinstance(read_metadata(block), tuple)
            assert set(yaml.safe_load(block)) == set(Metadata.model_fields)
    assert sorted(set(seen)) == ["golden", "metadata", "names", "settings"]


def test_every_setting_that_is_named_exists() -> None:
    every = {f"{name}.{key}" for name, kind in sections().items() for key in kind.model_fields}
    named = set(re.findall(rf"`((?:{'|'.join(sections())})\.\w+)(?::[^`]*)?`", README)) - {FILE_NAME}
    assert len(named) > 10
    assert named <= every
    variables = set(re.findall(r"KZBOT_([A-Z]+__[A-Z_]+)=", README)) - {"SECTION__KEY"}
    assert variables
    assert {one.lower().replace("__", ".") for one in variables} <= every


def test_every_file_and_every_place_that_is_linked_is_there() -> None:
    targets = [target for target in re.findall(r"\]\(([^)\s]+)\)", README) if not target.startswith("http")]
    assert any(target.endswith(".png") for target in targets)
    for target in targets:
        assert (PROJECT / target).is_file(), target
    for path in re.findall(r"`((?:config|seeds|tests|\.ci)/[\w./-]*)`", README):
        assert (PROJECT / path).exists(), path
    for script in re.findall(r"\.venv/bin/python (tests/\S+\.py)", README):
        assert (PROJECT / script).is_file(), script


def test_the_picture_is_small() -> None:
    assert (PROJECT / "tests" / "pictures" / "channel.png").stat().st_size < 250_000


def test_every_command_of_the_terminal_is_shown() -> None:
    known = {command.callback.__name__ for command in app.registered_commands if command.callback}
    known |= {group.name for group in app.registered_groups if group.name}
    lines = re.findall(rf"{re.escape(BOT)} +(\w+)", "\n".join(blocks("sh")))
    assert set(lines) | {"run"} == known


UNANSWERED = QueryRecord(
    asked_at=datetime(2026, 11, 21, 20, 33, tzinfo=UTC), user=101, channel=None, server=None, command="exercise",
    options={"name": "Stepe Egle"}, status="not_found", items=0, took_ms=4.0, generation="g", private=False,
)  # fmt: skip


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a log of one question, a backup of it, and all but one of the articles served."""
    place = tmp_path_factory.mktemp("indexed")
    shutil.copytree(PROJECT / "seeds", place / "articles")
    for file in list((place / "articles").glob("003*")):
        file.unlink()
    store = GenerationStore(place / "data")

    async def fill() -> None:
        log = await QueryLog.open(store.data_folder / FILE_NAME)
        await log.record(UNANSWERED)
        await log.close()
        Backups(store.data_folder).make(datetime(2026, 11, 22, 3, 15, tzinfo=UTC))
        await take_in(Sources(place / "articles", PROJECT / "config" / "names.yaml"), store)

    asyncio.run(fill())
    return store.data_folder


@pytest.fixture
def home(tmp_path: Path, indexed: Path) -> Path:
    """A home with a folder of articles, a text of its own, and a data folder."""
    shutil.copytree(PROJECT / "seeds", tmp_path / "articles")
    (tmp_path / "report.txt").write_text("The ministers met in Astana on 3 November.\n", encoding="utf-8")
    shutil.copytree(indexed, tmp_path / "data")
    return tmp_path


def _run(line: str, home: Path) -> tuple[int, str, str]:
    """What a line comes to: in this process where the shell has nothing to do but to cut it into words."""
    environ = {"HOME": str(home), "KZBOT_DATA__FOLDER": str(home / "data")}
    line = line.removeprefix(OPERATOR)
    if line.startswith(BOT) and not re.search(r"[|<>$&;*`\\]", line):
        words = [re.sub("^~/", f"{home}/", word) for word in shlex.split(line.removeprefix(BOT))]
        called = call_bot(*words, environ=environ)
        return called.returncode, called.stdout.decode(), called.stderr.decode()
    command = ["bash", "-c", line.replace(BOT, f"'{sys.executable}' bot.py")]
    done = subprocess.run(
        command, cwd=PROJECT, env={**os.environ, **environ}, capture_output=True, text=True, timeout=300, check=False
    )
    return done.returncode, done.stdout, done.stderr


TERMINAL = [
    line.partition("  #")[0].strip() for line in "\n".join(blocks("sh")).split("\n") if re.search(rf"{BOT} +\w", line)
]


@pytest.mark.parametrize("line", TERMINAL)
def test_every_line_for_the_terminal_runs(line: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [one for one in os.environ if one.startswith(("KZBOT_", "DISCORD_TOKEN"))]:
        monkeypatch.delenv(name)
    if "--apply" in line:
        assert _run(f"{BOT} index --plan", home)[0] == 0
    code, said, complained = _run(line, home)
    assert code == (1 if line == f"{BOT} health" else 0), complained  # none runs with this folder
    assert said
    if " ask " in line and "--json" not in line:
        assert "generation" in said


def test_what_operators_type_is_there() -> None:
    lines = "\n".join(blocks("sh"))
    known = {command.callback.__name__ for command in app.registered_commands if command.callback}
    in_container = re.findall(r"compose\.yaml (?:exec kzbot python bot\.py|run --rm kzbot) (\w+)", lines)
    assert in_container and set(in_container) <= known
    files = re.findall(r"(?<=[ ])(?:config|\.ci)/[\w./-]+", lines)
    assert files and all((PROJECT / file).is_file() for file in files)
    extras = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert all(set(given.split(",")) <= set(extras) for given in re.findall(r"-e '\.\[([^\]]+)\]'", README))
    unit = (PROJECT / "config" / "deploy" / "kzbot.service").read_text(encoding="utf-8")
    assert "User=kzbot\n" in unit and "WorkingDirectory=/opt/kzbot\n" in unit
    (user,) = set(re.findall(r"chown -R (\d+:\d+)", README))
    assert f'user: "{user}"' in (PROJECT / "config" / "deploy" / "compose.yaml").read_text(encoding="utf-8")


def test_every_package_that_the_tests_ask_for_is_pinned() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    asked = [*project["build-system"]["requires"], *project["project"]["dependencies"], *chain(*extras.values())]
    own = [one for one in asked if one.startswith("kzbot[")]
    assert own == ["kzbot[html,metrics,pdf]"] and {"html", "metrics", "pdf", "test"} <= set(extras)
    lines = (PROJECT / ".ci" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", pin) for pin in pins)
    pinned = {_plain(pin.partition("==")[0]) for pin in pins}
    assert {_plain(re.match(r"[\w.-]+", one)[0]) for one in asked if one not in own} <= pinned  # type: ignore[index]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
