"""Articles that are nearly one text: precision, recall, and the share of a build that finding them takes.

    python tests/benchmarks/near_duplicates.py [--articles 3000] [--seed 1] [FOLDER | FILE.jsonl ...]

The recombined corpus (tests/recombined.py) is built in this process; planted are edited versions, and as what must not be
found the sentences of an article in another order and half of them. Of each FOLDER of texts, or FILE with a text a line as
"text", the pairs are listed that resemble each other most, whether near or not: they show what lies about the bound.
"""

import argparse
import importlib.util
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import combinations
from pathlib import Path
from types import ModuleType
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))

from kzbot.index.building import candidate, writing  # noqa: E402
from kzbot.index.building.build import build  # noqa: E402
from kzbot.index.near_duplicates import near_duplicates  # noqa: E402
from kzbot.index.sources import Sources  # noqa: E402
from kzbot.language.near_text import NEAR, resemblance, shingles  # noqa: E402

SHOWN = 6


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


@contextmanager
def timed(module: Any, name: str, spent: dict[str, float]) -> Iterator[None]:
    """The CPU time that a function takes while this lasts."""
    real: Callable[..., Any] = getattr(module, name)

    def count(*given: Any) -> Any:
        began = time.process_time()
        try:
            return real(*given)
        finally:
            spent[name] = spent.get(name, 0.0) + time.process_time() - began

    setattr(module, name, count)
    yield
    setattr(module, name, real)


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("recombined", PROJECT / "tests" / "recombined.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def planted(articles: int, seed: int) -> None:
    made, spent = generator().recombined(articles, seed), dict[str, float]()
    with tempfile.TemporaryDirectory() as scratch:
        made.write(Path(scratch) / "articles")
        sources = Sources(Path(scratch) / "articles", PROJECT / "config" / "names.yaml")
        began = time.process_time()
        with timed(writing, "sketch_of", spent), timed(candidate, "write_near_duplicates", spent):
            summary = build(sources, Path(scratch) / "index")
        took = time.process_time() - began
        found = near_duplicates(Path(scratch) / "index" / f"{summary.generation}.sqlite")
    right = [one for one in found if _root(made, one.article) == _root(made, one.of)]
    known = {one.article for one in right} | {one.of for one in right}
    recall = sum(name in known for name in made.near) / max(len(made.near), 1)
    say(f"{summary.articles} articles, {len(made.near)} edited versions; {len(made.shuffled) + len(made.half)} traps")
    say(f"precision {len(right) / max(len(found), 1):.3f}  recall {recall:.3f}  of {len(found)} found")
    say(f"{sum(spent.values()):.2f} s of {took:.1f} s CPU: {sum(spent.values()) / took:.1%} of the build")


def _root(made: Any, name: str) -> str:
    """The article that this one was made from."""
    return str(made.near.get(name) or made.same.get(name) or name)


def listed(source: Path) -> None:
    if source.is_dir():
        files = [path for path in sorted(source.rglob("*")) if path.suffix in (".txt", ".md")]
        texts = {path.name: path.read_text("utf-8") for path in files}
    else:
        lines = enumerate(map(json.loads, source.read_text("utf-8").splitlines()))
        texts = {str(one.get("id", at)): one["text"] for at, one in lines if one.get("kind", "doc") == "doc"}
    made = {name: shingles(text) for name, text in texts.items()}
    sets = {name: set(found) for name, found in made.items()}
    alike = [
        (resemblance(made[one], made[other]), one, other)
        for one, other in combinations(made, 2)
        if 5 * len(sets[one] & sets[other]) > len(sets[one])
    ]
    say(f"{source.name}: {len(texts)} texts, {sum(found >= NEAR for found, _, _ in alike)} pairs are near")
    for found, one, other in sorted(alike, reverse=True)[:SHOWN]:
        say(f"  {found:.3f}  {one}  {other}")


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("sources", nargs="*", type=Path)
    reader.add_argument("--articles", type=int, default=3000)
    reader.add_argument("--seed", type=int, default=1)
    given = reader.parse_args()
    for source in given.sources:
        listed(source)
    planted(given.articles, given.seed)


if __name__ == "__main__":
    main()
