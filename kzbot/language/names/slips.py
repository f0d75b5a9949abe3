"""When two spellings of names differ by slips of the hand only: strict, because a near name is not the same name."""

from collections.abc import Sequence

from rapidfuzz.distance import OSA

from kzbot.language.names.carried.tables import COMMON, DIRECTIONS, HEADS
from kzbot.language.words import STOP_WORDS

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEIGHBOURS = {
    frozenset((one, other))
    for above, row in zip((None, *_ROWS), _ROWS, strict=False)
    for at, one in enumerate(row)
    for other in (row[at + 1 : at + 2], *(above[at : at + 2] if above else ""))
    if other
}
_HEARD_ALIKE = {
    frozenset(pair) for pair in ("bp", "dt", "gk", "kc", "sz", "sc", "vf", "vw", "mn", "yi", "ij", "gj", "hk")
}
_VOWELS = frozenset("aeiouy")
_FLEXION = frozenset("aeiosyn")
_LONG_FAMILY = 9
_SONS = ("son", "sen")
ORDINARY = COMMON | HEADS | DIRECTIONS | STOP_WORDS
"""Words that are no slip of another one, though they are near it ("corporation", "cooperation")."""


def slips(asked: Sequence[str], known: Sequence[str]) -> int | None:
    """How many edits turn the words of `asked` into those of `known`, plain or keys; None where they are not one name.

    Words are compared one by one by `slips_of_word`; a word beside another of four letters that agrees is supported.
    """
    if len(asked) != len(known):
        return None
    supported = any(one == other and len(one) >= 4 for one, other in zip(asked, known, strict=True))
    total = 0
    for one, other in zip(asked, known, strict=True):
        edits = slips_of_word(one, other, supported=supported)
        if edits is None:
            return None
        total += edits
    return total if total <= 2 else None


def slips_of_word(asked: str, known: str, *, supported: bool = False, strict: bool = False) -> int | None:
    """How many edits turn a word into another; None where more than slips of the hand or of the ear lie between them.

    An edit adds, drops or changes a letter, or swaps two neighbours. Two from ten letters on, one from five; among four
    only two neighbours swapped. A changed letter must stand beside the other on the keyboard or sound like it. Letters too
    many or too few at the end, where names have their gender and number, make another name (Nazarbayeva is not Nazarbayev);
    so do figures. `supported`: other words of the name agree, so that less is needed here; `strict`:
    there are many such names one letter apart, so that longer words are.
    """
    if asked == known:
        return 0
    if not (asked.isalpha() and known.isalpha()) or asked in ORDINARY:
        return None
    short, long = sorted((asked, known), key=len)
    if len(short) < 4 or not _same_start(asked, known) or another_ending(short, long):
        return None
    edits = OSA.distance(asked, known)
    length = len(short) + supported
    if edits == 2 and length >= 9 + supported:
        return 2
    if edits != 1:
        return None
    if sorted(asked) == sorted(known):
        return 1
    if len(short) < len(long):
        return 1 if length >= (6 if strict else 5) else None
    return 1 if length >= (9 if strict else 6) and _confused(asked, known) else None


def _same_start(asked: str, known: str) -> bool:
    return asked[0] == known[0] or (len(known) > 4 and asked[:2] == known[1::-1])


def another_ending(one: str, other: str) -> bool:
    """Whether two words differ at the end as names of different people and peoples do (-ov and -ova, -son and -sen)."""
    short, long = sorted((one, other), key=len)
    if long.startswith(short):
        return len(long) - len(short) > 1 or long[-1] in _FLEXION or len(short) < 7
    return {short[-3:], long[-3:]} == set(_SONS) or (short[:-1] == long[:-1] and {short[-1], long[-1]} <= _FLEXION)


def another_family(asked: str, known: str, key: str, other: str) -> bool:
    """Whether two surnames of eight sounds or fewer (`key` and `other`) differ by a consonant as those of two families do.

    One has it and the other not (Atambayev, Atabayev; Thompson, Thomson), or an "h" makes it another one (Rogozhin, Rogozin).
    """
    short, long = sorted((key, other), key=len)
    if len(short) >= _LONG_FAMILY or OSA.distance(short, long) != 1:
        return False
    at = next((at for at, two in enumerate(zip(short, long, strict=False)) if two[0] != two[1]), len(short))
    if len(short) < len(long):
        return long[at] not in _VOWELS | set("hj")
    return len(asked) != len(known) and not {short[at], long[at]} & _VOWELS


def _confused(asked: str, known: str) -> bool:
    """Whether the one letter that differs is one that a hand or an ear confuses."""
    pair = next(frozenset(two) for two in zip(asked, known, strict=True) if two[0] != two[1])
    return pair <= _VOWELS or pair in _NEIGHBOURS or pair in _HEARD_ALIKE
