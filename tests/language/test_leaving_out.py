import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzbot.language.leaving_out import left_out


@pytest.mark.parametrize(
    ("text", "rest", "out"),
    [
        ("cooperation -NATO", "cooperation", ["NATO"]),
        ('-"arms control" talks', "talks", ["arms control"]),
        ("talks −“arms control”", "talks", ["arms control"]),
        ('exercise -"2012"', "exercise", ["2012"]),
        ("jets -air-to-air", "jets", ["air-to-air"]),
        ("one -two, three -four", "one           , three", ["two", "four"]),
        ("-Hagel", "", ["Hagel"]),
        ("A380-800", "A380-800", []),
        ("A380 -800", "A380 -800", []),
        ("1997 - 1998", "1997 - 1998", []),
        ("minus - sign -", "minus - sign -", []),
        ("at -5 degrees", "at -5 degrees", []),
        ('the words "not -this one"', 'the words "not -this one"', []),
    ],
)
def test_only_a_minus_that_touches_a_word_leaves_it_out(text: str, rest: str, out: list[str]) -> None:
    kept, found = left_out(text)
    assert kept.split() == rest.split()
    assert [one.words for one in found] == out
    assert len(kept) == len(text)


def test_a_name_of_several_words_is_left_out_whole() -> None:
    kept, found = left_out("exercise -Steppe Eagle 2012", lambda rest: len("Steppe Eagle"))
    assert (kept.split(), [one.words for one in found]) == (["exercise", "2012"], ["Steppe Eagle"])


@given(st.text(alphabet='ab -−"“” 1', max_size=60))
def test_whatever_is_typed_keeps_its_places(text: str) -> None:
    kept, found = left_out(text)
    assert len(kept) == len(text)
    for one in found:
        assert one.words in text[one.span.start : one.span.end]
        assert not kept[one.span.start : one.span.end].strip()
