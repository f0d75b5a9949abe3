"""A stretch of text by offsets."""

from typing import NamedTuple


class Span(NamedTuple):
    """Offsets in code points into the unmodified text, end exclusive."""

    start: int
    end: int
