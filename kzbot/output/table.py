"""An answer's list as CSV, for spreadsheets and for programs.

The first row names the columns, as every reader of CSV expects; rows of remarks above it would become the heading in a
spreadsheet and in `csv.DictReader`. So question, filters and generation stand in the last columns of every row: they
survive any reader, and stay with a row that is sorted, filtered or copied elsewhere.
A byte order mark stands first, without which Excel reads Cyrillic as Latin letters; readers that take `utf-8-sig` drop it.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator

from kzbot.answers.model import Answer, DatedMark, Evidence
from kzbot.output.wording import date_words
from kzbot.phrases import Phrases

OF_THE_DATE = (
    "date_in_words",
    "edtf",
    "earliest",
    "latest",
    "basis",
    "ground",
    "words",
    "anchor",
    "modifier",
    "planned",
)
OF_THE_PASSAGE = (
    "fit",
    "excerpt",
    "article",
    "title",
    "title_basis",
    "publisher",
    "published",
    "published_basis",
    "url",
    "link",
    "address",
    "in",
    "start",
    "end",
    "file",
    "event",
    "names",
    "other_dates",
)
OF_THE_ANSWER = ("question", "read_as", "status", "generation", "articles")
COLUMNS = ("number", "list", *OF_THE_DATE, *OF_THE_PASSAGE, *OF_THE_ANSWER)
_FORMULA = re.compile(r"'|[\t\r\n]|[\s\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]")
_LATER = re.compile(r"(?<=[;\t\r\n])(?='|(?:[^\S\t\r\n]|[\"\u200b-\u200f\u2060\ufeff])*[=+\-@＝＋－＠])")
_PUT_LATER = re.compile(r"(?<=[;\t\r\n])'")
_Cell = str | int | None


def as_csv(answer: Answer, phrases: Phrases, asked: str) -> bytes:
    """All items and then all undated statements, one a row; an answer without any has one row that says so in `list`.

    Cells that a spreadsheet would calculate are made harmless by an apostrophe in front (see `harmless`).
    """
    about: tuple[_Cell, ...] = (
        asked,
        "; ".join(f"{name}: {edtf}" for name, edtf in answer.read_as.items()),
        answer.status,
        answer.generation,
        answer.articles,
    )
    into = io.StringIO(newline="")
    writer = csv.writer(into, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in _rows(answer, phrases):
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in (*row, *about)])
    return into.getvalue().encode("utf-8-sig", "replace")


def harmless(cell: str) -> str:
    """`cell`, with an apostrophe in front where a spreadsheet could take it for a formula, or where it begins with one.

    The same within it, after what begins a new cell where a spreadsheet takes semicolons or tabs for the separator, as Excel
    does in most of Europe. `exact` gives the cell back to the letter: an apostrophe there is always one that was put there.
    """
    inside = _LATER.sub("'", cell)
    return f"'{inside}" if _FORMULA.match(cell) else inside


def exact(cell: str) -> str:
    """What `harmless` was given."""
    return _PUT_LATER.sub("", cell.removeprefix("'"))


def _rows(answer: Answer, phrases: Phrases) -> Iterator[tuple[_Cell, ...]]:
    number = 0
    for kind, items in (("dated", answer.items), ("undated", answer.undated)):
        for item in items:
            number += 1
            own = item.dates[0] if item.dates and item.date is not None else None
            yield (
                number,
                kind if own else "undated",
                *(_date(own, item, phrases) if own else [None] * len(OF_THE_DATE)),
                (own.fit if own else None) or item.fit,
                *_passage(item, item.dates[1:] if own else item.dates),
            )
    if not number:
        yield (None, "nothing", *[None] * (len(OF_THE_DATE) + len(OF_THE_PASSAGE)))


def _date(dated: DatedMark, item: Evidence, phrases: Phrases) -> Iterable[_Cell]:
    mark = dated.mark
    return (
        date_words(phrases, mark.edtf, mark.modifier),
        mark.edtf,
        mark.earliest.isoformat() if mark.earliest else None,
        mark.latest.isoformat() if mark.latest else None,
        mark.basis,
        phrases.ground(mark, item.published, dated.corrected),
        mark.words,
        mark.anchor,
        mark.modifier,
        "true" if mark.planned else "false",
    )


def _passage(item: Evidence, others: Iterable[DatedMark]) -> Iterable[_Cell]:
    return (
        item.excerpt,
        item.article,
        item.title,
        item.title_basis,
        item.publisher,
        item.published,
        item.published_basis,
        item.url,
        item.link,
        item.address,
        item.where,
        item.start,
        item.end,
        item.file,
        item.event,
        "; ".join(item.names),
        "; ".join(dict.fromkeys(dated.mark.edtf for dated in others)),
    )
