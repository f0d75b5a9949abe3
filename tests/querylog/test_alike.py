"""Which questions count as one, and that the counts are those of the rows whatever is written, rated and deleted."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzbot.querylog.alike import OF_THE_BOT, OWN_NEW, alike, asked_with, of_the_corpus
from kzbot.querylog.backup import FOLDER, check, listed
from kzbot.querylog.log import QueryLog
from kzbot.querylog.messages import traces
from kzbot.querylog.migrate import migrate
from kzbot.querylog.rows import QueryRecord
from kzbot.querylog.schema import migrations

Asked = Callable[..., QueryRecord]
_UNANSWERED = "('not_found', 'partial', 'ambiguous')"


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("search", {"query": "Steppe Eagle"}),
        ("exercise", {"name": "  eagle, STEPPE! "}),
        ("timeline", {"topic": "steppe-eagle", "from": "2012", "private": True}),
        ("search", {"query": "stéppe eagle", "publisher": "Astana Times"}),
    ],
)
def test_what_asks_for_one_thing_is_alike(command: str, options: dict[str, str | bool]) -> None:
    assert alike(command, options) == "eagle steppe"


def test_scripts_make_no_difference_and_wordless_questions_are_those_of_their_command() -> None:
    assert alike("search", {"query": "Каскад"}) == alike("who", {"name": "kaskad"})
    assert alike("timeline", {"from": "1997"}) == "/timeline"
    assert all(alike(command, {"said": "wrong"}) is None for command in ("corpus reload", *OF_THE_BOT))
    assert alike("check", traces(1234, "their words")) is None
    assert alike(OWN_NEW, {}) is None and asked_with(OWN_NEW) == "new" and asked_with("search") == "search"


@given(st.dictionaries(st.sampled_from(["query", "topic", "from"]), st.text() | st.integers() | st.booleans()))
def test_any_options_have_words_that_sqlite_takes(options: dict[str, str | int | bool]) -> None:
    words = alike("search", options)
    assert words and len(words) <= 200
    assert words.encode() and words == words.casefold()


def counts(path: Path) -> None:
    """Every count that triggers keep is the count of the rows."""
    with closing(sqlite3.connect(path)) as made:
        counted = f"""SELECT alike, count(*), sum(status IN {_UNANSWERED}), sum(status = 'partial'), sum(status = 'ambiguous'),
            (SELECT count(*) FROM ratings JOIN queries AS rated ON rated.number = ratings.query
             WHERE rated.alike = queries.alike AND NOT useful),
            (SELECT count(DISTINCT rated.number) FROM ratings JOIN queries AS rated ON rated.number = ratings.query
             WHERE rated.alike = queries.alike AND rated.status NOT IN {_UNANSWERED} AND NOT useful), max(number)
            FROM queries WHERE alike IS NOT NULL GROUP BY alike ORDER BY alike"""
        assert made.execute("SELECT * FROM wordings ORDER BY alike").fetchall() == made.execute(counted).fetchall()
        tallied = (
            "SELECT substr(asked_at, 1, 10), command, status, count(*) FROM queries GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
        )
        kept = "SELECT day, command, status, questions FROM tallies ORDER BY 1, 2, 3"
        assert made.execute(kept).fetchall() == made.execute(tallied).fetchall()
        outside = """SELECT number FROM queries JOIN tallies ON day = substr(asked_at, 1, 10)
            AND tallies.command = queries.command AND tallies.status = queries.status WHERE number NOT BETWEEN first AND last"""
        assert made.execute(outside).fetchall() == []
        made.create_function("of_the_corpus", 1, of_the_corpus)
        timed = """SELECT substr(asked_at, 1, 10), CAST(printf('%.2e', took_ms) AS REAL), count(*) FROM queries
            WHERE of_the_corpus(command) AND status NOT IN ('denied', 'failed') GROUP BY 1, 2 ORDER BY 1, 2"""
        assert made.execute("SELECT * FROM times ORDER BY 1, 2").fetchall() == made.execute(timed).fetchall()
        assert made.execute(
            "SELECT count(*) FROM ratings WHERE query NOT IN (SELECT number FROM queries)"
        ).fetchone() == (0,)


_WRITES = st.lists(
    st.tuples(
        st.sampled_from(["ask", "rate", "delete"]),
        st.sampled_from(["alpha", "beta", "Beta alpha"]),
        st.sampled_from(["search", "check", "corpus reload", *OF_THE_BOT]),
        st.sampled_from(["answered", "not_found", "partial", "ambiguous", "denied"]),
        st.integers(1, 12),
    ),
    max_size=25,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(writes=_WRITES)
async def test_counts_follow_whatever_is_written(
    asked: Asked, tmp_path_factory: pytest.TempPathFactory, writes: list[tuple[str, str, str, str, int]]
) -> None:
    path = tmp_path_factory.mktemp("log") / "kzbot.db"
    log = await QueryLog.open(path)
    for what, words, command, status, number in writes:
        if what == "ask":
            options = traces(number, words) if command == "check" else {"query": words}
            await log.record(asked(command=command, options=options, status=status, took_ms=number * 1.2345))
            continue
        with closing(sqlite3.connect(path, isolation_level=None)) as beside:
            beside.execute("PRAGMA foreign_keys = ON")
            if what == "rate":
                user, useful = len(words), status == "partial"
                beside.execute("DELETE FROM ratings WHERE query = ? AND user = ?", (number, user))
                beside.execute(
                    "INSERT INTO ratings (at, query, user, useful) SELECT '', number, ?, ? FROM queries WHERE number = ?",
                    (user, useful, number),
                )
            else:
                beside.execute("DELETE FROM queries WHERE number = ?", (number,))
    await log.close()
    counts(path)


def an_older_log(folder: Path) -> Path:
    """One of the schema before questions were counted."""
    older = folder / "older"
    older.mkdir()
    for _, file in migrations()[:2]:
        shutil.copy(file, older)
    migrate(folder / "kzbot.db", older)
    return folder / "kzbot.db"


async def test_an_older_log_is_counted_when_it_is_opened(tmp_path: Path, asked: Asked) -> None:
    path = an_older_log(tmp_path)
    with closing(sqlite3.connect(path)) as made, made:
        for status, query in (("not_found", "Steppe Eagle"), ("answered", "EAGLE steppe"), ("failed", "x")):
            made.execute(
                "INSERT INTO queries (asked_at, command, options, status, items, took_ms, private)"
                " VALUES ('2026-11-21T20:33:01.250+00:00', 'search', ?, ?, 1, 4.5678, 0)",
                (f'{{"query":"{query}"}}', status),
            )
    log = await QueryLog.open(path)
    await log.record(asked(options={"topic": "steppe eagle"}, status="partial"))
    await log.close()
    counts(path)
    with closing(sqlite3.connect(path)) as made:
        assert made.execute("SELECT * FROM wordings").fetchall() == [("eagle steppe", 3, 2, 1, 0, 0, 0, 4)]
        assert made.execute(
            "SELECT searched, asked FROM queries, phrasings ON phrasings.number = phrasing WHERE queries.number = 2"
        ).fetchone() == ("/search eagle steppe", 1)


@pytest.mark.parametrize(
    ("column", "damage"),
    [
        ("options", "'no JSON'"),
        ("options", "CAST(X'7bff7d' AS TEXT)"),
        ("options", "X'7bff7d'"),
        ("options", f"'{'[' * 100_000}'"),
        ("command", "CAST(X'ff' AS TEXT)"),
        ("command", "X'ff'"),
        ("asked_at", "'soon'"),
        ("asked_at", "CAST(X'ff' AS TEXT)"),
        ("asked_at", "X'ff'"),
    ],
)
async def test_an_older_log_with_a_damaged_row_is_upgraded_all_the_same(
    tmp_path: Path, asked: Asked, column: str, damage: str
) -> None:
    path = an_older_log(tmp_path)
    row = {
        "asked_at": "'2026-11-21T20:33:01.250+00:00'",
        "command": "'search'",
        "options": """'{"query":"Steppe Eagle"}'""",
        "status": "'answered'",
        "items": "1",
        "took_ms": "4.5",
        "private": "0",
    }
    with closing(sqlite3.connect(path)) as made, made:
        for one in (row, {**row, column: damage}):
            made.execute(f"INSERT INTO queries ({', '.join(one)}) VALUES ({', '.join(one.values())})")
    log = await QueryLog.open(path)
    await log.record(asked())
    await log.close()
    with closing(sqlite3.connect(path)) as made:
        assert made.execute("SELECT number FROM queries WHERE phrasing IS NOT NULL").fetchall() == [(1,), (2,), (3,)]
        assert made.execute(
            "SELECT searched FROM queries, phrasings ON phrasings.number = phrasing WHERE queries.number = 1"
        ).fetchone() == ("/search steppe eagle",)
    assert check(listed(path.parent / FOLDER)[0]).questions == 2
