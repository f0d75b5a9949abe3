"""The log's figures as a picture: what a person sees on it, and hears of it."""

import io
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kzbot.output.figures import axes, words
from kzbot.output.figures.bins import bins_of, unit_of
from kzbot.output.figures.colours import ON_DARK, ON_LIGHT, Colours
from kzbot.output.figures.picture import draw
from kzbot.output.picture import Picture
from kzbot.phrases import DEFAULT_FOLDER, Phrases, read_catalogue
from kzbot.querylog.rows import AskedRow, QueryStatus
from kzbot.querylog.statistics import COUNTED, CommandCount, DayCount, Statistics

LAST = date(2026, 11, 22)
Counts = dict[QueryStatus, int]
EVEN: Counts = {"answered": 4, "partial": 3, "ambiguous": 2, "not_found": 2, "bad_request": 1}
MARGIN = 30
ENGLISH = read_catalogue(DEFAULT_FOLDER / "en.yaml")


def made(length: int = 30, each: Counts | None = None, **values: Any) -> Statistics:
    """As many days with the same questions each, all of one command."""
    first, counts = LAST - timedelta(days=length - 1), EVEN if each is None else each
    total = {status: count * length for status, count in counts.items()}
    usual: dict[str, Any] = {
        "begun": first,
        "first": first,
        "last": LAST,
        "days": tuple(DayCount(first + timedelta(days=at), counts) for at in range(length)),
        "commands": (CommandCount("search", total),),
        "statuses": total,
        "most_asked": (AskedRow(command="search", options={"query": "Steppe Eagle"}, asked=7),),
        "median_ms": 41.2,
        "p95_ms": 1230.0,
        "people": 3,
    }
    return Statistics(**{**usual, **values})


def opened(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.data)).convert("RGB")


def runs(image: Image.Image, y: int, colour: str) -> Iterator[tuple[int, int]]:
    """Left and right of each stretch of a line that has this colour."""
    line, wanted = image.crop((0, y, image.width, y + 1)).tobytes(), bytes.fromhex(colour[1:])
    yield from _stretches([x for x in range(image.width) if line.startswith(wanted, 3 * x)])


def tall(image: Image.Image, colour: str, least: int) -> list[tuple[int, int, int]]:
    """Left, top and bottom of each standing bar of this colour that is at least so high, from left to right."""
    wanted, data, found = bytes.fromhex(colour[1:]), image.tobytes(), list[tuple[int, int, int]]()

    def coloured(x: int, y: int) -> bool:
        return data.startswith(wanted, 3 * (y * image.width + x))

    for x in range(MARGIN, image.width - MARGIN):
        ys = [y for y in range(image.height) if coloured(x, y)]
        for top, bottom in _stretches(ys):
            new = not (found and found[-1][1:] == (top, bottom) and coloured(x - 1, bottom))
            if bottom - top + 1 >= least and new:
                found.append((x, top, bottom))
    return found


def _stretches(places: list[int]) -> Iterator[tuple[int, int]]:
    start = None
    for place, after in pairwise([*places, -2]):
        start = place if start is None else start
        if after != place + 1:
            yield start, place
            start = None


def drawn_within(picture: Picture, colours: Colours) -> bool:
    """Whether nothing stands in the margins, left, right and below."""
    image = opened(picture)
    ground = tuple(bytes.fromhex(colours.palette.ground[1:]))
    sides = (
        (0, 0, MARGIN - 1, image.height),
        (720 - MARGIN + 1, 0, 720, image.height),
        (0, image.height - 8, 720, image.height),
    )
    return all(image.crop(side).getcolors() == [((side[2] - side[0]) * (side[3] - side[1]), ground)] for side in sides)


@pytest.mark.parametrize(("dark", "colours"), [(False, ON_LIGHT), (True, ON_DARK)])
def test_each_day_is_a_bar_as_high_as_its_questions(phrases: Phrases, dark: bool, colours: Colours) -> None:
    many: Counts = {"answered": 4, "not_found": 2}
    days = tuple(DayCount(LAST - timedelta(days=at), many if at else {"answered": 2}) for at in (4, 3, 1, 0))
    picture = draw(made(5, days=days), phrases, dark=dark)
    image = opened(picture)
    answered, above = tall(image, colours.states["answered"], 60), tall(image, colours.states["not_found"], 60)
    heights = [bottom - top + 1 for _, top, bottom in answered]
    assert heights[:3] == [heights[0]] * 3 and heights[0] == pytest.approx(2 * heights[3], abs=2)
    lefts = [left for left, _, _ in answered]
    assert lefts[2] - lefts[1] == pytest.approx(2 * (lefts[1] - lefts[0]), abs=2), "a day without questions is a gap"
    assert [bottom - top + 1 for _, top, bottom in above] == pytest.approx([heights[3]] * 3, abs=2)
    assert [(left, bottom + 1) for left, _, bottom in above] == [(left, top) for left, top, _ in answered[:3]]
    assert image.size == (720, picture.height) and drawn_within(picture, colours)


