"""`python bot.py log` and its commands: their options."""
# ruff: noqa: PLC0415 - as in app

from pathlib import Path
from typing import Annotated

import typer

from kzbot.cli.log.options import Channel, Command, Limit, Search, Since, Status, Until, User
from kzbot.cli.log.reviewing_commands import add_reviewing
from kzbot.cli.options import AsJson, Config, Data

_EXAMPLES = """Examples:

\b
  python bot.py log                                       the latest questions
  python bot.py log --status not_found --since 'last week'
  python bot.py log --command 'check quote' --limit 100
  python bot.py log --search kadex --json                 for a program, an object a line
  python bot.py log unanswered                            what was not answered well, alike ones as one
  python bot.py log review 12 --source 'the 2012 report'  one step that mends it
  python bot.py log stats --since '30 days'               the log in figures
  python bot.py log export questions.csv --since 2026-11  for a spreadsheet
  python bot.py log audit                                 what was done to the bot, and by whom
  python bot.py log purge --before 2026-01-01             erase the older questions for good
"""
_AUDIT_EXAMPLES = """Examples:

\b
  python bot.py log audit --since yesterday      what was done since then
  python bot.py log audit 12                     all that is kept of deed 12
  python bot.py log audit --action erase

Kinds:

\b
  look               a command that changes nothing
  export             questions taken away as a file
  apply              a state of the articles applied
  cancel             a plan cancelled
  lay                an article taken out, a date or a name corrected
  lift               that taken back
  report mended      a doubt about a date or a name mended
  report dismissed   a doubt dismissed
  report open        a doubt opened again
  import             articles added through Discord
  import taken back  articles that were half added taken back
  review spelling    a spelling given for questions without an answer
  review source      a missing source noted for them
  review tell        their askers to be told
  review dismissed   such questions dismissed
  review undone      any of that taken back
  tell               askers told
  erase              something erased for good
  restore            the log put back from a backup
"""

log_app = typer.Typer(
    help="Show what was asked, and review it; the bot may be running.",
    short_help="Show what was asked, and review it.",
    epilog=_EXAMPLES,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@log_app.callback(invoke_without_command=True)
def log(
    context: typer.Context,
    since: Since = None,
    until: Until = None,
    command: Command = None,
    status: Status = None,
    user: User = None,
    channel: Channel = None,
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
        questions(context, since, until, command, status, user, channel, search, limit, as_json, data, config)


@log_app.command(short_help="Show what was asked, the latest first.")
def questions(
    context: typer.Context,
    since: Since = None,
    until: Until = None,
    command: Command = None,
    status: Status = None,
    user: User = None,
    channel: Channel = None,
    search: Search = None,
    limit: Limit = 20,
    as_json: AsJson = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Show what was asked, the latest first; the bot may be running. Days are those of UTC."""
    from kzbot.cli.log.questions import show_log
    from kzbot.cli.prepared import prepare

    given = {"since": since, "until": until, "command": command, "status": status, "user": user, "channel": channel}
    show_log(prepare(config or context.obj, data), limit, {**given, "search": search}, as_json=as_json)


@log_app.command(short_help="Write questions to a file.")
def export(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Where to; its name ends in .csv or .jsonl, or give --form.")
    ],
    form: Annotated[
        str | None,
        typer.Option("--form", metavar="FORM", help="csv for a spreadsheet, jsonl for a program.", show_default=False),
    ] = None,
    since: Since = None,
    until: Until = None,
    command: Command = None,
    status: Status = None,
    user: User = None,
    channel: Channel = None,
    search: Search = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that stands there.")] = False,
    as_json: AsJson = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Write questions to a file, the latest first, with what it was narrowed by; the bot may be running.

    That it was written stands in the ledger, which `log audit` shows.
    """
    from kzbot.cli.log.export import export_log, form_of
    from kzbot.cli.prepared import prepare

    kind = form_of(file, form)
    if kind is None:
        if form:
            raise typer.BadParameter(f"{form} is no form; it is csv or jsonl", context, param_hint="--form")
        said = "names no form; end it in .csv or .jsonl, or give --form csv or --form jsonl"
        raise typer.BadParameter(f"{file.name} {said}", context, param_hint="FILE")
    if file.exists() and not force:
        raise typer.BadParameter(f"{file} exists; --force replaces it", context, param_hint="FILE")
    given = {"since": since, "until": until, "command": command, "status": status, "user": user, "channel": channel}
    narrowed = {**given, "search": search}
    export_log(prepare(config or context.obj, data), file, kind, narrowed, force=force, as_json=as_json)


@log_app.command(short_help="Show what was done to the bot, and by whom.", epilog=_AUDIT_EXAMPLES)
def audit(
    context: typer.Context,
    number: Annotated[
        int | None,
        typer.Argument(metavar="NUMBER", min=1, help="Show all that is kept of this one.", show_default=False),
    ] = None,
    since: Since = None,
    until: Until = None,
    user: Annotated[
        str | None,
        typer.Option(
            "--user",
            metavar="ID",
            help="Only what this person did: the id or code that the list shows.",
            show_default=False,
        ),
    ] = None,
    action: Annotated[
        str | None,
        typer.Option("--action", metavar="ACTION", help="Only of one of the kinds below.", show_default=False),
    ] = None,
    limit: Limit = 20,
    as_json: AsJson = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Show what moderators, the terminal and the bot itself did, the latest first, or all that is kept of one deed; the bot may
    be running."""
    from kzbot.cli.log.audit import show_audit, show_deed
    from kzbot.cli.prepared import prepare

    given = {"since": since, "until": until, "user": user, "action": action}
    if number is not None:
        if any(value is not None for value in given.values()):
            raise typer.BadParameter("a number names one deed; give it alone, or options that choose", context)
        show_deed(prepare(config or context.obj, data), number, as_json=as_json)
        return
    show_audit(prepare(config or context.obj, data), limit, given, as_json=as_json)


add_reviewing(log_app)


@log_app.command(short_help="Show the log in figures: by day, by command, most asked.")
def stats(
    context: typer.Context,
    since: Since = None,
    until: Until = None,
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


@log_app.command(short_help="Erase questions for good.")
def purge(
    context: typer.Context,
    before: Annotated[
        str | None,
        typer.Option("--before", metavar="DAY", help="Only from before this day: 2026-01-01.", show_default=False),
    ] = None,
    user: User = None,
    channel: Channel = None,
    server: Annotated[
        str | None,
        typer.Option("--server", metavar="ID", help="Only from this server, by Discord's id.", show_default=False),
    ] = None,
    command: Command = None,
    status: Status = None,
    search: Search = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before erasing.")] = False,
    as_json: AsJson = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Erase questions for good, from the log and from every backup in the data folder; the bot must not be running.

    At least one option says which. What would go is shown first. Days are those of UTC. With --json nothing is asked, and
    nothing goes without --yes.
    """
    from kzbot.cli.log.purge import purge as purge_log
    from kzbot.cli.prepared import prepare

    given = {"before": before, "user": user, "channel": channel, "server": server, "command": command, "status": status}
    narrowed = {**given, "search": search}
    raise typer.Exit(purge_log(prepare(config or context.obj, data), narrowed, yes=yes, as_json=as_json))
