"""What a pydantic model says of a wrong value, in one plain sentence each, with the line it is about."""

from collections.abc import Sequence

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kzbot.corpus.problem import Problem, either, shown, unknown_key
from kzbot.corpus.yaml_tree import Node, line_of

_KINDS = {
    "string_type": "must be one line of text",
    "list_type": "must be a list",
    "tuple_type": "must be a list",
    "dict_type": "must be keys with values",
    "model_type": "must be keys with values",
    "model_attributes_type": "must be keys with values",
}


def problems(error: ValidationError, tree: Node | None, model: type[BaseModel]) -> list[Problem]:
    """One Problem for each thing that `model` refused in `tree`, in the order of lines."""
    found = [
        Problem(_reason(detail, model), line_of(tree, detail["loc"])) for detail in error.errors(include_url=False)
    ]
    return sorted(found, key=lambda problem: problem.line or 0)


def _reason(detail: ErrorDetails, model: type[BaseModel]) -> str:
    where, kind = _name(detail["loc"]), detail["type"]
    if kind == "extra_forbidden":
        return unknown_key(str(detail["loc"][-1]), _keys(model, detail["loc"]))
    if kind == "missing":
        return f"{where} is missing; add it."
    if kind == "literal_error":
        allowed = str(detail.get("ctx", {}).get("expected", "")).replace("'", "").replace(" or ", ", ").split(", ")
        return f"{where} is {shown(str(detail['input']))}; it must be {either(allowed)}."
    if kind == "value_error":
        return f"{where} {str(detail['msg']).removeprefix('Value error, ')}"
    given = (
        "a list"
        if isinstance(detail["input"], list)
        else "keys with values"
        if isinstance(detail["input"], dict)
        else ""
    )
    instead = f", not {given}" if given else ""
    return f"{where} {_KINDS.get(kind, 'is not what is expected here')}{instead}; mend it or take it out."


def _name(location: Sequence[int | str]) -> str:
    """("dates", 0, "edtf") -> "dates, entry 1, edtf"."""
    return ", ".join(f"entry {step + 1}" if isinstance(step, int) else str(step) for step in location) or "the metadata"


def _keys(model: type[BaseModel], location: Sequence[int | str]) -> list[str]:
    """The keys that are read where `location` ends: those of the model below the first key, if that has one."""
    inner = model
    for step in location[:-1]:
        if isinstance(step, str) and step in inner.model_fields:
            inner = _model_in(inner.model_fields[step].annotation) or inner
    return list(inner.model_fields)


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        found = _model_in(part)
        if found is not None:
            return found
    return None
