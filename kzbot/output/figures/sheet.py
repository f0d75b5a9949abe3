"""The sheet that the log's figures are drawn on: tiles, bars over time, commands, questions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kzbot.output.beginnings import beginning, words_that_fit
from kzbot.output.drawing.coverage import writable
from kzbot.output.drawing.letters import Letters
from kzbot.output.drawing.sheet import MARGIN, WIDTH
from kzbot.output.figures.axes import Label, Ticks
from kzbot.output.figures.colours import Colours
from kzbot.querylog.rows import QueryStatus
from kzbot.querylog.statistics import COUNTED

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

_TALLEST = 4000
_PLOT, _BAR, _WIDEST = 260, 22, 64
_RADIUS = 4
_LONGEST = 240
"""More characters than any two lines hold: measuring long texts would take long."""
_GAP = 24


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure, what it is, and a line below."""

    figure: str
    what: str
    below: str


@dataclass(frozen=True, slots=True)
class Stack:
    """A bar of several states; `label` and `count` are written above one that lies."""

    statuses: Mapping[QueryStatus, int]
    label: str = ""
    count: str = ""

    @property
    def total(self) -> int:
        """How long it is."""
        return sum(self.statuses.values())


class Sheet:
    """Draws downwards, part by part; nothing is drawn beyond the margins."""

    def __init__(self, letters: Letters, colours: Colours) -> None:
        from PIL import Image, ImageDraw  # noqa: PLC0415 - Pillow is imported only when something is drawn

        self._letters = letters
        self._colours = colours
        self._palette = colours.palette
        self._image = Image.new("RGB", (WIDTH, _TALLEST), self._palette.ground)
        self._pen = ImageDraw.Draw(self._image)
        self._y = MARGIN

    def png(self) -> tuple[bytes, int]:
        """The finished picture, just as high as what is on it, and how high that is."""
        import io  # noqa: PLC0415 - with Pillow

        height = min(self._y + MARGIN - 10, _TALLEST)
        into = io.BytesIO()
        self._image.crop((0, 0, WIDTH, height)).save(into, "PNG")
        return into.getvalue(), height

    def heading(self, text: str, below: str) -> None:
        """What the picture is of, and of when."""
        self._write(text, self._letters.heading, self._palette.text, 50)
        self._write(below, self._letters.small, self._palette.muted, 36)
        self._y += 14

    def tiles(self, tiles: Sequence[Tile]) -> None:
        """Two in a row."""
        letters, palette = self._letters, self._palette
        width = (WIDTH - 2 * MARGIN - _GAP) // 2
        for at, tile in enumerate(tiles):
            left = MARGIN + (at % 2) * (width + _GAP)
            self._pen.line((left, self._y, left + width, self._y), palette.line, 2)
            figure = self._cut(tile.figure, letters.heading, width)
            self._pen.text((left, self._y + 50), figure, palette.text, letters.heading, anchor="ls")
            start = left + letters.heading.getlength(figure) + 10
            what, below = writable(tile.what), tile.below
            if start + letters.small.getlength(what) <= left + width:
                self._pen.text((start, self._y + 50), what, palette.text, letters.small, anchor="ls")
            else:
                below = f"{what} · {below}"
            below = self._cut(below, letters.small, width)
            self._pen.text((left, self._y + 86), below, palette.muted, letters.small, anchor="ls")
            self._y += 108 * (at % 2 or at == len(tiles) - 1)
        self._y += 6

    def section(self, title: str) -> None:
        """The heading of a part."""
        self._y += 10
        self._write(title, self._letters.year, self._palette.mark, 48)

    def note(self, text: str) -> None:
        """Small letters, in two lines at most."""
        for line in self._lines(text, self._letters.small, WIDTH - 2 * MARGIN):
            self._write(line, self._letters.small, self._palette.muted, 36)

    def columns(self, stacks: Sequence[Stack], ticks: Ticks, below: Sequence[Label]) -> None:
        """Standing bars between an axis of numbers and one of days; `below` names some of the bars by their place."""
        palette, small = self._palette, self._letters.small
        left = WIDTH - MARGIN - self.room(ticks)
        top, bottom = self._y + 16, self._y + 16 + _PLOT
        for value, label in ticks.labels:
            y = bottom - round(value / ticks.top * _PLOT)
            self._pen.line((left, y, WIDTH - MARGIN, y), palette.line if value else palette.muted, 2)
            self._pen.text((left - 12, y), label, palette.muted, small, anchor="rm")
        step = (WIDTH - MARGIN - left) / len(stacks)
        width = min(max(step - max(step / 5, 1), 1), _WIDEST)
        for at, stack in enumerate(stacks):
            middle = left + (at + 0.5) * step
            ends = (round(middle - width / 2), max(round(middle + width / 2) - 1, round(middle - width / 2)))
            self._column(stack, ends, (top, bottom), ticks.top)
        for at, label in below:
            middle, half = left + (at + 0.5) * step, small.getlength(label) / 2
            self._pen.line((middle, bottom, middle, bottom + 8), palette.muted, 2)
            self._pen.text((_within(middle, half), bottom + 34), label, palette.muted, small, anchor="ms")
        self._y = bottom + 50

    def room(self, ticks: Ticks) -> float:
        """How many pixels are left for standing bars beside these numbers."""
        return WIDTH - 2 * MARGIN - 12 - max(self.measure(label) for _, label in ticks.labels)

    def measure(self, text: str) -> float:
        """How wide a small text is."""
        return self._letters.small.getlength(text)

    def legend(self, named: Sequence[tuple[QueryStatus, str, str]]) -> None:
        """Two states in a row, or one where names are long: each with its colour, its name and its figures."""
        small, width = self._letters.small, (WIDTH - 2 * MARGIN - _GAP) // 2
        wide = max(small.getlength(writable(f"{name}  {figures}")) for _, name, figures in named) + 36
        columns = 2 if wide <= width else 1
        for at, (status, name, figures) in enumerate(named):
            self._y -= 40 * (at % columns)
            left = MARGIN + (at % columns) * (width + _GAP)
            self._named(left, left + (width if columns == 2 else WIDTH - 2 * MARGIN), status, name, figures)
            self._y += 40
        self._y += 8

    def _named(self, left: int, right: int, status: QueryStatus, name: str, figures: str) -> None:
        palette, small, middle = self._palette, self._letters.small, self._y + 20
        box = (left, middle - 12, left + 24, middle + 12)
        self._pen.rounded_rectangle(box, _RADIUS, self._colours.states[status])
        count = self._cut(figures, small, (right - left) // 2)
        said = self._cut(name, small, right - left - 48 - small.getlength(count))
        self._pen.text((left + 36, middle), said, palette.text, small, anchor="lm")
        self._pen.text((right, middle), count, palette.muted, small, anchor="rm")

    def rows(self, stacks: Sequence[Stack]) -> None:
        """Lying bars, each below its name and its figures."""
        palette, letters = self._palette, self._letters
        most = max(stack.total for stack in stacks)
        for stack in stacks:
            count = self._cut(stack.count, letters.small, 330)
            self._pen.text((WIDTH - MARGIN, self._y + 28), count, palette.muted, letters.small, anchor="rs")
            room = WIDTH - 2 * MARGIN - letters.small.getlength(count) - 16
            label = self._cut(stack.label, letters.date, room)
            self._pen.text((MARGIN, self._y + 28), label, palette.text, letters.date, anchor="ls")
            self._lying(stack, MARGIN, round(stack.total / most * (WIDTH - 2 * MARGIN)), self._y + 40)
            self._y += 78

    def questions(self, asked: Sequence[tuple[str, str]]) -> None:
        """How often, and what: at most two lines each."""
        palette, letters = self._palette, self._letters
        wide = max(letters.date.getlength(writable(count)) for count, _ in asked)
        left = MARGIN + min(wide, 220) + 18
        for count, words in asked:
            said = self._cut(count, letters.date, 220)
            self._pen.text((left - 18, self._y + 28), said, palette.mark, letters.date, anchor="rs")
            for line in self._lines(words, letters.small, WIDTH - MARGIN - left):
                self._pen.text((left, self._y + 28), line, palette.text, letters.small, anchor="ls")
                self._y += 36
            self._y += 10

    def _column(self, stack: Stack, ends: tuple[int, int], plot: tuple[int, int], most: int) -> None:
        top, bottom = plot
        y = bottom
        for status, size in _shared(stack, round(stack.total / most * (bottom - top))):
            self._pen.rectangle((ends[0], y - size, ends[1], y - 1), self._colours.states[status])
            y -= size

    def _lying(self, stack: Stack, left: int, length: int, y: int) -> None:
        for status, size in _shared(stack, length):
            self._pen.rectangle((left, y, left + size - 1, y + _BAR), self._colours.states[status])
            left += size

    def _write(self, text: str, font: "FreeTypeFont", colour: str, height: int) -> None:
        said = self._cut(text, font, WIDTH - 2 * MARGIN)
        self._pen.text((MARGIN, self._y + round(height * 0.74)), said, colour, font, anchor="ls")
        self._y += height

    def _cut(self, text: str, font: "FreeTypeFont", width: float) -> str:
        said = writable(text[:_LONGEST])
        return beginning(said, _narrower(font, width)) if said else ""

    def _lines(self, text: str, font: "FreeTypeFont", width: float) -> list[str]:
        words = writable(text[:_LONGEST]).split()
        count = max(words_that_fit(words, _narrower(font, width)), 1)
        pair = (" ".join(words[:count]), " ".join(words[count:]))
        return [self._cut(line, font, width) for line in pair if line]


def _shared(stack: Stack, length: int) -> list[tuple[QueryStatus, int]]:
    """The states of a bar with their pixels: together `length`, but each at least one or two, that it can be seen."""
    found = [(status, stack.statuses[status]) for status in COUNTED if stack.statuses.get(status)]
    if not found:
        return []
    length = max(length, len(found))
    least = 2 if length >= 4 * len(found) else 1
    sizes = [max(count * length // stack.total, least) for _, count in found]
    largest = max(range(len(found)), key=lambda at: found[at][1])
    sizes[largest] += length - sum(sizes)
    return [(status, size) for (status, _), size in zip(found, sizes, strict=True)]


def _narrower(font: "FreeTypeFont", width: float) -> Callable[[str], bool]:
    """Whether a text is at most so many pixels wide."""
    return lambda text: font.getlength(text) <= width


def _within(middle: float, half: float) -> float:
    return min(max(middle, MARGIN + half), WIDTH - MARGIN - half)
