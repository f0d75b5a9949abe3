"""How fast dates are found: MB a second on ordinary text, and hostile text beside ordinary text of the same length.

    python tests/benchmarks/dates_speed.py [FILE_OR_FOLDER ...] [--turns 5] [--only WORD]

The texts are those of `.jsonl` files (field "text", or "title" and "abstract") and of `.txt` files, each source by itself;
without any, the seeds. Times are of this process alone, the best of several turns. A hostile text is 100 KB of one thing; its
ratio is to ordinary text of the same length in the same run, so that it says the same on any machine.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from kzbot.language.dates.marks import find_marks
from kzbot.language.dates.tagger import tag

PROJECT = Path(__file__).resolve().parents[2]
DAY = date(2008, 9, 18)
SIZE = 100_000
PUBLISHED = ("2008-09-18", "2013", "2013-11", "[2013-11-01..2013-11-20]", None)
_MONTHS = "January February March April May June July August September October November December"
_CYRILLIC = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
HOSTILE = {
    "digits": "1234567890",
    "one digit": "1",
    "four digits": "1998 ",
    "months": f"{_MONTHS} ",
    "short months": "Jan. Feb. Mar. Apr. May. Jun. Jul. Aug. Sept. Oct. Nov. Dec. ",
    "May May May": "May ",
    "the day after": "the day after ",
    "the last": "the last ",
    "in 1991, on Dec. 16": "In 1991 the union fell apart. On Dec. 16 it declared so. ",
    "in 1991 on Dec. 16": "In 1991 on Dec. 16 ",
    "weekdays": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday ",
    "last year next year": "last year next year ",
    "two years ago": "two years ago ",
    "numbers and dashes": "1-2-3-4-",
    "years and dashes": "1998-2004-",
    "dashes": "-",
    "commas": ",",
    "no spaces": "a",
    "parentheses": "(((",
    "closed parentheses": "(1998) ",
    "Cyrillic months": f"{_CYRILLIC} ",
    "Cyrillic dates": "3 сентября 2012 года ",
    "clock": "10:",
    "capitals": "A-",
    "apostrophes": "'9",
    "datelines": "ASTANA, June 5 - ",
    "newlines": "\n",
    "dates": "March 3, 1998 ",
    "days": "3 March ",
    "slashes": "1/2/",
    "now": "now ",
    "in": "in the in of ",
    "ordinals": "first second third quarter ",
}


def sources(given: list[Path]) -> Iterator[tuple[str, list[str]]]:
    """Each source's name and texts."""
    for path in given or [PROJECT / "seeds"]:
        files = sorted(path.rglob("*.txt")) if path.is_dir() else [path]
        texts: list[str] = []
        for file in files:
            body = file.read_text(encoding="utf-8")
            texts += [_text(json.loads(line)) for line in body.splitlines()] if file.suffix == ".jsonl" else [body]
        yield path.name, texts


def _text(record: dict[str, str]) -> str:
    return record["text"] if "text" in record else f"{record.get('title', '')}\n\n{record.get('abstract', '')}"


def seconds(work: Callable[[], object], turns: int) -> float:
    """The least time of this process that the work took."""
    best = float("inf")
    for _ in range(turns):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best


def _never_the_same() -> str:
    """Dates in sentences that do not come again, as dense as they can be told."""
    chance = random.Random(1998)
    verbs, nouns = (
        ("met", "fell", "rose", "ended", "will open", "is to close"),
        ("It", "He", "The army", "A plant", "Trade"),
    )
    months = _MONTHS.split()
    said: list[str] = []
    while sum(map(len, said)) < SIZE:
        day = f"{chance.choice(months)} {chance.randint(1, 28)}"
        when = chance.choice(
            (
                f"in {chance.randint(1950, 2020)}",
                f"on {day}",
                f"{chance.randint(2, 60)} days later",
                f"in {day.partition(' ')[0]}",
            )
        )
        said.append(f"{chance.choice(nouns)} {chance.choice(verbs)} {when}. ")
    return "".join(said)


def _tag_all(texts: list[str]) -> None:
    for text in texts:
        tag(text, DAY)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--only", default="", help="only hostile texts with this in their name")
    given = parser.parse_args()
    ordinary = ""
    for name, texts in sources(given.paths):
        size = sum(map(len, texts))
        took = seconds(lambda texts=texts: _tag_all(texts), given.turns)  # type: ignore[misc]
        count = sum(len(tag(text, DAY)) for text in texts)
        sys.stdout.write(f"{name}: {size / took / 1e6:.2f} MB/s ({size} characters, {count} expressions)\n")
        ordinary = ordinary or "\n\n".join(texts)
    ordinary = (ordinary * (SIZE // max(1, len(ordinary)) + 1))[:SIZE]
    base = seconds(lambda: tag(ordinary, DAY), given.turns)
    marks_base = seconds(lambda: find_marks(ordinary, PUBLISHED[0]), given.turns)
    sys.stdout.write(
        f"\nordinary, {SIZE} characters: tag {base * 1000:.0f} ms, find_marks {marks_base * 1000:.0f} ms\n"
        f"{'':22}{'tag':>14}   find_marks published on {', '.join(map(str, PUBLISHED))}\n"
    )
    for name, piece in {**HOSTILE, "never the same": _never_the_same()}.items():
        if given.only not in name:
            continue
        text = (piece * (SIZE // len(piece) + 1))[:SIZE]
        tagged = seconds(lambda text=text: tag(text, DAY), given.turns)  # type: ignore[misc]
        line = f"{name:22}{tagged * 1000:6.0f} ms {tagged / base:4.1f}  "
        for published in PUBLISHED:
            took = seconds(lambda text=text, day=published: find_marks(text, day), max(2, given.turns // 2))  # type: ignore[misc]
            line += f"{took * 1000:6.0f} ms {took / marks_base:4.1f}"
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
