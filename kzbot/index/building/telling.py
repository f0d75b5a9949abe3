"""What a passage's words tell of its names and dates: which report their article's own day, which name is spoken of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kzbot.corpus.article import Article
from kzbot.index.building.address import letters_and_digits
from kzbot.language.clauses import clause_around, relative_clauses
from kzbot.language.dates.mark import DateMark
from kzbot.language.names.book import Mention
from kzbot.language.names.carried.mention import Carried
from kzbot.language.names.standing import Standing, Standings
from kzbot.language.predicates import Predicate, main_predicates, predicates
from kzbot.language.quotations import quoted, within
from kzbot.language.reporting import Reach, reports_own_day
from kzbot.language.spans import Span
from kzbot.language.words import STOP_WORDS, stem, tokens

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NEWS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Told:
    """What one passage tells. `about`: for each of its marks, the stretch in which a name must stand to be meant by it
    (None: anywhere); `standings`, `carried`: how each of its mentions and carried names stands; `own_day`: for what it
    reports the article's own day; `continues`: it goes on about what the passage before it names, naming nothing itself before
    its verb."""

    about: tuple[Span | None, ...] = ()
    standings: tuple[Standing, ...] = ()
    carried: tuple[Standing, ...] = ()
    own_day: Reach | None = None
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Stated:
    """A passage by its span in `text`, with its marks and mentions."""

    span: Span
    heading: bool
    marks: tuple[DateMark, ...]
    mentions: tuple[Mention, ...]
    carried: tuple[Carried, ...] = ()


def told(article: Article, text: str, passages: Sequence[Stated], lead: Sequence[Stated]) -> list[Told]:
    """What each of the passages of `text` tells; `lead` are the first sentences of the article's body."""
    knows_day = _DAY.fullmatch(article.published or "") is not None
    return [_told(article, text, one, lead, knows_day=knows_day) for one in passages]


def _told(article: Article, text: str, passage: Stated, lead: Sequence[Stated], *, knows_day: bool) -> Told:
    dated = any(mark.tells for mark in passage.marks)
    if not (dated or knows_day or passage.mentions or passage.carried):
        return Told((None,) * len(passage.marks))
    said = quoted(text, *passage.span)
    found = predicates(text, *passage.span, said)
    stands = Standings(text, passage.span, found, said)
    standings, carried = (
        tuple(stands.of(one.start, one.end) for one in names) for names in (passage.mentions, passage.carried)
    )
    own_day = _own_day(article, text, passage, found, lead) if knows_day and not dated else None
    continues = (dated or own_day == "news") and _continues(text, passage, found, said)
    return Told(_about(text, passage, found), standings, carried, own_day, continues)


def _continues(text: str, passage: Stated, found: Sequence[Predicate], said: Sequence[Span]) -> bool:
    told = main_predicates(text, passage.span, found)
    subject = Span(passage.span.start, told[0].start if told else passage.span.end)
    names: list[Mention | Carried] = [*passage.mentions, *passage.carried]
    named = any(name.start < subject.end and name.by != "reference" for name in names)
    return not (passage.heading or named or within(said, subject.start))


def _own_day(
    article: Article, text: str, passage: Stated, found: Sequence[Predicate], lead: Sequence[Stated]
) -> Reach | None:
    own = passage.heading and letters_and_digits(text[slice(*passage.span)]) == letters_and_digits(article.title)
    if passage.heading and (not own or _told_of_another_day(article, text, passage, lead)):
        return None
    return reports_own_day(text, passage.span, found, heading=own, lead=passage in lead)


def _about(text: str, passage: Stated, found: Sequence[Predicate]) -> tuple[Span | None, ...]:
    """For a mark in a relative clause: from the verb before the clause, behind which its head stands, to the clause's end.

    Where no name stands there, the clause may speak of anything in the sentence.
    """
    names: list[Mention | Carried] = [*passage.mentions, *passage.carried]
    clauses = relative_clauses(text, *passage.span) if passage.marks and names else []
    about: list[Span | None] = []
    for mark in passage.marks:
        clause = clause_around(clauses, mark.start) if clauses and mark.start is not None else None
        if clause is None:
            about.append(None)
            continue
        head = Span(max((one.end for one in found if one.end <= clause.start), default=passage.span.start), clause.end)
        about.append(head if any(head.start <= name.end and name.start < head.end for name in names) else None)
    return tuple(about)


def _told_of_another_day(article: Article, text: str, heading: Stated, lead: Sequence[Stated]) -> bool:
    """Whether one of the first sentences says on which earlier day that happened which the heading announces."""
    published = date.fromisoformat(str(article.published))
    announced = _stems(text[slice(*heading.span)])
    for one in lead:
        days = [
            mark.earliest for mark in one.marks if mark.earliest == mark.latest and not (mark.edition or mark.planned)
        ]
        if not any(day is not None and timedelta() < published - day <= _NEWS for day in days):
            continue
        if 2 * len(announced & _stems(article.text[slice(*one.span)])) >= len(announced):
            return True
    return False


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(token.word) for token in tokens(text) if token.word not in STOP_WORDS)
