"""Texts with YAML front matter or a YAML file beside them, and JSON Lines, from elsewhere. Runs in the child only."""

import io

from kzbot.corpus.decoding import decode
from kzbot.corpus.foreign.described import document_of, merged
from kzbot.corpus.foreign.found import Document, Found, Refusal
from kzbot.corpus.front_matter import Parts, take_apart
from kzbot.corpus.json_lines import raw_lines, read_line
from kzbot.corpus.metadata import MAX_CHARACTERS, Metadata, read_metadata
from kzbot.corpus.problem import Problem
from kzbot.corpus.reader import contradictions
from kzbot.corpus.readers import reader_of

MOST_LINES = 1_000
"""So many lines of one .jsonl are read here: each is shown, described and kept before it is added."""
_MOST_TOLD = 5


def read_text(data: bytes, companion: bytes | None, suffix: str) -> Found:
    """A plain text or Markdown with its metadata. Raises Problem."""
    parts = take_apart(decode(data))
    if not any(character.isalnum() for character in parts.body):
        raise Problem("it holds no text; give a file with the article in it.")
    if parts.metadata is not None and companion is not None:
        raise Problem("it has front matter and a .yaml file beside it as well; keep one of the two.", 1)
    known = read_companion(companion) if companion is not None else _metadata(parts.metadata or "", 2)
    title = known.title or reader_of(suffix).title(parts.body)
    _check(known, parts, title)
    skip = tuple(line - parts.lines_before for line in known.skip)
    return Found((document_of(known, parts.body, title=title, skip=skip),))


def read_companion(data: bytes) -> Metadata:
    """The metadata in a .yaml file beside a text. Raises Problem whose reason says that it is of that file."""
    try:
        if len(data) > 4 * MAX_CHARACTERS:
            raise Problem("it is too long for what it is; shorten it.")
        return _metadata(decode(data), 1)
    except Problem as problem:
        at = f", line {problem.line}" if problem.line else ""
        raise Problem(f"the .yaml file beside it{at}: {problem.reason}") from None


def with_metadata(document: Document, known: Metadata) -> Document:
    """A page or PDF with what the file beside it says of it. Raises Problem."""
    described = merged(document, known)
    _check(known, Parts(None, document.text, 0), described.title)
    return described


def read_json_lines(data: bytes, most: int) -> Found:
    """The articles of a .jsonl, and the lines that are none; `most` bounds a line in bytes. Raises Problem without any
    line, and with over MOST_LINES."""
    documents, refused, seen = list[Document](), list[Refusal](), dict[str, int]()
    for number, raw in raw_lines(io.BytesIO(data), most):
        if len(documents) + len(refused) == MOST_LINES:
            raise Problem(
                f"it holds over {MOST_LINES:,} lines; divide it, or put the file into the folder of articles."
            )
        try:
            line = read_line(raw, most)
            _check(line, Parts(None, line.text, 0), line.title)
        except Problem as problem:
            refused.append(Refusal(problem.reason, number))
            continue
        assert line.id is not None
        if line.id in seen:
            refused.append(Refusal(f"its id is that of line {seen[line.id]} already; give it another.", number))
            continue
        seen[line.id] = number
        documents.append(document_of(line, line.text, title=line.title, line=number, skip=line.skip))
    if not documents and not refused:
        raise Problem("it holds no line; write one article a line.")
    return Found(tuple(documents), tuple(refused))


def _metadata(text: str, first_line: int) -> Metadata:
    found = read_metadata(text, first_line)
    if isinstance(found, list):
        raise found[0]
    return found[0]


def _check(known: Metadata, parts: Parts, title: str | None) -> None:
    """Raises Problem where the metadata speaks of words or lines that are not there, as a reload would."""
    wrong = contradictions((known, None), parts, title)
    if wrong:
        raise Problem(" ".join(problem.reason for problem in wrong[:_MOST_TOLD]))
