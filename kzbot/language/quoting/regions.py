"""Where in a long text a quotation may stand, told by its longest words, so that not all of the text need be read."""

from bisect import bisect_right
from collections.abc import Sequence

from kzbot.language.spans import Span

_ANCHORS = 8
_MOST_FINDS = 60
MARGIN = 250
"""The characters around a stretch that may belong to an altered quotation."""
_WORTH = 1_500
"""A text of no more characters is read whole."""


def region(lowered: str, words: Sequence[str], length: int, margin: int = MARGIN) -> Span:
    """The stretch of a text in lower case that holds most of the longest words of a quotation of `length` characters.

    It begins and ends between words; of stretches that hold as many the first.
    """
    whole = Span(0, len(lowered))
    if len(lowered) <= _WORTH + 2 * length:
        return whole
    finds = sorted(
        (place, number)
        for number, word in enumerate(sorted(dict.fromkeys(words), key=len, reverse=True)[:_ANCHORS])
        for place in _places(lowered, word)
    )
    if not finds:
        return whole
    places = [place for place, _ in finds]
    best, most = 0, 0
    for at, place in enumerate(places):
        count = len({number for _, number in finds[at : bisect_right(places, place + length + length // 2)]})
        if count > most:
            best, most = place, count
    return between_words(lowered, best - length - margin, best + length + length // 2 + margin)


def _places(lowered: str, word: str) -> list[int]:
    found: list[int] = []
    at = lowered.find(word)
    while at >= 0 and len(found) < _MOST_FINDS:
        found.append(at)
        at = lowered.find(word, at + 1)
    return found


def between_words(text: str, start: int, end: int) -> Span:
    """The stretch made longer, so that it begins and ends between words."""
    start, end = max(start, 0), min(end, len(text))
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return Span(start, end)
