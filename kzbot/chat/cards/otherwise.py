"""Cards of answers without evidence: not found, ambiguous, a bad request."""

from kzbot.answers.question import typed
from kzbot.chat.asked import Asked
from kzbot.chat.cards.buttons import button, choosing
from kzbot.chat.cards.foot import read_range
from kzbot.chat.cards.frame import Card, Tone
from kzbot.chat.cards.message import receipt_lines, sentence
from kzbot.chat.cards.source import stood, then_entries
from kzbot.chat.handle import SUGGESTION
from kzbot.phrases import Phrases


def not_found_card(phrases: Phrases, asked: Asked) -> Card:
    """Says so, and what was tried; of a passage whose article is gone, how it read."""
    answer = asked.answer
    heading = f"## {phrases.say('chat.heading.not_found')}"
    lines = [heading, sentence(phrases, answer), *stood(phrases, answer), *receipt_lines(phrases, answer)]
    return Card("\n".join(lines), Tone.NOTHING, then_entries(phrases, answer))


def ambiguous_card(phrases: Phrases, asked: Asked) -> Card:
    """Offers what could have been meant."""
    answer = asked.answer
    heading = f"## {phrases.say('chat.heading.ambiguous')}"
    row = choosing(phrases, asked.handle, answer.choices)
    return Card(f"{heading}\n{sentence(phrases, answer)}", Tone.PARTIAL, rows=(row,) if row else ())


def bad_request_card(phrases: Phrases, asked: Asked) -> Card:
    """Says what is wrong, and offers the question that was probably meant."""
    answer = asked.answer
    heading = f"## {phrases.say('chat.heading.bad_request')}"
    lines = [heading, sentence(phrases, answer)]
    if answer.read_as:
        lines.append(phrases.say("chat.read_as", range=read_range(phrases, answer)))
    if answer.suggestion is None:
        return Card("\n".join(lines), Tone.TROUBLE)
    label = phrases.say("chat.suggestion", question=typed(answer.suggestion))
    return Card("\n".join(lines), Tone.TROUBLE, rows=((button(label, asked.handle.to(SUGGESTION), primary=True),),))
