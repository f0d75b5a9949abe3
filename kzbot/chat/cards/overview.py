"""The overview that a long timeline opens with: entries a year or a decade, the newest, and ways into the list."""

from dataclasses import replace

from kzbot.answers.model import Answer, Overview
from kzbot.answers.timelines.overview import Span, within
from kzbot.chat.asked import Asked
from kzbot.chat.cards.buttons import going, jumping
from kzbot.chat.cards.entries import dated_entries
from kzbot.chat.cards.frame import Entry, Row
from kzbot.chat.handle import Part
from kzbot.chat.paging import opened, overview_jumps, overview_spans
from kzbot.output.chart import chart, span_words
from kzbot.phrases import Phrases


def overview_lines(phrases: Phrases, asked: Asked) -> list[str]:
    """What stands under the heading: for some years of a long timeline which they are, then the bars."""
    lines, chosen = [], _chosen(asked)
    if chosen is not None:
        key = "chat.overview.articles_of" if by_article(asked.answer) else "chat.overview.entries_of"
        lines.append(phrases.say(key, years=span_words(phrases, chosen), count=chosen.count))
    bars = chart(phrases, overview_spans(_known(asked.answer).years, _page(asked)))
    return [*lines, "\n".join(["```", *bars, "```"])]


def overview_entries(phrases: Phrases, asked: Asked) -> tuple[Entry, ...]:
    """The newest entries, under a heading; none where some years are opened."""
    if _chosen(asked) is not None:
        return ()
    found = [
        entry
        for one in _known(asked.answer).newest
        for entry in dated_entries(phrases, asked, (one.item,), one.at + 1, 1)
    ]
    return under(f"### {phrases.say('chat.overview.newest')}", tuple(found))


def overview_rows(phrases: Phrases, asked: Asked) -> tuple[Row, Row]:
    """The ways into the list: from its beginning or that of the opened years, and by a select of years or decades."""
    years, page, chosen = _known(asked.answer).years, _page(asked), _chosen(asked)
    row: Row
    if chosen is None:
        row = going(phrases, asked.handle, "chat.overview.from_beginning", Part.LIST, primary=True)
    else:
        first = chosen.offset // asked.per_page
        row = (
            *going(phrases, asked.handle, "chat.overview.list", Part.LIST, first, primary=True),
            *going(phrases, asked.handle, "chat.overview.back", Part.OVERVIEW),
        )
    jumps = overview_jumps(years, page, asked.per_page)
    together = any(span.step > 1 for span in overview_spans(years, page))
    key = "chat.overview.open_decade" if together else "chat.overview.open_year"
    return row, jumping(phrases, asked.handle, jumps, key=key, articles=by_article(asked.answer))


def under(heading: str, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The entries with a heading (markdown) over the first of them."""
    return (replace(entries[0], head=f"{heading}\n{entries[0].head}"), *entries[1:]) if entries else ()


def by_article(answer: Answer) -> bool:
    """Whether the answer lists articles by their own dates."""
    return answer.options.get("articles") is True


def _known(answer: Answer) -> Overview:
    return answer.overview or Overview()


def _page(asked: Asked) -> int:
    """The page, 0 where it names no years of this timeline."""
    return asked.page if _chosen(asked) else 0


def _chosen(asked: Asked) -> Span | None:
    """The opened years, None for the whole."""
    chosen = opened(asked.page)
    years = within(_known(asked.answer).years, *chosen) if chosen else ()
    if not chosen or not years:
        return None
    return Span(*chosen, sum(year.count for year in years), years[0].offset)
