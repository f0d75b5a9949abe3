"""Timelines of a folder of articles against those that people drew up: precision, recall and F1.

    python tests/benchmarks/timelines.py FOLDER [--errors] [--entity NAME]

FOLDER holds articles/ and timelines.jsonl, a statement a line: {"entity", "date", "article", "sentence"}, article being a
file name without its suffix. A shown item is right where a statement of that entity has the same date and article, and one
of the two texts contains the other, letters and digits only; each statement counts once. Dates alone: the set of dates of
each entity. Micro-averaged over the entities. `--errors` lists what is shown and not in the file, and what is missing,
with what is known of each: the date's ground, or under which date the same sentence is shown.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Statement:
    """A dated statement of an entity's timeline; `text` by its letters and digits only, `ground` where it is ours."""

    date: str
    article: str
    text: str
    excerpt: str = field(compare=False)
    ground: str = field(default="", compare=False)

    def tells(self, other: "Statement") -> bool:
        return self.article == other.article and (self.text in other.text or other.text in self.text)


@dataclass
class Counted:
    right: int = 0
    shown: int = 0
    wanted: int = 0

    def add(self, right: int, shown: int, wanted: int) -> None:
        self.right, self.shown, self.wanted = self.right + right, self.shown + shown, self.wanted + wanted

    def __str__(self) -> str:
        precision, recall = self.right / max(1, self.shown), self.right / max(1, self.wanted)
        f1 = 2 * self.right / max(1, self.shown + self.wanted)
        return f"precision {100 * precision:.1f}, recall {100 * recall:.1f}, F1 {100 * f1:.1f}"


def plain(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()


def wanted_in(folder: Path) -> dict[str, set[Statement]]:
    found: dict[str, set[Statement]] = defaultdict(set)
    for line in (folder / "timelines.jsonl").read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        found[one["entity"]].add(Statement(one["date"], one["article"], plain(one["sentence"]), one["sentence"]))
    return found


def timelines(folder: Path, entities: list[str]) -> list[dict[str, Any]]:
    questions = "".join(json.dumps({"command": "timeline", "options": {"topic": one}}) + "\n" for one in entities)
    with tempfile.TemporaryDirectory() as data:
        command = [sys.executable, str(PROJECT / "bot.py"), "ask", "--json", "--batch", "--data", data]
        command += ["--corpus", str(folder / "articles")]
        done = subprocess.run(command, input=questions, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def shown_in(answer: dict[str, Any]) -> set[Statement]:
    return {
        Statement(
            item["date"],
            Path(item["file"]).stem,
            plain(item["excerpt"]),
            item["excerpt"],
            "published" if item["dates"][0]["basis"] == "published" else item["dates"][0]["words"],
        )
        for item in answer["items"]
        if item["date"]
    }


def matched(shown: set[Statement], wanted: set[Statement]) -> dict[Statement, Statement]:
    """What of `wanted` each right one of `shown` stands for."""
    pairs: dict[Statement, Statement] = {}
    left = sorted(wanted, key=lambda one: (one.date, one.article, one.text))
    for one in sorted(shown, key=lambda one: (one.date, one.article, one.text)):
        fits = next((other for other in left if one.date == other.date and one.tells(other)), None)
        if fits is not None:
            pairs[one] = fits
            left.remove(fits)
    return pairs


def errors(shown: set[Statement], wanted: set[Statement], pairs: dict[Statement, Statement]) -> list[str]:
    dates, lines = {one.date for one in wanted}, []
    for one in sorted(shown - pairs.keys(), key=lambda one: (one.date, one.article)):
        other = sorted(other.date for other in wanted if one.tells(other))
        why = f"there under {', '.join(other)}" if other else "not there" if one.date in dates else "no such date there"
        lines.append(f"  + {one.date} [{one.ground}] {one.article} ({why}): {one.excerpt[:160]}")
    for one in sorted(wanted - set(pairs.values()), key=lambda one: (one.date, one.article)):
        ours = sorted(other.date for other in shown if one.tells(other))
        why = f"shown under {', '.join(ours)}" if ours else "not shown"
        lines.append(f"  - {one.date} {one.article} ({why}): {one.excerpt[:160]}")
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--entity")
    given = parser.parse_args()
    if not (given.folder / "timelines.jsonl").is_file():
        parser.error(f"{given.folder} holds no timelines.jsonl")
    gold = {name: one for name, one in wanted_in(given.folder).items() if given.entity in (None, name)}
    entities = sorted(gold)
    statements, dates = Counted(), Counted()
    for entity, answer in zip(entities, timelines(given.folder, entities), strict=True):
        shown, wanted = shown_in(answer), gold[entity]
        pairs = matched(shown, wanted)
        ours, theirs = {one.date for one in shown}, {one.date for one in wanted}
        statements.add(len(pairs), len(shown), len(wanted))
        dates.add(len(ours & theirs), len(ours), len(theirs))
        sys.stdout.write(
            f"{entity:28} statements {len(pairs):3} of {len(shown):3} shown, {len(wanted):3} wanted;"
            f" dates {len(ours & theirs):3} of {len(ours):3} shown, {len(theirs):3} wanted\n"
        )
        if given.errors:
            sys.stdout.writelines(f"{line}\n" for line in errors(shown, wanted, pairs))
    sys.stdout.write(f"(date, article, sentence): {statements}\ndates: {dates}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
