"""Writes ratings, wishes and reviews; what a moderator does stands in the ledger in the same commit."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from kzbot.querylog.ledger.ledger import about_last, noted
from kzbot.querylog.ledger.rows import Action, Actor, Deed
from kzbot.querylog.people import People
from kzbot.querylog.reader import QueryReader
from kzbot.querylog.review.reader import ReviewReader
from kzbot.querylog.review.rows import ReviewKind, ReviewRecord, WishState
from kzbot.querylog.writer import Writer

_DONE: Mapping[ReviewKind, Action] = {
    "spelling": "review spelling",
    "source": "review source",
    "tell": "review tell",
    "dismissed": "review dismissed",
}


class Review(ReviewReader):
    """The reviews of kzbot.db, for who holds the lock of the data folder. Every call returns after its commit, and raises
    QueryLogError where nothing was written."""

    def __init__(self, writer: Writer, reader: QueryReader, people: People) -> None:
        super().__init__(reader)
        self._writer = writer
        self._people = people

    async def rate(self, query: int, user: int, useful: bool, at: datetime) -> None:
        """Keeps what this person (Discord's id) says of an answer, in the place of what they said before.

        Where people are not kept there is one rating a question. A question that was purged meanwhile gets none.
        """
        kept = self._people.kept(user)
        await self._writer.write_all(
            (
                (
                    "DELETE FROM ratings WHERE query = ? AND (user IS ? OR user IN (?, ?))",
                    (query, kept, user, self._people.hashed(user)),
                ),
                (
                    "INSERT INTO ratings (at, query, user, useful) SELECT ?, number, ?, ? FROM queries WHERE number = ?",
                    (_at(at), kept, int(useful), query),
                ),
            )
        )

    async def wish(self, query: int, user: int, at: datetime) -> None:
        """Keeps that this person wishes to be told when the question can be answered; anew where telling them had failed."""
        await self._writer.write_all(
            (
                ("DELETE FROM wishes WHERE query = ? AND user = ?", (query, user)),
                (
                    "INSERT INTO wishes (at, query, user) SELECT ?, number, ? FROM queries WHERE number = ?",
                    (_at(at), user, query),
                ),
            )
        )

    async def unwish(self, query: int, user: int) -> None:
        """Forgets that this person wished to be told."""
        await self._writer.write("DELETE FROM wishes WHERE query = ? AND user = ?", (query, user))

    async def move_wish(self, number: int, before: WishState, after: WishState, at: datetime) -> bool:
        """Moves a wish from one state into another; False where it is not in that state, or was taken back."""
        rows = await self._reader.rows("SELECT state FROM wishes WHERE number = ?", (number,))
        if not rows or rows[0][0] != before:
            return False
        told = None if after == "open" else _at(at)
        await self._writer.write(
            "UPDATE wishes SET state = ?, told_at = ? WHERE number = ? AND state = ?", (after, told, number, before)
        )
        return True

    async def add(self, record: ReviewRecord) -> int:
        """Keeps what a moderator made of a group; its number."""
        actor = self._kept(record.actor)
        row = (
            "INSERT INTO reviews (at, actor, place, kind, alike, remark, overlay, last) VALUES (?, ?, ?, ?, ?, ?, ?,"
            " ifnull((SELECT max(number) FROM queries WHERE alike = ?), 0))",
            (
                _at(record.at),
                actor.user,
                actor.place,
                record.kind,
                record.alike,
                record.remark,
                record.overlay,
                record.alike,
            ),
        )
        return await self._writer.write_all((row, about_last(record.at, actor, _DONE[record.kind], {})))

    async def undo(self, number: int, actor: Actor, at: datetime) -> bool:
        """Takes a review back; False where it was taken back before, or there is none. A spelling stays laid over the corpus."""
        found = await self.review(number)
        if found is None or found.undone_at is not None:
            return False
        actor = self._kept(actor)
        await self._writer.write_all(
            (
                (
                    "UPDATE reviews SET undone_at = ?, undone_by = ? WHERE number = ? AND undone_at IS NULL",
                    (_at(at), actor.user, number),
                ),
                noted(Deed(at=at, actor=actor, action="review undone", about=number)),
            )
        )
        return True

    def _kept(self, actor: Actor) -> Actor:
        return replace(actor, user=self._people.kept(actor.user))


def _at(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
