"""What it costs to find one of 300,000 names that the texts carry, exactly, in a near spelling, and while it is typed.

    python tests/benchmarks/names_of_texts.py [--names 300000] [--asked 400]

Fills the tables of an index of the five articles with made-up names and prints the milliseconds of processor time, p50 and
p99, of `resolve` and of suggestions after so many letters; and the time that the beginnings take to be worked out.
"""

import argparse
import asyncio
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable
from datetime import date
from pathlib import Path

from kzbot.answers.completion.complete import complete
from kzbot.answers.naming.resolving import resolve
from kzbot.index.building.build import build
from kzbot.index.building.carrying import shape_of, starts_of
from kzbot.index.generation import Generation
from kzbot.index.sources import Sources
from kzbot.language.names.carried.keys import key_of
from kzbot.language.names.spelling_rules import key_of as sound_of
from kzbot.phrases import DEFAULT_FOLDER, Phrases

PROJECT = Path(__file__).resolve().parents[2]
ONSETS = "b c d f g h j k l m n p r s t v z sh ch br kr st tr".split()  # noqa: SIM905 - a list of letters is read best so
VOWELS = ("a", "e", "i", "o", "u", "ai", "ei", "ya")
ENDS = ("ov", "ev", "son", "berg", "man", "sky", "ova", "enko", "ini", "er", "ton", "ley", "field")
LENGTHS = (0, 1, 2, 3, 4, 5, 8, 20)


def made_up(chance: random.Random, count: int) -> list[str]:
    """So many names: two thirds persons, the others places and bodies."""

    def word() -> str:
        parts = (chance.choice(ONSETS) + chance.choice(VOWELS) for _ in range(chance.randint(1, 2)))
        return ("".join(parts) + chance.choice(ENDS)).capitalize()

    given, names = [word() for _ in range(600)], dict[str, str]()
    while len(names) < count:
        which = chance.random()
        name = f"{chance.choice(given)} {word()}" if which < 0.66 else word()
        if which > 0.8:
            name = f"{name} {word()} {chance.choice(('University', 'Bank', 'Council', 'Shield'))}"
        names.setdefault(key_of(name), name)
    return list(names.values())


def fill(file: Path, chance: random.Random, names: Iterable[str]) -> float:
    """Writes the names into an index; the seconds that their beginnings took."""
    connection = sqlite3.connect(file)
    for name in names:
        key, sound, mentions = key_of(name), sound_of(name), int(chance.paretovariate(1)) + 1
        kind = chance.choice(("person", "organisation", "exercise", None))
        form = (key, key, name, name, mentions, sound, shape_of(sound))
        connection.execute("INSERT OR IGNORE INTO carried_forms VALUES (?, ?, ?, ?, ?, ?, ?)", form)
        root = (key, name, kind, kind and "given", mentions, 1, None, None)
        connection.execute("INSERT OR IGNORE INTO carried_roots VALUES (?, ?, ?, ?, ?, ?, ?, ?)", root)
    connection.execute("DELETE FROM carried_starts")
    began = time.process_time()
    connection.executemany("INSERT INTO carried_starts VALUES (?, ?, ?, ?)", starts_of(connection))
    took = time.process_time() - began
    connection.commit()
    connection.close()
    return took


def slipped(chance: random.Random, name: str) -> str:
    at = chance.randrange(1, len(name) - 1)
    return name[:at] + (chance.choice(("", chance.choice("aeiouklm")))) + name[at + 1 :]


async def measured(label: str, asked: Iterable[str], find: Callable[[str], Awaitable[object]]) -> None:
    times = []
    for one in asked:
        began = time.process_time()
        await find(one)
        times.append((time.process_time() - began) * 1000)
    times.sort()
    p50, p99 = times[len(times) // 2], times[int(len(times) * 0.99)]
    sys.stdout.write(f"{label:24} p50 {p50:6.2f} ms   p99 {p99:6.2f} ms\n")


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", type=int, default=300_000)
    parser.add_argument("--asked", type=int, default=400)
    given, chance = parser.parse_args(), random.Random(1)
    phrases = Phrases.load(DEFAULT_FOLDER, "en")
    with tempfile.TemporaryDirectory() as folder:
        summary = build(Sources(PROJECT / "seeds", PROJECT / "config" / "names.yaml"), Path(folder))
        file = next(one for one in Path(folder).iterdir() if summary.generation in one.name)
        names = made_up(chance, given.names)
        sys.stdout.write(f"beginnings of {len(names)} names: {fill(file, chance, names):.1f} s\n")
        generation = await Generation.open(file)
        asked = chance.sample(names, given.asked)

        async def offer(typed: str) -> object:
            return await complete("timeline", "topic", typed, generation, date(2026, 11, 21), phrases=phrases)

        await offer("")
        await measured("exact", asked, lambda one: resolve(generation, one))
        await measured("a slip away", [slipped(chance, one) for one in asked], lambda one: resolve(generation, one))
        for length in LENGTHS:
            await measured(f"typed, {length} letters", [one[:length] for one in asked], offer)
        await generation.close()


if __name__ == "__main__":
    asyncio.run(main())
