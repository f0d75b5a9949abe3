"""Which questions of the log are meant: by day, command, status, person, channel, server, and words."""

from dataclasses import dataclass
from datetime import date, timedelta

from kzbot.querylog.alike import folded
from kzbot.querylog.rows import QueryStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a question must have; None and empty take all.

    `since`, `until`: the first and the last day, in UTC. `users`: what rows may hold of one person, see `People`. `search`:
    words that command or options hold, each of them, whatever the case, accents and script (see `folded`); no character is special. `besides`: the number of a question
    that is left out, as the one that asks for the list.
    """

    since: date | None = None
    until: date | None = None
    commands: tuple[str, ...] = ()
    statuses: tuple[QueryStatus, ...] = ()
    users: tuple[int, ...] = ()
    channel: int | None = None
    server: int | None = None
    search: str = ""
    besides: int = 0


ALL = Filters()


def condition(filters: Filters) -> tuple[str, tuple[object, ...]]:
    """An SQL expression over `queries` that is true of what passes, and its parameters; `1` where all do."""
    parts: list[str] = []
    values: list[object] = []

    def must(part: str, *given: object) -> None:
        parts.append(part)
        values.extend(given)

    if filters.since is not None:
        must("asked_at >= ?", filters.since.isoformat())
    if filters.until is not None and filters.until < date.max:
        must("asked_at < ?", (filters.until + timedelta(days=1)).isoformat())
    for column, among in (("command", filters.commands), ("status", filters.statuses), ("user", filters.users)):
        if among:
            must(f"{column} IN ({', '.join('?' * len(among))})", *among)
    for column, one in (("channel", filters.channel), ("server", filters.server)):
        if one is not None:
            must(f"{column} = ?", one)
    if filters.besides:
        must("number != ?", filters.besides)
    if filters.search.strip():
        where, words = holds(filters.search)
        must(f"phrasing IN (SELECT phrasings.number FROM phrasings WHERE {where})", *words)
    return " AND ".join(parts) or "1", tuple(values)


def holds(search: str) -> tuple[str, tuple[str, ...]]:
    """An SQL expression over `phrasings` that is true of those that hold each of these words, and its parameters; of none where
    nothing is left of what was typed, as of accents without letters."""
    words = tuple(folded(search).split())
    return " AND ".join(["instr(searched, ?)"] * len(words)) or ("0" if search.strip() else "1"), words
