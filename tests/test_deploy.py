"""The container file, the compose file and the unit keep the bot in bounds, and start what there is.

Where hadolint or systemd-analyze are there, they judge as well. What an image would hold is started as a container starts it.
"""

import configparser
import json
import os
import re
import select
import shlex
import shutil
import signal
import stat
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
import yaml

from kzbot.cli.app import app
from kzbot.operations.health import STALE
from kzbot.settings import load_settings, sections

PROJECT = Path(__file__).resolve().parents[1]
DEPLOY = PROJECT / "config" / "deploy"
PATIENCE = 60.0
COMMANDS = {command.callback.__name__ for command in app.registered_commands if command.callback}


def instructions() -> list[list[tuple[str, str]]]:
    """The instructions of the container file with their arguments: what stands before the first stage, then each stage."""
    text = re.sub(r"^#.*\n", "", (DEPLOY / "Containerfile").read_text(encoding="utf-8"), flags=re.M)
    stages: list[list[tuple[str, str]]] = [[]]
    for line in filter(None, re.sub(r"\\\n\s*", "", text).splitlines()):
        word, _, argument = line.partition(" ")
        if word == "FROM":
            stages.append([])
        stages[-1].append((word, argument))
    return stages


def argument(word: str) -> str:
    """The last argument of an instruction in the image itself."""
    return [given for name, given in instructions()[-1] if name == word][-1]


def image_environment() -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in shlex.split(argument("ENV")))


def service() -> dict[str, Any]:
    (found,) = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"].values()
    assert isinstance(found, dict)
    return found


class _Every(dict[str, Any]):
    """Keeps each line of a key that is given more than once."""

    def __setitem__(self, key: str, value: Any) -> None:
        if isinstance(value, list) and isinstance(self.get(key), list):
            value = [*self[key], *value]
        super().__setitem__(key, value)


def unit() -> dict[str, list[str]]:
    """The settings of the unit's service and of the unit itself, each with all of its lines."""
    read = configparser.RawConfigParser(strict=False, dict_type=_Every, delimiters="=", comment_prefixes="#")
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(DEPLOY / "kzbot.service", encoding="utf-8")
    return {key: value.split("\n") for section in ("Unit", "Service") for key, value in read[section].items()}


def unit_environment() -> dict[str, str]:
    return dict(pair.split("=", 1) for line in unit()["Environment"] for pair in shlex.split(line))


def seconds(value: str) -> int:
    amount, of = re.fullmatch(r"(\d+)(s|m|min|)", value).groups()  # type: ignore[union-attr]
    return int(amount) * {"": 1, "s": 1, "m": 60, "min": 60}[of]


def test_the_base_is_pinned_by_its_tag_and_is_a_python_that_kzbot_runs_on() -> None:
    before, *stages = instructions()
    (base,) = [given.removeprefix("BASE=") for word, given in before if word == "ARG"]
    name, _, tag = base.rpartition(":")
    assert name and re.fullmatch(r"3\.(1[1-9]|2\d)-slim-\w+", tag)
    assert {stage[0][1].partition(" AS ")[0] for stage in stages} == {"${BASE}"}


def test_nothing_runs_as_root() -> None:
    user, group = argument("USER").split(":")
    assert user.isdecimal() and group.isdecimal() and int(user) >= 1000 and int(group) >= 1000
    assert [word for word, _ in instructions()[-1]].index("USER") > [word for word, _ in instructions()[-1]].index(
        "RUN"
    )
    assert service()["user"] == argument("USER")
    assert f"--owner={user}" in argument("RUN") and f"--uid {user}" in argument("RUN")
    assert unit()["User"] == ["kzbot"]


def test_what_they_start_are_commands_of_the_bot() -> None:
    entry, first = json.loads(argument("ENTRYPOINT")), json.loads(argument("CMD"))
    check = json.loads(argument("HEALTHCHECK").partition(" CMD ")[2])
    assert entry == ["python", "bot.py"] == check[:2]
    (started,) = unit()["ExecStart"]
    program, script, *rest = started.split()
    assert script == "bot.py" and program.endswith("/.venv/bin/python")
    assert {*first, *check[2:], *rest} == {"run", "health"} <= COMMANDS
    assert "command" not in service() and "entrypoint" not in service() and "healthcheck" not in service()


def test_a_start_that_takes_minutes_is_not_taken_for_one_that_failed() -> None:
    """A first index of many articles, and an upgrade of a long log, come before the bot is in."""
    (period,) = re.findall(r"--start-period=(\S+)", argument("HEALTHCHECK"))
    (unit_period,) = unit()["TimeoutStartSec"]
    assert seconds(period) >= seconds(unit_period) >= 30 * 60


def test_every_variable_that_they_set_is_a_setting() -> None:
    known = {f"KZBOT_{name}__{key}".upper() for name, kind in sections().items() for key in kind.model_fields}
    for environment in (image_environment(), service()["environment"], unit_environment()):
        given = {name: value for name, value in environment.items() if name.startswith("KZBOT_")}
        assert given and set(given) <= known
        load_settings(None, given)


