"""Profile commands (/exercise): which one, its other spellings, editions, first and last dated mention, who took part, all mentions."""

from collections.abc import Sequence

from kzbot.answers.evidence import Shown, Wanted, evidence_of
from kzbot.answers.model import Answer, Question, Window
from kzbot.answers.profile import Mentioned, profile_of, timeline_key
from kzbot.answers.receipts import ambiguous, nearest_names, not_found
from kzbot.answers.topics import Unclear, named
from kzbot.index import articles, passages
from kzbot.index.generation import Generation


async def exercise(question: Question, generation: Generation, window: Window) -> Answer:
    """The profile of a name of the kinds that this command shows, with every passage that mentions it, dated ones in order first.

    `partial` where a year was asked for with the name, and no passage tells of it in that year.
    """
    asked = str(question.options["name"])
    kinds = [kind.name for kind in generation.kinds if kind.profile == question.command]
    name = named(generation, asked, kinds)
    if isinstance(name, Unclear):
        return ambiguous(question, generation, asked, name.choices)
    if name is None:
        nearest = nearest_names(generation, asked, kinds) or known(generation, kinds)
        return not_found(
            question, generation, "answers.not_found.profile", values={"kind": question.command}, nearest=nearest
        )
    found = _in_order(await mentioned(generation, name.ids))
    canonical = generation.names[name.ids[0]].canonical
    if not found:
        values = {"name": canonical}
        nearest = known(generation, kinds)
        return not_found(question, generation, "answers.not_found.unmentioned", values=values, nearest=nearest)
    last = None if window.count is None else window.offset + window.count
    wanted = [
        Wanted(one.passage, one.own_marks[0] if one.own_marks else None, highlights=_places(one, name.ids))
        for one in found[window.offset : last]
    ]
    missing = _untold(name.edition, ids=name.ids, found=found)
    return Answer(
        question.command,
        question.options,
        "partial" if missing else "answered",
        "answers.exercise.partial" if missing else "answers.exercise.answered",
        generation.id,
        generation.articles,
        values={"name": canonical, "count": len(found), "missing": ", ".join(missing)},
        items=await evidence_of(generation, wanted, Shown()),
        total=len(found),
        offset=window.offset,
        missing=missing,
        matched_through=name.through,
        profile=profile_of(generation, name.ids, found),
    )


def _untold(year: str | None, *, ids: Sequence[str], found: Sequence[Mentioned]) -> tuple[str, ...]:
    """The year that was asked for, where no edition is of it and no mention dated by it."""
    if year is None:
        return ()
    told = {mention.edition for one in found for mention in one.subject(ids)}
    told |= {mark.edtf[:4] for one in found for mark in one.own_marks}
    return () if year in told else (year,)


async def mentioned(generation: Generation, ids: Sequence[str]) -> list[Mentioned]:
    """Every passage that mentions one of these names, with what profiles are made of."""
    rows = await passages.with_names(generation, ids)
    numbers = [row.number for row in rows]
    marks, mentions = await passages.marks_of(generation, numbers), await passages.mentions_of(generation, numbers)
    texts = await articles.texts_of(generation, {row.article for row in rows})
    heads = await generation.article_rows({row.article for row in rows if row.in_title})
    return [
        Mentioned(
            row,
            marks.get(row.number, []),
            mentions.get(row.number, []),
            heads[row.article].title if row.in_title else texts[row.article],
        )
        for row in rows
    ]


def known(generation: Generation, kinds: Sequence[str], count: int = 5) -> list[str]:
    """The names of these kinds that the corpus mentions most."""
    names = [name for name in generation.names.values() if name.kind in kinds and name.mentions]
    return [name.canonical for name in sorted(names, key=lambda name: -name.mentions)[:count]]


def _in_order(found: Sequence[Mentioned]) -> list[Mentioned]:
    """Dated mentions in the order of a timeline, then the others in order of article and text."""

    def key(one: Mentioned) -> tuple[bool, tuple[str, str]]:
        return (not one.own_marks, timeline_key(one.own_marks[0]) if one.own_marks else ("", ""))

    return sorted(found, key=key)


def _places(one: Mentioned, ids: Sequence[str]) -> tuple[tuple[int, int], ...]:
    return tuple((mention.start, mention.end) for mention in one.subject(ids) if mention.by != "reference")
