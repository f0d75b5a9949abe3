"""The timeline's picture: what a person sees on it, and hears of it."""

import io
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kzbot.answers.model import Answer, Evidence
from kzbot.output.drawing.palette import DARK, LIGHT, Palette
from kzbot.output.picture import MOST_ROWS, Picture, can_draw, draw
from kzbot.phrases import Phrases

Item = Callable[..., Evidence]
Made = Callable[..., Answer]
EDTF = (
    "2013-11-14",
    "2012-09",
    "1998",
    "199X",
    "2003/2008",
    "2007/..",
    "../2017",
    "[2009-06-24..2011-01-31]",
    "[..1990]",
)


def opened(picture: Picture) -> Image.Image:
    image = Image.open(io.BytesIO(picture.data))
    image.load()
    return image.convert("RGB")


def coloured(image: Image.Image, colour: str) -> list[tuple[int, int, int, int]]:
    """The stretches of each line that have this colour, as left, right, top and bottom of connected lines."""
    wanted, width, data = bytes.fromhex(colour[1:]), 3 * image.width, image.tobytes()
    found: list[tuple[int, int, int, int]] = []
    for y in range(image.height):
        line = data[y * width : (y + 1) * width]
        xs = [x for x in range(image.width) if line[3 * x : 3 * x + 3] == wanted] if wanted in line else []
        if xs:
            left, right = min(xs), max(xs)
            if found and found[-1][3] == y - 1:
                last = found.pop()
                found.append((min(last[0], left), max(last[1], right), last[2], y))
            else:
                found.append((left, right, y, y))
    return found


def marks(picture: Picture) -> Iterator[tuple[int, int]]:
    """Left and right of each dot or bar, downwards; headings of years stand at the left margin, and are none."""
    image = opened(picture)
    for left, right, top, bottom in coloured(image, LIGHT.mark):
        if 12 <= bottom - top + 1 <= 20 and not (left <= 34 and right < 110):
            yield left, right


@pytest.mark.parametrize(("dark", "palette"), [(True, DARK), (False, LIGHT)])
def test_it_is_a_png_for_a_phone_on_a_light_or_a_dark_ground(
    phrases: Phrases, made_item: Item, made_answer: Made, dark: bool, palette: Palette
) -> None:
    picture = draw(made_answer(*(made_item(f"Statement {edtf}", edtf) for edtf in EDTF)), phrases, dark=dark)
    image = opened(picture)
    assert picture.data.startswith(b"\x89PNG")
    assert image.size == (picture.width, picture.height) == (720, image.height)
    assert image.getpixel((0, 0)) == tuple(bytes.fromhex(palette.ground[1:]))
    assert len({image.getpixel((x, picture.height - 1)) for x in range(720)}) == 1


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_letters_stand_out_from_their_ground(palette: Palette) -> None:
    def light(colour: str) -> float:
        parts = [value / 255 for value in bytes.fromhex(colour[1:])]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05

    for colour in (palette.text, palette.muted, palette.mark):
        pair = sorted((light(colour), light(palette.ground)))
        assert pair[1] / pair[0] >= 4.5, colour


def test_longer_spans_are_longer_bars_and_later_days_stand_further_right(
    phrases: Phrases, made_item: Item, made_answer: Made
) -> None:
    items = [made_item("x", edtf) for edtf in ("2000/2003", "2005/2006", "2009-03-01", "2010-03-01")]
    found = list(marks(draw(made_answer(*items), phrases, dark=False)))[:4]
    widths = [right - left for left, right in found]
    assert widths[0] == pytest.approx(2 * widths[1], rel=0.1)
    assert [left for left, _ in found] == sorted(left for left, _ in found)
    assert 10 <= widths[2] <= 20


def test_one_date_far_off_does_not_squeeze_all_others(phrases: Phrases, made_item: Item, made_answer: Made) -> None:
    near = [made_item("x", f"20{year:02d}-06-01") for year in range(1, 12)]
    plain = list(marks(draw(made_answer(*near), phrases, dark=False)))
    squeezed = list(marks(draw(made_answer(made_item("x", "1731"), *near), phrases, dark=False)))
    assert squeezed[-2][0] - squeezed[-3][0] > 0.8 * (plain[-2][0] - plain[-3][0])


def test_more_rows_than_fit_are_counted(phrases: Phrases, made_item: Item, made_answer: Made) -> None:
    items = [made_item(f"Statement number {at}", f"20{at:02d}") for at in range(40)]
    picture = draw(made_answer(*items, undated=(made_item("x"),)), phrases, dark=True)
    assert picture.alt.startswith(
        f"Timeline: Steppe Eagle. Statements 1 to {MOST_ROWS} of 40. 2000: Statement number 0."
    )
    assert picture.alt.endswith(
        f"2015: Statement number 15. and {40 - MOST_ROWS} more. 1 statement without a date is not drawn"
    )
    assert draw(made_answer(*items[:MOST_ROWS]), phrases, dark=True).height < picture.height


def test_the_same_event_on_the_same_date_is_one_row(phrases: Phrases, made_item: Item, made_answer: Made) -> None:
    one = made_item("It began.", "2012-09", event="e")
    other = made_item("The exercise began.", "2012-09", event="e", article="two")
    later = made_item("It began on the 8th.", "2012-09-08", event="e", article="three")
    picture = draw(made_answer(one, other, later), phrases, dark=True)
    assert picture.alt == (
        "Timeline: Steppe Eagle. 3 statements. September 2012, 2 articles: It began. 8 September 2012: It began on the 8th."
    )


def test_statements_without_a_date_are_not_drawn(phrases: Phrases, made_item: Item, made_answer: Made) -> None:
    answer = made_answer(undated=(made_item("x"),))
    assert not can_draw(answer)
    with pytest.raises(ValueError, match="has a date"):
        draw(answer, phrases, dark=True)
    assert can_draw(made_answer(made_item("x", "2012")))


TEXTS = st.text(max_size=300) | st.text(st.sampled_from("Қңәіжщ ёЁ中🎉\u202e\x00\n"), min_size=1, max_size=80)


@settings(max_examples=30)
@given(
    st.lists(st.tuples(TEXTS, st.sampled_from((*EDTF, "0001-01-01", "9999-12-31", "99XX"))), min_size=1, max_size=6),
    TEXTS,
    st.booleans(),
)
def test_any_text_and_any_date_can_be_drawn(
    phrases: Phrases, made_item: Item, made_answer: Made, rows: list[tuple[str, str]], topic: str, dark: bool
) -> None:
    items = [made_item(words, edtf) for words, edtf in rows]
    picture = draw(made_answer(*items, values={"topic": topic, "count": 1}), phrases, dark=dark)
    assert opened(picture).size == (720, picture.height)
    assert 0 < len(picture.alt) <= 1024
    assert draw(made_answer(*items, values={"topic": topic, "count": 1}), phrases, dark=dark) == picture
