"""What the card of a profile command such as `/exercise` says of a name, every fact with the number of its excerpt."""

from collections.abc import Sequence
from itertools import groupby

from kzbot.answers.model import Fact, Profile
from kzbot.chat.cards.facts import mentioned, numbered
from kzbot.chat.cards.foot import listed
from kzbot.chat.cards.words import date_words
from kzbot.chat.escape import inline
from kzbot.phrases import Phrases

_NAME = 80


def exercise_lines(phrases: Phrases, profile: Profile) -> list[str]:
    """What is known of an exercise, or of another name of a kind with a profile command, in lines."""
    lines = [phrases.say("chat.exercise.kind", kind=inline(profile.kind, _NAME))]
    if profile.variants:
        lines.append(phrases.say("chat.exercise.variants", variants=listed(profile.variants, 300)))
    if profile.editions:
        lines.append(phrases.say("chat.exercise.editions", editions=_editions(phrases, profile.editions)))
    lines += mentioned(phrases, profile)
    if profile.related:
        lines.append(phrases.say("chat.exercise.related", related=listed(profile.related, 300)))
    return lines + _participants(phrases, profile.participants)


def _editions(phrases: Phrases, editions: Sequence[Fact]) -> str:
    shown = [numbered(_edition(phrases, fact), fact) for fact in editions[:20]]
    if len(editions) > len(shown):
        shown.append(phrases.say("chat.exercise.more", count=len(editions) - len(shown)))
    return ", ".join(shown)


def _edition(phrases: Phrases, fact: Fact) -> str:
    year = date_words(phrases, fact.edition) if fact.edition else inline(fact.value, _NAME)
    when = date_words(phrases, fact.date) if fact.date and fact.date != fact.edition else ""
    return f"{year} ({when})" if when else year


def _participants(phrases: Phrases, facts: Sequence[Fact]) -> list[str]:
    """Lines for each edition and capacity in the order of the editions, those without one last."""
    if not facts:
        return []
    ordered = sorted(facts, key=lambda fact: (fact.edition is None, fact.edition or ""))
    lines = [phrases.say("chat.exercise.participants")]
    for edition, group in groupby(ordered, key=lambda fact: fact.edition):
        alike: dict[str | None, list[Fact]] = {}
        for fact in group:
            alike.setdefault(fact.capacity, []).append(fact)
        for capacity, some in alike.items():
            label = _label(phrases, edition, capacity)
            lines += [f"- {label}: {_who(part)}" for part in _batches(some)]
    return lines


def _label(phrases: Phrases, edition: str | None, capacity: str | None) -> str:
    when = phrases.say("chat.exercise.no_edition") if edition is None else date_words(phrases, edition)
    if not capacity:
        return f"**{when}**"
    return phrases.say("chat.exercise.capacity", edition=f"**{when}**", capacity=inline(capacity, _NAME))


def _batches(facts: Sequence[Fact]) -> list[Sequence[Fact]]:
    """Lines of at most sixteen, so that a long list can be parted between pages."""
    return [facts[at : at + 16] for at in range(0, len(facts), 16)]


def _who(facts: Sequence[Fact]) -> str:
    """Names; neighbours that one excerpt tells of share its number."""
    told = []
    for _, group in groupby(facts, key=lambda fact: fact.address):
        some = list(group)
        told.append(numbered(", ".join(inline(fact.value, _NAME) for fact in some), some[0]))
    return "; ".join(told)
