"""The small print under an answer: how it was reached, and from which state of the corpus."""

from collections.abc import Sequence

from kzbot.answers.commands import command_named
from kzbot.answers.model import Answer
from kzbot.chat.asked import Asked
from kzbot.chat.cards.words import date_words
from kzbot.chat.escape import inline
from kzbot.phrases import Phrases

_LISTED = 160
_NAMED = 60


def foot(phrases: Phrases, asked: Asked, pages: int) -> tuple[str, ...]:
    """Filter and spellings, then counts, generation and the number of the question in the log."""
    return (*_filter(phrases, asked.answer), *_spellings(phrases, asked.answer), counts(phrases, asked, pages))


def read_range(phrases: Phrases, answer: Answer) -> str:
    """How from and to were read, in words; empty where neither was given."""
    ends = [end for end in ("topic", "from", "to", "since") if end in answer.read_as]
    return ", ".join(phrases.say(f"chat.foot.{end}", date=date_words(phrases, answer.read_as[end])) for end in ends)


def _filter(phrases: Phrases, answer: Answer) -> list[str]:
    """Which date was filtered, how from and to were read, and what else the answer keeps to."""
    if answer.status == "bad_request":
        return []
    lines = []
    if answer.read_as:
        command = command_named(answer.command)
        by_article = command is None or command.filters is None or answer.options.get("articles") is True
        held = "article" if by_article or command is None else command.filters
        lines.append(phrases.say(f"chat.foot.filter_{held}", range=read_range(phrases, answer)))
    if answer.publishers:
        lines.append(phrases.say("chat.foot.publishers", publishers=listed(answer.publishers)))
    if answer.without:
        lines.append(phrases.say("chat.foot.without", words=listed(answer.without)))
    return lines


def _spellings(phrases: Phrases, answer: Answer) -> list[str]:
    """Where nothing was found, its receipt says which spellings were tried."""
    if answer.status == "not_found":
        return []
    lines = [
        phrases.say(
            "chat.foot.matched_through",
            used=inline(one.used, _NAMED),
            asked=inline(one.asked, _NAMED),
            how=_how(phrases, one.how),
        )
        for one in answer.guessed[:3]
    ]
    if answer.also_sought:
        lines.append(phrases.say("chat.foot.also_sought", names=listed(answer.also_sought)))
    return lines


def _how(phrases: Phrases, how: str) -> str:
    return phrases.say(f"chat.foot.how.{how}")


def counts(phrases: Phrases, asked: Asked, pages: int = 1) -> str:
    """How much the answer holds, from which state of the corpus, and the number of the question in the log."""
    answer = asked.answer
    parts = [phrases.say("chat.foot.articles", count=answer.articles)]
    if answer.undated_in_all:
        parts.insert(0, phrases.say("chat.foot.undated", count=answer.undated_in_all))
    if answer.total and answer.command != "source":
        parts.insert(0, _items(phrases, answer))
    if pages > 1:
        parts.insert(0, phrases.say("chat.foot.page", page=asked.page + 1, pages=pages))
    parts.append(phrases.say("chat.foot.generation", id=inline(answer.generation, _NAMED)))
    parts.append(phrases.say("chat.foot.number", number=asked.handle.row))
    return " · ".join(parts)


def _items(phrases: Phrases, answer: Answer) -> str:
    """How many items there are; where several are one entry of the list, how many entries."""
    items = phrases.say("chat.foot.items", count=answer.total)
    if answer.listed == answer.total:
        return items
    return phrases.say("chat.foot.entries", items=items, count=answer.listed)


def listed(values: Sequence[str], limit: int = _LISTED) -> str:
    """Values on one line, escaped, as many as fit."""
    return inline(", ".join(values), limit)
