"""Words of a text as the full-text index knows them."""

import re
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer  # type: ignore[import-untyped]

from kzbot.language.folding import fold_as_index

_WORD = re.compile(r"[^\W_]+")
_LATER_RULES = (("bly", "ble"), ("logy", "log"), ("logies", "log"))
_MEASURED = re.compile(r"(?:[^aeiouy]|^y)*(?:[aeiou]|(?<!^)y)+[^aeiouy]")

STOP_WORDS = frozenset(
    word
    for listed in (
        "a an the this that these those and or but nor so if than then as at by for from in into of off on onto out over",
        "to up upon with within without about above after again against all also am any are be because been before being",
        "below between both can could did do does doing down during each few further had has have having he her here hers",
        "him himself herself his how i is it its itself just me more most my myself no not now once only other our ours",
        "own same she should some such their theirs them themselves there they through too under until very was we were",
        "what when where which while who whom whose why will would you your yours s t us may might must shall",
        "anything something please tell show give find know",
        "и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по ее мне было от о из ему",
        "для при или это этот эта эти был была были их мы они где когда кто чем",
        "мен және бен пен үшін бұл осы ол",
    )
    for word in listed.split()
)
"""Words that say nothing of what is asked; folded as tokens are."""

QUESTION_WORDS = frozenset(
    word
    for listed in (
        "when where who whom whose what which why how much many long often far old date dates year years day did do does",
        "когда где кто что почему как сколько какой какая какие",
        "қашан қайда кім не неше",
    )
    for word in listed.split()
)
"""Words that ask for a kind of answer ("how much", "what year"): a passage need not hold them."""


class Token(NamedTuple):
    """A word: offsets in code points into the text, end exclusive, and the word as the index folds it."""

    start: int
    end: int
    word: str


def tokens(text: str) -> list[Token]:
    """The words of `text` in order, cut and folded as SQLite's `unicode61 remove_diacritics 2` does."""
    folded = fold_as_index(text)
    if folded.starts is None:
        return [Token(match.start(), match.end(), match[0]) for match in _WORD.finditer(folded.text)]
    found = []
    for match in _WORD.finditer(folded.text):
        span = folded.original(match.start(), match.end())
        found.append(Token(span.start, span.end, match[0]))
    return found


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The Porter stem of a folded word, as FTS5's `porter` makes it: for words of ASCII letters, three to 64 long.

    FTS5 has the two rules that Porter added later (bli -> ble, logi -> log); the stemmer used here has not.
    """
    if not word.isascii() or not 3 <= len(word) <= 64:
        return word
    for suffix, plain in _LATER_RULES:
        if word.endswith(suffix) and _MEASURED.match(word[: -len(suffix)]):
            word = word[: -len(suffix)] + plain
    stemmed: str = snowballstemmer.stemmer("porter").stemWord(word)
    return stemmed
