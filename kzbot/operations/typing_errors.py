"""Which wordings differ by typing errors only."""

from collections.abc import Mapping, Sequence

from rapidfuzz.distance import OSA

_SHORTEST = 5
_LONG = 9


def neighbours(wordings: Sequence[str]) -> Mapping[int, tuple[int, ...]]:
    """For each wording (words in order, see `alike`) the places of the others that differ from it by typing errors only.

    One letter of a word of five or more, two of nine or more, added, left out, changed, or swapped with its neighbour; never a digit, and
    never a short word: what is left to be told apart by one letter is often another thing.
    """
    words = [one.split() for one in wordings]
    found: dict[int, tuple[int, ...]] = {}
    for at, one in enumerate(words):
        near = tuple(other for other, them in enumerate(words) if other != at and _alike(one, them))
        if near:
            found[at] = near
    return found


def clusters(near: Mapping[int, Sequence[int]]) -> list[tuple[int, ...]]:
    """The places that hang together by `neighbours`, each once and in order."""
    found: list[tuple[int, ...]] = []
    for first in sorted(near):
        if any(first in one for one in found):
            continue
        together, waiting = {first}, [first]
        while waiting:
            new = set(near.get(waiting.pop(), ())) - together
            together |= new
            waiting += new
        found.append(tuple(sorted(together)))
    return found


def _alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Words of two wordings, each with one of the other; a first letter that is wrong can move a word in their order."""
    if len(one) != len(other):
        return False
    left = list(other)
    for word in one:
        same = next((them for them in left if them == word or _misspelled(word, them)), None)
        if same is None:
            return False
        left.remove(word if word in left else same)
    return True


def _misspelled(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    if shorter < _SHORTEST or any(letter.isdigit() for letter in one + other):
        return False
    most = 2 if shorter >= _LONG else 1
    return OSA.distance(one, other, score_cutoff=most) <= most
