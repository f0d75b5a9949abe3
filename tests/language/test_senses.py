import pytest

from kzbot.language.answer_kinds import OTHER_NUMBER, answers, wanted
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
        ("how long did it last", "duration", "It lasted four hours."),
        ("how much did the shares lose", "change", "They closed down 6.4 percent."),
        ("how much did the firm lose", "change", "A loss of SGD1.75 billion was posted."),
        ("how often is it held", "frequency", "The annual meeting took place."),
        ("how old is the minister", "age", "Ivanov, 51, was named today."),
        ("how far can it fly", "distance", "It can fly for 9,420 nautical miles."),
        ("how large a share will they hold", "percentage", "They will hold 55 percent of it."),
        ("why was the visit put off", "cause", "He stayed at home because of the ban."),
        ("why was the tour delayed", "cause", "Citing a precautionary measure, they replaced two engines."),
        ("where was the treaty signed", "place", "It was signed in Almaty by both."),
        ("which ministers came", "which", "The ministers of defence and of trade came."),
        ("how many people came to the talks", "count", "There were 3,800 attendees."),
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


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("why was the visit put off", "The visit was put off."),
        ("how long did it last", "It cost 12 million."),
        ("where was the treaty signed", "It was signed in May."),
        ("how much did the firm lose", "The losses shall end by 2008."),
        ("which ministers came", "Everybody left early."),
        ("how often is it held", "It was held in Almaty."),
    ],
)
def test_a_passage_without_the_kind_of_answer_fits_less(question: str, text: str) -> None:
    assert answers(wanted(question), text, dated=False) <= OTHER_NUMBER


@pytest.mark.parametrize("question", ["who leads the ministry", "by whom was it signed"])
def test_who_asks_for_a_person(question: str) -> None:
    asked = wanted(question)
    assert asked.kind == "person"
    assert answers(asked, "Anyone", dated=True, persons=1.0) > answers(asked, "Anyone", dated=True, persons=0.0)
