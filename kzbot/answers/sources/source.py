"""/source: an article by words of its title, its id, its address or a passage's; its card and its whole text."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from kzbot.answers.evidence import Shown, Wanted, evidence_of, own_date
from kzbot.answers.model import Answer, MatchedThrough, Question, SourceCard
from kzbot.answers.receipts import ambiguous, not_found
from kzbot.answers.sources.addressed import Became, became
from kzbot.index import articles, passages
from kzbot.index.generation import Generation
from kzbot.index.past import is_address, kept
from kzbot.index.rows import ArticleRow, PassageRow
from kzbot.language import words
from kzbot.language.addresses import url_stem

MOST_CHOICES = 10


@dataclass(frozen=True, slots=True)
class Sought:
    """The articles that fit, and the id that was begun."""

    rows: Sequence[ArticleRow]
    through: tuple[MatchedThrough, ...] = ()


async def source(question: Question, generation: Generation) -> Answer:
    """The article that was meant (the newest where nothing is asked) with its first passage; of an address of a passage,
    what became of it."""
    what = str(question.options.get("what", ""))
    found = await became(generation, what) if "#" in what else None
    if found is not None:
        return await _addressed(question, generation, found)
    sought = await _sought(generation, what)
    if len(sought.rows) > 1:
        return ambiguous(question, generation, what, _choices(sought.rows), "answers.ambiguous.articles")
    if sought.rows:
        return await _of_article(question, generation, sought)
    if is_address(what):
        return await _unknown(question, generation, what)
    return not_found(question, generation, "answers.not_found.source", nearest=await _newest(generation))


async def _of_article(question: Question, generation: Generation, sought: Sought) -> Answer:
    article = sought.rows[0]
    shown = _opening(await passages.of_article(generation, article.number, limit=30))
    wanted = [Wanted(shown, own_date(article))] if shown else []
    made = await _answer(question, generation, article, wanted, "answers.source.article")
    return replace(made, matched_through=sought.through)


async def _answer(
    question: Question, generation: Generation, article: ArticleRow, wanted: Sequence[Wanted], message: str
) -> Answer:
    text = (await articles.texts_of(generation, [article.number]))[article.number]
    items = await evidence_of(generation, wanted, Shown())
    return Answer(
        question.command,
        question.options,
        "answered",
        message,
        generation.id,
        generation.articles,
        values={"title": article.title, "publisher": article.publisher or "", "url": article.url or ""},
        items=items,
        total=len(items),
        source=SourceCard(text, article.archived_url, article.author, article.published_ground, article.first_seen),
    )


async def _addressed(question: Question, generation: Generation, found: Became) -> Answer:
    """What became of a passage: its place now as evidence, the wording of before told as such and never as evidence."""
    passage = found.passage
    then = {"then": passage.title or "", "day": (passage.created or "")[:10]}
    if found.article is None:
        nearest = [row.title for row in (await _by_title(generation, passage.title or ""))[:5]]
        made = not_found(
            question, generation, "answers.source.gone", values=then, nearest=nearest or await _newest(generation)
        )
        return replace(made, passage=passage)
    wanted = [Wanted(row, highlights=_marked(found, row)) for row in found.passages]
    message = f"answers.source.{passage.state}"
    if passage.state == "moved":
        message = f"answers.source.moved_{found.where}"
    made = await _answer(question, generation, found.article, wanted, message)
    return replace(made, passage=passage, values={**made.values, **then})


def _marked(found: Became, row: PassageRow) -> tuple[tuple[int, int], ...]:
    """What differs from the wording before, as offsets into the text that the passage is of."""
    moved = [(start + found.new_from, end + found.new_from) for start, end in found.passage.new_marks]
    return tuple((max(a, row.start), min(b, row.end)) for a, b in moved if a < row.end and row.start < b)


async def _unknown(question: Question, generation: Generation, what: str) -> Answer:
    """An address that no state of the corpus has that can be looked into."""
    states = await kept(generation)
    article = await articles.by_key(generation, what.rpartition("#")[0])
    nearest = [article.id] if article is not None else await _newest(generation)
    values = {"count": states.count, "since": (states.since or "")[:10]}
    message = "answers.not_found.address_kept" if states.count else "answers.not_found.address"
    return not_found(question, generation, message, values=values, nearest=nearest)


async def _newest(generation: Generation) -> list[str]:
    return [row.title for row in await articles.newest(generation, 5)]


def _opening(found: Sequence[PassageRow]) -> PassageRow | None:
    return next((passage for passage in found if passage.kind == "sentence"), next(iter(found), None))


def _choices(rows: Sequence[ArticleRow]) -> list[str]:
    """Titles to choose from; where two articles share one, its id stands instead."""
    titles = [row.title for row in rows[:MOST_CHOICES]]
    return [row.title if titles.count(row.title) == 1 else row.id for row in rows[:MOST_CHOICES]]


async def _sought(generation: Generation, what: str) -> Sought:
    if not what:
        return Sought(await articles.newest(generation, 1))
    row = await articles.by_key(generation, what)
    if row is not None:
        return Sought([row])
    if is_address(what):
        return Sought(await _by_url(generation, what) if "/" in what else [])
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
