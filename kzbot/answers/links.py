"""Links that open an article at an excerpt, by text fragments (WICG Scroll to Text Fragment)."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, takewhile
from urllib.parse import quote

from kzbot.answers.markdown import shown
from kzbot.language.folding import fold

LONGEST_LINK = 512
WHOLE = 8
FEWEST, MOST = 4, 14
MOST_BEFORE = 8
_ABOVE = 200
"""So many characters before an excerpt are looked at to tell it from earlier ones."""
_EMPTY = 8
"""So many blocks above it may be empty."""
_LONGEST_BLOCK = 4_000
BULLET = re.compile(r"(?m)^[ \t]*[•‣◦▪●·*>–+-]+[ \t]+")
PARTED = re.compile(r"\n\s*\n|\n(?=[ \t]*[•‣◦▪●·*>–+-]+[ \t])|[\t|]+")
"""Where another block of the page may begin: a paragraph, an item, a cell of a table. No text can span two blocks."""
_UNPARTED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fff\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uffee"
_WIDE = re.compile(f"[{_UNPARTED}]")
_WIDE_PIECE = re.compile(
    # Scripts without blanks are cut where a word certainly ends: behind signs, at other scripts, around Katakana.
    r"[\u30a0-\u30ff]+|[\u3001-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\u0e2f\u0e5a\u0e5b]+"
    rf"|[^\u3001-\u303f\u30a0-\u30ff{_UNPARTED}]+|[{_UNPARTED}]"
)
_QUOTES = str.maketrans("‘’‚‛´`“”„‟«»", "''''''\"\"\"\"\"\"")


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the page; `glued`: the next one follows without a blank."""

    text: str
    glued: bool = False


_KEPT = 100_000


class Page:
    """An article as its page shows it, read once for all links into it.

    `markdown`: the page was made of it, and shows the words without the signs around them.
    """

    def __init__(self, text: str, *, markdown: bool = False) -> None:
        self._text = text
        self._markdown = markdown
        self._starts: list[int] = []
        self._offsets: list[int] = []
        self._links: dict[tuple[str, int, int], str] = {}
        folded: list[str] = []
        offset = at = 0
        for end in _ends(text):
            self._starts.append(at)
            self._offsets.append(offset)
            block = _folded(self._said(at, end))
            if block:
                folded.append(block)
                offset += len(block) + 1
            at = end
        self._page = " ".join(folded)

    def link(self, url: str | None, start: int, end: int) -> str | None:
        """`url` opened at text[start:end]; at most 512 characters, None where there is no url of the web or it is longer.

        A short excerpt is named whole, a long one by its first and last words, as many as make the place the first one in
        the text; where that is not enough, with the words before it. Where that is too long, fewer words are given, and at
        last none.
        """
        if not url or len(url) > LONGEST_LINK or not url.lower().startswith(("http://", "https://")):
            return None
        key = (url, start, end)
        if key not in self._links:
            self._links[key] = self._link(url, start, end)
        return self._links[key]

    def _link(self, url: str, start: int, end: int) -> str:
        joint = ":~:text=" if "#" in url else "#:~:text="
        for fragment in _fragments(*self._place(start, end)):
            link = url + joint + fragment
            if len(link) <= LONGEST_LINK:
                return link
        return url

    def _said(self, start: int, end: int) -> str:
        """What the page says in a stretch of the text that lies within one block, parted by single blanks."""
        part = self._text[start:end]
        return " ".join(BULLET.sub("", shown(part) if self._markdown else part).replace("|", " ").split())

    def _place(self, start: int, end: int) -> tuple[list[list[_Word]], "_Place"]:
        """The excerpt's words by the blocks of the page that they stand in, and its place in the page."""
        first = bisect_right(self._starts, start) - 1
        last = max(bisect_right(self._starts, max(start, end - 1)) - 1, first)
        bounds = [start, *self._starts[first + 1 : last + 1], end]
        runs = [words for at, to in pairwise(bounds) if (words := _cut(self._said(at, to)))]
        above = self._said(self._starts[first], start)
        glued = bool(above) and not self._text[start - 1].isspace()
        place = self._offsets[first] + len(_folded(above)) + (1 if above and not glued else 0)
        for block in range(first - 1, max(first - _EMPTY, 0) - 1, -1):
            above = above or self._said(self._starts[block], self._starts[block + 1])
        if len(above) > _ABOVE:
            above = above[-_ABOVE:].partition(" ")[2]
        length = len(" ".join(_folded(_joined(words)) for words in runs))
        return runs, _Place(self._page, place, place + length, above, glued)


def page_of(text: str, *, markdown: bool = False) -> Page:
    """The page of a text; those asked for last are kept, but for very long ones."""
    return _kept(text, markdown) if len(text) <= _KEPT else Page(text, markdown=markdown)


@lru_cache(maxsize=64)
def _kept(text: str, markdown: bool) -> Page:
    return Page(text, markdown=markdown)


