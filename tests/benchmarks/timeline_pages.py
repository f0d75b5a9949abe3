"""What a page of a long timeline costs, against the same page of a list a tenth as long, and against the whole list.

    python tests/benchmarks/timeline_pages.py [--statements 20000]

Makes two corpora and prints, for the first page (with the overview) and one far behind, the milliseconds of both sizes
and their ratio, when the years were counted already; and how many times the whole list costs more than its last page.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path

from kzbot.answers.dispatch import answer
from kzbot.answers.model import Question, Window
from kzbot.index.building.build import build
from kzbot.index.generation import Generation
from kzbot.index.sources import Sources

NAMES = Path(__file__).resolve().parents[2] / "config" / "names.yaml"
TODAY = date(2026, 11, 21)
IN_AN_ARTICLE = 50
PAGE = 4
MONTHS = ("January", "March", "May", "July", "August", "October", "December")


def make(folder: Path, statements: int) -> None:
    """Writes articles of fifty dated statements each, of 1970 to 2010."""
    folder.mkdir(parents=True)
    chance = random.Random(statements)
    for number in range(statements // IN_AN_ARTICLE):
        lines = [
            f"The bridge called {chance.choice('ABCDEFGH')}{at} was opened on {chance.randint(1, 28)}"
            f" {chance.choice(MONTHS)} {chance.randint(1970, 2010)}."
            for at in range(IN_AN_ARTICLE)
        ]
        head = f"---\ntitle: Article {number}\npublished: 2011-05-04\n---\n"
        (folder / f"{number:05}.md").write_text(head + "\n\n".join(lines) + "\n", encoding="utf-8")


async def best(asked: Callable[[], Awaitable[object]], times: int = 7) -> float:
    """Milliseconds of the quickest of some runs, after one that is not counted."""
    await asked()
    took = []
    for _ in range(times):
        began = time.perf_counter()
        await asked()
        took.append((time.perf_counter() - began) * 1000)
    return min(took)


async def measure(data: Path) -> tuple[int, float, float, float]:
    """Statements, and milliseconds of the first page, the last page and the whole list."""
    generation = await Generation.open(next(data.glob("**/*.sqlite")))
    question = Question("timeline")
    total = (await answer(question, generation, Window(0, PAGE), TODAY)).total
    windows = (Window(0, PAGE), Window(total - PAGE, PAGE))
    pages = [await best(lambda window=window: answer(question, generation, window, TODAY)) for window in windows]  # type: ignore[misc]
    whole = await best(lambda: answer(question, generation, Window(), TODAY), 1)
    await generation.close()
    return total, pages[0], pages[1], whole


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--statements", type=int, default=20_000)
    statements = parser.parse_args().statements
    found = []
    with tempfile.TemporaryDirectory(prefix="kzbot-") as folder:
        for size in (statements // 10, statements):
            articles, data = Path(folder) / f"{size}-articles", Path(folder) / f"{size}"
            make(articles, size)
            data.mkdir()
            build(Sources(articles, NAMES), data)
            found.append(asyncio.run(measure(data)))
    (few, *short), (many, *long) = found
    for name, one, other in zip(("first page", "last page"), short, long, strict=False):
        sys.stdout.write(
            f"{name}: {one:.1f} ms of {few}, {other:.1f} ms of {many} statements, ratio {other / one:.1f}\n"
        )
    sys.stdout.write(f"the whole of {many} costs {long[2] / long[1]:.0f} of its last pages\n")


if __name__ == "__main__":
    main()
