"""Which kind of answer a question in words asks for, and whether a passage holds one: a number, a sum of money, a date."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kzbot.language.words import STOP_WORDS, Token, stem, tokens

Kind = Literal["count", "money", "date", "number"]
# A number of what is asked for answers a question for a count better than any other number.
COUNTED, OTHER_NUMBER = 2.0, 0.5

_NUMBER_WORDS = frozenset(
    [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
        "hundred",
        "hundreds",
        "thousand",
        "thousands",
        "million",
        "dozen",
        "score",
        "half",
        "dozens",
        "pair",
        "none",
    ]
)
_MONEY = re.compile(
    r"[$€£¥₽₸]\s?\d|\d[\d.,]*\s?(?:[mb]n?\b|million|billion|trillion|thousand)?\s?"
    r"(?:dollars?|euros?|pounds?|yuan|yen|roubles?|rubles?|tenge|francs?|rupees?|USD|EUR|GBP)\b|#\s\d",
    re.IGNORECASE,
)
_PRICES = frozenset(
    ["price", "prices", "cost", "costs", "worth", "expensive", "cheap", "pay", "paid", "pays", "money", "budget", "sum"]
)
_TIMES = frozenset(["year", "date", "day", "month", "time"])
_ASKING = frozenset(["when", "where", "what", "why", "how"])
_AUXILIARIES = frozenset(
    ["do", "does", "did", "is", "are", "was", "were", "will", "would", "has", "have", "had", "can", "could", "should"]
)
_REACH = 4
"""A number counts what stands so many words behind it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: `kind` None where any passage will do; `counted`: stems of what is to be counted. `question`: it is
    asked as a question, which a heading seldom answers."""

    kind: Kind | None = None
    counted: frozenset[str] = frozenset()
    question: bool = False


def wanted(text: str) -> Wanted:
    """The kind of answer that `text` asks for."""
    words = [token.word for token in tokens(text)]
    question = bool(words) and (words[0] in _ASKING or words[0] in _AUXILIARIES)
    for at, word in enumerate(words):
        after = words[at + 1 : at + 2]
        if word == "how" and after == ["many"]:
            return Wanted("count", _nouns(words[at + 2 :]), question)
        if word == "number" and after == ["of"]:
            return Wanted("count", _nouns(words[at + 2 :]), question)
        if word == "how" and after == ["much"]:
            return Wanted("money", question=question)
        if (
            word == "how"
            and after
            and after[0] in ("long", "far", "big", "large", "old", "fast", "high", "often", "heavy")
        ):
            return Wanted("number", question=question)
        if word == "when" or (word in ("what", "which") and after and after[0] in _TIMES):
            return Wanted("date", question=question)
    if not _PRICES.isdisjoint(words):
        return Wanted("money", question=question)
    return Wanted(question=question)


def _nouns(words: Sequence[str]) -> frozenset[str]:
    """What is counted: the words before the next auxiliary or stop word, at most two."""
    found: list[str] = []
    for word in words[:2]:
        if word in STOP_WORDS or word in _AUXILIARIES:
            break
        found.append(stem(word))
    return frozenset(found)


def answers(asked: Wanted, text: str, *, dated: bool) -> float:
    """How well a passage fits the kind of answer that is asked for: 1 well, 0 not; `dated`: it has a date mark."""
    if asked.kind is None:
        return 0.0
    if asked.kind == "date":
        return float(dated)
    if asked.kind == "money":
        return float(_MONEY.search(text) is not None)
    words = tokens(text)
    numbers = [at for at, token in enumerate(words) if token.word[0].isdigit() or token.word in _NUMBER_WORDS]
    if asked.kind == "count" and any(_counts(asked, words, at) for at in numbers):
        return COUNTED
    return OTHER_NUMBER if numbers else 0.0


def _counts(asked: Wanted, words: Sequence[Token], at: int) -> bool:
    return any(stem(token.word) in asked.counted for token in words[at + 1 : at + 1 + _REACH])
