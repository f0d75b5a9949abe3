"""How long a message of 2,000 characters takes to check, and how often unlike sentences are taken for altered.

    python tests/benchmarks/quotations.py FOLDER [--passages 100000] [--data DIR] [--rounds 200] [--repeat 1]
    python tests/benchmarks/quotations.py FOLDER --unlike [--data DIR]
    python tests/benchmarks/quotations.py FOLDER --slips [--data DIR]

The corpus is made of the sentences of FOLDER's articles by a chain of their words (two words call for a third, seeded), so
that common turns of phrase are as common as in news. The messages hold quotations of every verdict. Printed: the time to
build, p50 and p99 in milliseconds of one message, and how many verdicts were right. `--repeat` takes the
least of so many tries of each message, on a machine that has other work. With `--unlike` each sentence of FOLDER is checked
against all other articles: printed is how many come out as altered versions of another sentence, with the pairs. With `--slips` each sentence is altered by one, two and three words: printed is how many are found again.
"""

import argparse
import asyncio
import random
import re
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import date
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))

from kzbot.answers.dispatch import answer  # noqa: E402 - the project is found first
from kzbot.answers.model import Answer, Question, Window  # noqa: E402
from kzbot.index import quotable  # noqa: E402
from kzbot.index.building.build import build  # noqa: E402
from kzbot.index.generation import Generation  # noqa: E402
from kzbot.index.sources import Sources  # noqa: E402
from kzbot.language.sentences import split  # noqa: E402

PER_ARTICLE = 9


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def sentences(folder: Path) -> list[tuple[str, str]]:
    """The sentences of a folder's articles with the file that each is of."""
    files = sorted(file for file in folder.iterdir() if file.suffix in {".txt", ".md"})
    found = []
    for file in files:
        text = re.sub(r"\A---\n.*?\n---\n", "", file.read_text("utf-8", "replace"), flags=re.S)
        spans = [span for begin, end in paragraphs(text) for span in split(text, begin, end)]
        found += [(text[a:b], file.name) for a, b in spans if 6 <= len(text[a:b].split()) < 60]
    return found


def paragraphs(text: str) -> list[tuple[int, int]]:
    return [(match.start(), match.end()) for match in re.finditer(r"(?:[^\n]+\n?)+", text)]


def chained(known: list[str], chance: random.Random) -> Iterator[str]:
    """Sentences without end, made of the words of the known ones."""
    after: dict[tuple[str, str], list[str]] = defaultdict(list)
    for sentence in known:
        words = ["", "", *sentence.split(), ""]
        for first, second, third in zip(words, words[1:], words[2:], strict=False):
            after[first, second].append(third)
    while True:
        made: list[str] = []
        state = ("", "")
        while (word := chance.choice(after[state])) and len(made) < 40:
            # One word in nine is another one, so that no sentence is one of the known ones for long.
            made.append(word if chance.random() < 0.89 else chance.choice(chance.choice(known).split()))
            state = (state[1], word)
        if len(made) >= 8:
            yield " ".join(made).rstrip(".!?,") + "."


