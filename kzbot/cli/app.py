"""The commands of the terminal and their options."""
# ruff: noqa: PLC0415 - each command imports what it needs, so that the others start quickly

from pathlib import Path
from typing import Annotated

import typer

from kzbot.cli.bringing_commands import add_bringing
from kzbot.cli.log.commands import log_app
from kzbot.cli.operating_commands import add_operating
from kzbot.cli.options import MOST, Config, Data

_EXAMPLES = """Examples:

\b
  python bot.py                                      start the bot
  python bot.py ask '/timeline topic: Steppe Eagle'  ask at the terminal
  python bot.py index                                take changed articles in
  python bot.py add report.pdf                       bring an article in
  python bot.py rollback                             go back to an earlier state of them
  python bot.py status                               what is served, and what is doubtful in it
  python bot.py names                                names that the name book lacks
  python bot.py log --search kadex                   look up what was asked
  python bot.py backup                               copy the log; restore puts it back
  python bot.py doctor                               what is wrong, and how to mend it
"""
_ASK_EXAMPLES = """Examples:

\b
  python bot.py ask '/search query: peacekeeping from: 1997'
  python bot.py ask --json '/exercise name: Steppe Eagle'
  python bot.py ask --json --batch < questions.txt
  python bot.py ask --corpus ~/articles '/timeline'
  python bot.py ask '/timeline topic: NATO' --export nato.csv
"""

_INDEX_EXAMPLES = """Examples:

\b
  python bot.py index                                plan, then apply if nothing is dangerous
  python bot.py index --plan                         show what would change, in articles and answers
  python bot.py index --apply                        apply the plan that waits
  python bot.py index --apply --confirm 12           the same where 12 articles would go, over a tenth
"""

_NAMES_EXAMPLES = """Examples:

\b
  python bot.py names                                the most mentioned first
  python bot.py names --kind person --least 3        people with three mentions or more
  python bot.py names --yaml --limit 0               all, as entries for config/names.yaml
"""

