"""Words of the log are looked for in every different question once, and find what a look through every row finds."""

import asyncio
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzbot.querylog import phrasings
from kzbot.querylog.alike import folded, searched
from kzbot.querylog.filters import Filters
from kzbot.querylog.listing import Listing
from kzbot.querylog.log import FILE_NAME, QueryLog
from kzbot.querylog.rows import ListedRow, QueryRecord

Asked = Callable[..., QueryRecord]
_PARTS = (
    "ab",
    "b",
    "aB",
    "ß",
    "SS",
    "İ",
    "%",
    "_",
    "\0",
    "lone\ud800",
    "КАДЭКС",
    '"',
    "1",
    "/who",
    "\x1f",
    "cafe\u0301",
    "\u0301",
    "\u200b",
    "\ue000",
)
SPOKEN = st.lists(st.sampled_from(_PARTS) | st.text(max_size=3), max_size=4).map(" ".join)
QUESTIONS = st.lists(
    st.tuples(st.sampled_from(["search", "who", "log audit"]), SPOKEN | st.integers(0, 12), st.integers(1, 3)),
    min_size=1,
    max_size=30,
)
NARROWED = st.sampled_from([Filters(), Filters(users=(1, 2)), Filters(commands=("who",)), Filters(server=2)])


def passes(row: ListedRow, filters: Filters, search: str) -> bool:
    """What the filters say, said once more without SQL."""
    own = searched(row.command, row.options)
    return (
        all(word in own for word in folded(search).split())
        and bool(folded(search).split() or not search.strip())
        and (not filters.users or row.user in filters.users)
        and (not filters.commands or row.command in filters.commands)
        and filters.server in (None, row.server)
    )


def is_counted(path: Path) -> bool:
    """Whether every different question stands there once with how often it was asked, and none that is not kept."""
    with closing(sqlite3.connect(path)) as connection:
        texts: dict[str, int] = {}
        for command, options in connection.execute("SELECT command, options FROM queries"):
            text = searched(command, json.loads(options))
            texts[text] = texts.get(text, 0) + 1
        return texts == dict(connection.execute("SELECT searched, asked FROM phrasings"))


async def test_a_search_makes_no_difference_of_accents_and_scripts(asked: Asked, log: QueryLog) -> None:
    for said in ("Café", "cafe\u0301", "CAFE", "КАДЭКС", "Łódź", "\ue000", "plain"):
        await log.record(asked(options={"query": said}))

    async def found(search: str) -> list[int]:
        return [row.number for row in (await log.listing.page(Filters(search=search), 50)).rows]

    for search in ("cafe", "café", "CAFE\u0301"):
        assert await found(search) == [3, 2, 1], search
    assert await found("kadeks") == [4] == await found("кадэкс") and await found("lodz") == [5]
    assert await found("\ue000") == [6] and await found("\u0301") == [], "words of which nothing is left find nothing"


@given(QUESTIONS, SPOKEN, NARROWED, st.booleans(), st.integers(1, 8), st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_search_finds_the_questions_whose_own_text_holds_each_word(
    asked: Asked, said: list[tuple[str, Any, int]], search: str, narrowed: Filters, few: bool, stretch: int, data: Any
) -> None:
    """`few`: the questions are gathered from their phrasings, and not met on the way through all."""
    gone = sorted(data.draw(st.sets(st.integers(1, len(said)))))
    anchor, limit = data.draw(st.integers(0, len(said) + 1)), data.draw(st.integers(1, 9))
    rows = [asked(command=one, options={"query": text}, user=user, server=user) for one, text, user in said]
    wanted = Filters(users=narrowed.users, commands=narrowed.commands, server=narrowed.server, search=search)

    async def check(path: Path) -> None:
        log = await QueryLog.open(path)
        try:
            await asyncio.gather(*map(log.record, rows))
            await log._writer.write(
                "DELETE FROM queries WHERE number IN (SELECT value FROM json_each(?))", (str(gone),)
            )
            meant = [row for row in await log.listing.rows(range(1, len(rows) + 1)) if passes(row, narrowed, search)]
            first = await log.listing.page(wanted, limit)
            assert list(first.rows) == meant[:limit]
            assert (first.total, first.more, first.older) == (len(meant), False, len(meant) > limit)
            below = [row for row in meant if row.number < anchor]
            older = await log.listing.page(wanted, limit, before=anchor, passed=len(meant) - len(below))
            assert list(older.rows) == below[:limit] and older.older == (len(below) > limit)
            assert not below or older.total == len(meant)
            above = [row for row in meant if row.number > anchor]
            newer = await log.listing.page(wanted, limit, after=anchor)
            assert list(newer.rows) == above[-limit:] and newer.newer == (len(above) > limit)
            assert await log.listing.count(wanted) == (len(meant), False)
            assert list(await log.listing.numbers(wanted)) == [row.number for row in meant]
        finally:
            await log.close()
        assert is_counted(path)

    with (
        TemporaryDirectory() as folder,
        patch.object(phrasings, "MOST", 20_000 if few else 1),
        patch.object(phrasings, "_STRETCH", stretch),
    ):
        asyncio.run(check(Path(folder) / FILE_NAME))


async def test_words_of_few_questions_are_found_without_a_look_through_all(log: QueryLog, asked: Asked) -> None:
    """As far as SQLite tells beforehand."""
    for text in ("steppe", "eagle", "eagle", "zyzzyva"):
        await log.record(asked(options={"query": text}))
    plans: list[str] = []

    async def explained(sql: str, values: Any) -> list[Any]:
        told = await log.listing._rows(f"EXPLAIN QUERY PLAN {sql}", values)
        plans.extend(str(row[3]) for row in told if " FROM queries" in sql)
        return await log.listing._rows(sql, values)

    for filters in (Filters(search="ZYZZYVA"), Filters(search="zyzzyva", users=(101,)), Filters(search="not there")):
        page = await Listing(explained).page(filters, 10)
        assert page.total == (filters.search.casefold() == "zyzzyva")
    assert [plan for plan in plans if "queries_by_phrasing (phrasing=? AND rowid>? AND rowid<?)" in plan]
    assert not [plan for plan in plans if plan.startswith("SCAN queries") or "PRIMARY KEY (rowid>" in plan]


async def test_a_phrasing_goes_with_its_last_question(log: QueryLog, asked: Asked) -> None:
    for text in ("steppe", "eagle", "eagle", "zyzzyva"):
        await log.record(asked(options={"topic": text}))
    await log._writer.write("DELETE FROM queries WHERE number IN (2, 4)", ())
    with closing(sqlite3.connect(log.path)) as beside:
        kept = beside.execute("SELECT searched, asked FROM phrasings ORDER BY 1").fetchall()
    assert kept == [("/timeline eagle", 1), ("/timeline steppe", 1)]


async def test_how_many_questions_have_a_common_word_is_told_exactly(log: QueryLog, asked: Asked) -> None:
    await asyncio.gather(*(log.record(asked(options={"query": f"eagle {at % 5}"})) for at in range(40)))
    with patch.object(phrasings, "MOST", 10), patch("kzbot.querylog.listing.MOST_COUNTED", 10):
        page = await log.listing.page(Filters(search="eagle"), 4)
        assert (len(page.rows), page.total, page.more) == (4, 40, False)
        narrower = await log.listing.page(Filters(search="eagle", users=(101,)), 4)
        assert (len(narrower.rows), narrower.total, narrower.more) == (4, 10, True)
