"""What is written to a terminal: for people with rich, for pipes plainly, and never what an article would smuggle in."""

import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from kzbot.index.sources import Progress as Step
from kzbot.index.sources import ProgressCallback
from kzbot.phrases import Phrases
from kzbot.querylog.rows import UNDATED

_STAGES = {
    "scan": "cli.stage.scan",
    "read": "cli.stage.read",
    "analyse": "cli.stage.analyse",
    "finish": "cli.stage.finish",
    "compare": "cli.stage.compare",
    "ask": "cli.stage.ask",
}
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSHOWN = "\N{REPLACEMENT CHARACTER}"


def safe(text: str) -> str:
    """`text` with every character replaced that a terminal would obey instead of showing; as long as before.

    Escape sequences could write links, titles or colours into the terminal, and direction marks could reorder a line.
    """
    return "".join(
        _UNSHOWN if (unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t") or c in _BIDI else c for c in text
    )


def one_line(text: str) -> str:
    """`text` on one line, safe."""
    return safe(" ".join(text.split()))


def moment(at: datetime) -> str:
    """A moment for a terminal, in UTC; `?` for one that is damaged in the log."""
    return "?" if at == UNDATED else f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def console(*, errors: bool = False) -> Console:
    """Where to print; in a pipe nothing is wrapped and nothing is coloured."""
    stream = sys.stderr if errors else sys.stdout
    made = Console(file=stream, markup=False, highlight=False, emoji=False, soft_wrap=not stream.isatty())
    return made


@contextmanager
def build_progress(phrases: Phrases) -> Iterator[ProgressCallback]:
    """A progress bar on standard error while an index is built; in a pipe one line at the first sign of work."""
    shown = console(errors=True)
    if not shown.is_terminal:
        yield _Told(shown, phrases)
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=shown, transient=True) as bar:
        task = bar.add_task(phrases.say("cli.stage.scan"), total=None)

        def show(step: Step) -> None:
            bar.update(
                task, description=phrases.say(_STAGES[step.stage]), completed=step.done, total=step.total or None
            )

        yield show


class _Told:
    """Says once that an index is being built."""

    def __init__(self, shown: Console, phrases: Phrases) -> None:
        self._shown = shown
        self._phrases = phrases
        self._told = False

    def __call__(self, step: Step) -> None:
        if not self._told:
            self._told = True
            self._shown.print(self._phrases.say("cli.building"))
