"""Takes what is meant out of one database of the log, in batches that each are a commit."""

import json
import re
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from kzbot.querylog.erasing.change import ACTORS, ASKERS, Change, Transaction
from kzbot.querylog.erasing.scope import Erased, Target
from kzbot.querylog.people import People
from kzbot.querylog.rows import dated, text_of

_AT_ONCE = 500
_ID = re.compile(r"(?<![0-9])[0-9]{15,20}(?![0-9])")
_MAY_HOLD_ID = "GLOB '*" + "[0-9]" * 15 + "*'"
_TEXTS = (("audit", "details"), ("reports", "said"), ("reviews", "remark"))
"""Where words may name a person by Discord's id, beside those of questions."""

_RANGED = (
    "SELECT q.number FROM json_each(?) AS r CROSS JOIN queries AS q"
    " ON q.number BETWEEN json_extract(r.value, '$[0]') AND json_extract(r.value, '$[1]')"
    f" WHERE (q.asked_at <= ? OR NOT {dated('q.asked_at')})"
    " UNION SELECT value FROM json_each(?)"
)
"""The numbers of questions within ranges, and some more; CROSS, so that the questions are looked up by each range, and not all
ranges gone through for each question. A deed of looking into the log names the row of its command."""


_SHAPE = "[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:*"
"""Of a moment: quicker than `dated` where all rows are gone through."""
_UNCOUNTED = (
    "NOT EXISTS (SELECT 1 FROM tallies WHERE day = substr(asked_at, 1, 10)"
    " AND tallies.command = queries.command AND tallies.status = queries.status)"
)
_COUNTS = (
    "DELETE FROM tallies",
    "INSERT INTO tallies (day, command, status, questions, first, last)"
    " SELECT substr(asked_at, 1, 10), command, status, count(*), min(number), max(number) FROM queries GROUP BY 1, 2, 3",
    "DELETE FROM times",
    "INSERT INTO times (day, took, questions) SELECT substr(asked_at, 1, 10), CAST(printf('%.2e', took_ms) AS REAL), count(*)"
    " FROM queries WHERE counted GROUP BY 1, 2",
)


def _by(at: str) -> str:
    """At or before a moment, or of none."""
    return f"({at} <= ? OR NOT {dated(at)})"


