"""One thing that was looked at."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["ok", "warning", "wrong"]


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, what was found, and how to mend it where it is not well; all of it rendered for people."""

    subject: str
    level: Level
    found: str
    mend: str = ""
