"""Lines of a printed page, as they come out of a PDF, put back into paragraphs.

A page is always wrapped, and in letters of unequal width: so a line is taken to go on where it is nearly as long as the
others, or where the next begins in the middle of a sentence.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from kzbot.corpus.lines import continues, ends_sentence

_EDGE = 3
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_HYPHENS = ("-", "\u2010")
_SOFT = "\u00ad"
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"\W*(?:\w{1,9}\.?\s)?\W*\d{1,4}(?:\s?(?:/|\w{1,4})\s?\d{1,4})?\W*")
_BULLET = re.compile(r"[•·▪●◦‣∙■□►➢*–—-]\s|\(?\d{1,2}[.)]\s|\(?[a-z]\)\s")
_BROKEN_WORD = re.compile(r"([^\W\d_]{1,40})[-\u2010]$")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_FULL = 0.75
_SHORTEST = 20
_LONGEST_WORD = 40
_LONGEST_NUMBER = 40
_TOP = 0.9


def without_running_lines(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """The pages without what is printed at the head or foot of most of them: running titles, and numbers of pages.

    A running title stays where it stands first, for it may be the article's own. Ligatures, which are the font's, are
    letters again.
    """
    bare = [[" ".join(line.translate(_LIGATURES).split()) for line in page] for page in pages]
    bare = [[line for line in page if line] for page in bare]
    seen = Counter(sign for page in bare for sign in {_sign(page[at]) for at in _edges(page)})
    running = {sign for sign, times in seen.items() if times >= max(2, len(pages) / 2)}
    kept: set[str] = set()
    result = []
    for page in bare:
        edges = set(_edges(page))
        lines = []
        for at, line in enumerate(page):
            if at in edges and _sign(line) in running and (_is_number(line) or _sign(line) in kept):
                continue
            if at in edges and _sign(line) in running:
                kept.add(_sign(line))
            lines.append(line)
        result.append(lines)
    return result


def paragraphs(pages: Iterable[Sequence[str]]) -> list[str]:
    """The text of the pages, a paragraph each; one that is broken by the end of a page goes on."""
    lines = [line for page in pages for line in page]
    width = _width(lines)
    known = Counter(word.casefold() for line in lines for word in _WORD.findall(_without_broken(line)))
    found: list[list[str]] = []
    for line in lines:
        if found and _goes_on(found[-1][-1], line, width):
            end, begin = _joined(found[-1][-1], line, known)
            found[-1][-1] = end
            found[-1].append(begin)
        else:
            found.append([line])
    return ["".join(pieces).replace(_SOFT, "") for pieces in found]


def _edges(page: Sequence[str]) -> Iterable[int]:
    """The places of the first and the last lines of a page."""
    return {*range(min(_EDGE, len(page))), *range(max(0, len(page) - _EDGE), len(page))}


def _is_number(line: str) -> bool:
    return len(line) <= _LONGEST_NUMBER and _PAGE_NUMBER.fullmatch(line) is not None


def _sign(line: str) -> str:
    return _DIGITS.sub("#", line.casefold())


def _width(lines: Sequence[str]) -> int:
    """How long a full line is, in characters; 0 where there are none."""
    lengths = sorted(len(line) for line in lines if len(line) >= _SHORTEST)
    return lengths[int(_TOP * (len(lengths) - 1))] if lengths else 0


def _goes_on(line: str, following: str, width: int) -> bool:
    if line.endswith(_SOFT) or (_broken(line) and following[:1].islower()):
        return True
    if _BULLET.match(following):
        return False
    if continues(following) and not ends_sentence(line[-_LONGEST_WORD:]):
        return True
    return len(line) >= _FULL * width


def _joined(line: str, following: str, known: Counter[str]) -> tuple[str, str]:
    """Two lines as they stand together. A word that was broken at the end of a line loses its hyphen, a compound that was
    keeps it.

    It is a compound where the text has it with a hyphen elsewhere, or both its parts as words and never the whole.
    """
    if line.endswith(_SOFT):
        return line, following
    before, after = _broken(line), _WORD.match(following)
    if before is None or after is None or not following[:1].islower():
        return f"{line} ", following
    first, second = before[1].casefold(), after[0].casefold()
    whole, compound = known[first + second], known[f"{first}-{second}"]
    if compound > whole or (not whole and known[first] and known[second]):
        return line, following
    return line[:-1], following


def _broken(line: str) -> re.Match[str] | None:
    """The part of a word that a hyphen parts from the next line."""
    return _BROKEN_WORD.search(line[-_LONGEST_WORD - 1 :]) if line.endswith(_HYPHENS) else None


def _without_broken(line: str) -> str:
    found = _broken(line)
    return line if found is None else line[: len(line) - len(found[0])]
