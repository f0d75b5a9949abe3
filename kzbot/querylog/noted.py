"""By what questions were narrowed, as a deed keeps it, which outlives the questions."""

from collections.abc import Mapping
from datetime import date
from typing import Any, get_args

from kzbot.querylog.filters import Filters
from kzbot.querylog.people import Kept
from kzbot.querylog.rows import QueryStatus

WORDS = "words"
"""The option that says that there were words."""
_STATUSES: tuple[QueryStatus, ...] = get_args(QueryStatus)


def noted_options(filters: Filters, kept: Kept) -> dict[str, Any]:
    """The filters as options of a deed: of words only that there were some, of people what is kept of any."""
    options: dict[str, Any] = {
        name: day.isoformat() for name, day in (("since", filters.since), ("until", filters.until)) if day is not None
    }
    for name, among in (("command", filters.commands), ("status", filters.statuses)):
        if among:
            options[name] = among[0]
    if filters.users:
        options["user"] = str(filters.users[0 if kept == "kept" else -1])
    if filters.channel is not None:
        options["channel"] = str(filters.channel)
    if filters.search.strip():
        options[WORDS] = True
    return options


def filters_noted(options: Mapping[str, Any]) -> Filters | None:
    """The filters that such options mean, without their words; None where a program of another version wrote them otherwise."""
    known = {"since", "until", "command", "status", "user", "channel", WORDS}
    status = options.get("status")
    if not options.keys() <= known or (status is not None and status not in _STATUSES):
        return None
    try:
        days = {name: date.fromisoformat(str(options[name])) for name in ("since", "until") if name in options}
        return Filters(
            since=days.get("since"),
            until=days.get("until"),
            commands=(str(options["command"]),) if "command" in options else (),
            statuses=(status,) if status is not None else (),
            users=(int(options["user"]),) if "user" in options else (),
            channel=int(options["channel"]) if "channel" in options else None,
        )
    except (TypeError, ValueError):
        return None
