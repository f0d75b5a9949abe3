"""/who: what the texts call a name and which roles they give it, first and last mention, what it stands beside, all mentions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kzbot.answers.evidence import Shown, Wanted, evidence_of
from kzbot.answers.model import Answer, Evidence, Fact, Profile, Question, Window
from kzbot.answers.naming.topics import Unclear
from kzbot.answers.profiles.subjects import Office, Person, subject_of
from kzbot.answers.receipts import ambiguous, nearest_names, not_found
from kzbot.answers.searching.through import through
from kzbot.index import carried, mentioning, passages, roles
from kzbot.index.generation import Generation
from kzbot.index.mentioning import MentionOrder, Subject
from kzbot.index.rows import PassageRow, RoleRow
from kzbot.index.scope import Scope
from kzbot.language.dates.mark import DateMark
from kzbot.language.names.carried.kinds import PERSON

ROLE = "role"
"""The kind of a profile of a role."""
UNKNOWN = "unknown"
"""The kind of a name that the book does not list, where the texts do not tell; who holds an office is a person."""
MOST_ROLES, MOST_SPELLINGS, MOST_BESIDE, MOST_OFFICES = 2000, 40, 20, 5


@dataclass(frozen=True, slots=True)
class Told:
    """What facts are made of: passages by number, the dates that stand in them, those of their articles, their places."""

    rows: Mapping[int, PassageRow]
    marks: Mapping[int, DateMark]
    published: Mapping[int, str | None]
    places: Mapping[int, int]

    def fact(self, value: str, passage: int, capacity: str | None = None, count: int = 1) -> Fact:
        """A fact that this passage tells, dated by it, or by its article where it has no date of its own."""
        mark = self.marks.get(passage)
        date = mark.edtf if mark else self.published.get(passage)
        return Fact(
            value,
            self.rows[passage].address,
            capacity,
            date=date,
            number=self.places[passage] + 1,
            published=mark is None and date is not None,
            count=count,
        )


async def who(question: Question, generation: Generation, window: Window) -> Answer:
    """The profile of a name or a role with every passage that mentions it, dated ones in order first.

    `partial` where a year was asked for with the name, and no passage tells of it in that year.
    """
    asked = str(question.options["name"])
    subject = await subject_of(generation, asked)
    if isinstance(subject, Unclear):
        return ambiguous(question, generation, asked, subject.choices)
    if subject is None:
        return not_found(question, generation, "answers.not_found.who", nearest=await _nearest(generation, asked))
    if isinstance(subject, Office):
        return await _of_office(question, generation, window, subject)
    return await _of_person(question, generation, window, subject)


async def _nearest(generation: Generation, asked: str) -> list[str]:
    offices = await roles.offices(generation, asked, MOST_OFFICES)
    return [*nearest_names(generation, asked), *(row.office for row in offices)]


def _scope(subject: Subject) -> Scope:
    return Scope(names=subject.ids) if subject.ids else Scope(carried=subject.roots)


async def _of_person(question: Question, generation: Generation, window: Window, person: Person) -> Answer:
    order = await mentioning.order_of(generation, person.subject)
    values = {"name": person.canonical, "count": len(order.numbers), "articles": order.articles}
    if not order.numbers:
        return not_found(question, generation, "answers.not_found.unmentioned", values=values)
    subject = person.subject
    held = (await roles.of_person(generation, subject.ids, subject.roots))[:MOST_ROLES]
    spelled = await mentioning.spellings_of(generation, subject, MOST_SPELLINGS)
    beside = await mentioning.beside(generation, subject, MOST_BESIDE)
    told = await _told(
        generation, order, [*(r.passage for r in held), *(s.passage for s in spelled), *(b.passage for b in beside)]
    )
    name = generation.names.get(subject.ids[0]) if subject.ids else None
    company = tuple(
        told.fact(one.name if one.carried else generation.names[one.name].canonical, one.passage, count=one.passages)
        for one in beside
        if one.carried or one.name in generation.names
    )
    profile = Profile(
        person.canonical,
        person.kind or (PERSON if held else UNKNOWN),
        _variants(person, [one.form for one in spelled], name.variants if name else ()),
        first=(order.dated or order.published or (None,))[0],
        last=(order.dated or order.published or (None,))[-1],
        dated=bool(order.dated),
        related=_related(generation, subject.ids, company),
        roles=_roles(told, held),
        called=tuple(told.fact(one.form, one.passage, count=one.count) for one in spelled),
        beside=company,
        published=order.published,
        articles=order.articles,
    )
    missing = (
        (person.edition,)
        if person.edition and not await mentioning.tells_of_year(generation, subject, person.edition)
        else ()
    )
    items = await _items(
        generation, order, window, await mentioning.places_in(generation, subject, _shown(order, window))
    )
    answer = _answer(question, generation, window, profile, len(order.numbers))
    return replace(
        answer,
        status="partial" if missing else "answered",
        message="answers.who.partial" if missing else "answers.who.answered",
        values={**values, "missing": ", ".join(missing)},
        items=items,
        missing=missing,
        matched_through=await through(generation, str(question.options["name"]), _scope(subject), person.through),
    )


async def _of_office(question: Question, generation: Generation, window: Window, asked: Office) -> Answer:
    numbers = tuple(dict.fromkeys(row.passage for row in asked.held))
    places = {number: at for at, number in enumerate(numbers)}
    rows = await passages.by_number(generation, numbers)
    order = MentionOrder(numbers, places, articles=len({row.article for row in rows.values()}))
    told = await _told(generation, order, numbers)
    holders = await _holders(generation, asked.held)
    facts = _facts(told.fact(holders[row], row.passage, row.words) for row in asked.held)
    dated = [fact.date for fact in facts if fact.date and not fact.published]
    name = " ".join(str(question.options["name"]).split())
    profile = Profile(
        name,
        ROLE,
        tuple(dict.fromkeys(row.words for row in asked.held)),
        first=dated[0] if dated else None,
        last=dated[-1] if dated else None,
        roles=facts,
        articles=order.articles,
        related=tuple(dict.fromkeys(holders.values())),
    )
    marked: dict[int, list[tuple[int, int]]] = {}
    for row in asked.held:
        marked.setdefault(row.passage, []).extend(((row.start, row.end), (row.holder_start, row.holder_end)))
    answer = _answer(question, generation, window, profile, len(numbers))
    return replace(
        answer,
        values={"name": name, "count": len(set(holders.values())), "articles": order.articles},
        items=await _items(generation, order, window, marked),
    )


def _answer(question: Question, generation: Generation, window: Window, profile: Profile, total: int) -> Answer:
    return Answer(
        question.command,
        question.options,
        "answered",
        "answers.who.role",
        generation.id,
        generation.articles,
        total=total,
        offset=window.offset,
        profile=profile,
    )


async def _told(generation: Generation, order: MentionOrder, numbers: Iterable[int]) -> Told:
    wanted = {number for number in numbers if number in order.places}
    return Told(
        await passages.by_number(generation, wanted),
        await mentioning.first_marks(generation, wanted),
        await mentioning.published_of(generation, wanted),
        order.places,
    )


def _roles(told: Told, held: Sequence[RoleRow]) -> tuple[Fact, ...]:
    """The roles in the texts' own words, each wording once for each date."""
    return _facts(told.fact(row.words, row.passage, row.words if row.former else None) for row in held)


