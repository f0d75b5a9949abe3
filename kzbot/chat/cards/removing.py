"""Cards of `/corpus remove` and `/corpus restore`."""

from typing import TYPE_CHECKING

from discord import ui

from kzbot.chat.cards.buttons import button
from kzbot.chat.cards.frame import Card, Row, Tone, build, notice
from kzbot.chat.cards.plans.plan import NO_LABELS, answers_lines, count_lines, plan_view
from kzbot.chat.cards.plans.report import outcome_words
from kzbot.chat.escape import inline
from kzbot.chat.handle import RESTORE, Handle
from kzbot.phrases import Phrases

if TYPE_CHECKING:
    from kzbot.operations.removing import Removed

_TITLE = 200
_ID = 100


def removed_view(phrases: Phrases, done: "Removed", handle: Handle, *, back: bool = False) -> ui.LayoutView:
    """What withdrawing an article, or with `back` bringing it back, came to. Within a running event loop."""
    say, outcome = phrases.say, done.outcome
    values = {"title": inline(done.title or done.article, _TITLE), "id": inline(done.article, _ID)}
    if outcome is None:
        return notice(say(done.reason or "operations.removing.unknown", **values), Tone.NOTHING)
    lead = say(f"chat.removing.{'restored' if back else 'removed'}", **values)
    if outcome.kind == "planned" and outcome.plan is not None:
        held = "waits_back" if back else "waits_typed" if outcome.plan.danger else "waits"
        waits = say(f"chat.removing.{held}", **values)
        return plan_view(phrases, outcome.plan, handle, lead=waits)
    if outcome.kind != "applied" or outcome.plan is None:
        return notice(f"{lead}\n{outcome_words(phrases, outcome)}", Tone.NOTHING)
    lines = [
        f"## {say('chat.removing.heading_back' if back else 'chat.removing.heading')}",
        lead,
        *count_lines(phrases, outcome.plan),
        *answers_lines(phrases, outcome.plan),
    ]
    row: Row = ()
    if not back and done.number is not None:
        row = (button(say("chat.removing.undo"), handle.to(RESTORE, 0, done.number)),)
    foot = say("chat.foot.number", number=handle.row)
    return build(Card("\n".join(lines), Tone.EVIDENCE, foot=(foot,), rows=(row,) if row else ()), NO_LABELS)
