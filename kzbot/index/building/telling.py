"""What a passage's words tell of its names and dates: which report their article's own day, which name is spoken of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kzbot.corpus.article import Article
from kzbot.index.building.address import letters_and_digits
from kzbot.language.clauses import clause_around, pause_before, relative_clauses
from kzbot.language.dates.mark import DateMark
from kzbot.language.irregular_verbs import forms_by_word
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
_VERBS = forms_by_word()


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
    tells, another = [], False
    for one in passages:
        tells.append(_told(article, text, one, lead, knows_day=knows_day, follows_another=another))
        if knows_day and not one.heading and (ages := _ages(article, text, one)):
            another = timedelta() not in ages
    return tells


def _ages(article: Article, text: str, passage: Stated) -> set[timedelta]:
    """How long before the article's own day that lies which the passage tells, as far as it is news."""
    published = date.fromisoformat(str(article.published))
    days = [mark for mark in passage.marks if mark.earliest == mark.latest and mark.tells and not mark.planned]
    clauses = relative_clauses(text, *passage.span) if days else []
    ages = {
        published - mark.earliest
        for mark in days
        if mark.earliest is not None and mark.start is not None and clause_around(clauses, mark.start) is None
    }
    return {age for age in ages if timedelta() <= age <= _NEWS}


def _told(
    article: Article, text: str, passage: Stated, lead: Sequence[Stated], *, knows_day: bool, follows_another: bool
) -> Told:
    dated = any(mark.tells for mark in passage.marks)
    if not (dated or knows_day or passage.mentions or passage.carried):
        return Told((None,) * len(passage.marks))
    said = quoted(text, *passage.span)
    found = predicates(text, *passage.span, said)
    stands = Standings(text, passage.span, found, said)
    standings, carried = (
        tuple(stands.of(one.start, one.end) for one in names) for names in (passage.mentions, passage.carried)
    )
    own_day = None
    if knows_day and not dated:
        own_day = _own_day(article, text, passage, found, lead, follows_another=follows_another)
    continues = (dated or own_day == "news") and _continues(text, passage, found, said)
    return Told(_about(text, passage, found, stands.clauses), standings, carried, own_day, continues)


def _continues(text: str, passage: Stated, found: Sequence[Predicate], said: Sequence[Span]) -> bool:
    told = main_predicates(text, passage.span, found)
    subject = Span(passage.span.start, told[0].start if told else passage.span.end)
    names: list[Mention | Carried] = [*passage.mentions, *passage.carried]
    named = any(name.start < subject.end and name.by != "reference" for name in names)
    return not (passage.heading or named or within(said, subject.start))


def _own_day(
    article: Article,
    text: str,
    passage: Stated,
    found: Sequence[Predicate],
    lead: Sequence[Stated],
    *,
    follows_another: bool,
) -> Reach | None:
    """`follows_another`: the passages before it told of another day, of which a plain past, or who is said to
    have spoken, goes on to tell."""
    own = passage.heading and letters_and_digits(text[slice(*passage.span)]) == letters_and_digits(article.title)
    if passage.heading and (not own or _told_of_another_day(article, text[slice(*passage.span)], lead)):
        return None
    if own and _echoed(article, text[slice(*passage.span)], lead):
        return "news"
    told = main_predicates(text, passage.span, found)
    if follows_another and told and told[0].kind == "said":
        return None
    leads = passage in lead and not follows_another and not _recalls(article, passage)
    return reports_own_day(text, passage.span, found, heading=own, lead=leads)


def _about(text: str, passage: Stated, found: Sequence[Predicate], clauses: Sequence[Span]) -> tuple[Span | None, ...]:
    """For a mark in a relative clause: from where its head may stand, behind the verb or the pause before the clause, to the
    clause's end.

    Where no name with a capital stands before the clause there, it may speak of anything that the sentence names ("Norland's
    plan, which was signed in 2012"); where the sentence names nothing, of its subject alone.
    """
    names: list[Mention | Carried] = [*passage.mentions, *passage.carried]
    about: list[Span | None] = []
    for mark in passage.marks:
        clause = clause_around(clauses, mark.start) if clauses and mark.start is not None else None
        if clause is None:
            about.append(None)
            continue
        verb = max((one.end for one in found if one.end <= clause.start), default=passage.span.start)
        head = Span(max(verb, pause_before(text, verb, clause.start)), clause.end)
        heads = any(
            head.start <= name.end and name.start < clause.start and not text[name.start : name.end].islower()
            for name in names
        )
        about.append(head if heads or (verb > passage.span.start and not names) else None)
    return tuple(about)


def _told_of_another_day(article: Article, heading: str, lead: Sequence[Stated]) -> bool:
    """Whether one of the first sentences says on which earlier day that happened which the heading announces."""
    announced = _stems(heading)
    return any(
        max(_ages(article, article.text, one), default=timedelta()) > timedelta()
        and 2 * len(announced & _stems(article.text[slice(*one.span)])) >= len(announced)
        for one in lead
    )


def _echoed(article: Article, heading: str, lead: Sequence[Stated]) -> bool:
    """Whether the first sentences say in the past what the heading says in the plain form ("Two carriers sign accord")."""
    plain = [token.word for token in tokens(heading)][1:]
    for one in lead:
        for told in main_predicates(article.text, one.span, predicates(article.text, *one.span)):
            verb = article.text[told.start : told.end].split()[-1].lower()
            if told.kind in ("past", "perfect", "said") and any(
                verb != word and verb in _VERBS.get(word, (word, f"{word}ed", f"{word}d")) for word in plain
            ):
                return True
    return False


def _recalls(article: Article, passage: Stated) -> bool:
    """Whether it names what was held in an earlier year ("hosted the 1984 Games")."""
    year = str(article.published)[:4]
    return any(mark.edition and mark.latest is not None and mark.latest.isoformat() < year for mark in passage.marks)


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(token.word) for token in tokens(text) if token.word not in STOP_WORDS)
