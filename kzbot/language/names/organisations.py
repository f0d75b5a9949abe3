"""What names of institutions may leave off, and the acronyms that they are known by."""

from collections.abc import Iterator, Sequence

from kzbot.language.names.carried.tables import LEGAL

_ENDINGS = LEGAL | frozenset(
    [
        "ao",
        "pao",
        "jsc",
        "ojsc",
        "cjsc",
        "llp",
        "lp",
        "too",
        "tov",
        "se",
        "kg",
        "kgaa",
        "oy",
        "oyj",
        "as",
        "asa",
        "srl",
        "pte",
        "pty",
        "the",
    ]
)
_BEFORE = frozenset(["the", "ao", "oao", "pao", "zao", "ooo", "too", "jsc", "ojsc", "cjsc", "pjsc", "pt", "nk", "nac"])
LEFT_OFF = _ENDINGS | _BEFORE
"""Words around a name that are no part of what tells it from others."""
SMALL = frozenset(
    [
        "of",
        "and",
        "the",
        "for",
        "in",
        "on",
        "at",
        "to",
        "with",
        "by",
        "a",
        "an",
        "de",
        "la",
        "le",
        "du",
        "des",
        "del",
        "der",
        "die",
        "das",
        "und",
        "et",
        "y",
        "i",
        "и",
        "в",
        "на",
        "по",
        "для",
    ]
)
"""Words that initials may pass over, and that may be left out of a name."""
TAILS = frozenset(["program", "programme", "exercise", "exercises", "operation", "project", "initiative"])
_SHORTEST = 3


def core(words: Sequence[str]) -> tuple[str, ...]:
    """The plain words of a name without "the" and legal forms around it; never nothing."""
    first, last = core_at(words)
    return tuple(words[first:last])


def core_at(words: Sequence[str]) -> tuple[int, int]:
    """Where the words of `core` begin and end."""
    first, last = 0, len(words)
    while last - first > 1 and words[first] in _BEFORE:
        first += 1
    while last - first > 1 and words[last - 1] in _ENDINGS:
        last -= 1
    return first, last


def initials_of(words: Sequence[str]) -> Iterator[str]:
    """The acronyms of three letters and more that plain words give: small words counted or not, "program" behind or not."""
    found: dict[str, None] = {}
    bare = core(words)
    for one in (bare, bare[:-1] if bare[-1] in TAILS else bare):
        for all_words in (True, False):
            found["".join(word[0] for word in one if all_words or word not in SMALL)] = None
    yield from (initials for initials in found if len(initials) >= _SHORTEST and initials.isalpha())
