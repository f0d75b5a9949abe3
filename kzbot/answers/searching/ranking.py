"""Ranking passages: by what they carry of the question, BM25 over its concepts, and by what their whole article says."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from kzbot.answers.searching.answering import fitting
from kzbot.answers.searching.belonging import Owner
from kzbot.answers.searching.concept import Concept
from kzbot.answers.searching.concepts import Asked
from kzbot.answers.searching.coverage import Coverage, Matcher, Surroundings, cover, matcher_of
from kzbot.answers.searching.narrowing import Narrowing
from kzbot.answers.turns import Turns
from kzbot.index import carried, passages, searching
from kzbot.index.generation import Generation
from kzbot.index.rows import ArticleRow, PassageRow
from kzbot.language.answer_kinds import Wanted
from kzbot.language.spans import Span

CANDIDATES = 200
BESIDE_WORDS = 100
TOGETHER_FROM, RAREST = 50, 3
# All constants were chosen on the Cranfield collection (nDCG@10 .399, .399 with a slip in each question; .367 without the
# article's share) and on half of the questions over Airbus; both are flat around them.
CARRIED = 0.6
FALLING = 0.7
# BM25's constants, how soon repetition stops to count and how much a long passage loses; the worth of neighbours.
K1, B = 2.0, 0.6
TOGETHER = 0.5
# What a passage lacks and the passages right before and behind it carry, which it may be about.
NEAR = 0.4
# So many passages before one that answers tell what it is about.
BEFORE_ANSWER = 3
# What is carried no more often than this is said by the heading alone.
SAID = 0.65


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage that was found, with what it carries of the question; greater scores are better."""

    passage: PassageRow
    coverage: Coverage
    score: float


async def ranked_passages(generation: Generation, asked: Asked, kept: Narrowing) -> list[Ranked]:
    """The passages that match, best first: those that carry all before all others, then by score.

    What carries nothing of the question is left out.
    """
    found = await _candidates(generation, asked.concepts, kept.narrowed)
    if kept.without:
        without = await _covered(generation, await matcher_of(kept.without, generation.names), found)
        found = [passage for passage, coverage in without if not any(coverage.times)]
    matcher = await matcher_of(asked.concepts, generation.names)
    covered = [one for one in await _covered(generation, matcher, found) if one[1].share > 0]
    scores = await _scores(matcher, covered)
    shares = await _article_shares(matcher, covered, scores)
    beside = await _beside(matcher, covered, asked.wanted)
    near = {number: NEAR * sum(one.weight * one.trust for one in found) for number, found in beside.items()}
    fits = await fitting(generation, asked, [passage for passage, _ in covered])
    ranked = [
        Ranked(
            passage,
            coverage,
            (score * _part(coverage.own) + near[passage.number]) * fits[passage.number] + shares[passage.article],
        )
        for (passage, coverage), score in zip(covered, scores, strict=True)
    ]
    ranked.sort(
        key=lambda one: (
            _lacks(one, asked.wanted, beside[one.passage.number], fits[one.passage.number]),
            -one.score,
            one.passage.article,
            one.passage.start,
        ),
    )
    return ranked


async def _candidates(
    generation: Generation, concepts: Sequence[Concept], narrowed: searching.Narrowed
) -> list[PassageRow]:
    """Passages that hold the words; and those that carry a name or a date without its words."""
    matched = [concept for concept in concepts if not concept.common]
    found = await searching.best(generation, " OR ".join(concept.match for concept in matched), narrowed, CANDIDATES)
    if len(found) == CANDIDATES and len(matched) > 1:
        # Those that hold the rarest together may be long, and so fall behind many that hold one of them often.
        rarest = sorted(matched, key=lambda concept: -concept.weight)[:RAREST]
        every = " AND ".join(concept.match for concept in rarest)
        found += await searching.best(generation, every, narrowed, TOGETHER_FROM)
    for concept in matched:
        if concept.kind == "name":
            found += await searching.referring(generation, concept.names, narrowed, BESIDE_WORDS)
        elif concept.first is not None and concept.last is not None:
            days = concept.first.isoformat(), concept.last.isoformat()
            found += await searching.within(generation, *days, narrowed, BESIDE_WORDS)
    return list({passage.number: passage for passage in found}.values())


async def _covered(
    generation: Generation, matcher: Matcher, found: Sequence[PassageRow]
) -> list[tuple[PassageRow, Coverage]]:
    numbers = [passage.number for passage in found]
    rows = await generation.article_rows(passage.article for passage in found)
    dated = any(concept.kind == "date" for concept in matcher.concepts)
    named = any(concept.names for concept in matcher.concepts)
    roots = tuple(dict.fromkeys(root for concept in matcher.concepts for root in concept.roots))
    carry = await carried.mentions_in(generation, roots, numbers) if roots else {}
    marks = await passages.marks_of(generation, numbers) if dated else {}
    mentions = await passages.mentions_of(generation, numbers) if named else {}
    turns, headings = Turns(), dict[int, Surroundings]()
    for number, row in rows.items():
        headings[number] = _heading(generation, matcher, row, named)
        await turns.over()
    alone = {number: Surroundings(row, [0] * len(matcher.concepts)) for number, row in rows.items()}
    covered = []
    for passage in found:
        around = replace(
            # What is the heading itself is not beside it.
            (alone if passage.text == rows[passage.article].title else headings)[passage.article],
            mentions=mentions.get(passage.number, ()),
            marks=marks.get(passage.number, ()),
            carried=carry.get(passage.number, ()),
        )
        covered.append((passage, cover(matcher, passage, around)))
        await turns.over()
    return covered


