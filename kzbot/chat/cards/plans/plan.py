"""The card of a plan: counts first, what it does to answers, then every list page by page; and what can be done with it."""

from typing import TYPE_CHECKING

import discord
from discord import ui

from kzbot.chat.cards.buttons import button, turning
from kzbot.chat.cards.frame import Card, Labels, Row, Tone, build
from kzbot.chat.cards.listing import listing_pages
from kzbot.chat.cards.plans.sections import (
    SECTIONS,
    section_count,
    section_lines,
)
from kzbot.chat.escape import inline
from kzbot.chat.fit import weigh
from kzbot.chat.handle import APPLY, CANCEL, FILE, READ, Handle
from kzbot.phrases import Phrases

if TYPE_CHECKING:
    from kzbot.operations.planning.plan import Plan

NO_LABELS = Labels("", "")
SELECT = 99
"""The number in a select's handle, which no section has: two parts of a card never have the same custom_id."""
_LISTED = 2300.0
"""Weight of what the first page shows of the lists."""
_BEGINNINGS = {"lost": 3, "failing": 2, "changed_answers": 2, "removed": 4, "changed": 2, "rejected": 4, "added": 4}
"""How many lines of which lists the first page shows, where there is room."""
_NAMED = 60
_FAULT = 400


def plan_view(
    phrases: Phrases, plan: "Plan", handle: Handle, section: int = 0, page: int = 0, lead: str | None = None
) -> ui.LayoutView:
    """The first page (`section` 0), or a page of one of the lists; `lead` (markdown) stands above. Needs an event loop."""
    return build(plan_card(phrases, plan, handle, section, page, lead), NO_LABELS)


def plan_card(
    phrases: Phrases, plan: "Plan", handle: Handle, section: int = 0, page: int = 0, lead: str | None = None
) -> Card:
    """See `plan_view`; a section that there is not is the first page."""
    say = phrases.say
    foot = " · ".join(
        [
            say("chat.plan.candidate", id=inline(plan.candidate, _NAMED)),
            say("chat.plan.made", when=inline(plan.made[:16].replace("T", " "), 30)),
            say("chat.corpus.reload.took", seconds=f"{plan.seconds:.1f}"),
            say("chat.foot.number", number=handle.row),
        ]
    )
    rows: tuple[Row, ...] = (_sections(phrases, plan, handle), plan_buttons(phrases, handle))
    if not 0 < section <= len(SECTIONS):
        first = "\n".join([*([lead] if lead else []), *overview_lines(phrases, plan)])
        return Card(first, _tone(plan), foot=(foot,), rows=tuple(row for row in rows if row))
    name = SECTIONS[section - 1]
    lines = section_lines(phrases, plan, name)
    pages = listing_pages(lines)
    at = min(max(page, 0), len(pages) - 1)
    heading = f"## {say('chat.plan.heading_section', section=say(f'chat.plan.sections.{name}'))}"
    top = [heading, say("chat.plan.listed", count=section_count(plan, name)), *pages[at]]
    if len(lines) < section_count(plan, name) and at == len(pages) - 1:
        top.append(say("chat.plan.beginning", shown=len(lines)))
    if len(pages) > 1:
        foot = f"{say('chat.foot.page', page=at + 1, pages=len(pages))} · {foot}"
    turn = turning(phrases, handle.to(READ, 0, section), READ, at, len(pages))
    return Card("\n".join(top), _tone(plan), foot=(foot,), rows=tuple(row for row in (turn, *rows) if row))


def plan_buttons(phrases: Phrases, handle: Handle) -> Row:
    """Apply, Cancel, As a file."""
    say = phrases.say
    return (
        button(say("chat.plan.apply"), handle.to(APPLY), primary=True),
        button(say("chat.plan.cancel"), handle.to(CANCEL)),
        button(say("chat.plan.file"), handle.to(FILE)),
    )


def overview_lines(phrases: Phrases, plan: "Plan") -> list[str]:
    """The first page: counts, what it does to answers, and the beginning of what matters most."""
    say = phrases.say
    lines = [f"## {say('chat.plan.heading')}"]
    if plan.danger:
        lines.append(f"**{danger_words(phrases, plan)}**")
    lines += [say("chat.plan.nothing_yet"), *count_lines(phrases, plan)]
    if plan.reanalysed:
        lines.append(say("chat.corpus.reload.reanalysed"))
    lines += answers_lines(phrases, plan)
    return [*lines, *_beginnings(phrases, plan)]


