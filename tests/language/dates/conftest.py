"""What the date tests share: the five articles as the corpus holds them, and date-like text for hypothesis."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import strategies as st

from kzbot.language.dates.lexicon import words_of

SEEDS = Path(__file__).parents[3] / "seeds"

_WORDS = (
    "January Feb. March May Sept. Nov november Monday Friday 1 5 14 30 31 97 98 1500 1997 1998 2004 2012 0800 1990s '90s '82 14th 3rd the "
    "The a of in In on by to from between and or since until before after about nearly last next this same that previous year years "
    "month months week day days quarter weekend decade century fiscal FY98 Q3 spring summer fall winter early mid late end beginning "
    "today yesterday tomorrow morning night noon 10 : 30 UTC p.m. , . ; - – — / ( ) $ % No. Room two three few half dozen third first "
    "second ago earlier later now recently will said met signed is scheduled people troops elections KADEX Eagle annual every 's "
    "10:30 14.11.2013 7/20/1998 1998-07-20 2003-2004 24-27 nineties 19th İ ß １９９８ period ahead the"
)


@pytest.fixture(scope="session")
def seed_text() -> Callable[[str], str]:
    """The text of a seed article by the number that its file name starts with."""

    def read(number: str) -> str:
        (path,) = SEEDS.glob(f"{number}_*.txt")
        return path.read_text(encoding="utf-8")

    return read


@pytest.fixture(scope="session")
def date_like() -> st.SearchStrategy[str]:
    """Text of words that dates are made of, in any order, with other text between."""
    piece = st.one_of(st.sampled_from([*words_of(_WORDS), "\n", "\n\n"]), st.text(max_size=12))
    return st.lists(st.tuples(piece, st.sampled_from(["", " ", " ", " "])), max_size=60).map(
        lambda pieces: "".join(word + gap for word, gap in pieces)
    )
