"""Profile commands (/exercise): which one, its other spellings, editions, first and last dated mention, who took part, all mentions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kzbot.answers.evidence import Shown, Wanted, evidence_of
from kzbot.answers.model import Answer, Question, Window
from kzbot.answers.naming.carried import CarriedName
from kzbot.answers.naming.resolving import resolve
from kzbot.answers.naming.topics import Named, Unclear
from kzbot.answers.profiles.profile import Mentioned, profile_of, timeline_key
from kzbot.answers.receipts import ambiguous, nearest_names, not_found
from kzbot.answers.searching.through import through
from kzbot.index import articles, carried, passages
from kzbot.index.generation import Generation
from kzbot.index.rows import MentionRow, NameRow, PassageRow
from kzbot.index.scope import Scope


async def exercise(question: Question, generation: Generation, window: Window) -> Answer:
    """The profile of a name of the kinds that this command shows, with every passage that mentions it: those of the year that was
    asked for, then dated ones in order.

    `partial` where a year was asked for with the name, and no passage tells of it in that year.
    """
    asked = str(question.options["name"])
    kinds = [kind.name for kind in generation.kinds if kind.profile == question.command]
    name = await resolve(generation, asked, kinds)
    if isinstance(name, Unclear):
        return ambiguous(question, generation, asked, name.choices)
    if name is None:
        nearest = nearest_names(generation, asked, kinds) or await known(generation, kinds)
        return not_found(
            question, generation, "answers.not_found.profile", values={"kind": question.command}, nearest=nearest
        )
    subject, found = await _subject(generation, name)
    found = sorted(found, key=lambda one: not _tells_of(subject.edition, one, subject.ids))
    if not found:
        values = {"name": subject.name.canonical}
        nearest = await known(generation, kinds)
        return not_found(question, generation, "answers.not_found.unmentioned", values=values, nearest=nearest)
    last = None if window.count is None else window.offset + window.count
    wanted = [
        Wanted(one.passage, one.own_marks[0] if one.own_marks else None, highlights=_places(one, subject.ids))
        for one in found[window.offset : last]
    ]
    missing = _untold(subject.edition, ids=subject.ids, found=found)
    return Answer(
        question.command,
        question.options,
        "partial" if missing else "answered",
        "answers.exercise.partial" if missing else "answers.exercise.answered",
        generation.id,
        generation.articles,
        values={"name": subject.name.canonical, "count": len(found), "missing": ", ".join(missing)},
        items=await evidence_of(generation, wanted, Shown()),
        total=len(found),
        offset=window.offset,
        missing=missing,
        matched_through=await through(generation, asked, subject.scope, name.through),
        profile=profile_of(generation, subject.name, subject.ids, found),
    )


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom or what a profile is of: `ids` tell its mentions, `scope` what is said of it, `edition` the year asked for."""

    name: NameRow
    ids: tuple[str, ...]
    scope: Scope
    edition: str | None = None


async def _subject(generation: Generation, name: Named | CarriedName) -> tuple[Subject, list[Mentioned]]:
    """The subject of a profile with every passage that mentions it, dated ones in order first."""
    if isinstance(name, Named):
        found = await mentioned(generation, name.ids)
        subject = Subject(generation.names[name.ids[0]], name.ids, Scope(names=name.ids), name.edition)
        return subject, _in_order(found)
    rows = await carried.with_root(generation, name.root)
    places = await carried.mentions_of(generation, name.root)
    own = [one for some in places.values() for one in some]
    forms = dict.fromkeys(" ".join(one.words.split()) for one in own if one.by != "reference")
    variants = tuple(form for form in forms if form != name.canonical)
    row = NameRow(name.root, name.kind or "", name.canonical, variants, (), len(own), None, None)
    found = await _mentioned(generation, rows, places)
    return Subject(row, (name.root,), name.scope, name.edition), _in_order(found)


def _untold(year: str | None, *, ids: Sequence[str], found: Sequence[Mentioned]) -> tuple[str, ...]:
    """The year that was asked for, where no edition is of it and no mention dated by it."""
    return () if year is None or any(_tells_of(year, one, ids) for one in found) else (year,)


def _tells_of(year: str | None, one: Mentioned, ids: Sequence[str]) -> bool:
    """Whether a passage tells of the edition of this year: these stand first, where it was asked for."""
    told = {mention.edition for mention in one.subject(ids)} | {mark.edtf[:4] for mark in one.own_marks}
    return year is not None and year in told


async def mentioned(generation: Generation, ids: Sequence[str]) -> list[Mentioned]:
    """Every passage that mentions one of these names, with what profiles are made of."""
    return await _mentioned(generation, await passages.with_names(generation, ids), {})


async def _mentioned(
    generation: Generation, rows: Sequence[PassageRow], more: Mapping[int, Sequence[MentionRow]]
) -> list[Mentioned]:
    """These passages with all that stands in them, and with `more` mentions."""
    numbers = [row.number for row in rows]
    marks, mentions = await passages.marks_of(generation, numbers), await passages.mentions_of(generation, numbers)
    texts = await articles.texts_of(generation, {row.article for row in rows})
    heads = await generation.article_rows({row.article for row in rows if row.in_title})
    return [
        Mentioned(
            row,
            marks.get(row.number, []),
            [*mentions.get(row.number, []), *more.get(row.number, [])],
            heads[row.article].title if row.in_title else texts[row.article],
        )
        for row in rows
    ]


async def known(generation: Generation, kinds: Sequence[str], count: int = 5) -> list[str]:
    """The names of these kinds that the corpus mentions most, of the book before those of the texts."""
    names = [name for name in generation.names.values() if name.kind in kinds and name.mentions]
    own = [name.canonical for name in sorted(names, key=lambda name: -name.mentions)[:count]]
    return [*own, *(row.canonical for row in await carried.most_mentioned(generation, count - len(own), kinds))]


def _in_order(found: Sequence[Mentioned]) -> list[Mentioned]:
    """Dated mentions in the order of a timeline, then the others in order of article and text."""

    def key(one: Mentioned) -> tuple[bool, tuple[str, str]]:
        return (not one.own_marks, timeline_key(one.own_marks[0]) if one.own_marks else ("", ""))

    return sorted(found, key=key)


def _places(one: Mentioned, ids: Sequence[str]) -> tuple[tuple[int, int], ...]:
    return tuple((mention.start, mention.end) for mention in one.subject(ids) if mention.by != "reference")
