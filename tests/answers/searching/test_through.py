"""An answer says through which other spellings it was found, and through none where there are none."""

from collections.abc import Awaitable, Callable

import pytest

from kzbot.answers.model import Answer, MatchedThrough
from kzbot.answers.searching.through import MOST, spelled_otherwise
from kzbot.index.rows import FormRow

Ask = Callable[[str], Awaitable[Answer]]


def used(asked: str, *forms: str, by: str = "name") -> list[str]:
    return [one.used for one in spelled_otherwise(asked, [FormRow(form, by, 1) for form in forms])]


@pytest.mark.parametrize(
    ("asked", "form"),
    [
        ("centrazbat", "CENTRAZBAT"),
        ("CENTRAZBAT", "CENTRAZBAT 97"),
        ("Steppe Eagle-2012", "Steppe Eagle"),
        ("Hagel", "Chuck Hagel"),
        ("NATO", "NATO's"),
        ("drone", "drones"),
        ("US", "U. S."),
        ("Steppe Eagle", "“Steppe\nEagle”"),
        ("Defence Ministry", "Defense Ministry"),
    ],
)
def test_what_is_no_other_spelling_is_not_told(asked: str, form: str) -> None:
    assert used(asked, form) == []


@pytest.mark.parametrize(
    ("asked", "form"),
    [("CENTRAZBAT", "CENTRASBAT"), ("GM", "General Motors"), ("Chuck Hagel", "Hagel"), ("Zhaksybekov", "Dzhaksybekov")],
)
def test_another_spelling_is_told(asked: str, form: str) -> None:
    assert used(asked, form, asked) == [form]


def test_the_most_used_come_first_and_no_more_than_five() -> None:
    rows = [FormRow(f"Name {letter * 5}", "name", at) for at, letter in enumerate("abcdefgh")]
    told = spelled_otherwise("x", rows, (MatchedThrough("x", "y", "spelling"),))
    assert (told[0].used, told[1].used, len(told)) == ("y", "Name hhhhh", MOST)


def test_adjectives_are_told_only_where_there_is_nothing_else() -> None:
    assert used("United States", "American", by="adjective") == ["American"]
    rows = [FormRow("American", "adjective", 9), FormRow("United States", "name", 1)]
    assert spelled_otherwise("United States", rows) == ()


async def test_timelines_and_profiles_say_what_their_evidence_writes(ask: Ask) -> None:
    for line in ("/timeline topic: Centrasbat from: 1997-09 to: 1997-09", "/exercise Centrasbat-97"):
        made = await ask(line)
        assert ("CENTRAZBAT", "variant") in [(one.used, one.how) for one in made.matched_through]
    assert (await ask("/exercise CENTRAZBAT")).matched_through == ()
    assert [one.used for one in (await ask("/timeline topic: Джаксыбеков")).matched_through] == ["Dzhaksybekov"]
    assert (await ask("/timeline topic: Hagel")).matched_through == ()
