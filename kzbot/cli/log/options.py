"""Options that the commands of the log share."""

from typing import Annotated

import typer

from kzbot.cli.options import MOST

Since = Annotated[
    str | None,
    typer.Option(
        "--since", metavar="WHEN", help="From this day on: yesterday, 3 days, last week, 2026-11.", show_default=False
    ),
]
Until = Annotated[
    str | None,
    typer.Option("--until", metavar="WHEN", help="Up to this day: yesterday, 2026-11.", show_default=False),
]
Command = Annotated[
    str | None,
    typer.Option(
        "--command", metavar="NAME", help="Only questions of this command, as in Discord.", show_default=False
    ),
]
Status = Annotated[
    str | None,
    typer.Option(
        "--status",
        metavar="STATUS",
        help="Only those that ended like this: answered, partial, ambiguous, not_found, bad_request, failed, denied.",
        show_default=False,
    ),
]
User = Annotated[
    str | None,
    typer.Option(
        "--user", metavar="ID", help="Only of this person: the id or code that the list shows.", show_default=False
    ),
]
Channel = Annotated[
    str | None,
    typer.Option("--channel", metavar="ID", help="Only of this channel, by Discord's id.", show_default=False),
]
Search = Annotated[
    str | None,
    typer.Option(
        "--search",
        metavar="TEXT",
        help="Only questions that hold these words, whatever the case, accents and script.",
        show_default=False,
    ),
]
Limit = Annotated[int, typer.Option("--limit", metavar="N", min=1, max=MOST, help="How many, the latest first.")]
