"""When two texts are nearly the same: edits are, the same sentences in another order and half of a text are not."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzbot.language.near_text import LONGEST, NEAR, bands, likeness, resemblance, shingles, sketch

CHANCE = random.Random(7)
WORDS = [f"word{number}" for number in range(900)]
SENTENCES = [" ".join(CHANCE.choices(WORDS, k=CHANCE.randint(9, 24))) + "." for _ in range(24)]
TEXT = " ".join(SENTENCES)


def near(one: str, other: str) -> float:
    return resemblance(shingles(one), shingles(other))


def edited(text: str, share: float) -> str:
    words, chance = text.split(), random.Random(3)
    return " ".join("other" if chance.random() < share else word for word in words)


def agrees(one: str, other: str) -> bool:
    """Whether the sketches of two texts lead to a comparison."""
    return any(a == b for a, b in zip(bands(sketch(shingles(one))), bands(sketch(shingles(other))), strict=True))


@pytest.mark.parametrize(
    "copy",
    [
        TEXT.upper().replace(".", " —"),
        edited(TEXT, 0.05),
        " ".join(SENTENCES[:-5]),
        " ".join([*SENTENCES[:9], "Something new was said here about it.", *SENTENCES[10:]]),
        " ".join(SENTENCES[3:]),
    ],
    ids=["typography", "a word in twenty", "the end cut", "a sentence replaced", "the beginning cut"],
)
def test_an_edited_version_is_near_and_its_sketch_leads_to_it(copy: str) -> None:
    assert near(TEXT, copy) >= NEAR
    assert agrees(TEXT, copy)


@pytest.mark.parametrize(
    "other",
    [
        " ".join(CHANCE.sample(SENTENCES, len(SENTENCES))),
        " ".join(SENTENCES[:12]) + " " + " ".join(" ".join(CHANCE.choices(WORDS, k=15)) + "." for _ in range(12)),
        " ".join(SENTENCES[12:] + SENTENCES[:12]),
        edited(TEXT, 0.25),
        "",
    ],
    ids=["another order", "half of it", "its halves turned round", "a word in four", "nothing"],
)
def test_what_only_shares_sentences_is_not_near(other: str) -> None:
    assert near(TEXT, other) < NEAR


def test_the_bound_lies_where_it_is_said_to() -> None:
    assert near(TEXT, edited(TEXT, 1 / 11)) > NEAR > near(TEXT, edited(TEXT, 1 / 7))
    third = len(SENTENCES) // 3
    assert near(" ".join(SENTENCES[third:]), " ".join(SENTENCES[:-third])) < NEAR


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("第一次演习于五月在草原上举行，双方都派出了部队。", "第一次演习于六月在草原上举行，双方都派出了部队。"),
        ("Учения «Степной орёл» начались в мае на полигоне Илийский под Алматы. В них участвуют военные трёх стран, сообщили в штабе", "Учения «Степной орел» начались в мае на полигоне Илийский под Алматы. В них участвуют военные трёх стран, сообщили в штабе"),
    ],
    ids=["Chinese", "Russian"],
)  # fmt: skip
def test_scripts_with_and_without_blanks(one: str, other: str) -> None:
    assert near(one, other) >= NEAR
    assert near(one, TEXT) == 0


def test_a_long_text_is_compared_by_an_even_part_of_it() -> None:
    chance = random.Random(5)
    long = " ".join(f"w{chance.randrange(10_000)}" for _ in range(3 * LONGEST))
    assert near(long, edited(long, 0.03)) > 0.7
    assert near(long, " ".join(reversed(long.split()))) < 0.1


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_has_a_sketch_and_is_near_itself(one: str, other: str) -> None:
    found, others = shingles(one), shingles(other)
    assert resemblance(found, found) == (1.0 if found else 0.0)
    assert resemblance(found, others) == resemblance(others, found)
    assert 0 <= resemblance(found, others) <= 1
    made = sketch(found)
    assert made == sketch(list(reversed(found)))
    if found:
        assert likeness(made, made) == 1


def test_sketches_estimate_what_two_texts_share() -> None:
    for share in (0.0, 0.02, 0.05, 0.1, 0.2):
        one, other = shingles(TEXT), shingles(edited(TEXT, share))
        both = len({*one} & {*other}) / len({*one, *other})
        assert likeness(sketch(one), sketch(other)) == pytest.approx(both, abs=0.13)
