"""The lists of `/corpus status`, read anew each time."""

import asyncio

from kzbot.chat.cards.frame import build
from kzbot.chat.cards.plans.plan import NO_LABELS
from kzbot.chat.cards.status import Doubtful, status_card
from kzbot.chat.desk import Desk
from kzbot.chat.handle import STATUS, Handle, template
from kzbot.chat.presses.guarded import Spoken
from kzbot.chat.presses.moderating import ModeratorPress
from kzbot.chat.presses.noted import noted
from kzbot.chat.replies import in_time, replace
from kzbot.querylog.rows import QueryRow


class TurnStatus(ModeratorPress, template=template(STATUS)):
    """The select of lists, Previous and Next."""

    async def moderate(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        held = await in_time(interaction, doubtful(desk), private=True, update=True)
        waiting = about(held)
        if waiting != row.generation:
            handle = (await noted(interaction, desk, row.command, waiting)).to(STATUS, handle.page, handle.number)
        section = int(self.chosen) if self.chosen.isdecimal() else handle.number
        card = await asyncio.to_thread(status_card, desk.services.phrases, held, handle, section, handle.page)
        await replace(interaction, build(card, NO_LABELS))


async def doubtful(desk: Desk) -> Doubtful:
    """The state of the corpus, with the doubts that are open and the plan that waits."""
    status = await desk.services.status()
    _, doubts = await desk.services.log.ledger.reports("open", 1)
    return Doubtful(status, doubts, await desk.services.keeper.waiting())


def about(held: Doubtful) -> str | None:
    """The candidate that the card's buttons are about."""
    return held.plan.candidate if held.plan else None
