"""Cards of what was done to the corpus: applied, taken back, cancelled, refused."""

from typing import TYPE_CHECKING

from discord import ui

from kzbot.chat.cards.buttons import button
from kzbot.chat.cards.frame import Card, Row, Tone, build, notice
from kzbot.chat.cards.plans.plan import NO_LABELS, answers_lines, count_lines, plan_view
from kzbot.chat.escape import inline
from kzbot.chat.handle import BACK, Handle
from kzbot.phrases import Phrases

if TYPE_CHECKING:
    from kzbot.operations.outcome import Outcome

_NAMED = 60
_REASON = 600


def outcome_view(phrases: Phrases, outcome: "Outcome", handle: Handle, who: str | None = None) -> ui.LayoutView:
    """What an operation came to; `who` did it, as markdown, where the reader may not know. Needs an event loop."""
    if outcome.kind == "applied":
        return build(applied_card(phrases, outcome, handle, who), NO_LABELS)
    if outcome.kind == "planned" and outcome.plan is not None:
        lead = phrases.say("chat.plan.anew") if outcome.anew else None
        return plan_view(phrases, outcome.plan, handle, lead=lead)
    return notice(outcome_words(phrases, outcome), Tone.NOTHING)


def outcome_words(phrases: Phrases, outcome: "Outcome") -> str:
    """What an operation came to that changed nothing, as markdown: a heading and a sentence."""
    say = phrases.say
    served = inline(outcome.generation or "", _NAMED)
    heading = f"## {say(f'chat.plan.outcome.{outcome.kind}')}"
    if outcome.reason is not None:
        return f"{heading}\n{inline(say(outcome.reason, **outcome.values), _REASON)}"
    if outcome.kind == "unconfirmed" and outcome.plan is not None:
        return f"{heading}\n{say('chat.plan.wrong_number', count=outcome.plan.count('removed'))}"
    key = "unchanged_anew" if outcome.kind == "unchanged" and outcome.anew else outcome.kind
    lines = [heading, say(f"chat.plan.told.{key}", id=served)]
    back = {name: count for name in ("imports", "removals") if (count := outcome.values.get(name))}
    lines += [say(f"chat.plan.told.back_{name}", count=count) for name, count in back.items()]
    return "\n".join(lines)


def applied_card(phrases: Phrases, outcome: "Outcome", handle: Handle, who: str | None = None) -> Card:
    """Another state is served: what changed, and the button that takes it back."""
    say, plan = phrases.say, outcome.plan
    served = inline(outcome.generation or "", _NAMED)
    lines = [f"## {say('chat.plan.outcome.applied' if plan else 'chat.plan.outcome.rolled_back')}"]
    if who:
        lines.append(say("chat.plan.by", who=who))
    lines.append(say("chat.plan.told.applied", id=served))
    if plan is not None:
        lines += [*count_lines(phrases, plan), *answers_lines(phrases, plan)]
    row: Row = ()
    if outcome.former and outcome.application:
        lines.append(
            say("chat.plan.can_go_back" if plan else "chat.plan.can_apply_again", id=inline(outcome.former, _NAMED))
        )
        label = say("chat.plan.roll_back" if plan else "chat.plan.apply_again")
        row = (button(label, handle.to(BACK, 0, outcome.application)),)
    foot = say("chat.foot.number", number=handle.row)
    return Card("\n".join(lines), Tone.EVIDENCE, foot=(foot,), rows=(row,) if row else ())
