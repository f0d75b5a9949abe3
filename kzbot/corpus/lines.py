"""Lines of a text, pieces made of them, and what a line looks like."""

import re
from dataclasses import dataclass
from typing import Literal

Role = Literal["text", "item", "heading", "furniture"]

_TERMINAL = re.compile(r"[.!?…。！？؟।։]['\"”’»)\]*_]*$")
_WORD = re.compile(r"[^\W_]+(?:['’.&+-][^\W_]+)*")
_LETTERS_AND_DIGITS = re.compile(r"[\W_]+")
_QUOTES = tuple("\"'“‘«„‹「『`")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: number from 1, offsets of its text without the white space around it, its indent."""

    number: int
    start: int
    end: int
    indent: int
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines that are read as one, `start` to `end` in the text; `words` is the text between them.

    `role` is what the layout says of it; `line` and `last_line` are the numbers of its lines. `marked` tells that a
    layout mark of its own (a bullet, `>`) stood before `start`.
    """

    start: int
    end: int
    role: Role
    words: str
    line: int
    last_line: int
    marked: str = ""


def lines_of(text: str) -> list[Line]:
    """The lines of `text` that hold more than white space; only \\n ends a line."""
    lines = []
    position = 0
    for number, raw in enumerate(text.split("\n"), start=1):
        bare = raw.strip()
        if bare:
            indent = len(raw) - len(raw.lstrip())
            start = position + indent
            lines.append(Line(number, start, start + len(bare), indent, bare))
        position += len(raw) + 1
    return lines


def piece(text: str, start: int, end: int, role: Role, line: int, last_line: int, marked: str = "") -> Piece:
    """The Piece from `start` to `end`, without the white space at its ends; something else must stand between them."""
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    words = words.strip()
    return Piece(start, start + len(words), role, words, line, last_line, marked)


def letters_and_digits(text: str) -> str:
    """What is left of `text` when only letters and digits count, whatever their case."""
    return _LETTERS_AND_DIGITS.sub("", text).casefold()


def count_words(text: str) -> int:
    """How many words `text` holds ("U.S." is one, a lone dash none)."""
    return len(_WORD.findall(text))


def ends_sentence(text: str) -> bool:
    """Whether `text` ends as a sentence does, a closing quotation mark or bracket allowed."""
    return _TERMINAL.search(text) is not None


def is_sentence(text: str) -> bool:
    """Whether `text` looks like running words: five or more, ended as a sentence."""
    return ends_sentence(text) and count_words(text) >= 5


def is_prose(text: str) -> bool:
    """Whether `text` is surely article text: a sentence of eight words, or twenty-five words of any kind."""
    words = count_words(text)
    return words >= 25 or (words >= 8 and ends_sentence(text))


def begins_quoted(text: str) -> bool:
    """Whether `text` begins with a quotation mark."""
    return text.startswith(_QUOTES)


def continues(text: str) -> bool:
    """Whether a line that begins like `text` goes on with the sentence before it: in lower case, or without case."""
    first = text.lstrip(" \"'“‘«„([-–—")[:1]
    return first.islower() or (first.isalpha() and not first.isupper() and not first.istitle())
