import pytest

from kzbot.language.answer_kinds import answers, wanted
from kzbot.language.false_friends import is_apart, may_be_apart
from kzbot.language.senses import same_sense, same_sense_of


@pytest.mark.parametrize(
    ("word", "other"), [("delivered", "delivery"), ("sold", "sale"), ("bought", "purchase"), ("died", "kill")]
)
def test_a_verb_and_its_noun_say_the_same(word: str, other: str) -> None:
    assert (other,) in same_sense(word)


def test_several_words_may_say_what_one_says() -> None:
    assert ("ceo",) in same_sense_of(("chief", "executive"))
    assert ("postpone",) in same_sense_of(("put", "off"))
    assert same_sense_of(("military", "cooperation")) == ()


@pytest.mark.parametrize(("one", "other"), [("bases", "based"), ("news", "new"), ("police", "policed")])
def test_words_of_one_stem_may_speak_of_other_things(one: str, other: str) -> None:
    apart = one != "police"
    assert is_apart(one, other) is apart
    assert may_be_apart(one) is apart
    assert not is_apart(one, one)


@pytest.mark.parametrize(
    ("question", "kind", "text"),
    [
        ("how many passengers fit in", "count", "It is able to carry 555 passengers."),
        ("number of troops sent", "count", "About 1,400 troops were sent."),
        ("how much money for equipment", "money", "About $1.5 million is allocated."),
        ("price of the jets", "money", "The jets cost 9.9 billion yuan."),
        ("how long did it last", "number", "It lasted four hours."),
    ],
)
def test_a_passage_that_holds_the_kind_of_answer_is_known(question: str, kind: str, text: str) -> None:
    asked = wanted(question)
    assert asked.kind == kind
    assert answers(asked, text, dated=False) > 0 == answers(asked, "It was good.", dated=False)


def test_when_asks_for_a_date() -> None:
    assert answers(wanted("when did they meet"), "They met.", dated=True) == 1.0
    assert answers(wanted("when did they meet"), "They met.", dated=False) == 0.0
    assert wanted("military cooperation").kind is None
