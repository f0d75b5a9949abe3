"""The child's side of making a plan: `python -m kzbot.operations.planning.worker`, see kzbot.index.child_worker.

The request: `{"data": FOLDER, "task": ...}`. The plan is kept beside its candidate; the result is null.
"""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kzbot.index.child_worker import serve
from kzbot.index.sources import ProgressCallback
from kzbot.index.store import GenerationStore
from kzbot.operations.planning.files import write_plan
from kzbot.operations.planning.make import make_plan
from kzbot.operations.planning.task import Task


def main() -> int:
    """Compare as asked; exit status 0 where a plan was written, else 1."""
    return serve(_compare, "What a reload would do could not be worked out")


def _compare(request: Mapping[str, Any], tell: ProgressCallback) -> None:
    store = GenerationStore(Path(request["data"]))
    write_plan(store, make_plan(Task.from_json(request["task"]), store, tell))


if __name__ == "__main__":
    sys.exit(main())
