"""How many entries a timeline has in its years, as lines of text."""

from collections.abc import Iterator, Sequence

from kzbot.answers.timelines.overview import Span
from kzbot.phrases import Phrases

BAR = "▇"
LONGEST = 12
"""Characters of the longest bar: with the longest label and a count of five digits a line fits a phone."""
_GAP = "…"


def span_words(phrases: Phrases, span: Span) -> str:
    """1997, 1990s, 20th century."""
    if span.step > 100:
        return f"{max(span.first, 1)}–{span.first + span.step - 1}"
    digits = {1: 4, 10: 3, 100: 2}[span.step]
    return phrases.date(f"{span.first:04}"[:digits] + "X" * (4 - digits))


def chart(phrases: Phrases, spans: Sequence[Span]) -> list[str]:
    """A line for each span: its label, its count and a bar, in columns. Where spans lie between that have nothing, one
    line stands for them."""
    rows = list(_rows(spans))
    if not rows:
        return []
    labels = ["" if row is None else span_words(phrases, row) for row in rows]
    counts = ["" if row is None else phrases.number(row.count) for row in rows]
    most = max(span.count for span in spans)
    wide, numbers = max(map(len, labels)), max(map(len, counts))
    lines = []
    for row, label, count in zip(rows, labels, counts, strict=True):
        bar = BAR * -(-row.count * LONGEST // most) if row else ""
        lines.append(f"{label if row else _GAP:<{wide}} {count:>{numbers}} {bar}".rstrip())
    return lines


def _rows(spans: Sequence[Span]) -> Iterator[Span | None]:
    """The spans in order, with what lies between: one empty span, or None for more than one."""
    last: Span | None = None
    for span in spans:
        between = (span.first - last.first) // span.step - 1 if last else 0
        if between == 1:
            yield Span(span.first - span.step, span.step, 0, span.offset)
        elif between > 1:
            yield None
        yield span
        last = span
