"""A quotation beside its source: what is the same, changed, added, left out, and when it is another statement."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzbot.language.quoting.difference import compare
from kzbot.language.quoting.reading import read

TEXT = (
    "The exercise ended on Friday. In September, about 1,400 troops from Kazakhstan, Uzbekistan and Russia took part in"
    " CENTRAZBAT 97, the battalion's first exercise. At present, Kazakhstan has no border disputes, Nazarbayev said."
)
SOURCE = read(TEXT)
WORDS = TEXT.split()


def told(words: str) -> list[tuple[str, str, str]]:
    like = compare(read(words), SOURCE)
    assert like is not None and like.plain
    assert "".join(run.theirs for run in like.runs) == words
    assert "".join(run.source for run in like.runs) == TEXT[like.start : like.end]
    return [(run.op, run.theirs.strip(), run.source.strip()) for run in like.runs if run.op != "same"]


@pytest.mark.parametrize(
    ("words", "differs"),
    [
        ("about 1,500 troops from Kazakhstan, Uzbekistan and Russia took part", [("changed", "1,500", "1,400")]),
        ("about 1,400 troops from Kazakhstan and Russia took part", [("left_out", "", ", Uzbekistan")]),
        ("Kazakhstan has border disputes", [("left_out", "", "no")]),
        ("Kazakhstan has no border conflicts", [("changed", "conflicts", "disputes")]),
        ("At present, Kazakhstan has almost no border disputes", [("added", "almost", "")]),
        ("at present, Kazakhstan has no border disputes", [("changed", "at", "At")]),
        ("Kazakhstan has no border disputes, Nasarbayev said.", [("changed", "Nasarbayev", "Nazarbayev")]),
        (
            "KAZAKHSTAN HAS NO BORDER DISPUTES",
            [("changed", "KAZAKHSTAN HAS NO BORDER DISPUTES", "Kazakhstan has no border disputes")],
        ),
        ("Kazakhstan has no border disputes; Nazarbayev said", [("changed", ";", ",")]),
        (
            "took part in CENTRAZBAT 98, the battalion's second exercise",
            [("changed", "98", "97"), ("changed", "second", "first")],
        ),
    ],
)
def test_every_altered_word_is_shown_beside_the_sources(words: str, differs: list[tuple[str, str, str]]) -> None:
    assert told(words) == differs


@pytest.mark.parametrize(
    "words",
    [
        "The exercise ended with a parade of the national guard",
        "At present, Uzbekistan has several border crossings, Karimov said",
        "about 200 officers from Kazakhstan, Georgia and Turkey were trained in Almaty",
        "the battalion's first commander was appointed by the president",
        "In September, the ministers of Kazakhstan met in Tashkent",
    ],
)
def test_another_statement_is_no_altered_one(words: str) -> None:
    like = compare(read(words), SOURCE)
    assert like is None or not like.plain


@given(st.data())
def test_a_difference_loses_no_letter_on_either_side(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(WORDS) - 6))
    some = WORDS[start : start + data.draw(st.integers(5, 20))]
    at = data.draw(st.integers(0, len(some) - 1))
    some[at : at + data.draw(st.integers(0, 2))] = data.draw(
        st.lists(st.sampled_from(["not", "1,500", "Ruritania;", "“x”"]), max_size=3)
    )
    words = "  ".join(some)
    like = compare(read(words), SOURCE)
    if like is not None:
        assert "".join(run.theirs for run in like.runs) == words
        assert "".join(run.source for run in like.runs) == TEXT[like.start : like.end]
        assert all(
            (run.op == "same") == (read(run.theirs).keys == read(run.source).keys) or run.op == "same"
            for run in like.runs
        )
