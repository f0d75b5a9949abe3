"""What a terminal says of a profile, a line each."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from kzbot.answers.model import Fact, Profile
from kzbot.cli.terminal import one_line
from kzbot.phrases import Phrases

_CALLED = 20


def profile_lines(phrases: Phrases, profile: Profile, date: Callable[[str], str]) -> Iterator[str]:
    """The facts of a profile, each with the address of its excerpt; `date` puts EDTF in words."""
    say = phrases.say
    if profile.called:
        yield say(
            "cli.answer.called", forms=_listed(f"“{fact.value}” ({fact.count})" for fact in profile.called[:_CALLED])
        )
    elif profile.variants and not profile.roles:
        yield say("cli.answer.variants", variants=_listed(profile.variants))
    dated = (profile.first, profile.last) if profile.dated else ()
    for key, ends in (("mentioned", dated), ("published", profile.published)):
        if len(ends) == 2 and ends[0] and ends[1]:
            once = "_once" if ends[0] == ends[1] else ""
            yield say(f"cli.answer.{key}{once}", first=date(ends[0]), last=date(ends[1]))
    if profile.editions:
        yield say("cli.answer.editions", editions=_listed(each.value for each in profile.editions))
    if profile.roles:
        yield say("cli.answer.roles")
        yield from (_role(phrases, fact, date) for fact in profile.roles)
    if profile.participants:
        yield say("cli.answer.participants")
        yield from (_participant(phrases, fact) for fact in profile.participants)
    if profile.beside:
        yield say("cli.answer.beside", names=_listed(f"{fact.value} ({fact.count})" for fact in profile.beside))
    elif profile.related:
        yield say("cli.answer.related", related=_listed(profile.related))


def _role(phrases: Phrases, fact: Fact, date: Callable[[str], str]) -> str:
    if fact.date is None:
        when = phrases.say("cli.answer.role_undated")
    else:
        when = phrases.say("cli.answer.role_article", date=date(fact.date)) if fact.published else date(fact.date)
    name = one_line(fact.value) + (f", “{one_line(fact.capacity)}”" if fact.capacity else "")
    return phrases.say("cli.answer.role", name=name, date=when, address=one_line(fact.address))


def _participant(phrases: Phrases, fact: Fact) -> str:
    name, address = one_line(fact.value), one_line(fact.address)
    if fact.capacity is None:
        return phrases.say("cli.answer.participant", name=name, address=address)
    return phrases.say("cli.answer.participant_as", name=name, capacity=one_line(fact.capacity), address=address)


def _listed(values: Iterable[str] | Sequence[str]) -> str:
    return ", ".join(one_line(value) for value in values)
