"""Names as people type them against a book of names: precision and recall, in all and by kind of spelling.

    python tests/benchmarks/names.py [FILE ...] [--errors]

A file holds pairs under `same` and `different`, each under its type: what is asked, the known name, its kind. Without
files, all those of name_pairs/. Every file is judged by itself: the known names of all its pairs, in their canonical form
alone and without variants, and those of name_book.yaml are the book. A name is taken as a command takes it
(kzbot.answers.topics.named): the best of what is found exactly or with a score of 0.9 and clear of the next by 0.02; of
several as good as one another none is taken.

A same pair is right where its name is taken. A different pair is wrong where any name is taken: what it asks for is not in
the book. Precision is right ones among all that were taken, recall right ones among the same pairs; `--errors` lists the
wrong ones with what was found.

How the 200 pairs were collected: in November 2026, before the matcher was tuned and by someone who had not read it. They
are names of real people, organisations, exercises and countries as newspapers and people at a keyboard spell them; the
spelling alone must let an informed reader decide, so that names which share nothing (Bombay, Mumbai) are left out. They
were split at random into two halves with the same mix of types: `seen` stood here from the start, the other half was kept
out of sight until the matcher was finished.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from kzbot.language.names.lookup import Found, LookupName, NameLookup

HERE = Path(__file__).resolve().parent
TRUSTED = 0.9
MARGIN = 0.02


@dataclass(frozen=True)
class Pair:
    """What is asked and a known name, and whether they are the same."""

    asked: str
    known: str
    kind: str
    type: str
    same: bool

    @property
    def id(self) -> str:
        return f"{self.kind}:{self.known}"


@dataclass
class Counted:
    same: int = 0
    different: int = 0
    right: int = 0
    false: int = 0

    def __str__(self) -> str:
        taken = self.right + self.false
        precision = f"{self.right / taken:.3f}" if taken else "    -"
        recall = f"{self.right / self.same:.3f}" if self.same else "    -"
        return (
            f"precision {precision} ({self.right:3} of {taken:3} taken)  recall {recall} (of {self.same:3} same)"
            f"  false yes {self.false:2} (of {self.different:2} different)"
        )


def pairs_in(file: Path) -> list[Pair]:
    held = yaml.safe_load(file.read_text(encoding="utf-8"))
    return [
        Pair(one["asked"], one["known"], one["kind"], type_, verdict == "same")
        for verdict in ("same", "different")
        for type_, pairs in held[verdict].items()
        for one in pairs
    ]


def book_of(pairs: Iterable[Pair]) -> NameLookup:
    beside = yaml.safe_load((HERE / "name_book.yaml").read_text(encoding="utf-8"))
    names = {pair.id: LookupName(pair.id, pair.kind, pair.known) for pair in pairs}
    names |= {f"{kind}:{name}": LookupName(f"{kind}:{name}", kind, name) for kind in beside for name in beside[kind]}
    return NameLookup(names.values())


def taken_from(found: list[Found]) -> str | None:
    """The id of the one name that a command would take; None where there is none or several are as good."""
    sure = [one for one in found if one.how == "exact" or one.score >= TRUSTED]
    near = [one for one in sure if one.score >= sure[0].score - MARGIN]
    best = {one.id for one in near if one.how == "exact"} or {one.id for one in near}
    return best.pop() if len(best) == 1 else None


def judge(file: Path, with_errors: bool) -> None:
    pairs = pairs_in(file)
    book = book_of(pairs)
    by_type: dict[str, Counted] = defaultdict(Counted)
    errors, whole, others = [], Counted(), 0
    for pair in pairs:
        found = book.find(pair.asked)
        taken = taken_from(found)
        right, false = pair.same and taken == pair.id, taken is not None and (not pair.same or taken != pair.id)
        for counted in (whole, by_type[pair.type]):
            counted.same += pair.same
            counted.different += not pair.same
            counted.right += right
            counted.false += false
        others += false and taken != pair.id
        if false or (pair.same and not right):
            best = ", ".join(f"{one.id} {one.how} {one.score:.2f}" for one in found[:3]) or "nothing"
            verdict = "false yes" if false else "missed"
            errors.append(f"  {verdict:9} {pair.type}: {pair.asked} / {pair.known}; found {best}\n")
    sys.stdout.write(f"{file.stem}: {len(pairs)} pairs\n")
    sys.stdout.writelines(f"  {type_:16} {counted}\n" for type_, counted in by_type.items())
    sys.stdout.write(f"  {'all':16} {whole}; {others} of {whole.false} false ones took a third name\n")
    if with_errors:
        sys.stdout.writelines(errors)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--errors", action="store_true")
    given = parser.parse_args()
    for file in given.files or sorted((HERE / "name_pairs").glob("*.yaml")):
        judge(file, given.errors)
    return 0


if __name__ == "__main__":
    sys.exit(main())