def test_commands_are_bars_as_long_as_their_questions(phrases: Phrases) -> None:
    commands = (
        CommandCount("search", {"answered": 30, "not_found": 10}),
        CommandCount("who", {"answered": 10, "not_found": 10}),
    )
    image = opened(draw(made(1, commands=commands), phrases, dark=False))
    lying = dict.fromkeys(
        run for y in range(image.height) for run in runs(image, y, ON_LIGHT.states["answered"]) if run[0] == MARGIN
    )
    widths = sorted((right - left + 1 for left, right in lying if right - left > 100), reverse=True)
    assert widths == pytest.approx([495, 165], abs=2)


def test_states_and_counts_are_told_in_words_too(phrases: Phrases) -> None:
    alt = draw(made(), phrases, dark=False).alt
    for said in (
        "Questions asked. 24 October to 22 November 2026 (UTC). 360 questions in 30 days, 12 a day",
        "33% answered in full; answered 120, partial 90, ambiguous 60, not found 60, bad request 30",
        "half of them answered within 41.2 ms (median), 95 of 100 within 1.23 s",
        "3 people asked",
        "By command: /search 360.",
        "Most asked: 7 × /search query: Steppe Eagle.",
    ):
        assert said in alt


def light(colour: str) -> list[float]:
    """Linear light of a colour, as red, green and blue."""
    parts = [value / 255 for value in bytes.fromhex(colour[1:])]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def lab(linear: list[float]) -> tuple[float, float, float]:
    """CIE L*a*b*, in which distances are about as large as they look."""
    red, green, blue = (min(max(part, 0.0), 1.0) for part in linear)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


# Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency" (2009).
SEEN = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "no blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


@pytest.mark.parametrize("colours", [ON_LIGHT, ON_DARK])
@pytest.mark.parametrize("eye", SEEN)
def test_states_are_told_apart_by_whoever_sees_no_red_green_or_blue(colours: Colours, eye: str) -> None:
    assert tuple(colours.states) == COUNTED
    seen = {
        name: lab([sum(a * b for a, b in zip(row, light(colour), strict=True)) for row in SEEN[eye]])
        for name, colour in (*colours.states.items(), ("ground", colours.palette.ground))
    }
    for one, other in combinations(seen, 2):
        assert sum((a - b) ** 2 for a, b in zip(seen[one], seen[other], strict=True)) ** 0.5 > 20, (one, other)


@pytest.mark.parametrize(
    ("length", "unit", "bars"),
    [
        (1, "day", 1),
        (100, "day", 100),
        (101, "week", 15),
        (700, "week", 100),
        (3650, "month", 121),
        (20_000, "year", 55),
    ],
)
def test_many_days_are_put_together(phrases: Phrases, length: int, unit: str, bars: int) -> None:
    figures = made(length)
    found = bins_of(figures)
    assert (unit_of(figures), len(found)) == (unit, bars)
    assert sum(one.questions for one in found) == figures.questions
    assert (found[0].first, found[-1].last) == (figures.first, LAST)
    assert all(one.last + timedelta(days=1) == other.first for one, other in pairwise(found))
    if unit == "week":
        assert {one.first.weekday() for one in found[1:]} == {0}
    assert drawn_within(draw(figures, phrases, dark=False), ON_LIGHT)


def test_days_without_questions_are_bars_of_nothing() -> None:
    found = bins_of(made(5, days=(DayCount(LAST, EVEN),)))
    assert [one.questions for one in found] == [0, 0, 0, 0, 12]
    assert bins_of(Statistics()) == ()


@pytest.mark.parametrize("first", [date(1, 1, 1), date(9999, 1, 1)])
def test_the_first_and_the_last_days_that_there_are_can_be_counted(first: date) -> None:
    found = bins_of(Statistics(begun=first, first=first, last=date.max))
    assert found[-1].last == date.max and 1 <= len(found) <= 100


@pytest.mark.parametrize("language", ["en", "ru", "kk", "de"])
@pytest.mark.parametrize("length", [1, 2, 7, 30, 99, 365, 700, 3650, 20_000])
def test_names_of_bars_never_touch_and_the_last_is_named(language: str, length: int) -> None:
    phrases = Phrases(language, ENGLISH, ENGLISH)
    figures = made(length)
    bins, unit = bins_of(figures), unit_of(figures)
    found = axes.labels(phrases, bins, unit, lambda label: 14.0 * len(label), 580.0)
    ends = [
        (580 * (at + 0.5) / len(bins) - 7 * len(label), 580 * (at + 0.5) / len(bins) + 7 * len(label))
        for at, label in found
    ]
    assert found and (unit == "month" or found[-1][0] == len(bins) - 1)
    assert all(one[1] < other[0] for one, other in pairwise(ends))


