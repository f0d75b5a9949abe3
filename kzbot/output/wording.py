"""Words that files and pictures share: dates, and what an answer is about."""

from kzbot.answers.model import Answer
from kzbot.phrases import Phrases


def date_words(phrases: Phrases, edtf: str, modifier: str | None = None) -> str:
    """A date in words; one that the phrases do not know as it is written."""
    try:
        return phrases.date(edtf, modifier)
    except ValueError:
        return edtf


def subject(answer: Answer) -> str:
    """What was asked about, on one line; empty where everything was."""
    options = answer.options
    asked = (answer.values.get("topic"), *(options.get(name) for name in ("topic", "name", "query", "what")))
    return next((" ".join(str(one).split()) for one in asked if one), "")


def heading(answer: Answer, phrases: Phrases) -> str:
    """What a file or a picture is called."""
    about = subject(answer)
    if answer.command != "timeline":
        return about or answer.command
    return phrases.say("output.heading", about=about) if about else phrases.say("output.heading_all")
