"""What a button remembers: a row of the query log, two numbers, and a check that the row is the one that was meant."""

import hashlib
import re
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Protocol, Self

PAGE, JUMP, CHOICE, CHOICES, SUGGESTION, AGAIN, SHOW, TEXT, WHOLE, LOG, TAKE = "pjcdgastwlf"
_ASKING = PAGE + JUMP + CHOICE + CHOICES + SUGGESTION + AGAIN + SHOW + TEXT + WHOLE + LOG + TAKE
APPLY, BACK, CANCEL, READ, RECALL, FILE, HISTORY, RETURN, STATUS = _PLANS = "ABCDEFGHI"
DOUBT, DOUBTS, CORRECT, DISMISS, REOPEN, UNDO, CORRECTIONS, YAML, RETRY = _CORRECTIONS = "KLMNOPQRY"
ADD, DROP, FILL, LEAVE, RESTORE = _IMPORTS = "STUVW"
USEFUL, NOT_USEFUL, TELL, UNANSWERED, GROUP, SPELL, SOURCE, MARK, UNMARK = _REVIEWS = "ynm012345"
PERIOD, AUDIT, DEED, EXPORT, PURGE, KEEP = _LOGS = "769J8X"
EXPORT_MINE, DELETE_MINE, FORGET = PRIVACY = "xzv"
KINDS = _ASKING + _PLANS + _CORRECTIONS + _IMPORTS + _REVIEWS + _LOGS + PRIVACY
"""One sign a kind of button or form: a small letter for those of answers and for everybody, a capital or a digit for those of
moderators (`LOG` and `DOUBT` came before that rule)."""
_REST = r":(?P<row>[0-9]{1,15}):(?P<page>[0-9]{1,9}):(?P<number>[0-9]{1,9}):(?P<check>[0-9a-f]{8})"
_ANY = re.compile(rf"kz1:(?P<kind>[{KINDS}]){_REST}")
OTHER_VERSIONS = rf"(?!kz1:[{KINDS}]{re.sub(r'P<[a-z]+>', ':', _REST)}\Z)[\s\S]*"
"""Matches every custom_id that no handle has: those of buttons that an older version sent."""


def for_moderators(kind: str) -> bool:
    """Whether buttons and forms of this kind are moderators'."""
    return kind == LOG or (kind != DOUBT and not kind.islower())


class Part(IntEnum):
    """Which part of an answer a page belongs to. Cards that were sent hold these numbers, so they stay as they are."""

    LIST = 0
    UNDATED = 1
    OVERVIEW = 2

    @classmethod
    def of(cls, number: int) -> "Part":
        """The part of this number, the list where there is none."""
        return cls(number) if number in set(cls) else cls.LIST


class Row(Protocol):
    """A row of the query log, as far as a handle knows it."""

    @property
    def command(self) -> str: ...
    @property
    def generation(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Handle:
    """The state in a custom_id, at most 59 characters: `kz1:KIND:ROW:PAGE:NUMBER:CHECK`.

    `number` names an item, a choice, or for pages of an answer its `Part`, by `kind`; for pages of a text its lowest bit
    tells turning from opening, for taking away whether the card is one that others see too.
    """

    kind: str
    row: int
    page: int
    number: int
    check: str

    @classmethod
    def parse(cls, custom_id: str) -> Self | None:
        """The handle of a custom_id, None where it is not one of this version."""
        found = _ANY.fullmatch(custom_id)
        if found is None:
            return None
        return cls(found["kind"], int(found["row"]), int(found["page"]), int(found["number"]), found["check"])

    def __str__(self) -> str:
        return f"kz1:{self.kind}:{self.row}:{self.page}:{self.number}:{self.check}"

    def to(self, kind: str, page: int = 0, number: int = 0) -> Self:
        """The same row and check for another button."""
        return replace(self, kind=kind, page=page, number=number)

    def fits(self, row: Row | None) -> bool:
        """Whether this row is the one that the button was made for, and not one of another log with its number."""
        return row is not None and self.check == check_of(row.command, row.generation)


def check_of(command: str, generation: str | None) -> str:
    """Eight hexadecimal digits of what a row answered."""
    return hashlib.sha256(f"{command}|{generation or ''}".encode()).hexdigest()[:8]


def handle_for(row: int, command: str, generation: str | None) -> Handle:
    """The first handle of a row, from which the buttons of its card are made."""
    return Handle(PAGE, row, 0, 0, check_of(command, generation))


def template(kind: str) -> str:
    """The pattern of the custom_ids of one kind; those of two kinds never match the same."""
    return rf"kz1:{kind}{_REST}"
