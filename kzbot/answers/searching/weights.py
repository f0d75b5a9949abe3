"""What the things that a question asks for weigh: rarer ones weigh more."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace

from kzbot.answers.searching.concept import Concept
from kzbot.index import searching, statements
from kzbot.index.generation import Generation
from kzbot.language import words
from kzbot.language.asking import is_phrasing

# A thing that stands nowhere weighs as if half a passage held it.
FEWEST = 0.5
# But for an ordinary word: what it says may be said in other words, as a name or a figure can not.
UNKNOWN = 0.5
# Words in which questions are put say little of what is asked, however rare they are.
PHRASING = 0.3


async def weighed(generation: Generation, concepts: Iterable[Concept]) -> tuple[Concept, ...]:
    """Each concept once, with its stems, its weight, and whether it is too common to be matched."""
    unique = {(one.kind, one.alternatives, one.edition): one for one in concepts}
    stemmed = [
        replace(one, stems=tuple(tuple(map(words.stem, sequence)) for sequence in (*one.alternatives, *one.loose)))
        for one in unique.values()
    ]
    every = {stem for one in stemmed for sequence in one.stems for stem in sequence}
    frequencies = await searching.frequencies(generation, every)
    counts = [await _passages(generation, one, frequencies) for one in stemmed]
    in_all = max(1, generation.passages)
    telling = any(0 < count <= in_all / 2 for count in counts)
    return tuple(
        replace(
            one,
            weight=weight(count, in_all) * (1.0 if count or not _is_common_noun(one) else UNKNOWN) * _telling(one),
            common=telling and count > in_all / 2,
        )
        for one, count in zip(stemmed, counts, strict=True)
    )


def _telling(concept: Concept) -> float:
    """How much less a thing says of what is asked than its rarity tells."""
    phrasing = concept.kind == "term" and not concept.roots and concept.asked.islower() and is_phrasing(concept.asked)
    return PHRASING if phrasing else 1.0


def _is_common_noun(concept: Concept) -> bool:
    return concept.kind == "term" and concept.asked.islower() and concept.asked.isalpha()


def weight(passages: int, in_all: int) -> float:
    """How much a thing weighs that stands in so many of all passages: ln(1 + N / (n + 1/2))."""
    return math.log1p(in_all / (max(passages, FEWEST) + 0.5))


async def _passages(generation: Generation, concept: Concept, frequencies: Mapping[str, int]) -> int:
    """In how many passages the concept stands, at most: for a sequence, as many as its rarest word."""
    if concept.edition is None and concept.names:
        return sum(generation.names[name].mentions for name in concept.names)
    worded = max((min((frequencies.get(stem, 0) for stem in one), default=0) for one in concept.stems), default=0)
    if concept.first is None or concept.last is None:
        return worded
    return max(worded, await statements.count_within(generation, concept.first.isoformat(), concept.last.isoformat()))
