"""The buttons of the history: its pages, a state to go back to, and the two presses that serve another state again."""

from kzbot.chat.cards.frame import Tone, notice
from kzbot.chat.cards.history import PER_PAGE, history_view, return_view
from kzbot.chat.cards.plans.report import outcome_view, outcome_words
from kzbot.chat.desk import Desk
from kzbot.chat.handle import BACK, HISTORY, RECALL, RETURN, Handle, template
from kzbot.chat.moderation import actor_of
from kzbot.chat.presses.guarded import Spoken, shown_privately, tell
from kzbot.chat.presses.moderating import ModeratorPress
from kzbot.chat.presses.noted import noted
from kzbot.chat.replies import in_time, replace, send
from kzbot.querylog.rows import QueryRow


class TurnHistory(ModeratorPress, template=template(HISTORY)):
    """Previous and Next."""

    async def moderate(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        keeper = desk.services.keeper
        rows, total = await keeper.history(PER_PAGE, handle.page * PER_PAGE)
        served, kept = desk.services.shelf.id, keeper.kept()
        view = history_view(desk.services.phrases, rows, total, handle.page, handle, served=served, kept=kept)
        await replace(interaction, view)


class RecallState(ModeratorPress, template=template(RECALL)):
    """The select of kept states: says what going back would change; nothing is done yet."""

    async def moderate(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        plan = await in_time(interaction, desk.services.keeper.going_back(self.chosen), private=True)
        if plan is None:
            await tell(interaction, desk, "operations.rollback.gone")
            return
        handle = await noted(interaction, desk, row.command, plan.candidate)
        await send(interaction, return_view(desk.services.phrases, plan, handle), private=True)


class ReturnToState(ModeratorPress, template=template(RETURN)):
    """Serves the state of the card's row again."""

    async def moderate(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        await _serve(interaction, desk, handle, row.generation or "")


class RollBack(ModeratorPress, template=template(BACK)):
    """Takes an application back (its number in the history is the handle's), as long as its state is still the served one."""

    async def moderate(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        done = await desk.services.log.ledger.application(handle.number)
        if done is None or done.former is None:
            await tell(interaction, desk, "operations.rollback.gone")
        elif done.generation != desk.services.shelf.id:
            await tell(interaction, desk, "chat.history.overtaken")
        else:
            await _serve(interaction, desk, handle, done.former)


async def _serve(interaction: Spoken, desk: Desk, handle: Handle, generation: str) -> None:
    """The outcome stands in the place of the card; a refusal is told, and the card stays."""
    work = desk.services.keeper.roll_back(generation, actor_of(interaction))
    outcome = await in_time(interaction, work, private=True, update=True)
    phrases = desk.services.phrases
    if outcome.kind != "applied":
        await send(interaction, notice(outcome_words(phrases, outcome), Tone.NOTHING), private=True)
        return
    who = None if shown_privately(interaction) else f"<@{interaction.user.id}>"
    await replace(interaction, outcome_view(phrases, outcome, handle, who))
