"""Writes ratings, wishes and reviews; what a moderator does stands in the ledger in the same commit."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from kzbot.querylog.ledger.ledger import about_last, noted
from kzbot.querylog.ledger.rows import Action, Actor, Deed
from kzbot.querylog.people import People
from kzbot.querylog.reader import QueryReader
from kzbot.querylog.review.reader import REQUEST, WISH, ReviewReader, wish_row
from kzbot.querylog.review.rows import ReviewKind, ReviewRecord, WishRow, WishState
from kzbot.querylog.rows import text_of, within
from kzbot.querylog.writer import Statement, Writer

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
                    (text_of(at), kept, int(useful), query),
                ),
            )
        )

    async def wish_of(self, query: int, user: int) -> WishRow | None:
        """What this person (Discord's id) wished of this question, or None."""
        rows = await self._reader.rows(
            f"SELECT {WISH} FROM wishes WHERE query = ? AND user IN (?, ?)", (within(query), *self._ids(user))
        )
        return wish_row(rows[0]) if rows else None

    async def wish(self, query: int, user: int, at: datetime) -> None:
        """Keeps that this person wishes to be told when the question can be answered; anew where telling them had failed."""
        await self._writer.write_all(
            (
                self._forgotten(query, user),
                (
                    "INSERT INTO wishes (at, query, user) SELECT ?, number, ? FROM queries WHERE number = ?",
                    (text_of(at), user, query),
                ),
            )
        )

    async def unwish(self, query: int, user: int) -> None:
        """Forgets that this person wished to be told."""
        await self._writer.write(*self._forgotten(query, user))

    async def begin_telling(self, wish: WishRow, at: datetime) -> bool:
        """An open wish is being told, and its person's id is not kept any more; False where it is not open, or taken back."""
        rows = await self._reader.rows("SELECT state FROM wishes WHERE number = ?", (wish.number,))
        if not rows or rows[0][0] != "open":
            return False
        await self._writer.write(
            "UPDATE wishes SET state = 'telling', told_at = ?, user = ? WHERE number = ? AND state = 'open'",
            (text_of(at), self._people.hashed(wish.user), wish.number),
        )
        return bool(await self._reader.rows("SELECT 1 FROM wishes WHERE number = ?", (wish.number,)))

    async def end_telling(self, wish: WishRow, state: WishState, at: datetime) -> None:
        """What came of it; where nothing was sent the wish is open as it was."""
        if state == "open":
            again = "UPDATE wishes SET state = 'open', told_at = NULL, user = ? WHERE number = ? AND state = 'telling'"
            await self._writer.write(again, (wish.user, wish.number))
        else:
            veiled = self._people.hashed(wish.user) if self._people.mode != "none" else -wish.number
            done = "UPDATE wishes SET state = ?, told_at = ?, user = ? WHERE number = ? AND state = 'telling'"
            await self._writer.write(done, (state, text_of(at), veiled, wish.number))

    async def settle(self) -> None:
        """Where people are not kept, no hash stays of who was being told when the bot ended; nobody is being told now."""
        if self._people.mode == "none":
            await self._writer.write("UPDATE wishes SET user = -number WHERE state = 'telling' AND user != -number", ())

    def _forgotten(self, query: int, user: int) -> Statement:
        return "DELETE FROM wishes WHERE query = ? AND user IN (?, ?)", (query, *self._ids(user))

    def _ids(self, user: int) -> tuple[int, int]:
        return user, self._people.hashed(user)

    async def add(self, record: ReviewRecord) -> int:
        """Keeps what a moderator made of a group; its number. The words of a group that was erased meanwhile are not kept."""
        actor = self._kept(record.actor)
        row = (
            "INSERT INTO reviews (at, actor, place, kind, alike, remark, overlay, last)"
            " VALUES (?, ?, ?, ?, (SELECT alike FROM wordings WHERE alike = ?), ?, ?,"
            " ifnull((SELECT max(number) FROM queries WHERE alike = ?), 0))",
            (
                text_of(record.at),
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
                    (text_of(at), actor.user, number),
                ),
                noted(Deed(at=at, actor=actor, action="review undone", about=number)),
            )
        )
        return True

    async def request(self, review: int, what: Mapping[str, Any]) -> None:
        """Asks the process that holds the data folder to lay or lift a review's spelling, or says what came of that."""
        kept = "INSERT INTO state (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
        await self._writer.write(kept, (f"{REQUEST}{review}", json.dumps(dict(what))))

    async def drop_request(self, review: int) -> None:
        """Asks for it no more, and keeps nothing of what came of it."""
        await self._writer.write("DELETE FROM state WHERE key = ?", (f"{REQUEST}{review}",))

    async def laid(self, review: int, overlay: int) -> None:
        """Keeps the number of the spelling that was asked for."""
        await self._writer.write("UPDATE reviews SET overlay = ? WHERE number = ?", (overlay, review))

    def _kept(self, actor: Actor) -> Actor:
        return replace(actor, user=self._people.kept(actor.user))
