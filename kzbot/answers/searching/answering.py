"""How well passages fit the kind of answer that a question asks for: a date, a sum, a cause, someone."""

from collections.abc import Mapping, Sequence

from kzbot.answers.searching.concepts import Asked
from kzbot.index import carried, passages
from kzbot.index.generation import Generation
from kzbot.index.rows import PassageRow
from kzbot.language.answer_kinds import Wanted, answers
from kzbot.language.names.carried.kinds import PERSON

# How much more a passage is worth that holds the kind of answer that is asked for, and how much less a heading is, which
# seldom does: where a kind is asked for, and in any other question.
ANSWER, HEADING, HEADING_OF_QUESTION = 1.0, 0.6, 0.85
ACTS = 0.8
ACTING = frozenset(["organisation", "unit", "country", None])
"""Kinds of names, unknown ones among them, that may also be who did it."""


async def fitting(generation: Generation, asked: Asked, found: Sequence[PassageRow]) -> Mapping[int, float]:
    """What each passage's score is multiplied by: more where it holds the kind of answer that is asked for."""
    numbers = [passage.number for passage in found]
    marks = await passages.marks_of(generation, numbers) if asked.wanted.kind == "date" else {}
    persons = await _persons(generation, asked, numbers) if asked.wanted.kind == "person" else {}
    heading = _heading_worth(asked.wanted)
    return {
        passage.number: (
            1
            + ANSWER
            * answers(
                asked.wanted,
                passage.text,
                dated=passage.number in marks,
                persons=persons.get(passage.number, 0.0),
            )
        )
        * (heading if passage.in_title or passage.kind == "heading" else 1.0)
        for passage in found
    }


async def _persons(generation: Generation, asked: Asked, numbers: Sequence[int]) -> Mapping[int, float]:
    """How surely each passage names someone beside those who were asked about."""
    roots = tuple({root for concept in asked.concepts for root in concept.roots})
    names = {name for concept in asked.concepts for name in concept.names}
    kinds = {number: set(found) for number, found in (await carried.kinds_in(generation, numbers, roots)).items()}
    for number, mentions in (await passages.mentions_of(generation, numbers)).items():
        kinds.setdefault(number, set()).update(
            generation.names[one.name].kind for one in mentions if one.by != "reference" and one.name not in names
        )
    return {
        number: 1.0 if PERSON in found else ACTS if not ACTING.isdisjoint(found) else 0.0
        for number, found in kinds.items()
    }


def _heading_worth(asked: Wanted) -> float:
    return HEADING if asked.kind else HEADING_OF_QUESTION if asked.question else 1.0
