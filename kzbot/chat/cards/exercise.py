"""The card of `/exercise`: the profile, every fact with the number of its excerpt, then the mentions."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from kzbot.answers.model import Answer, Fact, Profile
from kzbot.chat.asked import Asked
from kzbot.chat.cards.entries import dated_entries
from kzbot.chat.cards.foot import listed
from kzbot.chat.cards.frame import Card, Tone
from kzbot.chat.cards.message import missing_lines, sentence
from kzbot.chat.cards.words import date_words
from kzbot.chat.escape import inline
from kzbot.chat.fit import weigh
from kzbot.chat.paging import pages_for
from kzbot.phrases import Phrases

_BESIDE = 1100.0
"""A profile of at most this weight stands above the first mentions; a longer one has pages of its own."""
_ALONE = 2600.0
_NAME = 80


def exercise_card(phrases: Phrases, asked: Asked) -> Card:
    """A page of the profile or of the mentions; the caller adds foot and buttons."""
    answer, per_page = asked.answer, asked.per_page
    chunks, alone = _plan(phrases, answer)
    tone = Tone.PARTIAL if answer.status == "partial" else Tone.EVIDENCE
    heading = f"## {inline(answer.profile.name if answer.profile else answer.command, _NAME)}"
    if asked.page < alone:
        return Card("\n".join([heading, *chunks[asked.page]]), tone)
    at = (asked.page - alone) * per_page
    top = [heading, *(chunks[0] if asked.page == 0 else ())]
    return Card("\n".join(top), tone, dated_entries(phrases, asked, answer.items[at : at + per_page], at + 1))


def pages(phrases: Phrases, asked: Asked) -> int:
    """How many pages the profile and all mentions fill."""
    return max(1, _plan(phrases, asked.answer)[1] + pages_for(asked.answer.total, asked.per_page))


def _plan(phrases: Phrases, answer: Answer) -> tuple[list[list[str]], int]:
    """The profile's lines in chunks, and how many of them have pages of their own."""
    lines = [sentence(phrases, answer), *missing_lines(phrases, answer)]
    if answer.profile is not None:
        lines += _profile_lines(phrases, answer.profile, _numbers(answer))
    if sum(weigh(line) + 1 for line in lines) <= _BESIDE:
        return [lines], 0
    chunks: list[list[str]] = [[]]
    used = 0.0
    for line in lines:
        if chunks[-1] and used + weigh(line) + 1 > _ALONE:
            chunks.append([])
            used = 0.0
        chunks[-1].append(line)
        used += weigh(line) + 1
    return chunks, len(chunks)


def _numbers(answer: Answer) -> dict[str, int]:
    """The number of the first excerpt with each address."""
    numbers: dict[str, int] = {}
    for at, item in enumerate(answer.items, answer.offset + 1):
        numbers.setdefault(item.address, at)
    return numbers


def _profile_lines(phrases: Phrases, profile: Profile, numbers: Mapping[str, int]) -> list[str]:
    lines = [phrases.say("chat.exercise.kind", kind=inline(profile.kind, _NAME))]
    if profile.variants:
        lines.append(phrases.say("chat.exercise.variants", variants=listed(profile.variants, 300)))
    if profile.editions:
        lines.append(phrases.say("chat.exercise.editions", editions=_editions(phrases, profile.editions, numbers)))
    once = profile.first is not None and profile.first == profile.last
    for key, edtf in (("only", profile.first),) if once else (("first", profile.first), ("last", profile.last)):
        if edtf:
            lines.append(phrases.say(f"chat.exercise.{key}", date=date_words(phrases, edtf)))
    if profile.related:
        lines.append(phrases.say("chat.exercise.related", related=listed(profile.related, 300)))
    return lines + _participants(phrases, profile.participants, numbers)


def _editions(phrases: Phrases, editions: Sequence[Fact], numbers: Mapping[str, int]) -> str:
    shown = [_numbered(_edition(phrases, fact), fact, numbers) for fact in editions[:20]]
    if len(editions) > len(shown):
        shown.append(phrases.say("chat.exercise.more", count=len(editions) - len(shown)))
    return ", ".join(shown)


def _edition(phrases: Phrases, fact: Fact) -> str:
    year = date_words(phrases, fact.edition) if fact.edition else inline(fact.value, _NAME)
    when = date_words(phrases, fact.date) if fact.date and fact.date != fact.edition else ""
    return f"{year} ({when})" if when else year


def _participants(phrases: Phrases, facts: Sequence[Fact], numbers: Mapping[str, int]) -> list[str]:
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
            lines += [f"- {label}: {_who(part, numbers)}" for part in _batches(some)]
    return lines


def _label(phrases: Phrases, edition: str | None, capacity: str | None) -> str:
    when = phrases.say("chat.exercise.no_edition") if edition is None else date_words(phrases, edition)
    if not capacity:
        return f"**{when}**"
    return phrases.say("chat.exercise.capacity", edition=f"**{when}**", capacity=inline(capacity, _NAME))


def _batches(facts: Sequence[Fact]) -> list[Sequence[Fact]]:
    """Lines of at most sixteen, so that a long list can be parted between pages."""
    return [facts[at : at + 16] for at in range(0, len(facts), 16)]


def _who(facts: Sequence[Fact], numbers: Mapping[str, int]) -> str:
    """Names; neighbours that one excerpt tells of share its number."""
    told = []
    for _, group in groupby(facts, key=lambda fact: fact.address):
        some = list(group)
        told.append(_numbered(", ".join(inline(fact.value, _NAME) for fact in some), some[0], numbers))
    return "; ".join(told)


def _numbered(text: str, fact: Fact, numbers: Mapping[str, int]) -> str:
    number = numbers.get(fact.address)
    return f"{text} \\[{number}\\]" if number else text
