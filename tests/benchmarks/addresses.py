"""What an address of a passage and a link to one cost.

    python tests/benchmarks/addresses.py [--articles 2000]

Makes a corpus in five states, each of which rewords, drops and moves passages of some articles, and prints how many
milliseconds `/source` takes for addresses of the first state, by what became of them; then what a link costs in an
article ten times as long, against a short one.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections import defaultdict
from datetime import date
from pathlib import Path

from kzbot.answers.dispatch import answer
from kzbot.answers.links import Page
from kzbot.answers.model import Question, Window
from kzbot.index.articles import newest
from kzbot.index.building.build import build
from kzbot.index.generation import Generation
from kzbot.index.passages import of_article
from kzbot.index.sources import Sources
from kzbot.index.store import KEEP, GenerationStore

NAMES = Path(__file__).resolve().parents[2] / "config" / "names.yaml"
TODAY = date(2026, 11, 21)
SENTENCES = 20
CHANGED = 50
URL = "https://news.example/2004/05/a-pier"


def words(chance: random.Random) -> list[str]:
    """Made-up words, the first ones short."""
    return ["".join(chance.choices("aeioulnrstmdkp", k=2 + number % 9)) for number in range(4000)]


def sentence(chance: random.Random, known: list[str]) -> str:
    """A sentence of twenty words."""
    return " ".join(chance.choices(known, k=20)).capitalize() + "."


def write(folder: Path, number: int, sentences: list[str]) -> None:
    """One article."""
    head = f"---\ntitle: Article {number}\nurl: {URL}/{number}\n---\n"
    (folder / f"{number:05}.md").write_text(head + "\n\n".join(sentences) + "\n", encoding="utf-8")


def change(chance: random.Random, sentences: list[str]) -> None:
    """Rewords one sentence, drops one and moves one."""
    at, gone, moved = chance.sample(range(len(sentences)), 3)
    sentences[at] = sentences[at].replace(" ", " almost ", 1)
    last = sentences[moved]
    sentences[:] = [one for number, one in enumerate(sentences) if number not in (gone, moved)] + [last]


async def states(folder: Path, articles: int) -> tuple[Generation, list[str]]:
    """The last of five states, and addresses of the first: of changed articles and of others."""
    chance = random.Random(articles)
    known = words(chance)
    texts = [[sentence(chance, known) for _ in range(SENTENCES)] for _ in range(articles)]
    (folder / "articles").mkdir()
    store, addresses = GenerationStore(folder / "data"), list[str]()
    for state in range(KEEP):
        for number, sentences in enumerate(texts):
            if state == 0 or number % CHANGED == state:
                if state:
                    change(chance, sentences)
                write(folder / "articles", number, sentences)
        before = store.applied()
        with store.lock():
            base = store.path(before) if before else None
            store.apply(build(Sources(folder / "articles", NAMES), store.folder, base).generation)
        if state == 0:
            first = await Generation.open(store.path(store.applied() or ""))
            for row in await newest(first, min(articles, 400)):
                addresses += [passage.address for passage in await of_article(first, row.number)][1::3]
            await first.close()
    return await Generation.open(store.path(store.applied() or "")), addresses


async def ask(generation: Generation, addresses: list[str]) -> None:
    """Prints what became of the addresses, and what it took to tell."""
    took: dict[str, list[float]] = defaultdict(list)
    for address in [*addresses, *(f"none#{number:08x}" for number in range(50))]:
        began = time.perf_counter()
        made = await answer(Question("source", {"what": address}), generation, Window(), TODAY)
        took[made.passage.state if made.passage else "unknown"].append((time.perf_counter() - began) * 1000)
    for state, times in sorted(took.items()):
        times.sort()
        sys.stdout.write(
            f"{state:10} {len(times):6} times  {times[len(times) // 2]:7.2f} ms at the middle,"
            f" {times[int(len(times) * 0.95)]:.2f} at p95\n"
        )


def links() -> None:
    """Prints what a link costs in a short article and in a long one."""
    chance = random.Random(1)
    known, cost = words(chance), []
    for count in (40, 400):
        sentences = [sentence(chance, known) for _ in range(count)]
        text, began = "\n\n".join(sentences), time.process_time()
        page, start = Page(text), 0
        for one in sentences:
            page.link(URL, start, start + len(one))
            start += len(one) + 2
        cost.append((time.process_time() - began) * 1000 / count)
    sys.stdout.write(
        f"a link: {cost[0]:.3f} ms of a short article, {cost[1] / cost[0]:.2f} times that of one ten times as long\n"
    )


async def main() -> None:
    """Makes, asks, prints."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=2000)
    articles = parser.parse_args().articles
    with tempfile.TemporaryDirectory() as folder:
        generation, addresses = await states(Path(folder), articles)
        try:
            await ask(generation, addresses)
        finally:
            await generation.close()
    links()


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
