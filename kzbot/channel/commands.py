"""The bot's commands as registered with the channel, and how a typed command becomes an interaction's data."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from kzbot.channel.archive import Archive
from kzbot.channel.identity import APPLICATION, Snowflakes
from kzbot.channel.validation import check_commands
from kzbot.errors import ChannelError

Payload = dict[str, Any]
SLASH, MESSAGE_MENU = 1, 3
SUBCOMMAND, GROUP, ATTACHMENT = 1, 2, 11
GLOBAL = "global"


class Commands:
    """Sets of commands by scope ("global" or a server's id); kept in the archive."""

    def __init__(self, archive: Archive, ids: Snowflakes) -> None:
        self._archive = archive
        self._ids = ids
        kept = archive.load("commands")
        sets = kept.items() if isinstance(kept, dict) else ()
        self._sets: dict[str, list[Payload]] = {scope: each for scope, each in sets if isinstance(each, list)}

    def put(self, scope: str, commands: list[Payload]) -> list[Payload]:
        """Replaces a scope's commands and returns them as `get` does; names that stay keep their id. Raises Discord's
        refusal of a bad form."""
        check_commands(commands)
        known = {(one.get("type", 1), one["name"]): one["id"] for one in self._sets.get(scope, [])}
        version = self._ids.next()
        self._sets[scope] = [
            {
                "type": 1,
                "description": "",
                **command,
                "id": known.get((command.get("type", 1), command["name"])) or self._ids.next(),
                "application_id": str(APPLICATION),
                "version": version,
                **({} if scope == GLOBAL else {"guild_id": scope}),
            }
            for command in commands
        ]
        self._archive.save("commands", self._sets)
        return self.get(scope, localizations=True)

    def get(self, scope: str, *, localizations: bool = False) -> list[Payload]:
        """A scope's commands as Discord writes them: with what it adds, without what says nothing.

        `localizations`: with all translations of names and descriptions, as the parameter `with_localizations` asks for.
        """
        return [_as_discord_writes(one, localizations) for one in self._sets.get(scope, [])]

    def delete(self, scope: str, names: Collection[str] = ()) -> None:
        """Takes commands away as somebody else than the bot would: these, or all of the scope."""
        self._sets[scope] = [one for one in self._sets.get(scope, []) if names and one["name"] not in names]
        self._archive.save("commands", self._sets)

    def all(self) -> list[Payload]:
        """Every slash command once, as a person sees them."""
        return self._of(SLASH)

    def menus(self) -> list[Payload]:
        """What stands in the menu of a message, each once."""
        return self._of(MESSAGE_MENU)

    def _of(self, kind: int) -> list[Payload]:
        found = {one["name"]: one for each in self._sets.values() for one in each if one.get("type", SLASH) == kind}
        return list(found.values())

    def data(self, name: str, options: Mapping[str, Any], focused: str | None = None) -> Payload:
        """The `data` of an interaction for "corpus status" and its options by name.

        Raises ChannelError for a command or option that the bot has not registered.
        """
        first, *rest = name.split()
        command = next((one for one in self.all() if one["name"] == first), None)
        if command is None:
            raise ChannelError(f"The bot has no command /{first}.")
        level, path = command, []
        for step in rest:
            level = _named(level, step, name)
            path.append(level)
        if any(one["type"] in (SUBCOMMAND, GROUP) for one in level.get("options") or []):
            raise ChannelError(f"/{name} needs one of its subcommands.")
        found: list[Payload] = []
        for key, value in options.items():
            option = _named(level, key, name)
            entry = {"name": key, "type": option["type"], "value": value}
            found.append({**entry, "focused": True} if key == focused else entry)
        for step_taken in reversed(path):
            found = [{"name": step_taken["name"], "type": step_taken["type"], "options": found}]
        return {"id": command["id"], "name": first, "type": SLASH, "options": found, **_scope(command)}

    def menu_data(self, name: str, message: Payload) -> Payload:
        """The `data` of an interaction for the entry `name` in the menu of a message.

        Raises ChannelError where the bot has registered no such entry.
        """
        command = next((one for one in self.menus() if one["name"] == name), None)
        if command is None:
            raise ChannelError(f"The bot has no {name!r} in the menu of messages.")
        target = {"target_id": message["id"], "resolved": {"messages": {message["id"]: message}}}
        return {"id": command["id"], "name": name, "type": MESSAGE_MENU, **target, **_scope(command)}


def _as_discord_writes(command: Payload, localizations: bool) -> Payload:
    permissions = command.get("default_member_permissions")
    return {
        **_described(command, localizations),
        **{key: command[key] for key in ("id", "application_id", "version", "guild_id") if key in command},
        "type": command.get("type") or SLASH,
        "description": command.get("description") or "",
        "default_member_permissions": None if permissions is None else str(permissions),
        "dm_permission": 1 in (command.get("contexts") or (1,)),
        "contexts": command.get("contexts"),
        "integration_types": command.get("integration_types") or [0],
        "nsfw": bool(command.get("nsfw")),
    }


def _described(entry: Payload, localizations: bool) -> Payload:
    """A command, an option or a choice: keys that are null, false or empty are left out, and so are translations that
    nobody asked for."""
    kept = {
        key: value
        for key, value in entry.items()
        if value not in (None, [], {}, "") and value is not False and not key.endswith("_localizations")
    }
    for key in ("options", "choices"):
        if key in kept:
            kept[key] = [_described(each, localizations) for each in kept[key]]
    if localizations:
        described = ("name", "description") if "description" in entry else ("name",)
        kept |= {f"{key}_localizations": entry.get(f"{key}_localizations") for key in described}
    return kept


def _scope(command: Payload) -> Payload:
    """The server of a command that is known there only."""
    return {"guild_id": command["guild_id"]} if "guild_id" in command else {}


def _named(level: Payload, key: str, name: str) -> Payload:
    for option in level.get("options") or []:
        if option["name"] == key:
            return dict(option)
    raise ChannelError(f"/{name} has no option or subcommand {key!r}.")


def attachments(data: Payload) -> list[str]:
    """The names of the options of an interaction's `data` that are files."""
    options = data.get("options") or []
    while options and options[0]["type"] in (SUBCOMMAND, GROUP):
        options = options[0]["options"]
    return [option["name"] for option in options if option["type"] == ATTACHMENT]


def typed(name: str, options: Mapping[str, Any]) -> str:
    """The command as a person would type it."""
    words = [f"{key}: {str(value).lower() if isinstance(value, bool) else value}" for key, value in options.items()]
    return " ".join([f"/{name}", *words])
