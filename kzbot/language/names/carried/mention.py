"""What is looked through for names that it carries, and what is found."""

from collections.abc import Sequence
from dataclasses import dataclass

from kzbot.language.spans import Span


@dataclass(frozen=True, slots=True)
class Stretch:
    """A text of the article (its title, its body) with its sentences; `headings` are among them. `taken`: where names of
    the book stand, in order."""

    text: str
    sentences: Sequence[Span]
    headings: frozenset[Span] = frozenset()
    taken: Sequence[Span] = ()


@dataclass(frozen=True, slots=True)
class Carried:
    """A mention of a name that the text carries: `form` as it is written there, `name` the longest form that the article
    has for it. Offsets are into the text of the stretch numbered `text`; code points, end exclusive.

    `by`: `name`, `start` (several words, seen only where a sentence begins, so that the first may be no part of it), `short` (a shorter form of a name introduced in the article), `opening` (a single word with its capital
    perhaps only because a sentence begins: a name where it is one elsewhere in the corpus), `number` ("the 787", where the
    article has no name that holds it), `reference` ("the company"). `told`: of what kind it is, as `kinds.KindWords` reads it
    off the words around it.
    """

    text: int
    start: int
    end: int
    form: str
    name: str
    by: str
    told: str = ""
