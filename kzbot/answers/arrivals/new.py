"""/new: the articles by when they arrived, the last first, each with its dated statements and its new names."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from kzbot.answers.arrivals.since import Since, read_since
from kzbot.answers.evidence import Shown, Wanted, evidence_of
from kzbot.answers.model import Answer, Arrived, Evidence, Question, Window
from kzbot.answers.question import typed
from kzbot.answers.receipts import not_found
from kzbot.answers.timelines.timeline import heading_of
from kzbot.index import arrivals as index
from kzbot.index import passages
from kzbot.index.arrivals import ArrivalRow, Arrivals
from kzbot.index.generation import Generation


async def new(question: Question, generation: Generation, window: Window, today: date) -> Answer:
    """What arrived since then; without `since` what arrived last, all that one build brought.

    An article that was only changed did not arrive anew. Names are new that no article mentions which arrived before; where
    nothing arrived before, none is told as new.
    """
    asked = question.options.get("since")
    since = None if asked is None else read_since(str(asked), today)
    held = await index.arrivals(generation)
    count = held.since(since.moment if since else held.last or "")
    if not count:
        return _nothing(question, generation, since, held)
    rows = held.stretch(window.offset, window.count, count)
    last = held.rows[count - 1]
    return Answer(
        question.command,
        question.options,
        "answered",
        _message(since, held),
        generation.id,
        generation.articles,
        values={"count": count, "since": str(asked or ""), "last": _day(held.last)},
        items=await _items(generation, rows, window),
        total=last.at + last.entries,
        offset=window.offset,
        arrived=await _arrived(generation, rows, held),
        read_as={"since": since.edtf} if since else {},
    )


async def arrivals(generation: Generation, since: str, window: Window) -> Answer:
    """What `/new` answers for the moment `since` (UTC, ISO 8601, to the second): for those who know when they last looked.

    Raises QuestionError where that is no moment.
    """
    return await new(Question("new", {"since": since}), generation, window, date.max)


def _message(since: Since | None, held: Arrivals) -> str:
    if held.first == held.last:
        return "answers.new.at_once"
    return "answers.new.since" if since else "answers.new.last"


def _nothing(question: Question, generation: Generation, since: Since | None, held: Arrivals) -> Answer:
    """Nothing arrived since then: when the last arrival was, and what to ask for it."""
    return not_found(
        question,
        generation,
        "answers.not_found.new" if held.last else "answers.not_found.no_arrivals",
        values={"since": str(question.options.get("since", "")), "last": _day(held.last)},
        read_as={"since": since.edtf} if since else {},
        nearest=[typed(Question("new", {"since": held.last}))] if held.last else [],
    )


async def _items(generation: Generation, rows: Sequence[ArrivalRow], window: Window) -> tuple[Evidence, ...]:
    """The dated statements of these articles, each article's in order of its text; of one without any its heading; as far
    as they are in the window."""
    dated = await index.dated_statements(generation, (row.article for row in rows if row.dated))
    undated = [row.article for row in rows if row.entries and not row.dated]
    openings, articles = await passages.openings(generation, undated, 12), await generation.article_rows(undated)
    wanted = list[Wanted]()
    for row in rows:
        wanted += [Wanted(one.passage, one.mark.mark) for one in dated.get(row.article, ())]
        if row.article in openings:
            opening = heading_of(articles[row.article], openings[row.article])
            wanted += [Wanted(opening)] if opening else []
    skipped = window.offset - rows[0].at if rows else 0
    shown = wanted[skipped : None if window.count is None else skipped + window.count]
    made = await evidence_of(generation, shown, Shown())
    return tuple(one if want.mark else replace(one, date=None) for one, want in zip(made, shown, strict=True))


async def _arrived(generation: Generation, rows: Sequence[ArrivalRow], held: Arrivals) -> tuple[Arrived, ...]:
    articles = await generation.article_rows(row.article for row in rows)
    later = [row.article for row in rows if row.first_seen != held.first]
    names = await index.new_names(generation, later)
    return tuple(
        Arrived(
            articles[row.article].id,
            row.first_seen,
            row.at,
            row.dated,
            tuple(dict.fromkeys(one.name for one in names.get(row.article, ()))),
        )
        for row in rows
    )


def _day(moment: str | None) -> str:
    return (moment or "")[:10]
