"""Which wordings differ by typing errors only."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz.distance import OSA

_SHORTEST, _LONGEST = 5, 32
_LONG = 9
_MOST = 2


def neighbours(wordings: Sequence[str]) -> Mapping[int, tuple[int, ...]]:
    """For each wording (words in order, see `alike`) the places of the others that differ from it by typing errors only.

    One letter of a word of five or more, two of nine or more, added, left out, changed, or swapped with its neighbour; never a digit, and
    never a short word, nor one of more than 32 letters: what is left to be told apart by one letter is often another thing.
    """
    words = [one.split() for one in wordings]
    families = _families({word for one in words for word in one})
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, one in enumerate(words):
        places[tuple(sorted(families[word] for word in one))].append(at)
    found: dict[int, tuple[int, ...]] = {}
    for at, one in enumerate(words):
        others = places[tuple(sorted(families[word] for word in one))]
        near = tuple(other for other in others if other != at and _alike(one, words[other]))
        if near:
            found[at] = near
    return found


def _families(words: Iterable[str]) -> Mapping[str, str]:
    """For each word one that stands for all that hang together with it by slips, so that not every two need be compared.

    Words that differ by a slip have a rest in common once a letter, or two, are left out of both.
    """
    heads: dict[str, str] = {}
    by_rest: dict[str, str] = {}
    for word in words:
        heads[word] = word
        for rest in _rests(word):
            heads[_head(heads, by_rest.setdefault(rest, word))] = _head(heads, word)
    return {word: _head(heads, word) for word in heads}


def _rests(word: str) -> set[str]:
    if not _SHORTEST <= len(word) <= _LONGEST or any(letter.isdigit() for letter in word):
        return set()
    rests = {word}
    for _ in range(_MOST if len(word) >= _LONG else 1):
        rests |= {one[:at] + one[at + 1 :] for one in rests for at in range(len(one))}
    return rests


def _head(heads: dict[str, str], word: str) -> str:
    while heads[word] != word:
        heads[word] = heads[heads[word]]
        word = heads[word]
    return word


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
    if shorter < _SHORTEST or max(len(one), len(other)) > _LONGEST or any(letter.isdigit() for letter in one + other):
        return False
    most = _MOST if shorter >= _LONG else 1
    return OSA.distance(one, other, score_cutoff=most) <= most
