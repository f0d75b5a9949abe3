"""Facts of a profile as cards write them: with the number of the excerpt that tells them."""

from kzbot.answers.model import Fact, Profile
from kzbot.chat.cards.words import date_words
from kzbot.phrases import Phrases


def numbered(text: str, fact: Fact) -> str:
    """The text with the number of its excerpt."""
    return f"{text} \\[{fact.number}\\]" if fact.number else text


def mentioned(phrases: Phrases, profile: Profile) -> list[str]:
    """When the first and the last dated mention are; where none is dated, of which day their articles are."""
    if profile.first is None:
        return []
    group = "published" if profile.published else "mention"
    if profile.first == profile.last:
        return [phrases.say(f"chat.profile.{group}.only", date=date_words(phrases, profile.first))]
    return [
        phrases.say(f"chat.profile.{group}.{key}", date=date_words(phrases, edtf))
        for key, edtf in (("first", profile.first), ("last", profile.last))
        if edtf
    ]
