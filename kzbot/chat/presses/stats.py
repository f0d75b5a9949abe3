"""The select of periods below the log's figures."""

from kzbot.chat.cards.stats import figures_of, read_period, stats_shown
from kzbot.chat.desk import Desk
from kzbot.chat.handle import PERIOD, Handle, template
from kzbot.chat.presses.guarded import Spoken, tell
from kzbot.chat.presses.moderating import ModeratorPress
from kzbot.chat.replies import in_time, replace_filed
from kzbot.querylog.rows import QueryRow


class ChoosePeriod(ModeratorPress, template=template(PERIOD)):
    """The figures of another period, as they are now, in the place of the card."""

    async def moderate(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        period = read_period(self.chosen, desk.services.clock().date())
        if period is None:
            await tell(interaction, desk, "chat.press.old")
            return
        made = figures_of(desk, period, dark=bool(row.options.get("dark")))
        figures = await in_time(interaction, made, private=True, update=True)
        await replace_filed(interaction, stats_shown(desk.services.phrases, handle, figures))
