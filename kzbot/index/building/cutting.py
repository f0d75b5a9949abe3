"""Cutting an article into passages: a sentence or two each, without page furniture and datelines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kzbot.corpus.article import Article, Block
from kzbot.index.building.address import letters_and_digits
from kzbot.language.dates.datelines import dateline
from kzbot.language.sentences import split
from kzbot.language.spans import Span

SHORT = 5
"""A sentence of fewer words is joined with its neighbour: alone it says too little to be evidence."""
LONGEST = 1_000
"""A sentence of more characters is cut, so that an excerpt can be shown whole."""
_WORD = re.compile(r"[^\W_]")
_PAUSES = tuple(re.compile(pause) for pause in (r"(?:\w{4}|\s)[.!?]\s", r";\s", r"\n", r"\s"))
_FIRST_WIDE = "\u2e80"
_BULLETS = "•‣◦▪●·*–—- \t\n"


@dataclass(frozen=True, slots=True)
class Cut:
    """A passage by its sentences, which are spans into the article's text; `paragraph` counts blocks from 1."""

    sentences: tuple[Span, ...]
    kind: Literal["heading", "sentence"]
    paragraph: int

    @property
    def span(self) -> Span:
        """From the first character of the first sentence to the last one of the last."""
        return Span(self.sentences[0].start, self.sentences[-1].end)


def cut(article: Article) -> list[Cut]:
    """The passages of the article's text in order; none holds furniture, a dateline, or no letter at all."""
    cuts: list[Cut] = []
    evidence = [block for block in article.blocks if block.kind != "furniture"]
    for paragraph, block in enumerate(evidence, start=1):
        if block.kind == "heading":
            span = _trimmed(article.text, block.start, block.end)
            found = [Cut((span,), "heading", paragraph)]
        else:
            found = [Cut(joined, "sentence", paragraph) for joined in _joined(article.text, _sentences(article, block))]
        cuts += [one for one in found if _WORD.search(article.text, *one.span)]
    return cuts


def title_is_printed(article: Article) -> bool:
    """Whether a block of the text is the title, whatever its case and typography."""
    title = letters_and_digits(article.title)
    return any(
        letters_and_digits(article.text[block.start : block.end]) == title
        for block in article.blocks
        if block.end - block.start < 4 * len(article.title) + 20
    )


def _sentences(article: Article, block: Block) -> list[Span]:
    """The sentences of a paragraph or list, from behind its dateline on."""
    text = article.text
    start = block.start
    if block.kind == "paragraph" and (head := dateline(text, block.start, block.end)) is not None:
        start = head.end
    sentences = [part for sentence in split(text, start, block.end) for part in _shortened(text, sentence)]
    if block.kind == "list_item" and sentences:
        first = sentences[0]
        while first.start < first.end and text[first.start] in _BULLETS:
            first = Span(first.start + 1, first.end)
        sentences[0] = first
    return [sentence for sentence in sentences if sentence.start < sentence.end]


def _shortened(text: str, sentence: Span) -> Iterator[Span]:
    """The sentence, or pieces of at most LONGEST characters that end where a reader would pause."""
    start, end = sentence
    while end - start > LONGEST:
        at = _pause(text, start + LONGEST // 2, start + LONGEST)
        piece = _trimmed(text, start, at)
        if piece.start < piece.end:
            yield piece
        start = at
    piece = _trimmed(text, start, end)
    if piece.start < piece.end:
        yield piece


def _pause(text: str, start: int, end: int) -> int:
    """The last place in `text[start:end]` to cut at: behind a full stop, else a semicolon, a line, a blank; else `end`."""
    for pause in _PAUSES:
        places = [match.end() for match in pause.finditer(text, start, end)]
        if places:
            return places[-1]
    return end


def _joined(text: str, sentences: list[Span]) -> list[tuple[Span, ...]]:
    """The sentences of one paragraph, those under SHORT words with the one before them, the first with the next."""
    groups: list[list[Span]] = []
    for sentence in sentences:
        fits = bool(groups) and sentence.end - groups[-1][0].start <= LONGEST
        if fits and (_is_short(text, sentence) or all(_is_short(text, one) for one in groups[-1])):
            groups[-1].append(sentence)
        else:
            groups.append([sentence])
    return [tuple(group) for group in groups]


def _is_short(text: str, sentence: Span) -> bool:
    """Whether a sentence has fewer than SHORT words; of a script without blanks two characters count as one."""
    words = text[sentence.start : sentence.end].split()
    if len(words) >= SHORT or sentence.end - sentence.start > LONGEST // 2:
        return False
    return len(words) + sum(character >= _FIRST_WIDE for word in words for character in word) // 2 < SHORT


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
