"""Which deeds are meant: by day, person and action."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedFilters:
    """What a deed must have; None and empty take all.

    `since`, `until`: the first and the last day, in UTC. `users`: what rows may hold of one person, see `People`.
    """

    since: date | None = None
    until: date | None = None
    users: tuple[int, ...] = ()
    actions: tuple[str, ...] = ()


ALL_DEEDS = DeedFilters()


def condition(filters: DeedFilters) -> tuple[str, tuple[object, ...]]:
    """An SQL expression over `audit` that is true of what passes, and its parameters; `1` where all do."""
    parts: list[str] = []
    values: list[object] = []
    if filters.since is not None:
        parts.append("at >= ?")
        values.append(filters.since.isoformat())
    if filters.until is not None and filters.until < date.max:
        parts.append("at < ?")
        values.append((filters.until + timedelta(days=1)).isoformat())
    for column, among in (("actor", filters.users), ("action", filters.actions)):
        if among:
            parts.append(f"{column} IN ({', '.join('?' * len(among))})")
            values.extend(among)
    return " AND ".join(parts) or "1", tuple(values)
