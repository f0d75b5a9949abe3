"""The child's side of a build: `python -m kzbot.index.building.worker`.

One line of JSON comes in on standard input: `{"sources": ..., "target": ..., "previous": ...}`. Lines of JSON go out on
standard output: `{"stage": "read", "done": 1, "total": 5}` on the way, then `{"summary": ...}` or `{"error": "..."}`.
Standard input stays open for as long as the parent lives; when it closes, the child ends at once.
"""

import json
import os
import sys
import threading
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

from kzbot.errors import KzbotError
from kzbot.index.building.build import build
from kzbot.index.sources import BuildSummary, Progress, Sources


def main() -> int:
    """Build as asked; exit status 0 where a summary was written, else 1."""
    say = sys.stdout
    sys.stdout = sys.stderr  # what a library prints must not stand between the lines of the report
    request = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        summary = _build(request, say)
    except KzbotError as error:
        _say(say, {"error": str(error)})
        return 1
    except Exception as error:  # noqa: BLE001 - the one place where a fault of the program becomes a report
        traceback.print_exc()
        _say(say, {"error": f"The index could not be built ({type(error).__name__}: {error}); please report this."})
        return 1
    _say(say, {"summary": summary.as_json()})
    return 0


def _build(request: Mapping[str, Any], say: TextIO) -> BuildSummary:
    def tell(progress: Progress) -> None:
        _say(say, {"stage": progress.stage, "done": progress.done, "total": progress.total})

    previous = Path(request["previous"]) if request["previous"] else None
    return build(Sources.from_json(request["sources"]), Path(request["target"]), previous, tell)


def _end_with_parent() -> None:
    while os.read(0, 1):
        pass
    os._exit(1)


def _say(say: TextIO, message: object) -> None:
    say.write(json.dumps(message) + "\n")
    say.flush()


if __name__ == "__main__":
    sys.exit(main())
