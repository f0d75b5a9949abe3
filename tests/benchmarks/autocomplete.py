"""How fast names are found and completed, how long their look-up takes to build, and how large it is.

    python tests/benchmarks/autocomplete.py [COUNT ...] [--bot] [--corpus DIR] [--data DIR]

COUNT: how many names (1000, 10000 and 100000 if none is given). Names of one to four words and up to four spellings are made up,
letter by letter, after the names of places in Unicode's CLDR; the same every time. Times are of the processor, so that
another program does not count.

--bot: instead, all that the bot does for a suggestion, through an index with a name book of COUNT names and a few texts that
mention some of them, or over the articles of DIR with no name book (their own names are typed). Both the processor's time and
that of the clock, in which other programs count. DATA keeps the index for another run.
"""

import argparse
import asyncio
import json
import random
import re
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import psutil
from babel import Locale

from kzbot.answers.completion.complete import complete
from kzbot.index import carried
from kzbot.index.building.build import build
from kzbot.index.generation import Generation
from kzbot.index.sources import Sources
from kzbot.language.folding import names_folded
from kzbot.language.names.book import Kind, Name, NameBook
from kzbot.language.names.gazetteer import Gazetteer
from kzbot.language.names.lookup import LookupName, NameLookup
from kzbot.language.names.spelling_rules import key_of
from kzbot.phrases import DEFAULT_FOLDER, Phrases

PROJECT = Path(__file__).resolve().parents[2]
TODAY = date(2015, 1, 1)
KINDS = ("person", "organisation", "programme", "exercise", "country", "unit", "event")
SHARES = (60, 20, 6, 5, 3, 3, 3)
HOSTILE = (
    "", " ", "?!", "a" * 100, "ab " * 33, "\U0001f600" * 50, "é" * 100, "'" * 100, "1" * 100, "the the the the",
    "\u0301" * 100, "zh" * 50, "kh kh kh", "a b c d e f g h", "%_", "شخص", "演習", "м" * 100, "\0" * 10, "al al al al",
)  # fmt: skip


def stock() -> list[str]:
    """Real words of names, from Unicode's CLDR."""
    words: set[str] = set()
    for language in ("en", "de", "fr", "es", "pl", "tr"):
        locale = Locale(language)
        for name in (
            *locale.territories.values(),
            *locale.languages.values(),
            *(z.get("city", "") for z in locale.time_zones.values()),
        ):
            words.update(word.casefold() for word in re.findall(r"[^\W\d_]{3,}", str(name)))
    return sorted(words)


def made_up(count: int, source: random.Random) -> list[str]:
    """So many words that look like the real ones."""
    following: dict[str, list[str]] = defaultdict(list)
    real = stock()
    for word in real:
        padded = f"^^{word}$"
        for at in range(len(padded) - 2):
            following[padded[at : at + 2]].append(padded[at + 2])
    found = dict.fromkeys(real)
    while len(found) < count:
        word = "^^"
        while len(word) < 14 and (letter := source.choice(following[word[-2:]])) != "$":
            word += letter
        if len(word) > 5:
            found[word[2:]] = None
    words = list(found)
    source.shuffle(words)
    return words[:count]


