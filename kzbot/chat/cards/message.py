"""What an answer says in a sentence, escaped as a whole: values in it are what people typed."""

from kzbot.answers.model import Answer
from kzbot.chat.cards.foot import listed
from kzbot.chat.escape import inline, plain, unescape
from kzbot.phrases import Phrases

_VALUE = 120
_SENTENCE = 500


def sentence(phrases: Phrases, answer: Answer) -> str:
    """The answer's own sentence, one line."""
    values = {key: _value(value) for key, value in phrases.dated(answer.values).items()}
    return inline(phrases.say(answer.message, **values), _SENTENCE)


def _value(value: object) -> object:
    if isinstance(value, list | tuple | set | frozenset):
        return plain(", ".join(map(str, value)), _VALUE)
    return plain(value, _VALUE) if isinstance(value, str) else value


def missing_lines(phrases: Phrases, answer: Answer) -> list[str]:
    """What no passage says, for a partial answer whose sentence does not name it."""
    said = unescape(sentence(phrases, answer))
    if all(plain(one, _VALUE) in said for one in answer.missing):
        return []
    return [phrases.say("chat.missing", missing=listed(answer.missing))]


def receipt_lines(phrases: Phrases, answer: Answer) -> list[str]:
    """What was tried, plainly, when nothing was found."""
    receipt = answer.receipt
    if receipt is None:
        return []
    where = phrases.say("chat.receipt.articles", count=receipt.articles)
    if receipt.years:
        where = phrases.say("chat.receipt.years", articles=where, years=inline(receipt.years, 60))
    lines = [phrases.say("chat.receipt.looked", where=where)]
    filters = [f"{name}: {value}" for name, value in receipt.filters.items() if name not in answer.read_as]
    if filters:
        lines.append(phrases.say("chat.receipt.filters", filters=listed(filters)))
    if receipt.spellings:
        lines.append(phrases.say("chat.receipt.spellings", spellings=listed(receipt.spellings)))
    if receipt.nearest:
        lines.append(phrases.say("chat.receipt.nearest", nearest=listed(receipt.nearest, 300)))
    return lines
