"""Text -> kinds and tokens: one character and one (start, end, value) for each word that date rules may speak of."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from kzbot.language.dates import kinds
from kzbot.language.dates.lexicon import WORDS, YEAR_IN_RUSSIAN, Value

Token = tuple[int, int, Value]
"""Start and end in code points, end exclusive, and the value that the lexicon gives."""

_WORD = re.compile(
    r"[AaPp]\.[Mm](?![^\W_])\.?|\d\d(?=T\d\d:\d\d)|[^\W_]+|(?<=[^\W_])['’]s(?![^\W_])|['’`]\d\ds?(?![^\W_])|\S"
)
_MIXED = re.compile(
    r"(?P<ordinal>\d{1,2})(?:st|nd|rd|th)|(?P<decade>(?:1[0-9]|20)\d0|[2-9]0)s|(?P<hour>\d{1,2})(?P<half>[ap])m"
    r"|Q(?P<q>[1-4])|(?P<q2>[1-4])Q|FY(?P<fiscal>(?:19|20)?\d\d)",
    re.IGNORECASE | re.ASCII,
)
_YEAR_BEHIND = re.compile(rf"\s{YEAR_IN_RUSSIAN}")
_SIGNS = {
    ",": kinds.COMMA, "-": kinds.TIGHT_DASH, "–": kinds.TIGHT_DASH, "—": kinds.DASH, "‑": kinds.TIGHT_DASH, "/": kinds.SLASH,
    ":": kinds.COLON, ".": kinds.POINT, "(": kinds.OPENING, "%": kinds.PERCENT, "$": kinds.LABEL, "£": kinds.LABEL,
    "€": kinds.LABEL, "#": kinds.LABEL, "№": kinds.LABEL, "¥": kinds.LABEL, "₸": kinds.LABEL, "§": kinds.LABEL,
}  # fmt: skip
_QUOTES = frozenset("'’`")
_LOOSE = {kinds.TIGHT_DASH: kinds.DASH, kinds.COLON: kinds.BREAK, kinds.POINT: kinds.BREAK, kinds.SLASH: kinds.BREAK}


class Lexed(NamedTuple):
    """`kinds[i]` is the kind of `tokens[i]`, a stretch of `text`."""

    kinds: str
    tokens: list[Token]
    text: str


def lex(text: str, stretches: Iterable[tuple[int, int]]) -> Lexed:
    """The words of each stretch in order, with a break before each stretch and at each empty line."""
    found: list[str] = []
    tokens: list[Token] = []
    for start, end in stretches:
        found.append(kinds.BREAK)
        tokens.append((start, start, ""))
        _lex_stretch(text, start, end, found, tokens)
    found.append(kinds.BREAK)
    tokens.append((len(text), len(text), ""))
    return Lexed("".join(found), tokens, text)


def _lex_stretch(text: str, start: int, end: int, found: list[str], tokens: list[Token]) -> None:
    last = start
    before = kinds.BREAK
    known = WORDS.get
    for match in _WORD.finditer(text, start, end):
        word = match[0]
        entry = known(word)
        if entry is None and before == kinds.BREAK and word.islower() and word.isalpha() and word[-1] != "s":
            continue  # most words of most texts
        at, behind = match.span()
        if at < last:
            continue
        if before != kinds.BREAK and at - last > 1 - (before == kinds.WEEKDAY) and _is_break(text, last, at, before):
            before = kinds.BREAK
            found.append(before)
            tokens.append((last, at, ""))
        if entry is None:
            kind, value = _unlisted(text, word, at, behind)
            if kind == kinds.LABEL and text[behind : behind + 1] == ".":
                behind = min(behind + 1, end)
        else:
            kind, value = entry
            if kind == kinds.SHORT_MONTH and text[behind : behind + 1] == "." and word[0].isupper():
                kind, behind = kinds.MONTH, min(behind + 1, end)
        if kind == kinds.YEAR and text[behind + 1 : behind + 2] == "г":
            told = _YEAR_BEHIND.match(text, behind, end)
            behind = told.end() if told else behind
        last = behind
        if kind != kinds.BREAK or before != kinds.BREAK:
            before = kind
            found.append(kind)
            tokens.append((at, behind, value))


def _is_break(text: str, last: int, at: int, kind: str) -> bool:
    """An empty line, or a line that ends with a weekday (a heading above a date line)."""
    lines = text.count("\n", last, at)
    return lines > 1 or (lines == 1 and kind == kinds.WEEKDAY)


def _unlisted(text: str, word: str, at: int, behind: int) -> tuple[str, Value]:
    first = word[0]
    if first.isdecimal():
        return _number(word)
    if first.isalpha():
        return _word(text, word, behind)
    if len(word) > 1:
        return _quoted(word) if first in _QUOTES else (kinds.BREAK, word)
    kind = _SIGNS.get(word, kinds.BREAK)
    if kind == kinds.COMMA:
        inside = text[at - 1 : at].isdecimal() and text[behind : behind + 3].isdecimal()
        return (kinds.TIGHT_COMMA if inside else kind), word
    if kind in _LOOSE and not (text[at - 1 : at].isalnum() and text[behind : behind + 1].isalnum()):
        return _LOOSE[kind], word
    if kind == kinds.POINT and not text[behind : behind + 1].isdecimal():
        return kinds.BREAK, word
    return kind, word


def _word(text: str, word: str, behind: int) -> tuple[str, Value]:
    if word in ("No", "no", "Nos", "NO") and text[behind : behind + 1] == ".":
        return kinds.LABEL, word
    if word[-1].isdecimal():
        mixed = _MIXED.fullmatch(word)
        return _mixed(mixed) if mixed else (kinds.NAME, word)
    if word[0].isupper():
        return kinds.NAME, word
    if len(word) > 3 and word[-1] == "s" and word[-2] != "s":
        return kinds.PLURAL, word
    return kinds.BREAK, word


def _number(word: str) -> tuple[str, Value]:
    if not word.isascii() or not word.isdecimal():
        mixed = _MIXED.fullmatch(word)
        return _mixed(mixed) if mixed else (kinds.NUMBER, word)
    size = len(word)
    if size > 4:
        return kinds.NUMBER, word
    value = int(word)
    if size == 4:
        return (kinds.YEAR if 1800 <= value < 2100 else kinds.OLD_YEAR if 1000 <= value < 1800 else kinds.FOUR), value
    if size < 3 and 1 <= value <= 31:
        return kinds.SMALL, value
    return kinds.NUMBER, value


def _mixed(found: re.Match[str]) -> tuple[str, Value]:
    if found["ordinal"]:
        day = int(found["ordinal"])
        return kinds.ORDINAL, day
    if found["decade"]:
        return kinds.DECADE, found["decade"]
    if found["hour"]:
        return kinds.NOON, f"{found['hour']}{found['half'].lower()}"
    if found["fiscal"]:
        return kinds.FISCAL_SIGN, found["fiscal"]
    return kinds.QUARTER_SIGN, int(found["q"] or found["q2"])


def _quoted(word: str) -> tuple[str, Value]:
    """An apostrophe with what it belongs to: 's, '82, '90s."""
    if word[-1] != "s":
        return kinds.SHORT_YEAR, int(word[1:]) if word[1:].isascii() else ""
    if len(word) == 2:
        return kinds.POSSESSIVE, word
    return (kinds.DECADE, word[1:3]) if word[1:3].isascii() and word[2] == "0" else (kinds.BREAK, word)
