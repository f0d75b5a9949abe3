"""Words as quotations are looked for: a common word together with the next one, so that none is found everywhere."""

import unicodedata
from collections.abc import Iterable, Sequence

from kzbot.language.quoting.reading import Reading, is_word, read

COMMON = frozenset(
    word
    for listed in (
        "a an the this that these those and or but not no nor so if than then as at by for from in into of off on onto out",
        "over to up upon with within without about after also am are be because been before being between both can could",
        "did do does during each every few had has have he her his how i is it its may more most much must my new now one",
        "only other our said says she should since some such their them there they three through two under until was we were",
        "what when where which while who will would year years you your s t",
        "и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по ее из о от при или это для до из",
        "мен және бен пен үшін бұл осы ол да де",
    )
    for word in listed.split()
)
"""Words that stand in so many articles that alone they lead nowhere; folded as `folded` folds."""


def folded(key: str) -> str:
    """A word without case, accents and apostrophes."""
    if key.isascii():
        return key.lower().replace("'", "") if not key.isalnum() else key.lower()
    plain = unicodedata.normalize("NFKD", key.casefold())
    return "".join(c for c in plain if c.isalnum())


def words_of(reading: Reading) -> list[str]:
    """The folded words of a text in order."""
    return [word for key in reading.keys if is_word(key) and (word := folded(key))]


def grams(words: Sequence[str]) -> list[str]:
    """For each word what the index holds for it: itself, and behind a common one the next; the last word may lack its next."""
    following = [*words[1:], ""] if words else []
    return [f"{word}_{after}" if word in COMMON else word for word, after in zip(words, following, strict=True)]


def phrase(made: Iterable[str]) -> str:
    """Grams as one phrase of an FTS5 expression; they hold letters, digits and underscores only."""
    return '"' + " ".join(made) + '"'


def searchable(text: str) -> str:
    """A text as the index of quotations takes it in."""
    return " ".join(grams(words_of(read(text))))
