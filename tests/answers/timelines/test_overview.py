"""The overview of a timeline: its years agree with the list, and no page needs the whole of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kzbot.answers.dispatch import answer
from kzbot.answers.model import Answer, Window, Year
from kzbot.answers.question import parse
from kzbot.answers.timelines.overview import begins, spans, year_of
from kzbot.index.building.build import build
from kzbot.index.generation import Generation
from kzbot.index.sources import Sources

Ask = Callable[..., Awaitable[Answer]]
NAMES = Path(__file__).resolve().parents[3] / "config" / "names.yaml"
HEAD = "---\ntitle: Article {0}\npublished: 20{0:02}-05-04\n---\n"


@pytest.fixture
async def long(tmp_path: Path) -> Any:
    """A generation of 96 statements of 1962 to 2009 and some without a date, in 6 articles."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(6):
        years = range(1962 + number, 2010, 3)
        lines = [f"The old bridge was opened again on {1 + year % 28} May {year}." for year in years]
        lines.append("The old bridge is long and very well known to everybody here.")
        (folder / f"{number}.md").write_text(HEAD.format(number + 1) + "\n\n".join(lines) + "\n", "utf-8")
    summary = build(Sources(folder, NAMES), tmp_path / "index")
    found = next(path for path in (tmp_path / "index").iterdir() if summary.generation in path.name)
    generation = await Generation.open(found)
    yield generation
    await generation.close()


@pytest.mark.parametrize(
    ("where", "line"),
    [
        ("seeds", "/timeline"),
        ("seeds", "/timeline topic: Kazakhstan"),
        ("seeds", "/timeline articles: true"),
        ("long", "/timeline"),
        ("long", "/timeline topic: bridge"),
        ("long", "/timeline from: 1970 to: 1999"),
    ],
)
async def test_years_count_the_list_and_name_the_place_of_their_first(
    seeds: Generation, long: Generation, where: str, line: str
) -> None:
    generation, today = {"seeds": seeds, "long": long}[where], date(2026, 11, 21)
    whole = await answer(parse(line, generation.kinds), generation, Window(), today)
    assert whole.overview is not None and whole.items
    counted = Counter(year_of(item) for item in whole.items)
    assert [(one.year, one.count) for one in whole.overview.years] == sorted(counted.items())
    for one in whole.overview.years:
        assert [year_of(item) for item in whole.items].index(one.year) == one.offset
    for offset in range(0, len(whole.items) + 3, 3):
        page = await answer(parse(line, generation.kinds), generation, Window(offset, 3), today)
        assert page.items == whole.items[offset : offset + 3]
        assert page.overview is not None and page.overview.years == whole.overview.years
        assert page.undated == () and page.undated_in_all == len(whole.undated)
    undated = await answer(parse(line, generation.kinds), generation, Window(1, 2, undated=True), today)
    assert (undated.items, undated.undated, undated.total) == ((), whole.undated[1:3], whole.total)


async def test_the_newest_are_the_last_that_were_reported(ask: Ask) -> None:
    first = await ask("/timeline", count=4)
    assert first.overview is not None and first.overview.leads
    assert [(one.at, one.item.date) for one in first.overview.newest] == [
        (12, "2013-11-14"), (11, "2013-11-14"), (10, "2013/2017"),
    ]  # fmt: skip
    later = await ask("/timeline", offset=4, count=4)
    assert later.overview is not None and later.overview.newest == ()


async def test_what_is_announced_comes_behind_what_happened(ask_folder: Any) -> None:
    text = "It was signed on 3 May 1999.\n\nIt was built on 4 June 2000.\n\nIt will be opened on 5 July 2030.\n"
    asked = await ask_folder({"a.md": f"---\ntitle: A bridge\npublished: 2001-05-04\n---\n{text}"})
    overview = (await asked("/timeline", count=2)).overview
    assert [one.item.date for one in overview.newest] == ["2000-06-04", "1999-05-03", "2030-07-05"]
    assert [one.at for one in overview.newest] == [1, 0, 2]


@pytest.mark.parametrize(("topic", "total", "leads"), [(False, 1, True), (True, 50, False), (True, 51, True)])
def test_a_timeline_without_a_topic_or_of_more_than_50_entries_opens_with_its_overview(
    topic: bool, total: int, leads: bool
) -> None:
    assert begins(topic, total) is leads


def test_more_than_25_years_are_told_by_decade_and_more_than_25_decades_by_century() -> None:
    def told(*years: int) -> list[tuple[int, int, int, int]]:
        found = spans([Year(year, 2, 2 * at) for at, year in enumerate(years)])
        return [(one.first, one.step, one.count, one.offset) for one in found]

    assert told(1990, 2014) == [(1990, 1, 2, 0), (2014, 1, 2, 2)]
    assert told(1989, 1990, 1999, 2014) == [(1980, 10, 2, 0), (1990, 10, 4, 2), (2010, 10, 2, 6)]
    assert told(988, 1245, 1999) == [(900, 100, 2, 0), (1200, 100, 2, 2), (1900, 100, 2, 4)]
    assert told() == []
