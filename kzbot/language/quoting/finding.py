"""Finding the quotations of a message: between quotation marks of any kind, and in Discord's block quotes.

Written for hostile text: one pass over lines and marks, each looked at a bounded number of times.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]")
_LETTERS = re.compile(r"[^\W_]+")
_MARK = re.compile(r"[“”„‟\"«»‹›‚‘’']|\n[^\S\n]*\n")
_REST = re.compile(r"[ \t]{0,3}>>>[ \t]+")
_LINE = re.compile(r"[ \t]{0,3}>(?:[ \t]+|$)")
_DOUBLE = {"“": '”"', "„": '“”"', "‟": '”"', "«": "»", "»": "«", '"': '"”“', "”": "”"}
_SINGLE = {"‘": "’", "‚": "‘’", "‹": "›", "›": "‹", "'": "'’"}
_CLOSERS = _DOUBLE | _SINGLE
_APOSTROPHES = "'’"
_LOOKED_ON = 20


@dataclass(frozen=True, slots=True)
class Quotation:
    """What a message quotes: `words` without its marks, and where it stands in the message, with them; end exclusive.

    `within`: of a whole message or a block quote, the quotations that it holds; which of them are meant, the source of the
    words tells.
    """

    words: str
    start: int
    end: int
    within: tuple["Quotation", ...] = ()

    @property
    def count(self) -> int:
        """How many quotations it holds, itself where it holds none."""
        return sum(one.count for one in self.within) or 1


@dataclass(frozen=True, slots=True)
class _Marked:
    """A quotation by marks: from the opening mark to behind the closing one, and what lies between them."""

    start: int
    inner: int
    inner_end: int
    end: int


def quotations(message: str) -> list[Quotation]:
    """The quotations of a message: the whole of it, with its block quotes and those by marks `within`, in order.

    Those without a letter or digit are left out; where one quotation is all of the message, it is given alone. A quotation
    that is not closed runs to the end of its paragraph; a single mark that is not closed is an apostrophe.
    """
    found: list[Quotation] = []
    start = 0
    for first, last, words in _blocks(message):
        found += _by_marks(message, start, first)
        inside = [Quotation(one.words, first, last) for one in _by_marks(words, 0, len(words))]
        found += _whole(words, first, last, inside)
        start = last
    found += _by_marks(message, start, len(message))
    return _whole(message, 0, len(message), found)


def word_count(text: str) -> int:
    """How many runs of letters and digits a text has."""
    return len(_LETTERS.findall(text))


def _whole(text: str, start: int, end: int, inside: list[Quotation]) -> list[Quotation]:
    """A stretch as one quotation with those inside; where one quotation in marks is all of it, that one."""
    words = text.strip()
    if len(inside) == 1 and _LETTERS.findall(inside[0].words) == _LETTERS.findall(words):
        return inside
    return [Quotation(words, start, end, tuple(inside))] if _WORD.search(words) else []


def _blocks(message: str) -> Iterator[tuple[int, int, str]]:
    """Block quotes as Discord reads them: lines behind "> ", all that is behind ">>> "; their words without the signs."""
    place, first, lines = 0, 0, list[str]()
    for line in message.splitlines(keepends=True):
        if rest := _REST.match(line):
            if lines:
                yield first, place, "".join(lines)
            yield place, len(message), message[place + rest.end() :]
            return
        if sign := _LINE.match(line):
            first = first if lines else place
            lines.append(line[sign.end() :] or "\n")
        elif lines:
            yield first, place, "".join(lines)
            lines = []
        place += len(line)
    if lines:
        yield first, place, "".join(lines)


def _by_marks(text: str, start: int, end: int) -> list[Quotation]:
    return [
        Quotation(words, one.start, one.end)
        for one in _outermost(text, start, end)
        if _WORD.search(words := text[one.inner : one.inner_end].strip())
    ]


def _outermost(text: str, start: int, end: int) -> Iterator[_Marked]:
    """The quotations by marks of `text[start:end]` that lie in no other one."""
    marks = list(_MARK.finditer(text, start, end))
    opened: re.Match[str] | None = None
    depth = 0
    for at, mark in enumerate(marks):
        if opened is None:
            if _opens(text, mark, start, end):
                opened, depth = mark, 0
        elif mark[0][0] == "\n":
            if opened[0] in _DOUBLE:
                if _goes_on(text, opened[0], marks, at, end):
                    continue
                yield _Marked(opened.start(), opened.end(), mark.start(), mark.start())
            opened = None
        elif _closes(text, opened[0], mark, marks, at, end):
            if depth:
                depth -= 1
                continue
            yield _Marked(opened.start(), opened.end(), mark.start(), mark.end())
            opened = None
        elif mark[0] == opened[0] and opened[0] in _DOUBLE and _opens(text, mark, start, end):
            depth += 1
    if opened is not None and opened[0] in _DOUBLE:
        yield _Marked(opened.start(), opened.end(), end, end)


def _opens(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    """Whether a mark may begin a quotation: something follows, and a straight or single one stands behind no word."""
    sign = mark[0]
    if sign not in _CLOSERS:
        return False
    if sign in "“„‟«":
        return True
    behind = text[mark.end()] if mark.end() < end else " "
    if behind.isspace():
        return False
    before = text[mark.start() - 1] if mark.start() > start else " "
    if sign == "'" and behind.isdigit():
        return False
    return not before.isalnum() and before not in ".,;:!?…"


def _closes(text: str, opened: str, mark: re.Match[str], marks: list[re.Match[str]], at: int, end: int) -> bool:
    """Whether a mark ends the quotation that was begun by `opened`."""
    sign = mark[0]
    if sign not in _CLOSERS[opened]:
        return False
    before, behind = text[mark.start() - 1], text[mark.end()] if mark.end() < end else " "
    if opened in _DOUBLE:
        return sign != '"' or not before.isspace() or not behind.isalnum()
    if before.isspace() or behind.isalnum():
        return False
    if before in "sS" and sign in _APOSTROPHES and behind == " ":  # the countries' efforts
        return not _closed_later(text, opened, marks, at, end)
    return True


def _goes_on(text: str, opened: str, marks: list[re.Match[str]], at: int, end: int) -> bool:
    """Whether a quotation goes on in the next paragraph: its end comes before another one begins."""
    for later, mark in enumerate(marks[at + 1 : at + 1 + _LOOKED_ON], at + 1):
        sign = mark[0]
        before = text[mark.start() - 1]
        if sign == opened and (sign not in _CLOSERS[opened] or before.isspace()):
            return False
        if sign[0] != "\n" and _closes(text, opened, mark, marks, later, end):
            return True
    return False


def _closed_later(text: str, opened: str, marks: list[re.Match[str]], at: int, end: int) -> bool:
    """Whether another mark of the same paragraph may close what is open, before a new quotation begins."""
    for mark in marks[at + 1 : at + 1 + _LOOKED_ON]:
        sign = mark[0]
        behind = text[mark.end()] if mark.end() < end else " "
        if sign[0] == "\n" or (sign == opened and not text[mark.start() - 1].isalnum() and behind.isalnum()):
            return False
        if sign in _CLOSERS[opened] and not behind.isalnum() and not text[mark.start() - 1].isspace():
            return True
    return False
