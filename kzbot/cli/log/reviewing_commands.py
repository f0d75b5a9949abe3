"""`python bot.py log unanswered` and `log review`: their options."""
# ruff: noqa: PLC0415 - as in app

from typing import TYPE_CHECKING, Annotated

import typer

from kzbot.cli.log.options import Since
from kzbot.cli.options import MOST, AsJson, Config, Data

if TYPE_CHECKING:
    from kzbot.cli.log.review import Step

Source = Annotated[
    str | None,
    typer.Option("--source", metavar="TEXT", help="Note a missing source: what is to be brought.", show_default=False),
]
Tell = Annotated[bool, typer.Option("--tell", help="Have those told who wished it, once it is answered.")]
Dismiss = Annotated[bool, typer.Option("--dismiss", help="Take it off the list until it is asked in vain again.")]
Spelling = Annotated[
    str | None,
    typer.Option(
        "--spelling",
        metavar="WORDS",
        help="Give a name this further spelling; a running bot does it.",
        show_default=False,
    ),
]
Name = Annotated[
    str | None,
    typer.Option("--name", metavar="NAME", help="The name of the name book that is meant.", show_default=False),
]
Undo = Annotated[
    str | None,
    typer.Option(
        "--undo",
        metavar="STEP",
        help="Take a step back: source, tell, dismiss, spelling.",
        show_default=False,
    ),
]

STEPS: tuple["Step", ...] = ("source", "tell", "dismiss", "spelling", "undo")
"""What `log review` does; an option each."""
_UNANSWERED_EXAMPLES = """Examples:

\b
  python bot.py log unanswered --status not_found --since 'last week'
  python bot.py log unanswered --show source               those with a missing source noted
  python bot.py log review 12 --source 'the 2012 report'  a step for the group of question 12
"""
_REVIEW_EXAMPLES = """Examples:

\b
  python bot.py log review 12 --source 'the 2012 report of the ministry'
  python bot.py log review 12 --spelling 'Step Eagle' --name 'Steppe Eagle'
  python bot.py log review 12 --tell
  python bot.py log review 12 15 --dismiss
  python bot.py log review 12 --undo dismiss
"""


def unanswered(
    context: typer.Context,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=1, max=MOST, help="How many, the most wanted first.")
    ] = 20,
    since: Since = None,
    show: Annotated[
        str | None,
        typer.Option(
            "--show",
            metavar="WHICH",
            help="open (those that wait), source, tell (those with that noted), closed, all.",
            show_default=False,
        ),
    ] = None,
    status: Annotated[
        str | None,
        typer.Option(
            "--status",
            metavar="STATUS",
            help="Only with questions that were not_found, partial, ambiguous or not_useful.",
            show_default=False,
        ),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="The same as --show all.")] = False,
    as_json: AsJson = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Show questions that were not found, partial, ambiguous or rated not useful, alike ones as one, with what comes nearest
    in the corpus as it is now; the bot may be running. The number is that of the latest question: `log review` takes it."""
    from kzbot.cli.log.unanswered import show_unanswered
    from kzbot.cli.prepared import prepare
    from kzbot.querylog.review.rows import SHOWN, WANTS

    if everything and show not in (None, "all"):
        raise typer.BadParameter("--all is --show all; give one of the two", context)
    shown = next((one for one in SHOWN if one == ("all" if everything else show or "open")), None)
    want = next((one for one in WANTS if one == status), None)
    if shown is None:
        raise typer.BadParameter(f"{show} is none of {', '.join(SHOWN)}", context, param_hint="--show")
    if status is not None and want is None:
        raise typer.BadParameter(f"{status} is none of {', '.join(WANTS)}", context, param_hint="--status")
    show_unanswered(prepare(config or context.obj, data), limit, since, shown=shown, status=want, as_json=as_json)


def review(
    context: typer.Context,
    numbers: Annotated[
        list[int],
        typer.Argument(
            metavar="NUMBER", min=1, help="A question of each group that is meant, as `log unanswered` shows it."
        ),
    ],
    source: Source = None,
    tell: Tell = False,
    dismiss: Dismiss = False,
    spelling: Spelling = None,
    name: Name = None,
    undo: Undo = None,
    as_json: AsJson = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Mend groups of alike questions that `log unanswered` shows, in one step, as its buttons do in Discord.

    Groups that are typed almost alike can be given together: only you can tell whether they are one question.

    Each step stands in the ledger, which `log audit` shows. The bot may be running: it lays spellings and takes them back, and
    what came of it is waited for.
    """
    from kzbot.cli.log.review import UNDOABLE, Reviewing
    from kzbot.cli.log.review import review as take_step
    from kzbot.cli.prepared import prepare

    steps = {"source": source, "tell": tell or None, "dismiss": dismiss or None, "spelling": spelling, "undo": undo}
    chosen = [step for step in STEPS if steps[step] is not None]
    if len(chosen) != 1:
        said = " and ".join(f"--{step}" for step in chosen)
        fault = f"one step at a time, not {said}" if chosen else "choose a step"
        raise typer.BadParameter(f"{fault}: {', '.join(f'--{step}' for step in STEPS)}", context)
    if (spelling is None) != (name is None):
        raise typer.BadParameter("--spelling and --name go together: the words, and the name that they mean", context)
    if undo is not None and undo not in UNDOABLE:
        raise typer.BadParameter(f"{undo} is none of {', '.join(UNDOABLE)}", context, param_hint="--undo")
    if len(numbers) > 1 and "spelling" in (chosen[0], undo):
        raise typer.BadParameter("a spelling is given, or taken back, for one NUMBER", context, param_hint="NUMBER")
    said = source or spelling or undo or ""
    steps_ = [Reviewing(number, chosen[0], said, name or "") for number in dict.fromkeys(numbers)]
    take_step(prepare(config or context.obj, data), steps_, as_json=as_json)


def add_reviewing(app: typer.Typer) -> None:
    """Adds both to the commands of the log."""
    app.command(short_help="Show what was not answered well.", epilog=_UNANSWERED_EXAMPLES)(unanswered)
    app.command(short_help="Mend what was not answered well, in one step.", epilog=_REVIEW_EXAMPLES)(review)
