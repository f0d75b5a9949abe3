"""Misspelt words lead to words of the corpus, known ones to none."""

from hypothesis import given
from hypothesis import strategies as st

from kzbot.language.spelling import Speller

VOCABULARY = {
    "exercise": 12, "exercises": 7, "peacekeeping": 9, "battalion": 5, "training": 8, "trading": 3, "kazbrig": 1,
    "troops": 6, "tropes": 1, "form": 4, "from": 40, "казахстан": 2, "unused": 0, "1997": 3, "eagle": 5,
}  # fmt: skip


def test_one_slip_is_mended() -> None:
    speller = Speller(VOCABULARY)
    assert speller.nearest("excercise") == ["exercise", "exercises"]
    assert speller.nearest("peacekepeing") == ["peacekeeping"]
    assert speller.nearest("batalion") == ["battalion"]
    assert speller.nearest("eagel") == ["eagle"]
    assert speller.nearest("казахстн") == ["казахстан"]


def test_the_nearest_and_then_the_most_used_comes_first() -> None:
    assert Speller({"training": 8, "draining": 90, "trainings": 1}).nearest("trainnig") == ["training", "trainings"]
    assert Speller({"trooper": 1, "troopes": 9}).nearest("troope") == ["troopes", "trooper"]
    assert Speller(VOCABULARY).nearest("troopes", limit=1) == ["troops"]


def test_short_and_known_words_and_figures_are_left_alone() -> None:
    speller = Speller(VOCABULARY)
    for word in ("fro", "from", "1998", "exercise", "unused", "", "kaz"):
        assert speller.nearest(word) == []


def test_short_words_allow_one_slip_only() -> None:
    speller = Speller(VOCABULARY)
    assert speller.nearest("kazbat") == []
    assert speller.nearest("trps") == []


def test_words_that_no_passage_holds_are_not_offered() -> None:
    assert Speller(VOCABULARY).nearest("unusde") == []


@given(st.text(max_size=30))
def test_every_offer_is_a_word_of_the_corpus(word: str) -> None:
    offered = Speller(VOCABULARY).nearest(word)
    assert len(offered) <= 2
    assert all(VOCABULARY[near] for near in offered)
