"""JSON Lines (.jsonl): one article a line, an object whose keys are those of metadata, and `text`.

`id` is required: it is what the article is known by when lines are put in or taken out before it.
"""

import json
from collections.abc import Iterator
from typing import Annotated, BinaryIO

from pydantic import BeforeValidator, Field

from kzbot.corpus.decoding import decode
from kzbot.corpus.folders import ADDED, is_added
from kzbot.corpus.metadata import Line, Metadata, check_metadata
from kzbot.corpus.problem import Problem, shown

SUFFIX = ".jsonl"

_INSIDE = "//"
_MOST_KEYS = 100
_MOST_TOLD = 5
_BLANKS = b" \t\r\n\v\f"


class _Number(str):
    """A number as it was written: a year is one, a text is not."""


def _given_id(value: object) -> object:
    if value is None or (isinstance(value, str) and not value.strip()):
        raise ValueError("is empty; give each line an id of its own, by which links find it again.")
    return value


def _text(value: object) -> object:
    if not isinstance(value, str) or isinstance(value, _Number):
        raise ValueError("must be the article's text in quotation marks.")
    try:
        text = decode(value.encode("utf-8"))
    except UnicodeEncodeError:
        raise ValueError("holds half a character (a lone surrogate such as \\ud800); take it out.") from None
    except Problem as problem:
        raise ValueError(f"cannot be used: {problem.reason}") from None
    if not any(character.isalnum() for character in text):
        raise ValueError("is empty; add the article, or take the line out.")
    return text


class ArticleLine(Metadata):
    """The keys of one line."""

    id: Annotated[Line, BeforeValidator(_given_id)] = Field()
    text: Annotated[str, BeforeValidator(_text)]


def article_file(container: str, id_: str) -> str:
    """The name under which an article of the .jsonl file `container` goes: no real file can have it."""
    return f"{container}{_INSIDE}{id_}"


def container_of(file: str) -> str:
    """The file on disk that the article named `file` lies in: `file` itself, or the .jsonl that holds it."""
    head, inside = (ADDED, file.removeprefix(ADDED)) if is_added(file) else ("", file)
    return head + inside.partition(_INSIDE)[0]


def raw_lines(opened: BinaryIO, most: int) -> Iterator[tuple[int, bytes | None]]:
    """The lines of a file with their numbers, read one by one; None in place of a line of over `most` bytes."""
    number = 0
    while line := opened.readline(most + 1):
        number += 1
        whole = line.endswith(b"\n") or len(line) <= most
        while not whole and (rest := opened.readline(most + 1)):
            if rest.endswith(b"\n"):
                break
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not whole:
            yield number, None
        elif line.strip(_BLANKS):
            yield number, line


def read_line(raw: bytes | None, most: int) -> ArticleLine:
    """The article in one line. Raises Problem (whose line is not that of the file) with all that is wrong, in one sentence."""
    if raw is None:
        raise Problem(f"it is over the limit of {most:,} bytes; divide it, or raise corpus.max_file_bytes.")
    try:
        values = json.loads(
            decode(raw), parse_int=_Number, parse_float=_Number, parse_constant=_Number, object_pairs_hook=_object
        )
    except ValueError as error:
        said = getattr(error, "msg", "it cannot be read")
        raise Problem(f"it is not valid JSON ({said}); write one object {{...}} a line.") from None
    except RecursionError:
        raise Problem("it is nested too deeply; close the brackets.") from None
    if not isinstance(values, dict):
        raise Problem(
            "it is not an object; write one object {...} a line, such as {“id”: ..., “title”: ..., “text”: ...}."
        )
    found = check_metadata(ArticleLine, values)
    if isinstance(found, list):
        raise Problem(" ".join(problem.reason for problem in found[:_MOST_TOLD]))
    if found.title is None:
        raise Problem("title is missing; add it.")
    return found


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(pairs) > _MOST_KEYS:
        raise Problem(f"it holds an object of over {_MOST_KEYS} keys; keep those of an article.")
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise Problem(f"the key {shown(twice)} is given twice; keep one.")
    return found
