"""Cards of `/timeline`, `/search` and `/new`."""

from collections.abc import Sequence
from itertools import groupby

from kzbot.answers.model import Answer, Evidence
from kzbot.answers.timelines.overview import year_of
from kzbot.chat.asked import Asked
from kzbot.chat.cards.arrived import arrived_entries
from kzbot.chat.cards.buttons import going, jumping, turning
from kzbot.chat.cards.entries import dated_entries, ranked_entries, undated_entries
from kzbot.chat.cards.frame import Card, Entry, Row, Tone
from kzbot.chat.cards.message import missing_lines, sentence
from kzbot.chat.cards.overview import by_article, overview_entries, overview_lines, overview_rows, under
from kzbot.chat.cards.words import undated_under
from kzbot.chat.escape import inline
from kzbot.chat.fit import ENTRIES
from kzbot.chat.handle import PAGE, Part
from kzbot.chat.paging import list_jumps, list_pages, opening, overviewed, page_jumps, undated_on
from kzbot.phrases import Phrases

_TITLE = 100


def list_card(phrases: Phrases, asked: Asked) -> Card:
    """A page of a list, of its overview, or of its undated statements; the caller adds foot and buttons."""
    answer = asked.answer
    lines = [f"## {heading(phrases, answer)}"]
    if asked.part is Part.UNDATED and answer.total:
        lines.append(_say_undated(phrases, asked, "heading"))
    else:
        lines += [sentence(phrases, answer), *missing_lines(phrases, answer)]
    if asked.part is Part.OVERVIEW:
        lines += overview_lines(phrases, asked)
    tone = Tone.PARTIAL if answer.status == "partial" else Tone.EVIDENCE
    return Card("\n".join(lines), tone, (*_entries(phrases, asked), *_folded(phrases, asked)))


def list_rows(phrases: Phrases, asked: Asked) -> tuple[Row, Row]:
    """Previous and Next and the ways to the other parts in the first row, then a select of years or pages."""
    answer, part = asked.answer, asked.part
    if part is Part.OVERVIEW:
        return overview_rows(phrases, asked)
    pages = list_pages(answer, part, asked.per_page)
    row = turning(phrases, asked.handle.to(PAGE, 0, part), PAGE, asked.page, pages)
    jumps = page_jumps(pages, part)
    if part is Part.UNDATED and answer.total:
        row += going(phrases, asked.handle, "chat.undated.back", opening(answer, asked.per_page))
    elif part is Part.LIST and overviewed(answer, asked.per_page):
        row += going(phrases, asked.handle, "chat.overview.back", Part.OVERVIEW)
    if part is Part.LIST and pages > 1 and answer.overview is not None and len(answer.overview.years) > 1:
        jumps = list_jumps(answer.overview.years, asked.page, asked.per_page)
    return row, jumping(phrases, asked.handle, jumps, articles=by_article(answer))


def pages(asked: Asked) -> int:
    """How many pages this part of the answer has."""
    return list_pages(asked.answer, asked.part, asked.per_page)


def heading(phrases: Phrases, answer: Answer) -> str:
    """What the list is of, escaped."""
    if answer.command == "new":
        return phrases.say("chat.heading.new")
    about = answer.options.get("topic" if answer.command == "timeline" else "query")
    if not isinstance(about, str):
        return phrases.say("chat.heading.timeline_all")
    return phrases.say(f"chat.heading.{answer.command}", about=inline(about, _TITLE))


def _entries(phrases: Phrases, asked: Asked) -> tuple[Entry, ...]:
    answer, first = asked.answer, asked.page * asked.per_page
    if answer.command == "search":
        return ranked_entries(phrases, asked, answer.items, first + 1, ENTRIES - len(answer.items))
    if answer.command == "new":
        return arrived_entries(phrases, asked, first)
    if asked.part is Part.OVERVIEW:
        return overview_entries(phrases, asked)
    return _undated(phrases, asked, first) if asked.part is Part.UNDATED else _by_year(phrases, asked, first)


def _by_year(phrases: Phrases, asked: Asked, first: int) -> tuple[Entry, ...]:
    """The entries under headings of their years; a page that begins within a year says so."""
    begun = {one.year: one.offset for one in asked.answer.overview.years} if asked.answer.overview else {}
    found, at = list[Entry](), first
    room = ENTRIES - len(asked.answer.items)
    for year, run in _runs(asked.answer.items):
        entries = dated_entries(phrases, asked, run, at + 1, room)
        room -= sum(entry.follows for entry in entries)
        if year is not None:
            goes_on = at == first > begun.get(year, first)
            said = phrases.say("chat.page.year_goes_on" if goes_on else "chat.page.year", year=year)
            entries = under(f"### {said}", entries)
        found += entries
        at += len(run)
    return tuple(found)


def _runs(items: Sequence[Evidence]) -> list[tuple[int | None, list[Evidence]]]:
    """The items of each year; one that is told with the item before, being of its passage or event, stays with it."""
    runs: list[tuple[int | None, list[Evidence]]] = []
    for item in items:
        year = year_of(item)
        if runs and (runs[-1][0] == year or _together(runs[-1][1][-1], item)):
            runs[-1][1].append(item)
        else:
            runs.append((year, [item]))
    return runs


def _together(one: Evidence, other: Evidence) -> bool:
    same = (one.article, one.where, one.start, one.end) == (other.article, other.where, other.start, other.end)
    return same or one.event == other.event is not None


def _undated(phrases: Phrases, asked: Asked, first: int) -> tuple[Entry, ...]:
    """The undated statements under headings of their articles' dates."""
    shown, found = undated_on(asked.answer, asked.page, asked.per_page), list[Entry]()
    for words, group in groupby(shown, key=lambda item: undated_under(phrases, item)):
        entries = undated_entries(phrases, asked, list(group), first + len(found) + 1)
        found += under(f"### {words}", entries)
    return tuple(found)


def _folded(phrases: Phrases, asked: Asked) -> tuple[Entry, ...]:
    """One line for the undated statements, where the list begins and where it ends; its button unfolds them."""
    ends = asked.part is Part.OVERVIEW or (asked.part is Part.LIST and asked.page in (0, pages(asked) - 1))
    if not asked.answer.undated_in_all or not ends:
        return ()
    return (Entry(_say_undated(phrases, asked, "folded"), opens=str(asked.handle.to(PAGE, 0, Part.UNDATED))),)


def _say_undated(phrases: Phrases, asked: Asked, key: str) -> str:
    kind = "articles" if by_article(asked.answer) else "statements"
    return phrases.say(f"chat.undated.{key}_{kind}", count=asked.answer.undated_in_all)
