"""How a name stands in its sentence: whether it acts, is acted on, or is named in passing."""

import re
from collections.abc import Sequence
from typing import Literal

from kzbot.language.dates.lexicon import words_of
from kzbot.language.predicates import Predicate
from kzbot.language.quotations import within
from kzbot.language.spans import Span

Standing = Literal["subject", "object", "passing"]

_REACH = 40
_BEFORE = re.compile(r"([^\W\d_][\w’'-]*)[\s\"“‘'`(]*\Z")
_ARTICLE = re.compile(r"(?:\s|^)(?:the|an?|its|their|his|her)[\s\"“‘'`(]*\Z", re.IGNORECASE)
_OWNS = re.compile(r"['’]s\b|['’]\s|\s['’]\s")
_RELATED = re.compile(
    r"(?:['’]s?)?\s(?:[a-z]+\s){0,2}(?:rivals?|competitors?|parents?|subsidiary|neighbou?rs?|ally|allies|counterparts?|predecessors?"
    r"|successors?|opponents?)\b"
)
_PREPOSITIONS = frozenset(
    words_of(
        "of with from for to in into on at over against between towards under near like unlike as than about behind"
    )
)


def standing(
    text: str, start: int, end: int, sentence: Span, predicates: Sequence[Predicate], said: Sequence[Span]
) -> Standing:
    """How the name `text[start:end]` stands in `sentence`, by its predicates and quotations (`said`).

    `subject`: before the first verb, or behind "by"; `object`: behind a verb; `passing`: inside quoted speech, as an owner,
    behind another preposition, or only to say what another is to it ("the airline's rival").
    """
    if within(said, start) or _OWNS.match(text, end) or _RELATED.match(text, end, min(end + _REACH, sentence.end)):
        return "passing"
    before = _word_before(text, max(sentence.start, start - _REACH), start)
    if before == "by":
        return "subject"
    if before in _PREPOSITIONS:
        return "passing"
    first = next((one for one in predicates if one.kind != "participle"), None)
    return "subject" if first is None or start < first.start else "object"


def _word_before(text: str, first: int, start: int) -> str:
    """The word before the name in lower case, an article passed over."""
    ahead = text[first:start]
    if article := _ARTICLE.search(ahead):
        ahead = ahead[: article.start() + 1]
    found = _BEFORE.search(ahead)
    return found[1].lower() if found else ""
