"""A date mark: words in a text, and what they honestly mean."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Basis = Literal["stated", "resolved", "published"]
Modifier = Literal["early", "mid", "late", "about", "before", "after", "fiscal"]


@dataclass(frozen=True, slots=True)
class DateMark:
    """Words in the text, the EDTF date, its bounds, and how it was resolved, as in the answer contract.

    `start`, `end`: code points into the article's text, end exclusive; None (with `words`) for basis `published`.
    `value`: the TIMEX3 value. `earliest`, `latest`: first and last day that it may mean, None where open. `anchor`: the
    EDTF date that resolved it. `edition`: a year inside a name (KADEX 2014); `dropped`: when something was to happen that
    did not, or no longer will; `compared`: what something is held against ("the first loss since 1992"): none of them puts
    anything on a timeline by itself.
    """

    edtf: str
    value: str
    earliest: date | None
    latest: date | None
    words: str | None
    start: int | None
    end: int | None
    basis: Basis
    anchor: str | None = None
    modifier: Modifier | None = None
    planned: bool = False
    edition: bool = False
    dropped: bool = False
    compared: bool = False

    @property
    def tells(self) -> bool:
        """Whether it dates a statement."""
        return not (self.edition or self.dropped or self.compared)