def _ends(text: str) -> Iterator[int]:
    """Where blocks end; a long one is cut at blanks, so that no link costs more for it."""
    at = 0
    for end in (*(found.start() for found in PARTED.finditer(text)), len(text)):
        while end - at > _LONGEST_BLOCK:
            at = max(text.rfind(" ", at, at + _LONGEST_BLOCK), at + _LONGEST_BLOCK // 2)
            yield at
        yield end
        at = end


def link_to(url: str | None, text: str, start: int, end: int, *, markdown: bool = False) -> str | None:
    """The one link into a text; see `Page.link`."""
    return Page(text, markdown=markdown).link(url, start, end)


def encoded(words: str) -> str:
    """Words as part of a text directive: commas, hyphens and ampersands have a meaning there and are encoded."""
    return quote(words, safe="").replace("-", "%2D")


def _cut(text: str) -> list[_Word]:
    """The words of a stretch of text; of a script without blanks, stretches that begin and end with a word."""
    if text.isascii():
        return [_Word(word) for word in text.split()]
    words: list[_Word] = []
    for word in text.split():
        pieces = _pieces(word) if _WIDE.search(word) else [word]
        words += [_Word(piece, glued=True) for piece in pieces[:-1]]
        words.append(_Word(pieces[-1]))
    return words


def _pieces(word: str) -> list[str]:
    pieces: list[str] = []
    kind = ""
    for found in _WIDE_PIECE.finditer(word):
        last, kind = kind, _kind(found[0])
        if pieces and (kind == "sign" or kind == last == "wide"):
            pieces[-1] += found[0]
        else:
            pieces.append(found[0])
    return pieces


def _kind(piece: str) -> str:
    if "\u30a0" <= piece[0] <= "\u30ff":
        return "katakana"
    if unicodedata.category(piece[0])[0] in "PS":
        return "sign"
    return "wide" if _WIDE.match(piece) else "other"


def _joined(words: Sequence[_Word]) -> str:
    return "".join(word.text if word.glued else word.text + " " for word in words).rstrip()


def _folded(said: str) -> str:
    """Words as a browser compares them: case, accents and kinds of quotes do not count."""
    return fold(said if said.isascii() and "`" not in said else said.translate(_QUOTES)).text


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an excerpt stands in the page's words, folded and parted by single spaces; `above` ends before it, where
    `glued` without a blank between."""

    page: str
    start: int
    end: int
    above: str
    glued: bool

    def first(self, words: Sequence[_Word]) -> bool:
        """Whether these words stand nowhere before the excerpt's own beginning."""
        return self.page.find(_folded(_joined(words))) >= self.start

    def last(self, words: Sequence[_Word]) -> bool:
        """Whether these words stand nowhere in the excerpt before its own end."""
        found = _folded(_joined(words))
        return self.page.find(found, self.start) + len(found) >= self.end

    def told_by(self, words: Sequence[_Word]) -> list[_Word]:
        """As few words before the excerpt as tell it from earlier places that begin with `words`; else none."""
        before = _cut(self.above)[-MOST_BEFORE:]
        between = "" if self.glued else " "
        for count in range(min(2, len(before)), len(before) + 1):
            some = _folded(_joined(before[-count:])) + between if count else ""
            if some and self.page.find(some + _folded(_joined(words))) == self.start - len(some):
                return before[-count:]
        return []


def _fragments(runs: list[list[_Word]], place: _Place) -> Iterator[str]:
    """Fragments from the surest to the shortest; those that lead to an earlier place only where there is no other way."""
    if not runs:
        return
    first, last = runs[0], runs[-1]
    if len(runs) == 1 and len(first) <= WHOLE:
        yield _whole(first, place)
        if len(first) == 1:
            yield encoded(_joined(first))
            return
    most = len(first) - 1 if len(runs) == 1 else len(first)
    heads = _heads(first, most, place)
    tails = _fitting(len(last), lambda count: place.last(last[-count:]))
    best = next(heads, None)
    tail = next(tails, min(MOST, len(last)))
    if best is None:
        best = "", min(MOST, most)
    known, ends = [best], [tail]
    yield _range(first, last, best, tail, one=len(runs) == 1)
    known += heads
    ends += tails
    for tail in ends:
        yield from (_range(first, last, head, tail, one=len(runs) == 1) for head in known)
    yield from (prefix + encoded(_joined(first[:count])) for prefix, count in known)


def _heads(first: Sequence[_Word], most: int, place: _Place) -> Iterator[tuple[str, int]]:
    """How many first words lead to the place and not to an earlier one, the best count first, each with what must stand
    before them; nothing where no words do."""
    alone = [("", count) for count in _fitting(most, lambda count: place.first(first[:count]))]
    yield from alone
    if not alone:
        for count in _fitting(most, lambda count: bool(place.told_by(first[:count]))):
            yield f"{encoded(_joined(place.told_by(first[:count])))}-,", count


def _range(first: Sequence[_Word], last: Sequence[_Word], head: tuple[str, int], tail: int, *, one: bool) -> str:
    """From the first words to the last; `one`: both are of one block, and must not overlap."""
    prefix, count = head
    tail = min(tail, len(first) - count) if one else tail
    return f"{prefix}{encoded(_joined(first[:count]))},{encoded(_joined(last[-tail:]))}"


def _whole(words: Sequence[_Word], place: _Place) -> str:
    """The words whole, where they stand earlier too with those before them."""
    told = [] if place.first(words) else place.told_by(words)
    return (f"{encoded(_joined(told))}-," if told else "") + encoded(_joined(words))


def _fitting(most: int, fits: Callable[[int], bool]) -> Iterator[int]:
    """How many words will do, the best count first: four or as many more as it takes, then fewer where those do too."""
    enough = range(min(FEWEST, most), min(MOST, most) + 1)
    best = next(filter(fits, enough), None)
    if best is not None:
        yield best
    fewer = range(min(best or FEWEST, most) - 1, 0, -1)
    yield from takewhile(fits, fewer)
