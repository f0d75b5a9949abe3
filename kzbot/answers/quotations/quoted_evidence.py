"""Evidence for quotations: the source's words from the first to the last quoted one, whatever passages they run over."""

from collections.abc import Sequence
from dataclasses import replace

from kzbot.answers.evidence import Shown, Wanted, evidence_of, names_in
from kzbot.answers.model import DatedMark, Evidence
from kzbot.answers.quotations.quoted import Held
from kzbot.index import passages
from kzbot.index.generation import Generation
from kzbot.index.rows import MarkRow, MentionRow, PassageRow


async def evidence_of_held(generation: Generation, held: Sequence[Sequence[Held]]) -> list[Evidence | None]:
    """For each list the first one as evidence, with the others in `others`; None for an empty list.

    The address is that of the first passage that the words touch; words in none (a dateline, page furniture) have that of
    the next one, or of the last. Dates and names are those within the words.
    """
    every = [one for some in held for one in some]
    touched = await _touched(generation, every)
    numbers = {row.number for rows in touched for row in rows}
    marks = await passages.marks_of(generation, numbers)
    mentions = await passages.mentions_of(generation, numbers)
    wanted = [Wanted(_stretch(one, rows)) for one, rows in zip(every, touched, strict=True)]
    made = await evidence_of(generation, wanted, Shown())
    dressed = iter(
        _dressed(generation, evidence, [row.number for row in rows], marks, mentions)
        for evidence, rows in zip(made, touched, strict=True)
    )
    found: list[Evidence | None] = []
    for some in held:
        own = [next(dressed) for _ in some]
        found.append(replace(own[0], others=tuple(own[1:])) if own else None)
    return found


async def _touched(generation: Generation, held: Sequence[Held]) -> list[list[PassageRow]]:
    stretches = [(one.article.number, one.where == "title", one.place.start, one.place.end) for one in held]
    found = await passages.touching(generation, stretches)
    for one, rows in zip(held, found, strict=True):
        if not rows:
            all_rows = await passages.of_article(generation, one.article.number)
            behind = [row for row in all_rows if not row.in_title and row.start >= one.place.end]
            rows += behind[:1] or all_rows[-1:]
    return found


def _stretch(held: Held, touched: Sequence[PassageRow]) -> PassageRow:
    """The stretch as if it were a passage; of an article without any, under its id."""
    place, in_title = held.place, held.where == "title"
    if touched:
        return replace(touched[0], start=place.start, end=place.end, in_title=in_title)
    return PassageRow(0, held.article.number, place.start, place.end, "", "sentence", in_title, 0, held.article.id)


def _dressed(
    generation: Generation,
    evidence: Evidence,
    numbers: Sequence[int],
    marks: dict[int, list[MarkRow]],
    mentions: dict[int, list[MentionRow]],
) -> Evidence:
    """With the dates and names that stand within its words."""
    start, end = evidence.start, evidence.end
    own = [row.mark for number in numbers for row in marks.get(number, ())]
    dates = [
        mark
        for mark in own
        if mark.start is not None and mark.end is not None and start <= mark.start and mark.end <= end
    ]
    dates.sort(key=lambda mark: (not mark.tells, mark.start or 0))
    named = [one for number in numbers for one in mentions.get(number, ()) if start <= one.start and one.end <= end]
    return replace(
        evidence,
        dates=tuple(DatedMark(mark) for mark in dates),
        date=dates[0].edtf if dates else None,
        names=names_in(generation.names, named),
    )
