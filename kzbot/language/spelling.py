"""The words of a corpus that a misspelt word may stand for."""

from collections.abc import Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST = 4
"""Words of fewer letters are never guessed at."""
_LONG = 8


class Speller:
    """Knows the unstemmed words of a corpus, folded, with the number of passages that hold each."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._counts = dict(vocabulary)
        self._by_length: dict[int, list[str]] = {}
        for word, count in vocabulary.items():
            if count > 0 and word.isalpha():
                self._by_length.setdefault(len(word), []).append(word)

    def knows(self, word: str) -> bool:
        """Whether a passage holds this word."""
        return self._counts.get(word, 0) > 0

    def held(self, word: str) -> int:
        """How many passages hold this word."""
        return self._counts.get(word, 0)

    def nearest(self, word: str, limit: int = 2) -> list[str]:
        """Words of the corpus within one edit of `word`, two from eight letters on, nearest and then most used first.

        An edit adds, drops or changes a letter, or swaps two neighbours; the first letter stays, but for a swap (a slip
        there is rare, and "resigned" is not "designed"). Nothing for a word that is known, is shorter than four letters,
        or holds a figure.
        """
        if len(word) < SHORTEST or not word.isalpha() or word in self._counts:
            return []
        most = 1 if len(word) < _LONG else 2
        found: list[tuple[int, bool, int, str]] = []
        for length in range(len(word) - most, len(word) + most + 1):
            bucket = self._by_length.get(length, ())
            for near, distance, _ in process.extract(word, bucket, scorer=OSA.distance, score_cutoff=most, limit=None):
                if near[0] == word[0] or near[:2] == word[1::-1]:
                    found.append((int(distance), near[0] != word[0], -self._counts[near], near))
        return [near for *_, near in sorted(found)[:limit]]
