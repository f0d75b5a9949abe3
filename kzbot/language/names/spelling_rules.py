"""One key for the spellings that transliteration from Cyrillic gives a name."""

import re
from functools import lru_cache

from anyascii import anyascii

from kzbot.language.folding import fold_names

_YEAR_BEHIND = re.compile(r"(?P<name>.*[^\s\d'-])[\s'-]*(?P<year>(?:19|20)\d\d|\b\d\d|(?<=')\d\d|(?<=[^\W\d_]{4})\d\d)")
_NOT_KEY = re.compile(r"[^a-z0-9 ]+")
_RULES = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"(?<=[aeou])[yij](?=[aeou])", ""),  # Nazarbayev, Nazarbaev
        (r"\b[yj]e", "e"),  # Yeltsin, Eltsin
        (r"dzh|dj|zh", "j"),  # Dzhaksybekov, Zhaksybekov
        (r"shch|sch", "sh"),
        (r"tch", "ch"),
        (r"kh", "h"),  # Mukhtar, Muhtar
        (r"gh", "g"),
        (r"ph", "f"),
        (r"t[sz]", "c"),
        (r"ck|q|c(?![eiyh])", "k"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"ou", "u"),
        (r"(?<=[aeiou])j(?=[bcdfgklmnprstvz]|\b)", "i"),  # Nikolaj, Nikolai
        (r"y", "i"),
        (r"([a-z])\1+", r"\1"),
    )
)


def key_of(text: str) -> str:
    """`text` in lower-case ASCII words, with the spellings of one sound made one; equal keys are near certainly one name."""
    folded = fold_names(text).text.replace("'", "")
    plain = folded if folded.isascii() else anyascii(folded).lower().replace("'", "")
    return " ".join(key for word in _NOT_KEY.sub(" ", plain).split() if (key := _key_of_word(word)))


@lru_cache(maxsize=65536)
def _key_of_word(word: str) -> str:
    for pattern, plain in _RULES:
        word = pattern.sub(plain, word)
    return word


def without_year(folded: str) -> tuple[str, str | None]:
    """A folded name without the year behind it, and the year as EDTF: ("centrazbat", "1997") for "centrazbat 97"."""
    match = _YEAR_BEHIND.fullmatch(folded)
    if match is None:
        return folded, None
    year = match["year"]
    if len(year) == 2:
        year = ("19" if year >= "50" else "20") + year
    return match["name"].strip(), year
