"""Cards of `/corpus status` and `/corpus reload`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from kzbot.chat.cards.foot import listed
from kzbot.chat.cards.frame import Card, Tone
from kzbot.chat.escape import inline
from kzbot.chat.fit import weigh
from kzbot.phrases import Phrases

if TYPE_CHECKING:
    from kzbot.operations.reload import ReloadReport
    from kzbot.operations.status import CorpusStatus

_LINE = 200
_REASON = 300
_REPORTED = 2200.0
"""Weight of the list of rejected files; what does not fit is counted."""


class Rejected(Protocol):
    """A file that was not taken, and why."""

    @property
    def file(self) -> str: ...
    @property
    def line(self) -> int | None: ...
    @property
    def reason(self) -> str: ...


def status_card(phrases: Phrases, status: "CorpusStatus", number: int) -> Card:
    """The state of the corpus."""
    say = phrases.say
    lines = [
        f"## {say('chat.corpus.status.heading')}",
        say(
            "chat.corpus.status.articles",
            articles=say("chat.foot.articles", count=status.articles),
            folder=inline(status.folder, _LINE),
        ),
        say("chat.corpus.status.held", passages=phrases.number(status.passages), dated=phrases.number(status.dated)),
        say("chat.corpus.status.names", names=phrases.number(status.names)),
    ]
    if status.years:
        lines.append(say("chat.corpus.status.years", years=inline(status.years, 60)))
    lines.append(say("chat.corpus.status.changed" if status.changed else "chat.corpus.status.current"))
    if status.waiting:
        lines.append(say("chat.corpus.status.waiting", id=inline(status.waiting, 60)))
    for key, ids in (("undated", status.undated), ("unlinked", status.unlinked)):
        if ids:
            lines.append(say(f"chat.corpus.status.{key}", count=len(ids), ids=listed(ids, _LINE)))
    lines += _rejections(phrases, status.rejected)
    foot = " · ".join(
        [
            say("chat.foot.generation", id=inline(status.generation, 60)),
            say("chat.corpus.status.created", when=inline(status.created[:16].replace("T", " "), 30)),
            say("chat.corpus.status.kept", count=len(status.kept)),
            say("chat.foot.number", number=number),
        ]
    )
    return Card("\n".join(lines), Tone.EVIDENCE if not status.rejected else Tone.PARTIAL, foot=(foot,))


def reload_card(phrases: Phrases, report: "ReloadReport", number: int) -> Card:
    """What a reload did: added, changed, removed, rejected and why."""
    say, summary = phrases.say, report.summary
    lines = [f"## {say(f'chat.corpus.reload.{report.outcome}')}"]
    if report.reason:
        lines.append(inline(say(report.reason, **report.values), 500))
    rejected: Sequence[Rejected] = ()
    if summary is not None:
        for key, ids in (("added", summary.added), ("changed", summary.changed), ("removed", summary.removed)):
            lines.append(_count(phrases, key, ids))
        lines.append(say("chat.corpus.reload.unchanged_count", count=summary.unchanged))
        if summary.reanalysed:
            lines.append(say("chat.corpus.reload.reanalysed"))
        rejected = (*summary.rejected, *summary.duplicates)
    lines += _rejections(phrases, rejected)
    foot = [say("chat.foot.number", number=number)]
    if report.generation:
        foot.insert(0, say("chat.foot.generation", id=inline(report.generation, 60)))
    if summary is not None and report.outcome != "unchanged":
        foot.append(say("chat.corpus.reload.took", seconds=f"{summary.seconds:.1f}"))
    tone = Tone.EVIDENCE if report.outcome in ("applied", "unchanged") and not rejected else Tone.PARTIAL
    return Card("\n".join(lines), tone, foot=(" · ".join(foot),))


def _count(phrases: Phrases, key: str, ids: Sequence[str]) -> str:
    said = phrases.say(f"chat.corpus.reload.{key}", count=len(ids))
    return f"{said}: {listed(ids, _REASON)}" if ids else said


def _rejections(phrases: Phrases, rejected: Sequence[Rejected]) -> list[str]:
    """A line for each file that was not taken, with its line where there is one and the reason."""
    if not rejected:
        return [phrases.say("chat.corpus.none_rejected")]
    lines = [phrases.say("chat.corpus.rejected", count=len({one.file for one in rejected}))]
    used = 0.0
    for at, one in enumerate(rejected):
        where = inline(one.file, _LINE)
        if one.line is not None:
            where = phrases.say("chat.corpus.file_line", file=where, line=one.line)
        line = f"- **{where}**: {inline(one.reason, _REASON)}"
        used += weigh(line)
        if used > _REPORTED:
            lines.append(phrases.say("chat.corpus.more_rejected", count=len(rejected) - at))
            break
        lines.append(line)
    return lines
