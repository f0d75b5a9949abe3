"""Two versions of one article, passage by passage: which stayed in their order, and which stands for one that is gone."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from kzbot.index.past import Place
from kzbot.index.rows import PassageRow
from kzbot.language.rewording import kept_of, likeness

ALONE = 0.4
"""How alike the one passage that went and the one that came in its place must be."""
BESIDE = 0.5
"""The same where several went and came between two passages that stayed."""
ANYWHERE = 0.7
"""The same where it stands elsewhere in the article."""
CONTAINED = 0.75
"""How much of a passage must stand in a longer one for that to have taken it in."""
BETTER = 0.08
"""How much more alike two neighbours together must be for a passage to have been cut in two."""

Pair = tuple[int, int]


def key(address: str) -> str:
    """The part of an address that tells the words."""
    return address.rpartition("#")[2]


def staying(pairs: Sequence[Pair]) -> set[Pair]:
    """Those of these pairs (place before, place now) that nothing overtook: they are in every longest rising run.

    Where one of many was taken elsewhere it alone is missing; where two changed places both are.
    """
    ordered = sorted(set(pairs))
    ends = _longest([now for _, now in ordered])
    starts = _longest([-now for _, now in reversed(ordered)])[::-1]
    most = max(ends, default=0)
    on_the_way = [at for at in range(len(ordered)) if ends[at] + starts[at] == most + 1]
    alone = Counter(ends[at] for at in on_the_way)
    return {ordered[at] for at in on_the_way if alone[ends[at]] == 1}


def _longest(values: Sequence[int]) -> list[int]:
    """For each value the length of the longest strictly rising run that ends with it."""
    tails: list[int] = []
    lengths = []
    for value in values:
        at = bisect_left(tails, value)
        tails[at : at + 1] = [value]
        lengths.append(at + 1)
    return lengths


def successor(old: Sequence[Place], gone: Place, new: Sequence[PassageRow]) -> list[PassageRow]:
    """The passage of the version now that plainly stands for one that is gone, two where it was cut in two; else none.

    First in its place, between the passages around it that stayed; then, if it is more alike, anywhere. A passage that
    stands rather for another one that is gone is none, unless it holds nearly all of this one.
    """
    here = {key(row.address): at for at, row in enumerate(new)}
    there = {key(one.address): at for at, one in enumerate(old)}
    at = there.get(key(gone.address))
    if at is None:
        return []
    pairs = [(before, here[word]) for word, before in there.items() if word in here]
    stayed = staying(pairs)
    above = max((pair for pair in stayed if pair[0] < at), default=(-1, -1))
    below = min((pair for pair in stayed if pair[0] > at), default=(len(old), len(new)))
    taken = {now for _, now in pairs}
    came = [number for number in range(above[1] + 1, below[1]) if number not in taken]
    went = [old[number].text for number in range(above[0] + 1, below[0]) if key(old[number].address) not in here]
    need = ALONE if len(came) == len(went) == 1 else BESIDE
    found = _best(gone.text, went, new, came, need)
    if not found:
        every = [one.text for word, number in there.items() if word not in here for one in (old[number],)]
        found = _best(gone.text, every, new, [number for number in range(len(new)) if number not in taken], ANYWHERE)
    return [new[number] for number in found]


def _best(gone: str, went: Sequence[str], new: Sequence[PassageRow], came: Sequence[int], need: float) -> list[int]:
    """The places among `came` of what stands for `gone`, and not rather for another of `went`."""
    score, at = max(((likeness(gone, new[number].text), -number) for number in came), default=(0.0, 0))
    at = -at
    if score >= need and all(likeness(other, new[at].text) <= score for other in went):
        return _with_neighbour(gone, new, came, at, score)
    longer = [number for number in came if kept_of(gone, new[number].text) >= CONTAINED]
    return longer[:1]


def _with_neighbour(gone: str, new: Sequence[PassageRow], came: Sequence[int], at: int, score: float) -> list[int]:
    for pair in ((at, at + 1), (at - 1, at)):
        if all(number in came for number in pair):
            joined = " ".join(new[number].text for number in pair)
            if likeness(gone, joined) > score + BETTER:
                return list(pair)
    return [at]
