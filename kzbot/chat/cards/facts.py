"""Facts of a profile as cards write them: with the number of the excerpt that tells them."""

from kzbot.answers.model import Fact, Profile
from kzbot.chat.cards.words import date_words
from kzbot.phrases import Phrases


def numbered(text: str, fact: Fact) -> str:
    """The text with the number of its excerpt."""
    return f"{text} \\[{fact.number}\\]" if fact.number else text


def mentioned(phrases: Phrases, profile: Profile) -> list[str]:
    """When the first and the last dated mention are, and of which days the articles are that mention it."""
    dated = (profile.first, profile.last) if profile.dated else ()
    lines: list[str] = []
    for group, ends in (("mention", dated), ("published", profile.published)):
        first, last = next(iter(ends), None), next(iter(ends[1:]), None)
        if first is None:
            continue
        if last is None or first == last:
            lines.append(phrases.say(f"chat.profile.{group}.only", date=date_words(phrases, first)))
        else:
            days = {"first": date_words(phrases, first), "last": date_words(phrases, last)}
            lines.append(phrases.say(f"chat.profile.{group}.both", **days))
    return lines
