"""Python and the libraries, against what pyproject.toml asks for."""

import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kzbot.cli.checks.check import Check
from kzbot.phrases import Phrases
from kzbot.settings_file import PROJECT

_REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)\s*(?:>=\s*(?P<least>[\d.]+))?")


def check_machine(phrases: Phrases, pyproject: Path = PROJECT / "pyproject.toml") -> list[Check]:
    """Whether this Python and each library are new enough."""
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    return [_python(phrases, project["requires-python"].lstrip(">= ")), *_libraries(phrases, project["dependencies"])]


def _python(phrases: Phrases, least: str) -> Check:
    subject = phrases.say("cli.doctor.python")
    found = ".".join(str(part) for part in sys.version_info[:3])
    if _parts(found) >= _parts(least):
        return Check(subject, "ok", found)
    return Check(subject, "wrong", found, phrases.say("cli.doctor.python_old", least=least))


def _libraries(phrases: Phrases, requirements: list[str]) -> list[Check]:
    """One check for all that are well, and one for each that is not."""
    subject, well, checks = phrases.say("cli.doctor.libraries"), [], []
    for requirement in requirements:
        wanted = _REQUIREMENT.match(requirement)
        assert wanted is not None
        name, least = wanted["name"], wanted["least"] or "0"
        try:
            found = version(name)
        except PackageNotFoundError:
            missing = phrases.say("cli.doctor.library_missing", name=name)
            checks.append(Check(subject, "wrong", missing, phrases.say("cli.doctor.install")))
            continue
        if _parts(found) < _parts(least):
            old = phrases.say("cli.doctor.library_old", name=name, found=found, least=least)
            checks.append(Check(subject, "wrong", old, phrases.say("cli.doctor.install")))
        else:
            well.append(f"{name} {found}")
    return [Check(subject, "ok", ", ".join(well)), *checks] if well else checks


def _parts(number: str) -> tuple[int, ...]:
    """The numbers of a version up to the first part that is none, without closing zeros."""
    parts = []
    for part in number.split("."):
        digits = re.match(r"\d+", part)
        if digits is None:
            break
        parts.append(int(digits[0]))
    while parts and parts[-1] == 0:
        parts.pop()
    return tuple(parts)
