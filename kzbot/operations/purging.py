"""What is to be purged from the log, read from what a moderator or operator gave."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from kzbot.errors import QuestionError
from kzbot.operations.log_filters import read_filters
from kzbot.querylog.filters import ALL, Filters
from kzbot.querylog.people import People

OPTIONS = ("before", "user", "channel", "server", "command", "status", "search")
"""By what questions are purged; one of them at least is given."""
_SERVER = re.compile(r"[0-9]{1,19}", re.ASCII)


def read_purge(given: Mapping[str, object], today: date, people: People, commands: Collection[str] = ()) -> Filters:
    """The filters that options mean; `before` is the first day (UTC) whose questions stay.

    Raises QuestionError where none is given, or one cannot be read; see `read_filters`.
    """
    texts = {name: str(value).strip() for name, value in given.items() if name in OPTIONS and str(value).strip()}
    if not texts:
        raise QuestionError("operations.purge.all")
    before, server = texts.pop("before", None), texts.pop("server", None)
    filters = replace(read_filters(texts, today, people, commands), since=None, until=None)
    if before is not None:
        first = read_filters({"since": before}, today, people).since
        assert first is not None
        if first == date.min:
            raise QuestionError("operations.purge.before", value=before[:50])
        filters = replace(filters, until=first - timedelta(days=1))
    if server is not None:
        if not _SERVER.fullmatch(server) or not 0 < int(server) < 2**63:
            raise QuestionError("operations.purge.server", value=server[:50])
        filters = replace(filters, server=int(server))
    if filters == ALL:  # nothing that was given narrows anything
        raise QuestionError("operations.purge.all")
    return filters


def told(filters: Filters) -> dict[str, Any]:
    """By what was purged, as the ledger keeps it: days, commands and statuses; of people, places and words only that there
    were some."""
    kept: dict[str, Any] = {}
    if filters.until is not None:
        kept["before"] = (filters.until + timedelta(days=1)).isoformat()
    if filters.commands:
        kept["command"] = ", ".join(filters.commands)
    if filters.statuses:
        kept["status"] = ", ".join(filters.statuses)
    by = [
        name
        for name, given in (
            ("user", filters.users),
            ("channel", filters.channel),
            ("server", filters.server),
            ("search", filters.search.strip()),
        )
        if given
    ]
    return {**kept, "by": by} if by else kept
