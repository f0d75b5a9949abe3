"""`python bot.py add` and `remove`: their options."""
# ruff: noqa: PLC0415 - as in app

from pathlib import Path
from typing import Annotated

import typer

from kzbot.cli.options import Config, Data

_ADD_EXAMPLES = """Examples:

\b
  python bot.py add report.pdf
  python bot.py add page.html --published '14 November 2013' --yes
  python bot.py add report.txt --title 'A report' --published 2013-11 --inferred-from 'its file name'
  python bot.py add wires.jsonl notes.txt notes.yaml
"""

Article = Annotated[str, typer.Argument(metavar="ARTICLE", help="The article's id, or its file.")]


def _said(name: str, of: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(name, metavar="TEXT", help=of, show_default=False)
    return option


def add(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", exists=True, dir_okay=False)],
    title: Annotated[str | None, _said("--title", "The article's title, of one file.")] = None,
    url: Annotated[str | None, _said("--url", "The address of its page.")] = None,
    publisher: Annotated[str | None, _said("--publisher", "Who published it.")] = None,
    published: Annotated[str | None, _said("--published", "When: 14 November 2013, 2013-11, 2013 ...")] = None,
    ground: Annotated[
        str | None, _said("--inferred-from", "What that date is inferred from; without it the article prints it.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before adding.")] = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Bring articles in from files: .txt, .md, .html, .pdf, .jsonl, and NAME.yaml that describes NAME.txt. They are copied
    into the data folder, to the letter, and taken into the corpus. The bot is stopped; one that runs does the same by
    /corpus add."""
    from kzbot.cli.bring import Described, add_files
    from kzbot.cli.prepared import prepare

    described = Described(title, url, publisher, published, ground)
    raise typer.Exit(add_files(prepare(config or context.obj, data), files, described, yes=yes))


def remove(
    context: typer.Context,
    article: Article,
    confirm: Annotated[
        str | None,
        typer.Option(
            "--confirm", metavar="N", help="How many articles go, where that is over a tenth.", show_default=False
        ),
    ] = None,
    data: Data = None,
    config: Config = None,
) -> None:
    """Take an article out of the corpus. No file is deleted, and restore brings it back. The bot is stopped; one that runs
    does the same by /corpus remove."""
    from kzbot.cli.bring import take_out
    from kzbot.cli.prepared import prepare

    raise typer.Exit(take_out(prepare(config or context.obj, data), article, back=False, confirm=confirm))


def add_bringing(app: typer.Typer) -> None:
    """Adds the commands that bring articles in and take them out."""
    app.command(short_help="Bring articles in from files.", epilog=_ADD_EXAMPLES)(add)
    app.command(short_help="Take an article out of the corpus; no file is deleted.")(remove)
