"""Ranking passages: by BM25, by how much of the question they carry, and by what their whole article says of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kzbot.answers.concepts import Asked, Concept
from kzbot.answers.coverage import Coverage, Matcher, Surroundings, cover
from kzbot.answers.filters import Filter
from kzbot.index import passages, searching
from kzbot.index.generation import Generation
from kzbot.index.rows import ArticleRow
from kzbot.index.searching import Hit
from kzbot.index.statements import Scope
from kzbot.language.spans import Span

CANDIDATES = 200
# Chosen on the Cranfield collection: nDCG@10 .367 without the article's share, .39 with it, flat around these values.
CARRIED = 0.6
FALLING = 0.7


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage that was found, with what it carries of the question; greater scores are better."""

    hit: Hit
    coverage: Coverage
    score: float


async def ranked_passages(generation: Generation, asked: Asked, chosen: Filter) -> list[Ranked]:
    """The passages that match, best first; those that carry all that was asked stand before all others."""
    scope = Scope(
        first=chosen.first.isoformat() if chosen.first else None, last=chosen.last.isoformat() if chosen.last else None
    )
    match = " OR ".join(concept.match for concept in asked.concepts if not concept.common)
    hits = await searching.best(generation, match, scope, CANDIDATES)
    covered = await _covered(generation, asked.concepts, hits)
    shares = _article_shares(asked.concepts, covered)
    ranked = [
        Ranked(hit, coverage, hit.score * _part(coverage.share) + shares[hit.passage.article])
        for hit, coverage in covered
    ]
    return sorted(ranked, key=_rank)


async def _covered(
    generation: Generation, concepts: Sequence[Concept], hits: Sequence[Hit]
) -> list[tuple[Hit, Coverage]]:
    numbers = [hit.passage.number for hit in hits]
    rows = await generation.article_rows(hit.passage.article for hit in hits)
    marks = await passages.marks_of(generation, numbers) if any(c.kind == "date" for c in concepts) else {}
    named = any(concept.names for concept in concepts)
    mentions = await passages.mentions_of(generation, numbers) if named else {}
    matcher = Matcher(concepts)
    headings = {number: _heading(generation, matcher, row, named) for number, row in rows.items()}
    covered = []
    for hit in hits:
        number = hit.passage.number
        around = replace(headings[hit.passage.article], mentions=mentions.get(number, ()), marks=marks.get(number, ()))
        covered.append((hit, cover(matcher, hit, around)))
    return covered


def _heading(generation: Generation, matcher: Matcher, row: ArticleRow, named: bool) -> Surroundings:
    names = generation.gazetteer.mentions(row.title, [Span(0, len(row.title))]) if named else ()
    return Surroundings(row, matcher.runs(row.title), frozenset(mention.name for mention in names))


def _article_shares(concepts: Sequence[Concept], covered: Sequence[tuple[Hit, Coverage]]) -> Mapping[int, float]:
    """What each article adds to its passages: their scores, each worth less than the one before, times the part of the
    question that they carry together."""
    by_article: dict[int, list[tuple[Hit, Coverage]]] = {}
    for hit, coverage in covered:
        by_article.setdefault(hit.passage.article, []).append((hit, coverage))
    total = sum(concept.weight for concept in concepts) or 1.0
    shares = {}
    for article, found in by_article.items():
        lacking = set.intersection(*(set(coverage.missing) for _, coverage in found))
        scores = sorted((hit.score for hit, _ in found), reverse=True)
        together = sum(score * FALLING**place for place, score in enumerate(scores))
        shares[article] = together * _part(1 - sum(concept.weight for concept in lacking) / total)
    return shares


def _part(share: float) -> float:
    return 1 - CARRIED + CARRIED * share


def _rank(one: Ranked) -> tuple[bool, float, int]:
    return (one.coverage.share < 1, -one.score, one.hit.passage.number)
