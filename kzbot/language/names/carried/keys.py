"""When two spellings are one name, and when a shorter one may stand for a longer one."""

import re
from collections.abc import Sequence
from functools import lru_cache

from kzbot.language.alike import spellings
from kzbot.language.folding import fold_names
from kzbot.language.names.carried.tables import COMMON, CORPORATE, DIRECTIONS, LEGAL, SAME_PLACE

_FIGURE = re.compile(r"\d")
_SMALL = frozenset({"of", "and", "the", "for", "de"})
_SHORTEST_INITIALS = 3
DEMONYMS = ("n", "an", "ian", "ese", "i", "ish", "ns")
"""What makes a people of a country's name."""


@lru_cache(maxsize=65536)
def key_of(form: str) -> str:
    """What is the same for all spellings of one name: case, accents, full stops, "&", legal forms, "US" and "United States",
    British and American spelling do not count; nor does a leading "the"."""
    folded = f" {fold_names(form).text.replace('.', '').replace('&', ' and ')} ".replace("'s ", " ").replace(
        "s' ", "s "
    )
    words = folded.replace(" o' ", " o'").replace(" d' ", " d'").split() or [form]
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    while len(words) > 1 and words[-1] in LEGAL:
        words.pop()
    if len(words) > 1:
        words = [SAME_PLACE.get(word, word) for word in words]
    return " ".join(_same(word) for word in words)


@lru_cache(maxsize=65536)
def _same(word: str) -> str:
    return min((word, *spellings(word))) if word.isascii() and word.isalpha() else word


@lru_cache(maxsize=65536)
def is_designator(word: str) -> bool:
    """Whether a word holds a figure ("a380", "787")."""
    return _FIGURE.search(word) is not None


def shortens(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether the words `short` may stand for the name `full`, both words of keys.

    Its end does ("Carson", "Air Force"), unless that is a common noun or a place told from another ("South Korea"); a
    designator does with any words around it ("787", "Boeing 787"); its beginning does where only common nouns are left out
    ("China Eastern" for "China Eastern Airlines"); and its first and last words do.
    """
    if not short or len(short) >= len(full):
        return False
    if any(is_designator(word) for word in short):
        return _within(short, full) and _designators(short) == _designators(full)
    if any(is_designator(word) for word in full[: len(full) - 1]) and len(short) == 1 and short[0] == full[-1]:
        return True
    if all(word in COMMON or word in _SMALL for word in short):
        return False
    if tuple(full[-len(short) :]) == tuple(short):
        left = full[: -len(short)]
        return left[-1] not in _SMALL and not all(word in DIRECTIONS for word in left) and short[0] not in _SMALL
    if len(short) < 2:
        return short[0] == full[0] and all(word in CORPORATE for word in full[1:])
    if tuple(full[: len(short)]) == tuple(short):
        return all(word in COMMON for word in full[len(short) :])
    return short[0] == full[0] and short[-1] == full[-1] and short[0] not in COMMON and _within(short, full)


def lacks_letter(words: Sequence[str], full: Sequence[str]) -> bool:
    """Whether `words` are those of `full` but for the letter of its designator ("Airbus 380" for "Airbus A380")."""
    if len(words) != len(full) or len(words) < 2:
        return False
    other = [(one, two) for one, two in zip(words, full, strict=True) if one != two]
    return len(other) == 1 and other[0][0].isdigit() and other[0][1][1:] == other[0][0] and len(other[0][0]) > 2


def _designators(words: Sequence[str]) -> list[str]:
    return [word for word in words if is_designator(word)]


def _within(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether the words of `short` stand in `full` in their order."""
    rest = iter(full)
    return all(word in rest for word in short)


def initials_of(words: Sequence[str]) -> frozenset[str]:
    """What an acronym of these words may be: their first letters, small words counted or not; none under three letters."""
    whole = "".join(word[0] for word in words)
    large = "".join(word[0] for word in words if word not in _SMALL)
    return frozenset(one for one in (whole, large) if len(one) >= _SHORTEST_INITIALS and one.isalpha())


def abbreviates(acronym: str, words: Sequence[str]) -> bool:
    """Whether `acronym`, which stands in brackets behind these words, is made of their letters ("SIA", "EADS")."""
    plain = acronym.replace(".", "").casefold()
    if len(plain) < 2 or not words or not words[0] or plain[0] != words[0][0]:
        return False
    letters = iter("".join(words))
    firsts = {word[0] for word in words}
    return all(letter in letters for letter in plain) and 2 * sum(letter in firsts for letter in plain) >= len(plain)
