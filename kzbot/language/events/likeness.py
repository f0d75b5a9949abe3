"""How much two statements say the same, and where they contradict each other."""

from kzbot.language.events.telling import Telling


def contradict(one: Telling, other: Telling) -> bool:
    """Whether they cannot tell of one event: other parties, other figures in the same role, opposite or denied acts."""
    return (
        one.denials != other.denials
        or _opposed(one, other)
        or _other_figures(one.figures, other.figures)
        or _other_names(one, other)
        or _turned_round(one, other)
    )


def _opposed(one: Telling, other: Telling) -> bool:
    there = dict(other.poles)
    return any(axis in there and not poles & there[axis] for axis, poles in one.poles)


def _other_figures(here: frozenset[tuple[str, str, str]], there: frozenset[tuple[str, str, str]]) -> bool:
    """Whether both have a figure that the other has not, for the same unit, or where they share none of that kind."""
    shared = {kind for kind, _, value in here if any((kind, value) == (k, v) for k, _, v in there)}
    values = {(kind, value) for kind, _, value in here} & {(kind, value) for kind, _, value in there}
    mine = [(kind, unit) for kind, unit, value in here if (kind, value) not in values]
    yours = [(kind, unit) for kind, unit, value in there if (kind, value) not in values]
    return any(
        kind == k and (unit == u or kind not in shared or kind == "name") for kind, unit in mine for k, u in yours
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
