"""How much a card holds: Discord's limits, counted so that one number stands for all of them.

Sources: Discord's message component reference (40 components, 4,000 characters of text in all, labels of 80, urls of
512 characters), and its API's failure on more than about 10,170 bytes of text.
"""

from collections.abc import Sequence

CARD = 3850.0
"""Weight of all texts of a card: under 4,000 characters and under 10,000 bytes, with room for the separate texts."""
COMPONENTS = 40
ENTRIES = 8
"""Entries of a card with a button each, beside its heading, its foot and three rows of buttons."""
CHECKS = 4
"""Quotations on a card: each stands in two entries, the message's words and the source's."""
LABEL = 80
URL = 512
CHOICES = 25
CHOICE = 100


def weigh(text: str) -> float:
    """The share of a card that `text` takes: UTF-16 units, or 2.5 bytes of UTF-8 where that is more.

    The weight of a whole is the sum of the weights of its parts.
    """
    return sum(map(_weight, text)) if not text.isascii() else float(len(text))


def _weight(character: str) -> float:
    code = ord(character)
    if code < 0x800:
        return 1.0
    return 1.2 if code < 0x10000 else 2.0


def share(needs: Sequence[float], budget: float) -> list[float]:
    """What each may take of `budget`: the small get all that they need, the large share the rest evenly."""
    given = [0.0] * len(needs)
    left = max(budget, 0.0)
    order = sorted(range(len(needs)), key=lambda at: needs[at])
    for rank, at in enumerate(order):
        given[at] = min(needs[at], left / (len(order) - rank))
        left -= given[at]
    return given
