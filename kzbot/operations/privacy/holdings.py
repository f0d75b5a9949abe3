"""What is kept of one person at the moment, counted."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kzbot.operations.erasing.ledger import ErasureLedger
from kzbot.operations.importing.batch import Batch
from kzbot.querylog.log import QueryLog
from kzbot.querylog.people import People
from kzbot.querylog.personal import Held, PersonalRows

DEEDS = ("deeds", "applied", "corrections", "corrections_undone", "doubts_closed", "reviews", "reviews_undone")
"""What moderators did: each deed stands in the audit, and some in a table of their own as well."""


NONE = Held()


@dataclass(frozen=True, slots=True)
class Holdings:
    """`servers`, `direct`: where questions came from, how many of them in direct messages. `wishes`: that wait to be told,
    `wishes_done`: that no longer do. `deeds`: of a moderator. `files`: how many they sent and nobody added yet. `deletions`: when
    they had something erased before. `named`: whether deeds stand beside their id as it is."""

    questions: Held = NONE
    ratings: Held = NONE
    wishes: Held = NONE
    wishes_done: Held = NONE
    doubts: Held = NONE
    deeds: Held = NONE
    servers: int = 0
    direct: int = 0
    files: int = 0
    deletions: tuple[datetime, ...] = ()
    named: bool = False

    @property
    def nothing(self) -> bool:
        """Whether there is nothing that could be taken away or deleted."""
        held = (self.questions, self.ratings, self.wishes, self.wishes_done, self.doubts, self.deeds)
        return not any(one.count for one in held) and not self.files


async def holdings(log: QueryLog, user: int, sent: Iterable[Batch]) -> Holdings:
    """What there is now; `sent` are the batches of this person that are kept."""
    waiting = sum(len(one.sent) for one in sent if one.state == "waiting")
    return await asyncio.to_thread(_counted, log, user, waiting)


def _counted(log: QueryLog, user: int, waiting: int) -> Holdings:
    rows = PersonalRows(log.path, log.people, user)
    held = rows.held()
    servers, direct = rows.places()
    done = [held[name] for name in DEEDS if held[name].count]
    most = max(done, key=lambda one: one.count, default=Held())
    first = min((one.first for one in done if one.first), default=None)
    last = max((one.last for one in done if one.last), default=None)
    deletions = erased_before(log, log.people, user)
    return Holdings(
        questions=held["questions"],
        ratings=held["ratings"],
        wishes=held["wishes"],
        wishes_done=held["wishes_done"],
        doubts=held["doubts"],
        deeds=Held(most.count, first, last),
        servers=servers,
        direct=direct,
        files=waiting,
        deletions=deletions,
        named=rows.named(DEEDS),
    )


def erased_before(log: QueryLog, people: People, user: int) -> tuple[datetime, ...]:
    """When something of this person was erased before; blocking."""
    known = ErasureLedger(log.path.parent).all()
    return tuple(one.target.until for one in known if one.target.kind == "person" and one.target.means(people, user))
