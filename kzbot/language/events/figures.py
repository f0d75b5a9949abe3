"""Figures in a statement: sums, shares, counts, ranks, and numbers that are part of a name."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Literal

from kzbot.language.dates.lexicon import COUNTS, RANKS
from kzbot.language.words import Token, stem

Kind = Literal["money", "share", "count", "rank", "name"]

_FIGURE = re.compile(
    r"(?<![\w.,:/-])(?P<before>(?:[A-Z]{1,3})?[$€£¥₽₸])?\s?(?P<digits>\d{1,18}(?:[.,]\d{1,18}){0,6})(?![\d:])"
    r"(?P<joined>[^\W\d_]{1,12}\b|%)?(?:[ \u00a0-](?P<behind>[^\W\d_]{1,12}\b|%))?(?:[ \u00a0](?P<third>[^\W\d_]{1,12}))?"
)
_CLOCK = re.compile(r"\d{1,2}:\d\d(?::\d\d)?|\d{1,2}\s?[ap]\.?m\b")
_SCALES = {
    word: Decimal(scale)
    for words, scale in (
        ("thousand k тыс тысяч", "1e3"),
        ("million m mn mln млн миллионов миллиона", "1e6"),
        ("billion bn b bln млрд миллиардов миллиарда", "1e9"),
        ("trillion tn trn трлн", "1e12"),
    )
    for word in words.split()
}
_SHARES = frozenset(("%", "percent", "per", "pct", "процент", "процента", "процентов"))
_CURRENCIES = frozenset(
    word
    for listed in (
        "dollar dollars usd euro euros eur pound pounds gbp yen yuan rouble roubles ruble rubles tenge franc francs",
        "рублей тенге долларов евро",
    )
    for word in listed.split()
)
_NO_COUNTS = frozenset(("one", "single", "couple", "few", "several", "many"))


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts: `unit` is the stem of the next word, empty for sums, shares and names."""

    start: int
    end: int
    kind: Kind
    value: str
    unit: str = ""


def figures(text: str, tokens: list[Token]) -> list[Figure]:
    """The figures of `text` in order; times of day are none. `tokens` are its words."""
    clocks = [match.span() for match in _CLOCK.finditer(text)]
    found = [
        figure
        for match in _FIGURE.finditer(text)
        if not any(start <= match.start("digits") < end for start, end in clocks)
        if (figure := _in_digits(text, match)) is not None
    ]
    return sorted((*found, *_in_words(tokens)), key=lambda one: one.start)


def _in_digits(text: str, match: re.Match[str]) -> Figure | None:
    value = _value(match["digits"])
    if value is None:
        return None
    start, end = match.start(), match.end("digits")
    joined = (match["joined"] or "").lower()
    behind = (match["behind"] or "").lower()
    third = (match["third"] or "").lower()
    if joined and joined not in _SCALES and joined not in _SHARES:
        return (
            None if joined not in ("st", "nd", "rd", "th") else Figure(start, match.end("joined"), "rank", str(value))
        )
    scale = joined if joined in _SCALES else behind if not joined else ""
    if scale in _SCALES:
        value *= _SCALES[scale]
        end = match.end("joined") if joined else match.end("behind")
    unit = joined if joined in _SHARES else behind if scale not in _SCALES or joined else third
    if unit in _SHARES:
        return Figure(start, end, "share", _plain(value))
    if match["before"] or unit in _CURRENCIES:
        return Figure(start, end, "money", _plain(value))
    if match["digits"].isdigit() and scale not in _SCALES and _follows_name(text, match.start("digits")):
        return Figure(start, end, "name", match["digits"])
    return Figure(start, end, "count", _plain(value), stem(unit) if unit else "")


def _follows_name(text: str, start: int) -> bool:
    """Whether a capitalised word stands right before: "Flight 447", "Resolution 1244", "Boeing 737", "F-16"."""
    before = text[max(0, start - 40) : start]
    if before[-1:] not in (" ", "\u00a0", "-", "–"):
        return False
    word = re.search(r"[^\W\d_]{1,30}$", before[:-1])
    return word is not None and any(map(str.isupper, word[0])) and len(before) > len(word[0]) + 1


def _in_words(tokens: list[Token]) -> list[Figure]:
    found: list[Figure] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        value = COUNTS.get(token.word) if token.word not in _NO_COUNTS else None
        end = token.end
        if isinstance(value, int):
            if value >= 20 and after is not None and after.start == end + 1 and 0 < _ones(after.word) < 10:
                value, end, at = value + _ones(after.word), after.end, at + 1
                after = tokens[at + 1] if at + 1 < len(tokens) else None
            found.append(_counted(token.start, end, value, after))
        elif token.word in RANKS and token.word != "final":
            found.append(Figure(token.start, end, "rank", str(RANKS[token.word])))
        at += 1
    return found


def _counted(start: int, end: int, value: int, after: Token | None) -> Figure:
    if after is not None and after.word in _SCALES:
        return Figure(start, after.end, "count", _plain(value * _SCALES[after.word]))
    if after is not None and after.word in _SHARES:
        return Figure(start, end, "share", str(value))
    return Figure(start, end, "count", str(value), stem(after.word) if after else "")


def _ones(word: str) -> int:
    value = COUNTS.get(word)
    return value if isinstance(value, int) and word not in _NO_COUNTS else 1 if word == "one" else 0


@lru_cache(maxsize=4096)
def _value(digits: str) -> Decimal | None:
    """The number: 1,200 is 1200 and 2.24 is 2.24; groups of three are thousands behind commas, or where there are several."""
    parts = re.split(r"[.,]", digits)
    marks = [mark for mark in digits if mark in ".,"]
    if len(parts) > 1 and all(len(part) == 3 for part in parts[1:]) and ("," in marks or len(marks) > 1):
        digits = "".join(parts)
    elif len(parts) == 2:
        digits = ".".join(parts)
    elif len(parts) > 2:
        digits = "".join(parts[:-1]) + "." + parts[-1]
    try:
        return Decimal(digits)
    except InvalidOperation:
        return None


def _plain(value: Decimal | int) -> str:
    return format(Decimal(value).normalize(), "f")
