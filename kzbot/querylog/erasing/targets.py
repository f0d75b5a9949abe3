"""From what is to be erased to what the ledger of erasures may keep of it."""

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from kzbot.querylog.erasing.change import ACTORS, ASKERS
from kzbot.querylog.erasing.only_in_copies import only_in_copies
from kzbot.querylog.erasing.scope import Outline, Scope, Target, older_target
from kzbot.querylog.filters import Filters, condition
from kzbot.querylog.people import People
from kzbot.querylog.rows import UNDATED, dated, moment, text_of

_RANGES = """
    WITH held AS (
        SELECT number, ({where}) AND (asked_at <= ? OR NOT {dated}) AS meant FROM queries UNION ALL SELECT value, 0 FROM json_each(?)),
    ranked AS (SELECT number, meant, row_number() OVER (ORDER BY number) AS place FROM held),
    runs AS (SELECT number, place - row_number() OVER (ORDER BY number) AS run FROM ranked WHERE meant)
    SELECT min(number), max(number) FROM runs GROUP BY run ORDER BY 1
"""


def target_of(path: Path, scope: Scope, at: datetime, people: People, copies: Sequence[Path] = ()) -> Target:
    """The target of a scope at a moment; questions that pass filters, in the log or in a copy alone, are named by their numbers.
    Blocking."""
    if scope.kind == "older":
        return older_target(scope, at)
    if scope.filters is None:
        assert scope.id is not None
        return Target(scope.kind, _latest(path, scope, at, people), people.hashed(scope.id))
    where, values = condition(scope.filters)
    there = only_in_copies(path, copies, scope.filters, at)
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=10)) as connection:
        sql = _RANGES.format(where=where, dated=dated("asked_at"))
        rows = connection.execute(sql, (*values, text_of(at), json.dumps(there.others))).fetchall()
    numbers = tuple((int(first), int(last)) for first, last in rows)
    return Target("filtered", at, numbers=numbers, also=scope.also, elsewhere=there.numbers)


def _latest(path: Path, scope: Scope, at: datetime, people: People) -> datetime:
    """The moment up to which all goes: later than `at` where rows are of a moment that has not come yet, because the clock went
    back since."""
    assert scope.id is not None
    ids, after = (scope.id, people.hashed(scope.id)), text_of(max(at, datetime.now(UTC)))
    columns = [(table, "user", at) for table, at in ASKERS] + list(ACTORS)
    if scope.kind == "server":
        columns = [("queries", "server", "asked_at")]
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=10)) as connection:
        ahead = [
            one
            for table, column, when in columns
            for (one,) in connection.execute(
                f"SELECT max({when}) FROM {table} WHERE {column} IN (?, ?) AND {when} > ? AND {dated(when)}",
                (*ids, after),
            )
            if one is not None
        ]
    return max([at, *map(moment, ahead)])


def outline_of(path: Path, filters: Filters, until: datetime, besides: int = 0, copies: Sequence[Path] = ()) -> Outline:
    """What of the log, and of copies alone, passes these filters and was asked at or before a moment, without the question of one
    number. Blocking."""
    where, values = condition(filters)
    is_dated = dated("asked_at")
    asked = f"CASE WHEN {is_dated} THEN asked_at END"
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=10)) as connection:
        rows = connection.execute(
            f"SELECT command, count(*), min({asked}), max({asked}) FROM queries WHERE {where} AND (asked_at <= ? OR NOT {is_dated})"
            " AND number != ? GROUP BY command",
            (*values, text_of(until), besides),
        ).fetchall()
    there = only_in_copies(path, copies, filters, until, others=False).commands
    if not (rows := [*rows, *there]):
        return Outline()
    counts = Counter[str]()
    for command, count, *_ in rows:
        counts[command] += count
    first = min((moment(row[2]) for row in rows if row[2]), default=UNDATED)
    last = max((moment(row[3]) for row in rows if row[3]), default=UNDATED)
    commands = tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0])))
    return Outline(commands, first, last, sum(row[1] for row in there))
