"""/search: the passages that answer best, best first; what they lack is named, and what is nowhere is not found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kzbot.answers.concepts import Asked, Concept, take_apart
from kzbot.answers.coverage import Coverage, Surroundings, cover
from kzbot.answers.evidence import Shown, Wanted, evidence_of
from kzbot.answers.filters import Filter, read_filter
from kzbot.answers.model import Answer, Question, Window
from kzbot.answers.receipts import bad_request, not_found
from kzbot.index import passages, searching
from kzbot.index.generation import Generation
from kzbot.index.searching import Hit
from kzbot.index.statements import Scope
from kzbot.language.spans import Span

MOST_PASSAGES = 100
CANDIDATES = 200
# Below this share of the question's weight a passage answers something else: the least bad one is not an answer.
ENOUGH = 0.5


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage that was found, with what it carries of the question."""

    hit: Hit
    coverage: Coverage
    score: float


async def search(question: Question, generation: Generation, window: Window, today: date) -> Answer:
    """The passages that carry the question, best first, at most 100; `partial` names what the best one lacks.

    From and to are held against the article's own date.
    """
    query = str(question.options["query"])
    chosen = read_filter(question, today)
    asked = await take_apart(generation, query)
    if not asked.concepts:
        return bad_request(question, generation, "answers.bad_request.words", {"asked": query[:80]})
    ranked = await _ranked(generation, asked, chosen)
    if not ranked or ranked[0].coverage.share < ENOUGH:
        return not_found(
            question,
            generation,
            "answers.not_found.search",
            read_as=chosen.read_as,
            spellings=asked.spellings,
            matched_through=asked.matched_through,
        )
    return await _answer(question, generation, window, asked, chosen, ranked)


async def _ranked(generation: Generation, asked: Asked, chosen: Filter) -> list[Ranked]:
    scope = Scope(first=_iso(chosen.first), last=_iso(chosen.last))
    match = " OR ".join(concept.match for concept in _telling(asked.concepts, generation.passages))
    hits = await searching.best(generation, match, scope, CANDIDATES)
    numbers = [hit.passage.number for hit in hits]
    rows = await generation.article_rows(hit.passage.article for hit in hits)
    marks = await passages.marks_of(generation, numbers)
    mentions = await passages.mentions_of(generation, numbers)
    titles = {row.title for row in rows.values()}
    named = {title: _names_of(generation, title) for title in titles} if any(c.names for c in asked.concepts) else {}
    ranked = []
    for hit in hits:
        number, article = hit.passage.number, rows[hit.passage.article]
        around = Surroundings(
            article, mentions.get(number, ()), named.get(article.title, frozenset()), marks.get(number, ())
        )
        coverage = cover(asked.concepts, hit.passage, around)
        ranked.append(Ranked(hit, coverage, hit.score * (0.4 + 0.6 * coverage.share)))
    return sorted(ranked, key=_rank)[:MOST_PASSAGES]


def _rank(one: Ranked) -> tuple[bool, float, int]:
    """Passages that carry all that was asked stand first; ties in order of the index."""
    return (one.coverage.share < 1, -one.score, one.hit.passage.number)


def _telling(concepts: Sequence[Concept], passages_in_all: int) -> list[Concept]:
    """The concepts to match: those found in more than half of the passages are left out while another remains."""
    rare = [concept for concept in concepts if 0 < concept.passages <= passages_in_all / 2]
    return rare or list(concepts)


def _names_of(generation: Generation, title: str) -> frozenset[str]:
    return frozenset(mention.name for mention in generation.gazetteer.mentions(title, [Span(0, len(title))]))


async def _answer(
    question: Question,
    generation: Generation,
    window: Window,
    asked: Asked,
    chosen: Filter,
    ranked: Sequence[Ranked],
) -> Answer:
    last = None if window.count is None else window.offset + window.count
    shown = ranked[window.offset : last]
    wanted = [Wanted(one.hit.passage, None, one.score, one.coverage.highlights) for one in shown]
    items = await evidence_of(generation, wanted, Shown(chosen, by_article=True))
    missing = tuple(concept.asked for concept in ranked[0].coverage.missing)
    values: Mapping[str, object] = {
        "asked": question.options["query"],
        "count": len(ranked),
        "missing": ", ".join(missing),
    }
    return Answer(
        question.command,
        question.options,
        "partial" if missing else "answered",
        "answers.search.partial" if missing else "answers.search.answered",
        generation.id,
        generation.articles,
        values=values,
        items=items,
        total=len(ranked),
        offset=window.offset,
        missing=missing,
        matched_through=asked.matched_through,
        read_as=chosen.read_as,
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
