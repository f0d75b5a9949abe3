"""The front door: help, version, usage errors, and failures in one sentence."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from kzbot.cli.app import app
from kzbot.cli.main import INSTALL, main
from kzbot.settings_file import PROJECT


def _left(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(list(arguments))
    code = left.value.code
    return code if isinstance(code, int) else 0 if code is None else 1


def test_help_names_every_command_and_gives_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert _left("--help") == 0
    said = capsys.readouterr().out
    assert "Examples:" in said
    for command in app.registered_commands:
        assert command.callback is not None
        assert command.callback.__name__ in said
        assert _left(command.callback.__name__, "--help") == 0
        assert "--config" in capsys.readouterr().out


def test_version_is_that_of_the_project(capsys: pytest.CaptureFixture[str]) -> None:
    assert _left("--version") == 0
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert capsys.readouterr().out == f"kzbot {project['version']}\n"


TOO_MUCH = (
    ("log", "--limit"),
    ("log", "unanswered", "--limit"),
    ("log", "audit", "--limit"),
    ("history", "--limit"),
    ("names", "--least"),
)


@pytest.mark.parametrize(
    "arguments",
    [
        ("fly",),
        ("ask",),
        ("ask", "/timeline", "--batch"),
        ("ask", "/timeline", "--corpus", "there-is-no-such-folder"),
        ("ask", "/timeline", "--limit", "-1"),
        ("ask", "/timeline", "--force"),
        ("ask", "/timeline", "--export", "x.doc"),
        ("ask", "/timeline", "--export", "x.json", "--json"),
        ("ask", "--batch", "--export", "x.json"),
        ("log", "--limit", "0"),
        *((*command, "9" * 23) for command in TOO_MUCH),
        ("index", "--fast"),
    ],
)
def test_usage_errors_leave_with_2(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert _left(*arguments) == 2
    told = capsys.readouterr()
    assert "Usage:" in told.err
    assert not told.out


@pytest.mark.parametrize("arguments", [(), ("doctor",), ("ask", "/timeline topic: x")])
def test_missing_libraries_are_one_sentence_with_the_line_to_run(arguments: tuple[str, ...]) -> None:
    bare = [sys.executable, "-S", str(PROJECT / "bot.py"), *arguments]
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(bare, capture_output=True, text=True, env=environ, timeout=300, check=False)
    assert done.returncode == 1
    assert not done.stdout
    assert done.stderr.count("\n") == 1
    assert f"in the folder of bot.py run: {INSTALL}" in done.stderr
    assert done.stderr.endswith("'/timeline topic: x'\n") == ("ask" in arguments)


def test_an_older_python_is_told_which_one_is_needed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    assert _left() == 1
    told = capsys.readouterr()
    assert told.err.startswith("kzbot needs Python 3.11 or newer, and this is Python 3.9;")
    assert told.err.count("\n") == 1


def test_wrong_settings_are_one_sentence_on_standard_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    token = "a-token-that-was-pasted-into-the-wrong-place"
    monkeypatch.setenv("DISCORD_TOKEN", token)
    file = tmp_path / "mine.yaml"
    file.write_text(f"channel:\n  port: {token}\n")
    for arguments in (("--config", str(file)), ("log", "--config", str(file)), ("--config", str(file), "index")):
        assert _left(*arguments) == 1
        told = capsys.readouterr()
        assert told.err.startswith(f"{file}, line 2: channel.port")
        assert told.err.count("\n") == 1
        assert token not in told.err + told.out


@pytest.mark.parametrize(
    "command",
    [["log"], ["log", "stats"], ["log", "export", "x.csv"], ["backup", "--list"], ["health"], ["doctor"]],
    ids=" ".join,
)
def test_who_may_not_read_the_data_folder_is_told_to_be_the_bots_user(tmp_path: Path, command: list[str]) -> None:
    setpriv = shutil.which("setpriv")
    if os.geteuid() == 0 and setpriv is None:
        pytest.skip("root reads everything, and util-linux' setpriv is missing to take that away")
    data = tmp_path / "data"
    data.mkdir(mode=0)
    weak = [str(setpriv), "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*weak, sys.executable, str(PROJECT / "bot.py"), *command], cwd=tmp_path, env={**os.environ, "KZBOT_DATA__FOLDER": str(data)},
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    data.chmod(0o700)
    assert done.returncode == 1 and done.stderr.count("\n") == 1, done.stderr
    assert (
        done.stderr.startswith(f"{data}")
        and "permission denied; run this as the user that the bot runs as" in done.stderr
    )