app = typer.Typer(
    help="Answers questions about a corpus of articles with verbatim, dated, linked excerpts.",
    epilog=_EXAMPLES,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Corpus = Annotated[
    Path | None,
    typer.Option(
        "--corpus",
        metavar="DIR",
        exists=True,
        file_okay=False,
        help="Ask this folder of articles instead, indexed under --data or for this once.",
        show_default=False,
    ),
]
Export = Annotated[
    Path | None,
    typer.Option(
        "--export",
        metavar="FILE",
        help="Write the whole list to FILE instead of printing it: .csv, .json, .ics (a calendar) or .png (a picture).",
        show_default=False,
    ),
]


def _tell_version(wanted: bool) -> None:
    if wanted:
        import tomllib

        from kzbot.settings_file import PROJECT

        project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        typer.echo(f"kzbot {project['version']}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    config: Config = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Answers questions about a corpus of articles with verbatim, dated, linked excerpts. Without a command: run."""
    context.obj = config
    if context.invoked_subcommand is None:
        run(context, config)


@app.command(short_help="Start the bot; so does python bot.py alone.")
def run(context: typer.Context, config: Config = None) -> None:
    """Start the bot: in Discord where a token is set, else in the local channel, a page in your browser."""
    from kzbot.cli.prepared import prepare
    from kzbot.cli.run import run_bot

    run_bot(prepare(config or context.obj, None))


@app.command(short_help="Ask a question at the terminal.", epilog=_ASK_EXAMPLES)
def ask(
    context: typer.Context,
    question: Annotated[
        list[str] | None,
        typer.Argument(metavar="QUESTION", hidden=True),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as one JSON object.")] = False,
    batch: Annotated[
        bool,
        typer.Option("--batch", help="Read one question a line from standard input, print one JSON object a line."),
    ] = False,
    corpus: Corpus = None,
    data: Data = None,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=0, help="How many excerpts to print for people; 0 prints all.")
    ] = 20,
    export: Export = None,
    force: Annotated[bool, typer.Option("--force", help="With --export: replace FILE where it exists.")] = False,
    config: Config = None,
) -> None:
    """Ask a question at the terminal; the bot may be running, and the question is not logged.

    QUESTION is what is typed in Discord, in quotes: a command, then its options.
    """
    if batch == bool(question):
        raise typer.BadParameter("give a question, or --batch and one question a line on standard input", context)
    if export is not None or force:
        _check_export(context, export, force, printing=as_json or batch)
    from kzbot.cli.ask import Asking, ask_questions
    from kzbot.cli.prepared import prepare

    prepared = prepare(config or context.obj, data)
    _check_data(context, corpus, data, config)
    line, scratch = " ".join(question) if question else None, corpus is not None and data is None
    raise typer.Exit(
        ask_questions(prepared, Asking(line, as_json or batch, limit, corpus, scratch, export=export, force=force))
    )


def _check_data(context: typer.Context, corpus: Path | None, data: Path | None, config: Path | None) -> None:
    """Another corpus has a data folder of its own."""
    from kzbot.cli.prepared import prepare

    own = prepare(config or context.obj, None).settings
    if corpus is None or data is None or corpus.resolve() == own.corpus.folder.resolve():
        return
    if data.resolve() == own.data.folder.resolve():
        raise typer.BadParameter(
            "--data is the bot's own data folder; give another corpus a folder of its own", context
        )


def _check_export(context: typer.Context, export: Path | None, force: bool, *, printing: bool) -> None:
    if export is None:
        raise typer.BadParameter("--force goes with --export", context)
    if printing:
        raise typer.BadParameter("--export writes a file and prints no JSON; leave --json and --batch out", context)
    from kzbot.cli.export import fault_of

    fault = fault_of(export, force)
    if fault is not None:
        raise typer.BadParameter(fault, context)


@app.command(short_help="Take in what changed in the articles.", epilog=_INDEX_EXAMPLES)
def index(
    context: typer.Context,
    plan: Annotated[bool, typer.Option("--plan", help="Only show what would change; the plan then waits.")] = False,
    apply: Annotated[
        bool, typer.Option("--apply", help="Apply the plan that waits, if it is still true; else show a new one.")
    ] = False,
    confirm: Annotated[
        str | None,
        typer.Option(
            "--confirm",
            metavar="N",
            help="How many articles go, where a plan must be confirmed: the folder is missing or empty, or over a tenth would go.",
            show_default=False,
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the plan as one JSON object.")] = False,
    full: Annotated[bool, typer.Option("--full", help="Print every line of the plan.")] = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Take in what changed in the articles: shows what that changes, also in answers, and applies it unless it is dangerous.
    Only changed files are read again. The bot is stopped; one that runs does the same by /corpus reload."""
    if plan and apply:
        raise typer.BadParameter("--plan only shows and --apply only applies; give one of them, or neither", context)
    from kzbot.cli.index import Indexing, index_corpus
    from kzbot.cli.prepared import prepare

    how = Indexing(plan, apply, confirm, as_json, full)
    raise typer.Exit(index_corpus(prepare(config or context.obj, data), how))


add_bringing(app)
add_operating(app)


@app.command(short_help="Serve an earlier state of the articles again.")
def rollback(
    context: typer.Context,
    generation: Annotated[
        str | None, typer.Argument(metavar="STATE", help="Its number in the list, or its name.", show_default=False)
    ] = None,
    data: Data = None,
    config: Config = None,
) -> None:
    """Serve one of the last five states of the articles again; without STATE they are listed. The bot is stopped; one that runs
    does the same by /corpus history. The next start takes nothing in by itself then."""
    from kzbot.cli.prepared import prepare
    from kzbot.cli.rollback import roll_back

    raise typer.Exit(roll_back(prepare(config or context.obj, data), generation))


@app.command(short_help="Show the state of the articles, and what is doubtful.")
def status(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    full: Annotated[bool, typer.Option("--full", help="Print every line.")] = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Show the state of the articles, and everything that is doubtful: rejected files, articles without a publication date or a
    link, near duplicates, names that the name book lacks. The bot may be running."""
    from kzbot.cli.prepared import prepare
    from kzbot.cli.status import show_status

    show_status(prepare(config or context.obj, data), as_json, full)


@app.command(short_help="Show who applied what, the latest first.")
def history(
    context: typer.Context,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=1, max=MOST, help="How many, the latest first.")
    ] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Show who applied which state of the articles and when, the latest first; the bot may be running."""
    from kzbot.cli.prepared import prepare
    from kzbot.cli.rollback import show_history

    show_history(prepare(config or context.obj, data), limit, as_json)


@app.command(short_help="List the names that the name book lacks.", epilog=_NAMES_EXAMPLES)
def names(
    context: typer.Context,
    kind: Annotated[
        str | None,
        typer.Option("--kind", metavar="KIND", help="Only names of this kind, or unknown.", show_default=False),
    ] = None,
    least: Annotated[
        int, typer.Option("--least", metavar="N", min=1, max=MOST, help="Only names with so many mentions.")
    ] = 1,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=0, max=MOST, help="How many names; 0 lists all.")
    ] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    as_yaml: Annotated[
        bool, typer.Option("--yaml", help="Print entries that can be put into config/names.yaml as they are.")
    ] = False,
    corpus: Corpus = None,
    data: Data = None,
    config: Config = None,
) -> None:
    """List the names that the articles carry and the name book lacks: what each is as far as the words around it tell, how
    often it stands where, an example; the most mentioned first, after those that may be another spelling of a name in the
    book."""
    if as_json and as_yaml:
        raise typer.BadParameter("--json and --yaml print different things; give one of them", context)
    from kzbot.cli.names import Listing, list_names
    from kzbot.cli.prepared import prepare

    prepared, scratch = prepare(config or context.obj, data), corpus is not None and data is None
    _check_data(context, corpus, data, config)
    list_names(prepared, Listing(kind, least, limit, as_json, as_yaml, corpus, scratch))


@app.command(short_help="List what moderators corrected in the chat.")
def corrections(
    context: typer.Context,
    as_yaml: Annotated[
        bool,
        typer.Option("--yaml", help="Print them as lines for the articles' metadata and the name book."),
    ] = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """List the corrections of dates and spellings that moderators made in the chat and that hold; the bot may be running."""
    from kzbot.cli.corrections import list_corrections
    from kzbot.cli.prepared import prepare

    list_corrections(prepare(config or context.obj, data), as_lines=as_yaml)


app.add_typer(log_app, name="log")


@app.command(short_help="Check everything that the bot needs.")
def doctor(context: typer.Context, data: Data = None, config: Config = None) -> None:
    """Check everything that the bot needs, and say what to mend; exit status 1 if something is wrong."""
    from kzbot.cli.doctor import examine

    raise typer.Exit(examine(config or context.obj, data))
