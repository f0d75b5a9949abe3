"""What the log knows of one question."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

QueryStatus = Literal["answered", "partial", "ambiguous", "not_found", "bad_request", "failed", "denied"]
OptionValue = str | int | float | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryRecord:
    """One question as it goes into the log; ids are Discord's, None where there is none (a direct message has no server).

    `asked_at`: a moment with its time zone. `status`: that of the answer; `failed` where the bot broke down, `denied` where
    the asker may not ask this. `took_ms`: milliseconds from question to answer. `private`: seen by the asker only.
    """

    asked_at: datetime
    user: int | None
    channel: int | None
    server: int | None
    command: str
    options: Mapping[str, OptionValue]
    status: QueryStatus
    items: int
    took_ms: float
    generation: str | None
    private: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryRow(QueryRecord):
    """A question as the log holds it; `number` is given once and never again."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRow:
    """A question with how often it was asked in a stretch of time."""

    command: str
    options: Mapping[str, OptionValue]
    asked: int