def _facts(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Each value once for each capacity and date, the first passage that tells it; how often it is told is counted."""
    found: dict[tuple[str, str | None, str | None], Fact] = {}
    for fact in facts:
        key = (fact.value.casefold(), (fact.capacity or "").casefold(), fact.date)
        known = found.get(key)
        found[key] = replace(known, count=known.count + 1) if known else fact
    return tuple(found.values())


async def _holders(generation: Generation, held: Sequence[RoleRow]) -> dict[RoleRow, str]:
    """The names of the holders, those of the texts read at once."""
    known = await carried.roots(generation, {row.carried for row in held if row.carried})
    return {
        row: generation.names[row.person].canonical
        if row.person is not None
        else known[row.carried].canonical
        if row.carried in known
        else row.carried or ""
        for row in held
    }


def _variants(person: Person, found: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """The spellings that the texts have, then those that only the book has."""
    forms = {form.casefold(): form for form in (*found, *known)[::-1]}
    return tuple(form for form in list(forms.values())[::-1] if form.casefold() != person.canonical.casefold())


def _related(generation: Generation, ids: Sequence[str], company: Sequence[Fact]) -> tuple[str, ...]:
    """The names that stand beside it, then those that the book links to it."""
    names = (generation.names[id_] for id_ in ids)
    linked = dict.fromkeys(other for name in names for other in name.related if other in generation.names)
    others = (generation.names[other].canonical for other in linked)
    return tuple(dict.fromkeys((*(fact.value for fact in company), *others)))


def _shown(order: MentionOrder, window: Window) -> Sequence[int]:
    last = None if window.count is None else window.offset + window.count
    return order.numbers[window.offset : last]


async def _items(
    generation: Generation, order: MentionOrder, window: Window, marked: Mapping[int, Sequence[tuple[int, int]]]
) -> tuple[Evidence, ...]:
    shown = _shown(order, window)
    rows = await passages.by_number(generation, shown)
    marks = await mentioning.first_marks(generation, shown)
    wanted = [
        Wanted(rows[number], marks.get(number), highlights=tuple(sorted(set(marked.get(number, ())))))
        for number in shown
    ]
    return await evidence_of(generation, wanted, Shown())
