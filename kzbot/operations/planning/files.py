"""Where a plan is kept: beside its candidate, so that a card sent before a restart still knows it."""

import json
from contextlib import suppress
from pathlib import Path

from kzbot.index.files import replace_text
from kzbot.index.store import GenerationStore
from kzbot.operations.planning.plan import Plan


def write_plan(store: GenerationStore, plan: Plan) -> None:
    """Keep the plan for as long as its candidate waits."""
    replace_text(_file(store, plan.candidate), json.dumps(plan.as_json()))


def read_plan(store: GenerationStore, candidate: str) -> Plan | None:
    """The plan of a candidate, None where it is not kept or cannot be read."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        return Plan.from_json(json.loads(_file(store, candidate).read_text("utf-8")))
    return None


def plan_files(store: GenerationStore) -> list[tuple[str, Path]]:
    """Every file of a plan, also one that a crash left half written, with the candidate that it is of."""
    return sorted((file.name.partition(".")[0], file) for file in store.folder.glob("*.plan.json*"))


def _file(store: GenerationStore, candidate: str) -> Path:
    return store.path(candidate).with_suffix(".plan.json")
