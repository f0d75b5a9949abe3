"""When two spellings of names differ by slips of the hand only: strict, because a near name is not the same name."""

from collections.abc import Sequence

from rapidfuzz.distance import OSA

_ANCHOR, _SHORT, _LONG = 4, 6, 12


def slips(asked: Sequence[str], known: Sequence[str], *, only_names: bool = False) -> int | None:
    """How many edits turn the words of `asked` into those of `known`; None where they are not the same name.

    Words are compared one by one, keys of `spelling_rules`. A word of six letters may hold one slip, one of twelve two; a
    shorter one only two neighbouring letters in the wrong order. The first letter and all figures must agree, and letters
    too many at the end make another name (Nazarbayeva is not Nazarbayev). Where nothing but a name can have been meant
    (`only_names`), a word of four letters beside one that agrees may hold a slip, too ("step eagle").
    """
    if len(asked) != len(known):
        return None
    anchored = only_names and any(len(word) >= _ANCHOR and word in known for word in asked)
    total = 0
    for ours, theirs in zip(asked, known, strict=True):
        edits = _edits(ours, theirs, _ANCHOR if anchored else _SHORT)
        if edits is None:
            return None
        total += edits
    return total if total <= 2 else None


def _edits(ours: str, theirs: str, shortest: int) -> int | None:
    if ours == theirs:
        return 0
    if ours[0] != theirs[0] or not ours.isalpha() or not theirs.isalpha() or ours.startswith(theirs):
        return None
    length = min(len(ours), len(theirs))
    edits = OSA.distance(ours, theirs)
    if length < shortest:
        return 1 if edits == 1 and length >= 4 and sorted(ours) == sorted(theirs) else None
    return edits if edits <= (2 if length >= _LONG else 1) else None
