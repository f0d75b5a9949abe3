"""What a search keeps to: days, publishers, and what it says to leave out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kzbot.answers.filters import Filter, read_filter
from kzbot.answers.model import MatchedThrough, Question
from kzbot.answers.searching.concept import Concept
from kzbot.answers.searching.concepts import name_at, sought
from kzbot.answers.searching.publishers import OPTION, publishers_asked
from kzbot.index.generation import Generation
from kzbot.index.searching import Narrowed
from kzbot.language.leaving_out import left_out

WITHOUT = "without"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What is looked for (`text`: the question without what it leaves out), and in what.

    `publishers`: None where any will do, empty where the corpus has none that was asked for. `without`: what a passage must
    not carry. `through`: spellings in which publishers and names to leave out were found.
    """

    text: str
    days: Filter
    publishers: tuple[str, ...] | None = None
    without: tuple[Concept, ...] = ()
    through: tuple[MatchedThrough, ...] = ()

    @property
    def left_out(self) -> tuple[str, ...]:
        """What is left out, in the asker's words."""
        return tuple(dict.fromkeys(concept.asked for concept in self.without))

    @property
    def filters(self) -> Mapping[str, str]:
        """All that narrows, as the receipt of an answer tells it."""
        filters = dict(self.days.read_as)
        if self.publishers:
            filters[OPTION] = ", ".join(self.publishers)
        if self.without:
            filters[WITHOUT] = ", ".join(self.left_out)
        return filters

    @property
    def narrowed(self) -> Narrowed:
        """The same for the index."""
        worded = [concept.match for concept in self.without if concept.kind != "name"]
        return Narrowed(
            _iso(self.days.first),
            _iso(self.days.last),
            self.publishers,
            tuple(dict.fromkeys(name for concept in self.without for name in concept.names)),
            " OR ".join(worded) or None,
        )


async def narrowing(question: Question, generation: Generation, today: date) -> Narrowing:
    """What a search keeps to; raises QuestionError and ReversedDates as `read_filter` does."""
    days = read_filter(question, today)
    text, out = left_out(str(question.options["query"]), lambda rest: name_at(generation, rest))
    publishers, through = await publishers_asked(question, generation)
    without = await sought(generation, [(one.words, one.quoted) for one in out])
    return Narrowing(text, days, publishers, without.concepts, (*through, *without.matched_through))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