def write_corpus(folder: Path, known: list[str], passages: int, chance: random.Random) -> None:
    folder.mkdir(parents=True)
    made = chained(known, chance)
    for number in range(passages // PER_ARTICLE + 1):
        body = "\n\n".join(" ".join(next(made) for _ in range(3)) for _ in range(PER_ARTICLE // 3))
        head = f"---\ntitle: Report {number}\npublisher: Paper {number % 40}\nurl: https://example.org/{number}\n---\n"
        (folder / f"r{number:06}.md").write_text(head + body + "\n", "utf-8")


def altered(sentence: str, chance: random.Random, count: int) -> str:
    words = sentence.split()
    for at in chance.sample(range(1, len(words) - 1), min(count, len(words) - 2)):
        words[at] = chance.choice(["never", "1,234", "Ruritania", "", "suddenly"])
    return " ".join(word for word in words if word)


def message(texts: list[str], other: Iterator[str], chance: random.Random) -> tuple[str, list[set[str]]]:
    """A message of about 2,000 characters, and the verdicts that each of its quotations may have."""
    made = ""
    wanted: list[set[str]] = []
    kinds = ("exact", "typography", "altered", "absent", "common")
    while True:
        kind = kinds[len(wanted) % len(kinds)]
        text = chance.choice(texts)
        sentence = chance.choice([one for one in text.replace("\n", " ").split(". ") if len(one.split()) >= 8])
        if kind == "exact":
            quoted, verdict = sentence, {"exact"}
        elif kind == "typography":
            quoted, verdict = sentence.replace(" ", "  ", 2).replace("-", "–"), {"exact_but_typography"}
        elif kind == "altered":
            quoted, verdict = altered(sentence, chance, 1), {"altered"}
        elif kind == "absent":
            words = next(other).split()
            chance.shuffle(words)
            quoted, verdict = " ".join(words), {"not_in_corpus"}
        else:
            quoted, verdict = "it is one of the", {"exact", "exact_but_typography", "altered", "not_in_corpus"}
        if '"' in quoted or "“" in quoted or "”" in quoted:
            continue
        piece = f"Then it was said: “{quoted}” and so on. "
        if len(made) + len(piece) > 2000:
            return made, wanted
        made += piece
        wanted.append(verdict)


@asynccontextmanager
async def opened(folder: Path, data: Path) -> AsyncIterator[Generation]:
    files = sorted(data.glob("*.sqlite")) if data.is_dir() else []
    if not files:
        began = time.perf_counter()
        summary = build(Sources(folder, PROJECT / "config" / "names.yaml"), data)
        say(f"built {summary.generation} in {time.perf_counter() - began:.0f} s")
        files = sorted(data.glob("*.sqlite"))
    generation = await Generation.open(files[-1])
    try:
        yield generation
    finally:
        await generation.close()


async def asked(generation: Generation, text: str) -> Answer:
    return await answer(Question("check", {"quote": text}), generation, Window(), date(2026, 1, 1))


async def measure(folder: Path, data: Path, passages: int, rounds: int, repeat: int) -> None:
    known = [sentence for sentence, _ in sentences(folder)]
    corpus = data / "articles"
    if not corpus.is_dir():
        write_corpus(corpus, known, passages, random.Random(1))
    texts = [
        re.sub(r"\A---\n.*?\n---\n", "", file.read_text("utf-8"), flags=re.S) for file in sorted(corpus.iterdir())[::50]
    ]
    chance, other = random.Random(2), chained(known, random.Random(3))
    async with opened(corpus, data / "index") as generation:
        say(
            f"{generation.articles} articles, {generation.passages} passages, {generation.path.stat().st_size / 1e6:.0f} MB"
        )
        times, right, wrong = [], 0, Counter[str]()
        began = time.process_time()
        for _ in range(rounds):
            text, wanted = message(texts, other, chance)
            tries = [await asked(generation, text) for _ in range(repeat)]
            made = tries[0]
            times.append(min(one.took_ms for one in tries))
            for check, verdicts in zip(made.checks, wanted, strict=True):
                right += check.verdict in verdicts
                if check.verdict not in verdicts:
                    wrong[f"{'/'.join(sorted(verdicts))} -> {check.verdict}"] += 1
        busy = (time.process_time() - began) / rounds / repeat * 1000
        cuts = statistics.quantiles(times, n=100)
        say(f"{len(wanted)} quotations in the last of {rounds} messages of 2,000 characters")
        say(f"p50 {cuts[49]:.1f} ms, p99 {cuts[98]:.1f} ms, worst {max(times):.1f} ms; {busy:.1f} ms of CPU each")
        say(f"right {right} of {right + sum(wrong.values())}; wrong: {dict(wrong)}")
        for name, hostile in HOSTILE.items():
            made = await asked(generation, hostile)
            say(f"{name}: {made.status}, {made.took_ms:.1f} ms")


HOSTILE = {
    "one quotation of 2,000 characters of common words": "it was in the end of the and to be of the " * 48,
    "100 common pairs": " ".join(
        f"“{a} {b}”"
        for a in ["of", "in", "to", "at", "by", "on", "it", "as", "is", "was"]
        for b in ["the", "a", "it", "this", "that", "one", "and", "of", "to", "in"]
    ),
    "6,000 marks": '"' * 6000,
    "6,000 characters of one word": "a" * 6000,
    "1,000 brackets": "[" * 1000 + "the word of the day" + "…" * 1000,
}


async def unlike(folder: Path, data: Path) -> None:
    """Each sentence against all articles but its own: whatever is found "altered" is another sentence, or a rewritten one."""
    async with opened(folder, data / "index") as generation:
        rows = await generation.rows("SELECT file, number FROM articles")
        numbers: dict[str, int] = dict(rows)
        found, pairs = Counter[str](), []
        for sentence, file in sentences(folder):
            if file not in numbers:
                continue
            with without(numbers[file]):
                made = await asked(generation, f"“{plain(sentence)}”")
            check = made.checks[0]
            found[check.verdict] += 1
            if check.verdict == "altered" and check.evidence is not None:
                pairs.append((f"{file}: {check.quotation}", f"{check.evidence.file}: {check.evidence.excerpt}"))
        say(f"{found.total()} sentences against all other articles: {dict(found)}")
        for pair in pairs:
            say("\n   ".join(pair))


async def slips(folder: Path, data: Path) -> None:
    """Each sentence with one, two, three words altered, against the whole corpus."""
    async with opened(folder, data / "index") as generation:
        for count in (1, 2, 3):
            chance, found = random.Random(count), Counter[str]()
            for sentence, file in sentences(folder):
                made = await asked(generation, f"“{altered(plain(sentence), chance, count)}”")
                check = made.checks[0]
                right = check.evidence is not None and check.evidence.file == file
                found[f"{check.verdict}{'' if right or check.evidence is None else ' (another article)'}"] += 1
            say(f"{count} words altered: {dict(found)}")


def plain(sentence: str) -> str:
    return re.sub('[“”„«»"]', "", sentence)


@contextmanager
def without(number: int) -> Iterator[None]:
    """As if the corpus had not this article."""
    real = quotable.holding

    async def filtered(generation: Generation, phrases: Sequence[str], count: int) -> list[list[int]]:
        return [[one for one in some if one != number] for some in await real(generation, phrases, count)]

    quotable.holding = filtered
    try:
        yield
    finally:
        quotable.holding = real


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--unlike", action="store_true")
    parser.add_argument("--slips", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        if given.unlike or given.slips:
            way = unlike if given.unlike else slips
            asyncio.run(way(given.folder, given.data or Path(scratch)))
            return
        asyncio.run(measure(given.folder, given.data or Path(scratch), given.passages, given.rounds, given.repeat))


if __name__ == "__main__":
    main()
