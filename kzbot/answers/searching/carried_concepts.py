"""Names of a question that the texts carry though the book does not list them: their words count together."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kzbot.answers.searching.concept import Concept
from kzbot.answers.turns import Turns
from kzbot.index import carried, searching
from kzbot.index.generation import Generation
from kzbot.index.rows import CarriedRow
from kzbot.language import words
from kzbot.language.names.carried.keys import key_of
from kzbot.language.spans import Span
from kzbot.language.words import QUESTION_WORDS, STOP_WORDS, Token

RARE = 4
"""A word that stands so many times as often elsewhere as in the name is an ordinary word."""
LONGEST = 6
FORMS = 6
"""So many other forms of a name are looked for as well, the most used."""
_BETWEEN = re.compile(r"[\s\-'’.&]{1,3}")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words of a question that stand together, and the keys under which they may be carried."""

    span: Span
    words: tuple[str, ...]
    keys: tuple[str, ...]


async def carried_concepts(generation: Generation, text: str, tokens: Sequence[Token]) -> list[tuple[Span, Concept]]:
    """The names among these words of `text`, the longest first, each with its place; none overlaps another."""
    turns, stretches = Turns(), list[Stretch]()
    for one in _stretches(text, tokens):
        stretches.append(one)
        await turns.over()
    known = await carried.by_keys(generation, {key for one in stretches for key in one.keys})
    found: list[tuple[Span, Concept]] = []
    for one in stretches:
        await turns.over()
        rows = next((known[key] for key in one.keys if key in known), [])
        taken = any(one.span.start < span.end and span.start < one.span.end for span, _ in found)
        if rows and not taken and not await _is_ordinary(generation, one, rows):
            found.append((one.span, await _concept(generation, text[slice(*one.span)], one.words, rows)))
    return found


def meant(found: Sequence[CarriedRow]) -> Sequence[CarriedRow]:
    """All that the form may mean, but for the name itself where it mostly stands for longer ones, or they alone."""
    own = [row for row in found if row.root == row.key]
    longer = [row for row in found if row.root != row.key]
    if own and longer and len({row.key for row in found}) == 1:
        return own if own[0].mentions >= sum(row.mentions for row in longer) else longer
    return found


def _stretches(text: str, tokens: Sequence[Token]) -> Iterator[Stretch]:
    """Every stretch of neighbours that may be a name, the longest first."""
    for length in range(min(LONGEST, len(tokens)), 0, -1):
        for at in range(len(tokens) - length + 1):
            some = tokens[at : at + length]
            ends = {some[0].word, some[-1].word}
            apart = any(not _BETWEEN.fullmatch(text, one.end, two.start) for one, two in pairwise(some))
            if apart or not ends.isdisjoint(STOP_WORDS | QUESTION_WORDS):
                continue
            span = Span(some[0].start, some[-1].end)
            key = key_of(text[slice(*span)])
            plural = (key.removesuffix("s"),) if key.endswith("s") else ()
            yield Stretch(span, tuple(token.word for token in some), (key, *plural))


async def _is_ordinary(generation: Generation, one: Stretch, rows: Sequence[CarriedRow]) -> bool:
    """Whether the words mostly stand where they are no name."""
    if len(one.words) == 1 and not one.words[0].isalpha():
        return False
    held = await searching.holding(generation, " ".join(one.words))
    return held > RARE * sum(row.mentions for row in rows)


async def _concept(generation: Generation, asked: str, own: tuple[str, ...], rows: Sequence[CarriedRow]) -> Concept:
    """The name in its other forms, where it is plain which name is meant; else its own words together."""
    roots = tuple(dict.fromkeys(row.root for row in meant(rows)))
    if len(roots) > 1:
        return Concept(asked, "term", (own,))
    forms = await carried.own_forms(generation, roots[0], FORMS)
    others = (tuple(token.word for token in words.tokens(row.form)) for row in forms if _is_name(generation, row))
    return Concept(asked, "term", tuple(dict.fromkeys((own, *filter(None, others)))), roots=roots)


def _is_name(generation: Generation, row: CarriedRow) -> bool:
    """Whether a form is one wherever its words stand: a single word may be an ordinary one elsewhere."""
    return " " in row.form or generation.speller.held(row.key) <= 2 * row.mentions
