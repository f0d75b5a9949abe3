"""/source: an article by words of its title, its id, its address or a passage's; its card and its whole text."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from kzbot.answers.evidence import Shown, Wanted, evidence_of, own_date
from kzbot.answers.model import Answer, MatchedThrough, Question, SourceCard
from kzbot.answers.receipts import ambiguous, not_found
from kzbot.index import articles, passages
from kzbot.index.generation import Generation
from kzbot.index.rows import ArticleRow, PassageRow
from kzbot.language import words
from kzbot.language.addresses import url_stem

MOST_CHOICES = 10


@dataclass(frozen=True, slots=True)
class Sought:
    """The articles that fit, the passage whose address was given, and the id that was begun."""

    rows: Sequence[ArticleRow]
    passage: PassageRow | None = None
    through: tuple[MatchedThrough, ...] = ()


async def source(question: Question, generation: Generation) -> Answer:
    """The article that was meant (the newest where nothing is asked), with its first or the addressed passage."""
    what = str(question.options.get("what", ""))
    sought = await _sought(generation, what)
    if not sought.rows:
        nearest = [row.title for row in await articles.newest(generation, 5)]
        return not_found(question, generation, "answers.not_found.source", nearest=nearest)
    if len(sought.rows) > 1:
        return ambiguous(question, generation, what, _choices(sought.rows), "answers.ambiguous.articles")
    return await _answer(question, generation, sought)


async def _answer(question: Question, generation: Generation, sought: Sought) -> Answer:
    article, passage = sought.rows[0], sought.passage
    text = (await articles.texts_of(generation, [article.number]))[article.number]
    shown = passage or _opening(await passages.of_article(generation, article.number, limit=30))
    wanted = [Wanted(shown, None if passage else own_date(article))] if shown else []
    items = await evidence_of(generation, wanted, Shown())
    card = SourceCard(text, article.archived_url, article.author, article.published_ground, article.first_seen)
    return Answer(
        question.command,
        question.options,
        "answered",
        "answers.source.passage" if passage else "answers.source.article",
        generation.id,
        generation.articles,
        values={"title": article.title, "publisher": article.publisher or "", "url": article.url or ""},
        items=items,
        total=len(items),
        matched_through=sought.through,
        source=card,
        passage="unchanged" if passage else None,
    )


def _opening(found: Sequence[PassageRow]) -> PassageRow | None:
    return next((passage for passage in found if passage.kind == "sentence"), next(iter(found), None))


def _choices(rows: Sequence[ArticleRow]) -> list[str]:
    """Titles to choose from; where two articles share one, its id stands instead."""
    titles = [row.title for row in rows[:MOST_CHOICES]]
    return [row.title if titles.count(row.title) == 1 else row.id for row in rows[:MOST_CHOICES]]


async def _sought(generation: Generation, what: str) -> Sought:
    if not what:
        return Sought(await articles.newest(generation, 1))
    passage = await passages.by_address(generation, what)
    if passage is not None:
        rows = await generation.article_rows([passage.article])
        return Sought([rows[passage.article]], passage)
    row = await articles.by_key(generation, what)
    if row is not None:
        return Sought([row])
    found = await _by_url(generation, what) if "/" in what else await _by_title(generation, what)
    return Sought(found) if found else await _begun(generation, what)


async def _begun(generation: Generation, what: str) -> Sought:
    """Articles whose id or file begins with what was typed."""
    rows = await articles.by_beginning(generation, what, MOST_CHOICES)
    return Sought(rows, through=(MatchedThrough(what, rows[0].id, "prefix"),) if len(rows) == 1 else ())


async def _by_url(generation: Generation, what: str) -> list[ArticleRow]:
    stem = url_stem(what)
    found = await articles.by_url(generation, stem) if len(stem) > 3 else []
    return [row for row in found if stem in (url_stem(row.url or ""), url_stem(row.archived_url or ""))]


async def _by_title(generation: Generation, what: str) -> list[ArticleRow]:
    """Articles by words of the title: every word, as typed or in the nearest spelling; an exact title wins."""
    tokens = [token.word for token in words.tokens(what)]
    telling = [word for word in tokens if word not in words.STOP_WORDS] or tokens
    if not telling:
        return []
    groups = [[word, *(generation.speller.nearest(word) if len(word) >= 4 else ())] for word in telling]
    found = await articles.by_title_words(generation, groups, 200)
    exact = [row for row in found if [token.word for token in words.tokens(row.title)] == tokens]
    if exact or len(found) <= 1:
        return exact or found
    scores = {row.number: fuzz.ratio(" ".join(tokens), row.title.casefold()) for row in found}
    return sorted(found, key=lambda row: -scores[row.number])
