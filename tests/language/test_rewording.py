"""Whether two wordings are one, where a wording stands, and what differs: with offsets into the texts as they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzbot.language.rewording import differences, even, kept_of, likeness, same, standing

SAID = 'The plan - "for five years" - was signed by both ministers.'


@pytest.mark.parametrize(
    "other",
    [
        "The plan – “for five years” –\n  was signed by both ministers.",
        "The plan - «for five years» - was signed\n  • by both\u00a0min\u00adisters.",
    ],
)
def test_white_space_bullets_quotes_and_dashes_are_no_wording(other: str) -> None:
    assert same(SAID, other)
    text = f"Before it.\n\n{other} Behind it."
    assert [text[start:end] for start, end in standing(text, SAID)] == [other]


@pytest.mark.parametrize("other", [SAID.replace("five", "5"), SAID.replace(".", "!"), SAID.replace("The", "the")])
def test_letters_figures_and_signs_are(other: str) -> None:
    assert not same(SAID, other)
    assert list(standing(f"Before it. {other}", SAID)) == []


def test_a_wording_stands_from_word_end_to_word_end() -> None:
    assert list(standing("It was resigned by both of them.", "signed by both of them.")) == []
    text = "One is signed by both of them. Two is signed by both of them."
    assert [start for start, _ in standing(text, "is signed by both of them.")] == [4, 35]


def test_a_wording_of_few_words_must_be_a_line_of_its_own() -> None:
    text = "Background checks were made.\n\n## Background\n\nThe background is long."
    assert [text[start - 3 : end] for start, end in standing(text, "Background")] == ["## Background"]


def test_a_script_without_blanks_is_found_within_a_line() -> None:
    text = "他说：双方签署了计划。会议结束了。"
    assert [text[start:end] for start, end in standing(text, "双方签署了计划。")] == ["双方签署了计划。"]


@given(st.text('ab •\u00ad–-“"\n中', max_size=40), st.data())
def test_what_is_found_reads_the_same(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    part = text[start : data.draw(st.integers(start, len(text)))]
    for found in standing(text, part):
        assert even(text[found.start : found.end]) == even(part)


def test_what_differs_is_told_word_by_word() -> None:
    old, new = "About 400 men of the 1st brigade went.", "Some 500 men of the first brigade went home."
    marks = differences(old, new)
    assert [old[start:end] for start, end in marks[0]] == ["About 400", "1st"]
    assert [new[start:end] for start, end in marks[1]] == ["Some 500", "first", "home"]


def test_a_rewording_is_alike_and_another_statement_on_the_same_thing_is_not() -> None:
    said = "Kazakhstan bought ten transport helicopters from Russia in the spring of 2010."
    assert likeness(said, "Kazakhstan bought twelve transport helicopters from Russia in the autumn of 2010.") > 0.7
    assert likeness(said, "Kazakhstan held the exercise Steppe Eagle near Almaty in the autumn of 2012.") < 0.4
    assert kept_of(said, f"{said[:-1]}, and the minister of defence flew in the first of them to the base.") == 1
