"""The child's side of reading foreign files: `python -m kzbot.corpus.foreign.child`.

On standard input come, again and again, a line of JSON (`name`, `bytes`, `companion` (its bytes, or null), `charset`,
`address`, `seconds`, `most`) and then the bytes themselves; on standard output goes a line of JSON for each. The first
line that comes in is `{"memory": ...}`. The child ends when standard input does, and after a file that took all memory.
"""

import json
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from kzbot.corpus.foreign.extras import EXTRAS, missing
from kzbot.corpus.foreign.found import Answer, Document, Found, Refusal, to_json
from kzbot.corpus.foreign.html_encoding import decode_page
from kzbot.corpus.foreign.limits import allow_seconds, confine, end_with_parent
from kzbot.corpus.foreign.texts import read_companion, read_json_lines, read_text, with_metadata
from kzbot.corpus.json_lines import SUFFIX
from kzbot.corpus.problem import Problem

TEXTS = (".md", ".txt")
_NO_MEMORY = "it takes more memory than one file may; give the article's text alone."


def main() -> int:
    """Answer one file after another; exit status 0 at the end of input, 1 where memory ran out."""
    say, hear = sys.stdout.buffer, sys.stdin.buffer
    sys.stdout = sys.stderr  # what a library prints must not stand between the answers
    confine(json.loads(hear.readline())["memory"])
    end_with_parent()
    while line := hear.readline():
        request = json.loads(line)
        data = hear.read(request["bytes"])
        companion = None if request["companion"] is None else hear.read(request["companion"])
        allow_seconds(request["seconds"])
        answer = _answer(request, data, companion)
        _say(say, answer)
        if not answer.sound:
            return 1
    return 0


def _answer(request: dict[str, Any], data: bytes, companion: bytes | None) -> Answer:
    try:
        return Answer(_read(request, data, companion))
    except Problem as problem:
        return Answer(refused=(Refusal(problem.reason, problem.line),))
    except MemoryError:
        return Answer(refused=(Refusal(_NO_MEMORY),), sound=False)
    except RecursionError:
        return Answer(refused=(Refusal("it is nested too deeply; give the article's text alone."),))
    except Exception as error:  # noqa: BLE001 - whatever trips a library is this one file's fault, and is reported
        reason = f"it cannot be read ({type(error).__name__}); give the article's text in a .txt file."
        return Answer(refused=(Refusal(reason),), sound=False)


def _read(request: dict[str, Any], data: bytes, companion: bytes | None) -> Found:
    suffix = PurePosixPath(request["name"]).suffix.lower()
    if suffix in TEXTS:
        if request["charset"]:
            data = decode_page(data, request["charset"]).encode()
        return read_text(data, companion, suffix)
    if suffix == SUFFIX:
        if companion is not None:
            raise Problem("a .jsonl takes no .yaml file beside it; each of its lines holds its own metadata.")
        return read_json_lines(data, request["most"])
    described = None if companion is None else read_companion(companion)
    document = _page(suffix, request, data)
    return Found((document if described is None else with_metadata(document, described),))


def _page(suffix: str, request: dict[str, Any], data: bytes) -> Document:
    package, _, _ = EXTRAS[suffix]
    if find_spec(package) is None:
        raise missing(suffix)
    if suffix == ".pdf":
        found: Document = import_module("kzbot.corpus.foreign.pdf").read_pdf(data)
        return found
    found = import_module("kzbot.corpus.foreign.html").read_html(data, request["charset"], request["address"])
    return found


def _say(say: BinaryIO, answer: Answer) -> None:
    say.write(to_json(answer) + b"\n")
    say.flush()


if __name__ == "__main__":
    sys.exit(main())