def test_the_bot_writes_to_its_data_folder_and_nowhere_else() -> None:
    (data,) = argument("VOLUME").split()
    assert image_environment()["KZBOT_DATA__FOLDER"] == image_environment()["SQLITE_TMPDIR"] == data
    mounts = [one.split(":") for one in service()["volumes"]]
    assert service()["read_only"] is True
    assert [target for _, target, *how in mounts if how != ["ro"]] == [data]
    settings = unit()
    (folder,) = settings["ReadWritePaths"]
    assert settings["ProtectSystem"] == ["strict"] and settings["PrivateTmp"] == ["yes"]
    assert unit_environment()["KZBOT_DATA__FOLDER"] == folder
    assert PurePosixPath(folder).parent == PurePosixPath(settings["WorkingDirectory"][0])
    assert settings["ExecStart"][0].startswith(f"{settings['WorkingDirectory'][0]}/")


def test_the_token_is_in_no_image_and_comes_as_a_file() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    assert "TOKEN" not in text and not re.search(r"^(?:COPY|ADD) (?:\S+ )*(?:\.|data\S*|\.env) ", text, re.M)
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    (secret,) = service()["secrets"]
    assert service()["environment"]["KZBOT_DISCORD__TOKEN_FILE"] == f"/run/secrets/{secret}"
    file = (DEPLOY / compose["secrets"][secret]["file"]).resolve()
    name, _, credential = unit()["LoadCredential"][0].partition(":")
    assert unit_environment()["KZBOT_DISCORD__TOKEN_FILE"] == f"%d/{name}"
    assert file.relative_to(PROJECT) == PurePosixPath(credential).relative_to(unit()["WorkingDirectory"][0])
    assert "DISCORD_TOKEN" not in {*service()["environment"], *unit_environment()}


def test_a_container_has_no_rights_no_ports_and_an_end_to_what_it_takes() -> None:
    kept = service()
    assert kept["cap_drop"] == ["ALL"] and "cap_add" not in kept and "privileged" not in kept
    assert kept["security_opt"] == ["no-new-privileges:true"]
    assert not {"ports", "network_mode", "pid", "devices"} & set(kept)
    assert kept["tmpfs"][0].startswith("/tmp:") and "noexec" in kept["tmpfs"][0]
    assert kept["restart"] == "unless-stopped" and kept["init"] is True
    assert seconds(kept["stop_grace_period"]) > 5 and argument("STOPSIGNAL") == "SIGTERM"
    assert {"max-size", "max-file"} <= set(kept["logging"]["options"])
    settings = unit()
    assert settings["MemoryMax"] == [kept["mem_limit"].upper()] and settings["TasksMax"] == [str(kept["pids_limit"])]
    assert (DEPLOY / kept["build"]["context"]).resolve() == PROJECT
    assert (PROJECT / kept["build"]["dockerfile"]) == DEPLOY / "Containerfile"


def test_the_unit_is_told_how_the_bot_fares_and_starts_it_anew() -> None:
    settings = unit()
    assert settings["Type"] == ["notify"] and settings["Restart"] == ["on-failure"]
    assert seconds(settings["WatchdogSec"][0]) > STALE.total_seconds()
    quick = seconds(settings["RestartSec"][0]) * int(settings["StartLimitBurst"][0])
    slow = seconds(settings["WatchdogSec"][0]) * int(settings["StartLimitBurst"][0])
    assert quick < seconds(settings["StartLimitIntervalSec"][0]) < slow  # a refused token ends it, an outage does not
    assert seconds(settings["TimeoutStopSec"][0]) > 5
    assert settings["OOMPolicy"] == ["continue"]  # a reader that takes all memory does not end the bot


def test_the_packages_are_the_pinned_ones_and_the_extras_are_there() -> None:
    extras = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    (wanted,) = [given.removeprefix("EXTRAS=") for word, given in instructions()[1] if word == "ARG"]
    assert set(wanted.split(",")) == set(extras) - {"test"}
    assert any("--constraint constraints.txt" in given for word, given in instructions()[1] if word == "RUN")


def copied() -> Iterator[tuple[str, str]]:
    """What the container file takes from this folder, and where to."""
    here = "/"
    for word, given in instructions()[1]:
        if word == "WORKDIR":
            here = given
        elif word == "COPY":
            *sources, target = given.split()
            for source in sources:
                folder = (PROJECT / source).is_dir()
                yield source, f"{here}/{target}" if folder or not target.endswith("/") else f"{here}/{target}{source}"


