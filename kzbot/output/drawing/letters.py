"""Noto Sans in the sizes of a picture."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

FONTS = Path(__file__).resolve().parent.parent / "fonts"


@dataclass(frozen=True, slots=True)
class Letters:
    """Fonts by what they write; sizes in pixels of a picture 720 wide, which a phone shows at half of that."""

    heading: "FreeTypeFont"
    year: "FreeTypeFont"
    date: "FreeTypeFont"
    words: "FreeTypeFont"
    small: "FreeTypeFont"


def load() -> Letters:
    """The fonts, read from the files beside this room (no font of the system is used)."""
    from PIL import ImageFont  # noqa: PLC0415 - Pillow is imported only when something is drawn

    def font(weight: str, size: int) -> "FreeTypeFont":
        file = FONTS / f"NotoSans-{weight}.ttf"
        return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)

    return Letters(font("Bold", 38), font("Bold", 30), font("Bold", 28), font("Regular", 30), font("Regular", 26))
