"""Dates, grounds and sources in words, escaped, as cards say them."""

from kzbot.answers.model import DatedMark, Evidence
from kzbot.chat.escape import inline
from kzbot.phrases import Phrases

TITLE = 110
PUBLISHER = 50
GROUND = 110
DATE = 60


def date_words(phrases: Phrases, edtf: str, modifier: str | None = None) -> str:
    """A date in words; one that the phrases do not know as it is written."""
    try:
        said = phrases.date(edtf, modifier)
    except ValueError:
        said = edtf
    return inline(said, DATE)


def dated(phrases: Phrases, one: DatedMark) -> str:
    """The date of a statement in words, with what must be known beside it: announced, or perhaps outside of the filter."""
    words = date_words(phrases, one.mark.edtf, one.mark.modifier)
    notes = []
    if one.mark.planned:
        notes.append(phrases.say("chat.item.planned"))
    if one.fit == "possible":
        notes.append(phrases.say("chat.item.possible"))
    return " · ".join([words, *notes])


def ground(phrases: Phrases, one: DatedMark, item: Evidence) -> str:
    """Why this date: the article's words and what was supplied."""
    return phrases.say(
        "chat.item.ground", ground=inline(phrases.ground(one.mark, item.published, one.corrected), GROUND)
    )


def published(phrases: Phrases, edtf: str | None, basis: str) -> str:
    """When the article was published, and whether that is stated, inferred or unknown."""
    if edtf is None or basis == "unknown":
        return phrases.say("chat.published.unknown")
    return phrases.say(f"chat.published.{basis}", date=date_words(phrases, edtf))


def undated_under(phrases: Phrases, item: Evidence) -> str:
    """What an undated statement stands under: its article's date in words, where that is known."""
    if item.published is None or item.published_basis == "unknown":
        return phrases.say("chat.undated.unknown")
    said = phrases.say(f"chat.undated.{item.published_basis}", date=date_words(phrases, item.published))
    return said[:1].upper() + said[1:]


def title(phrases: Phrases, item: Evidence) -> str:
    """The article's title, marked where the source does not print it."""
    said = inline(item.title, TITLE)
    return phrases.say("chat.item.title_inferred", title=said) if item.title_basis == "inferred" else said


def origin(phrases: Phrases, item: Evidence, *, with_title: bool) -> str:
    """Where an excerpt is from, on one line: title, publisher, publication date."""
    parts = [title(phrases, item)] if with_title else []
    if item.publisher:
        parts.append(inline(item.publisher, PUBLISHER))
    parts.append(published(phrases, item.published, item.published_basis))
    if item.where == "title":
        parts.append(phrases.say("chat.item.heading"))
    return " · ".join(parts)
