"""Dialogs (modals): what a bot may open, and what a person may send back.

Source: Discord's documentation of modals and of the components label, text input and string select.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kzbot.channel.refusal import Fault, invalid_form
from kzbot.channel.validation import check_options, length, walk_all
from kzbot.errors import ChannelError

Payload = dict[str, Any]
ROW, SELECT, TEXT, WORDS, LABEL = 1, 3, 4, 10, 18
LONGEST = 4000  # characters of a text input


class FormError(ChannelError):
    """A dialog that was sent back with fields that cannot be taken; `faults` says why, by custom id."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = dict(faults)


# ---- what a bot opens


def check_modal(modal: Payload) -> None:
    """Raises Discord's refusal of a dialog: its title, its one to five parts, their fields and limits."""
    components = modal.get("components") or []
    faults = length(modal.get("title"), "data.title", 1, 45) + length(components, "data.components", 1, 5)
    faults += length(modal.get("custom_id"), "data.custom_id", 1, 100)
    for number, component in enumerate(components):
        if component.get("type") not in (ROW, WORDS, LABEL):
            faults.append(Fault(f"data.components.{number}.type", "Value of field must be one of (1, 10, 18)."))
    everything = walk_all(components, "data.components")
    faults += [fault for component, path in everything for fault in _check(component, path)]
    names = [component["custom_id"] for component, _ in everything if component.get("custom_id")]
    if len(names) != len(set(names)):
        faults.append(Fault("data.components", "Component custom id cannot be duplicated."))
    if faults:
        raise invalid_form(faults)


def _check(component: Payload, path: str) -> list[Fault]:
    kind = component.get("type")
    if kind == LABEL:
        faults = length(component.get("label"), f"{path}.label", 1, 45)
        faults += length(component.get("description"), f"{path}.description", 0, 100)
        inner = component.get("component") or {}
        return faults if inner.get("type") else [*faults, Fault(f"{path}.component", "This field is required")]
    if kind == ROW:
        inside = [one.get("type") for one in component.get("components") or []]
        return [] if inside == [TEXT] else [Fault(f"{path}.components", "A row of a dialog holds one text input.")]
    if kind == WORDS:
        return length((component.get("content") or "").strip(), f"{path}.content", 1, LONGEST)
    faults = length(component.get("custom_id"), f"{path}.custom_id", 1, 100)
    if kind == TEXT:
        in_row = ".components." in path.removeprefix("data.components.")
        return faults + _check_text(component, path) + length(component.get("label"), f"{path}.label", in_row, 45)
    return faults + _check_select(component, path) if kind == SELECT else faults


def _check_text(field: Payload, path: str) -> list[Fault]:
    least, most = limits(field)
    faults = length(field.get("placeholder"), f"{path}.placeholder", 0, 100)
    if field.get("style") not in (1, 2):
        faults.append(Fault(f"{path}.style", "Value of field must be one of (1, 2)."))
    if not 0 <= least <= LONGEST or not 1 <= most <= LONGEST or least > most:
        faults.append(
            Fault(f"{path}.max_length", f"Lengths are between 0 and {LONGEST}, the least not above the most.")
        )
    return faults + length(field.get("value"), f"{path}.value", 0, most)


def _check_select(field: Payload, path: str) -> list[Fault]:
    options = field.get("options") or []
    least, most = choices(field)
    faults = check_options(options, f"{path}.options") + length(field.get("placeholder"), f"{path}.placeholder", 0, 150)
    if field.get("disabled"):
        faults.append(Fault(f"{path}.disabled", "A select of a dialog cannot be disabled."))
    if not 0 <= least <= 25 or not 1 <= most <= 25 or least > most or most > len(options):
        faults.append(Fault(f"{path}.max_values", "Numbers of choices are between 0 and the number of options."))
    if sum(bool(option.get("default")) for option in options) > most:
        faults.append(Fault(f"{path}.options", "More options are chosen beforehand than may be chosen."))
    return faults


def limits(field: Payload) -> tuple[int, int]:
    """The least and the most characters of a text input."""
    most = field.get("max_length")
    return field.get("min_length") or 0, LONGEST if most is None else most


def choices(field: Payload) -> tuple[int, int]:
    """The least and the most options of a select that may be chosen."""
    least, most = field.get("min_values"), field.get("max_values")
    return 1 if least is None else least, 1 if most is None else most


# ---- what a person sends back


def answered(modal: Payload, values: Mapping[str, Any]) -> Payload:
    """The `data` of the interaction with these values by custom id (a text, or a list for a select).

    A field without a value goes as it was opened. Raises FormError with what is wrong, by custom id.
    """
    fields = [component for component, _ in walk_all(modal["components"]) if component.get("custom_id")]
    unknown = set(values) - {field["custom_id"] for field in fields}
    if unknown:
        raise ChannelError(f"The dialog has no field {sorted(unknown)[0]}.")
    filled = {field["custom_id"]: _value(field, values) for field in fields}
    judged = {field["custom_id"]: _fault(field, filled[field["custom_id"]]) for field in fields}
    faults = {key: words for key, words in judged.items() if words}
    if faults:
        raise FormError(faults)
    components = [_sent(component, filled) for component in _numbered(modal["components"])]
    return {"custom_id": modal["custom_id"], "components": components, "resolved": {}}


def _value(field: Payload, values: Mapping[str, Any]) -> Any:
    key = field["custom_id"]
    if field["type"] == TEXT:
        text = str(values[key] if key in values else field.get("value") or "")
        return text if field.get("style") == 2 else " ".join(text.splitlines())
    if key in values:
        return [str(one) for one in values[key]]
    return [option["value"] for option in field.get("options") or [] if option.get("default")]


def _fault(field: Payload, value: Any) -> str | None:
    """Why the value cannot be taken, in words for the person."""
    if not value:
        return "This field is required." if field.get("required") is not False else None
    if field["type"] == TEXT:
        least, most = limits(field)
        if len(value) < least:
            return f"This needs {least} characters at least; it has {len(value)}."
        return f"This takes {most} characters at most; it has {len(value)}." if len(value) > most else None
    least, most = choices(field)
    if not set(value) <= {option["value"] for option in field.get("options") or []}:
        return "This is not among the choices."
    if not least <= len(set(value)) <= most:
        return f"Choose {least}." if least == most else f"Choose {least} to {most}."
    return None


def _numbered(components: list[Payload]) -> list[Payload]:
    """The components with the numbers that Discord gives those without one."""
    numbers = {id(component): number for number, (component, _) in enumerate(walk_all(components), 1)}

    def copy(component: Payload) -> Payload:
        made = {**component, "id": component.get("id") or numbers[id(component)]}
        if "component" in component:
            made["component"] = copy(component["component"])
        if "components" in component:
            made["components"] = [copy(inner) for inner in component["components"]]
        return made

    return [copy(component) for component in components]


def _sent(component: Payload, filled: Mapping[str, Any]) -> Payload:
    """A component as it is sent back: labels and rows keep their shape, fields carry their value."""
    shell: Payload = {"type": component["type"], "id": component["id"]}
    if "component" in component:
        return {**shell, "component": _sent(component["component"], filled)}
    if "components" in component:
        return {**shell, "components": [_sent(inner, filled) for inner in component["components"]]}
    if "custom_id" not in component:
        return shell
    key = component["custom_id"]
    return {**shell, "custom_id": key, "value" if component["type"] == TEXT else "values": filled[key]}
