"""What a build did, for people: counts, and every file that was not taken with the reason."""

from collections.abc import Sequence

from rich.console import Console

from kzbot.cli.terminal import one_line
from kzbot.index.sources import BuildSummary
from kzbot.phrases import Phrases

_LISTED = 20


def print_summary(out: Console, phrases: Phrases, summary: BuildSummary) -> None:
    """Articles added, changed, removed and unchanged by their ids, and what was rejected."""
    out.print(phrases.say("cli.index.articles", count=summary.articles, seconds=f"{summary.seconds:.1f}"))
    if summary.reanalysed:
        out.print(phrases.say("cli.index.reanalysed"))
    _list(out, phrases, "cli.index.added", summary.added)
    _list(out, phrases, "cli.index.changed", summary.changed)
    _list(out, phrases, "cli.index.removed", summary.removed)
    if summary.unchanged:
        out.print(phrases.say("cli.index.same", count=summary.unchanged))
    print_rejected(out, phrases, summary)


def print_rejected(out: Console, phrases: Phrases, summary: BuildSummary) -> None:
    """Each file that was not taken: its name, the line where there is one, and the reason."""
    rejected = (*summary.rejected, *summary.duplicates)
    if not rejected:
        return
    out.print(phrases.say("cli.index.rejected", count=len({one.file for one in rejected})))
    for each in rejected:
        key = "cli.index.reason" if each.line is None else "cli.index.reason_line"
        out.print(phrases.say(key, file=one_line(each.file), line=each.line, reason=one_line(each.reason)))


def _list(out: Console, phrases: Phrases, key: str, ids: Sequence[str]) -> None:
    if not ids:
        return
    out.print(phrases.say(key, count=len(ids)))
    for each in ids[:_LISTED]:
        out.print(phrases.say("cli.index.id", id=one_line(each)))
    if len(ids) > _LISTED:
        out.print(phrases.say("cli.index.more", count=len(ids) - _LISTED))
