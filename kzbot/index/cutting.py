"""Cutting an article into passages: a sentence or two each, without page furniture and datelines."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kzbot.corpus.article import Article, Block
from kzbot.index.address import letters_and_digits
from kzbot.language.dates.datelines import dateline
from kzbot.language.sentences import split
from kzbot.language.spans import Span

SHORT = 5
"""A sentence of fewer words is joined with its neighbour: alone it says too little to be evidence."""
LONGEST = 1_000
"""A sentence of more characters is cut at white space, so that an excerpt can be shown whole."""
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
        cuts += [one for one in found if letters_and_digits(article.text[one.span.start : one.span.end])]
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
    """The sentence, or pieces of at most LONGEST characters that end at a line, a semicolon or a blank."""
    start, end = sentence
    while end - start > LONGEST:
        limit = start + LONGEST
        behind = start + LONGEST // 2
        at = max(text.rfind("\n", behind, limit), text.rfind("; ", behind, limit) + 1)
        if at <= behind:
            at = text.rfind(" ", behind, limit)
        at = at if at > behind else limit
        piece = _trimmed(text, start, at)
        if piece.start < piece.end:
            yield piece
        start = at
    piece = _trimmed(text, start, end)
    if piece.start < piece.end:
        yield piece


def _joined(text: str, sentences: list[Span]) -> list[tuple[Span, ...]]:
    """The sentences of one paragraph, those under SHORT words with the one before them, the first with the next."""
    groups: list[list[Span]] = []
    for sentence in sentences:
        short = _words(text, sentence) < SHORT
        lonely = bool(groups) and sum(_words(text, one) for one in groups[-1]) < SHORT
        if groups and (short or lonely):
            groups[-1].append(sentence)
        else:
            groups.append([sentence])
    return [tuple(group) for group in groups]


def _words(text: str, span: Span) -> int:
    return len(text[span.start : span.end].split())


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