@given(st.integers(0, 10**15))
def test_an_axis_has_few_round_numbers_and_room_for_the_highest_bar(phrases: Phrases, most: int) -> None:
    found = axes.ticks(phrases, most)
    values = [value for value, _ in found.labels]
    assert values[0] == 0 and values[-1] == found.top >= most
    assert 2 <= len(values) <= 5 and len({other - one for one, other in pairwise(values)}) == 1
    assert len({label for _, label in found.labels}) == len(values)


@pytest.mark.parametrize(
    ("statuses", "said"),
    [
        ({"answered": 1}, "100%"),
        ({"partial": 9}, "0%"),
        ({"answered": 1, "partial": 1}, "50%"),
        ({"answered": 99_999, "partial": 1}, "99.9%"),
        ({"answered": 1, "partial": 99_999}, "0.1%"),
        ({"answered": 5, "partial": 995}, "0.5%"),
    ],
)
def test_none_and_all_are_only_said_of_none_and_all(phrases: Phrases, statuses: Counts, said: str) -> None:
    assert words.share(phrases, statuses) == said


@pytest.mark.parametrize(
    ("took", "said"), [(0.518, "0.518 ms"), (20.0, "20 ms"), (999.0, "999 ms"), (1000.0, "1 s"), (98765.0, "98.8 s")]
)
def test_times_are_told_in_three_digits(phrases: Phrases, took: float, said: str) -> None:
    assert words.milliseconds(phrases, took) == said


def test_whose_names_are_not_kept_is_said_to_be_unknown(phrases: Phrases) -> None:
    assert words.people(phrases, made(people=0, nameless=360)).endswith("it is not kept who did")
    assert words.people(phrases, made(nameless=1)) == "3 people asked; of 1 question it is not kept who asked"
    assert "–" not in draw(made(people=0, nameless=360), phrases, dark=False).alt


def test_an_empty_log_is_a_picture_that_says_so(phrases: Phrases) -> None:
    for figures in (Statistics(), Statistics(begun=LAST, first=LAST, last=LAST, denied=3)):
        picture = draw(figures, phrases, dark=True)
        assert "No question in this period." in picture.alt and drawn_within(picture, ON_DARK)
        assert len(opened(picture).getcolors(10_000) or ()) > 2


def test_forty_commands_and_ten_questions_are_cut_to_the_first(phrases: Phrases) -> None:
    few, many = (
        made(
            commands=tuple(CommandCount(f"command{at}", {"answered": 40 - at}) for at in range(count)),
            most_asked=tuple(AskedRow(command="who", options={"name": f"{at}"}, asked=40 - at) for at in range(count)),
        )
        for count in (8, 40)
    )
    assert draw(few, phrases, dark=False).height == draw(many, phrases, dark=False).height
    assert words.more_commands(phrases, many.commands[6:]) == "and 34 more commands: 595 questions"


TEXTS = st.text(max_size=400) | st.text(st.sampled_from("Қңәіжщ ёЁ中🎉W\u202e\x00\n"), min_size=1, max_size=300)


@settings(max_examples=15)
@given(
    asked=st.lists(st.tuples(TEXTS, st.integers(1, 10**12)), max_size=6),
    command=TEXTS,
    counts=st.dictionaries(st.sampled_from(COUNTED), st.integers(1, 10**13), min_size=1),
    length=st.sampled_from([1, 30, 400]),
    dark=st.booleans(),
)
def test_whatever_was_asked_and_however_often_is_drawn_within_the_margins(
    phrases: Phrases, asked: list[tuple[str, int]], command: str, counts: Counts, length: int, dark: bool
) -> None:
    most = tuple(AskedRow(command=command, options={"query": said}, asked=count) for said, count in asked)
    figures = made(
        length, counts, most_asked=most, commands=(CommandCount(command, counts),), people=10**12, denied=10**12
    )
    picture = draw(figures, phrases, dark=dark)
    assert drawn_within(picture, ON_DARK if dark else ON_LIGHT)
    assert opened(picture).size == (720, picture.height) and 0 < len(picture.alt) <= 1024


def test_what_was_asked_most_is_shown_without_the_days_in_which_alike_questions_differ() -> None:
    row = AskedRow(command="timeline", options={"topic": "NATO", "from": "99/99", "private": True}, asked=4)
    assert words.as_typed(row) == "/timeline topic: NATO"
