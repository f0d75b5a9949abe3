"""Cards of `/timeline` and `/search`."""

from kzbot.answers.model import Answer
from kzbot.chat.asked import Asked
from kzbot.chat.cards.entries import dated_entries, ranked_entries, undated_entries
from kzbot.chat.cards.frame import Card, Entry, Tone
from kzbot.chat.cards.message import missing_lines, sentence
from kzbot.chat.escape import inline
from kzbot.chat.paging import list_pages, pages_for, undated_on
from kzbot.phrases import Phrases

_TITLE = 100


def list_card(phrases: Phrases, asked: Asked) -> Card:
    """A page of a list; the caller adds foot and buttons."""
    answer = asked.answer
    lines = [f"## {heading(phrases, answer)}", sentence(phrases, answer), *missing_lines(phrases, answer)]
    tone = Tone.PARTIAL if answer.status == "partial" else Tone.EVIDENCE
    return Card("\n".join(lines), tone, _entries(phrases, asked))


def pages(asked: Asked) -> int:
    """How many pages this answer has."""
    return list_pages(asked.answer, asked.per_page)


def heading(phrases: Phrases, answer: Answer) -> str:
    """What the list is of, escaped."""
    about = answer.options.get("topic" if answer.command == "timeline" else "query")
    if not isinstance(about, str):
        return phrases.say("chat.heading.timeline_all")
    return phrases.say(f"chat.heading.{answer.command}", about=inline(about, _TITLE))


def _entries(phrases: Phrases, asked: Asked) -> tuple[Entry, ...]:
    answer, first = asked.answer, asked.page * asked.per_page
    if answer.command == "search":
        return ranked_entries(phrases, asked, answer.items, first + 1)
    undated = undated_on(answer, asked.page, asked.per_page)
    if not undated:
        return dated_entries(phrases, asked, answer.items, first + 1)
    at = answer.listed + (asked.page - pages_for(answer.listed, asked.per_page)) * asked.per_page
    return undated_entries(phrases, asked, undated, at + 1)
