"""One event told in several articles: which of its tellings stands for it, and whether they agree on its date."""

from dataclasses import replace
from datetime import date

from kzbot.answers.model import Answer, DatedMark, Evidence
from kzbot.answers.timelines.overview import begins, years_of


def folded(answer: Answer) -> Answer:
    """A whole list by event, as a window by event shows it: the best dated telling with all others.

    Days that a text gives come before an article's own, few days before many, earlier before later, and of equals the one
    that the list has first; of a search, whose items are ranked, always that one. The years of the overview are counted
    anew, in entries.
    """
    told: dict[str, list[Evidence]] = {}
    for item in answer.items:
        if item.event is not None:
            told.setdefault(item.event, []).append(item)
    ranked = answer.command == "search"
    first = {event: items[0] if ranked else min(items, key=_rank) for event, items in told.items()}
    entries = tuple(
        item if item.event is None else replace(item, others=tuple(one for one in told[item.event] if one is not item))
        for item in answer.items
        if item.event is None or first[item.event] is item
    )
    count, overview = answer.total - len(answer.items) + len(entries), answer.overview
    if overview is not None:
        leads = begins(bool(answer.options.get("topic")), count)
        overview = replace(overview, years=years_of(entries), leads=leads)
    return replace(answer, items=entries, entries=count, overview=overview)


def disputed(item: Evidence) -> tuple[DatedMark, ...]:
    """The dates that other tellings give and that do not go together with the item's own, each once.

    A month goes together with a day in it, and an article's own date with a day that its text does not give.
    """
    if not item.dates:
        return ()
    own = item.dates[0]
    found: dict[tuple[date | None, date | None], DatedMark] = {}
    for other in item.others:
        if other.dates and not _agree(own, other.dates[0]):
            found.setdefault((other.dates[0].mark.earliest, other.dates[0].mark.latest), other.dates[0])
    return tuple(found.values())


def _agree(one: DatedMark, other: DatedMark) -> bool:
    here, there = one.mark, other.mark
    if "published" in (here.basis, there.basis) or here.edtf == there.edtf:
        return True
    bounds = (here.earliest, here.latest, there.earliest, there.latest)
    first, last, begin, end = bounds
    if first is None or last is None or begin is None or end is None:
        return False
    return (first <= begin and end <= last) or (begin <= first and last <= end)


def place(answer: Answer, listed: Answer, at: int) -> int:
    """Where the entry at this place of `listed`, which is `answer` folded, stands among the items of `answer`; else 0."""
    wanted = [(item.address, item.date) for item in listed.items[at : at + 1]]
    return next((place for place, item in enumerate(answer.items) if (item.address, item.date) in wanted), 0)


def _rank(item: Evidence) -> tuple[bool, int, date]:
    mark = item.dates[0].mark
    first, last = mark.earliest or mark.latest, mark.latest or mark.earliest
    if first is None or last is None:
        return True, 0, date.max
    return mark.basis == "published", (last - first).days, first
