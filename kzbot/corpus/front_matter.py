"""YAML front matter: metadata between two lines `---` at the head of a text file."""

import re
from typing import NamedTuple

from kzbot.corpus.metadata import MAX_CHARACTERS, Metadata
from kzbot.corpus.problem import Problem

_MARKS = ("---", "...")
_KEY = re.compile(r"""["']?(?P<key>\w[\w -]{0,40})["']?\s*:(?:\s|$)""")
_YAML_SIGNS = tuple("[{&*!%?|>@`")


class Parts(NamedTuple):
    """A file taken apart: `metadata` (None without front matter), `body`, and how many lines stand before the body."""

    metadata: str | None
    body: str
    lines_before: int


def take_apart(text: str) -> Parts:
    """Metadata and body of a decoded text; the body is untouched.

    A line `---` above plain text opens no front matter: a key, or what only YAML would hold, must follow it. Raises
    Problem where front matter is opened and not closed.
    """
    first, _, rest = text.partition("\n")
    if first.rstrip() != _MARKS[0]:
        return Parts(None, text, 0)
    lines = rest[: MAX_CHARACTERS + 1].split("\n")
    end = next((number for number, line in enumerate(lines) if line.rstrip() in _MARKS), None)
    head = next((line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")), "")
    key = _KEY.match(head)
    if end is None:
        if key and key["key"] in Metadata.model_fields:
            raise Problem("the front matter that begins here has no end; close it with a line ---.", 1)
        return Parts(None, text, 0)
    if not (key or head in _MARKS or head.startswith(_YAML_SIGNS)):
        return Parts(None, text, 0)
    before = sum(len(line) + 1 for line in lines[:end])
    return Parts(rest[:before], rest[before:].partition("\n")[2], end + 2)
