"""Dots and bars with smooth edges."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

HEIGHT = 20
NARROWEST = 8
_FINE = 4
_RIM = 3
_FADE = 120
_FAINT = 0.35


def dot(picture: "Image", x: float, y: int, colour: str, inside: str) -> None:
    """A ring of `colour` filled with `inside` around (x, y)."""
    from PIL import ImageDraw  # noqa: PLC0415 - Pillow is imported only when something is drawn

    for size, filled in ((HEIGHT, colour), (HEIGHT - 8, inside)):
        mask = _mask(size, size)
        ImageDraw.Draw(mask).ellipse((0, 0, size * _FINE - 1, size * _FINE - 1), fill=255)
        picture.paste(filled, (round(x - size / 2), y - size // 2), mask.resize((size, size)))


def bar(
    picture: "Image", ends: tuple[float, float], y: int, colours: tuple[str, str], goes_on: tuple[bool, bool]
) -> None:
    """A bar between two pixels, with an outline and an inside of `colours`; on a side where it goes on, it fades into a tip."""
    left, right = _widened(*ends, goes_on)
    width = right - left
    outline, inside = colours
    for inset, filled in ((0, outline), (_RIM, inside)) if inside != outline else ((0, outline),):
        mask = _bar_mask(width, inset, goes_on)
        picture.paste(filled, (left, y - HEIGHT // 2), _faded(mask, goes_on))


def _widened(left: float, right: float, goes_on: tuple[bool, bool]) -> tuple[int, int]:
    """Whole pixels, at least as many as can be seen; a bar that goes on needs room for its tip."""
    least = HEIGHT * (1 + sum(goes_on)) if any(goes_on) else NARROWEST
    missing = max(0.0, least - (right - left))
    if goes_on[0] == goes_on[1]:
        left, right = left - missing / 2, right + missing / 2
    elif goes_on[0]:
        right += missing
    else:
        left -= missing
    return round(left), round(right)


def _bar_mask(width: int, inset: int, goes_on: tuple[bool, bool]) -> "Image":
    from PIL import ImageDraw  # noqa: PLC0415 - see `dot`

    mask = _mask(width, HEIGHT)
    pen = ImageDraw.Draw(mask)
    tip = HEIGHT * _FINE // 2
    low, high = inset * _FINE, (HEIGHT - inset) * _FINE - 1
    first = tip if goes_on[0] else low
    last = width * _FINE - 1 - (tip if goes_on[1] else low)
    if last >= first:
        pen.rounded_rectangle(
            (first, low, last, high),
            radius=max(min(tip - low, (last - first) // 2) - 2, 0),
            fill=255,
            corners=(not goes_on[0], not goes_on[1], not goes_on[1], not goes_on[0]),
        )
    if goes_on[0]:
        pen.polygon([(low * 1.4, tip), (first, low), (first, high)], fill=255)
    if goes_on[1]:
        pen.polygon([(width * _FINE - 1 - low * 1.4, tip), (last, low), (last, high)], fill=255)
    return mask.resize((width, HEIGHT))


def _faded(mask: "Image", goes_on: tuple[bool, bool]) -> "Image":
    from PIL import Image, ImageChops  # noqa: PLC0415 - see `dot`

    width, height = mask.size
    reach = min(_FADE, max(width // (1 + all(goes_on)), 1))
    strengths = [255] * width
    for at in range(reach if any(goes_on) else 0):
        strength = round(255 * (_FAINT + (1 - _FAINT) * at / reach))
        if goes_on[0]:
            strengths[at] = strength
        if goes_on[1]:
            strengths[width - 1 - at] = strength
    row = Image.new("L", (width, 1))
    row.putdata(strengths)
    return ImageChops.multiply(mask, row.resize((width, height)))


def _mask(width: int, height: int) -> "Image":
    from PIL import Image  # noqa: PLC0415 - see `dot`

    return Image.new("L", (width * _FINE, height * _FINE), 0)
