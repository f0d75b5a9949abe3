"""Plain text: paragraphs by line ends and blank lines, lists by their bullets."""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from kzbot.corpus.article import Block
from kzbot.corpus.classifying import classify
from kzbot.corpus.lines import Line, Piece, ends_sentence, lines_of, piece
from kzbot.corpus.wrapping import Wrapping, wrapping_of

_BULLET = re.compile(r"(?:[•·▪●◦‣∙○■□►⁃➢*+>»–—-]|o(?=\t|\s{2}))(?:\s+|(?<=[•·▪●◦‣∙■►➢])(?=\w))")
_NUMBERED = re.compile(r"\(?(?P<number>\d{1,3})[.)]\s+(?=\S)")
_SENTENCE_SIGNS = ("-", "–", "—", "*", "+", ">", "(")
_LIST_OPENERS = (".", "!", "?", ":", ";", ",", "”", '"', ")", "and", "or")
_WRAPPED = 55
_LETTERED = re.compile(r"\(?(?P<letter>[a-z])\)\s+(?=\S)")


def declared_title(text: str) -> str | None:
    """Plain text declares no title: which of its lines is one cannot be known."""
    return None


def blocks(text: str, title: str, skip: Collection[int], credits: Collection[str]) -> tuple[Block, ...]:
    """The blocks of `text`; `skip` are numbers of its lines, `credits` names that are furniture on a line of their own."""
    lines = lines_of(text)
    marks = _marks(lines)
    wrapping = wrapping_of([line for line in lines if line.number not in marks and line.number not in skip])
    pieces: list[Piece] = []
    for group in _groups(lines, skip, marks, wrapping):
        pieces += _pieces(text, group, skip, marks)
    return classify(text, pieces, title, credits, guess_headings=True)


def _marks(lines: Sequence[Line]) -> dict[int, int]:
    """The length of the list mark at the head of each line that has one, by line number.

    Numbers are marks only where a list counts up from 1, for "20. Juli" is a day; letters where it runs from a).
    """
    marks = {line.number: found.end() for line in lines if (found := _BULLET.match(line.text))}
    inner = {line.number for above, line in pairwise(lines) if above.number not in marks and _inside(above, line)}
    marks = {number: end for number, end in marks.items() if number not in inner}
    numbered = {line.number: found for line in lines if (found := _NUMBERED.match(line.text))}
    numbered = {number: found for number, found in numbered.items() if number not in inner}
    values = {int(found["number"]) for found in numbered.values()}
    if {1, 2} <= values:
        marks |= {number: found.end() for number, found in numbered.items() if _counted(int(found["number"]), values)}
    lettered = {line.number: found for line in lines if (found := _LETTERED.match(line.text))}
    lettered = {number: found for number, found in lettered.items() if number not in inner}
    if {"a", "b"} <= {found["letter"] for found in lettered.values()}:
        marks |= {number: found.end() for number, found in lettered.items()}
    return marks


def _inside(above: Line, line: Line) -> bool:
    """Whether `line` begins with a sign only because the sentence of the long line right above was wrapped there."""
    begins = line.text.startswith(_SENTENCE_SIGNS) or line.text[:1].isalnum()
    below = line.number == above.number + 1 and line.indent <= above.indent
    return begins and below and len(above.text) >= _WRAPPED and not above.text.endswith(_LIST_OPENERS)


def _counted(number: int, values: set[int]) -> bool:
    return number == 1 or number - 1 in values


def _groups(
    lines: Sequence[Line], skip: Collection[int], marks: Collection[int], wrapping: Wrapping
) -> list[list[Line]]:
    """Lines put together that are read as one."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and line.number not in marks and line.number not in skip and groups[-1][-1].number not in skip:
            first, last = groups[-1][0], groups[-1][-1]
            hangs = first.number in marks and line.number == last.number + 1 and line.indent > first.indent
            if (hangs and not (line.indent <= 1 and ends_sentence(last.text))) or wrapping.joins(last, line):
                groups[-1].append(line)
                continue
        groups.append([line])
    return groups


def _pieces(text: str, group: Sequence[Line], skip: Collection[int], marks: dict[int, int]) -> list[Piece]:
    first, last = group[0], group[-1]
    if first.number in skip:
        return [piece(text, first.start, last.end, "furniture", first.number, last.number)]
    length = marks.get(first.number, 0)
    if not length or first.start + length >= first.end:
        return [piece(text, first.start, last.end, "text", first.number, last.number)]
    mark = piece(text, first.start, first.start + length, "furniture", first.number, first.number)
    body_start = first.start + length
    return [mark, piece(text, body_start, last.end, "item", first.number, last.number, mark.words)]
