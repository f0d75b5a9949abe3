"""Under an answer: whether it was useful, and the wish to be told when there is one."""

from kzbot.chat.asked import Asked
from kzbot.chat.cards.buttons import button
from kzbot.chat.cards.frame import Row
from kzbot.chat.handle import NOT_USEFUL, TELL, USEFUL
from kzbot.phrases import Phrases
from kzbot.querylog.review.rows import UNANSWERED


def rating_row(phrases: Phrases, asked: Asked) -> Row:
    """The buttons for everybody who sees the card; nothing under a question that was asked wrongly, or by the bot."""
    status = asked.answer.status
    if status == "bad_request" or asked.by_bot:
        return ()
    say = phrases.say
    row: Row = (
        button(say("chat.rating.useful"), asked.handle.to(USEFUL)),
        button(say("chat.rating.not_useful"), asked.handle.to(NOT_USEFUL)),
    )
    if status in UNANSWERED and not asked.lent:
        row += (button(say("chat.rating.tell"), asked.handle.to(TELL)),)
    return row
