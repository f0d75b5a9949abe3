"""The entries of `/new`: each article under a heading, with when it arrived and its new names."""

from itertools import groupby

from kzbot.answers.model import Arrived
from kzbot.chat.asked import Asked
from kzbot.chat.cards.entries import dated_entries
from kzbot.chat.cards.foot import listed
from kzbot.chat.cards.frame import Entry
from kzbot.chat.cards.overview import under
from kzbot.chat.cards.words import date_words, title
from kzbot.phrases import Phrases

_NAMES = 400
"""Characters of the new names on a page, of all its articles together."""


def arrived_entries(phrases: Phrases, asked: Asked, first: int) -> tuple[Entry, ...]:
    """The entries of a page, which begins with the entry of this place; an article that began before says so."""
    arrived = {one.article: one for one in asked.answer.arrived}
    found, at = list[Entry](), first
    groups = [(article, list(its)) for article, its in groupby(asked.answer.items, key=lambda item: item.article)]
    for article, items in groups:
        entries = dated_entries(phrases, asked, items, at + 1, titled=False)
        one = arrived.get(article)
        said = title(phrases, items[0])
        head = f"### {phrases.say('chat.new.goes_on', title=said) if one is not None and one.at < at else said}"
        found += under("\n".join([head, *_lines(phrases, one, at, _NAMES // len(groups))]), entries)
        at += len(items)
    return tuple(found)


def _lines(phrases: Phrases, one: Arrived | None, at: int, room: int) -> list[str]:
    """When an article arrived and its new names in so many characters, where the page shows its beginning."""
    if one is None or one.at < at:
        return []
    parts = [phrases.say("chat.new.arrived", day=date_words(phrases, one.first_seen[:10]))]
    if one.names:
        parts.append(phrases.say("chat.new.names", count=len(one.names), names=listed(one.names, room)))
    return [f"-# {' · '.join(parts)}"]
