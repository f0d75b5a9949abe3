"""What the card of `/who` says of a name or a role, every fact with the number of its excerpt."""

from collections.abc import Iterable, Sequence

from kzbot.answers.model import Fact, Profile
from kzbot.answers.profiles.who import ROLE
from kzbot.chat.cards.facts import mentioned, numbered
from kzbot.chat.cards.words import date_words
from kzbot.chat.escape import inline
from kzbot.phrases import Phrases

_NAME, _WORDS = 80, 120
_DATES = 5
"""So many dates of one wording stand on a card."""
_CALLED = _BESIDE = 12


def who_lines(phrases: Phrases, profile: Profile) -> list[str]:
    """Roles, own words, first and last mention, and what it stands beside, in lines."""
    lines = [] if profile.kind == ROLE else [_kind(phrases, profile)]
    lines += _roles(phrases, profile)
    if profile.called:
        shown = [numbered(f"“{inline(fact.value, _NAME)}”", fact) for fact in profile.called[:_CALLED]]
        lines.append(phrases.say("chat.who.called", forms=_more(phrases, shown, len(profile.called))))
    lines += mentioned(phrases, profile)
    if profile.beside:
        shown = [
            numbered(phrases.say("chat.who.times", name=inline(fact.value, _NAME), count=fact.count), fact)
            for fact in profile.beside[:_BESIDE]
        ]
        lines.append(phrases.say("chat.who.beside", names=_more(phrases, shown, len(profile.beside))))
    return lines


def _kind(phrases: Phrases, profile: Profile) -> str:
    if profile.kind == "unknown":
        return phrases.say("chat.who.unlisted")
    return phrases.say("chat.exercise.kind", kind=inline(profile.kind, _NAME))


def _roles(phrases: Phrases, profile: Profile) -> list[str]:
    """Each role once, with the dates at which the texts give it; a role's own profile tells its holders."""
    if not profile.roles:
        return []
    key = "holders" if profile.kind == ROLE else "roles"
    lines = [phrases.say(f"chat.who.{key}")]
    for group in _alike(profile.roles):
        said = [_dated(phrases, fact) for fact in group[:_DATES]]
        words = f"**{inline(group[0].value, _WORDS)}**"
        if group[0].capacity:
            words = phrases.say("chat.who.as", name=words, role=inline(group[0].capacity, _WORDS))
        lines.append(f"- {words}: {_more(phrases, said, len(group), '; ')}")
    return lines


def _alike(facts: Iterable[Fact]) -> list[list[Fact]]:
    groups: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        groups.setdefault((fact.value.casefold(), (fact.capacity or "").casefold()), []).append(fact)
    return list(groups.values())


def _dated(phrases: Phrases, fact: Fact) -> str:
    if fact.date is None:
        return numbered(phrases.say("chat.who.undated"), fact)
    date = date_words(phrases, fact.date)
    return numbered(phrases.say("chat.who.article", date=date) if fact.published else date, fact)


def _more(phrases: Phrases, shown: Sequence[str], count: int, joint: str = ", ") -> str:
    rest = [phrases.say("chat.exercise.more", count=count - len(shown))] if count > len(shown) else []
    return joint.join([*shown, *rest])
