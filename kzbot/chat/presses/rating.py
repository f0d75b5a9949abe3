"""“Useful”, “Not useful” and “Tell me” under an answer, for everybody who sees it; each is committed before thanks are said."""

from kzbot.chat.cards.buttons import button
from kzbot.chat.cards.frame import Tone, notice
from kzbot.chat.desk import Desk
from kzbot.chat.handle import AGAIN, NOT_USEFUL, TELL, USEFUL, Handle, template
from kzbot.chat.presses.guarded import Press, Spoken, tell
from kzbot.chat.replies import send
from kzbot.querylog.alike import of_the_corpus
from kzbot.querylog.messages import message_of
from kzbot.querylog.review.rows import UNANSWERED
from kzbot.querylog.rows import QueryRow


class RateUseful(Press, template=template(USEFUL)):
    """The answer was useful to who pressed."""

    wordless = True

    async def act(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        await _rate(interaction, desk, row, useful=True)


class RateNotUseful(Press, template=template(NOT_USEFUL)):
    """The answer was not useful to who pressed."""

    wordless = True

    async def act(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        await _rate(interaction, desk, row, useful=False)


class TellMe(Press, template=template(TELL)):
    """Keeps the wish to be told when the question can be answered; pressed again, takes it back."""

    async def act(self, interaction: Spoken, desk: Desk, handle: Handle, row: QueryRow) -> None:
        if row.status not in UNANSWERED or message_of(row.command, row.options) is not None:
            await tell(interaction, desk, "chat.press.old")
            return
        review, user = desk.services.log.review, interaction.user.id
        wish, say = await review.wish_of(row.number, user), desk.services.phrases.say
        if wish is not None and wish.state == "open":
            await review.unwish(row.number, user)
            await tell(interaction, desk, "chat.rating.unwished")
        elif wish is not None and wish.state == "told":
            when = f"<t:{int((wish.told_at or wish.at).timestamp())}:f>"
            again = button(say("chat.telling.ask"), handle.to(AGAIN), primary=True)
            await send(interaction, notice(say("chat.rating.told", when=when), Tone.NOTHING, [(again,)]), private=True)
        else:
            await review.wish(row.number, user, desk.services.clock())
            desk.teller.wake()
            await tell(interaction, desk, "chat.rating.wished")


async def _rate(interaction: Spoken, desk: Desk, row: QueryRow, *, useful: bool) -> None:
    if row.status not in ("answered", *UNANSWERED) or not of_the_corpus(row.command):
        await tell(interaction, desk, "chat.press.old")
        return
    await desk.services.log.review.rate(row.number, interaction.user.id, useful, desk.services.clock())
    await tell(interaction, desk, "chat.rating.thanks_useful" if useful else "chat.rating.thanks_not_useful")
