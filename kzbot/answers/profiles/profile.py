"""What the corpus says of one name: editions, first and last dated mention, and who took part in what capacity."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kzbot.answers.model import Fact, Profile
from kzbot.index.generation import Generation
from kzbot.index.rows import MarkRow, MentionRow, NameRow, PassageRow
from kzbot.language.dates.mark import DateMark
from kzbot.language.names.book import Mention
from kzbot.language.participation import participants
from kzbot.language.spans import Span

# Words that report that an event took place; a year beside one of them dates an edition.
OCCURRED = re.compile(
    r"\b(?:held|conduct(?:ed|s)|took\s+place|take\s+part|took\s+part|participat\w+|hosted|host(?:s|ed)|organi[sz]ed|began|"
    r"begins|opened|kicked\s+off|started|concluded|ended|completed|wrapped\s+up|brought\s+together|ran|staged|carried\s+out|"
    r"proved|saw|drew|involved)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A passage that mentions the name, with all its marks and all its mentions; `text` is the article's body."""

    passage: PassageRow
    marks: Sequence[MarkRow]
    mentions: Sequence[MentionRow]
    text: str

    def subject(self, ids: Iterable[str]) -> list[MentionRow]:
        """The mentions of the name itself."""
        wanted = set(ids)
        return [mention for mention in self.mentions if mention.name in wanted]

    @property
    def own_marks(self) -> list[DateMark]:
        """The marks that date the statement, without those of editions and of plans given up."""
        return [row.mark for row in self.marks if row.mark.tells]


def profile_of(generation: Generation, name: NameRow, ids: Sequence[str], found: Sequence[Mentioned]) -> Profile:
    """The profile of a name whose mentions are those of `ids`, from passages in the order of the answer's items."""
    places = {one.passage.address: at for at, one in reversed(list(enumerate(found, 1)))}
    dated = sorted((mark for one in found for mark in one.own_marks), key=timeline_key)
    return Profile(
        name.canonical,
        name.kind,
        tuple(name.variants),
        first=dated[0].edtf if dated else None,
        last=dated[-1].edtf if dated else None,
        editions=_numbered(_editions(ids, found), places),
        participants=_numbered(_participants(generation, name.kind, ids, found), places),
        related=tuple(generation.names[other].canonical for other in name.related if other in generation.names),
        articles=len({one.passage.article for one in found}),
    )


def _numbered(facts: Iterable[Fact], places: Mapping[str, int]) -> tuple[Fact, ...]:
    return tuple(replace(fact, number=places[fact.address]) for fact in facts)


def timeline_key(mark: DateMark) -> tuple[str, str]:
    """The order of a timeline: by the earliest day (an open start by the latest), then the latest (an open end last)."""
    earliest, latest = mark.earliest or mark.latest, mark.latest
    return (earliest.isoformat() if earliest else "", latest.isoformat() if latest else "9999-12-31")


def _editions(ids: Sequence[str], found: Sequence[Mentioned]) -> tuple[Fact, ...]:
    """An edition for each year that a mention carries, or that dates a passage in which the event took place."""
    editions: dict[str, Fact] = {}
    for one in found:
        for mention in one.subject(ids):
            if mention.edition and not (mention.edition in editions and editions[mention.edition].date):
                date = _day_in(mention.edition, one.own_marks)
                editions[mention.edition] = Fact(mention.words, one.passage.address, edition=mention.edition, date=date)
        for mark in _occurrences(one):
            year = mark.edtf[:4]
            if year not in editions or editions[year].date is None:
                editions[year] = Fact(
                    editions[year].value if year in editions else year, one.passage.address, None, year, mark.edtf
                )
    return tuple(editions[year] for year in sorted(editions))


def _occurrences(one: Mentioned) -> list[DateMark]:
    """Marks within one year of a passage that reports, and does not announce, that the event took place."""
    if not OCCURRED.search(one.passage.text):
        return []
    return [
        mark
        for mark in one.own_marks
        if mark.earliest and mark.latest and mark.earliest.year == mark.latest.year and not mark.planned
    ]


def _day_in(year: str, marks: Sequence[DateMark]) -> str | None:
    """The date of the passage that lies within the year, the most precise one; None where there is none."""
    within = [
        m for m in marks if m.earliest and m.latest and m.edtf[:4] == year[:4] and m.earliest.year == m.latest.year
    ]
    return min(within, key=lambda m: (m.latest or m.earliest, m.earliest)).edtf if within else None


def _participants(
    generation: Generation, kind: str, ids: Sequence[str], found: Sequence[Mentioned]
) -> tuple[Fact, ...]:
    facts: dict[tuple[str, str | None, str | None], Fact] = {}
    for one in found:
        subject = [Span(mention.start, mention.end) for mention in one.subject(ids)]
        candidates = [
            Mention(m.name, m.start, m.end, m.words, m.by, m.edition) for m in one.mentions if m.name not in ids
        ]
        sentence = Span(one.passage.start, one.passage.end)
        for part in participants(one.text, sentence, subject, _parties(generation, kind, candidates)):
            edition, date = _when(one, ids)
            value = generation.names[part.mention.name].canonical
            fact = Fact(value, one.passage.address, part.capacity, edition, date)
            facts.setdefault((value, part.capacity, edition), fact)
    return tuple(facts.values())


def _parties(generation: Generation, kind: str, candidates: Iterable[Mention]) -> list[Mention]:
    """Mentions of names that can take part: whatever is not itself of the kinds that are shown by the same command."""
    profiles = {kind.name: kind.profile for kind in generation.kinds}
    same = profiles.get(kind)
    return [one for one in candidates if same is None or profiles.get(generation.names[one.name].kind) != same]


def _when(one: Mentioned, ids: Sequence[str]) -> tuple[str | None, str | None]:
    """Edition and date of what a passage tells: the mention's own year, else the year that dates the passage."""
    named = next((mention.edition for mention in one.subject(ids) if mention.edition), None)
    marks = [mark for mark in one.own_marks if not mark.planned]
    date = _day_in(named, marks) if named else (marks[0].edtf if marks else None)
    years = {mark.edtf[:4] for mark in _occurrences(one)}
    return named or (years.pop() if len(years) == 1 else None), date
