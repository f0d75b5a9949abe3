"""The keeper over several starts and states: rolled back, applied by itself, written down, pruned, and found damaged."""

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from kzbot.errors import DataFolderError, KzbotError, QueryLogError
from kzbot.index.generation import Generation
from kzbot.index.store import GenerationStore
from kzbot.operations.keeper import Keeper
from kzbot.operations.outcome import Outcome
from kzbot.operations.shelf import Shelf
from kzbot.querylog.ledger.rows import BOT, Actor, Application
from kzbot.querylog.log import QueryLog
from tests.operations.planned import ANNA, planned

pytestmark = pytest.mark.usefixtures("built_here")


async def test_a_rollback_is_noted_with_its_counts_and_the_next_start_applies_nothing(
    corpus: Any, store: GenerationStore, keeper: Keeper, served: str
) -> None:
    corpus.write(3, "It was raining.")
    corpus.write(40)
    second = (await planned(keeper)).candidate
    await keeper.apply(second, ANNA)
    outcome = await keeper.roll_back(served, ANNA)
    assert (outcome.kind, outcome.generation, outcome.former) == ("applied", served, second)
    row = (await keeper.history(1))[0][0]
    assert (row.way, row.articles, row.former) == ("rollback", 12, second)
    assert dict(row.summary) == {"added": 0, "removed": 1, "changed": 1}
    told: list[tuple[str, str]] = []

    async def follow(outcome: Outcome, actor: Actor, way: str) -> None:
        told.append((outcome.kind, way))

    keeper.follow(follow)
    waits = await keeper.start()
    assert (waits.kind, store.applied(), await keeper.rolled_back()) == ("planned", served, True)
    assert waits.plan is not None and waits.plan == (await keeper.start()).plan
    assert [one.kind for one in (await keeper.roll_back(served, ANNA), await keeper.roll_back(second, ANNA))] == [
        "unchanged",
        "applied",
    ]
    await asyncio.sleep(0)
    assert told == [("planned", "start"), ("planned", "start"), ("applied", "rollback")]
    assert (await keeper.roll_back("20200101T000000Z-00000000", ANNA)).kind == "refused"


async def test_a_start_applies_unless_it_must_not(
    corpus: Any, store: GenerationStore, keeper: Keeper, served: str
) -> None:
    assert (await keeper.start()).kind == "unchanged"
    corpus.write(3, "It was raining.")
    assert (await keeper.start(apply=False)).kind == "planned"
    assert store.applied() == served
    outcome = await keeper.start()
    assert (outcome.kind, store.applied()) == ("applied", outcome.generation)
    corpus.remove(6, 7)
    waits = await keeper.start()
    assert (waits.kind, store.applied()) == ("planned", outcome.generation)
    assert [(row.way, row.actor) for row in (await keeper.history(9))[0]] == [("start", BOT), ("start", BOT)]


async def test_only_what_adds_applies_itself(corpus: Any, store: GenerationStore, log: QueryLog, served: str) -> None:
    keeper = Keeper(corpus.now, store, log.ledger, auto_apply="additions")
    corpus.write(40)
    outcome = await keeper.reload(ANNA)
    assert (outcome.kind, store.applied()) == ("applied", outcome.generation)
    assert (await keeper.history(1))[0][0].way == "automatic"
    corpus.write(41)
    (corpus.folder / "bad.txt").write_text("No title.", encoding="utf-8")
    assert (await keeper.reload(ANNA)).kind == "planned"
    (corpus.folder / "bad.txt").unlink()
    await keeper.roll_back(served, ANNA)
    assert (await keeper.reload(ANNA)).kind == "planned"
    assert store.applied() == served


async def test_what_adds_applies_itself_only_where_the_setting_says_so(
    corpus: Any, keeper: Keeper, served: str
) -> None:
    corpus.write(40)
    outcome = await keeper.reload(ANNA)
    assert outcome.kind == "planned" and outcome.plan is not None and outcome.plan.only_adds


async def test_what_a_crash_left_unnoted_is_noted_at_the_next_start(
    corpus: Any, store: GenerationStore, keeper: Keeper, served: str
) -> None:
    await keeper.start()
    corpus.write(40)
    plan = await planned(keeper)
    store.apply(plan.candidate)
    await keeper.start()
    rows, total = await keeper.history(9)
    assert total == 2
    assert (rows[0].generation, rows[0].former, rows[0].way, rows[0].articles) == (plan.candidate, served, "start", 13)
    assert rows[0].summary["added"] == 1