def danger_words(phrases: Phrases, plan: "Plan") -> str:
    """Why the plan is applied only after a typed confirmation."""
    removed = plan.count("removed")
    return phrases.say(f"chat.plan.danger.{plan.danger}", count=removed, before=phrases.number(plan.before))


def count_lines(phrases: Phrases, plan: "Plan") -> list[str]:
    """Articles before and after, what comes, changes and goes, names and dated statements."""
    say = phrases.say
    counted = [say(f"chat.corpus.reload.{key}", count=plan.count(key)) for key in ("added", "changed", "removed")]
    lines = [
        say("chat.plan.articles", before=phrases.number(plan.before), count=plan.after),
        " · ".join(counted),
        " · ".join(
            [
                _rejected(phrases, plan),
                say("chat.plan.duplicates", count=plan.count("duplicates")),
            ]
        ),
    ]
    for key in ("names", "statements"):
        came, went = ("new_names", "vanished_names") if key == "names" else ("statements_gained", "statements_lost")
        if plan.count(came) or plan.count(went):
            numbers = {"came": phrases.number(plan.count(came)), "went": phrases.number(plan.count(went))}
            lines.append(say(f"chat.plan.{key}", **numbers))
    return lines


def _rejected(phrases: Phrases, plan: "Plan") -> str:
    said = phrases.say("chat.plan.rejected", count=plan.count("rejected"))
    new = len({one.file for one in plan.rejected}.intersection(plan.newly_rejected))
    return phrases.say("chat.plan.newly", rejected=said, new=phrases.number(new)) if new else said


def answers_lines(phrases: Phrases, plan: "Plan") -> list[str]:
    """How many questions were asked of both states, and how many answers would be others."""
    say = phrases.say
    if plan.compared != "whole":
        return [say("chat.plan.not_compared")] if plan.compared == "articles" else []
    faults = []
    if plan.golden_fault:
        faults.append(say("chat.plan.golden_fault", reason=inline(plan.golden_fault, _FAULT)))
    if not plan.asked and not plan.golden:
        return [say("chat.plan.no_questions"), *faults]
    lines = [say("chat.plan.questions", asked=phrases.number(plan.asked), golden=phrases.number(plan.golden))]
    changes = [(key, section_count(plan, key)) for key in ("lost", "gained", "changed_answers")]
    if any(count for _, count in changes):
        lines.append("**" + " · ".join(say(f"chat.plan.answers.{key}", count=count) for key, count in changes) + "**")
    else:
        lines.append(say("chat.plan.answers.same"))
    if plan.failing:
        lines.append(say("chat.plan.answers.failing", count=plan.count("failing")))
    return [*lines, *faults]


def _beginnings(phrases: Phrases, plan: "Plan") -> list[str]:
    """The first of the lists that matter most, as far as the card holds them."""
    lines: list[str] = []
    used = 0.0
    for name, keep in _BEGINNINGS.items():
        first = section_lines(phrases, plan, name, keep)
        more = section_count(plan, name) - len(first)
        if more > 0:
            first.append(f"- {phrases.say('chat.plan.more', count=more)}")
        if not first:
            continue
        block = [f"**{phrases.say(f'chat.plan.sections.{name}')}**", *first]
        used += sum(weigh(line) + 1 for line in block)
        if used <= _LISTED:
            lines += block
    return lines


def _sections(phrases: Phrases, plan: "Plan", handle: Handle) -> Row:
    """The select of lists, each with its length; nothing where all are empty."""
    counted = [(at, name, section_count(plan, name)) for at, name in enumerate(SECTIONS, 1)]
    options = [
        discord.SelectOption(
            label=phrases.say(f"chat.plan.sections.{name}"),
            value=str(at),
            description=phrases.say("chat.plan.listed", count=count),
        )
        for at, name, count in counted
        if count
    ]
    if not options:
        return ()
    options.insert(0, discord.SelectOption(label=phrases.say("chat.plan.overview"), value="0"))
    custom_id = str(handle.to(READ, 0, SELECT))
    return (ui.Select(custom_id=custom_id, placeholder=phrases.say("chat.plan.show"), options=options),)


def _tone(plan: "Plan") -> Tone:
    if plan.danger or plan.answers_with("lost") or plan.failing:
        return Tone.TROUBLE
    return Tone.PARTIAL if plan.newly_rejected or plan.count("removed") else Tone.EVIDENCE
