"""Links that open an article at an excerpt, by text fragments (WICG Scroll to Text Fragment)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from kzbot.answers.markdown import shown

LONGEST_LINK = 512
WHOLE = 8
FEWEST, MOST = 3, 14
MOST_BEFORE = 8
BULLET = re.compile(r"(?m)^[ \t]*[•‣◦▪●·*>–+-]+[ \t]+")
PARTED = re.compile(r"\n\s*\n|\n(?=[ \t]*[•‣◦▪●·*>–+-]+[ \t])")


def link_to(url: str | None, text: str, start: int, end: int, *, markdown: bool = False) -> str | None:
    """`url` opened at text[start:end]; at most 512 characters, None where there is no url or it is longer itself.

    A short excerpt is named whole, a long one by its first and last words, as many as make the place the first one in
    the text; where that is not enough, with the words before it. Where that is too long, fewer words are given, and at
    last none.
    """
    if not url or len(url) > LONGEST_LINK:
        return None
    joint = ":~:text=" if "#" in url else "#:~:text="
    for fragment in _fragments(*_place(text, start, end, markdown)):
        link = url + joint + fragment
        if len(link) <= LONGEST_LINK:
            return link
    return url


def encoded(words: str) -> str:
    """Words as part of a text directive: commas, hyphens and ampersands have a meaning there and are encoded."""
    return quote(words, safe="").replace("-", "%2D")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an excerpt stands in the page's words, in lower case and parted by single spaces."""

    page: str
    start: int
    end: int
    before: list[str]

    def first(self, words: list[str]) -> bool:
        """Whether these words stand nowhere before the excerpt's own beginning."""
        return self.page.find(_lowered(words)) >= self.start

    def last(self, words: list[str]) -> bool:
        """Whether these words stand nowhere in the excerpt before its own end."""
        found = _lowered(words)
        return self.page.find(found, self.start) + len(found) >= self.end

    def told_by(self, words: list[str]) -> list[str]:
        """As few words before the excerpt as tell it from earlier places that begin with `words`; else none."""
        for count in range(2, MOST_BEFORE + 1):
            some = self.before[-count:]
            if some and self.page.find(_lowered([*some, *words])) == self.start - len(_lowered(some)) - 1:
                return some
        return []


def _lowered(words: list[str]) -> str:
    return " ".join(words).lower()


def _place(text: str, start: int, end: int, markdown: bool) -> tuple[list[list[str]], _Place]:
    """The excerpt's words by the blocks of the page that they stand in, and its place in the page."""
    above, inside, below = text[:start], text[start:end], text[end:]
    if markdown:
        above, inside, below = shown(above), shown(inside), shown(below)
    runs = [words for block in PARTED.split(inside) if (words := BULLET.sub("", block).split())]
    before = BULLET.sub("", above).split()
    head = _lowered(before) + (" " if before else "")
    body = _lowered([word for run in runs for word in run])
    page = f"{head}{body} {_lowered(BULLET.sub('', below).split())}"
    return runs, _Place(page, len(head), len(head) + len(body), before[-MOST_BEFORE:])


def _fragments(runs: list[list[str]], place: _Place) -> Iterator[str]:
    """Fragments from the surest to the shortest."""
    if not runs:
        return
    first, last = runs[0], runs[-1]
    if len(runs) == 1 and len(first) <= WHOLE:
        whole = encoded(" ".join(first))
        if not place.first(first) and (told := place.told_by(first)):
            yield f"{encoded(' '.join(told))}-,{whole}"
        yield whole
        return
    heads = next((count for count in _counts(first) if place.first(first[:count])), 0)
    tails = next((count for count in _counts(last) if place.last(last[-count:])), min(MOST, len(last)))
    told = [] if heads else place.told_by(first[: FEWEST + 1])
    heads = heads or min(FEWEST + 1 if told else MOST, len(first))
    if len(runs) == 1:
        heads = min(heads, len(first) - 1)
        tails = min(tails, max(1, len(first) - heads))
    prefix = f"{encoded(' '.join(told))}-," if told else ""
    for cut in range(max(heads, tails) + 1):
        head, tail = max(heads - cut, min(FEWEST, heads)), max(tails - cut, min(FEWEST, tails))
        yield f"{prefix}{encoded(' '.join(first[:head]))},{encoded(' '.join(last[-tail:]))}"
    yield encoded(" ".join(first[:FEWEST]))


def _counts(words: list[str]) -> range:
    return range(min(FEWEST + 1, len(words)), min(MOST, len(words)) + 1)
