"""The child's side of a build: `python -m kzbot.index.building.worker`, see kzbot.index.child_worker.

The request: `{"sources": ..., "target": ..., "previous": ...}`; the result: a summary.
"""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kzbot.index.building.build import build
from kzbot.index.child_worker import serve
from kzbot.index.sources import ProgressCallback, Sources


def main() -> int:
    """Build as asked; exit status 0 where a summary was written, else 1."""
    return serve(_build, "The index could not be built")


def _build(request: Mapping[str, Any], tell: ProgressCallback) -> dict[str, Any]:
    previous = Path(request["previous"]) if request["previous"] else None
    return build(Sources.from_json(request["sources"]), Path(request["target"]), previous, tell).as_json()


if __name__ == "__main__":
    sys.exit(main())
