"""/search: the passages that answer best, best first; what they lack is named, and what is nowhere is not found."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from kzbot.answers.evidence import Shown, Wanted, evidence_of
from kzbot.answers.model import Answer, Evidence, MatchedThrough, Question, Window
from kzbot.answers.receipts import bad_request, not_found
from kzbot.answers.searching.concepts import Asked, take_apart
from kzbot.answers.searching.narrowing import Narrowing, narrowing
from kzbot.answers.searching.printed_twice import Text, texts, together
from kzbot.answers.searching.publishers import OPTION, TOLD
from kzbot.answers.searching.ranking import Ranked, ranked_passages
from kzbot.answers.searching.through import through_passages
from kzbot.index import articles
from kzbot.index.generation import Generation

MOST_PASSAGES = 100
# A passage that carries less of the question's weight answers something else: the least bad one is not an answer. A
# question of many words is seldom carried whole by one passage, so less is enough there.
ENOUGH, ENOUGH_OF_MANY = 0.5, 0.25
FEW, MANY = 3, 9


async def search(question: Question, generation: Generation, window: Window, today: date) -> Answer:
    """The passages that carry the question, best first, at most 100; `partial` names what the best one lacks.

    From and to are held against the article's own date.
    """
    query = str(question.options["query"])
    kept = await narrowing(question, generation, today)
    asked = await take_apart(generation, kept.text)
    if not asked.concepts:
        key = "only_without" if kept.without else "words"
        return bad_request(question, generation, f"answers.bad_request.{key}", {"asked": query[:80]})
    if kept.publishers == ():
        return await _unknown_publisher(question, generation, kept)
    ranked = (await ranked_passages(generation, asked, kept))[:MOST_PASSAGES]
    if not ranked or max(one.coverage.share for one in ranked) < enough(len(asked.concepts)):
        return _nothing(question, generation, asked, kept)
    return await _answer(question, generation, window, asked, kept, ranked)


async def _unknown_publisher(question: Question, generation: Generation, kept: Narrowing) -> Answer:
    """Nothing is by the publisher that was asked for: who the publishers are is told."""
    known = [row.publisher for row in await articles.publishers(generation)]
    typed = str(question.options[OPTION])
    return not_found(
        question,
        generation,
        "answers.not_found.publisher" if known else "answers.not_found.no_publishers",
        values={"publisher": typed[:80], "publishers": ", ".join(known[:TOLD])},
        read_as=kept.days.read_as,
        filters={**kept.filters, OPTION: typed},
        nearest=known[:TOLD],
    )


def _nothing(question: Question, generation: Generation, asked: Asked, kept: Narrowing) -> Answer:
    return not_found(
        question,
        generation,
        "answers.not_found.search",
        read_as=kept.days.read_as,
        filters=kept.filters,
        spellings=asked.spellings,
        matched_through=(*asked.matched_through, *kept.through),
        publishers=kept.publishers or (),
        without=kept.left_out,
    )


def enough(concepts: int) -> float:
    """The share of a question of so many concepts that the best passage must carry."""
    place = min(1.0, max(0.0, (concepts - FEW) / (MANY - FEW)))
    return ENOUGH + (ENOUGH_OF_MANY - ENOUGH) * place


async def _answer(
    question: Question,
    generation: Generation,
    window: Window,
    asked: Asked,
    kept: Narrowing,
    ranked: Sequence[Ranked],
) -> Answer:
    found = texts(ranked)
    last = None if window.count is None else window.offset + window.count
    if window.by_event:
        items = await _items(generation, kept, found[window.offset : last])
        items = tuple(
            together(list(printed)) for _, printed in groupby(items, key=lambda item: item.event or item.address)
        )
    else:
        apart = [replace(one, passages=(each,)) for one in found for each in one.passages]
        items = await _items(generation, kept, apart[window.offset : last])
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
        f"answers.search.{_said(ranked)}",
        generation.id,
        generation.articles,
        values=values,
        items=items,
        total=len(ranked),
        entries=len(found) if window.by_event else None,
        offset=window.offset,
        missing=missing,
        matched_through=(*await _through(generation, asked, found), *kept.through),
        read_as=kept.days.read_as,
        publishers=kept.publishers or (),
        without=kept.left_out,
    )


async def _through(generation: Generation, asked: Asked, found: Sequence[Text]) -> tuple[MatchedThrough, ...]:
    """As what words of the question were read, and which other spellings of its names the whole list holds."""
    return await through_passages(generation, asked, [one.passage.number for text in found for one in text.passages])


async def _items(generation: Generation, kept: Narrowing, found: Sequence[Text]) -> tuple[Evidence, ...]:
    """The passages as evidence, those of one text side by side and sharing `event`."""
    wanted = [
        Wanted(ranked.passage, None, ranked.score, ranked.coverage.highlights, one.event)
        for one in found
        for ranked in one.passages
    ]
    return await evidence_of(generation, wanted, Shown(kept.days, by_article=True))


def _said(ranked: Sequence[Ranked]) -> str:
    """How the answer is summed up: what the best passage lacks may stand in one further down."""
    lacking = ranked[0].coverage.missing
    if not lacking:
        return "answered"
    return "partial" if all(set(lacking) <= set(one.coverage.missing) for one in ranked) else "partial_first"
