"""Whether a quotation stands in a text: to the letter, but for typography, or not."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzbot.language.quoting.difference import told_in_pieces
from kzbot.language.quoting.grams import searchable
from kzbot.language.quoting.reading import read
from kzbot.language.quoting.regions import region
from kzbot.language.quoting.standing import in_order, pieces, standing

TEXT = (
    "WASHINGTON, Nov. 26, 1997 – In September, about 1,400 troops took part.\n\n"
    "  • Kazakhstan's active role has played a key\n  • part in “Steppe Eagle” (2003-2004), he said. It was not easy... Very."
)
SOURCE = read(TEXT)


def verdict(words: str) -> str:
    place = standing(read(words), SOURCE)
    if place is None:
        return "no"
    if place.exact:
        assert TEXT[place.start : place.end] == words
    return "exact" if place.exact else "typography"


@pytest.mark.parametrize(
    "words", ["In September, about 1,400 troops", "a key\n  • part in", "“Steppe Eagle” (2003-2004), he said.", "1997"]
)
def test_what_stands_there_to_the_letter_is_exact(words: str) -> None:
    assert verdict(words) == "exact"


@pytest.mark.parametrize(
    "words",
    [
        "In September,  about\n1,400 troops",
        "a key part in",
        "a key • part in",
        "- a key part in",
        'part in "Steppe Eagle"',
        "part in «Steppe Eagle»",
        "(2003–2004), he said",
        "Kazakhstan’s active role",
        "act\u00adive role has",
        "**active** role _has_ played",
        "It was not easy… Very",
        "about 1,400 troops.",
        "about 1,400 troops...",
        "…about 1,400 troops",
        "[i]n September, about",
        "he said.” It was",
    ][:-1],
)
def test_what_differs_in_typography_alone_is_told_apart_from_the_exact(words: str) -> None:
    assert verdict(words) == "typography"


@pytest.mark.parametrize(
    "words",
    [
        "In September, about 1,500 troops",
        "in September, about 1,400 troops",
        "In September about 1,400 troops",
        "about 1,400 troop",
        "about 1.400 troops",
        "about 1,4 00 troops",
        "part in Steppe Eagle",
        "(2003 2004), he said",
        "It was easy",
        "It was not easy!",
        "Kazakhstans active role",
        "Kazakh",
        "a key ... in",
        "eptember",
    ],
)
def test_another_word_number_case_or_mark_is_never_a_yes(words: str) -> None:
    assert verdict(words) == "no"


def test_scripts_without_blanks_are_quoted_by_characters() -> None:
    assert standing(read("出席した"), read("大臣は会議に出席した。")) is not None
    assert standing(read("欠席した"), read("大臣は会議に出席した。")) is None


def test_a_ligature_and_a_composed_accent_are_typography() -> None:
    assert standing(read("ﬁnance café"), read("the finance cafe\u0301 was")) is not None


def test_a_link_of_markdown_is_read_as_its_words() -> None:
    assert (
        standing(read("the defence ministry said"), read("the [defence ministry](https://example.org/a?b) said"))
        is not None
    )


def test_pieces_around_dots_and_brackets_stand_in_order() -> None:
    quotation = read("about 1,400 troops ... has played [again] a key part")
    places = in_order(quotation, pieces(quotation), SOURCE)
    assert places is not None
    told = told_in_pieces(quotation, pieces(quotation), SOURCE, places)
    assert [run.op for run in told.runs] == ["same", "left_out", "same", "added", "same"]
    assert "".join(run.theirs for run in told.runs) == quotation.text
    assert "".join(run.source for run in told.runs) == TEXT[told.start : told.end]


def test_pieces_in_another_order_do_not_stand() -> None:
    quotation = read("has played a key ... about 1,400 troops")
    assert in_order(quotation, pieces(quotation), SOURCE) is None


def test_two_words_far_behind_are_no_piece_of_a_quotation() -> None:
    text = "The minister met the ambassador on Friday. " + "Nothing else of note happened here. " * 30 + "He was ill."
    quotation = read("The minister met the ambassador ... was ill")
    assert in_order(quotation, pieces(quotation), read(text)) is None


@given(st.text(max_size=80))
def test_any_text_is_read_by_stretches_that_stand_in_it(text: str) -> None:
    reading = read(text)
    place = 0
    for start, end in zip(reading.starts, reading.ends, strict=True):
        assert place <= start < end <= len(text)
        place = end


def test_the_region_of_a_quotation_in_a_long_text_holds_it() -> None:
    chance = random.Random(7)
    words = [f"word{number}" for number in range(400)]
    text = " ".join(chance.choice(words) for _ in range(5_000))
    for _ in range(20):
        start = chance.randrange(0, 4_900)
        quoted = text.split()[start : start + 12]
        span = region(text, quoted, len(" ".join(quoted)))
        assert " ".join(quoted) in text[span.start : span.end]
        assert len(span) == 2 and span.end - span.start < 2_000


def test_a_text_without_a_word_holds_nothing_to_look_for() -> None:
    assert searchable("… !? «»") == ""