def name_book(count: int) -> list[LookupName]:
    """So many names, a tenth of them mentioned."""
    source = random.Random(20130917)
    words = made_up(count // 2 + 500, source)
    weights = [(at + 1) ** -0.6 for at in range(len(words))]
    found: dict[str, LookupName] = {}
    while len(found) < count:
        number = source.choices((1, 2, 3, 4), (1, 6, 2, 1))[0]
        spelled = " ".join(word.capitalize() for word in source.choices(words, weights, k=number))
        variants = [spelled.split()[-1]] if number > 1 and source.random() < 0.5 else []
        variants += [misspelt(spelled, source) for _ in range(source.choice((0, 0, 1, 2)))]
        kind = source.choices(KINDS, SHARES)[0]
        mentions = int(source.paretovariate(0.9)) if source.random() < 0.1 else 0
        id_ = f"{kind}:{spelled.casefold().replace(' ', '-')}"
        found[id_] = LookupName(id_, kind, spelled, tuple(dict.fromkeys(variants)), mentions)
    return list(found.values())


def misspelt(text: str, source: random.Random) -> str:
    """The text with one slip."""
    at = source.randrange(1, max(2, len(text) - 1))
    slip = source.choice(("swap", "drop", "double"))
    if slip == "drop":
        return text[:at] + text[at + 1 :]
    return (
        text[:at]
        + (text[at : at + 2][::-1] if slip == "swap" else text[at : at + 1] * 2)
        + text[at + (slip == "swap") * 2 + (slip != "swap") :]
    )


def asked(names: Sequence[LookupName]) -> dict[str, list[str]]:
    """What people type, by sort."""
    source = random.Random(7)
    some = source.sample(names, min(len(names), 150))
    letters = "abcdefghijklmnopqrstuvwxyz"
    return {
        "one letter": list(letters),
        "two letters": [one + other for one in letters for other in "aeiorsh"],
        "letter by letter": [name.canonical[:to] for name in some[:60] for to in range(1, len(name.canonical) + 1)],
        "later words": [name.canonical.split()[-1][:to] for name in some[:60] for to in range(1, 9)],
        "whole names": [name.canonical for name in some],
        "names with a slip": [misspelt(name.canonical, source) for name in some],
        "beginnings with a slip": [misspelt(name.canonical, source)[: source.randint(3, 12)] for name in some],
        "other names": [" ".join(made) for made in zip(made_up(200, source), made_up(200, source), strict=True)],
        "hostile": list(HOSTILE),
    }


def spent(does: Callable[[str], object], typed: Sequence[str]) -> tuple[float, float, float]:
    """Median, 99th percentile and most, in milliseconds of the processor."""
    times = []
    for text in typed:
        start = time.process_time()
        does(text)
        times.append(1000 * (time.process_time() - start))
    return shares(sorted(times))


def shares(times: Sequence[float]) -> tuple[float, float, float]:
    """Median, 99th percentile and most of sorted times."""
    return times[len(times) // 2], times[min(len(times) - 1, int(len(times) * 0.99))], times[-1]


def say(text: str = "") -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def measure(count: int) -> None:
    """Builds and asks a look-up of so many names."""
    names = name_book(count)
    key_of("warm")
    before = psutil.Process().memory_info().rss
    start = time.process_time()
    lookup = NameLookup(names)
    built = time.process_time() - start
    size = (psutil.Process().memory_info().rss - before) / 2**20
    spellings = sum(1 + len(name.variants) for name in names)
    say(f"{count:,} names, {spellings:,} spellings: built in {built:.2f} s, {size:.0f} MiB")
    everything: dict[str, list[str]] = asked(names)
    everything["all"] = [text for texts in everything.values() for text in texts]
    say(f"  {'ms':24} {'complete p50':>13} {'p99':>7} {'most':>7} {'find p50':>10} {'p99':>7} {'most':>7}")
    for sort, typed in everything.items():
        one, other = spent(lookup.complete, typed), spent(lookup.find, typed)
        say(f"  {sort:24} {one[0]:13.2f} {one[1]:7.2f} {one[2]:7.2f} {other[0]:10.2f} {other[1]:7.2f} {other[2]:7.2f}")
    start = time.process_time()
    Gazetteer(NameBook(tuple(map(Kind, KINDS)), tuple(Name(n.id, n.kind, n.canonical, n.variants) for n in names)))
    say(f"  for comparison, the gazetteer of the same names: {time.process_time() - start:.2f} s")


def distinct(names: Sequence[LookupName]) -> list[LookupName]:
    """The names without those that another one is spelled like: a file of names refuses them."""
    return list({names_folded(name.canonical): name for name in reversed(names)}.values())


def written(names: Sequence[LookupName], folder: Path) -> Sources:
    """A name book of these names, and articles that mention one in fifty."""
    (folder / "articles").mkdir(parents=True, exist_ok=True)
    source = random.Random(11)
    some = source.sample(names, len(names) // 50)
    for at in range(0, len(some), 100):
        text = "\n\n".join(f"In May {name.canonical} was seen again." for name in some[at : at + 100])
        metadata = f"---\ntitle: Report {at}\npublished: 2014\n---\n"
        (folder / "articles" / f"{at}.md").write_text(f"{metadata}{text}\n", encoding="utf-8")
    taken = {names_folded(name.canonical) for name in names}
    entries = []
    for name in distinct(names):
        variants = [one for one in name.variants if names_folded(one) not in taken]
        taken.update(map(names_folded, variants))
        entries.append({"kind": name.kind, "name": name.canonical, "variants": variants})
    book = {"kinds": dict.fromkeys(KINDS), "names": entries}
    (folder / "names.yaml").write_text(json.dumps(book, ensure_ascii=False), encoding="utf-8")
    return Sources(folder / "articles", folder / "names.yaml")


async def through_the_bot(names: Sequence[LookupName], sources: Sources, data: Path) -> None:
    """Asks for suggestions as Discord would, and says how long each took."""
    start = time.perf_counter()
    summary = build(sources, data)
    file = next(one for one in data.iterdir() if summary.generation in one.name and one.suffix == ".sqlite")
    generation = await Generation.open(file)
    say(f"index of {len(generation.names):,} names of the book ready after {time.perf_counter() - start:.1f} s")
    phrases = Phrases.load(DEFAULT_FOLDER, "en")
    try:
        if not names:
            rows = await carried.most_mentioned(generation, 3000)
            names = [LookupName(row.root, row.kind or "", row.canonical) for row in rows]
        say(
            f"  {'ms':24} {'option':>7} {'processor p50':>14} {'p99':>7} {'most':>7} {'clock p50':>10} {'p99':>7} {'most':>7}"
        )
        for sort, typed in {"nothing": [""] * 100, **asked(names)}.items():
            for option, command in (("name", "who"), ("query", "search")):
                times: list[tuple[float, float]] = []
                for text in typed:
                    clock, processor = time.perf_counter(), time.process_time()
                    await complete(command, option, text, generation, TODAY, phrases=phrases)
                    times.append((1000 * (time.process_time() - processor), 1000 * (time.perf_counter() - clock)))
                (a, b, c), (d, e, f) = (shares(sorted(each)) for each in zip(*times, strict=True))
                say(f"  {sort:24} {option:>7} {a:14.2f} {b:7.2f} {c:7.2f} {d:10.2f} {e:7.2f} {f:7.2f}")
    finally:
        await generation.close()


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("counts", nargs="*", type=int)
    parser.add_argument("--bot", action="store_true")
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--data", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if given.corpus is not None:
            book = Path(folder) / "names.yaml"
            book.write_text("kinds: {person: }\nnames: []\n", encoding="utf-8")
            asyncio.run(through_the_bot([], Sources(given.corpus, book), given.data or Path(folder)))
            return
        for count in given.counts or [1_000, 10_000, 100_000]:
            if given.bot:
                names, own = name_book(count), (given.data or Path(folder)) / str(count)
                asyncio.run(through_the_bot(names, written(names, own), own / "data"))
            else:
                measure(count)


if __name__ == "__main__":
    main()
