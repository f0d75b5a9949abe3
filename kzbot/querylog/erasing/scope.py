"""What is to be erased, and what was."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Literal, Self

from kzbot.querylog.filters import Filters
from kzbot.querylog.people import People

_AHEAD = timedelta(days=1)
"""No row of now is further ahead of the clock than this."""
Kind = Literal["person", "server", "filtered", "older"]


@dataclass(frozen=True, slots=True)
class Scope:
    """One of four: all of a `person` (Discord's id, or the keyed hash of it), all of a `server`, questions that pass
    `filters`, or what is older than so many days (`audit_days` for what moderators did)."""

    kind: Kind
    id: int | None = None
    filters: Filters | None = None
    days: int = 0
    audit_days: int = 0
    also: tuple[int, ...] = ()

    @classmethod
    def person(cls, user: int) -> Self:
        """All that is kept of this person, in whatever mode it was written."""
        return cls("person", id=user)

    @classmethod
    def server(cls, server: int) -> Self:
        """All that was asked in this server."""
        return cls("server", id=server)

    @classmethod
    def filtered(cls, filters: Filters, *also: int) -> Self:
        """The questions that pass these filters, and those of these numbers whenever they were asked."""
        return cls("filtered", filters=filters, also=also)

    @classmethod
    def older(cls, days: int, audit_days: int) -> Self:
        """What the settings keep no longer."""
        return cls("older", days=days, audit_days=audit_days)


@dataclass(frozen=True, slots=True)
class Target:
    """A scope at a moment, without an id or a word in the clear: what the ledger of erasures keeps of it.

    `until`: what was asked or done at or before it is meant. `hash`: the keyed hash of a person's or a server's id. `numbers`:
    of questions, as ranges with both ends; those between that the log did not hold any more are taken in. `also`: numbers of
    questions, whenever they were asked, such as the command itself with which a moderator erases. `elsewhere`: numbers of
    questions that stood only in copies, as ranges of which all are meant; in the log such a number may be that of another one.
    """

    kind: Kind
    until: datetime
    hash: int | None = None
    numbers: tuple[tuple[int, int], ...] = ()
    also: tuple[int, ...] = ()
    audit_until: datetime | None = None
    ahead: datetime | None = None
    elsewhere: tuple[tuple[int, int], ...] = ()

    @property
    def in_log(self) -> Self:
        """What of it is meant in kzbot.db itself."""
        return replace(self, elsewhere=())

    def means(self, people: People, id_: int) -> bool:
        """Whether this is the person or the server that is meant; Discord's id, or the keyed hash of it."""
        return self.hash is not None and people.hashed(id_) == self.hash

    def as_json(self) -> dict[str, Any]:
        """The same as JSON values."""
        plain: dict[str, Any] = {"kind": self.kind, "until": self.until.isoformat()}
        if self.hash is not None:
            plain["hash"] = self.hash
        if self.kind == "filtered":
            plain["numbers"] = [list(one) for one in self.numbers]
            plain["also"] = list(self.also)
            if self.elsewhere:
                plain["elsewhere"] = [list(one) for one in self.elsewhere]
        return plain

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """The reverse of `as_json`; ValueError, KeyError or TypeError where it is none."""
        numbers, elsewhere = (
            tuple((int(first), int(last)) for first, last in value.get(name, ())) for name in ("numbers", "elsewhere")
        )
        hashed = value.get("hash")
        until = datetime.fromisoformat(value["until"])
        if value["kind"] not in ("person", "server", "filtered"):
            raise ValueError(value["kind"])
        also = tuple(int(one) for one in value.get("also", ()))
        hash_ = None if hashed is None else int(hashed)
        return cls(value["kind"], until, hash_, numbers, also, elsewhere=elsewhere)


def older_target(scope: Scope, at: datetime) -> Target:
    """What is older than the days of the scope, at this moment."""
    until, audit_until = (at - timedelta(days=days) for days in (scope.days, scope.audit_days))
    return Target("older", until, audit_until=audit_until, ahead=at + _AHEAD)


@dataclass(frozen=True, slots=True)
class Erased:
    """How many rows went, or would go, by table: queries, ratings, wishes, reports, audit."""

    rows: Mapping[str, int] = field(default_factory=dict)

    @property
    def queries(self) -> int:
        """How many questions."""
        return self.rows.get("queries", 0)

    @property
    def total(self) -> int:
        """How many rows in all."""
        return sum(self.rows.values())


@dataclass(frozen=True, slots=True)
class Outline:
    """What passes filters: how many questions by command, the most first, and the moments of the first and the last one.
    `elsewhere`: how many of them stand only in copies."""

    commands: tuple[tuple[str, int], ...] = ()
    first: datetime | None = None
    last: datetime | None = None
    elsewhere: int = 0

    @property
    def total(self) -> int:
        """How many questions in all."""
        return sum(count for _, count in self.commands)
