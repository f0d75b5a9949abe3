"""A sentence as words, with what stands between them."""

import re
from typing import NamedTuple

from kzbot.language.folding import fold
from kzbot.language.spans import Span

_WORD = re.compile(r"(['’]s\b|(?<=s)['’](?=\s))|[^\W_]+(?:['’](?!s\b)[^\W_]+)*", re.IGNORECASE)
_HYPHENS = frozenset("-\u2010\u2011\u2013")


class Word(NamedTuple):
    """A word: `plain` in lower case without accents; `gap` what joins it with the one before: " ", "-", "." (a full stop,
    with or without a blank), "'" (the one before owns what follows), or what else stands between, without blanks."""

    plain: str
    start: int
    end: int
    gap: str
    capital: bool


def words_of(text: str, sentence: Span) -> list[Word]:
    """The words of a sentence in order; every offset is into `text`."""
    found: list[Word] = []
    last, owns = sentence.start, False
    for match in _WORD.finditer(text, *sentence):
        start, end = match.span()
        if match[1]:
            owns = bool(found) and not text[last:start].strip()
            last = end
            continue
        gap = "'" if owns and not text[last:start].strip() else _gap(text[last:start])
        plain = match[0].lower() if match[0].isascii() else fold(match[0]).text
        found.append(Word(plain, start, end, gap, match[0][0].isupper()))
        last, owns = end, False
    return found


def _gap(between: str) -> str:
    bare = between.strip()
    if not bare:
        return " " if between else ""
    if bare == between and bare in _HYPHENS:
        return "-"
    if bare in (".", ".-"):
        return "." if bare == "." else "-"
    return bare
