"""Which words of a sentence say what is done, and whether it has happened."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzbot.language.clauses import relative_clauses
from kzbot.language.predicates import main_predicates, predicates
from kzbot.language.quotations import quoted
from kzbot.language.spans import Span


def kinds(sentence: str) -> list[str]:
    return [one.kind for one in predicates(sentence, 0, len(sentence), quoted(sentence))]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The ministry has announced a tender.", ["perfect"]),
        ("The ministry has now also signed the contract.", ["perfect"]),
        ("Both sides have not yet agreed.", ["perfect"]),
        ("The ministry has cut its spending.", ["perfect"]),
        ("The town was hit by a storm.", ["past"]),
        ("The army has been in talks.", ["state"]),
        ("The army has been buying jets.", ["state"]),
        ("The army has been given jets.", ["perfect"]),
        ("The army had, at one point, bought jets.", ["pluperfect"]),
        ("The minister said nothing.", ["said"]),
        ("The troops had left before.", ["pluperfect"]),
        ("The battalion was formed in the spring.", ["past"]),
        ("The battalion was small.", ["state"]),
        ("The crew flew home.", ["past"]),
        ("The crew will fly home.", ["modal"]),
        ("The army is small.", ["present"]),
        ("The airliner made by the plant landed.", ["participle", "past"]),
        ("The United States and its claims are one thing.", ["present"]),
        ("An added cost and a planned visit", ["participle"]),
        ("``We have won,'' he replied.", ["said"]),
    ],
)
def test_predicates_by_their_tense(sentence: str, expected: list[str]) -> None:
    assert kinds(sentence) == expected


def test_offsets_are_those_of_the_words() -> None:
    sentence = "Yesterday the ministry has not yet been informed of it."
    (found,) = predicates(sentence, 0, len(sentence))
    assert sentence[found.start : found.end] == "has not yet been informed"


def test_a_clause_that_leads_up_is_not_the_main_one() -> None:
    sentence = "When asked about the price, the minister replied that it was high."
    found = predicates(sentence, 0, len(sentence))
    assert main_predicates(sentence, Span(0, len(sentence)), found)[0].kind == "said"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "we go" and left.', ['"we go"']),
        ("He said “we go” and «stay» too.", ["“we go”", "«stay»"]),
        ("He said ``we go'' and left.", ["``we go''"]),
        ('we stay," she added.', ['we stay,"']),
        ('He said " we go " and left.', ['" we go "']),
        ("He said “we go on\n\nand on.", ["“we go on"]),
        ("Nobody spoke.", []),
    ],
)
def test_quotations(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in quoted(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They sent troops to the province, which fell in 2003, and left.", [", which fell in 2003"]),
        ("The man who signed it left.", [" who signed it left."]),
        ("The maker (which was sold in 2003) left.", ["(which was sold in 2003"]),
        ("Nobody left.", []),
    ],
)
def test_relative_clauses(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in relative_clauses(text, 0, len(text))] == expected


@given(st.text(alphabet=" ,;\"'`“”«»-.has d been said which willed\n", max_size=300))
def test_whatever_the_text_offsets_lie_within_it(text: str) -> None:
    said = quoted(text)
    assert all(0 <= one.start < one.end <= len(text) for one in said)
    assert all(one.end <= other.start for one, other in pairwise(said))
    assert all(0 <= one.start < one.end <= len(text) for one in predicates(text, 0, len(text), said))
