"""The pieces of a picture: letters that the fonts have, axes that are labelled, beginnings of texts."""

import unicodedata
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from kzbot.output.beginnings import at_most, beginning
from kzbot.output.drawing.axis import axis_of, ticks
from kzbot.output.drawing.coverage import writable
from kzbot.output.drawing.letters import FONTS, load


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_the_shipped_fonts_have_the_letters_of_english_russian_and_kazakh(weight: str) -> None:
    font = ImageFont.truetype(FONTS / f"NotoSans-{weight}.ttf", 30, layout_engine=ImageFont.Layout.BASIC)
    missing = bytes(font.getmask("\U0010fffd"))
    for letter in "AZazÉéßŁ–—“”„«»…’№€ АЯаяЁё ӘәҒғҚқҢңӨөҰұҮүҺһІі Ўў Ђђ":
        assert letter == " " or bytes(font.getmask(letter)) != missing, letter
        assert writable(letter) == letter.strip()


def test_the_licence_lies_beside_the_fonts() -> None:
    text = (FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in text and "Copyright 2015 Google" in text


@given(st.text())
def test_what_is_written_has_letters_in_every_font(text: str) -> None:
    written = writable(text)
    assert "\n" not in written and writable(written) == written
    assert all(unicodedata.category(letter)[0] != "C" for letter in written)


def test_other_scripts_are_written_in_latin_letters_and_pictures_left_out() -> None:
    assert writable("თბილისი 🎉 Əli\u200b\u202e й") == "tbilisi Əli й"


@given(st.text(), st.integers(1, 60))
def test_a_beginning_is_never_longer_and_never_cut_inside_a_word_that_fits(text: str, most: int) -> None:
    cut = beginning(text, at_most(most))
    assert len(cut) <= most
    whole = " ".join(text.split())
    assert cut == whole or (cut.endswith("…") and whole.startswith(cut[:-1]))


def test_a_beginning_ends_with_a_word_and_without_a_dangling_comma() -> None:
    assert beginning("Troops,  trained\nin Almaty", at_most(20)) == "Troops, trained in…"
    assert beginning("Troops, trained", at_most(9)) == "Troops…"
    assert beginning("Counterinsurgency", at_most(8)) == "Counter…"


@given(st.lists(st.dates(), min_size=1, max_size=30), st.lists(st.booleans(), min_size=30, max_size=30))
def test_labels_of_an_axis_never_overlap(days: list[date], open_ends: list[bool]) -> None:
    ends = [(day, None if ends else day) for day, ends in zip(days, open_ends, strict=False)]
    axis = axis_of(ends, 40, 680)
    small = load().small
    found = ticks(axis, lambda edtf: edtf, small.getlength)
    halves = [small.getlength(label) / 2 for _, label in found]
    places = [x for x, _ in found]
    for (one, half), (other, next_half) in pairwise(zip(places, halves, strict=True)):
        assert one + half < other - next_half
    assert all(40 <= x <= 680 for x in places)


def test_an_axis_is_labelled_by_months_or_by_years() -> None:
    def labels(first: date, last: date) -> list[str]:
        return [label for _, label in ticks(axis_of([(first, last)], 40, 680), str, lambda label: 15.0 * len(label))]

    assert labels(date(2013, 11, 14), date(2013, 11, 14)) == ["2013-10", "2013-11", "2013-12"]
    assert labels(date(1996, 1, 1), date(2013, 11, 20)) == ["2000", "2005", "2010"]
    assert len(labels(date(1, 1, 1), date(9999, 12, 31))) >= 2
