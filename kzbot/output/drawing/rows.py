"""What is drawn of an answer: one row for each event and date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kzbot.answers.model import Answer, DatedMark, Evidence
from kzbot.output.wording import date_words
from kzbot.phrases import Phrases


@dataclass(frozen=True, slots=True)
class Row:
    """A date in words, a text to begin with, and the days: `first` or `last` is None where that side is open.

    `lasting`: throughout these days, not at some time within. `own`: the article's own date and none of its statements.
    `statements`: how many items the row stands for.
    """

    when: str
    notes: str
    words: str
    first: date | None
    last: date | None
    lasting: bool
    own: bool
    statements: int

    @property
    def year(self) -> int:
        """The year that the row is listed under: the one that its place in a timeline's order comes from."""
        day = self.first or self.last
        return day.year if day else 0


def rows_of(answer: Answer, phrases: Phrases, most: int) -> tuple[Row, ...]:
    """The first `most` rows of the answer's items, in their order.

    Items that tell of one event and give it the same date are one row; items without a date have none.
    """
    groups: dict[object, list[Evidence]] = {}
    for at, item in enumerate(answer.items):
        if _drawable(item):
            mark = item.dates[0].mark
            key = (item.event, mark.edtf, mark.modifier) if item.event else at
            groups.setdefault(key, []).append(item)
    return tuple(_row(group, phrases) for group, _ in zip(groups.values(), range(most), strict=False))


def undrawn(answer: Answer) -> int:
    """How many statements of the answer have no date to draw."""
    return len(answer.undated) + sum(not _drawable(item) for item in answer.items)


def _drawable(item: Evidence) -> bool:
    if item.date is None or not item.dates:
        return False
    mark = item.dates[0].mark
    return mark.earliest is not None or mark.latest is not None


def _row(group: list[Evidence], phrases: Phrases) -> Row:
    first = group[0]
    dated = first.dates[0]
    mark = dated.mark
    return Row(
        date_words(phrases, mark.edtf, mark.modifier),
        ", ".join(_notes(dated, {item.article for item in group}, phrases)),
        first.excerpt,
        mark.earliest,
        mark.latest,
        "/" in mark.edtf and mark.modifier not in ("before", "after"),
        mark.basis == "published",
        len(group),
    )


def _notes(dated: DatedMark, articles: set[str], phrases: Phrases) -> Iterable[str]:
    if dated.mark.planned:
        yield phrases.say("output.planned")
    if len(articles) > 1:
        yield phrases.say("output.picture.sources", count=len(articles))
