"""Lists of the log on terminals of any width: nothing is cut away, and nothing stands letter below letter."""

import io

import pytest
from rich.console import Console

from kzbot.cli.log.rows import print_rows
from kzbot.cli.log.stats import Counted, _rows, _table
from kzbot.phrases import DEFAULT_FOLDER, Phrases

PHRASES = Phrases.load(DEFAULT_FOLDER, "en")
HEADS = ("No.", "Asked", "User", "Status", "Items", "ms", "Rated", "Question")
WORDS = "/search query: peacekeeping exercises between Kazakhstan and NATO in the nineties"
ROWS = (
    ("12345", "2026-11-22 09:31:00", "1100000000000000311", "not_found, private", "3", "4.2", "+1 -0", WORDS),
    ("7", "2026-11-22 09:30:00", "-", "answered", "10", "1204.2", "-", "/exercise name: Қазақстан"),
)


def printed(width: int) -> list[str]:
    out = io.StringIO()
    print_rows(Console(file=out, width=width, force_terminal=True, no_color=True), HEADS, ROWS)
    return [line.rstrip() for line in out.getvalue().replace("\x1b[1m", "").replace("\x1b[0m", "").splitlines()]


@pytest.mark.parametrize("width", [40, 80, 100])
def test_where_a_table_is_too_wide_a_question_stands_above_what_is_known_of_it(width: int) -> None:
    lines = printed(width)
    assert all(len(line) <= width for line in lines)
    said = " ".join(" ".join(lines).split())
    assert f"12345. {WORDS}" in said and "7. /exercise name: Қазақстан" in said
    facts = "User: 1100000000000000311 · Status: not_found, private · Items: 3 · ms: 4.2 · Rated: +1 -0"
    assert facts in said and "Asked: 2026-11-22 09:30:00 · Status: answered · Items: 10 · ms: 1204.2" in said
    assert len(lines) <= 1 + (sum(map(len, HEADS)) + len(WORDS) + 250) // (width - 8), "not letter below letter"


def test_where_there_is_room_it_is_a_table() -> None:
    lines = printed(180)
    assert lines[0].split() == list(HEADS) and len(lines) == 3
    assert lines[1].endswith(WORDS) and lines[1].startswith(
        "12345  2026-11-22 09:31:00  1100000000000000311  not_found"
    )


@pytest.mark.parametrize("width", [30, 40, 80])
def test_small_bars_leave_room_for_how_many_and_the_share(width: int) -> None:
    counted: list[Counted] = [
        ("/exercise", {"answered": 1234, "not_found": 1234}),
        ("/corpus correct date", {"answered": 1}),
    ]
    out = io.StringIO()
    Console(file=out, width=width, force_terminal=True).print(_table(_rows(PHRASES, counted, width)))
    lines = out.getvalue().splitlines()
    assert all(len(line) <= width for line in lines)
    assert "2,468" in lines[0] and lines[0].rstrip().endswith("50%") and lines[0].count("▇") == lines[0].count("░")
    assert any(line.rstrip().endswith("100%") for line in lines)
