"""The sheet that a timeline is drawn on: heading, axis, rows by year, legend."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from kzbot.output.beginnings import at_most, beginning, words_that_fit
from kzbot.output.drawing import shapes
from kzbot.output.drawing.axis import Axis, ticks
from kzbot.output.drawing.coverage import writable
from kzbot.output.drawing.letters import Letters
from kzbot.output.drawing.palette import Palette
from kzbot.output.drawing.rows import Row
from kzbot.output.wording import date_words
from kzbot.phrases import Phrases

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH = 720
MARGIN = 30
_INSET = 12
_HEADING_LINE, _SMALL_LINE, _TICKS = 50, 40, 62
_YEAR, _DATE, _WORDS, _TRACK, _GAP = 56, 38, 38, 34, 16
_LINES = 2
_LONGEST = 240
_LEGEND = 42


@dataclass(frozen=True, slots=True)
class Story:
    """What is written around the rows: above them, and line by line below."""

    heading: str
    shown: str
    below: tuple[str, ...]


class Sheet:
    """Draws downwards, line by line; the same story and rows give the same pixels."""

    def __init__(self, letters: Letters, palette: Palette, phrases: Phrases) -> None:
        self._letters = letters
        self._palette = palette
        self._phrases = phrases
        self._y = MARGIN

    @property
    def track(self) -> tuple[int, int]:
        """Between which pixels, from left to right, dates are drawn."""
        return MARGIN + _INSET, WIDTH - MARGIN - _INSET

    def draw(self, story: Story, rows: Sequence[Row], axis: Axis) -> "Image":
        """The finished picture, just as high as it has to be."""
        from PIL import Image, ImageDraw  # noqa: PLC0415 - Pillow is imported only when something is drawn

        headings = self._lines(story.heading, self._letters.heading, 2)
        words = [self._lines(row.words, self._letters.words, _LINES) for row in rows]
        legend = _legend(rows)
        picture = Image.new(
            "RGB",
            (WIDTH, _height(len(headings), rows, sum(map(len, words)), len(legend), len(story.below))),
            self._palette.ground,
        )
        pen = ImageDraw.Draw(picture)
        for line in headings:
            self._write(pen, line, self._letters.heading, self._palette.text, _HEADING_LINE)
        self._write(
            pen, self._cut(story.shown, self._letters.small), self._letters.small, self._palette.muted, _SMALL_LINE
        )
        marks = self._axis(pen, axis)
        year = None
        for row, lines in zip(rows, words, strict=True):
            if row.year != year:
                self._heading_of_year(pen, row.year)
                year = row.year
            self._row(pen, row, lines)
            self._track(picture, pen, row, axis, marks)
        for line in story.below:
            self._write(pen, self._cut(line, self._letters.words), self._letters.words, self._palette.muted, _WORDS)
        for kind, row in legend:
            self._legend(picture, pen, kind, row)
        return picture

    def _axis(self, pen: "ImageDraw", axis: Axis) -> list[float]:
        small = self._letters.small
        found = ticks(axis, lambda edtf: writable(date_words(self._phrases, edtf)), small.getlength)
        for x, label in found:
            half = small.getlength(label) / 2
            place = min(max(x, MARGIN + half), WIDTH - MARGIN - half)
            pen.text((place, self._y + 40), label, self._palette.muted, small, anchor="ms")
            pen.line((x, self._y + 48, x, self._y + 56), self._palette.muted, 2)
        self._y += _TICKS
        return [x for x, _ in found]

    def _heading_of_year(self, pen: "ImageDraw", year: int) -> None:
        baseline = self._y + _YEAR - 18
        label = writable(date_words(self._phrases, f"{year:04d}"))
        pen.text((MARGIN, baseline), label, self._palette.mark, self._letters.year, anchor="ls")
        start = MARGIN + self._letters.year.getlength(label) + 16
        pen.line((start, baseline - 10, WIDTH - MARGIN, baseline - 10), self._palette.line, 2)
        self._y += _YEAR

    def _row(self, pen: "ImageDraw", row: Row, lines: Sequence[str]) -> None:
        letters, palette = self._letters, self._palette
        when = self._cut(row.when, letters.date)
        pen.text((MARGIN, self._y + 28), when, palette.text, letters.date, anchor="ls")
        if row.notes:
            start = MARGIN + letters.date.getlength(when) + 14
            notes = beginning(writable(row.notes), _narrower(letters.small, WIDTH - MARGIN - start))
            pen.text((start, self._y + 28), notes, palette.muted, letters.small, anchor="ls")
        self._y += _DATE
        for line in lines:
            self._write(pen, line, letters.words, palette.text, _WORDS)

    def _track(self, picture: "Image", pen: "ImageDraw", row: Row, axis: Axis, marks: Sequence[float]) -> None:
        palette = self._palette
        middle = self._y + _TRACK // 2
        pen.line((MARGIN, middle, WIDTH - MARGIN, middle), palette.line, 2)
        for x in marks:
            pen.line((x, middle - 8, x, middle + 8), palette.line, 2)
        self._mark(picture, row, axis, middle)
        self._y += _TRACK + _GAP

    def _mark(self, picture: "Image", row: Row, axis: Axis, y: int) -> None:
        palette = self._palette
        inside = palette.ground if row.own else palette.mark if row.lasting else palette.pale
        before = row.first is None or row.first < axis.first
        after = row.last is None or row.last > axis.last
        if row.first is not None and row.first == row.last and not (before or after):
            shapes.dot(picture, axis.x(row.first), y, palette.mark, palette.ground if row.own else palette.mark)
            return
        left = MARGIN if before or row.first is None else axis.x(row.first)
        right = WIDTH - MARGIN if after or row.last is None else axis.x(row.last, end=True)
        if row.last is not None and row.last < axis.first:
            right = left
        if row.first is not None and row.first > axis.last:
            left = right
        ends = (max(left, MARGIN), min(right, WIDTH - MARGIN))
        shapes.bar(picture, ends, y, (palette.mark, inside), (before, after))

    def _legend(self, picture: "Image", pen: "ImageDraw", kind: str, row: Row) -> None:
        middle = self._y + _LEGEND // 2
        palette = self._palette
        if kind in ("day", "own"):
            shapes.dot(picture, MARGIN + 24, middle, palette.mark, palette.ground if row.own else palette.mark)
        else:
            inside = palette.pale if kind == "within" else palette.mark
            shapes.bar(picture, (MARGIN, MARGIN + 48), middle, (palette.mark, inside), (False, kind == "open"))
        label = self._phrases.say(f"output.picture.legend.{kind}")
        pen.text((MARGIN + 64, middle), writable(label), palette.muted, self._letters.small, anchor="lm")
        self._y += _LEGEND

    def _write(self, pen: "ImageDraw", line: str, font: "FreeTypeFont", colour: str, height: int) -> None:
        pen.text((MARGIN, self._y + round(height * 0.74)), line, colour, font, anchor="ls")
        self._y += height

    def _cut(self, text: str, font: "FreeTypeFont") -> str:
        return beginning(_short(text), _narrower(font, WIDTH - 2 * MARGIN))

    def _lines(self, text: str, font: "FreeTypeFont", most: int) -> list[str]:
        fits = _narrower(font, WIDTH - 2 * MARGIN)
        words = _short(text).split()
        lines: list[str] = []
        while words and len(lines) < most - 1:
            count = max(words_that_fit(words, fits), 1)
            lines.append(self._cut(" ".join(words[:count]), font))
            words = words[count:]
        return [*lines, self._cut(" ".join(words), font)] if words else lines


def _short(text: str) -> str:
    """What the fonts can write of more than any line holds: measuring whole articles would take long."""
    return writable(beginning(text, at_most(_LONGEST)))


def _narrower(font: "FreeTypeFont", width: float) -> Callable[[str], bool]:
    """Whether a text is at most so many pixels wide."""
    return lambda text: font.getlength(text) <= width


def _kind(row: Row) -> str:
    if row.first is None or row.last is None:
        return "open"
    if row.own:
        return "own"
    if row.first == row.last:
        return "day"
    return "lasting" if row.lasting else "within"


def _legend(rows: Sequence[Row]) -> list[tuple[str, Row]]:
    """The kinds of marks that stand in the picture, in a fixed order, each with a row of it."""
    found = {_kind(row): row for row in rows}
    return [(kind, found[kind]) for kind in ("day", "within", "lasting", "open", "own") if kind in found]


def _height(headings: int, rows: Sequence[Row], words: int, legend: int, below: int) -> int:
    years = 1 + sum(one.year != other.year for one, other in pairwise(rows))
    head = headings * _HEADING_LINE + _SMALL_LINE + _TICKS
    lists = years * _YEAR + len(rows) * (_DATE + _TRACK + _GAP)
    return 2 * MARGIN + head + lists + (words + below) * _WORDS + legend * _LEGEND
