"""Which kind of answer a question in words asks for, and whether a passage holds one: a number, a date, a cause, a place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kzbot.language.senses import same_sense
from kzbot.language.words import STOP_WORDS, Token, stem, tokens

Kind = Literal[
    "count",
    "money",
    "change",
    "date",
    "number",
    "duration",
    "frequency",
    "age",
    "distance",
    "percentage",
    "person",
    "cause",
    "place",
    "which",
    "naming",
]
# A number of what is asked for answers a question for a count better than any other number.
COUNTED, OTHER_NUMBER = 2.0, 0.5

_NUMBER_WORDS = frozenset(
    word
    for listed in (
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen",
        "nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million dozen",
        "score half dozens pair none",
    )
    for word in listed.split()
)
_MONEY = re.compile(
    r"[$€£¥₽₸]\s?\d|\d[\d.,]*\s?(?:[mb]n?\b|million|billion|trillion|thousand)?\s?"
    r"(?:dollars?|euros?|pounds?|yuan|yen|roubles?|rubles?|tenge|francs?|rupees?|USD|EUR|GBP)\b|#\s\d"
    r"|\b(?:USD|EUR|GBP|SGD|JPY|CNY|RUB|KZT|AUD|CAD|CHF|INR)\s?\d",
    re.IGNORECASE,
)
_PRICES = frozenset(
    ["price", "prices", "cost", "costs", "worth", "expensive", "cheap", "pay", "paid", "pays", "money", "budget", "sum"]
)
_TIMES = frozenset(["year", "date", "day", "month", "time"])
_ASKING = frozenset(["when", "where", "what", "why", "how", "which"])
_AUXILIARIES = frozenset(
    ["do", "does", "did", "is", "are", "was", "were", "will", "would", "has", "have", "had", "can", "could", "should"]
)
_MEASURES: dict[Kind, re.Pattern[str]] = {
    "duration": re.compile(
        r"\b(?:\d[\d.,]*|half|several|few|couple of|one|an?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen"
        r"|\w+ty|dozens?|hundreds?|decades)[ -](?:minutes?|hours?|days?|weeks?|months?|years?|decades?)\b",
        re.IGNORECASE,
    ),
    "age": re.compile(r", \d{1,3},|\baged? (?:of )?\d|\byears?[ -](?:old|of age)\b|\d-year-old", re.IGNORECASE),
    "frequency": re.compile(
        r"\b(?:annual(?:ly)?|biannual|biennial|yearly|monthly|weekly|daily|hourly|every|each|once|twice|times an?|per"
        r"|regular(?:ly)?|usually|rarely|often|seldom)\b",
        re.IGNORECASE,
    ),
    "distance": re.compile(
        r"\d[ -]?(?:km|kilomet(?:re|er)s?|m|met(?:re|er)s?|(?:nautical )?miles?|feet|ft|yards?|inch(?:es)?)\b",
        re.IGNORECASE,
    ),
    "percentage": re.compile(r"\d ?(?:%|per ?cent\b)|\bpercent\b|\bhalf\b|\bthird\b|\bquarter\b", re.IGNORECASE),
}
_CAUSE = re.compile(
    r"\b(?:because|due to|owing to|thanks to|reasons?|in response to|as an? (?:result|consequence)|in order to|citing|cited"
    r"|caus(?:e[sd]?|ing)|blam(?:e[sd]?|ing)|led to|in an? (?:effort|attempt|bid) to|so that|explain(?:s|ed)?|attributed"
    r"|accus(?:e[sd]|ing)|over (?:claims|concerns|fears|allegations)|(?:amid|on) (?:fears|concerns)|for violating|stem(?:s|med) from"
    r"|resulting from|the fact that|is intended to|was intended to|direct response)\b",
    re.IGNORECASE,
)
_PERHAPS_CAUSE = re.compile(
    r"\b(?:after|since|following|amid|believed|believes|said (?:that )?(?:the|they|he|she|it)|worr(?:y|ies|ied)|fear(?:s|ed)?"
    r"|to (?:avoid|prevent|reduce|improve|protect|meet|help|save|cut|lower|raise))\b",
    re.IGNORECASE,
)
PERHAPS = 0.5
"""What may be an answer of its kind is worth so much of one that surely is."""
_OPENING = 3
_PARTS = frozenset(["share", "part", "portion", "stake", "proportion"])
_PEOPLE = frozenset(
    stem(word)
    for listed in (
        "person persons passengers guests spectators attendees participants visitors viewers workers employees staff jobs",
        "soldiers troops victims dead deaths killed injured wounded residents inhabitants users customers men women",
        "children students members refugees civilians protesters demonstrators crew delegates officers patients voters",
    )
    for word in listed.split()
)
_PLACE = re.compile(
    r"\b(?:in|at|near|from|to|outside|over|off)\s+(?:the\s+)?(?!January|February|March|April|May|June|July|August"
    r"|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)[A-Z][a-z]"
)
_MEASURED: dict[str, Kind] = {
    "long": "duration",
    "old": "age",
    "often": "frequency",
    "far": "distance",
    **dict.fromkeys(("big", "large", "fast", "high", "heavy", "tall", "wide", "deep"), "number"),
}
_PERSONS = frozenset(["who", "whom", "whose"])
_CHANGING = frozenset(
    [
        "lose",
        "lost",
        "fall",
        "fell",
        "fallen",
        "drop",
        "dropped",
        "rise",
        "rose",
        "risen",
        "gain",
        "gained",
        "grow",
        "grew",
        "grown",
        "shrink",
        "shrank",
    ]
)
_CAUSING = frozenset(["cause", "caused", "causes", "reason", "reasons"])
_NAMING = frozenset(["called", "named", "dubbed", "nicknamed", "renamed", "titled"])
_NAMES = re.compile(r"\b(?:re|nick)?named?\b|\b(?:called|dubbed|titled|known as|became|rename)\b", re.IGNORECASE)
_PLACES = frozenset(["place", "city", "country", "town", "airport"])
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
    question = bool(words) and (words[0] in _ASKING or words[0] in _AUXILIARIES or words[0] in _PERSONS)
    for at in range(len(words)):
        kind = _kind(words, at, question=question)
        if kind is not None:
            return Wanted(kind, _counted(words, at, kind), question)
    if not _PRICES.isdisjoint(words):
        return Wanted("money", question=question)
    return Wanted(question=question)


def _kind(words: Sequence[str], at: int, *, question: bool) -> Kind | None:
    """What the question word at this place asks for, together with those around it."""
    word, first = words[at], at < _OPENING
    after = words[at + 1] if at + 1 < len(words) else ""
    if word == "how":
        if after == "much" and ((at and words[at - 1] == "by") or not _CHANGING.isdisjoint(words)):
            return "change"
        if after in ("large", "big") and not _PARTS.isdisjoint(words[at + 2 : at + 4]):
            return "percentage"
        return {"many": "count", "much": "money", **_MEASURED}.get(after)
    if word == "number" and after == "of":
        return "count"
    if word in ("percentage", "percent") or (word in ("what", "which") and after in ("share", "stake", "proportion")):
        return "percentage"
    if (word == "when" and (question or first)) or (word in ("what", "which") and after in _TIMES):
        return "date"
    if not first:
        return None
    if word in _PERSONS:
        return "person"
    if word == "why" or (at and word in _CAUSING):
        return "cause"
    if word == "what" and not at and (words[-1] in _NAMING or "name" in words):
        return "naming"
    if word == "where" or (word in ("what", "which") and after in _PLACES):
        return "place"
    return "which" if word == "which" and after and after not in STOP_WORDS else None


def _counted(words: Sequence[str], at: int, kind: Kind) -> frozenset[str]:
    """What is counted or chosen from, as stems; people are counted as whatever they are there."""
    if kind == "which":
        nouns = _nouns(words[at + 1 :])
        return nouns | {
            stem(one[0])
            for word in words[at + 1 : at + 3]
            for one in same_sense(word)
            if len(one) == 1 and stem(word) in nouns
        }
    found = _nouns(words[at + 2 :]) if kind == "count" else frozenset()
    return found | _PEOPLE if stem("people") in found else found


def _nouns(words: Sequence[str]) -> frozenset[str]:
    """What is counted: the words before the next auxiliary or stop word, at most two."""
    found: list[str] = []
    for word in words[:2]:
        if word in STOP_WORDS or word in _AUXILIARIES:
            break
        found.append(stem(word))
    return frozenset(found)


def answers(asked: Wanted, text: str, *, dated: bool, persons: float = 0.0) -> float:
    """How well a passage fits the kind of answer that is asked for: 1 well, 0 not.

    `dated`: it has a date mark; `persons`: how surely it names someone beside those who were asked about, 0 to 1.
    """
    if asked.kind in (None, "person"):
        return persons if asked.kind else 0.0
    if asked.kind == "date":
        return float(dated)
    if asked.kind == "money":
        return float(_MONEY.search(text) is not None)
    if asked.kind == "change":
        # What changes does so by a sum or by a part of itself: "how much did the shares lose".
        return float(_MONEY.search(text) is not None or _MEASURES["percentage"].search(text) is not None)
    if asked.kind == "cause":
        return 1.0 if _CAUSE.search(text) else PERHAPS if _PERHAPS_CAUSE.search(text) else 0.0
    if asked.kind == "naming":
        return float(_NAMES.search(text) is not None)
    if asked.kind == "place":
        return float(_PLACE.search(text) is not None)
    if asked.kind == "which":
        return float(any(stem(token.word) in asked.counted for token in tokens(text)))
    measure = _MEASURES.get(asked.kind)
    if measure is not None and measure.search(text):
        return COUNTED
    words = tokens(text)
    numbers = [at for at, token in enumerate(words) if _is_number(token.word)]
    if asked.kind == "count" and any(_counts(asked, words, at) for at in numbers):
        return COUNTED
    return OTHER_NUMBER if numbers else 0.0


def _is_number(word: str) -> bool:
    """Whether a word is a number, and no year."""
    return word in _NUMBER_WORDS or (word[0].isdigit() and not (len(word) == 4 and word[:2] in ("19", "20")))


def _counts(asked: Wanted, words: Sequence[Token], at: int) -> bool:
    return any(stem(token.word) in asked.counted for token in words[at + 1 : at + 1 + _REACH])