class Wiper(Change):
    """Takes out what a target means."""

    unindexed = True

    def __init__(self, path: Path, target: Target, people: People) -> None:
        super().__init__(path, people)
        self._target = target
        self._until = text_of(target.until)
        self._miscounted = False
        self._how = ""

    def hasten(self) -> None:
        super().hasten()
        self._how = "NOT INDEXED"

    def count(self) -> Erased:
        """What would go."""
        found = {table: self._count(table, where, values) for table, where, values in self._going()}
        return Erased({table: rows for table, rows in found.items() if rows})

    def batches(self) -> Iterator[int]:
        """Takes all of it out, and says how many rows went: a commit before each step, and nothing held open between two."""
        yield from self._own_words()
        yield from self._texts()
        for table, where, values in self._going():
            while numbers := self._numbers(table, where, values):
                for at in range(0, len(numbers), _AT_ONCE):
                    batch = numbers[at : at + _AT_ONCE]
                    self._delete(table, batch)
                    yield len(batch)
        if self._miscounted:
            self._count_anew()
            yield 0
        yield from self._names()

    def _going(self) -> Iterator[tuple[str, str, tuple[Any, ...]]]:
        """Table, condition and parameters of the rows that go; what hangs on them goes by triggers or first."""
        target, until = self._target, self._until
        if target.kind == "person":
            for table, at in ASKERS:
                yield table, *self._of(table, "user", _by(at), (until,))
            yield "audit", *self._of("audit", "actor", f"action = 'look' AND {_by('at')}", (until,))
        elif target.kind == "server":
            where, values = self._of("queries", "server", _by("asked_at"), (until,))
            numbers = f"SELECT number FROM queries {self._how} WHERE {where}"
            yield "audit", f"action = 'look' AND about IN ({numbers})", values
            yield "reports", f"query IN ({numbers})", values
            yield "queries", where, values
        elif target.kind == "filtered":
            yield "audit", f"action = 'look' AND about IN ({_RANGED})", self._ranged()
            yield "queries", f"number IN ({_RANGED})", self._ranged()
        else:
            assert target.audit_until is not None and target.ahead is not None
            yield "queries", *self._too_old("queries", "asked_at", until)
            yield "wishes", *self._too_old("wishes", "at", until)
            where, values = self._too_old("reports", "at", until)
            yield "reports", f"state != 'open' AND {where}", values
            yield "audit", *self._too_old("audit", "at", text_of(target.audit_until))

    def _too_old(self, table: str, at: str, until: str) -> tuple[str, tuple[Any, ...]]:
        """What is before a moment; and what is of no moment, or one that is far ahead, once a later row is too old, or none is
        left that is younger: rows are numbered as they come, so that it is too old then, too."""
        assert self._target.ahead is not None
        ahead = text_of(self._target.ahead)
        later = f"number < (SELECT max(number) FROM {table} WHERE {at} < ?)"
        none = f"NOT EXISTS (SELECT 1 FROM {table} WHERE {at} >= ? AND {at} <= ? AND {dated(at)})"
        return f"({at} < ? OR ({at} > ? OR {at} NOT GLOB '{_SHAPE}') AND ({later} OR {none}))", (
            until,
            ahead,
            until,
            until,
            ahead,
        )

    def _ranged(self) -> tuple[Any, ...]:
        return json.dumps((*self._target.numbers, *self._target.elsewhere)), self._until, json.dumps(self._target.also)

    def _of(self, table: str, column: str, also: str, values: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]]:
        ids = self._meant(table, column)
        return f"{column} IN ({', '.join('?' * len(ids))}) AND {also}", (*ids, *values)

    def _meant(self, table: str, column: str) -> list[int]:
        """What this column holds of the person or server that is meant: the id, the keyed hash of it, or both."""
        if not self._has(table, column):
            return []
        rows = self._connection.execute(f"SELECT DISTINCT {column} FROM {table} {self._how} WHERE {column} IS NOT NULL")
        return [one for (one,) in rows if isinstance(one, int) and self._target.means(self._people, one)]

    def _names(self) -> Iterator[int]:
        """Who did what stays told apart by the keyed hash, without Discord's id; of what is too old nobody's."""
        for table, column, at in ACTORS:
            if not self._has(table, column):
                continue
            if self._target.kind == "person":
                for one in self._meant(table, column):
                    if one > 0:
                        yield from self._run(
                            f"UPDATE {table} SET {column} = ? WHERE {column} = ? AND {_by(at)}",
                            (self._target.hash, one, self._until),
                        )
            elif self._target.kind == "older":
                assert self._target.audit_until is not None
                yield from self._run(
                    f"UPDATE {table} SET {column} = NULL WHERE {column} IS NOT NULL AND {at} < ?",
                    (text_of(self._target.audit_until),),
                )
        if self._target.kind == "older" and self._has("reports", "user"):
            yield from self._run("UPDATE reports SET user = NULL WHERE user IS NOT NULL AND at < ?", (self._until,))

    def _own_words(self) -> Iterator[int]:
        """What the person said in rows that stay."""
        if self._target.kind != "person":
            return
        if self._has("audit", "details"):
            without = "CASE WHEN json_valid(details) THEN json_remove(details, '$.options') ELSE '{}' END"
            words = "CASE WHEN json_valid(details) THEN json_type(details, '$.options') IS NOT NULL ELSE 1 END"
            where, values = self._of("audit", "actor", f"{_by('at')} AND {words}", (self._until,))
            yield from self._run(f"UPDATE audit SET details = {without} WHERE {where}", values)
        if self._has("reviews", "remark"):
            where, values = self._of("reviews", "actor", f"{_by('at')} AND remark != ''", (self._until,))
            yield from self._run(f"UPDATE reviews SET remark = '' WHERE {where}", values)

    def _texts(self) -> Iterator[int]:
        """Where words name the person by Discord's id, the keyed hash stands instead."""
        if self._target.kind != "person":
            return
        for table, column in _TEXTS:
            if self._has(table, column):
                for number, text in self._holding_ids(table, column):
                    if (other := self._without(text)) != text:
                        yield from self._run(f"UPDATE {table} SET {column} = ? WHERE number = ?", (other, number))
        for number, text in self._holding_ids("queries", "options"):
            if (other := self._without(text)) != text:
                self._ask_otherwise(number, other)
                yield 0

    def _holding_ids(self, table: str, column: str) -> list[tuple[int, str]]:
        return self._connection.execute(
            f"SELECT number, {column} FROM {table} WHERE {column} {_MAY_HOLD_ID}"
        ).fetchall()

    def _without(self, text: str) -> str:
        meant = self._target

        def other(found: re.Match[str]) -> str:
            return str(meant.hash) if meant.means(self._people, int(found[0])) else found[0]

        return _ID.sub(other, text)

    def _numbers(self, table: str, where: str, values: Sequence[Any]) -> "array[int]":
        if table not in self._columns:
            return array("q")
        rows = self._connection.execute(f"SELECT number FROM {table} {self._how} WHERE {where} ORDER BY number", values)
        return array("q", (row[0] for row in rows))

    def _count(self, table: str, where: str, values: Sequence[Any]) -> int:
        if table not in self._columns:
            return 0
        return int(self._connection.execute(f"SELECT count(*) FROM {table} WHERE {where}", values).fetchone()[0])

    def _delete(self, table: str, numbers: "array[int]") -> None:
        these = json.dumps(numbers.tolist())
        among = "(SELECT value FROM json_each(?))"
        with Transaction(self._connection):
            if table == "queries" and "tallies" in self._columns and not self._miscounted:
                uncounted = f"SELECT 1 FROM queries WHERE number IN {among} AND (NOT {dated('asked_at')} OR {_UNCOUNTED}) LIMIT 1"
                self._miscounted = self._connection.execute(uncounted, (these,)).fetchone() is not None
            if table == "reports" and self._has("overlays", "report"):
                self._connection.execute(f"UPDATE overlays SET report = NULL WHERE report IN {among}", (these,))
            self._connection.execute(f"DELETE FROM {table} WHERE number IN {among}", (these,))

    def _count_anew(self) -> None:
        """A question whose moment was damaged was counted on a day that is not known any more."""
        with Transaction(self._connection):
            for sql in _COUNTS:
                self._connection.execute(sql)