async def test_answers_come_from_what_is_applied_and_a_file_that_cannot_be_opened_changes_nothing(
    corpus: Any, store: GenerationStore, log: QueryLog, served: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = await Shelf.open(store.path, served)
    keeper = Keeper(corpus.now, store, log.ledger, shelf=shelf)
    corpus.write(40)
    plan = await planned(keeper)
    opened = Generation.open

    async def broken(path: Path) -> Any:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(Generation, "open", broken)
    with pytest.raises(sqlite3.OperationalError):
        await keeper.apply(plan.candidate, ANNA)
    assert (shelf.id, store.applied()) == (served, served)
    monkeypatch.setattr(Generation, "open", opened)
    (store.data_folder / "applied.new").mkdir()
    with pytest.raises(DataFolderError):
        await keeper.apply(plan.candidate, ANNA)
    assert (shelf.id, store.applied()) == (served, served)
    (store.data_folder / "applied.new").rmdir()
    assert (await keeper.apply(plan.candidate, ANNA)).kind == "applied"
    assert (shelf.id, store.applied()) == (plan.candidate, plan.candidate)
    await shelf.close()


async def test_a_history_that_cannot_be_written_is_made_good_by_the_next_start(
    corpus: Any, store: GenerationStore, log: QueryLog, keeper: Keeper, served: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus.write(40)
    plan = await planned(keeper)
    with monkeypatch.context() as patch:

        async def full(_: Application) -> int:
            raise QueryLogError("the disk is full")

        patch.setattr(log.ledger, "applied", full)
        outcome = await keeper.apply(plan.candidate, ANNA)
    assert (outcome.kind, outcome.application) == ("applied", None)
    await keeper.start()
    assert (await keeper.history(9))[0][0].generation == plan.candidate


async def test_five_generations_are_kept_with_their_plans_and_nothing_beside_them(
    corpus: Any, store: GenerationStore, keeper: Keeper, served: str
) -> None:
    made = [served]
    for number in range(6):
        corpus.write(number, "It was raining.")
        plan = await planned(keeper)
        await keeper.apply(plan.candidate, ANNA)
        made.append(plan.candidate)
    assert keeper.kept() == made[-5:]
    assert {file.name.partition(".")[0] for file in store.folder.iterdir()} == set(made[-5:])


async def test_a_base_of_another_version_is_compared_as_far_as_it_can_be(
    corpus: Any, store: GenerationStore, keeper: Keeper, served: str
) -> None:
    file = store.path(served)
    file.chmod(0o644)
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE meta SET value = 'older' WHERE key = 'schema'")
        connection.execute("DROP TABLE marks")
    connection.close()
    corpus.write(3, "It was raining.")
    corpus.remove(4)
    plan = await planned(keeper)
    assert plan.compared == "articles"
    assert [one.id for one in plan.removed] == ["04"] and [one.id for one in plan.changed] == ["03"]
    file.write_bytes(b"nothing of this is a database")
    corpus.write(5, "It was snowing.")
    plan = await planned(keeper)
    assert (plan.compared, len(plan.added)) == ("nothing", 11)
    assert not plan.only_adds
    assert (await keeper.start(apply=False)).kind == "applied"


async def test_the_bots_own_lock_does_not_stand_in_its_way_but_anothers_does(
    corpus: Any, store: GenerationStore, log: QueryLog, keeper: Keeper, served: str
) -> None:
    with store.lock():
        assert (await keeper.plan()).kind == "unchanged"
        with pytest.raises(DataFolderError):
            await Keeper(corpus.now, GenerationStore(store.data_folder), log.ledger).plan()


async def test_a_start_without_changes_starts_no_child(
    corpus: Any, keeper: Keeper, served: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kzbot.operations.planning.preparing.build_in_child", None)
    outcome = await keeper.start()
    assert (outcome.kind, outcome.generation) == ("unchanged", served)


async def test_a_generation_of_another_version_is_replaced_at_the_start(
    corpus: Any, store: GenerationStore, keeper: Keeper, served: str
) -> None:
    file = store.path(served)
    file.chmod(0o644)
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE meta SET value = 'older' WHERE key = 'schema'")
        connection.execute("UPDATE articles SET first_seen = '2001-01-01T00:00:00Z'")
    connection.close()
    outcome = await keeper.start(apply=False)
    assert outcome.kind == "applied" and outcome.generation is not None and outcome.plan is not None
    assert (outcome.plan.added, outcome.plan.removed, outcome.plan.changed) == ((), (), ())
    connection = sqlite3.connect(store.path(outcome.generation))
    assert connection.execute("SELECT DISTINCT first_seen FROM articles").fetchall() == [("2001-01-01T00:00:00Z",)]
    connection.close()


async def test_a_lost_record_of_what_is_applied_costs_nothing(
    corpus: Any, store: GenerationStore, keeper: Keeper, served: str
) -> None:
    (store.data_folder / "applied").unlink()
    assert (await keeper.start()).generation == served == store.applied()


async def test_who_watches_is_told_what_each_plan_came_to(
    corpus: Any, store: GenerationStore, keeper: Keeper, served: str
) -> None:
    told: list[str] = []
    keeper.watch(told.append)
    await keeper.plan()
    corpus.write(40)
    first = await planned(keeper)
    corpus.write(41)
    anew = (await keeper.apply(first.candidate, ANNA)).plan
    assert anew is not None
    await keeper.apply(anew.candidate, ANNA)
    corpus.write(42)
    await keeper.cancel((await planned(keeper)).candidate, ANNA)
    corpus.sources.names_file.write_text("- no: name book")
    with pytest.raises(KzbotError):
        await keeper.plan()
    assert told == ["unchanged", "planned", "planned", "outdated", "applied", "planned", "cancelled", "failed"]
