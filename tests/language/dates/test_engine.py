"""The engine that looks around triggers only finds what the plain one finds."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzbot.language.dates import edtf, kinds
from kzbot.language.dates.engine import read, read_everywhere
from kzbot.language.dates.marks import find_marks
from kzbot.language.dates.rules.rulebook import RULES
from kzbot.language.dates.tagger import tag
from kzbot.language.spans import Span


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_the_seeds_read_the_same_both_ways(number: str, seed_text: Callable[[str], str]) -> None:
    assert read(seed_text(number)) == read_everywhere(seed_text(number))


def test_far_apart_dates_read_the_same_both_ways() -> None:
    text = (
        "x " * 90
        + "met two days after the end of the third quarter of fiscal year 1998 "
        + "word " * 60
        + "in May 1997"
    )
    assert read(text) == read_everywhere(text)
    assert len(read(text)) == 3


def test_a_quarter_written_after_its_figure_reads_the_same_both_ways() -> None:
    text = "Sales rose in the 3Q by half."
    assert read(text) == read_everywhere(text)
    assert len(read(text)) == 1


@settings(max_examples=300)
@given(st.data())
def test_any_text_reads_the_same_both_ways(date_like: st.SearchStrategy[str], data: st.DataObject) -> None:
    text = data.draw(date_like)
    assert read(text) == read_everywhere(text)


@settings(max_examples=300)
@given(st.data())
def test_tags_and_marks_keep_their_promises(date_like: st.SearchStrategy[str], data: st.DataObject) -> None:
    text = data.draw(st.one_of(date_like, st.text(max_size=80)))
    published = data.draw(
        st.sampled_from([None, "1998-07-20", "2013-11", "2013", "[2009-06-24..2011-01-31]", "0001-01-01", "9999-12-31"])
    )
    behind = 0
    for start, end, value in tag(text, date(1998, 7, 20)):
        assert behind <= start < end <= len(text)
        assert value
        behind = end
    behind = 0
    for mark in find_marks(text, published):
        assert mark.start is not None
        assert mark.end is not None
        assert behind <= mark.start < mark.end <= len(text)
        assert mark.words == text[mark.start : mark.end]
        behind = mark.end
        assert mark.earliest is None or mark.latest is None or mark.earliest <= mark.latest
        if mark.modifier not in ("before", "after"):
            assert edtf.bounds(mark.edtf) == (mark.earliest, mark.latest)
        assert (mark.basis == "resolved") == (mark.anchor is not None)
        assert mark.anchor is None or edtf.is_valid(mark.anchor)


@settings(max_examples=100)
@given(st.data())
def test_text_that_comes_again_reads_the_same_both_ways(date_like: st.SearchStrategy[str], data: st.DataObject) -> None:
    text = data.draw(date_like) + data.draw(st.sampled_from([". ", " word ", "\n\n", " "]))
    text *= 40
    assert read(text) == read_everywhere(text)


_KINDS = "".join(
    kind for name, kind in vars(kinds).items() if name.isupper() and isinstance(kind, str) and len(kind) == 1
)


@settings(max_examples=300)
@given(st.text(_KINDS, max_size=40))
def test_a_rule_begins_with_the_kinds_that_it_says(text: str) -> None:
    for rule in RULES:
        found = re.match(r"\(\?=\[[^]]+\]\)", rule.pattern.pattern)
        if found:
            plain = re.compile(rule.pattern.pattern[found.end() :])
            assert [match.span() for match in rule.pattern.finditer(text)] == [
                match.span() for match in plain.finditer(text)
            ], rule.name


def test_the_point_of_a_short_month_beyond_the_span_is_left_out() -> None:
    [reading] = read("They met on 3 Feb. again", [Span(0, 17)])
    assert (reading.start, reading.end) == (12, 17)


@settings(max_examples=100)
@given(st.data())
def test_marks_stay_within_their_spans(date_like: st.SearchStrategy[str], data: st.DataObject) -> None:
    text = data.draw(date_like)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
    spans = [Span(cuts[0], cuts[1]), Span(cuts[2], cuts[3])]
    for reading in read(text, spans):
        assert any(span.start <= reading.start and reading.end <= span.end for span in spans)


@pytest.mark.parametrize(
    "text",
    [
        "1" * 100_000,
        "1998-" * 20_000,
        "a" * 100_000,
        "\n" * 100_000,
        "10:" * 30_000,
        "the last " * 10_000,
        "A-" * 50_000,
        "ASTANA, June 5 - " * 5_000,
        "June " * 20_000,
        "the day after " * 7_000,
        "'9" * 50_000,
        "(((" * 30_000,
    ],
)
def test_long_and_strange_text_is_read(text: str) -> None:
    """No pattern goes wild: each of these ends (in milliseconds; a wild one would not end within the test run)."""
    for start, end, _ in tag(text, date(1998, 7, 20)):
        assert 0 <= start < end <= len(text)
    assert len(find_marks(text[:20_000], "1998-07")) <= 20_000
