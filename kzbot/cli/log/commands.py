"""`python bot.py log` and its commands: their options."""
# ruff: noqa: PLC0415 - as in app

from pathlib import Path
from typing import Annotated

import typer

Config = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="Settings to use instead of config/kzbot.yaml.", show_default=False),
]
Data = Annotated[
    Path | None,
    typer.Option(
        "--data", metavar="DIR", help="The data folder to use instead of the configured one.", show_default=False
    ),
]
Search = Annotated[
    str | None,
    typer.Option("--search", metavar="TEXT", help="Only questions that hold these words.", show_default=False),
]
Limit = Annotated[int, typer.Option("--limit", metavar="N", min=1, help="How many, the latest first.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")]

log_app = typer.Typer(
    help="Show what was asked, and review it; the bot may be running.",
    short_help="Show what was asked, and review it.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@log_app.callback(invoke_without_command=True)
def log(
    context: typer.Context,
    search: Search = None,
    limit: Limit = 20,
    as_json: AsJson = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Show what was asked, the latest first; the bot may be running. Without a command: questions."""
    if config is not None:
        context.obj = config
    if context.invoked_subcommand is None:
        questions(context, search, limit, as_json, data, config)


@log_app.command(short_help="Show what was asked, the latest first.")
def questions(
    context: typer.Context,
    search: Search = None,
    limit: Limit = 20,
    as_json: AsJson = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Show what was asked, the latest first; the bot may be running."""
    from kzbot.cli.log.questions import show_log
    from kzbot.cli.prepared import prepare

    show_log(prepare(config or context.obj, data), limit, search, as_json)


@log_app.command(short_help="Show what was not answered well.")
def unanswered(
    context: typer.Context,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="How many, the most wanted first.")] = 20,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DATE", help="Only asked on this day or later.", show_default=False),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also those that were dismissed or given a spelling.")
    ] = False,
    as_json: AsJson = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Show questions that were not found, partial, ambiguous or rated not useful, alike ones as one, with what comes nearest
    in the corpus as it is now; the bot may be running."""
    from kzbot.cli.log.unanswered import show_unanswered
    from kzbot.cli.prepared import prepare

    show_unanswered(prepare(config or context.obj, data), limit, since, everything=everything, as_json=as_json)


@log_app.command(short_help="Show the log in figures: by day, by command, most asked.")
def stats(
    context: typer.Context,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="WHEN", help="From this day on: yesterday, 3 days, last week, 2026-11.", show_default=False
        ),
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="WHEN", help="Up to this day: yesterday, 2026-11.", show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print all figures as one JSON object.")] = False,
    picture: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Draw them into this PNG file, too.", show_default=False)
    ] = None,
    dark: Annotated[bool, typer.Option("--dark", help="Draw on a dark ground.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a picture that stands there.")] = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Show the log in figures: questions by day and command, share answered, most asked, times; the bot may be running.

    Days are those of UTC. Without --since and --until: the whole log.
    """
    from kzbot.cli.export import fault_of
    from kzbot.cli.log.stats import Drawn, show_stats
    from kzbot.cli.prepared import prepare

    if picture is None and (dark or force):
        raise typer.BadParameter("--dark and --force go with --picture", context)
    if picture is not None and (fault := fault_of(picture, force, (".png",))) is not None:
        raise typer.BadParameter(fault, context)
    drawn = Drawn(picture, dark, force) if picture is not None else None
    show_stats(prepare(config or context.obj, data), since, until, as_json=as_json, picture=drawn)
