"""What is laid over the corpus, on its way to the build."""

from hypothesis import given
from hypothesis import strategies as st

from kzbot.corpus.overlay import Overlay

WORDS = st.text(max_size=12)


@given(st.frozensets(WORDS), st.lists(st.tuples(WORDS, WORDS, st.none() | WORDS)), st.lists(st.tuples(WORDS, WORDS)))
def test_an_overlay_goes_to_another_process_and_comes_back_the_same(
    withdrawn: frozenset[str], dates: list[tuple[str, str, str | None]], spellings: list[tuple[str, str]]
) -> None:
    overlay = Overlay.of(withdrawn, dates, spellings)
    assert Overlay.from_json(overlay.as_json()) == overlay