def _let_in(file: Path) -> bool:
    """Whether a file of this folder is handed to the build, by the lines of .dockerignore: the last that fits it or a folder
    of it decides."""
    lines = (PROJECT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    path = file.relative_to(PROJECT)
    let = True
    for line in lines:
        if line.startswith("#"):
            continue
        pattern = line.removeprefix("!").removeprefix("**/")
        parts = [str(path), *map(str, path.parents[:-1])] + (list(path.parts) if "**/" in line else [])
        if any(fnmatch(one, pattern) and (one.count("/") == pattern.count("/")) for one in parts):
            let = line.startswith("!")
    return let


def test_the_build_is_handed_what_it_takes_and_nothing_of_the_data_folder() -> None:
    for source, _ in copied():
        at = PROJECT / source
        files = [file for file in at.rglob("*") if file.is_file()] if at.is_dir() else [at]
        assert any(_let_in(file) for file in files), source
    for held in ("data/token", "data/kzbot.db", ".git/config", "config/token", "tests/conftest.py", ".env", "token"):
        assert not _let_in(PROJECT / held), held
    assert not _let_in(PROJECT / "kzbot" / "cli" / "__pycache__" / "app.pyc")


def test_hadolint_finds_nothing() -> None:
    hadolint = shutil.which("hadolint", path=os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])))
    if hadolint is None:
        pytest.skip("hadolint is not installed; .ci/run installs it")
    done = subprocess.run([hadolint, str(DEPLOY / "Containerfile")], capture_output=True, text=True, check=False)
    assert (done.stdout + done.stderr, done.returncode) == ("", 0)


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """The unit, with the program of this installation in place of the one that an operator installs."""
    file = tmp_path / "kzbot.service"
    text = (DEPLOY / "kzbot.service").read_text(encoding="utf-8")
    file.write_text(re.sub(r"^ExecStart=\S+", f"ExecStart={sys.executable}", text, flags=re.M), encoding="utf-8")
    return file


def _analyze(*arguments: str) -> "subprocess.CompletedProcess[str]":
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed; on Debian it is in the package systemd")
    return subprocess.run(["systemd-analyze", *arguments], capture_output=True, text=True, timeout=300, check=False)


def test_systemd_finds_the_unit_well(here: Path) -> None:
    done = _analyze("verify", "--man=no", str(here))
    assert (done.stdout + done.stderr, done.returncode) == ("", 0)


def test_systemd_finds_little_exposed(here: Path) -> None:
    done = _analyze("security", "--offline=yes", "--no-pager", "--threshold=12", str(here))
    assert done.returncode == 0, done.stdout[-400:]


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the image would hold of the program, at a place of its own."""
    root = tmp_path_factory.mktemp("container") / "image"
    for source, target in copied():
        if not target.startswith("/app/"):
            continue
        to = root / target.removeprefix("/app/").removeprefix("./")
        to.parent.mkdir(parents=True, exist_ok=True)
        if (PROJECT / source).is_dir():
            shutil.copytree(PROJECT / source, to, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(PROJECT / source, to / source if to.is_dir() else to)
    return root


def _start(image: Path, data: Path, *arguments: str) -> "subprocess.Popen[str]":
    """As a container starts it: no home, no folder for temporary files, no terminal, and no mask for new files."""
    environ = {
        "PATH": os.environ["PATH"],
        "PYTHONDONTWRITEBYTECODE": "1",
        "TMPDIR": str(data / "none"),
        "KZBOT_DATA__FOLDER": str(data),
        "KZBOT_CHANNEL__PORT": "0",
    }
    return subprocess.Popen(
        [sys.executable, "bot.py", *arguments],
        cwd=image,
        env=environ,
        umask=0,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _until(process: "subprocess.Popen[str]", words: str) -> None:
    assert process.stdout is not None
    said: list[str] = []
    while select.select([process.stdout], [], [], PATIENCE)[0] and (line := process.stdout.readline()):
        said.append(line)
        if words in line:
            return
    process.kill()
    raise AssertionError(f"never said {words!r}: {said} {process.communicate()[1]}")


def test_what_the_image_holds_runs_and_writes_for_its_owner_and_to_its_data_folder_alone(
    image: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    before = {file: file.stat().st_mtime_ns for file in image.rglob("*")}
    process = _start(image, data, "run")
    _until(process, "The bot is in the channel")
    private = [data, data / "channel", *data.glob("kzbot.db*")]
    open_to_others = [one.name for one in private if stat.S_IMODE(one.stat().st_mode) & 0o077]
    process.send_signal(signal.SIGTERM)
    _, complaints = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, complaints
    assert len(private) > 2 and open_to_others == []
    assert {file: file.stat().st_mtime_ns for file in image.rglob("*")} == before
    assert [one.name for one in tmp_path.iterdir()] == ["data"]


@pytest.mark.parametrize("arguments", [["--config"], ["run", "--config"]])
def test_a_stop_is_heard_before_anything_was_begun(image: Path, tmp_path: Path, arguments: list[str]) -> None:
    slow = tmp_path / "slow.yaml"
    os.mkfifo(slow)
    process = _start(image, tmp_path / "data", *arguments, str(slow))
    with slow.open("wb"):  # from now on the bot waits for its settings
        process.send_signal(signal.SIGTERM)
        _, complaints = process.communicate(timeout=PATIENCE)
    assert (process.returncode, complaints) == (0, "")
    assert not (tmp_path / "data").exists()
