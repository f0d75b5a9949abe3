"""What a plan is made from, as it is handed to the child process that makes it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self

from kzbot.index.sources import BuildSummary
from kzbot.querylog.rows import AskedRow


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be compared: the candidate that `summary` tells of with `base` (None: there is nothing yet).

    `questions`: those of the log, the most frequent first; `golden`: the file of the golden ones. `today`: what "last year" is
    counted from. `no_folder`: the configured folder of articles is missing.
    """

    summary: BuildSummary
    base: str | None
    questions: tuple[AskedRow, ...]
    golden: Path | None
    today: date
    no_folder: bool = False

    def as_json(self) -> dict[str, Any]:
        """The same as JSON values."""
        return {
            "summary": self.summary.as_json(),
            "base": self.base,
            "questions": [asdict(one) for one in self.questions],
            "golden": str(self.golden) if self.golden else None,
            "today": self.today.isoformat(),
            "no_folder": self.no_folder,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """The reverse of `as_json`."""
        return cls(
            BuildSummary.from_json(value["summary"]),
            value["base"],
            tuple(AskedRow(**one) for one in value["questions"]),
            Path(value["golden"]) if value["golden"] else None,
            date.fromisoformat(value["today"]),
            value["no_folder"],
        )
