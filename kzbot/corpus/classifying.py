"""Pieces of a text become blocks: the title, furniture, lists, headings, and what remains is a paragraph."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from kzbot.corpus.article import Block
from kzbot.corpus.furniture import furniture
from kzbot.corpus.lines import (
    Piece,
    Role,
    begins_quoted,
    continues,
    count_words,
    ends_sentence,
    is_prose,
    letters_and_digits,
)
from kzbot.corpus.lines import piece as make_piece

_TITLE_LINES = 4
_LONGEST_TITLE_LINE = 400
_HEADING_WORDS = 12
_HEADING_ENDS = (",", ";", ":", "-", "–", "—")
_BEFORE_SITE_NAME = re.compile(r"\s+[|–—»«:·•-]+\s+")


def classify(
    text: str, pieces: Sequence[Piece], title: str, credits: Collection[str], *, guess_headings: bool
) -> tuple[Block, ...]:
    """The blocks that `pieces` of `text` make: in order, without overlap, with nothing but white space between them.

    `credits` are names (publisher, author) that are furniture on a line of their own. `guess_headings`: short lines
    above running text count as headings, in formats that do not mark headings.
    """
    found = _without_marks_only(_titled(text, pieces, title))
    found = furniture(found, title, credits)
    found = list(_joined_items(text, found))
    if guess_headings:
        found = _with_headings(found)
    return tuple(_block(piece) for piece in found)


def _block(piece: Piece) -> Block:
    match piece.role:
        case "heading" | "furniture":
            return Block(piece.start, piece.end, piece.role)
        case "item":
            return Block(piece.start, piece.end, "list_item")
        case _:
            return Block(piece.start, piece.end, "paragraph")


def _without_marks_only(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces without a letter or digit (rules, bullets alone) are furniture."""
    return [
        piece if any(character.isalnum() for character in piece.words) else replace(piece, role="furniture")
        for piece in pieces
    ]


def _titled(text: str, pieces: Sequence[Piece], title: str) -> list[Piece]:
    """The title where it is printed, over one line or several, is a heading; printed again, it is furniture.

    A site's name behind it ("Title | The Site") is furniture.
    """
    wanted = letters_and_digits(title)
    result: list[Piece] = []
    seen = False
    position = 0
    while position < len(pieces):
        length, end = _title_at(pieces, position, wanted) if wanted else (0, 0)
        if not length:
            result.append(pieces[position])
            position += 1
            continue
        first, last = pieces[position], pieces[position + length - 1]
        role: Role = "furniture" if seen else "heading"
        result.append(replace(first, end=end, words=text[first.start : end], role=role, last_line=last.last_line))
        if end < last.end:
            result.append(make_piece(text, end, last.end, "furniture", last.line, last.last_line))
        seen = True
        position += length
    return result


def _title_at(pieces: Sequence[Piece], position: int, wanted: str) -> tuple[int, int]:
    """How many pieces from `position` on spell the title, and where it ends; (0, 0) if none do."""
    joined = ""
    for length, piece in enumerate(pieces[position : position + _TITLE_LINES], start=1):
        if piece.role == "furniture":
            return 0, 0
        joined += letters_and_digits(piece.words)
        if joined == wanted:
            return length, piece.end
        if not wanted.startswith(joined):
            break
    words = pieces[position].words
    if len(words) > _LONGEST_TITLE_LINE:
        return 0, 0
    for mark in _BEFORE_SITE_NAME.finditer(words):
        rest = words[mark.end() :]
        if letters_and_digits(words[: mark.start()]) == wanted and count_words(rest) <= 6 and not ends_sentence(rest):
            return 1, pieces[position].start + mark.start()
    return 0, 0


def _joined_items(text: str, pieces: Sequence[Piece]) -> Iterator[Piece]:
    """List items over which one sentence runs become one: the first begins it, the next goes on in lower case."""
    waiting: list[Piece] = []
    for piece in pieces:
        if waiting and piece.role == "furniture" and _is_mark(piece):
            waiting.append(piece)
            continue
        if waiting and piece.role == "item" and len(waiting) > 1 and _runs_over(waiting[0], piece):
            first = waiting[0]
            waiting = [replace(first, end=piece.end, words=text[first.start : piece.end], last_line=piece.last_line)]
            continue
        yield from waiting
        waiting = []
        if piece.role == "item":
            waiting = [piece]
        else:
            yield piece
    yield from waiting


def _is_mark(piece: Piece) -> bool:
    return len(piece.words) <= 2 and not any(character.isalnum() for character in piece.words)


def _runs_over(item: Piece, following: Piece) -> bool:
    """Whether a sentence that begins in `item` goes on in the next item, and ends there."""
    if ends_sentence(item.words) or item.words.endswith(_HEADING_ENDS) or count_words(item.words) < 4:
        return False
    begins = not continues(item.words)
    return begins and continues(following.words) and (ends_sentence(following.words) or ". " in following.words)


def _with_headings(pieces: Sequence[Piece]) -> list[Piece]:
    """Short lines that end no sentence and stand above running text are headings."""
    result = list(pieces)
    text = [position for position, piece in enumerate(pieces) if piece.role != "furniture"]
    for number, position in enumerate(text[:-1]):
        piece, below = pieces[position], pieces[text[number + 1]]
        above = pieces[text[number - 1]] if number else None
        if _like_heading(piece) and _goes_above(below) and not _broken_off(above):
            result[position] = replace(piece, role="heading")
    return result


def _like_heading(piece: Piece) -> bool:
    words = piece.words
    if piece.role != "text" or piece.line != piece.last_line or count_words(words) > _HEADING_WORDS or len(words) > 100:
        return False
    if ends_sentence(words) and not words.endswith(("?", "!")):
        return False
    return not words.endswith(_HEADING_ENDS) and not begins_quoted(words) and not continues(words)


def _goes_above(below: Piece) -> bool:
    return is_prose(below.words) or below.role == "item"


def _broken_off(above: Piece | None) -> bool:
    """Whether the text above stops in the middle of a sentence, which the line then may go on with."""
    if above is None or above.role != "text" or ends_sentence(above.words):
        return False
    return count_words(above.words) > _HEADING_WORDS
