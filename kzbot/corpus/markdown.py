"""Markdown: block structure by markdown-it-py, the text itself untouched."""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kzbot.corpus.article import Block
from kzbot.corpus.classifying import classify
from kzbot.corpus.furniture import without_markdown
from kzbot.corpus.lines import Line, Piece, Role, continues, ends_sentence, lines_of, piece

_MARK = re.compile(r"(?:>|#{1,6}(?=\s)|[-*+](?=\s)|\d{1,9}[.)](?=\s))[ \t]*")
_CLOSING_MARK = re.compile(r"[ \t]+#+$")
_HARD_BREAK = re.compile(r"(?: {2,}|\\)$")
_COMMENT_OR_CODE = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_FENCES = ("```", "~~~")
_SHORTEST_WRAPPED = 40
_LONGEST_WRAPPED = 160
_LEAVES = frozenset({"heading_open", "paragraph_open", "fence", "code_block", "html_block", "tr_open", "hr"})


class _Leaf(NamedTuple):
    """Lines `first` to before `last`, counted from 0, that Markdown reads as one `kind` of block."""

    first: int
    last: int
    kind: str
    in_list: bool


def declared_title(text: str) -> str | None:
    """The first heading of level 1, as a reader sees it, or None."""
    tokens = _parser().parse(text)
    for number, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h1":
            return " ".join(without_markdown(tokens[number + 1].content).split()) or None
    return None


def blocks(text: str, title: str, skip: Collection[int], credits: Collection[str]) -> tuple[Block, ...]:
    """The blocks of `text`; `skip` are numbers of its lines, `credits` names that are furniture on a line of their own.

    Marks of layout (#, >, bullets, fences) are furniture of their own, so that an excerpt begins with its words.
    """
    lines = {line.number - 1: line for line in lines_of(text)}
    raw = text.split("\n")
    pieces: list[Piece] = []
    for leaf in _leaves(text, lines):
        group: list[Line] = []
        for number in range(leaf.first, leaf.last):
            line = lines.get(number)
            if line is None:
                continue
            if line.number in skip:
                pieces += _pieces(text, group, leaf)
                pieces.append(piece(text, line.start, line.end, "furniture", line.number, line.number))
                group = []
                continue
            if group and _parts(group[-1], line, raw[number - 1], leaf):
                pieces += _pieces(text, group, leaf)
                group = []
            group.append(line)
        pieces += _pieces(text, group, leaf)
    return classify(text, pieces, title, credits, guess_headings=False)


def _parts(line: Line, following: Line, raw: str, leaf: _Leaf) -> bool:
    """Whether a new piece begins between two lines of one leaf; `raw` is the first of them with its white space.

    In a paragraph that is at a hard break, and where lines are clearly no wrapped text: after a short line such as a
    byline, and after a long one that ends its sentence.
    """
    if leaf.kind in ("html_block", "heading_open"):
        return False
    if leaf.kind != "paragraph_open" or _HARD_BREAK.search(raw):
        return True
    if continues(_MARK.sub("", following.text)):
        return False
    return len(line.text) < _SHORTEST_WRAPPED or (len(line.text) > _LONGEST_WRAPPED and ends_sentence(line.text))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.disable(["inline", "text_join"])
    return parser


def _leaves(text: str, lines: dict[int, Line]) -> Iterator[_Leaf]:
    """The leaves of Markdown's tree in order, with lines that no leaf holds (link definitions) as leaves of their own."""
    done = 0
    end = max(lines, default=-1) + 1
    for leaf in _parsed(_parser().parse(text)):
        if leaf.first < done:
            continue
        yield from (_Leaf(number, number + 1, "other", False) for number in range(done, leaf.first))
        yield leaf
        done = leaf.last
    yield from (_Leaf(number, number + 1, "other", False) for number in range(done, end))


def _parsed(tokens: Sequence[Token]) -> Iterator[_Leaf]:
    depth = 0
    for token in tokens:
        if token.type == "list_item_open":
            depth += 1
        elif token.type == "list_item_close":
            depth -= 1
        elif token.type in _LEAVES and token.map:
            underlined = token.type == "heading_open" and token.markup in ("=", "-")
            yield _Leaf(token.map[0], token.map[1] - underlined, token.type, depth > 0)


def _pieces(text: str, group: Sequence[Line], leaf: _Leaf) -> list[Piece]:
    """The pieces of lines that are read as one: layout marks in front, then the words."""
    if not group:
        return []
    first, last = group[0], group[-1]
    found = []
    start = first.start
    if leaf.kind in ("paragraph_open", "heading_open"):
        while (mark := _MARK.match(text, start, last.end)) and mark.end() < last.end:
            found.append(piece(text, start, mark.end(), "furniture", first.number, first.number))
            start = mark.end()
    closing = _CLOSING_MARK.search(text, start, last.end) if leaf.kind == "heading_open" else None
    end = closing.start() if closing else last.end
    role = _role(leaf, text[start:end])
    found.append(piece(text, start, end, role, first.number, last.number))
    if closing:
        found.append(piece(text, end, last.end, "furniture", last.number, last.number))
    return found


def _role(leaf: _Leaf, words: str) -> Role:
    if leaf.kind == "heading_open":
        return "heading"
    if leaf.kind == "fence" and words.startswith(_FENCES):
        return "furniture"
    if leaf.kind == "html_block" and not _shown_text(words):
        return "furniture"
    return "item" if leaf.in_list else "text"


def _shown_text(html: str) -> bool:
    """Whether anything but comments, scripts and tags is in a block of HTML."""
    shown = _TAG.sub("", _COMMENT_OR_CODE.sub("", html))
    return any(character.isalnum() for character in shown)
