"""Links that open an article at an excerpt, by text fragments (WICG Scroll to Text Fragment)."""

import itertools
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from kzbot.answers.markdown import shown
from kzbot.language.folding import fold

LONGEST_LINK = 512
WHOLE = 8
FEWEST, MOST = 4, 14
MOST_BEFORE = 8
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


class Page:
    """An article as its page shows it, read once for all links into it.

    `markdown`: the page was made of it, and shows the words without the signs around them.
    """

    def __init__(self, text: str, *, markdown: bool = False) -> None:
        self._text = text
        self._markdown = markdown
        self._starts: list[int] = []
        self._offsets: list[int] = []
        folded: list[str] = []
        offset = at = 0
        for end in [*(found.start() for found in PARTED.finditer(text)), len(text)]:
            self._starts.append(at)
            self._offsets.append(offset)
            block = _folded(self._words(at, end))
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
        joint = ":~:text=" if "#" in url else "#:~:text="
        for fragment in _fragments(*self._place(start, end)):
            link = url + joint + fragment
            if len(link) <= LONGEST_LINK:
                return link
        return url

    def _words(self, start: int, end: int) -> list[_Word]:
        """The words of the page in a stretch of the text that lies within one block."""
        part = self._text[start:end]
        return _cut(BULLET.sub("", shown(part) if self._markdown else part).replace("|", " "))

    def _place(self, start: int, end: int) -> tuple[list[list[_Word]], "_Place"]:
        """The excerpt's words by the blocks of the page that they stand in, and its place in the page."""
        first = bisect_right(self._starts, start) - 1
        last = max(bisect_right(self._starts, max(start, end - 1)) - 1, first)
        bounds = [start, *self._starts[first + 1 : last + 1], end]
        runs = [words for at, to in itertools.pairwise(bounds) if (words := self._words(at, to))]
        before = self._words(self._starts[first], start)
        head = _folded(before)
        place = self._offsets[first] + len(head) + (1 if head and not before[-1].glued else 0)
        if not before and first:
            before = self._words(self._starts[first - 1], self._starts[first])
        length = len(" ".join(map(_folded, runs)))
        return runs, _Place(self._page, place, place + length, before[-MOST_BEFORE:])


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


def _said(words: Sequence[_Word]) -> str:
    return "".join(word.text if word.glued else word.text + " " for word in words).rstrip()


def _folded(words: Sequence[_Word]) -> str:
    """Words as a browser compares them: case, accents and kinds of quotes do not count."""
    return fold(_said(words).translate(_QUOTES)).text


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an excerpt stands in the page's words, folded and parted by single spaces."""

    page: str
    start: int
    end: int
    before: list[_Word]

    def first(self, words: Sequence[_Word]) -> bool:
        """Whether these words stand nowhere before the excerpt's own beginning."""
        return self.page.find(_folded(words)) >= self.start

    def last(self, words: Sequence[_Word]) -> bool:
        """Whether these words stand nowhere in the excerpt before its own end."""
        found = _folded(words)
        return self.page.find(found, self.start) + len(found) >= self.end

    def told_by(self, words: Sequence[_Word]) -> list[_Word]:
        """As few words before the excerpt as tell it from earlier places that begin with `words`; else none."""
        for count in range(min(2, len(self.before)), len(self.before) + 1):
            some = self.before[-count:]
            between = 0 if some and some[-1].glued else 1
            if some and self.page.find(_folded([*some, *words])) == self.start - len(_folded(some)) - between:
                return some
        return []


def _fragments(runs: list[list[_Word]], place: _Place) -> Iterator[str]:
    """Fragments from the surest to the shortest; those that lead to an earlier place only where there is no other way."""
    if not runs:
        return
    first, last = runs[0], runs[-1]
    if len(runs) == 1 and len(first) <= WHOLE:
        yield from _told(first, place, "")
        if len(first) == 1:
            yield encoded(_said(first))
            return
    most = len(first) - 1 if len(runs) == 1 else len(first)
    heads = [count for count in _counts(most) if place.first(first[:count])]
    tails = [count for count in _counts(len(last)) if place.last(last[-count:])] or [min(MOST, len(last))]
    known = [("", count) for count in heads]
    if not heads:
        known = [
            (f"{encoded(_said(told))}-,", count) for count in _counts(most) if (told := place.told_by(first[:count]))
        ]
    for room in (0, 1, 2):  # first both as they should be, then the shorter
        for prefix, head in known[:1] if room == 0 else known:
            for tail in tails[:1] if room < 2 else tails:
                tail = min(tail, len(first) - head) if len(runs) == 1 else tail
                yield f"{prefix}{encoded(_said(first[:head]))},{encoded(_said(last[-tail:]))}"
    yield from (prefix + encoded(_said(first[:head])) for prefix, head in known)
    head, tail = min(MOST, most), min(tails[0], max(1, len(first) - min(MOST, most)))
    yield f"{encoded(_said(first[:head]))},{encoded(_said(last[-tail:]))}"


def _told(words: Sequence[_Word], place: _Place, prefix: str) -> Iterator[str]:
    """The words whole, where they stand earlier too with those before them."""
    if not place.first(words) and (told := place.told_by(words)):
        prefix = f"{encoded(_said(told))}-,"
    yield prefix + encoded(_said(words))


def _counts(most: int) -> list[int]:
    """How many words to try, the best first: four, as many more as it takes, then fewer."""
    return [*range(min(FEWEST, most), min(MOST, most) + 1), *range(min(FEWEST, most) - 1, 0, -1)]
