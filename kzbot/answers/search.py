"""/search: the passages that answer best, best first; what they lack is named, and what is nowhere is not found."""

from collections.abc import Mapping, Sequence
from datetime import date

from kzbot.answers.concepts import Asked, take_apart
from kzbot.answers.evidence import Shown, Wanted, evidence_of
from kzbot.answers.filters import Filter, read_filter
from kzbot.answers.model import Answer, Question, Window
from kzbot.answers.ranking import Ranked, ranked_passages
from kzbot.answers.receipts import bad_request, not_found
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
    chosen = read_filter(question, today)
    asked = await take_apart(generation, query)
    if not asked.concepts:
        return bad_request(question, generation, "answers.bad_request.words", {"asked": query[:80]})
    least = enough(len(asked.concepts))
    ranked = (await ranked_passages(generation, asked, chosen, least))[:MOST_PASSAGES]
    if not ranked or ranked[0].coverage.share < least:
        return not_found(
            question,
            generation,
            "answers.not_found.search",
            read_as=chosen.read_as,
            spellings=asked.spellings,
            matched_through=asked.matched_through,
        )
    return await _answer(question, generation, window, asked, chosen, ranked)


def enough(concepts: int) -> float:
    """The share of a question of so many concepts that the best passage must carry."""
    place = min(1.0, max(0.0, (concepts - FEW) / (MANY - FEW)))
    return ENOUGH + (ENOUGH_OF_MANY - ENOUGH) * place


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
    wanted = [Wanted(one.passage, None, one.score, one.coverage.highlights) for one in shown]
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
