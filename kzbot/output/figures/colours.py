"""The colours of states: told apart also by those who see no red or no green, and named beside in any case.

From the palette of Okabe and Ito, "Color Universal Design" (2008), lightness fitted to the two grounds.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from kzbot.output.drawing.palette import DARK, LIGHT, Palette
from kzbot.querylog.rows import QueryStatus


@dataclass(frozen=True, slots=True)
class Colours:
    """A palette, and a colour for each state that is counted."""

    palette: Palette
    states: Mapping[QueryStatus, str]


ON_LIGHT = Colours(
    LIGHT,
    {
        "answered": "#14906c",
        "partial": "#e6a117",
        "ambiguous": "#6fc0f0",
        "not_found": "#c2410c",
        "bad_request": "#3d4350",
    },
)
ON_DARK = Colours(
    DARK,
    {
        "answered": "#12906a",
        "partial": "#f7cb5c",
        "ambiguous": "#7cc8f5",
        "not_found": "#d9531e",
        "bad_request": "#e9ebee",
    },
)
