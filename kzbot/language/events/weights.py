"""What the words of a corpus weigh, and which of them are names."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import log

from kzbot.language import alike
from kzbot.language.events.statement import Statement
from kzbot.language.events.words import LIGHT
from kzbot.language.words import STOP_WORDS, Token, stem

_KNOWN, _SEEN = 200, 5
"""As if that many statements were there besides, and each word in so many: in a small corpus rarity says little."""
_OPENERS = frozenset(':“”"«„•–—.!?')
_LIGHTER = 0.3


class Weights:
    """Counted over all dated statements: how many hold a word, and how often it is written with a capital."""

    def __init__(self, statements: Sequence[Statement], cut: Sequence[Sequence[Token]]) -> None:
        self._total = len(statements)
        self._counts: Counter[str] = Counter()
        self._small: Counter[str] = Counter()
        self._capital: Counter[str] = Counter()
        for statement, words in zip(statements, cut, strict=True):
            self._counts.update({key_of(token.word) for token in words})
            self._counts.update({f"@{one.name}" for one in statement.names})
            self._count_case(statement.text, words)
        self._weights: dict[str, float] = {}

    def _count_case(self, text: str, words: Sequence[Token]) -> None:
        small = [token.word for token in words if text[token.start].islower()]
        if titled(len(words) - len(small), len(words)):
            return
        self._small.update(small)
        self._capital.update(
            token.word for token in words if text[token.start].isupper() and not opens(text, 0, token.start)
        )

    def of(self, words: Iterable[str]) -> float:
        """The weight of all `words` together."""
        return sum(self._weights.get(word) or self._weight(word) for word in words)

    def rarest(self, words: Iterable[str], count: int) -> list[str]:
        """The `count` heaviest of `words`."""
        return sorted(words, key=lambda word: (-(self._weights.get(word) or self._weight(word)), word))[:count]

    def is_name(self, word: str, *, opening: bool, in_title: bool) -> bool:
        """Whether a capitalised word stands for a name; `opening`: the capital may be due to its place, or the title's."""
        if word in STOP_WORDS:
            return False
        small, capital = self._small[word], self._capital[word]
        if in_title:
            return capital > small
        return capital >= small if opening else True

    def is_known(self, word: str) -> bool:
        """Whether the corpus writes this word with a capital where it need not."""
        return self._capital[word] > self._small[word]

    def _weight(self, word: str) -> float:
        weight = log((self._total + _KNOWN) / (self._counts[word] + _SEEN))
        self._weights[word] = weight = max(weight, 0.01) * (_LIGHTER if word in LIGHT else 1)
        return weight


def titled(capitals: int, words: int) -> bool:
    """Whether so many words with a capital (or a figure) mean that capitals say nothing there: a headline in title case."""
    return words > 3 and capitals > 0.7 * words


def opens(text: str, start: int, at: int) -> bool:
    """Whether the word at `at` begins a sentence or a quotation, and so has its capital anyway."""
    while at > start and not text[at - 1].isalnum():
        at -= 1
        if text[at] in _OPENERS:
            return True
    return at <= start


@lru_cache(maxsize=65536)
def key_of(word: str) -> str:
    """The stem of a word, the same for its British and its American spelling."""
    return min((stem(word), *(stem(other) for other in alike.spellings(word))))
