"""The beginning of a text, cut at a word."""

from collections.abc import Callable, Sequence

ELLIPSIS = "…"


def beginning(text: str, fits: Callable[[str], bool]) -> str:
    """As many first words of `text` as fit, with an ellipsis where some are left out; white space becomes one blank.

    A first word that alone is too long is cut inside. `fits` must hold for every beginning of what it holds for.
    """
    words = text.split()
    whole = " ".join(words)
    if fits(whole):
        return whole
    count = _most(len(words), lambda number: fits(_joined(words[:number])))
    if count:
        return _joined(words[:count])
    letters = _most(len(words[0]), lambda number: fits(words[0][:number] + ELLIPSIS))
    return words[0][:letters] + ELLIPSIS


def words_that_fit(words: Sequence[str], fits: Callable[[str], bool]) -> int:
    """How many first words fit, joined by blanks."""
    return _most(len(words), lambda number: fits(" ".join(words[:number])))


def at_most(count: int) -> Callable[[str], bool]:
    """Whether a text has at most `count` code points."""
    return lambda text: len(text) <= count


def _joined(words: list[str]) -> str:
    return " ".join(words).rstrip(",;:–—-([“‘«\"'") + ELLIPSIS


def _most(limit: int, holds: Callable[[int], bool]) -> int:
    """The largest number from 0 to `limit` for which `holds`, which holds below wherever it holds above."""
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if holds(middle) else (low, middle - 1)
    return low
