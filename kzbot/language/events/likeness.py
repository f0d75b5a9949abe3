"""How much two statements say the same, and where they contradict each other."""

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from kzbot.language.events.telling import Telling
from kzbot.language.events.words import LIGHT

_IN_ORDER = 0.8
"""The share of common words that stand in the same order in statements of one build."""


def contradict(one: Telling, other: Telling) -> bool:
    """Whether they cannot tell of one event: other parties, other figures in the same role, opposite or denied acts."""
    return one != other and (
        one.denials != other.denials
        or _opposed(one, other)
        or _other_figures(one.figures, other.figures)
        or _other_names(one, other)
        or _turned_round(one, other)
        or _put_in_place(one, other)
    )


def _opposed(one: Telling, other: Telling) -> bool:
    there = dict(other.poles)
    return any(axis in there and not poles & there[axis] for axis, poles in one.poles)


def _other_figures(here: frozenset[tuple[str, str, str]], there: frozenset[tuple[str, str, str]]) -> bool:
    """Whether both have a figure that the other has not, for the same unit, or where they share none of that kind."""
    mine, yours = ({(kind, value) for kind, _, value in figures} for figures in (here, there))
    common = mine & yours
    shared = {kind for kind, _ in common}
    only_here = {(kind, unit) for kind, unit, value in here if (kind, value) not in common}
    only_there = {(kind, unit) for kind, unit, value in there if (kind, value) not in common}
    return any(
        kind == k and (unit == u or kind not in shared or kind == "name")
        for kind, unit in only_here
        for k, u in only_there
    )


def _other_names(one: Telling, other: Telling) -> bool:
    return _has_own_name(one, other) and _has_own_name(other, one)


def _has_own_name(one: Telling, other: Telling) -> bool:
    return any(
        not group <= other.features and not any(_same(group, another) for another in other.names) for group in one.names
    )


def _same(group: frozenset[str], another: frozenset[str]) -> bool:
    """ "Cohen" is "William S. Cohen"; "China Sky Airlines" is not "Gulf Star Airlines"."""
    return bool(group & another) and (group <= another or another <= group)


def _turned_round(one: Telling, other: Telling) -> bool:
    """Whether the same act goes from A to B here and from B to A there."""
    return not _goes(one).isdisjoint((to, act, by) for by, act, to in _goes(other))


def _goes(one: Telling) -> frozenset[tuple[str, str, str]]:
    """Who does what first to whom: each name, the first act behind it, the names behind that; not where "by" turns it."""
    found: set[tuple[str, str, str]] = set()
    if ("by", False) in one.order:
        return frozenset()
    for at, (name, is_name) in enumerate(one.order[:-2]):
        if is_name and not one.order[at + 1][1]:
            act = one.order[at + 1][0]
            found |= {(name, act, to) for to, is_other in one.order[at + 2 :] if is_other and to != name}
    return frozenset(found)


def _put_in_place(one: Telling, other: Telling) -> bool:
    """Whether something else stands in the same place: "signed the health bill", "signed the tax bill".

    Only where both say what they share in the same order; else nothing can be said of places.
    """
    return in_order(one, other) and any(
        step == "replace" and _own(one.order[a:b], other) and _own(other.order[c:d], one)
        for step, a, b, c, d in _aligned(one, other).get_opcodes()
    )


def in_order(one: Telling, other: Telling) -> bool:
    """Whether what both say stands in the same order."""
    shared = (Counter(word for word, _ in one.order) & Counter(word for word, _ in other.order)).total()
    return sum(block.size for block in _aligned(one, other).get_matching_blocks()) >= _IN_ORDER * shared


def _aligned(one: Telling, other: Telling) -> SequenceMatcher[str]:
    return SequenceMatcher(None, [word for word, _ in one.order], [word for word, _ in other.order], autojunk=False)


def _own(words: Sequence[tuple[str, bool]], other: Telling) -> bool:
    """Whether any of these words, names left out, is neither in the other statement nor in news of any kind."""
    return any(not is_name and word not in other.features and word not in LIGHT for word, is_name in words)
