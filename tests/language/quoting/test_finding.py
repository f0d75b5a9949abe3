"""Which words of a message are quotations: by marks of any kind, in block quotes, or all of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzbot.language.quoting.finding import Quotation, quotations

MARKS = "“”„‟\"«»‹›‚‘’'> \n"


def within(message: str) -> list[str]:
    """The quotations that a message holds; the message itself where it holds none."""
    return [one.words for whole in quotations(message) for one in (whole.within or (whole,))]


@pytest.mark.parametrize(
    ("message", "found"),
    [
        ("He said “one two” and left.", ["one two"]),
        ('He said "one two" and "three".', ["one two", "three"]),
        ("Er sagte „eins zwei“ und »drei«.", ["eins zwei", "drei"]),
        ("Он сказал: «раз два».", ["раз два"]),
        ("Il dit « un deux ».", ["un deux"]),
        ("He said ‘one two’ twice.", ["one two"]),
        ("He said ‚one two‘ twice.", ["one two"]),
        ("the 'Steppe Eagle' exercise", ["Steppe Eagle"]),
        ("“outer ‘inner’ outer” behind", ["outer ‘inner’ outer"]),
        ("“outer “inner” outer” behind", ["outer “inner” outer"]),
        (
            "Kazakhstan’s and the ministers’ efforts don't count",
            ["Kazakhstan’s and the ministers’ efforts don't count"],
        ),
        ("He said ‘the ministers’ efforts failed’ and left", ["the ministers’ efforts failed"]),
        ("“never closed\n\n“next paragraph” behind", ["never closed", "next paragraph"]),
        ("He said: “one two.\n\nThree four.” Then he left", ["one two.\n\nThree four."]),
        ('a 6" pipe and "a quotation"', ["a quotation"]),
        ("no marks at all", ["no marks at all"]),
        ("“the very same”", ["the very same"]),
        ("> a block\n> of two lines\nand a “mark”", ["a block\nof two lines", "mark"]),
        ("before\n>>> all the rest\n\nof it", ["all the rest\n\nof it"]),
        ('said he: ""', ['said he: ""']),
    ],
)
def test_quotations_are_what_stands_between_marks_or_in_block_quotes(message: str, found: list[str]) -> None:
    assert within(message) == found


@pytest.mark.parametrize("message", ["", "!!!", "“”", "> \n", "“…” «—»"])
def test_where_there_is_no_word_there_is_no_quotation(message: str) -> None:
    assert quotations(message) == []


def test_a_quotation_knows_where_it_stands_in_the_message() -> None:
    message = "He said “one two”.\n> three\nEnd."
    [whole] = quotations(message)
    assert [message[one.start : one.end] for one in whole.within] == ["“one two”", "> three\n"]


def test_a_block_quote_keeps_the_quotations_inside_it() -> None:
    [whole] = quotations("> “one two” — Cohen\nsee above")
    [block] = whole.within
    assert block.words == "“one two” — Cohen" and [one.words for one in block.within] == ["one two"]
    assert whole.count == 1


@given(st.text(MARKS + "ab.\u202e", max_size=60))
def test_any_marks_give_stretches_in_order_that_hold_their_words(message: str) -> None:
    def check(found: tuple[Quotation, ...], start: int, end: int) -> None:
        for one in found:
            assert start <= one.start < one.end <= end
            assert any(c.isalnum() for c in one.words)
            start = one.end if not one.words.count("\n") else start

    for whole in quotations(message):
        assert (whole.start, whole.end) == (0, len(message)) or not whole.within
        check(whole.within, 0, len(message))


@pytest.mark.parametrize("hostile", ['"', "“", "'a ", "s' ", "> ", ">\n", "‘s’ ", '"a" ', "«»", "“\n\n"])
def test_marks_without_end_are_looked_through_in_one_pass(hostile: str) -> None:
    # A rule that looked at each mark from each other one would take minutes here, and be stopped.
    assert len(quotations(hostile * 30_000)) <= 1
