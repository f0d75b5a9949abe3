"""Quotations beside their sources at a terminal: marked inline, in colours or, in a pipe, between brackets."""

from collections.abc import Sequence

from rich.style import Style
from rich.text import Text

from kzbot.answers.model import Difference, Verdict
from kzbot.cli.terminal import safe

VERDICT_STYLES: dict[Verdict, Style] = {
    "exact": Style(color="green", bold=True),
    "exact_but_typography": Style(color="green", bold=True),
    "altered": Style(color="yellow", bold=True),
    "other_article": Style(color="yellow", bold=True),
    "not_in_corpus": Style(color="red", bold=True),
}
_THEIRS = Style(color="red", strike=True)
_SOURCE = Style(color="green", underline=True)


def beside(runs: Sequence[Difference], *, coloured: bool) -> Text:
    """The quotation and the source in one: `[-theirs-]` what the source has not, `{+source+}` what it has instead.

    In colours what is theirs alone is struck out in red, the source's own underlined in green.
    """
    made = Text()
    for run in runs:
        if run.op == "same":
            made.append(safe(run.theirs))
            continue
        theirs, source = run.theirs, run.source
        for words, style, marks in ((theirs, _THEIRS, ("[-", "-]")), (source, _SOURCE, ("{+", "+}"))):
            bare = words.strip()
            if not bare:
                continue
            begin, end = ("", "") if coloured else marks
            made.append(safe(words[: words.index(bare)]))
            made.append(f"{begin}{safe(bare)}{end}", style if coloured else None)
            made.append(safe(words[words.index(bare) + len(bare) :]) or " ")
    return made
