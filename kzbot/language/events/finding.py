"""Finding the events that several articles tell of."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kzbot.language.events.likeness import contradict
from kzbot.language.events.statement import Statement
from kzbot.language.events.telling import Telling, read, telling
from kzbot.language.events.weights import Weights, key_of
from kzbot.language.events.when import NEAR, Agreement, When, agreement, when
from kzbot.language.events.words import LIGHT
from kzbot.language.words import STOP_WORDS, Token, tokens

_KEYS = 10
"""By how many of its rarest words a statement is looked for."""
_CROWD = 60
"""Statements of one year that share a word: where they are more, the word tells nothing."""
_LEAST = ((7, 0.55), (31, 0.62), (92, 0.68))
"""How alike statements must be whose dates are so many days wide: the wider, the more may have happened then."""
_LEAST_WIDE, _LEAST_REPORTED, _LEAST_APART = 0.75, 0.62, 0.85
_PROMISING = 0.3
"""How alike the bare words must be for statements to be read closely."""
_YEAR = 366


@dataclass(frozen=True, slots=True)
class Event:
    """Statements of several articles that tell of one event, at most one an article: keys, the best dated first.

    `id` is the same for the same statements.
    """

    id: str
    statements: tuple[int, ...]


def find_events(statements: Sequence[Statement]) -> list[Event]:
    """The events that more than one article tells of; the order of `statements` does not matter.

    Two statements tell of one event where their dates agree, they do not contradict each other, and most of what the one
    says, weighed by rarity, the other says too. Days a little apart are one event only where the wording is all but one.
    """
    ordered = sorted(statements, key=lambda one: (one.place, one.edtf, one.key))
    cut = [tokens(statement.text) for statement in ordered]
    weights = Weights(ordered, cut)
    items = [_Item(statement, words, weights) for statement, words in zip(ordered, cut, strict=True)]
    return list(_events(items))


class _Item:
    """One statement: its bare words at once, what it tells only where it is asked for."""

    def __init__(self, statement: Statement, cut: list[Token], weights: Weights) -> None:
        self.statement = statement
        self.when: When = when(statement)
        self.bare = frozenset(key_of(token.word) for token in cut if token.word not in STOP_WORDS)
        self.heavy = weights.of(self.bare)
        self.weights = weights
        self._cut = cut

    @property
    def rank(self) -> tuple[bool, int, int]:
        """Days that the text gives come before the article's own, few days before many, and earlier ones first."""
        return self.statement.mark is None, self.when.days, self.when.first

    @cached_property
    def telling(self) -> Telling:
        return telling(read(self.statement, self._cut), self.weights)

    @cached_property
    def weight(self) -> float:
        return self.weights.of(self.telling.features)


def _events(items: Sequence[_Item]) -> Iterator[Event]:
    """Statements joined by their likeness, the likest first, as long as no two of a group contradict each other."""
    groups: dict[int, list[int]] = {}
    for _, one, other in sorted((-likeness, one, other) for one, other, likeness in _links(items)):
        here, there = groups.get(one, [one]), groups.get(other, [other])
        if here is not there and _fit([items[at] for at in here], [items[at] for at in there]):
            joined = sorted((*here, *there))
            groups.update(dict.fromkeys(joined, joined))
    for group in sorted({group[0]: group for group in groups.values()}.values()):
        members = [items[at].statement for at in sorted(group, key=lambda at: (*items[at].rank, at))]
        first = f"{members[0].place[2]}\n{members[0].edtf}"
        id_ = hashlib.sha256(first.encode("utf-8", "replace")).hexdigest()[:12]
        yield Event(id_, tuple(member.key for member in members))


def _links(items: Sequence[_Item]) -> Iterator[tuple[int, int, float]]:
    for one, other in sorted(_pairs(items)):
        likeness = _likeness(items[one], items[other])
        if likeness is not None:
            yield one, other, likeness


def _pairs(items: Sequence[_Item]) -> set[tuple[int, int]]:
    """Pairs worth comparing: of two articles, with a rare word in common, of days that could agree."""
    crowds: dict[tuple[str, int | str], list[int]] = defaultdict(list)
    for at, item in enumerate(items):
        years = _years(item.when)
        for word in item.weights.rarest(item.bare, _KEYS):
            for year in years:
                crowds[word, year].append(at)
    tried: set[tuple[int, int]] = set()
    for crowd in crowds.values():
        if 1 < len(crowd) <= _CROWD:
            tried.update(_near(items, crowd))
    return tried


def _near(items: Sequence[_Item], crowd: list[int]) -> Iterator[tuple[int, int]]:
    by_day = sorted((items[at].when.first, at) for at in crowd)
    for place, (_, one) in enumerate(by_day, start=1):
        last, article = items[one].when.last + NEAR, items[one].statement.article
        for first, other in by_day[place:]:
            if first > last:
                break
            if items[other].statement.article != article:
                yield (one, other) if one < other else (other, one)


def _likeness(one: _Item, other: _Item) -> float | None:
    """How much of the smaller one is in the other, and of both together; None where they are two events."""
    agreed = agreement(one.when, other.when)
    if agreed is None or (agreed == "apart" and _not_apart(one.statement, other.statement)):
        return None
    weights = one.weights
    if _share(weights.of(one.bare & other.bare), one.heavy, other.heavy) < _PROMISING:
        return None
    shared = one.telling.features & other.telling.features
    likeness = _share(weights.of(shared), one.weight, other.weight)
    enough = likeness >= _least(agreed, max(one.when.days, other.when.days))
    if not enough or not _says_enough(one.telling, other.telling, shared):
        return None
    return None if contradict(one.telling, other.telling) else likeness


def _not_apart(one: Statement, other: Statement) -> bool:
    """Whether days that differ are no disagreement: the one is planned, or the other's text gives the first day too."""
    return one.planned != other.planned or one.edtf in other.edtfs or other.edtf in one.edtfs


def _share(shared: float, one: float, other: float) -> float:
    least = min(one, other)
    return (shared / least + 2 * shared / (one + other)) / 2 if least else 0.0


def _says_enough(one: Telling, other: Telling, shared: frozenset[str]) -> bool:
    """Whether they share an act and three telling words in all."""
    return bool((one.acts & other.acts) - LIGHT) and len(shared - LIGHT) >= 3


def _fit(here: Sequence[_Item], there: Sequence[_Item]) -> bool:
    """Whether no member of one group speaks against one of the other, and each article speaks once."""
    articles = {one.statement.article for one in here}
    return not any(other.statement.article in articles for other in there) and all(
        agreement(one.when, other.when) is not None and not contradict(one.telling, other.telling)
        for one in here
        for other in there
    )


def _least(agreed: Agreement, days: int) -> float:
    if agreed in ("apart", "reported"):
        return _LEAST_APART if agreed == "apart" else _LEAST_REPORTED
    return next((least for width, least in _LEAST if days <= width), _LEAST_WIDE)


def _years(one: When) -> list[int | str]:
    """Under which years a date is looked for; dates of several years only under themselves."""
    if one.bare or one.days > _YEAR:
        return [one.edtf]
    return list(range((one.first - NEAR) // _YEAR, (one.last + NEAR) // _YEAR + 1))
