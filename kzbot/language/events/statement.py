"""A dated statement, as far as events are concerned."""

from dataclasses import dataclass, field
from datetime import date

from kzbot.language.spans import Span


@dataclass(frozen=True, slots=True)
class Named:
    """A name of the name book in a statement; `reference`: its words do not name it ("the exercise")."""

    start: int
    end: int
    name: str
    reference: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """A passage under one of its dates; offsets are code points into `text`, end exclusive.

    `mark`: the words that give the date, None for the article's own date. `dates`: the words of all dates in the text,
    years in names left out; `edtfs`: what these dates are. `key` is handed back; `place` (article, offset, address) orders
    statements of the same days as a timeline does.
    """

    key: int
    article: str
    place: tuple[str, int, str]
    text: str
    edtf: str
    earliest: date | None
    latest: date | None
    modifier: str | None = None
    planned: bool = False
    mark: Span | None = None
    dates: tuple[Span, ...] = ()
    edtfs: tuple[str, ...] = ()
    names: tuple[Named, ...] = field(default=())