def _heading(generation: Generation, matcher: Matcher, row: ArticleRow, named: bool) -> Surroundings:
    """What the title says, in the asker's words and in others; one that was inferred is not the article's word, and says
    nothing."""
    if row.title_basis == "inferred":
        return Surroundings(row, [0] * len(matcher.concepts))
    names = generation.gazetteer.mentions(row.title, [Span(0, len(row.title))]) if named else ()
    owners = [Owner(mention.start, mention.end, mention.name) for mention in names]
    found = matcher.places(row.title, owners)
    times = [
        sum(matcher.worth(at, row.title[start:end]) == 1.0 for start, end in places) for at, places in enumerate(found)
    ]
    likened = [len(places) - own for places, own in zip(found, times, strict=True)]
    return Surroundings(row, times, likened, frozenset(mention.name for mention in names))


async def _scores(matcher: Matcher, covered: Sequence[tuple[PassageRow, Coverage]]) -> list[float]:
    """BM25 with the question's concepts as its terms: a name in five spellings is one, a date in other words is found."""
    lengths = [len(passage.text) for passage, _ in covered]
    usual = sum(lengths) / len(lengths) if lengths else 1.0
    turns, scores = Turns(), []
    for (_, coverage), length in zip(covered, lengths, strict=True):
        score = sum(
            concept.weight * concept.trust * often * (K1 + 1) / (often + K1 * (1 - B + B * length / usual))
            for concept, often in zip(matcher.concepts, coverage.times, strict=True)
            if often
        )
        scores.append(score + TOGETHER * coverage.together)
        await turns.over()
    return scores


def _lacks(one: Ranked, wanted: Wanted, beside: AbstractSet[Concept], fits: float) -> bool:
    """Whether a passage stands behind those that carry all.

    Where a kind of answer is asked for, one that holds it and lacks only names that stand beside it, which it may be about,
    is as good as they are; what is said of them must be its own.
    """
    missing = one.coverage.unsaid
    if not missing or wanted.kind is None or fits <= 1:
        return bool(missing)
    return any(concept not in beside or not _may_be_subject(concept) for concept in missing)


def _may_be_subject(concept: Concept) -> bool:
    return concept.kind == "name" or bool(concept.roots) or (concept.kind == "term" and not concept.asked.islower())


async def _beside(
    matcher: Matcher, covered: Sequence[tuple[PassageRow, Coverage]], wanted: Wanted
) -> Mapping[int, AbstractSet[Concept]]:
    """What each passage does not say itself and the one right behind it says, or one before: it may be about that.

    Where a kind of answer is asked for, the subject may be named some passages before, or in the heading.
    """
    by_number = {passage.number: (passage, coverage) for passage, coverage in covered}
    before, least = (BEFORE_ANSWER, SAID) if wanted.kind else (1, 0.0)
    turns, said, added = Turns(), {}, {}
    for passage, coverage in covered:
        said[passage.number] = {
            one for one, often in zip(matcher.concepts, coverage.times, strict=True) if often > least
        }
        await turns.over()
    for passage, _ in covered:
        found: set[Concept] = set()
        for number in (*range(passage.number - before, passage.number), passage.number + 1):
            other = by_number.get(number)
            if other is not None and other[0].article == passage.article:
                found |= said[number]
        added[passage.number] = found - said[passage.number]
        await turns.over()
    return added


async def _article_shares(
    matcher: Matcher, covered: Sequence[tuple[PassageRow, Coverage]], scores: Sequence[float]
) -> Mapping[int, float]:
    """What each article adds to its passages: their scores, each worth less than the one before, times the part of the
    question that they carry together."""
    by_article: dict[int, list[tuple[float, Coverage]]] = {}
    for (passage, coverage), score in zip(covered, scores, strict=True):
        by_article.setdefault(passage.article, []).append((score, coverage))
    turns, shares = Turns(), {}
    for article, found in by_article.items():
        lacking = set(found[0][1].unsaid)
        for _, coverage in found[1:]:
            lacking &= set(coverage.unsaid)
            await turns.over()
        together = sum(
            score * FALLING**place for place, score in enumerate(sorted((score for score, _ in found), reverse=True))
        )
        await turns.over()
        shares[article] = together * _part(1 - sum(concept.weight for concept in lacking) / matcher.in_all)
    return shares


def _part(share: float) -> float:
    return 1 - CARRIED + CARRIED * share
