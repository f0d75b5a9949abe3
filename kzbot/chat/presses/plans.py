"""The buttons of a plan: read it, apply it, cancel it, take it away as a file; for any moderator, also after a restart.

The row of the card says by its generation which candidate it is about. The plan itself is read anew each time: one that
was applied, cancelled or replaced is gone, and then that is said.
"""

import asyncio
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from discord import ui

from kzbot.chat.cards.frame import Tone, build, notice
from kzbot.chat.cards.plans.plan import NO_LABELS, danger_words, plan_card, plan_view
from kzbot.chat.cards.plans.report import outcome_view, outcome_words
from kzbot.chat.cards.plans.taken import plan_file_view
from kzbot.chat.desk import Desk
from kzbot.chat.handle import APPLY, CANCEL, FILE, READ, Handle, template
from kzbot.chat.moderation import actor_of
from kzbot.chat.presses.guarded import Spoken, shown_privately, tell
from kzbot.chat.presses.modals import Form, modal
from kzbot.chat.presses.moderating import ModeratorPress
from kzbot.chat.presses.noted import noted
from kzbot.chat.presses.taking import megabytes
from kzbot.chat.progress import Progress
from kzbot.chat.replies import in_time, replace, send
from kzbot.querylog.rows import QueryRow

if TYPE_CHECKING:
    from kzbot.operations.outcome import Outcome
    from kzbot.operations.planning.plan import Plan

_TYPED = "typed"
_MOST_TYPED = 20
_WAYS = {"corpus add": "import", "corpus remove": "removal", "corpus restore": "restore"}
"""How what is applied came about, by the command whose plan it is."""


class ReadPlan(ModeratorPress, template=template(READ)):
    """Lists and pages of a plan; in place on a private card, as a private copy of a posted one."""

    async def moderate(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        plan = await _plan(interaction, desk, row)
        if plan is None:
            return
        section = int(self.chosen) if self.chosen.isdecimal() else handle.number
        card = await asyncio.to_thread(plan_card, desk.services.phrases, plan, handle, section, handle.page)
        view = build(card, NO_LABELS)
        if shown_privately(interaction):
            await replace(interaction, view)
        else:
            await send(interaction, view, private=True)


class ApplyPlan(ModeratorPress, template=template(APPLY)):
    """Applies a plan; one that is dangerous asks first to type how many articles go."""

    async def moderate(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        plan = await _plan(interaction, desk, row)
        if plan is None:
            return
        if plan.confirmation is None:
            await _apply(interaction, desk, handle, row, None)
            return
        say = desk.services.phrases.say
        field: ui.TextInput[ui.Modal] = ui.TextInput(custom_id=_TYPED, max_length=_MOST_TYPED)
        words = f"{danger_words(desk.services.phrases, plan)}\n{say('chat.plan.confirm.would')}"
        items: tuple[ui.Item[Any], ...] = (
            ui.TextDisplay(words),
            ui.Label(text=say("chat.plan.confirm.label"), description=say("chat.plan.confirm.how"), component=field),
        )
        await interaction.response.send_modal(modal(say("chat.plan.confirm.title"), handle.to(APPLY), items))


class ConfirmPlan(Form):
    """The number that was typed for a dangerous plan."""

    kind = APPLY
    moderators = True

    async def filled(
        self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow, values: Mapping[str, Sequence[str]]
    ) -> None:
        if await _plan(interaction, desk, row) is not None:
            await _apply(interaction, desk, handle, row, next(iter(values.get(_TYPED, ())), ""))


class CancelPlan(ModeratorPress, template=template(CANCEL)):
    """Throws the candidate away."""

    async def moderate(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        keeper, actor = desk.services.keeper, actor_of(interaction)
        work = keeper.cancel(row.generation or "", actor)
        outcome = await in_time(interaction, work, private=True, update=True)
        await _show(interaction, desk, handle, outcome)
        keeper.tell(outcome, actor, "cancel")


class TakePlan(ModeratorPress, template=template(FILE)):
    """The whole plan as a file, to whoever asks for it alone."""

    async def moderate(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        plan = await _plan(interaction, desk, row)
        if plan is None:
            return
        from kzbot.operations.planning.text import plan_text  # noqa: PLC0415 - a start does not wait for what is seldom asked for

        phrases = desk.services.phrases
        text = await in_time(interaction, asyncio.to_thread(plan_text, plan, phrases), private=True)
        data, limit = text.encode("utf-8", "replace"), interaction.filesize_limit
        if len(data) > limit:
            said = phrases.say("chat.take.too_large", size=megabytes(len(data)), limit=megabytes(limit))
            await send(interaction, notice(said, Tone.NOTHING), private=True)
            return
        view, file = plan_file_view(phrases, plan, data, handle)
        await send(interaction, view, private=True, files=(file,))


async def _plan(interaction: Spoken, desk: Desk, row: QueryRow) -> "Plan | None":
    """The plan of the card; None where it waits no longer, and then that is said."""
    plan = await desk.services.keeper.plan_named(row.generation) if row.generation else None
    if plan is None:
        await tell(interaction, desk, "operations.plan.gone")
    return plan


async def _apply(interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow, typed: str | None) -> None:
    """Applies, telling how far it is where the plan must be made anew; what fails leaves the plan as it stood."""
    assert row.generation is not None
    keeper, phrases = desk.services.keeper, desk.services.phrases
    progress = Progress(interaction, phrases)
    way = _WAYS.get(row.command, "reload")
    work = keeper.apply(row.generation, actor_of(interaction), way=way, typed=typed, progress=progress.told)
    try:
        outcome = await in_time(interaction, work, private=True, update=True)
    except Exception:
        await progress.end()
        plan = await keeper.plan_named(row.generation)
        if progress.shown and plan is not None:
            await replace(interaction, plan_view(phrases, plan, handle))
        raise
    await progress.end()
    if outcome.kind in ("planned", "unchanged"):
        keeper.tell(outcome, actor_of(interaction), "reload")
    if outcome.plan is not None and outcome.kind == "planned":
        handle = await noted(interaction, desk, row.command, outcome.plan.candidate)
    await _show(interaction, desk, handle, outcome)


async def _show(interaction: Spoken, desk: Desk, handle: Handle, outcome: "Outcome") -> None:
    """In the place of the card where anything came of it; a refusal is told to who pressed, and the card stays."""
    phrases = desk.services.phrases
    if outcome.kind in ("refused", "unconfirmed"):
        await send(interaction, notice(outcome_words(phrases, outcome), Tone.NOTHING), private=True)
        return
    who = None if shown_privately(interaction) else f"<@{interaction.user.id}>"
    await replace(interaction, outcome_view(phrases, outcome, handle, who))
