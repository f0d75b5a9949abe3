"""Which statements report what happened on their article's own day, though they name no date.

News tells of its own day without a date: in the heading, in the present perfect ("has announced"), by verbs of saying, and
in the first sentences also in the plain past. What had happened before, will happen, or always holds is of no day.
"""

import re
from collections.abc import Sequence
from typing import Literal

from kzbot.language.predicates import Predicate, is_past, main_predicates
from kzbot.language.spans import Span

Reach = Literal["news", "body"]
"""Which names the report is about: in the heading and the first sentences all that do not stand aside, further down who
acts."""

LEAD = 3
"""Sentences at the beginning of an article that tell its news."""
_BACKGROUND = re.compile(
    r"\b(?:previously|formerly|originally|initially|traditionally|recent(?:ly)?|lately|earlier|once|always|never|ever|repeatedly"
    r"|since(?!\s(?:\w+\s)?(?:19|20)\d\d)|to date|ha(?:s|ve) long|(?:in|over|for|during) (?:the (?:past|last)|many|several)|times"
    r"|(?:in|over|during)\s(?:(?:about|almost|just|less|more|nearly|over|than)\s){0,2}[\w-]+\s(?:days|weeks|months|years|decades)"
    r"|for\s(?:(?:days|weeks|months)\s(?:now|already)|years|decades)|no\s[^,;]{1,40}\sfor\s[\w-]+\s(?:days|weeks|months|years))\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_][\w’'-]*")
_VERB_FORM = re.compile(
    r"(?!(?:its|ours|theirs|always|perhaps|news|as|was|has|does)\Z)(?!.*(?:ss|us|is)\Z)[a-z]{2,}s|to"
)
_LONGEST_HEADING = 40


def reports_own_day(
    text: str, span: Span, predicates: Sequence[Predicate], *, heading: bool, lead: bool
) -> Reach | None:
    """Whether the statement `text[span]` reports what happened on the article's own day, and for what of it; else None.

    `predicates`: those of the statement outside quoted speech. `heading`: it is the article's own heading. `lead`: it is
    among the first LEAD sentences. A heading counts where it has a verb: "Air cooperation" reports nothing.
    """
    if heading:
        return "news" if predicates or _has_headline_verb(text[span.start : span.end]) else None
    told = main_predicates(text, span, predicates)
    if not told:
        return None
    first = told[0]
    if first.kind in ("past", "state") and lead:
        return "news" if any(one.kind == "past" for one in told) else None
    if first.kind == "said":
        return "news" if lead else "body"
    if first.kind == "perfect" and not _BACKGROUND.search(text, span.start, _clause_end(told, span)):
        return "news" if lead else "body"
    return None


def _clause_end(told: Sequence[Predicate], span: Span) -> int:
    return told[1].start if len(told) > 1 else span.end


def _has_headline_verb(heading: str) -> bool:
    """Whether a heading without a plain predicate says that somebody does something ("Airline buys twelve jets")."""
    words = _WORD.findall(heading)[:_LONGEST_HEADING]
    return any(_VERB_FORM.fullmatch(word.lower()) or is_past(word.lower()) for word in words[1:])
