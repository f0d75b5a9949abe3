"""Discord's limits on what a bot may send, so that a mistake shows here as it would there.

Sources: the limits tables of Discord's documentation (message, component reference, application commands).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kzbot.channel.refusal import Fault, Refusal, invalid_form

V2_FLAG = 1 << 15
SELECTS = (3, 5, 6, 7, 8)
NAME = re.compile(r"^[-_'\w\u0900-\u097f\u0e00-\u0e7f]{1,32}$")
INSIDE_CONTAINER = (1, 9, 10, 12, 13, 14)
ON_TOP = (*INSIDE_CONTAINER, 17)
MOST_COMMANDS = {1: 100, 2: 15, 3: 15}
"""How many commands of a type there may be: slash commands, entries in the menu of a user, of a message."""


def walk(component: dict[str, Any], path: str) -> Iterator[tuple[dict[str, Any], str]]:
    """The component and everything inside it, each with its path."""
    yield component, path
    for number, inner in enumerate(component.get("components") or []):
        yield from walk(inner, f"{path}.components.{number}")
    for key in ("accessory", "component"):
        if component.get(key):
            yield from walk(component[key], f"{path}.{key}")


def walk_all(components: list[dict[str, Any]], path: str = "components") -> list[tuple[dict[str, Any], str]]:
    return [pair for number, one in enumerate(components) for pair in walk(one, f"{path}.{number}")]


def length(value: Any, path: str, low: int, high: int) -> list[Fault]:
    if low <= len(value or "") <= high:
        return []
    return [Fault(path, f"Must be between {low} and {high} in length.")]


def check_message(message: dict[str, Any], files: int = 0) -> None:
    """Raises the refusal that Discord would give for a whole message (after an edit: as it would then stand)."""
    content, embeds = message.get("content") or "", message.get("embeds") or []
    components = message.get("components") or []
    if not (content or embeds or components or files or message.get("attachments")):
        raise Refusal(400, 50006, "Cannot send an empty message")
    faults = length(content, "content", 0, 2000)
    if len(embeds) > 10 or sum(map(embed_size, embeds)) > 6000:
        faults.append(Fault("embeds", "Embeds are limited to 10 and 6000 characters in all."))
    if files > 10:
        faults.append(Fault("attachments", "Must be 10 or fewer in length."))
    faults += check_tree(components, bool(message.get("flags", 0) & V2_FLAG), bool(content or embeds))
    if faults:
        raise invalid_form(faults)


def embed_size(embed: dict[str, Any]) -> int:
    texts = [embed.get("title"), embed.get("description"), (embed.get("footer") or {}).get("text")]
    texts += [(embed.get("author") or {}).get("name")]
    texts += [field.get(key) for field in embed.get("fields") or [] for key in ("name", "value")]
    return sum(len(text or "") for text in texts)


def check_tree(components: list[dict[str, Any]], v2: bool, mixed: bool) -> list[Fault]:
    everything = walk_all(components)
    faults = [fault for component, path in everything for fault in check_component(component, path)]
    if v2 and mixed:
        faults.append(Fault("flags", "content and embeds cannot be used with IS_COMPONENTS_V2."))
    allowed = ON_TOP if v2 else (1,)
    for number, component in enumerate(components):
        if component.get("type") not in allowed:
            faults.append(Fault(f"components.{number}.type", f"Value of field must be one of {allowed}."))
    if len(everything) > 40 or (not v2 and len(components) > 5):
        faults.append(Fault("components", "Too many components: 40 in all, or 5 rows without IS_COMPONENTS_V2."))
    if sum(len(component.get("content") or "") for component, _ in everything) > 4000:
        faults.append(Fault("components", "Text displays must be 4000 or fewer in length in all."))
    names = [component["custom_id"] for component, _ in everything if component.get("custom_id")]
    if len(names) != len(set(names)):
        faults.append(Fault("components", "Component custom id cannot be duplicated."))
    return faults


def check_component(component: dict[str, Any], path: str) -> list[Fault]:
    kind, inner = component.get("type"), component.get("components") or []
    faults: list[Fault] = []
    if "custom_id" in component and component["custom_id"] is not None:
        faults += length(component["custom_id"], f"{path}.custom_id", 1, 100)
    if kind == 2:
        faults += check_button(component, path)
    elif kind == 3:
        faults += check_options(component.get("options") or [], f"{path}.options")
    elif kind == 10 and not 1 <= len((component.get("content") or "").strip()) <= 4000:
        faults.append(Fault(f"{path}.content", "Must be between 1 and 4000 in length."))
    elif kind == 9:
        if not 1 <= len(inner) <= 3 or any(one.get("type") != 10 for one in inner):
            faults.append(Fault(f"{path}.components", "A section holds 1 to 3 text displays."))
        if (component.get("accessory") or {}).get("type") not in (2, 11):
            faults.append(Fault(f"{path}.accessory", "This field is required: a button or a thumbnail."))
    elif kind == 1:
        buttons = sum(one.get("type") == 2 for one in inner)
        if not ((0 < buttons <= 5 and buttons == len(inner)) or (len(inner) == 1 and inner[0].get("type") in SELECTS)):
            faults.append(Fault(f"{path}.components", "A row holds 1 to 5 buttons or one select."))
    elif kind == 12:
        faults += length(component.get("items"), f"{path}.items", 1, 10)
    elif kind == 17 and (not inner or any(one.get("type") not in INSIDE_CONTAINER for one in inner)):
        faults.append(Fault(f"{path}.components", f"A container holds components of the types {INSIDE_CONTAINER}."))
    return faults


def check_button(button: dict[str, Any], path: str) -> list[Fault]:
    faults = length(button.get("label"), f"{path}.label", 0, 80)
    if not button.get("label") and not button.get("emoji"):
        faults.append(Fault(f"{path}.label", "A button must have a label or emoji."))
    if (button.get("style") == 5) != bool(button.get("url")) or (button.get("style") == 5 and button.get("custom_id")):
        faults.append(Fault(f"{path}.url", "A link button has a url and no custom_id; other buttons have no url."))
    if button.get("style") != 5 and not button.get("custom_id"):
        faults.append(Fault(f"{path}.custom_id", "A custom id is required."))
    if button.get("url"):
        faults += length(button["url"], f"{path}.url", 1, 512)
        if not re.match(r"(https?|discord)://", button["url"]):
            faults.append(Fault(f"{path}.url", "Scheme must be one of ('discord', 'http', 'https')."))
    return faults


def check_options(options: list[dict[str, Any]], path: str) -> list[Fault]:
    faults = length(options, path, 1, 25)
    for number, option in enumerate(options):
        faults += length(option.get("label"), f"{path}.{number}.label", 1, 100)
        faults += length(option.get("value"), f"{path}.{number}.value", 1, 100)
        faults += length(option.get("description"), f"{path}.{number}.description", 0, 100)
    if len({option.get("value") for option in options}) != len(options):
        faults.append(Fault(path, "The specified option value is already used."))
    return faults


def check_choices(choices: list[dict[str, Any]]) -> None:
    """Autocomplete: at most 25 choices, names 1 to 100 characters, text values at most 100."""
    faults = length(choices, "data.choices", 0, 25)
    for number, choice in enumerate(choices):
        faults += length(choice.get("name"), f"data.choices.{number}.name", 1, 100)
        if isinstance(choice.get("value"), str):
            faults += length(choice["value"], f"data.choices.{number}.value", 0, 100)
    if faults:
        raise invalid_form(faults)


def check_commands(commands: list[dict[str, Any]]) -> None:
    """A whole set of commands: number, names, descriptions, order of required options, choices."""
    faults: list[Fault] = []
    for kind, most in MOST_COMMANDS.items():
        if sum(command.get("type", 1) == kind for command in commands) > most:
            raise Refusal(400, 30032, f"Maximum number of application commands reached ({most}).")
    for number, command in enumerate(commands):
        check = check_command if command.get("type", 1) == 1 else check_menu
        faults += check(command, str(number))
    keys = [(command.get("type", 1), command.get("name")) for command in commands]
    if len(keys) != len(set(keys)):
        faults.append(Fault("0.name", "Application command names must be unique."))
    if faults:
        raise invalid_form(faults)


def check_menu(command: dict[str, Any], path: str) -> list[Fault]:
    """An entry in the menu of a user or a message: a name in any case, with spaces, and nothing else."""
    faults = length(command.get("name"), f"{path}.name", 1, 32)
    faults += length(command.get("description"), f"{path}.description", 0, 0)
    faults += length(command.get("options"), f"{path}.options", 0, 0)
    if command.get("type") not in MOST_COMMANDS:
        faults.append(Fault(f"{path}.type", f"Value of field must be one of {tuple(MOST_COMMANDS)}."))
    return faults


def check_command(command: dict[str, Any], path: str) -> list[Fault]:
    options = command.get("options") or []
    faults = length(command.get("description"), f"{path}.description", 1, 100)
    faults += length(options, f"{path}.options", 0, 25) + length(command.get("choices"), f"{path}.choices", 0, 25)
    if not NAME.match(command.get("name", "")) or command["name"] != command["name"].lower():
        faults.append(Fault(f"{path}.name", "Command name is invalid."))
    required = [bool(option.get("required")) for option in options]
    if required != sorted(required, reverse=True):
        faults.append(Fault(f"{path}.options", "Required options must be placed before non-required options."))
    for number, option in enumerate(options):
        faults += check_command(option, f"{path}.options.{number}")
    return faults
