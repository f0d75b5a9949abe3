"""The house stands as it was drawn: who may import whom, where SQL stands, and how large a module may grow."""

import ast
import re
import subprocess
from collections.abc import Iterable, Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
PACKAGE = PROJECT / "kzbot"
EVERYWHERE = {"settings", "errors", "phrases", "logs"}
ARROWS: dict[str, set[str]] = {
    "chat": {"operations", "answers", "output", "querylog"},
    "operations": {"answers", "querylog", "index", "corpus"},
    "answers": {"index", "language"},
    "output": {"answers", "querylog"},
    "index": {"corpus", "language"},
    "corpus": {"language"},
    "language": set(),
    "querylog": set(),
    "channel": set(),
}
NOT_EVEN_EVERYWHERE = {"language": set(), "channel": {"settings", "errors"}, "querylog": {"settings", "errors"}}
SQL = re.compile(
    r"\b(SELECT\s.+\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+TABLE)\b", re.S
)


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield node.module or ""


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PROJECT)))
def test_a_module_imports_only_along_the_arrows(path: Path) -> None:
    here = room(path)
    others = {name.split(".")[1] for name in imported(path) if name.startswith("kzbot.")} - {here}
    assert here == "cli" or "cli" not in others
    if here in ARROWS:
        allowed = ARROWS[here] | NOT_EVEN_EVERYWHERE.get(here, EVERYWHERE)
        assert others <= allowed, f"{here} may not import {sorted(others - allowed)}"


def test_no_modules_import_each_other_in_a_circle() -> None:
    names = {".".join(path.relative_to(PROJECT).with_suffix("").parts): path for path in modules()}
    graph = {name: set(_used_modules(path, names.keys())) - {name} for name, path in names.items()}
    list(TopologicalSorter(graph).static_order())


def _used_modules(path: Path, known: Iterable[str]) -> Iterator[str]:
    """The modules that a file takes something from: `from kzbot.chat import client` names one by its last word."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            within = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name for name in (node.module, *within) if name in known)


def test_only_chat_imports_discord() -> None:
    users = {room(path) for path in modules() if any(name.split(".")[0] == "discord" for name in imported(path))}
    assert users <= {"chat"}


def test_sql_stands_in_index_and_querylog_only() -> None:
    strings = (
        (path, node.value)
        for path in modules()
        if room(path) not in {"index", "querylog"}
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    assert [str(path) for path, text in strings if SQL.search(text)] == []


def test_no_module_is_longer_than_400_lines_and_no_function_than_a_screen() -> None:
    long = [str(path) for path in modules() if len(path.read_text(encoding="utf-8").splitlines()) > 400]
    functions = [
        f"{path.name}:{node.lineno} {node.name}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno >= 50
    ]
    assert long == []
    assert functions == []


def test_nothing_is_left_to_do_and_nothing_names_the_machine_it_was_written_on() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("this is no git work tree, so what is committed is not known")
    left = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|X{3})\b|NotImplemented" r"Error|/(?:wo" r"rk|ro" r"ot|ho" r"me)/\w")
    files = [PROJECT / name for name in listed.stdout.split("\0") if name and not name.startswith("seeds/")]
    held = {str(file): file.read_bytes() for file in files if file.is_file()}
    texts = {name: data.decode("utf-8", "replace") for name, data in held.items() if b"\0" not in data}
    assert [name for name, text in texts.items() if left.search(text)] == []


def test_the_top_level_holds_what_the_house_plan_names() -> None:
    allowed = {"pyproject.toml", "README.md", "LICENSE", "bot.py", "seeds", "kzbot", "config", "tests", "data", "build"}
    found = {path.name for path in PROJECT.iterdir() if not path.name.startswith(".")}
    assert {name for name in found if not name.endswith(".egg-info")} <= allowed
