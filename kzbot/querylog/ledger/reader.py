"""Reads the ledger, beside the one who writes it."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from kzbot.errors import QueryLogError
from kzbot.querylog.address import reading_address
from kzbot.querylog.ledger.deeds import ALL_DEEDS, DeedFilters, condition
from kzbot.querylog.ledger.rows import (
    Actor,
    ApplicationRow,
    DeedRow,
    OverlayRow,
    Post,
    ReportKind,
    ReportRow,
    ReportState,
)
from kzbot.querylog.reader import QueryReader
from kzbot.querylog.remedy import remedy
from kzbot.querylog.rows import json_of, moment, moment_of, within

_OVERLAY = "number, at, actor, place, kind, article, words, edtf, name, report, undone_at, undone_by"
_REPORT = (
    "number, at, user, query, generation, kind, article, address, excerpt, words, said, state, closed_at, closed_by"
)
_DEED = "number, at, actor, place, action, about, details"
_HISTORY = "number, at, actor, place, way, generation, former, articles, summary"


class LedgerReader:
    """What the ledger holds, each list with the latest first and a count of all."""

    def __init__(self, reader: QueryReader) -> None:
        self._reader = reader

    async def deeds(self, limit: int, offset: int = 0, filters: DeedFilters = ALL_DEEDS) -> tuple[list[DeedRow], int]:
        """What was done, of what passes the filters."""
        where, values = condition(filters)
        rows = await self._reader.rows(
            f"SELECT {_DEED} FROM audit WHERE {where} ORDER BY number DESC LIMIT ? OFFSET ?", (*values, limit, offset)
        )
        return [_deed(row) for row in rows], await self._count("audit", where, values)

    async def deed(self, number: int) -> DeedRow | None:
        """The deed with this number, or None."""
        rows = await self._reader.rows(f"SELECT {_DEED} FROM audit WHERE number = ?", (within(number),))
        return _deed(rows[0]) if rows else None

    async def actions(self) -> list[str]:
        """Every action that stands in the ledger, by its name."""
        return [row[0] for row in await self._reader.rows("SELECT DISTINCT action FROM audit ORDER BY action", ())]

    async def history(self, limit: int, offset: int = 0) -> tuple[list[ApplicationRow], int]:
        """Which generations were applied."""
        rows = await self._reader.rows(
            f"SELECT {_HISTORY} FROM history ORDER BY number DESC LIMIT ? OFFSET ?", (limit, offset)
        )
        return [_application(row) for row in rows], await self._count("history")

    async def application(self, number: int) -> ApplicationRow | None:
        """The application with this number, or None."""
        rows = await self._reader.rows(f"SELECT {_HISTORY} FROM history WHERE number = ?", (within(number),))
        return _application(rows[0]) if rows else None

    async def overlays(
        self, limit: int, offset: int = 0, *, holding_only: bool = False
    ) -> tuple[list[OverlayRow], int]:
        """What is laid over the corpus; with `holding_only` without what was undone."""
        where = "undone_at IS NULL" if holding_only else "1"
        rows = await self._reader.rows(
            f"SELECT {_OVERLAY} FROM overlays WHERE {where} ORDER BY number DESC LIMIT ? OFFSET ?", (limit, offset)
        )
        return [_overlay(row) for row in rows], await self._count("overlays", where)

    async def overlay(self, number: int) -> OverlayRow | None:
        """The overlay with this number, or None."""
        rows = await self._reader.rows(f"SELECT {_OVERLAY} FROM overlays WHERE number = ?", (within(number),))
        return _overlay(rows[0]) if rows else None

    async def overlay_for(self, report: int) -> OverlayRow | None:
        """The overlay that holds and answers this report, or None."""
        rows = await self._reader.rows(
            f"SELECT {_OVERLAY} FROM overlays WHERE undone_at IS NULL AND report = ? ORDER BY number DESC LIMIT 1",
            (within(report),),
        )
        return _overlay(rows[0]) if rows else None

    async def corrections(self, limit: int, offset: int = 0) -> tuple[list[OverlayRow], int]:
        """Corrections of dates and spellings that hold, the latest first, and how many there are."""
        where = "undone_at IS NULL AND kind IN ('date', 'spelling')"
        rows = await self._reader.rows(
            f"SELECT {_OVERLAY} FROM overlays WHERE {where} ORDER BY number DESC LIMIT ? OFFSET ?", (limit, offset)
        )
        return [_overlay(row) for row in rows], await self._count("overlays", where)

    async def holding(self) -> list[OverlayRow]:
        """All overlays that hold, the oldest first: a later one wins over an earlier one."""
        rows = await self._reader.rows(f"SELECT {_OVERLAY} FROM overlays WHERE undone_at IS NULL ORDER BY number", ())
        return [_overlay(row) for row in rows]

    async def reports(self, state: ReportState | None, limit: int, offset: int = 0) -> tuple[list[ReportRow], int]:
        """Reports in this state, or all; the oldest first where they are open, for they wait."""
        where, values = ("state = ?", (state,)) if state else ("1", ())
        order = "number" if state == "open" else "number DESC"
        rows = await self._reader.rows(
            f"SELECT {_REPORT} FROM reports WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?", (*values, limit, offset)
        )
        return [_report(row) for row in rows], await self._count("reports", where, values)

    async def same_report(self, kind: ReportKind, address: str, words: str) -> ReportRow | None:
        """The open report of the same doubt, or None."""
        rows = await self._reader.rows(
            f"SELECT {_REPORT} FROM reports WHERE state = 'open' AND kind = ? AND address = ? AND words = ? LIMIT 1",
            (kind, address, words),
        )
        return _report(rows[0]) if rows else None

    async def open_reports_of(self, user: int | None) -> int:
        """How many reports of this person are open."""
        return await self._count("reports", "state = 'open' AND user IS ?", (user,))

    async def report(self, number: int) -> ReportRow | None:
        """The report with this number, or None."""
        rows = await self._reader.rows(f"SELECT {_REPORT} FROM reports WHERE number = ?", (within(number),))
        return _report(rows[0]) if rows else None

    async def post(self, purpose: str, about: str) -> Post | None:
        """The last message that was posted for this, or None."""
        return await self._post("purpose = ? AND about = ?", (purpose, about))

    async def latest_post(self, purpose: str) -> Post | None:
        """The last message that was posted for this purpose, whatever it is about, or None."""
        return await self._post("purpose = ?", (purpose,))

    async def _post(self, where: str, values: Sequence[object]) -> Post | None:
        sql = f"SELECT at, purpose, about, channel, message FROM posted WHERE {where} ORDER BY number DESC LIMIT 1"
        rows = await self._reader.rows(sql, values)
        if not rows:
            return None
        at, *rest = rows[0]
        return Post(at=moment(at), purpose=rest[0], about=rest[1], channel=rest[2], message=rest[3])

    async def _count(self, table: str, where: str = "1", values: Sequence[object] = ()) -> int:
        return int((await self._reader.rows(f"SELECT count(*) FROM {table} WHERE {where}", values))[0][0])


def holding_in(path: Path) -> list[OverlayRow]:
    """The overlays that hold, read beside whoever writes kzbot.db; none where there is no such file, or it knows none yet.

    Blocking. Raises QueryLogError where the file cannot be read.
    """
    if not path.is_file():
        return []
    try:
        with closing(sqlite3.connect(reading_address(path), uri=True, timeout=5)) as connection:
            if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'overlays'").fetchone():
                return []
            rows = connection.execute(f"SELECT {_OVERLAY} FROM overlays WHERE undone_at IS NULL ORDER BY number")
            return [_overlay(row) for row in rows]
    except sqlite3.Error as error:
        raise QueryLogError(
            f"{path}: what is laid over the corpus cannot be read ({error}); {remedy(error)}."
        ) from error


def _deed(row: Sequence[Any]) -> DeedRow:
    return DeedRow(
        number=row[0],
        at=moment(row[1]),
        actor=Actor(user=row[2], place=row[3]),
        action=row[4],
        about=row[5],
        details=json_of(row[6]),
    )


def _application(row: Sequence[Any]) -> ApplicationRow:
    return ApplicationRow(
        number=row[0],
        at=moment(row[1]),
        actor=Actor(user=row[2], place=row[3]),
        way=row[4],
        generation=row[5],
        former=row[6],
        articles=row[7],
        summary=json_of(row[8]),
    )


def _overlay(row: Sequence[Any]) -> OverlayRow:
    return OverlayRow(
        number=row[0],
        at=moment(row[1]),
        actor=Actor(user=row[2], place=row[3]),
        kind=row[4],
        article=row[5],
        words=row[6],
        edtf=row[7],
        name=row[8],
        report=row[9],
        undone_at=moment_of(row[10]),
        undone_by=row[11],
    )


def _report(row: Sequence[Any]) -> ReportRow:
    return ReportRow(
        number=row[0],
        at=moment(row[1]),
        user=row[2],
        query=row[3],
        generation=row[4],
        kind=row[5],
        article=row[6],
        address=row[7],
        excerpt=row[8],
        words=row[9],
        said=row[10],
        state=row[11],
        closed_at=moment_of(row[12]),
        closed_by=row[13],
    )
