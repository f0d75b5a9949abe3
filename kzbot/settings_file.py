"""Where settings are given: the YAML file with its line numbers, and the environment."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from kzbot.errors import SettingsError

PREFIX = "KZBOT_"
PROJECT = Path(__file__).resolve().parent.parent
"""The folder that holds `kzbot/` and `config/`; relative paths in a settings file start here."""


@dataclass(frozen=True, slots=True)
class Given:
    """One setting as it was written: `where` names file and line, or the variable; `from_environment` tells which.

    `key` is None for the line that opens a section; its value is then None, or what stands there instead of keys.
    """

    section: str
    key: str | None
    value: object
    where: str
    from_environment: bool = False


def read_file(file: Path) -> list[Given]:
    """What `file` gives, in its order. SettingsError with the line where it is not YAML, or gives a key twice."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise SettingsError(
            f"{file}: the settings cannot be read ({reason}); mend the file or name another one."
        ) from None
    loader = yaml.SafeLoader(text)
    try:
        root = loader.get_single_node()
        return [] if root is None else list(_sections(loader, root, file))
    except yaml.MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        problem = error.problem or "it cannot be read"
        raise SettingsError(
            f"{file}{line}: this is not valid YAML ({problem}); mend the line or the one above it."
        ) from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise SettingsError(
            f"{file}: this is not valid YAML; compare it with the config/kzbot.yaml that came with kzbot."
        ) from None
    finally:
        loader.dispose()


def read_environment(environ: Mapping[str, str]) -> Iterator[Given]:
    """What variables KZBOT_SECTION__KEY give; an empty one gives nothing, `null` takes a setting away."""
    for name, value in sorted(environ.items()):
        if not name.startswith(PREFIX) or not value.strip():
            continue
        section, found, key = name.removeprefix(PREFIX).lower().partition("__")
        meant = None if value.strip().lower() in ("null", "~") else value.strip()
        yield Given(section, key if found else None, meant, f"environment variable {name}", from_environment=True)


def _sections(loader: yaml.SafeLoader, root: yaml.Node, file: Path) -> Iterator[Given]:
    for section, below in _pairs(root, file, "the settings"):
        name = str(section.value)
        where = f"{file}, line {section.start_mark.line + 1}"
        if not isinstance(below, yaml.MappingNode):
            yield Given(name, None, loader.construct_document(below), where)
            continue
        yield Given(name, None, None, where)
        for key, node in _pairs(below, file, name):
            line = f"{file}, line {key.start_mark.line + 1}"
            yield Given(name, str(key.value), loader.construct_document(node), line)


def _pairs(node: yaml.Node, file: Path, what: str) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
    where = f"{file}, line {node.start_mark.line + 1}"
    if not isinstance(node, yaml.MappingNode):
        raise SettingsError(
            f"{where}: {what} must be written as `key: value` lines, as in the config/kzbot.yaml of kzbot."
        )
    seen: set[str] = set()
    for key, value in node.value:
        line = f"{file}, line {key.start_mark.line + 1}"
        if not isinstance(key, yaml.ScalarNode):
            raise SettingsError(f"{line}: a key must be one word, such as `folder`.")
        if key.value in seen:
            raise SettingsError(f"{line}: {key.value} is given twice under {what}; take one of the two away.")
        seen.add(key.value)
        yield key, value
