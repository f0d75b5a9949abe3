"""How a name stands in its sentence: whether it acts, is acted on, or is named in passing."""

import re
from collections.abc import Sequence
from typing import Literal

from kzbot.language.clauses import clause_around, relative_clauses
from kzbot.language.dates.lexicon import words_of
from kzbot.language.predicates import Predicate, main_predicates
from kzbot.language.quotations import within
from kzbot.language.spans import Span

Standing = Literal["subject", "object", "oblique", "aside", "related"]
"""`subject`: before the first verb, or behind "by"; `object`: behind a verb; `oblique`: as an owner, or behind another
preposition; `aside`: in quoted speech, in a comparison, as a part of a longer name, as what acts at another time ("after X
left"); `related`: only to say what another is to it ("the airline's rival")."""

_REACH = 60
_BEFORE = re.compile(r"([^\W\d_][\w’'-]*)[\s\"“‘'`(]*\Z")
_ARTICLE = re.compile(r"(?:\s|^)(?:the|an?|its|their|his|her)[\s\"“‘'`(]*\Z", re.IGNORECASE)
_DESCRIBED = re.compile(r"\b(of|with|for|from|against|between|to)\s(?:the\s)?(?:[\w’'.-]+\s){1,3}\Z", re.IGNORECASE)
_OWNS = re.compile(r"['’]s\b|['’]\s|\s['’]\s|-[a-z]")
_DESIGNATED = re.compile(r"[\s-](?!(?:19|20)\d\d\b)[A-Z]{0,3}-?\d")
_RELATED = re.compile(
    r"(?:['’]s?)?\s(?:[\w-]+\s){0,2}(?:rivals?|competitors?|parents?|subsidiary|neighbou?rs?|ally|allies|counterparts?|predecessors?"
    r"|successors?|opponents?)\b"
)
_AS_OFFICE = re.compile(
    r"\b(?:appointed|named|elected|chosen|picked|selected|hired|installed|confirmed|resigned?|resigns|retires?|retired|replaced|sworn in"
    r"|stepp?(?:ed|s|ing) down)\s(?:[\w’'.-]+\s){0,4}as\s(?:an?\s|the\s)?\Z",
    re.IGNORECASE,
)
_TAKING_PART = frozenset(words_of("with to for from against between"))
_PREPOSITIONS = frozenset(words_of("of in into on at over towards under near about behind"))
_COMPARING = frozenset(words_of("like unlike as than"))
_OTHER_TIMES = frozenset(words_of("after before since until"))


class Standings:
    """Tells how names stand in one sentence, by its predicates and quotations (`said`); `clauses`: its relative clauses."""

    def __init__(self, text: str, sentence: Span, predicates: Sequence[Predicate], said: Sequence[Span]) -> None:
        self._text, self._sentence, self._said = text, sentence, said
        self.clauses = relative_clauses(text, *sentence)
        self._told = main_predicates(text, sentence, predicates)
        self._verb = self._told[0].start if self._told else sentence.end

    def of(self, start: int, end: int) -> Standing:
        """How the name `text[start:end]` stands."""
        text, sentence = self._text, self._sentence
        if within(self._said, start) or _DESIGNATED.match(text, end):
            return "aside"
        if _RELATED.match(text, end, min(end + _REACH, sentence.end)):
            return "related"
        if _OWNS.match(text, end) or clause_around(self.clauses, start) is not None:
            return "oblique"
        before = _before(text, max(sentence.start, start - _REACH), start)
        if before in _COMPARING:
            return "oblique" if _AS_OFFICE.search(text, max(sentence.start, start - _REACH), start) else "aside"
        if before in _OTHER_TIMES and any(one.start >= end for one in self._told):
            return "aside"
        if before in _PREPOSITIONS:
            return "oblique"
        if before in _TAKING_PART:
            return "object"
        return "subject" if before == "by" or start < self._verb else "object"


def _before(text: str, first: int, start: int) -> str:
    """The word before the name in lower case, an article and a description ("with aircraft manufacturer X") passed over."""
    ahead = text[first:start]
    if described := _DESCRIBED.search(ahead):
        return described[1].lower()
    if article := _ARTICLE.search(ahead):
        ahead = ahead[: article.start() + 1]
    found = _BEFORE.search(ahead)
    return found[1].lower() if found else ""
