"""The commands as people run them, `python bot.py ...`, over the five articles: in this process or one of its own."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.terminal import OURS, call_bot

PROJECT = Path(__file__).resolve().parents[2]
Bot = Callable[..., "subprocess.CompletedProcess[bytes]"]


def clean_environ(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment without what would steer the bot."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {**kept, **(more or {})}


def run_bot(
    *arguments: object, given: bytes = b"", environ: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, str(PROJECT / "bot.py"), *map(str, arguments)]
    return subprocess.run(
        command, input=given, capture_output=True, env=clean_environ(environ), cwd=PROJECT, timeout=300, check=False
    )


@pytest.fixture(autouse=True)
def untouched(monkeypatch: pytest.MonkeyPatch) -> None:
    """What runs in this process too knows nothing of the settings of who runs the tests."""
    for name in os.environ:
        if name.startswith(OURS):
            monkeypatch.delenv(name)


@pytest.fixture
def bot() -> Bot:
    """Runs one command in this process: arguments, `given` on standard input, `environ` added."""
    return call_bot


@pytest.fixture
def process() -> Bot:
    """The same as a process: for what is of processes, such as locks, and once for each way in and out."""
    return run_bot


@pytest.fixture
def environ() -> Callable[..., dict[str, str]]:
    return clean_environ


@pytest.fixture(scope="session")
def data(serve_seeds: Callable[..., None], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the five articles indexed; tests read it and do not change it."""
    folder = tmp_path_factory.mktemp("data")
    serve_seeds(folder)
    return folder


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder with articles of another collection."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(3):
        text = f"The lighthouse of Cape Number{number} was repaired in 200{number}. Its keeper lives there alone.\n"
        (folder / f"light{number}.txt").write_text(text, encoding="utf-8")
        meta = f'title: "Lighthouse {number}"\npublished: 201{number}-05-01\nurl: https://example.org/{number}\n'
        (folder / f"light{number}.yaml").write_text(meta, encoding="utf-8")
    return folder
