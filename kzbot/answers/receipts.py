"""Answers that carry no evidence: not found with its receipt, ambiguous, and questions that are wrong."""

from collections.abc import Mapping, Sequence

from kzbot.answers.model import Answer, MatchedThrough, Question, Receipt
from kzbot.index.generation import Generation

ABOUT = ("topic", "query", "name", "what")
"""The options that say what a question is about; the others narrow it."""


def not_found(
    question: Question,
    generation: Generation,
    message: str,
    *,
    values: Mapping[str, object] | None = None,
    read_as: Mapping[str, str] | None = None,
    filters: Mapping[str, str] | None = None,
    spellings: Sequence[str] = (),
    nearest: Sequence[str] | None = None,
    matched_through: tuple[MatchedThrough, ...] = (),
    publishers: tuple[str, ...] = (),
    without: tuple[str, ...] = (),
) -> Answer:
    """Nothing fits: the receipt says what was tried, with the nearest names of the corpus to try instead.

    `filters`: all that the question keeps to; without it what `read_as` says.
    """
    asked = next((str(question.options[name]) for name in ABOUT if name in question.options), "")
    near = nearest if nearest is not None else nearest_names(generation, asked)
    narrowed = dict(filters if filters is not None else read_as or {})
    receipt = Receipt(generation.id, generation.articles, generation.years, narrowed, tuple(spellings), tuple(near))
    return Answer(
        question.command,
        question.options,
        "not_found",
        message,
        generation.id,
        generation.articles,
        values={"asked": asked, **(values or {})},
        receipt=receipt,
        read_as=dict(read_as or {}),
        matched_through=matched_through,
        publishers=publishers,
        without=without,
    )


def ambiguous(
    question: Question,
    generation: Generation,
    asked: str,
    choices: Sequence[str],
    message: str = "answers.ambiguous.names",
) -> Answer:
    """What was asked fits several entries: `choices` lists them."""
    return Answer(
        question.command,
        question.options,
        "ambiguous",
        message,
        generation.id,
        generation.articles,
        values={"asked": asked, "count": len(choices)},
        choices=tuple(choices),
    )


def bad_request(
    question: Question,
    generation: Generation,
    message: str,
    values: Mapping[str, object],
    *,
    suggestion: Question | None = None,
    read_as: Mapping[str, str] | None = None,
) -> Answer:
    """The question itself is wrong: the message says what and how to mend it, `suggestion` mends it by one tap."""
    return Answer(
        question.command,
        question.options,
        "bad_request",
        message,
        generation.id,
        generation.articles,
        values=values,
        suggestion=suggestion,
        read_as=dict(read_as or {}),
    )


def nearest_names(generation: Generation, asked: str, kinds: Sequence[str] | None = None, count: int = 5) -> list[str]:
    """Names of the corpus that come nearest to what was asked, mentioned ones only; the most mentioned if none is near."""
    near = [
        generation.names[found.id] for found in generation.lookup.complete(asked[:100]) if found.id in generation.names
    ]
    near = [name for name in near if name.mentions and (kinds is None or name.kind in kinds)]
    return [name.canonical for name in near[:count]]
