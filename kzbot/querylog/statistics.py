"""The log in figures: how much was asked on which days, how well it was answered, and how fast."""

import sqlite3
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from typing import Any

from kzbot.querylog.alike import OF_THE_BOT, of_the_corpus
from kzbot.querylog.rows import AskedRow, QueryStatus, json_of

COUNTED: tuple[QueryStatus, ...] = ("answered", "partial", "ambiguous", "not_found", "bad_request")
"""The states of questions that figures are about: those of the corpus that were neither denied nor failed."""
MOST = 10
_STEPS = (50, 500, 4000)
"""How many wordings are looked up at once, at some 3 microseconds each, before all questions are counted instead."""
_DAY = "substr(asked_at, 1, 10)"

Statuses = Mapping[QueryStatus, int]


@dataclass(frozen=True, slots=True)
class DayCount:
    """The questions of one day (UTC), by state; a state that none has is left out."""

    day: date
    statuses: Statuses


@dataclass(frozen=True, slots=True)
class CommandCount:
    """The questions of one command, by state; a state that none has is left out."""

    command: str
    statuses: Statuses

    @property
    def questions(self) -> int:
        """How many they are."""
        return sum(self.statuses.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """What was asked of the corpus from `first` to `last`, days in UTC and both included; None where the log has none.

    `begun`: the log's first day. `statuses`, `days` (in order, only those with questions), `commands` (the most asked first),
    `median_ms` and `p95_ms` are of the counted questions, see `COUNTED`; times are nearest ranks, to three significant digits.
    `most_asked`: questions that are alike as one, see `alike`, each as it was last typed within these days; checked messages
    are not among them, because their words are not kept. `people`: who asked these, as ids are kept (one that was kept as it
    is, then hashed, is two); `nameless`: how many of them have no asker in the log. `denied`, `failed`: of all commands.
    `others`: what was asked of the bot itself, and done. `useful`, `not_useful`: ratings that were given on these days.
    """

    begun: date | None = None
    first: date | None = None
    last: date | None = None
    days: tuple[DayCount, ...] = ()
    commands: tuple[CommandCount, ...] = ()
    statuses: Statuses = field(default_factory=dict)
    denied: int = 0
    failed: int = 0
    others: int = 0
    most_asked: tuple[AskedRow, ...] = ()
    median_ms: float | None = None
    p95_ms: float | None = None
    people: int = 0
    nameless: int = 0
    useful: int = 0
    not_useful: int = 0

    @property
    def questions(self) -> int:
        """How many were counted."""
        return sum(self.statuses.values())

    @property
    def answered(self) -> float | None:
        """The share of the counted questions that were answered in full, from 0 to 1; None where there are none."""
        return self.statuses.get("answered", 0) / self.questions if self.questions else None

    @property
    def length(self) -> int:
        """How many days there are from the first to the last."""
        return (self.last - self.first).days + 1 if self.first and self.last else 0

    @property
    def per_day(self) -> float:
        """Questions on a day of these, on average."""
        return self.questions / self.length if self.length else 0.0


def count(log: sqlite3.Connection, since: date | None, until: date | None) -> Statistics:
    """The figures from `since` to `until`, both included; None: from the log's first day, to its last.

    No day before the log's first is counted. Reads one state of the log; the connection must not be in a transaction.
    Blocking: under 0.2 s for a million rows. Raises sqlite3.Error.
    """
    log.execute("BEGIN")
    try:
        return _counted(log, since, until)
    finally:
        log.execute("ROLLBACK")


def _counted(log: sqlite3.Connection, since: date | None, until: date | None) -> Statistics:
    # Two statements, because SQLite finds one end of a table at once, but not both in one.
    ends = [
        log.execute(f"SELECT {end}(day) FROM tallies WHERE date(day) = day").fetchone()[0] for end in ("min", "max")
    ]
    if ends[0] is None:
        return Statistics()
    begun = date.fromisoformat(ends[0])
    first = max(begun, since) if since else begun
    last = until or date.fromisoformat(ends[1])
    if first > last:
        return Statistics(begun=begun)
    period = (first.isoformat(), last.isoformat())
    commands = _by(
        log.execute(
            "SELECT command, status, sum(questions) FROM tallies WHERE day BETWEEN ? AND ? GROUP BY command, status",
            period,
        )
    )
    counted = {name: _only(statuses, COUNTED) for name, statuses in commands.items() if of_the_corpus(name)}
    made = [CommandCount(name, statuses) for name, statuses in counted.items() if statuses]
    total: Counter[QueryStatus] = sum((Counter(dict(one.statuses)) for one in made), Counter())
    whole = sum((Counter(statuses) for statuses in commands.values()), Counter[QueryStatus]())
    median, p95 = _times(log, period)
    people, nameless = _people(log, period)
    useful = _ratings(log, period)
    return Statistics(
        begun=begun,
        first=first,
        last=last,
        days=_days(log, period),
        commands=tuple(sorted(made, key=lambda one: (-one.questions, one.command))),
        statuses=_only(total, COUNTED),
        denied=whole["denied"],
        failed=whole["failed"],
        others=whole.total() - total.total() - whole["denied"] - whole["failed"],
        most_asked=_most_asked(log, period, (ends[0], ends[1])),
        median_ms=median,
        p95_ms=p95,
        people=people,
        nameless=nameless,
        useful=useful.get(1, 0),
        not_useful=useful.get(0, 0),
    )


def _days(log: sqlite3.Connection, period: tuple[str, str]) -> tuple[DayCount, ...]:
    own, among = ", ".join("?" * len(OF_THE_BOT)), ", ".join("?" * len(COUNTED))
    rows = log.execute(
        "SELECT day, status, sum(questions) FROM tallies WHERE day BETWEEN ? AND ? AND date(day) = day AND instr(command, ' ') = 0"
        f" AND command NOT IN ({own}) AND status IN ({among}) GROUP BY day, status",
        (*period, *sorted(OF_THE_BOT), *COUNTED),
    )
    return tuple(DayCount(date.fromisoformat(day), _only(found, COUNTED)) for day, found in sorted(_by(rows).items()))


def _by(rows: Iterable[Sequence[Any]]) -> dict[str, dict[QueryStatus, int]]:
    """Rows of something, a state and a count, as counts by state of each something."""
    found: dict[str, dict[QueryStatus, int]] = {}
    for what, status, questions in rows:
        found.setdefault(what, {})[status] = questions
    return found


def _only(statuses: Statuses, among: Sequence[QueryStatus]) -> Statuses:
    return {status: statuses[status] for status in among if statuses.get(status)}


def _times(log: sqlite3.Connection, period: tuple[str, str]) -> tuple[float | None, float | None]:
    """The nearest ranks of one half and of 95 in a hundred."""
    rows = log.execute(
        "SELECT took, sum(questions) FROM times WHERE day BETWEEN ? AND ? GROUP BY took ORDER BY took", period
    ).fetchall()
    if not rows:
        return None, None
    reached = list(accumulate(questions for _, questions in rows))
    median, p95 = (rows[bisect_left(reached, -(-reached[-1] * share // 100))][0] for share in (50, 95))
    return median, p95


def _people(log: sqlite3.Connection, period: tuple[str, str]) -> tuple[int, int]:
    """How many people asked, going from one to the next in the index instead of through all questions; and of how many
    questions the log does not know who asked."""
    within = f"counted AND {_DAY} BETWEEN ? AND ?"
    people = log.execute(
        "WITH RECURSIVE one (user) AS ("
        "SELECT min(user) FROM queries WHERE counted AND user IS NOT NULL"
        " UNION ALL SELECT (SELECT min(user) FROM queries WHERE counted AND user > one.user) FROM one WHERE one.user IS NOT NULL"
        f") SELECT count(*) FROM one WHERE EXISTS (SELECT 1 FROM queries WHERE queries.user = one.user AND {within})",
        period,
    ).fetchone()[0]
    nameless = log.execute(f"SELECT count(*) FROM queries WHERE user IS NULL AND {within}", period).fetchone()[0]
    return people, nameless


def _ratings(log: sqlite3.Connection, period: tuple[str, str]) -> dict[int, int]:
    return dict(
        log.execute(
            "SELECT useful, count(*) FROM ratings WHERE substr(at, 1, 10) BETWEEN ? AND ? GROUP BY useful", period
        )
    )


def _most_asked(log: sqlite3.Connection, period: tuple[str, str], ends: tuple[str, str]) -> tuple[AskedRow, ...]:
    whole = period[0] <= ends[0] and period[1] >= ends[1]
    found = _whole(log) if whole else _walked(log, period)
    if found is None:
        found = log.execute(
            f"SELECT alike, count(*) AS asked FROM queries WHERE alike IS NOT NULL AND {_DAY} BETWEEN ? AND ?"
            f" GROUP BY alike ORDER BY asked DESC LIMIT {MOST}",
            period,
        ).fetchall()
    latest = [(asked, *row) for words, asked in found if (row := _latest(log, words, period)) is not None]
    latest.sort(key=lambda row: (row[0], row[1]), reverse=True)
    return tuple(AskedRow(command=row[2], options=json_of(row[3]), asked=row[0]) for row in latest)


def _whole(log: sqlite3.Connection) -> list[tuple[str, int]]:
    """What was asked most in the whole log, for that is kept."""
    return log.execute(f"SELECT alike, asked FROM wordings ORDER BY asked DESC LIMIT {MOST}").fetchall()


def _walked(log: sqlite3.Connection, period: tuple[str, str]) -> list[tuple[str, int]] | None:
    """What was asked most within these days: from the most asked ever downwards, until none can be among them any more.

    None where that takes too many steps, as where all are asked alike seldom.
    """
    best: list[tuple[str, int]] = []
    passed = 0
    for steps in _STEPS:
        rows = log.execute(
            f"SELECT alike, asked, (SELECT count(*) FROM queries WHERE queries.alike = wordings.alike AND {_DAY} BETWEEN ? AND ?)"
            " FROM wordings ORDER BY asked DESC, alike DESC LIMIT ? OFFSET ?",
            (*period, steps, passed),
        ).fetchall()
        found = [(words, asked) for words, _, asked in rows if asked]
        best = sorted([*best, *found], key=lambda one: one[1], reverse=True)[:MOST]
        passed += steps
        if len(rows) < steps or (len(best) == MOST and best[-1][1] >= rows[-1][1]):
            return best
    return None


def _latest(log: sqlite3.Connection, words: str, period: tuple[str, str]) -> tuple[int, str, str] | None:
    """Number, command and options of the latest of these questions; None where the moments of all are damaged."""
    row: tuple[int, str, str] | None = log.execute(
        f"SELECT number, command, options FROM queries WHERE alike = ? AND {_DAY} BETWEEN ? AND ?"
        f" ORDER BY {_DAY} DESC, number DESC LIMIT 1",
        (words, *period),
    ).fetchone()
    return row
