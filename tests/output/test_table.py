"""CSV: read back by the csv module, nothing is lost and nothing is calculated."""

import csv
import io
import re
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from kzbot.answers.model import Answer, Evidence
from kzbot.output.table import COLUMNS, as_csv, exact, harmless
from kzbot.phrases import Phrases

Item = Callable[..., Evidence]
Made = Callable[..., Answer]
ASKED = "/timeline topic: Steppe Eagle from: 2012"
FORMULAS = (
    '=HYPERLINK("https://x","y")',
    "+1",
    "-1+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "＝1",
    "\n=1",
    "a;=1",
    'a; "=1"',
    "a;\t=1;-1",
    "a\t@SUM(A1);'=1",
)
UNSEEN = frozenset('"\u200b\u200c\u2060\ufeff')
HOSTILE = st.text() | st.text(st.sampled_from("=+-@\t\r\n'\"; ,\x00\u200b\ufeffя")) | st.sampled_from(FORMULAS)


def read(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_dated_items_come_first_and_undated_ones_last(phrases: Phrases, made_item: Item, made_answer: Made) -> None:
    dated = made_item("In September 2012, the exercise\nbegan.", "2012-09", names=("A", "B"), event="e1")
    rows = read(as_csv(made_answer(dated, undated=(made_item("Слова без даты"),)), phrases, ASKED))
    assert [row["list"] for row in rows] == ["dated", "undated"]
    assert [row["excerpt"] for row in rows] == ["In September 2012, the exercise\nbegan.", "Слова без даты"]
    first = rows[0]
    assert (first["date_in_words"], first["edtf"], first["earliest"], first["latest"], first["ground"]) == (
        "September 2012",
        "2012-09",
        "2012-09-01",
        "2012-09-30",
        "stated",
    )
    assert (first["names"], first["event"], first["planned"], first["address"]) == (
        "A; B",
        "e1",
        "false",
        "one#0123abcd",
    )
    assert (rows[1]["date_in_words"], rows[1]["edtf"], rows[1]["number"]) == ("", "", "2")


def test_filters_and_generation_stand_in_every_row(phrases: Phrases, made_item: Item, made_answer: Made) -> None:
    answer = made_answer(
        made_item("x", "2012", mark_fit="certain"), made_item("y", "2013/.."), read_as={"from": "2012"}
    )
    for row in read(as_csv(answer, phrases, ASKED)):
        assert (row["question"], row["read_as"], row["articles"]) == (ASKED, "from: 2012", "5")
        assert row["generation"] == "20261121T203301Z-1a2b3c4d"
    assert read(as_csv(answer, phrases, ASKED))[0]["fit"] == "certain"


def test_an_empty_answer_still_says_what_was_asked(phrases: Phrases, made_answer: Made) -> None:
    (row,) = read(as_csv(made_answer(), phrases, ASKED))
    assert (row["list"], row["question"], row["excerpt"]) == ("nothing", ASKED, "")


def test_excel_is_told_that_it_is_utf_8(phrases: Phrases, made_answer: Made) -> None:
    data = as_csv(made_answer(), phrases, ASKED)
    assert data.startswith(b"\xef\xbb\xbfnumber,list,")
    assert data.endswith(b"\r\n")


@given(HOSTILE)
def test_no_cell_is_calculated_and_every_cell_comes_back(text: str) -> None:
    cell = harmless(text)
    assert exact(cell) == text
    assert cell[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n")
    assert cell.lstrip()[:1] not in tuple("=+-@＝＋－＠")


@given(HOSTILE)
def test_no_part_of_a_cell_is_calculated_where_semicolons_or_tabs_begin_a_cell(text: str) -> None:
    _, *cells = re.split("[;\t\r\n]", harmless(text))
    for cell in cells:
        seen = "".join(sign for sign in cell if not sign.isspace() and sign not in UNSEEN)
        assert seen[:1] not in tuple("=+-@＝＋－＠")


@given(excerpt=HOSTILE, title=HOSTILE, topic=HOSTILE)
def test_hostile_text_survives_the_csv_reader(
    phrases: Phrases, made_item: Item, made_answer: Made, excerpt: str, title: str, topic: str
) -> None:
    answer = made_answer(made_item(excerpt, "2012", title=title, publisher=topic))
    (row,) = read(as_csv(answer, phrases, topic))
    assert set(row) == set(COLUMNS)
    assert [exact(row[name]) for name in ("excerpt", "title", "publisher", "question")] == [
        excerpt,
        title,
        topic,
        topic,
    ]
