"""Rows of a list at the terminal: in a pipe a line with tabs each, else a table, and where that is too narrow a few lines each."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kzbot.querylog.rows import UNDATED

NOTHING = "-"
"""A cell that says nothing."""
UNKNOWN = "?"
"""A cell of which what it should say cannot be read."""
_ROOM = 28
"""What the last column of a table needs at least."""
_BETWEEN, _INDENT = 2, 3


def said_moment(moment: datetime) -> str:
    """A moment of the log in UTC, `?` where it is damaged."""
    return UNKNOWN if moment == UNDATED else f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}"


def print_rows(out: Console, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Prints rows whose first cell is a number and whose last one is long; the cells hold nothing that a terminal would obey."""
    if not out.is_terminal:
        for row in rows:
            out.file.write("\t".join(row) + "\n")
        return
    wide = sum(max(map(cell_len, column)) + _BETWEEN for column in [*zip(heads, *rows, strict=True)][:-1])
    if out.width - wide >= _ROOM:
        out.print(_table(heads, rows))
        return
    for row in rows:
        for line in _piece(heads, row):
            out.print(line)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    table = Table(box=None, pad_edge=False)
    for head in heads[:-1]:
        table.add_column(head, no_wrap=True)
    table.add_column(heads[-1], overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table


def _piece(heads: Sequence[str], row: Sequence[str]) -> Iterator[Text | Padding]:
    """The long cell behind the number, and below it the others that say something, each behind its head."""
    yield Text(f"{row[0]}. {row[-1]}")
    facts = (f"{head}: {cell}" for head, cell in zip(heads[1:-1], row[1:-1], strict=True) if cell != NOTHING)
    yield Padding(Text(" · ".join(facts)), (0, 0, 0, _INDENT), expand=False)
