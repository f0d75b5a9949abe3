"""A thing that a question asks for, as it is matched in passages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kzbot.index.articles import quoted


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that a passage must carry.

    `asked`: the asker's words. `alternatives`: sequences of words, any of which names it. `loose`: sequences that say the same
    in other words, and count for less. `stems`: both, stemmed; the first `len(alternatives)` are those of `alternatives`.
    `names`: ids of names that are it. `roots`: names that are it and that the texts carry though the book has them not. `first`, `last`: for a date, its days. `edition`: the year of one of `names`, which
    counts only beside that name. `weight`: rarer things weigh more. `common`: found in so many passages that it is not
    matched, while something rarer is. `trust`: under 1 where the words are guessed at.
    `joined`: it stands right behind the one before it in the question, or with "of" between.
    """

    asked: str
    kind: Literal["term", "name", "phrase", "date"]
    alternatives: tuple[tuple[str, ...], ...]
    stems: tuple[tuple[str, ...], ...] = ()
    names: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    edition: str | None = None
    weight: float = 0.0
    common: bool = False
    trust: float = 1.0
    joined: bool = False
    loose: tuple[tuple[str, ...], ...] = ()
    roots: tuple[str, ...] = ()

    @property
    def match(self) -> str:
        """The concept as an FTS5 expression: its alternatives, each a quoted phrase."""
        return "(" + " OR ".join(quoted(" ".join(one)) for one in _shortest((*self.alternatives, *self.loose))) + ")"


def _shortest(alternatives: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """The alternatives without those that hold another one: what they match is matched already, and counts once."""
    for one in alternatives:
        if not any(other != one and _holds(one, other) for other in alternatives):
            yield one


def _holds(sequence: tuple[str, ...], part: tuple[str, ...]) -> bool:
    return any(sequence[at : at + len(part)] == part for at in range(len(sequence) - len(part) + 1))
