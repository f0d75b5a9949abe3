"""Writes the ledger: whatever is done stands in it with who did it, in one commit."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from kzbot.querylog.ledger.reader import LedgerReader
from kzbot.querylog.ledger.rows import Action, Actor, Application, Deed, OverlayRecord, Post, Report, ReportState
from kzbot.querylog.people import People
from kzbot.querylog.reader import QueryReader
from kzbot.querylog.rows import text_of
from kzbot.querylog.writer import Statement, Writer

_DEED = "INSERT INTO audit (at, actor, place, action, about, details) VALUES (?, ?, ?, ?, {about}, ?)"
_LAST = "last_insert_rowid()"
_CLOSING: Mapping[ReportState, Action] = {
    "open": "report open",
    "mended": "report mended",
    "dismissed": "report dismissed",
}


class Ledger(LedgerReader):
    """The ledger of kzbot.db, for who holds the lock of the data folder. Every call returns after its commit, and raises
    QueryLogError where nothing was written."""

    def __init__(self, writer: Writer, reader: QueryReader, people: People) -> None:
        super().__init__(reader)
        self._writer = writer
        self._people = people

    async def note(self, deed: Deed) -> int:
        """Keeps a deed that stands in no other table; its number."""
        return await self._writer.write(*noted(replace(deed, actor=self._kept(deed.actor))))

    async def applied(self, done: Application) -> int:
        """Keeps that a generation is served from now on, and who did it; its number in the history."""
        done = replace(done, actor=self._kept(done.actor))
        row = (
            "INSERT INTO history (at, actor, place, way, generation, former, articles, summary)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                text_of(done.at),
                done.actor.user,
                done.actor.place,
                done.way,
                done.generation,
                done.former,
                done.articles,
                json.dumps(dict(done.summary)),
            ),
        )
        details = {"way": done.way, "generation": done.generation, "former": done.former}
        return await self._writer.write_all((row, about_last(done.at, done.actor, "apply", details)))

    async def lay(self, overlay: OverlayRecord) -> int:
        """Lays something over the corpus from the next build on; its number. The report that it answers is closed."""
        overlay = replace(overlay, actor=self._kept(overlay.actor))
        row = (
            "INSERT INTO overlays (at, actor, place, kind, article, words, edtf, name, report)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                text_of(overlay.at),
                overlay.actor.user,
                overlay.actor.place,
                overlay.kind,
                overlay.article,
                overlay.words,
                overlay.edtf,
                overlay.name,
                overlay.report,
            ),
        )
        details = {
            key: value
            for key in ("kind", "article", "words", "edtf", "name", "report")
            if (value := getattr(overlay, key)) is not None
        }
        statements = [row, about_last(overlay.at, overlay.actor, "lay", details)]
        if overlay.report is not None:
            statements.append(_closing(overlay.report, "mended", overlay.actor, overlay.at))
        return await self._writer.write_all(statements)

    async def lift(self, number: int, actor: Actor, at: datetime) -> bool:
        """Undoes an overlay from the next build on; False where it was undone before, or there is none. Its report is open
        again."""
        found = await self.overlay(number)
        if found is None or found.undone_at is not None:
            return False
        actor = self._kept(actor)
        lifted: Statement = (
            "UPDATE overlays SET undone_at = ?, undone_by = ? WHERE number = ? AND undone_at IS NULL",
            (text_of(at), actor.user, number),
        )
        statements = [lifted, noted(Deed(at=at, actor=actor, action="lift", about=number))]
        if found.report is not None:
            reopened = "UPDATE reports SET state = 'open', closed_at = NULL, closed_by = NULL WHERE number = ?"
            statements.append((reopened, (found.report,)))
        await self._writer.write_all(statements)
        return True

    async def take_report(self, report: Report) -> int:
        """Keeps a report; its number."""
        return await self._writer.write(
            "INSERT INTO reports (at, user, query, generation, kind, article, address, excerpt, words, said)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                text_of(report.at),
                self._people.kept(report.user),
                report.query,
                report.generation,
                report.kind,
                report.article,
                report.address,
                report.excerpt,
                report.words,
                report.said,
            ),
        )

    async def close_report(self, number: int, state: ReportState, actor: Actor, at: datetime) -> bool:
        """Moves a report into another state; False where it is in that state already, or there is none."""
        found = await self.report(number)
        if found is None or found.state == state:
            return False
        actor = self._kept(actor)
        deed = Deed(at=at, actor=actor, action=_CLOSING[state], about=number)
        await self._writer.write_all((_closing(number, state, actor, at), noted(deed)))
        return True

    async def posted(self, post: Post) -> int:
        """Keeps where the bot put something by itself."""
        return await self._writer.write(
            "INSERT INTO posted (at, purpose, about, channel, message) VALUES (?, ?, ?, ?, ?)",
            (text_of(post.at), post.purpose, post.about, post.channel, post.message),
        )

    async def open_reports_of(self, user: int | None) -> int:
        """How many reports of this person are open; where people are not kept, of all of those."""
        return await super().open_reports_of(self._people.kept(user))

    @property
    def people(self) -> People:
        """What is kept of who did something."""
        return self._people

    def _kept(self, actor: Actor) -> Actor:
        return replace(actor, user=self._people.kept(actor.user))


def noted(deed: Deed) -> Statement:
    """What keeps a deed; its actor is what rows may hold of one, see `People`."""
    values = (text_of(deed.at), deed.actor.user, deed.actor.place, deed.action, deed.about, _json(deed.details))
    return _DEED.format(about="?"), values


def about_last(at: datetime, actor: Actor, action: Action, details: Mapping[str, Any]) -> Statement:
    """The deed about the row that was written just before."""
    return _DEED.format(about=_LAST), (text_of(at), actor.user, actor.place, action, _json(details))


def _closing(number: int, state: ReportState, actor: Actor, at: datetime) -> Statement:
    closed = state != "open"
    return (
        "UPDATE reports SET state = ?, closed_at = ?, closed_by = ? WHERE number = ?",
        (state, text_of(at) if closed else None, actor.user if closed else None, number),
    )


def _json(details: Mapping[str, Any]) -> str:
    return json.dumps(dict(details), ensure_ascii=False)
