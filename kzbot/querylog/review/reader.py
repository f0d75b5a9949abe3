"""Reads ratings, wishes and reviews, beside the one who writes them; a million questions are summed up in a moment."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from kzbot.querylog.ledger.rows import Actor
from kzbot.querylog.reader import QueryReader
from kzbot.querylog.review.rows import (
    UNANSWERED,
    DueRow,
    Group,
    GroupFilters,
    Ratings,
    ReviewRow,
    WishRow,
    WishState,
)
from kzbot.querylog.rows import COLUMNS, QueryRow, json_of, moment, moment_of, row_of, within

_UNANSWERED = "status IN ('not_found', 'partial', 'ambiguous')"
_REVIEW = "number, at, actor, place, kind, alike, remark, overlay, undone_at, undone_by"
_HOLDS = (
    "undone_at IS NULL AND (kind != 'spelling' OR overlay IN (SELECT number FROM overlays WHERE undone_at IS NULL))"
)
"""A spelling that was taken back among the corrections holds no more here either."""
_CLOSED = (
    "WITH ended (alike, last) AS MATERIALIZED (SELECT alike, max(last) FROM reviews"
    f" WHERE alike IS NOT NULL AND kind IN ('dismissed', 'spelling') AND {_HOLDS} GROUP BY alike),"
    " closed (alike) AS MATERIALIZED (SELECT alike FROM ended WHERE NOT EXISTS"
    f" (SELECT 1 FROM queries AS q WHERE q.alike = ended.alike AND q.number > ended.last AND (q.{_UNANSWERED}"
    " OR EXISTS (SELECT 1 FROM ratings WHERE query = q.number AND NOT useful))))"
)
_GROUP = "alike, asked, unanswered - partial - ambiguous, partial, ambiguous, not_useful, poor, last, alike IN closed"
REQUEST = "spelling."
"""Under this, and the number of a review, stands what is asked for; never a word that somebody typed."""
WISH = "wishes.number, wishes.at, wishes.query, wishes.user, wishes.state, wishes.told_at"


class ReviewReader:
    """What was said of answers, and what was made of questions that were not answered."""

    def __init__(self, reader: QueryReader) -> None:
        self._reader = reader

    async def ratings(self, query: int) -> Ratings:
        """How a question's answer was rated."""
        rows = await self._reader.rows(
            "SELECT ifnull(sum(useful), 0), count(*) FROM ratings WHERE query = ?", (within(query),)
        )
        useful, total = rows[0]
        return Ratings(useful, total - useful)

    async def due(self) -> list[DueRow]:
        """The open wishes whose telling moderators have asked for, the oldest first."""
        columns = ", ".join(f"queries.{one}" for one in COLUMNS.split(", "))
        rows = await self._reader.rows(
            f"SELECT {WISH}, {columns} FROM wishes CROSS JOIN queries ON queries.number = wishes.query"
            " WHERE wishes.state = 'open' AND queries.alike IN"
            " (SELECT alike FROM reviews WHERE kind = 'tell' AND undone_at IS NULL)"
            " ORDER BY wishes.number",
            (),
        )
        return [DueRow(wish=wish_row(row), question=row_of(row[6:])) for row in rows]

    async def last_tell(self) -> int:
        """The number of the latest review that asked for askers to be told; 0 where there is none."""
        rows = await self._reader.rows("SELECT ifnull(max(number), 0) FROM reviews WHERE kind = 'tell'", ())
        return int(rows[0][0])

    async def review(self, number: int) -> ReviewRow | None:
        """The review with this number, or None."""
        rows = await self._reader.rows(f"SELECT {_REVIEW} FROM reviews WHERE number = ?", (within(number),))
        return _review(rows[0]) if rows else None

    async def requests(self) -> dict[int, dict[str, Any]]:
        """What another process asked to be done, or what came of it, by the number of the review that it is about."""
        found = await self._reader.states(REQUEST)
        return {int(number): json_of(what) for number, what in found.items() if number.isdecimal()}

    async def questions_of(self, reviews: Sequence[int]) -> dict[int, QueryRow]:
        """The latest question of what was reviewed, by the numbers of the reviews; nothing of those whose words are kept no
        more."""
        columns = ", ".join(f"queries.{one}" for one in COLUMNS.split(", "))
        rows = await self._reader.rows(
            f"SELECT reviews.number, {columns} FROM reviews CROSS JOIN queries"
            " ON queries.number = (SELECT max(number) FROM queries AS alike WHERE alike.alike = reviews.alike)"
            " WHERE reviews.number IN (SELECT value FROM json_each(?))",
            (json.dumps(list(reviews)),),
        )
        return {row[0]: row_of(row[1:]) for row in rows}

    async def groups(self, limit: int, offset: int = 0, filters: GroupFilters | None = None) -> tuple[list[Group], int]:
        """Groups of alike questions worth a review, the most wanted first, of those the latest; and how many there are."""
        where, values = await self._condition(filters or GroupFilters())
        condition = f"unanswered + poor > 0 AND {where}"
        rows = await self._reader.rows(
            f"{_CLOSED} SELECT {_GROUP} FROM wordings WHERE {condition}"
            " ORDER BY unanswered + poor DESC, last DESC LIMIT ? OFFSET ?",
            (*values, limit, offset),
        )
        total = await self._reader.rows(f"{_CLOSED} SELECT count(*) FROM wordings WHERE {condition}", values)
        return await self._grouped(rows), total[0][0]

    async def group_of(self, query: int) -> Group | None:
        """The group that a question belongs to; None where it is in none, or is kept no more."""
        rows = await self._reader.rows(
            f"{_CLOSED} SELECT {_GROUP} FROM wordings"
            " WHERE unanswered + poor > 0 AND alike = (SELECT alike FROM queries WHERE number = ?)",
            (within(query),),
        )
        return next(iter(await self._grouped(rows)), None)

    async def group(self, alike: str) -> Group | None:
        """The group of these words; None where none of its questions is kept."""
        rows = await self._reader.rows(
            f"{_CLOSED} SELECT {_GROUP} FROM wordings WHERE unanswered + poor > 0 AND alike = ?", (alike,)
        )
        return next(iter(await self._grouped(rows)), None)

    async def question(self, number: int) -> QueryRow | None:
        """The question with this number, in whatever group or none; None where it is not kept."""
        return await self._reader.query(number)

    async def questions(self, alike: str, limit: int) -> list[QueryRow]:
        """The latest questions of a group that were not answered, or rated not useful."""
        rows = await self._reader.rows(
            f"SELECT {COLUMNS} FROM queries WHERE alike = ? AND ({_UNANSWERED}"
            " OR EXISTS (SELECT 1 FROM ratings WHERE query = queries.number AND NOT useful))"
            " ORDER BY number DESC LIMIT ?",
            (alike, limit),
        )
        return [row_of(row) for row in rows]

    async def _condition(self, filters: GroupFilters) -> tuple[str, tuple[object, ...]]:
        parts: list[str] = []
        values: list[object] = []
        if filters.shown == "open":
            parts.append("alike NOT IN closed")
        elif filters.shown == "closed":
            parts.append("alike IN closed")
        elif filters.shown != "all":
            parts.append("alike IN (SELECT alike FROM reviews WHERE kind = ? AND undone_at IS NULL)")
            values.append(filters.shown)
        if filters.want == "not_useful":
            parts.append("not_useful > 0")
        elif filters.want == "not_found":
            parts.append("unanswered > partial + ambiguous")
        elif filters.want is not None:
            parts.append(f"{filters.want} > 0")
        if filters.since is not None:
            first = await self._reader.rows(
                "SELECT number FROM queries WHERE asked_at >= ? ORDER BY asked_at LIMIT 1",
                (filters.since.isoformat(),),
            )
            parts.append("last >= ?")
            values.append(first[0][0] if first else 2**63 - 1)
        return " AND ".join(parts) or "1", tuple(values)

    async def _grouped(self, rows: Sequence[Sequence[Any]]) -> list[Group]:
        """The groups of rows of `_GROUP`."""
        if not rows:
            return []
        alikes = tuple(row[0] for row in rows)
        among = f"IN ({', '.join('?' * len(alikes))})"
        latest, people = await self._latest(among, alikes), await self._askers(among, alikes)
        if any(row[5] for row in rows):
            await self._add_rated(among, alikes, latest, people)
        wishes, told = await self._wishes(among, alikes)
        reviews = await self._reviews(among, alikes)
        numbers = tuple(latest.get(row[0], row[7]) for row in rows)
        found = await self._reader.rows(
            f"SELECT {COLUMNS} FROM queries WHERE number IN ({', '.join('?' * len(numbers))})", numbers
        )
        questions = {row[0]: row_of(row) for row in found}
        return [
            Group(
                alike=alike,
                latest=questions[number],
                asked=asked,
                statuses={status: count for status, count in zip(UNANSWERED, counts, strict=True) if count},
                not_useful=not_useful,
                poor=poor,
                people=len(people.get(alike, ())),
                wishes=wishes.get(alike, {}),
                told_at=told.get(alike),
                reviews=tuple(reviews.get(alike, ())),
                closed=bool(closed),
            )
            for (alike, asked, *counts, not_useful, poor, _, closed), number in zip(rows, numbers, strict=True)
            if number in questions
        ]

    async def _latest(self, among: str, alikes: Sequence[str]) -> dict[str, int]:
        """The number of the latest question of each that was not answered."""
        rows = await self._reader.rows(
            f"SELECT alike, max(number) FROM queries WHERE {_UNANSWERED} AND alike {among} GROUP BY alike", alikes
        )
        return dict(rows)

    async def _askers(self, among: str, alikes: Sequence[str]) -> dict[str, set[int]]:
        """Who got no answer."""
        people: dict[str, set[int]] = defaultdict(set)
        for alike, user in await self._reader.rows(
            f"SELECT DISTINCT alike, user FROM queries WHERE {_UNANSWERED} AND alike {among} AND user IS NOT NULL",
            alikes,
        ):
            people[alike].add(user)
        return people

    async def _add_rated(
        self, among: str, alikes: Sequence[str], latest: dict[str, int], people: dict[str, set[int]]
    ) -> None:
        """Who rated an answer not useful; of a group that was always answered the latest such question is its latest."""
        rated: dict[str, int] = {}
        for alike, user, query in await self._reader.rows(
            "SELECT queries.alike, ratings.user, ratings.query FROM ratings CROSS JOIN queries"
            f" ON queries.number = ratings.query WHERE NOT ratings.useful AND queries.alike {among}",
            alikes,
        ):
            if user is not None:
                people[alike].add(user)
            rated[alike] = max(rated.get(alike, 0), query)
        for alike, query in rated.items():
            latest.setdefault(alike, query)

    async def _wishes(
        self, among: str, alikes: Sequence[str]
    ) -> tuple[Mapping[str, Mapping[WishState, int]], Mapping[str, datetime | None]]:
        """How many people wish it, by the state of their wish; and when the last of those was told."""
        wishes: dict[str, dict[WishState, int]] = defaultdict(dict)
        told: dict[str, datetime | None] = {}
        for alike, state, count, last in await self._reader.rows(
            "SELECT queries.alike, wishes.state, count(DISTINCT wishes.user), max(wishes.told_at) FROM wishes CROSS JOIN queries"
            f" ON queries.number = wishes.query WHERE queries.alike {among} GROUP BY queries.alike, wishes.state",
            alikes,
        ):
            wishes[alike][state] = count
            if state == "told":
                told[alike] = moment_of(last)
        return wishes, told

    async def _reviews(self, among: str, alikes: Sequence[str]) -> Mapping[str, list[ReviewRow]]:
        reviews: dict[str, list[ReviewRow]] = defaultdict(list)
        for row in await self._reader.rows(
            f"SELECT {_REVIEW} FROM reviews WHERE alike {among} AND {_HOLDS} ORDER BY number DESC", alikes
        ):
            found = _review(row)
            reviews[found.alike or ""].append(found)
        return reviews


def wish_row(row: Sequence[Any]) -> WishRow:
    """A wish from its `WISH` columns."""
    return WishRow(
        number=row[0],
        at=moment(row[1]),
        query=row[2],
        user=row[3],
        state=row[4],
        told_at=moment_of(row[5]),
    )


def _review(row: Sequence[Any]) -> ReviewRow:
    return ReviewRow(
        number=row[0],
        at=moment(row[1]),
        actor=Actor(user=row[2], place=row[3]),
        kind=row[4],
        alike=row[5],
        remark=row[6],
        overlay=row[7],
        undone_at=moment_of(row[8]),
        undone_by=row[9],
    )
