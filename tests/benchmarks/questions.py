"""A thousand questions over one folder of articles, in one process: seconds from start to end, and what each answer keeps.

    python tests/benchmarks/questions.py [--count 1000] [--corpus DIR]

Prints the time of the whole command, the time of one that asks a single question, the ratio a question, and how many
answers broke a promise: an excerpt that is not the article's text, a fact whose address is no item's, a link over 512 characters, or (where the answer
contract is at hand) an answer that its schema refuses. Exit status 1 where one did.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

PROJECT = Path(__file__).resolve().parents[2]
SCHEMA = PROJECT.parent / "shared" / "contract" / "answer.schema.json"
MOST_DRAWN = 600
QUESTIONS = (
    "/timeline",
    "/timeline topic: Steppe Eagle from: 2012",
    "/timeline topic: Dzhaksybekov",
    "/timeline articles: true from: 1997 to: 1999",
    "/timeline from: 2013 to: 1997",
    "/exercise name: CENTRAZBAT",
    "/exercise name: Steppe Eagle",
    "/exercise name: Cobra Gold",
    "/source",
    "/source what: Increase Military Ties",
    "/search query: how much money for nonlethal equipment",
    "/search query: military cooperation between Kazakhstan and the United States from: 2009",
    "/search query: nonletal equipmnt",
    "/search query: chocolate cake",
    "/search query: Hagel visit to Astana",
    "/search query: military -exercise",
    '/search query: "United States" from: 2009',
    "/who name: Dzhaksybekov",
    "/who name: defence minister",
    "/who name: United States",
    "/who name: President",
    "/check quote: The military cooperation between Kazakhstan and the United States will not increase.",
    "hello",
)


def ask(questions: list[str], corpus: Path | None) -> tuple[float, list[dict[str, Any]]]:
    command = [sys.executable, str(PROJECT / "bot.py"), "ask", "--json", "--batch"]
    if corpus is not None:
        command += ["--corpus", str(corpus)]
    began = time.perf_counter()
    done = subprocess.run(
        command, input="".join(f"{q}\n" for q in questions), capture_output=True, text=True, check=True
    )
    return time.perf_counter() - began, [json.loads(line) for line in done.stdout.splitlines()]


def evidence(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """All that an answer quotes."""
    checked = [check["evidence"] for check in answer.get("checks") or () if "evidence" in check]
    return [*answer["items"], *(answer.get("undated") or ()), *checked]


def drawn(answers: list[dict[str, Any]]) -> Iterator[str]:
    """Questions that a corpus's own answers lead to, each as JSON: what an excerpt, its address and its publisher give."""
    items = {item["address"]: item for answer in answers for item in evidence(answer)}
    for address, item in items.items():
        words = item["excerpt"].split()
        for command, options in (
            ("source", {"what": address}),
            ("check", {"quote": item["excerpt"]}),
            ("check", {"quote": " ".join([*words[: len(words) // 2], "not", *words[len(words) // 2 :]])}),
            ("who", {"name": " ".join(words[:2]) or "x"}),
            ("search", {"query": f"{' '.join(words[:3])} -{words[-1]}", "publisher": item.get("publisher") or "x"}),
        ):
            yield json.dumps({"command": command, "options": options})


def broken(answers: list[dict[str, Any]], texts: dict[str, str]) -> list[str]:
    """What is wrong with these answers, a line each."""
    found: list[str] = []
    schema = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))) if SCHEMA.is_file() else None
    for answer in answers:
        if schema is not None:
            found += [
                f"{answer['command']}: {error.json_path}: {error.message}" for error in schema.iter_errors(answer)
            ]
        listed = {item["address"] for item in answer["items"]}
        profile = answer.get("profile") or {}
        facts = [fact for some in profile.values() if isinstance(some, list) for fact in some if isinstance(fact, dict)]
        found += [f"{one['address']}: of a fact, and of no item" for one in facts if one["address"] not in listed]
        for item in evidence(answer):
            text = item["title"] if item["in"] == "title" else texts.get(item["article"])
            if text is not None and item["excerpt"] != text[item["start"] : item["end"]]:
                found.append(f"{item['address']}: the excerpt is not the article's text")
            if len(item["link"] or "") > 512:
                found.append(f"{item['address']}: the link is too long")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--corpus", type=Path, default=None)
    given = parser.parse_args()
    single, _ = ask(["/timeline"], given.corpus)
    seconds, answers = ask(list(islice(cycle(QUESTIONS), given.count)), given.corpus)
    _, more = ask(list(islice(drawn(answers), MOST_DRAWN)), given.corpus)
    articles = sorted({item["article"] for answer in (*answers, *more) for item in evidence(answer)})
    _, sources = ask([json.dumps({"command": "source", "options": {"what": id_}}) for id_ in articles], given.corpus)
    faults = broken(
        [*answers, *more, *sources], {id_: source["text"] for id_, source in zip(articles, sources, strict=True)}
    )
    sys.stdout.write(
        f"{len(answers)} answers in {seconds:.2f} s, one in {single:.2f} s,"
        f" so {(seconds - single) / max(1, given.count - 1) * 1000:.2f} ms a question; {len(faults)} broken promises\n"
    )
    sys.stdout.writelines(f"{fault}\n" for fault in faults[:20])
    return 1 if faults or len(answers) != given.count else 0


if __name__ == "__main__":
    raise SystemExit(main())
