"""One key for the spellings that romanisation gives a name, and the other sounds that its letters may have been written for."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz.distance import OSA

from kzbot.language.folding import fold_names

_YEAR_BEHIND = re.compile(r"(?P<name>.*[^\s\d'-])[\s'-]*(?P<year>(?:19|20)\d\d|\b\d\d|(?<=')\d\d|(?<=[^\W\d_]{4})\d\d)")
_FURTHEST = 4
"""So many edits lie at most between two keys that systems of romanisation give one word."""
_NOT_KEY = re.compile(r"[^a-z0-9 ]+")
_CARONS = str.maketrans({"š": "sh", "ž": "zh", "č": "ch", "ş": "sh", "ș": "sh", "ğ": "gh", "ż": "zh", "ǵ": "gh"})


def _rules(*pairs: tuple[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), plain) for pattern, plain in pairs)


# In this order. BGN/PCGN, the Library of Congress, GOST and passports, Kazakh Latin (2021 and before) are covered whole;
# of ISO 9, German and French spellings what cannot be taken for another English one. The rest is in _SYSTEMS.
_RULES = _rules(
    (r"(?<=[aeou])[yij](?=[aeou])", ""),  # Nazarbayev, Nazarbaev
    (r"\b[yj]e", "e"),  # Yeltsin, Eltsin
    (r"(?<=[bdfgklmnprstvzh])[yj]e", "e"),  # Medvedyev
    (r"(?<=[aeiouy])j(?=[bcdfgklmnprstvz]|\b)", "i"),  # Nikolaj, Nikolai
    (r"(?<=[aoeuiy]n)der\b", "dr"),  # Alexander, Aleksandr
    (r"tsch|tch", "ch"),
    (r"dzh|dsch|dj|zh", "j"),  # Dzhaksybekov, Zhaksybekov
    (r"shch|sch|szcz", "sh"),
    (r"(?<=[csj]h)[yi]?o(?=[vwf]+\b)|(?<=j)[yi]?o(?=[vwf]+\b)", "e"),  # Gorbachov
    (r"(?<=[oe])(?:ff|w)\b", "v"),  # Romanoff
    (r"kh", "h"),  # Mukhtar, Muhtar
    (r"gh", "g"),
    (r"ph", "f"),
    (r"ck|q|c(?![eiyh])", "k"),
    (r"t[sz]", "c"),
    (r"x", "ks"),
    (r"w", "v"),
    (r"ou", "u"),
    (r"(?<=[ae])h\b", ""),  # Abdullah
    (r"y", "i"),
    (r"enka\b", "enko"),  # Lukashenka
    (r"([a-z])\1+", r"\1"),
)

# How newspapers of other languages write the sounds that an English one writes otherwise: each is applied to a word as it
# is spelled, before the rules above.
_SYSTEMS: Mapping[str, tuple[tuple[re.Pattern[str], str], ...]] = {
    "German": _rules(
        (r"schtsch", "shch"),
        (r"tsch", "~"),
        (r"dsch|dsh", "zh"),
        (r"sch", "sh"),
        (r"ch", "kh"),
        (r"~", "ch"),
        (r"(?<![td])z", "ts"),
        (r"(?<=[aeiouydrln])s(?=[aeiouyj])|\bs(?=[aeiouyj])", "z"),
        (r"(?:(?<=[aeiouyw])|\b)j(?=[aeou])|(?<=[bdfgklmnprstvwz])j", "y"),
    ),
    "German, sch for zh": _rules((r"tsch", "~"), (r"sch", "zh"), (r"~", "ch"), (r"(?<=[aeiouy])s(?=[aeiouyj])", "z")),
    "French": _rules(
        (r"chtch", "shch"),
        (r"tch", "~"),
        (r"ch", "sh"),
        (r"~", "ch"),
        (r"gu(?=[eiy])", "g"),
        (r"(?<=[dnst]in)e\b|(?<=[aeiou]t)e\b", ""),
        (r"ss", "s"),
        (r"iou", "yu"),
        (r"c(?=[eiy])", "s"),
    ),
    "Slavic": _rules(
        (r"szcz|shh", "shch"),
        (r"sz", "sh"),
        (r"cz", "~"),
        (r"rz", "zh"),
        (r"ch", "kh"),
        (r"~", "ch"),
        (r"c(?!h)", "ts"),
        (r"j", "y"),
    ),
    "Dutch and Nordic": _rules(
        (r"sjtsj", "shch"), (r"tsj|tj", "ch"), (r"sj", "sh"), (r"zj", "zh"), (r"j", "y"), (r"oe", "u")
    ),
    "umlauts written out": _rules((r"(?<=[^aeiouy])([aou])e(?=[^aeiouy])", r"\1")),
    "kh as k": _rules((r"kh(?=[bcdfgklmnpqrstvz])", "k")),
    "Armenian": _rules((r"(?<=r)[kg]i?s(?=[iy]an\b)", "gs")),
    "w as u": _rules((r"w", "u")),
    "marks left out": _rules((r"ic\b", "ich"), (r"cic", "chich")),
    "oo": _rules((r"oo", "u"), (r"ee", "i")),
    "Kazakh": _rules((r"uw|(?<=[aeiouy])w(?=[aeiouy]?)", "u"), (r"x", "kh"), (r"(?<=[aeiou])ng(?=[aeioulk])", "n")),
    "j as y": _rules((r"j", "y")),
}

FOREIGN = re.compile(r"sch|tch|[jwxq]|cz|sz|rz|oe|ou|ch|kh|c\b")
"""What a word holds that a newspaper of another language may have written."""

_SKELETON = str.maketrans(
    {"s": "s", "z": "s", "c": "s", "j": "s", "w": "v", "f": "v", "k": "k", "g": "k", "q": "k", "h": None}
    | dict.fromkeys("aeiouy")
)


def key_of(text: str) -> str:
    """`text` in lower-case ASCII words, with the spellings of one sound made one; equal keys are near certainly one name.

    The key is stored in a generation at index time: whatever changes `_RULES`, `_NOT_KEY` or the folding of names changes
    keys, and wants a rebuild; `_SYSTEMS`, skeletons and slips are used while asking only and do not.
    """
    folded = fold_names(text).text.replace("'", "")
    plain = folded if folded.isascii() else anyascii(folded).lower().replace("'", "")
    return " ".join(key for word in _NOT_KEY.sub(" ", plain).split() if (key := _key_of_word(word)))


def keys_of_words(words: Iterable[str]) -> list[str]:
    """`key_of` of many folded words at once, each without a blank in it; a hundred thousand take a fraction of a second."""
    plain = "\n".join(word if word.isascii() else _NOT_KEY.sub("", anyascii(word).lower()) for word in words)
    for pattern, sound in _RULES:
        plain = pattern.sub(sound, plain)
    return plain.split("\n")


def skeletons(keys: Iterable[str]) -> list[str]:
    """What is left of keys when only the classes of their consonants count: a bucket in which other sounds are sought."""
    return re.sub(r"([a-z])\1+", r"\1", "\n".join(keys).translate(_SKELETON)).split("\n")


def expand_carons(text: str) -> str:
    """Letters with a mark that is a sound of its own, written out ("Žukov": "Zhukov")."""
    return text.lower().translate(_CARONS)


@lru_cache(maxsize=16384)
def other_sounds(word: str) -> Mapping[str, str]:
    """The keys of a plain word read as another language's newspaper writes, by system; only those that differ."""
    own = _key_of_word(word)
    found = {}
    for system, rules in _SYSTEMS.items():
        read = word
        for pattern, sound in rules:
            read = pattern.sub(sound, read)
        key = _key_of_word(read) if read != word else own
        if key != own:
            found[system] = key
    return found


def sound_alike(one: str, other: str) -> bool:
    """Whether two plain words may be one word, written by newspapers of one language or of two."""
    own, theirs = _key_of_word(one), _key_of_word(other)
    if own == theirs:
        return True
    if OSA.distance(own, theirs, score_cutoff=_FURTHEST) > _FURTHEST:
        return False
    ours = other_sounds(one)
    if theirs in ours.values():
        return True
    if not FOREIGN.search(other):
        return False
    others = other_sounds(other)
    return own in others.values() or any(others.get(system) == key for system, key in ours.items())


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
