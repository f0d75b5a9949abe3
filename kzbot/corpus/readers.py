"""Which files are read, and by whom: the reader is chosen by suffix. A new format is one module and one line here.

A reader's module is loaded when the first file of its format is read: listing a folder at the start needs the suffixes only.
"""

from collections.abc import Callable, Collection, Mapping
from importlib import import_module
from typing import NamedTuple

from kzbot.corpus.article import Block


class Reader(NamedTuple):
    """How one format is read. `title` finds a title that the text itself declares; `blocks` divides the text.

    `blocks` is given the text, the title, the numbers of lines of the text (from 1) that are no article text, and names
    (publisher, author) that are furniture where a line holds nothing else.
    """

    title: Callable[[str], str | None]
    blocks: Callable[[str, str, Collection[int], Collection[str]], tuple[Block, ...]]


def reader_of(suffix: str) -> Reader:
    """The reader of files that end in `suffix` (in lower case, with its dot); KeyError where there is none."""
    module = import_module(READERS[suffix])
    return Reader(module.declared_title, module.blocks)


READERS: Mapping[str, str] = {
    ".htm": "kzbot.corpus.plain_text",
    ".html": "kzbot.corpus.plain_text",
    ".jsonl": "kzbot.corpus.plain_text",
    ".md": "kzbot.corpus.markdown",
    ".pdf": "kzbot.corpus.plain_text",
    ".txt": "kzbot.corpus.plain_text",
}
"""The module that divides a format's text, by suffix: it has `declared_title` and `blocks`, as in Reader. What comes out of
an HTML page, a PDF or a line of JSON is plain text by then."""
