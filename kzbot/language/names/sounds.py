"""Whether two words may be romanisations of one word, where romanisation is loose: Arabic, Persian, Greek, and English names
in other scripts."""

import re
from functools import lru_cache

_VOWEL_RUNS = re.compile(r"[aeiouy]+")
_CONSONANTS = re.compile(r"ch|sh|j|[^aeiouy]")
_LOOSE_VOWELS = {frozenset(pair) for pair in ("ou", "ei", "ao", "ae")}
_LOOSE_CONSONANTS = {frozenset(pair) for pair in (("g", "k"), ("d", "t"), ("g", "j"), ("z", "s"), ("c", "s"), ("h", "k"), ("g", "h"), ("z", "j"), ("sh", "ch"), ("sh", "s"), ("v", "f"), ("b", "v"), ("b", "p"))}  # fmt: skip
_ENGLISH = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"ght", "t"),
        (r"igh|eigh", "i"),
        (r"(?<!^)gh", ""),
        (r"dg(?=e)|g(?=[eiy])", "j"),
        (r"c(?=[eiy])", "s"),
        (r"ph", "f"),
        (r"sch", "sh"),
        (r"th", "t"),
        (r"ck|c(?!h)|q", "k"),
        (r"x", "ks"),
        (r"\bkn", "n"),
        (r"\bwr", "r"),
        (r"\bw", "v"),
        (r"w|h(?<!ch)(?<!sh)", ""),
        (r"[aeiouy]+", ""),
        (r"(.)\1+", r"\1"),
    )
)


def loosely_alike(one: str, other: str, least: int = 3) -> int | None:
    """How many sounds of two keys differ as loose romanisations do (Usama, Osama); None where they are other words.

    Consonants and vowels must come in the same order. Two may differ at most, one in short words;
    there must be `least` consonants. A vowel between consonants that one of them lacks counts twice.
    """
    if one == other:
        return 0
    ours, theirs = _CONSONANTS.findall(one), _CONSONANTS.findall(other)
    if len(ours) != len(theirs) or len(ours) < least:
        return None
    vowels, others = _CONSONANTS.split(one), _CONSONANTS.split(other)
    differing = 0
    for two in zip(ours, theirs, strict=True):
        if two[0] != two[1]:
            if frozenset(two) not in _LOOSE_CONSONANTS:
                return None
            differing += 1
    for at, run in enumerate(zip(vowels, others, strict=True)):
        if run[0] != run[1]:
            if all(run):
                if not _vowels_alike(*run) or (at == len(ours) and set(run) == {"a", "o"}):
                    return None
                differing += 1
            elif 0 < at < len(ours) and len("".join(run)) == 1:
                differing += 2
            else:
                return None
    return differing if differing <= (2 if len(ours) > 3 else 1) else None


def _vowels_alike(one: str, other: str) -> bool:
    only, just = set(one) - set(other), set(other) - set(one)
    if not only or not just:
        return len(only | just) <= 1
    return len(only) == len(just) == 1 and frozenset(only | just) in _LOOSE_VOWELS


def as_written(key: str) -> str:
    """The consonants of the key of a word that was written down by ear, as `as_heard` gives those of the English word."""
    return _VOWEL_RUNS.sub("", re.sub(r"(?<![cs])h", "", re.sub(r"c(?!h)", "ts", key)))


@lru_cache(maxsize=16384)
def as_heard(word: str) -> str:
    """The consonants of an English word as it is spoken."""
    for pattern, sound in _ENGLISH:
        word = pattern.sub(sound, word)
    return word


def all_as_heard(words: list[str]) -> list[str]:
    """`as_heard` of many words at once."""
    text = "\n".join(words)
    for pattern, sound in _ENGLISH[:-1]:
        text = pattern.sub(sound, text)
    return re.sub(r"([a-z])\1+", r"\1", text).split("\n")
