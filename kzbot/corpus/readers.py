"""Which files are read, and by whom: the reader is chosen by suffix. A new format is one module and one line here."""

from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

from kzbot.corpus import markdown, plain_text
from kzbot.corpus.article import Block


class Reader(NamedTuple):
    """How one format is read. `title` finds a title that the text itself declares; `blocks` divides the text.

    `blocks` is given the text, the title, the numbers of lines of the text (from 1) that are no article text, and names
    (publisher, author) that are furniture where a line holds nothing else.
    """

    title: Callable[[str], str | None]
    blocks: Callable[[str, str, Collection[int], Collection[str]], tuple[Block, ...]]


READERS: Mapping[str, Reader] = {
    ".md": Reader(markdown.declared_title, markdown.blocks),
    ".txt": Reader(plain_text.declared_title, plain_text.blocks),
}
