"""What Discord has of the commands, held against what it was told: what Discord adds of its own does not count."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Payload = Mapping[str, Any]

_SLASH = 1
_TEXTS = ("name", "description")
_VALUES = ("type", "required", "autocomplete", "nsfw", "value", "min_value", "max_value", "min_length", "max_length")
_SETS = ("contexts", "integration_types", "channel_types")
_LISTS = ("options", "choices")
_LOCALIZED = ("name_localizations", "description_localizations")
"""What is told of a command, an option or a choice; source: Discord's documentation, "Application Commands". Whatever else
Discord shows (ids, a version, `dm_permission`, which follows from `contexts`) it made itself."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Commands by name, as people see them: those that Discord lacks, has in another form, and has beside ours."""

    missing: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.missing or self.other or self.foreign)


def difference(told: Iterable[Payload], registered: Iterable[Payload]) -> Difference:
    """How the commands that Discord has registered differ from those that it is told, both as its API writes them."""
    ours, theirs = _by_name(told), _by_name(registered)
    return Difference(
        missing=tuple(_shown(key) for key in ours if key not in theirs),
        other=tuple(_shown(key) for key in ours if key in theirs and ours[key] != theirs[key]),
        foreign=tuple(_shown(key) for key in theirs if key not in ours),
    )


def digest(commands: Iterable[Payload]) -> str:
    """A hash of all that counts of these commands, in whatever order they come."""
    kept = sorted(json.dumps(command, sort_keys=True) for command in _by_name(commands).values())
    return hashlib.sha256(json.dumps(kept).encode()).hexdigest()


def _by_name(commands: Iterable[Payload]) -> dict[tuple[int, str], dict[str, Any]]:
    return {(one.get("type") or _SLASH, str(one.get("name"))): _command(one) for one in commands}


def _command(command: Payload) -> dict[str, Any]:
    kept = _what_counts(command)
    kept["type"] = command.get("type") or _SLASH
    permissions = command.get("default_member_permissions")
    if permissions is not None:  # told as a number, shown as text; 0 hides the command from everybody
        kept["permissions"] = str(permissions)
    return kept


def _what_counts(entry: Payload) -> dict[str, Any]:
    """Of a command, option or choice: no key for what is absent, null, false or empty, because Discord leaves those out."""
    kept: dict[str, Any] = {key: str(entry[key]).strip() for key in _TEXTS if entry.get(key)}
    for key in _VALUES:
        value = entry.get(key)
        if value is not None and value is not False:
            kept[key] = int(value) if isinstance(value, float) and value.is_integer() else value
    kept |= {key: sorted(entry[key]) for key in _SETS if entry.get(key)}
    kept |= {key: dict(entry[key]) for key in _LOCALIZED if entry.get(key)}
    kept |= {key: [_what_counts(each) for each in entry[key]] for key in _LISTS if entry.get(key)}
    return kept


def _shown(key: tuple[int, str]) -> str:
    kind, name = key
    return f"/{name}" if kind == _SLASH else name
