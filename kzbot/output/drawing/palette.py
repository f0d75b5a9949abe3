"""The colours of a picture on a light and on a dark ground."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as #rrggbb: `text` and `muted` are letters (contrast 4.5 to 1 at least), `mark` and `pale` are dates."""

    ground: str
    text: str
    muted: str
    line: str
    mark: str
    pale: str


LIGHT = Palette("#ffffff", "#1b1d21", "#565d68", "#cfd4db", "#0b7a5c", "#a9dcca")
DARK = Palette("#232428", "#f2f3f5", "#b3b8c2", "#4b4f58", "#5fd3ae", "#2c6353")
