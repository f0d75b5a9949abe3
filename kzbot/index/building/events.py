"""The events of a generation: found anew over all of its dated statements each time, so that a patch makes the same."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from kzbot.language.events.finding import find_events
from kzbot.language.events.statement import Named, Statement
from kzbot.language.spans import Span

_STATEMENTS = """
    SELECT m.number, m.passage, m.start, m."end", m.edtf, m.earliest, m.latest, m.modifier, m.planned, m.timeline,
        a.id, p.start, p.text, p.address
    FROM marks m JOIN passages p ON p.number = m.passage JOIN articles a ON a.number = p.article
    ORDER BY m.passage, m.number
"""
_NAMED = """
    SELECT n.passage, n.start - p.start, n."end" - p.start, n.name, n.by = 'reference'
    FROM mentions n JOIN passages p ON p.number = n.passage
    WHERE n.passage IN (SELECT passage FROM marks WHERE timeline > 0) ORDER BY n.passage, n.start, n."end", n.name
"""
_ALIKE = """
    INSERT INTO events SELECT m.number, v.event, v.rank FROM events v JOIN marks f ON f.number = v.mark
    JOIN marks m ON m.passage = f.passage AND m.edtf = f.edtf AND m.number > f.number AND m.timeline > 0
"""


def write_events(connection: sqlite3.Connection) -> None:
    """Replace the events; a statement that no other article repeats has none.

    All marks of a passage that give one date are one statement: which of them stands for it depends on the topic.
    """
    connection.execute("DELETE FROM events")
    connection.executemany(
        "INSERT INTO events VALUES (?, ?, ?)",
        (
            (mark, event.id, rank)
            for event in find_events(list(_statements(connection)))
            for rank, mark in enumerate(event.statements)
        ),
    )
    connection.execute(_ALIKE)


def _statements(connection: sqlite3.Connection) -> Iterator[Statement]:
    """Every dated statement once, under the first of the marks of its passage that give the same date."""
    names: dict[int, list[Named]] = defaultdict(list)
    for passage, start, end, name, reference in connection.execute(_NAMED):
        names[passage].append(Named(start, end, name, bool(reference)))
    here: list[Any] = []
    for row in connection.execute(_STATEMENTS):
        if here and here[0][1] != row[1]:
            yield from _of_passage(here, names)
            here = []
        here.append(row)
    yield from _of_passage(here, names)


def _of_passage(rows: list[Any], names: dict[int, list[Named]]) -> Iterator[Statement]:
    spans = [_span(row) for row in rows]
    dates = tuple(span for span, row in zip(spans, rows, strict=True) if span is not None and row[9])
    edtfs = tuple(row[4] for row in rows if row[9])
    given: set[str] = set()
    for row, span in zip(rows, spans, strict=True):
        number, passage, _, _, edtf, earliest, latest, modifier, planned, timeline, article, start, text, address = row
        if timeline <= 0 or edtf in given:
            continue
        given.add(edtf)
        yield Statement(
            key=number,
            article=article,
            place=(article, start, address),
            text=text,
            edtf=edtf,
            earliest=_day(earliest),
            latest=_day(latest),
            modifier=modifier,
            planned=bool(planned),
            mark=span,
            dates=dates,
            edtfs=edtfs,
            names=tuple(names.get(passage, ())),
        )


def _span(row: Any) -> Span | None:
    """Where the words of a mark stand in its passage; None for the article's own date."""
    return None if row[2] is None else Span(row[2] - row[11], row[3] - row[11])


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
