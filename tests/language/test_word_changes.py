"""What changed between two versions of a text, for any two texts."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from kzbot.language.word_changes import Run, word_changes

WORDS = st.lists(st.sampled_from(["to", "be", "or", "not", "the", "exercise", "2012.", "中文", "Орёл"]), max_size=40)
FOREIGN = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def test_the_words_that_became_others_are_told_with_the_words_before_them() -> None:
    old = "The exercise began on 3 May 2012 in Almaty, officials said."
    new = "The exercise ended on 4 May 2012 in Almaty, officials said today."
    assert word_changes(old, new) == [
        Run("began on 3", "ended on 4", "The exercise"),
        Run("said.", "said today.", "3 May 2012 in Almaty, officials"),
    ]


def test_words_that_came_in_and_words_that_went_stand_alone() -> None:
    text = "One two three four five. Six seven eight nine ten."
    assert word_changes(text, "One two three four five. Not so. Six seven eight nine ten.") == [
        Run("", "Not so.", "One two three four five.")
    ]
    assert word_changes(text, "Six seven eight nine ten.") == [Run("One two three four five.", "", "")]


def test_white_space_is_no_change() -> None:
    assert word_changes("One  two\nthree ", " One two three") == []


def test_a_script_without_blanks_is_compared_by_its_characters() -> None:
    assert word_changes("会议于五月三日在北京举行", "会议于五月四日在北京举行") == [Run("三", "四", "会议于五月")]


def test_a_change_in_the_middle_of_a_long_text_is_found_and_nothing_beside_it() -> None:
    words = [
        f"{'rare' if number % 100 else 'once'}{number if number % 100 == 0 else number % 7_000} and"
        for number in range(60_000)
    ]
    other = [*words[:100], "something", *words[100:59_000], *words[59_003:]]
    first, second = word_changes(" ".join(words), " ".join(other))
    assert (first.before, first.after) == ("", "something")
    assert second.after == "" and len(second.before.split()) == 6


@given(WORDS, WORDS)
def test_the_runs_are_of_the_texts_and_lead_from_one_to_the_other(old: list[str], new: list[str]) -> None:
    _told(" ".join(old), " ".join(new))


@given(FOREIGN, FOREIGN)
def test_any_two_texts_can_be_compared(old: str, new: str) -> None:
    _told(old, new)


def _told(old: str, new: str) -> None:
    """What is left of both without the runs is the same, but for white space, and each run stands in its text."""
    runs = word_changes(old, new)
    assert all(run.before in old and run.after in new and run.around in old for run in runs)
    assert all(run.before != run.after for run in runs)
    assert _left(old, [run.before for run in runs]) == _left(new, [run.after for run in runs])
    assert bool(runs) == ("".join(old.split()) != "".join(new.split())) or old.split() != new.split()


def _left(text: str, runs: list[str]) -> Counter[str]:
    return Counter("".join(text.split())) - Counter("".join("".join(runs).split()))
