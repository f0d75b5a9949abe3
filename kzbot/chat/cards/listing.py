"""A long list of lines in pages that each fit a card."""

from collections.abc import Sequence

from kzbot.chat.fit import weigh

WEIGHT = 3000.0
"""What the lines of a page weigh at most, beside heading, foot and buttons."""
MOST = 15
"""Lines of a page at most, so that it is read without a long way down."""


def listing_pages(lines: Sequence[str], weight: float = WEIGHT, most: int = MOST) -> list[tuple[str, ...]]:
    """The lines (markdown, each may have breaks) in order, on at least one page; a line heavier than a page has its own."""
    pages: list[tuple[str, ...]] = []
    here: list[str] = []
    used = 0.0
    for line in lines:
        heavy = weigh(line) + 1
        if here and (used + heavy > weight or len(here) >= most):
            pages.append(tuple(here))
            here, used = [], 0.0
        here.append(line)
        used += heavy
    if here or not pages:
        pages.append(tuple(here))
    return pages
