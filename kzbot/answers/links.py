"""Links that open an article at an excerpt, by text fragments (WICG Scroll to Text Fragment)."""

import re
from collections.abc import Iterator
from urllib.parse import quote

LONGEST_LINK = 512
WHOLE = 8
FEWEST, MOST = 3, 14
BULLET = re.compile(r"[•‣◦▪●·*>–-]+")
MARKDOWN = re.compile(r"[*_`\[\]]|\]\([^)]*\)")


def link_to(url: str | None, text: str, start: int, end: int, *, markdown: bool = False) -> str | None:
    """`url` opened at text[start:end]; at most 512 characters, None where there is no url or it is longer itself.

    A short excerpt is named whole, a long one by its first and last words, as many as make the place the first one in
    the text. Where that is too long, fewer words are given, and at last none.
    """
    if not url or len(url) > LONGEST_LINK:
        return None
    joint = ":~:text=" if "#" in url else "#:~:text="
    for fragment in _fragments(text, start, end, markdown):
        link = url + joint + fragment
        if len(link) <= LONGEST_LINK:
            return link
    return url


def encoded(words: str) -> str:
    """Words as part of a text directive: commas, hyphens and ampersands have a meaning there and are encoded."""
    return quote(words, safe="").replace("-", "%2D")


def _fragments(text: str, start: int, end: int, markdown: bool) -> Iterator[str]:
    """Fragments from the surest to the shortest."""
    runs = _runs(text[start:end], markdown)
    if not runs:
        return
    flat = " ".join(text.split())
    before = " ".join(text[:start].split())
    place = len(before) + bool(before)
    length = len(" ".join(text[start:end].split()))
    first, last = runs[0], runs[-1]
    if len(runs) == 1 and len(first) <= WHOLE:
        yield from _whole(first, flat, place, before)
        return
    heads = _unique_head(first, flat, place)
    tails = _unique_tail(last, flat, place, length)
    if len(runs) == 1:
        heads, tails = min(heads, len(first) - 1), min(tails, max(1, len(first) - heads))
    for cut in range(max(heads, tails) + 1):
        head, tail = max(heads - cut, min(FEWEST, heads)), max(tails - cut, min(FEWEST, tails))
        yield f"{encoded(' '.join(first[:head]))},{encoded(' '.join(last[-tail:]))}"
    yield encoded(" ".join(first[:FEWEST]))


def _whole(words: list[str], flat: str, place: int, before: str) -> Iterator[str]:
    fragment = encoded(" ".join(words))
    preceding = before.split()[-2:]
    if flat.lower().find(" ".join(words).lower()) not in (place, -1) and preceding:
        yield f"{encoded(' '.join(preceding))}-,{fragment}"
    yield fragment


def _runs(excerpt: str, markdown: bool) -> list[list[str]]:
    """Words of each stretch that stands in one block of the page: line ends and bullets part them."""
    if markdown:
        excerpt = MARKDOWN.sub("", excerpt)
    runs: list[list[str]] = [[]]
    for line in re.split(r"\n\s*\n|\n(?=\s*[•‣◦▪●*>-]\s)", excerpt):
        words = [word for word in line.split() if not BULLET.fullmatch(word)]
        if words:
            runs.append(words)
    return [run for run in runs if run]


def _unique_head(words: list[str], flat: str, place: int) -> int:
    """How many first words make this the first place in the text that begins with them."""
    lowered = flat.lower()
    for count in range(min(FEWEST + 1, len(words)), min(MOST, len(words)) + 1):
        if lowered.find(" ".join(words[:count]).lower()) >= place:
            return count
    return min(MOST, len(words))


def _unique_tail(words: list[str], flat: str, place: int, length: int) -> int:
    """How many last words make the excerpt's end the first place after its start that ends with them."""
    lowered = flat.lower()
    for count in range(min(FEWEST + 1, len(words)), min(MOST, len(words)) + 1):
        tail = " ".join(words[-count:]).lower()
        if lowered.find(tail, place) + len(tail) >= place + length:
            return count
    return min(MOST, len(words))
