"""What moderators lay over a large corpus: how many articles are worked out anew for it, and what part of a whole build it takes.

    python tests/benchmarks/laid_over.py [--articles 3000] [--seed 1] [FOLDER]

On FOLDER, or on the recombined corpus (tests/recombined.py). Each step is built from the one before and then taken back;
with --compare it is built from nothing as well, and both are compared row by row.
"""

import argparse
import importlib.util
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import ModuleType

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))

from kzbot.corpus.overlay import Overlay  # noqa: E402
from kzbot.index.building.build import build  # noqa: E402
from kzbot.index.sources import BuildSummary, Sources  # noqa: E402

NAMES = PROJECT / "config" / "names.yaml"


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def module(file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec is not None and spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = made
    spec.loader.exec_module(made)
    return made


def built(sources: Sources, folder: Path, previous: Path | None) -> tuple[Path, BuildSummary, float]:
    """The generation, and the CPU seconds that it took."""
    began = time.process_time()
    summary = build(sources, folder, previous)
    return folder / f"{summary.generation}.sqlite", summary, time.process_time() - began


def steps(first: Path) -> Iterator[tuple[str, Overlay]]:
    """What is laid over, chosen by what the first generation holds."""
    with closing(sqlite3.connect(first)) as connection:
        ids = [row[0] for row in connection.execute("SELECT id FROM articles ORDER BY id LIMIT 10")]
        dated = connection.execute(
            "SELECT a.id, m.words FROM marks m JOIN passages p ON p.number = m.passage JOIN articles a ON a.number = p.article"
            " WHERE m.words IS NOT NULL ORDER BY m.number LIMIT 1"
        ).fetchone()
        common, rare = (
            connection.execute(
                f"SELECT id FROM names WHERE mentions > 0 ORDER BY mentions {way}, id LIMIT 1"
            ).fetchone()
            for way in ("DESC", "ASC")
        )
        word = connection.execute(
            "SELECT word FROM vocabulary WHERE length(word) > 6 AND word NOT GLOB '*[0-9]*' AND passages BETWEEN 5 AND 50 ORDER BY passages, word LIMIT 1"
        ).fetchone()
    yield "a date of one article", Overlay.of(dates=[(*dated, None)])
    yield f"a spelling of {common[0]} that stands nowhere", Overlay.of(spellings=[(common[0], "Qwertyland")])
    yield f"“{word[0]}” as a spelling of {common[0]}", Overlay.of(spellings=[(common[0], word[0])])
    yield f"“{word[0]}” as a spelling of {rare[0]}", Overlay.of(spellings=[(rare[0], word[0])])
    yield "ten articles withdrawn", Overlay.of(withdrawn=ids)


def measured(articles: Path, scratch: Path, compare: bool) -> None:
    sources = Sources(articles, NAMES)
    path, summary, whole = built(sources, scratch / "index", None)
    say(f"{summary.articles} articles; built from nothing in {whole:.1f} s of CPU")
    rows = module(PROJECT / "tests" / "index" / "conftest.py")
    for at, (label, overlay) in enumerate(steps(path)):
        for overlaid, what in ((overlay, label), (Overlay(), "  taken back")):
            path, summary, took = built(replace(sources, overlay=overlaid), scratch / "index", path)
            line = f"{what}: {len(summary.reworked)} worked out anew, {took / whole:.2f} of a whole build"
            if compare:
                anew, _, _ = built(replace(sources, overlay=overlaid), scratch / f"anew{at}{len(what)}", None)
                line += ", same as from nothing" if rows.contents_of(path) == rows.contents_of(anew) else ", DIFFERENT"
            say(line)


def main() -> int:
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("folder", nargs="?", type=Path)
    reader.add_argument("--articles", type=int, default=3000)
    reader.add_argument("--seed", type=int, default=1)
    reader.add_argument("--compare", action="store_true")
    given = reader.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.folder or Path(scratch) / "articles"
        if given.folder is None:
            module(PROJECT / "tests" / "recombined.py").recombined(given.articles, given.seed).write(folder)
        measured(folder, Path(scratch), given.compare)
    return 0


if __name__ == "__main__":
    sys.exit(main())
