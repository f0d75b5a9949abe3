"""A long text in pages that each fit a card, together the whole text to the letter."""

from kzbot.chat.escape import pieces
from kzbot.chat.fit import weigh

PAGE = 3000.0
_AT_ITS_HEAD = 1.0
"""One more backslash where a page begins within a line with what would be read as a list there, such as `0)`."""


def text_pages(text: str, limit: float = PAGE) -> list[tuple[int, int]]:
    """Offsets of the pages into `text`, end exclusive, without gaps; a page ends at a paragraph, a line or a word.

    `limit` is the weight of a page as markdown. A text without characters has one empty page.
    """
    made = pieces(text)
    pages: list[tuple[int, int]] = []
    start = 0
    while start < len(text):
        end = _furthest(made, start, limit - _AT_ITS_HEAD)
        if end < len(text):
            end = _good_end(text, start, end)
        pages.append((start, end))
        start = end
    return pages or [(0, 0)]


def _furthest(made: list[str], start: int, limit: float) -> int:
    used = 0.0
    for at in range(start, len(made)):
        used += weigh(made[at])
        if used > limit and at > start:
            return at
    return len(made)


def _good_end(text: str, start: int, end: int) -> int:
    """The last paragraph end in the second half of the page, else line end, else word end, else `end`."""
    half = start + (end - start) // 2
    for separator in ("\n\n", "\n", " "):
        at = text.rfind(separator, half, end)
        if at > start:
            return at + len(separator)
    return end
