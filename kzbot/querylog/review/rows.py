"""What the log knows of a rating, a wish, a group of alike questions, and of what moderators made of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from kzbot.querylog.ledger.rows import Actor
from kzbot.querylog.rows import QueryRow

Want = Literal["not_found", "partial", "ambiguous", "not_useful"]
"""Why a question is worth a review: the status of its answer, or that an answer was rated not useful."""
WANTS: tuple[Want, ...] = ("not_found", "partial", "ambiguous", "not_useful")
UNANSWERED = ("not_found", "partial", "ambiguous")
WishState = Literal["open", "telling", "told", "failed"]
ReviewKind = Literal["spelling", "source", "tell", "dismissed"]
Shown = Literal["open", "source", "tell", "closed", "all"]
"""Which groups: those that wait, those with a missing source noted, those whose askers are to be told, or were, those that were
dismissed or given a spelling, all."""
SHOWN: tuple[Shown, ...] = ("open", "source", "tell", "closed", "all")


@dataclass(frozen=True, slots=True)
class Ratings:
    """How many people found an answer useful, and how many did not."""

    useful: int = 0
    not_useful: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WishRow:
    """Who wishes to be told when a question (its number) can be answered, since `at`; Discord's id while the wish is open.

    `telling`: the message was begun; where it stays so, the bot ended meanwhile, and nobody knows whether it arrived. `failed`:
    Discord did not take the message. `told_at`: when it was begun.
    """

    number: int
    at: datetime
    query: int
    user: int
    state: WishState
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRow:
    """An open wish whose telling a moderator has asked for, with its question."""

    wish: WishRow
    question: QueryRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRecord:
    """What a moderator made of the questions alike `alike`. `remark`: what is to be brought, or the name of the spelling;
    `overlay`: the spelling's number in the ledger."""

    at: datetime
    actor: Actor
    kind: ReviewKind
    alike: str
    remark: str = ""
    overlay: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """A review as the log holds it; `alike` is None once no such question is kept. It holds until `undone_at`."""

    number: int
    at: datetime
    actor: Actor
    kind: ReviewKind
    alike: str | None
    remark: str
    overlay: int | None
    undone_at: datetime | None = None
    undone_by: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFilters:
    """Which groups are wanted. `since`: asked on that day (UTC) or later; their counts are of all that is kept. `want`: with a
    question that was answered so, or rated so."""

    shown: Shown = "open"
    since: date | None = None
    want: Want | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Alike questions that were not answered, or whose answer was rated not useful.

    `latest`: the last one of them. `statuses`: how often it was answered how, of those that were not answered. `not_useful`:
    how often what was answered was rated so, in part and not found included; `poor`: how many of the other questions were. `asked`: how often it was asked in all. `people`: how many different ones did not get
    an answer, or rated it so, as far as people are kept. `wishes`: how many people, by the state of their wish; `told_at`: when the last of them was told. `reviews`: those that hold, the latest first. `closed`:
    dismissed or given a spelling, and not asked in vain since.
    """

    alike: str
    latest: QueryRow
    asked: int
    statuses: Mapping[str, int]
    not_useful: int
    people: int
    wishes: Mapping[WishState, int]
    poor: int = 0
    told_at: datetime | None = None
    reviews: tuple[ReviewRow, ...] = ()
    closed: bool = False

    @property
    def unanswered(self) -> int:
        """How many of these questions were not answered."""
        return sum(self.statuses.values())

    @property
    def in_vain(self) -> int:
        """How many were not answered, or rated not useful: each counts once."""
        return self.unanswered + self.poor

    @property
    def tried(self) -> WishState | None:
        """What came of telling who wished it, "told" where that reached anyone; None where somebody still waits, or nobody wished."""
        ended: tuple[WishState, ...] = ("told", "telling", "failed")
        return None if self.wishes.get("open") else next((one for one in ended if self.wishes.get(one)), None)

    def review(self, kind: ReviewKind) -> ReviewRow | None:
        """The latest review of this kind that holds."""
        return next((one for one in self.reviews if one.kind == kind), None)
