"""What a question asks for, without the words that only ask."""

import pytest

from kzbot.language.asking import is_phrasing, telling
from kzbot.language.words import tokens


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("When was the summit held?", ["summit"]),
        ("what happened in Riga", ["riga"]),
        ("What did the minister say about tanks?", ["minister", "tanks"]),
        ("which countries sent tanks", ["sent", "tanks"]),
        ("how much money was allocated", ["allocated"]),
        ("talks held in Riga", ["talks", "held", "riga"]),
        ("money laundering", ["money", "laundering"]),
        ("the say", ["say"]),
        ("who will own the mine", ["own", "mine"]),
        ("who runs his own mine", ["runs", "mine"]),
    ],
)
def test_what_is_asked_for_stays(question: str, kept: list[str]) -> None:
    assert [token.word for token in telling(tokens(question), others=False)] == kept


def test_stop_words_alone_carry_nothing() -> None:
    assert telling(tokens("to be or not to be"), others=False) == []
    assert [token.word for token in telling(tokens("how much money"), others=False)] == ["money"]
    assert telling(tokens("how much money"), others=True) == []


def test_words_in_which_a_question_is_put_say_less_than_what_it_is_about() -> None:
    assert all(map(is_phrasing, ("called", "happen", "fit", "get", "reason")))
    assert not any(map(is_phrasing, ("treaty", "minister", "crash", "owned", "woman")))
