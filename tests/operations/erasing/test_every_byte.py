"""What is erased is erased: not a byte of a person's words or id is left in any file of the data folder."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzbot.operations.erasing.eraser import Eraser, Forgotten
from kzbot.operations.planning.files import read_plan
from kzbot.querylog.erasing.scope import Scope
from kzbot.querylog.erasing.targets import target_of
from kzbot.querylog.erasing.wiping import Wiper
from kzbot.querylog.filters import Filters
from kzbot.querylog.ledger.rows import TERMINAL, Actor, Deed
from kzbot.querylog.log import FILE_NAME, QueryLog
from kzbot.querylog.noted import filters_noted, noted_options
from kzbot.querylog.people import Kept
from kzbot.querylog.personal import PersonalRows
from tests.operations.erasing.filled import (
    HOME,
    MODERATOR,
    NOW,
    OTHER,
    PERSON,
    WAITING,
    ask,
    backup,
    counts_are_true,
    forms,
    holding,
    look,
    old_copies,
    plans,
    report,
    review,
    send,
    shapes_of,
)

RARE = ("zqxwordkj", "Жщюяъцфыв", 'qu"ote\\zqj', "ÀÉzqjßİ", "lone\ud800zqj", "emoji😀zqj", "/*zqj*/'--")
HERS = st.lists(
    st.tuples(st.sampled_from(RARE), st.integers(1, 700), st.text(max_size=3)).map(
        lambda made: f"{made[2]} {made[0]} " * made[1]
    ),
    min_size=1,
    max_size=6,
)
"""Rare words in texts from a few bytes to several pages."""


@given(texts=HERS, hashed=st.booleans())
@settings(max_examples=5, suppress_health_check=list(HealthCheck))
async def test_not_a_byte_of_an_erased_person_is_left_in_the_data_folder(texts: list[str], hashed: bool) -> None:
    with TemporaryDirectory() as folder:
        data = Path(folder)
        log = await QueryLog.open(data / FILE_NAME, "hashed" if hashed else "kept")
        try:
            others = await ask(log, [f"otherwise {at} " * (at + 1) for at in range(40)], OTHER)
            hers = await ask(log, texts)
            others += await ask(log, ["kept as it is"], OTHER)
            await _said(log, data, texts, hers, others)
            backup(data)
            if not hashed:
                old_copies(data)
            wanted = {form for word in RARE for form in forms(word)}
            before = {one.partition(":")[0].partition("/")[0] for one in holding(data, wanted | shapes_of(PERSON))}
            assert before >= {"kzbot.db-wal", "backups", "generations", "incoming"}, "nothing would be proved"
            done = await Eraser(data, log).erase(Scope.person(PERSON), Actor(place="discord", user=PERSON), NOW)
            assert done.queries == len(texts)
            assert [*holding(data, wanted | shapes_of(PERSON))] == []
            assert (await log.recent(100))[1] == len(others) + 1
            assert counts_are_true(data / FILE_NAME)
            assert await _about_others(log, data) == (2, 1, 1, 1)
        finally:
            await log.close()
        assert [*holding(data, wanted | shapes_of(PERSON))] == []
        backups = [*(data / "backups").glob("*.db")]
        assert len(backups) == 1
        assert all(counts_are_true(one) for one in backups)


async def _said(log: QueryLog, data: Path, texts: list[str], hers: list[int], others: list[int]) -> None:
    """Everywhere else where words of hers, or her id, may stand."""
    words = texts[0].encode("utf-8", "replace").decode()  # as Discord sends them
    await review(log, hers[0], PERSON, MODERATOR, "a moderator's remark")
    await review(log, others[0], PERSON, PERSON, words)
    await review(log, others[1], OTHER, OTHER, "stays")
    await report(log, words, PERSON, others[0])
    await report(log, "somebody else's doubt", OTHER, hers[0])
    await look(log, PERSON, search=words)
    await look(log, MODERATOR, user=str(PERSON), said=f"<@{PERSON}>")
    await log.ledger.note(_export_of(PERSON, log))
    await ask(log, [f"what did <@{PERSON}> ask"], OTHER)
    plans(data, [*texts, "kept as it is"], golden="")
    send(data, PERSON, words, "12")
    send(data, OTHER, "an article", "13")


def _export_of(user: int, log: QueryLog) -> Deed:
    """A moderator takes away what somebody asked."""
    options = noted_options(Filters(users=(user, log.people.hashed(user)), search="words"), log.people.mode)
    details = {"form": "csv", "options": options, "questions": 1}
    return Deed(at=NOW, actor=Actor(place="discord", user=MODERATOR), action="export", details=details)


async def test_a_deed_of_an_export_still_tells_people_apart_without_their_ids(log: QueryLog, tmp_path: Path) -> None:
    await log.ledger.note(_export_of(PERSON, log))
    await Eraser(tmp_path / "data", log).erase(Scope.person(PERSON), TERMINAL, NOW)
    deed = next(one for one in (await log.ledger.deeds(9))[0] if one.action == "export")
    assert filters_noted(deed.details["options"]) == Filters(users=(log.people.hashed(PERSON),))
    assert [*holding(tmp_path / "data", shapes_of(PERSON))] == []


@pytest.mark.parametrize("mode", ["hashed", "none"])
async def test_a_stricter_setting_leaves_nobodys_id_also_where_moderators_narrowed_by_it(
    tmp_path: Path, mode: Kept
) -> None:
    kept = await QueryLog.open(tmp_path / FILE_NAME)
    await ask(kept, ["her words"])
    options = {"user": str(PERSON), "search": "words"}
    await ask(kept, [""], MODERATOR, command="log questions", options=options)
    await look(kept, MODERATOR, command="log questions", options=options)
    await kept.close()
    assert [*holding(tmp_path, shapes_of(PERSON))]
    log = await QueryLog.open(tmp_path / FILE_NAME, mode)
    try:
        await Eraser(tmp_path, log).rename()
        assert [*holding(tmp_path, shapes_of(PERSON) | shapes_of(MODERATOR))] == []
        assert counts_are_true(tmp_path / FILE_NAME)
        assert (await log.listing.count(Filters(search="/log questions"))) == (1, False)
    finally:
        await log.close()


async def _about_others(log: QueryLog, data: Path) -> tuple[int, int, int, int]:
    """Ratings and wishes, reports, deeds of looking, and batches that stay."""
    with closing(sqlite3.connect(f"file:{log.path}?mode=ro", uri=True)) as connection:

        def count(what: str) -> int:
            return int(connection.execute(f"SELECT count(*) FROM {what}").fetchone()[0])

        return (
            count("ratings") + count("wishes"),
            count("reports"),
            count("audit WHERE action = 'look'"),
            len([*(data / "incoming").iterdir()]),
        )


async def test_what_others_asked_in_the_same_words_stays(log: QueryLog, tmp_path: Path) -> None:
    data = tmp_path / "data"
    await ask(log, ["the same question", "hers alone"])
    (number,) = await ask(log, ["the same question"], OTHER)
    store = plans(data, ["the same question", "hers alone", "a golden one"], golden="a golden one")
    await Eraser(data, log).erase(Scope.person(PERSON), TERMINAL, NOW)
    row = await log.query(number)
    assert row is not None
    assert row.options == {"query": "the same question"}
    assert counts_are_true(log.path)
    plan = read_plan(store, WAITING)
    assert plan is not None
    assert [one.question for one in plan.answers] == ["/search query: the same question", "/search query: a golden one"]


async def test_what_a_moderator_did_stays_with_a_keyed_hash_for_a_name(log: QueryLog, tmp_path: Path) -> None:
    number = await report(log, "", PERSON, 1)
    await Eraser(tmp_path / "data", log).erase(Scope.person(PERSON), TERMINAL, NOW + timedelta(days=1))
    overlay = (await log.ledger.overlays(5))[0][0]
    assert (overlay.actor.user, overlay.report) == (log.people.hashed(PERSON), None)
    assert await log.ledger.report(number) is None
    assert {one.action for one in (await log.ledger.deeds(9))[0]} == {"lay", "erase"}


async def test_what_is_asked_after_the_erasure_stays(log: QueryLog, tmp_path: Path) -> None:
    await ask(log, ["before"])
    await ask(log, ["after"], asked_at=NOW + timedelta(seconds=1))
    assert (await Eraser(tmp_path / "data", log).erase(Scope.person(PERSON), TERMINAL, NOW)).queries == 1
    assert [row.options for row in (await log.recent(9))[0]] == [{"query": "after"}]


async def test_questions_that_pass_filters_go_and_the_ledger_keeps_no_word_of_them(
    log: QueryLog, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    await ask(log, ["one zqxsecretjk", "two", "three zqxsecretjk"])
    backup(data)
    eraser = Eraser(data, log)
    scope = Scope.filtered(Filters(search="ZQXsecretjk"))
    assert (await eraser.count(scope)).queries == 2
    await eraser.erase(scope, TERMINAL, NOW)
    assert [*holding(data, forms("zqxsecretjk"))] == []
    assert [row.options["query"] for row in (await log.recent(9))[0]] == ["two"]
    deed = (await log.ledger.deeds(1))[0][0]
    assert (deed.action, deed.details["rows"]) == ("erase", {"queries": 2})


async def test_a_server_that_was_left_takes_its_questions_with_it(log: QueryLog, tmp_path: Path) -> None:
    (there,) = await ask(log, ["there"], server=5)
    await ask(log, ["home"], server=HOME)
    await ask(log, ["between us"], server=None)
    await report(log, "a doubt from there", OTHER, there)
    erased = await Eraser(tmp_path / "data", log).erase(Scope.server(5), TERMINAL, NOW)
    assert erased.rows == {"queries": 1, "reports": 1}
    assert {row.options["query"] for row in (await log.recent(9))[0]} == {"home", "between us"}


async def test_others_are_told_what_to_forget_and_which_posts_hold_it(log: QueryLog, tmp_path: Path) -> None:
    told: list[Forgotten] = []

    async def follow(forgotten: Forgotten) -> None:
        told.append(forgotten)

    (number,) = await ask(log, ["hers"])
    doubt = await report(log, "her words", PERSON, number)
    eraser = Eraser(tmp_path / "data", log)
    eraser.follow(follow)
    await eraser.erase(Scope.person(PERSON), TERMINAL, NOW)
    assert [(one.kind, one.means(PERSON), one.means(OTHER)) for one in told] == [("person", True, False)]
    assert told[0].posts == ((55, 7000 + doubt),)


async def test_what_was_asked_before_the_clock_went_back_goes_too(log: QueryLog, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    await ask(log, ["zqxwordkj"], asked_at=now + timedelta(hours=3))
    erased = await Eraser(tmp_path / "data", log).erase(Scope.person(PERSON), TERMINAL, now)
    assert erased.queries == 1
    assert [*holding(tmp_path / "data", forms("zqxwordkj") | shapes_of(PERSON))] == []


async def test_an_erasure_is_a_deed_also_where_the_ledger_was_lost(log: QueryLog, tmp_path: Path) -> None:
    await ask(log, ["hers"])
    await ask(log, ["of somebody else"], OTHER)
    eraser = Eraser(tmp_path / "data", log)
    await eraser.erase(Scope.person(PERSON), TERMINAL, NOW)
    (tmp_path / "data" / "erased.jsonl").unlink()
    await eraser.erase(Scope.person(OTHER), TERMINAL, NOW)
    assert [(deed.action, deed.about) for deed in (await log.ledger.deeds(5))[0]] == [("erase", 2), ("erase", 1)]


@pytest.mark.parametrize(
    "damage",
    [
        f'UPDATE queries SET options = \'{{"query": "zqxwordkj\' WHERE user = {PERSON}',
        f"UPDATE queries SET options = '{{<@{PERSON}>' WHERE user = {OTHER}",
        "UPDATE queries SET options = x'ff00'",
        "UPDATE audit SET details = '{\"options\": zqxwordkj'",
    ],
)
async def test_a_damaged_column_holds_no_erasure_up_and_hides_no_other_row(log: QueryLog, damage: str) -> None:
    await ask(log, ["zqxwordkj"])
    await ask(log, ["another one"], OTHER)
    await look(log, PERSON, options={"search": "zqxwordkj"}, action="look")
    await log.ledger.note(Deed(at=NOW, actor=Actor(place="discord", user=PERSON), action="export", details={}))
    with closing(sqlite3.connect(log.path)) as connection, connection:
        connection.execute(damage)
    backup(log.path.parent)
    assert len((await log.recent(9))[0]) == 2 and len((await log.ledger.deeds(9))[0]) == 2
    assert len([*PersonalRows(log.path, log.people, PERSON).rows()]) == 3
    await Eraser(log.path.parent, log).erase(Scope.person(PERSON), TERMINAL, NOW)
    assert [*holding(log.path.parent, forms("zqxwordkj") | shapes_of(PERSON))] == []
    assert [row.user for row in (await log.recent(9))[0]] == [OTHER]


async def test_who_is_being_told_is_forgotten_and_told_no_more(log: QueryLog, tmp_path: Path) -> None:
    (number,) = await ask(log, ["of somebody else"], OTHER)
    for mode in ("kept", "hashed", "none"):
        log.review._people = replace(log.people, mode=mode)
        await log.review.wish(number, PERSON, NOW)
        wish = await log.review.wish_of(number, PERSON)
        assert wish is not None
        assert await log.review.begin_telling(wish, NOW)
        await Eraser(tmp_path / "data", log).erase(Scope.person(PERSON), TERMINAL, NOW)
        await log.review.end_telling(wish, "open", NOW)
        assert [*holding(tmp_path / "data", shapes_of(PERSON))] == [], f"{mode}: the message could not be sent"
        assert not await log.review.begin_telling(wish, NOW)


async def test_many_scattered_questions_are_looked_up_and_not_searched_for_one_by_one(
    log: QueryLog, tmp_path: Path
) -> None:
    await ask(log, [f"{'odd' if at % 2 else 'even'} {at}" for at in range(600)])
    steps = [0]

    def step() -> int:
        steps[0] += 1
        return 0

    target = target_of(log.path, Scope.filtered(Filters(search="odd")), NOW, log.people)
    assert len(target.numbers) == 300
    with closing(Wiper(log.path, target, log.people)) as wiper:
        wiper._connection.set_progress_handler(step, 1000)
        assert wiper.count().rows == {"queries": 300}
    assert steps[0] < 100, "300 ranges and 600 questions are no 180,000 comparisons"
