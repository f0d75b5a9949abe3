"""Long lists in pages that each fit a card: how lines are spread over them, and what stands at their foot."""

from collections.abc import Sequence

from kzbot.chat.fit import weigh
from kzbot.phrases import Phrases

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


def list_foot(phrases: Phrases, page: int, pages: int, total: int, *counted: str, number: int) -> str:
    """Which page of how many, what is counted, and the question's number; of a list that holds nothing only the last."""
    said = [phrases.say("chat.foot.page", page=page + 1, pages=pages), *counted] if total else []
    return " · ".join([*said, phrases.say("chat.foot.number", number=number)])
