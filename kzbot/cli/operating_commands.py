"""`python bot.py backup`, `restore` and `health`: their options."""
# ruff: noqa: PLC0415 - as in app

from pathlib import Path
from typing import Annotated

import typer

from kzbot.cli.options import AsJson, Config, Data

_BACKUP_EXAMPLES = """Examples:

\b
  python bot.py backup                               a copy in the data folder; the bot may be running
  python bot.py backup --list                        which there are, and whether they are sound
  python bot.py backup --to /mnt/safe/               a copy elsewhere
"""
_RESTORE_EXAMPLES = """Examples:

\b
  python bot.py restore                              what can be restored
  python bot.py restore kzbot-20261122T031500Z       the log, from one of the backups
  python bot.py restore /mnt/safe/kzbot.db --yes     the log, from a copy elsewhere, without asking
  python bot.py restore storm                        the article with this id, which was taken out
"""


def backup(
    context: typer.Context,
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="PATH", help="Write it to this file or folder instead.", show_default=False),
    ] = None,
    listing: Annotated[bool, typer.Option("--list", help="List the backups that there are instead.")] = False,
    as_json: AsJson = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Copy the log of questions, with what moderators did, into the data folder, and check the copy; the bot may be running, and
    does the same daily. The last seven are kept. Articles that were brought in are not in it: copy the data folder for those."""
    from kzbot.cli.backup import list_backups, make_backup
    from kzbot.cli.prepared import prepare

    if listing and to is not None:
        raise typer.BadParameter("--list lists the data folder's own backups; leave --to out", context)
    prepared = prepare(config or context.obj, data)
    if listing:
        list_backups(prepared, as_json)
    else:
        make_backup(prepared, to, as_json)


def restore(
    context: typer.Context,
    what: Annotated[
        str | None,
        typer.Argument(metavar="WHAT", help="A backup by its name or path, or an article's id.", show_default=False),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before the log is replaced.")] = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Put the log back as a backup holds it, or bring an article back that was taken out; without WHAT both are listed. What is in
    the log now is kept as a backup first. The bot is stopped; one that runs brings articles back by /corpus restore."""
    from kzbot.cli.prepared import prepare
    from kzbot.cli.restore import restore_what

    raise typer.Exit(restore_what(prepare(config or context.obj, data), what, yes=yes))


def health(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Say whether the running bot is well: connected to Discord, its log written to, its articles loaded. Exit status 0 if so,
    else 1; for people, and for health checks of containers. It takes no lock and writes nothing."""
    from kzbot.cli.health import show_health
    from kzbot.cli.prepared import prepare

    raise typer.Exit(show_health(prepare(config or context.obj, data), as_json))


def add_operating(app: typer.Typer) -> None:
    """Adds the commands of who runs the bot."""
    app.command(short_help="Copy the log of questions, and check the copy.", epilog=_BACKUP_EXAMPLES)(backup)
    app.command(short_help="Put back the log, or an article.", epilog=_RESTORE_EXAMPLES)(restore)
    app.command(short_help="Say whether the running bot is well.")(health)
