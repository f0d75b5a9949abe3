"""Making evidence of passages: the verbatim excerpt with its article, dates, names and link."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from kzbot.answers.filters import Filter, Fit
from kzbot.answers.links import Page, page_of
from kzbot.answers.model import DatedMark, Evidence
from kzbot.index import articles, overlays, passages
from kzbot.index.generation import Generation
from kzbot.index.rows import ArticleRow, CorrectionRow, MarkRow, MentionRow, NameRow, PassageRow
from kzbot.index.statements import Statement
from kzbot.language.dates.mark import DateMark
from kzbot.language.dates.marks import published_mark


@dataclass(frozen=True, slots=True)
class Wanted:
    """A passage to show: `mark` is the date that it stands for first; `highlights` are offsets into the article's text."""

    passage: PassageRow
    mark: DateMark | None = None
    score: float = 1.0
    highlights: tuple[tuple[int, int], ...] = ()
    event: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """How evidence is dated: with its own marks (`own`), or its article's date; which filter it is held against.

    `corrections`: what words of its article are said to mean.
    """

    filter: Filter = field(default_factory=Filter)
    by_article: bool = False
    own: bool = True
    corrections: tuple[CorrectionRow, ...] = ()


async def evidence_of(generation: Generation, wanted: Sequence[Wanted], shown: Shown) -> tuple[Evidence, ...]:
    """Evidence for these passages, in this order; each list of the database is read once for all of them."""
    numbers = [one.passage.number for one in wanted]
    rows = await generation.article_rows(one.passage.article for one in wanted)
    texts = await articles.texts_of(generation, rows)
    marks = await passages.marks_of(generation, numbers)
    mentions = await passages.mentions_of(generation, numbers)
    pages = _Pages(rows, texts)
    corrections = await overlays.corrections(generation)
    return tuple(
        _evidence(
            generation,
            one,
            rows[one.passage.article],
            pages,
            marks.get(one.passage.number, []),
            mentions.get(one.passage.number, []),
            replace(shown, corrections=corrections.get(one.passage.article, ())),
        )
        for one in wanted
    )


class _Pages:
    """The texts of some articles, each read at most once for the links into it."""

    def __init__(self, rows: Mapping[int, ArticleRow], texts: Mapping[int, str]) -> None:
        self._rows = rows
        self._texts = texts
        self._pages: dict[tuple[int, bool], Page] = {}

    def source(self, passage: PassageRow) -> str:
        """The text that the passage's offsets are into."""
        return self._rows[passage.article].title if passage.in_title else self._texts[passage.article]

    def link(self, url: str | None, passage: PassageRow) -> str | None:
        """`url` opened at the passage."""
        if not url:
            return None
        key = (passage.article, passage.in_title)
        if key not in self._pages:
            markdown = self._rows[passage.article].is_markdown
            self._pages[key] = page_of(self.source(passage), markdown=markdown)
        return self._pages[key].link(url, passage.start, passage.end)


async def evidence_of_statements(
    generation: Generation, found: Sequence[Statement], shown: Shown
) -> tuple[Evidence, ...]:
    """The statements as evidence, each with the others that it stands for."""
    every = [each for one in found for each in (one, *one.others)]
    made = iter(await evidence_of(generation, [Wanted(e.passage, e.mark.mark, event=e.event) for e in every], shown))
    return tuple(replace(next(made), others=tuple(next(made) for _ in one.others)) for one in found)


def _evidence(
    generation: Generation,
    one: Wanted,
    article: ArticleRow,
    pages: "_Pages",
    marks: Sequence[MarkRow],
    mentions: Sequence[MentionRow],
    shown: Shown,
) -> Evidence:
    passage = one.passage
    source = pages.source(passage)
    dates = _dates(one, [row.mark for row in marks], shown)
    return Evidence(
        excerpt=source[passage.start : passage.end],
        start=passage.start,
        end=passage.end,
        article=article.id,
        file=article.file,
        title=article.title,
        title_basis=article.title_basis,  # type: ignore[arg-type]
        publisher=article.publisher,
        url=article.url,
        link=pages.link(article.url, passage),
        archived=pages.link(article.archived_url, passage),
        published=article.published,
        published_basis=article.published_basis,  # type: ignore[arg-type]
        address=passage.address,
        where="title" if passage.in_title else "text",
        date=dates[0].mark.edtf if dates else None,
        dates=dates,
        names=names_in(generation.names, mentions),
        highlights=one.highlights,
        score=round(one.score, 4),
        fit=_article_fit(article, shown),
        event=one.event,
    )


def _dates(one: Wanted, marks: list[DateMark], shown: Shown) -> tuple[DatedMark, ...]:
    """All marks of the excerpt, the item's own first, those that date nothing last."""
    ordered = sorted(marks, key=lambda mark: (mark != one.mark, not mark.tells, mark.start or 0))
    if one.mark is not None and one.mark.basis == "published":
        ordered = [one.mark, *ordered]
    if not shown.own:
        return ()
    if shown.by_article:
        return tuple(DatedMark(mark, None, _corrected(mark, shown)) for mark in ordered)
    return tuple(
        DatedMark(mark, shown.filter.fit(mark.earliest, mark.latest), _corrected(mark, shown)) for mark in ordered
    )


def _corrected(mark: DateMark, shown: Shown) -> Literal["moderator", "metadata"] | None:
    """Who said what the mark's words mean: a correction takes the place of all readings that its words touch."""
    if not shown.corrections or mark.words is None or mark.basis == "published":
        return None
    words = " ".join(mark.words.split())
    found = next((one for one in shown.corrections if one.edtf and " ".join(one.words.split()) in words), None)
    return None if found is None else "moderator" if found.laid else "metadata"


def _article_fit(article: ArticleRow, shown: Shown) -> Fit | None:
    if not shown.by_article:
        return None
    return shown.filter.fit(day(article.published_earliest), day(article.published_latest))


def names_in(names: Mapping[str, NameRow], mentions: Iterable[MentionRow]) -> tuple[str, ...]:
    """Canonical names of what is mentioned, each once, in order of the text."""
    found = dict.fromkeys(mention.name for mention in mentions if mention.name in names)
    return tuple(names[name].canonical for name in found)


def day(text: str | None) -> date | None:
    """A day as the index keeps it (ISO), or None."""
    return date.fromisoformat(text) if text else None


def own_date(article: ArticleRow) -> DateMark | None:
    """The article's own date as a mark of basis `published`, or None where it is not known."""
    return published_mark(article.published) if article.published else None
