"""The keeper plans before it applies, applies what is true and confirmed, and notes who did it."""

import asyncio
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from kzbot.corpus.overlay import Overlay
from kzbot.errors import DataFolderError, KzbotError, QueryLogError
from kzbot.index.generation import Generation
from kzbot.index.sources import Progress
from kzbot.index.store import GenerationStore
from kzbot.operations.keeper import Keeper
from kzbot.operations.outcome import Outcome
from kzbot.operations.planning.files import read_plan
from kzbot.operations.planning.plan import Plan
from kzbot.operations.shelf import Shelf
from kzbot.operations.taking_in import take_in
from kzbot.phrases import DEFAULT_FOLDER, Phrases
from kzbot.querylog.ledger.rows import BOT, TERMINAL, Actor, Application
from kzbot.querylog.log import QueryLog

ANNA = Actor(place="discord", user=7)
pytestmark = pytest.mark.usefixtures("built_here")


def said(outcome: Outcome) -> str:
    assert outcome.reason is not None
    return Phrases.load(DEFAULT_FOLDER, "en").say(outcome.reason, **outcome.values)


async def planned(keeper: Keeper) -> Plan:
    outcome = await keeper.plan()
    assert outcome.kind == "planned" and outcome.plan is not None
    return outcome.plan


@pytest.fixture
async def served(corpus: Any, store: GenerationStore) -> str:
    """The generation of twelve articles that is served."""
    corpus.fill()
    return (await take_in(corpus.sources, store)).generation


async def test_a_plan_changes_nothing_until_it_is_applied(
    corpus: Any, store: GenerationStore, keeper: Keeper, served: str
) -> None:
    corpus.write(3, "It was raining on 7 July 2013.")
    corpus.write(40)
    corpus.remove(5)
    told: list[Progress] = []
    outcome = await keeper.plan(progress=told.append)
    plan = outcome.plan
    assert (outcome.kind, outcome.generation, store.applied()) == ("planned", served, served)
    assert plan is not None and plan == await keeper.waiting() == await keeper.plan_named(plan.candidate)
    assert (plan.base, plan.before, plan.after) == (served, 12, 12)
    assert [one.id for one in plan.added] == ["40"] and [one.id for one in plan.removed] == ["05"]
    assert {one.stage for one in told} >= {"scan", "read", "analyse", "finish", "compare"}
    applied = await keeper.apply(plan.candidate, ANNA)
    assert (applied.kind, applied.generation, applied.former) == ("applied", plan.candidate, served)
    assert store.applied() == plan.candidate and await keeper.waiting() is None
    (row, *_), total = await keeper.history(9)
    assert total == 1 and row.number == applied.application
    assert (row.actor, row.way, row.generation, row.former, row.articles) == (
        ANNA,
        "reload",
        plan.candidate,
        served,
        12,
    )
    assert (row.summary["added"], row.summary["changed"], row.summary["removed"]) == (1, 1, 1)
    assert read_plan(store, plan.candidate) == plan


async def test_nothing_changed_is_said_and_an_old_plan_goes(
    corpus: Any, store: GenerationStore, keeper: Keeper, served: str
) -> None:
    assert (await keeper.plan()).kind == "unchanged"
    corpus.remove(1, 2)
    plan = await planned(keeper)
    corpus.write(1)
    corpus.write(2)
    assert (await keeper.plan()).kind == "unchanged"
    assert await keeper.waiting() is None
    assert {file.name.partition(".")[0] for file in store.folder.iterdir()} == {served}
    assert (await keeper.apply(plan.candidate, ANNA)).kind == "unchanged"
    assert store.applied() == served


@pytest.mark.parametrize("meanwhile", ["file", "names", "overlay", "folder"])
async def test_a_plan_that_is_no_longer_true_is_made_anew_and_not_applied(
    corpus: Any, store: GenerationStore, keeper: Keeper, served: str, meanwhile: str
) -> None:
    corpus.write(3, "It was raining.")
    plan = await planned(keeper)
    if meanwhile == "file":
        corpus.write(4, "It was snowing.")
    elif meanwhile == "names":
        corpus.names.write_text("kinds: {country: {}}\nnames: []\n", encoding="utf-8")
    elif meanwhile == "overlay":
        corpus.overlay = Overlay.of(withdrawn=["07"])
    else:
        shutil.rmtree(corpus.folder)
    outcome = await keeper.apply(plan.candidate, ANNA)
    assert outcome.anew and outcome.plan is not None
    assert (outcome.kind, store.applied()) == ("planned", served)
    assert outcome.plan.candidate != plan.candidate
    expected = {"file": ["03", "04"], "names": ["03"], "overlay": ["03"], "folder": []}[meanwhile]
    assert [one.id for one in outcome.plan.changed] == expected
    typed = outcome.plan.confirmation
    assert (await keeper.apply(outcome.plan.candidate, ANNA, typed=typed)).kind == "applied"


async def test_a_plan_for_a_state_that_is_served_no_longer_is_made_anew(
    corpus: Any, store: GenerationStore, keeper: Keeper, served: str
) -> None:
    corpus.write(3, "It was raining.")
    await keeper.apply((await planned(keeper)).candidate, ANNA)
    corpus.write(40)
    plan = await planned(keeper)
    await keeper.roll_back(served, ANNA)
    outcome = await keeper.apply(plan.candidate, ANNA)
    assert outcome.anew and outcome.plan is not None and store.applied() == served
    assert (outcome.plan.base, [one.id for one in outcome.plan.changed]) == (served, ["03"])


async def test_a_plan_whose_file_is_gone_is_made_anew(
    corpus: Any, store: GenerationStore, keeper: Keeper, served: str
) -> None:
    corpus.write(3, "It was raining.")
    plan = await planned(keeper)
    store.path(plan.candidate).with_suffix(".plan.json").unlink()
    assert await keeper.waiting() is None
    outcome = await keeper.apply(plan.candidate, ANNA)
    assert outcome.anew and outcome.plan is not None and [one.id for one in outcome.plan.changed] == ["03"]


async def test_over_a_tenth_gone_must_be_typed(
    corpus: Any, store: GenerationStore, keeper: Keeper, served: str
) -> None:
    corpus.remove(1, 2)
    plan = await planned(keeper)
    assert (plan.danger, plan.confirmation) == ("many_removed", "2")
    for typed in (None, "", "yes", "12"):
        assert (await keeper.apply(plan.candidate, ANNA, typed=typed)).kind == "unconfirmed"
        assert store.applied() == served
    assert (await keeper.apply(plan.candidate, ANNA, typed=" 2 ")).kind == "applied"
    corpus.remove(3)
    assert (await planned(keeper)).danger is None


@pytest.mark.parametrize("how", ["missing", "empty", "rejected"])
async def test_a_folder_without_articles_is_planned_and_must_be_typed(
    corpus: Any, store: GenerationStore, keeper: Keeper, served: str, how: str
) -> None:
    shutil.rmtree(corpus.folder)
    if how != "missing":
        corpus.folder.mkdir()
    if how == "rejected":
        (corpus.folder / "bad.txt").write_text("No title.", encoding="utf-8")
    plan = await planned(keeper)
    assert (plan.danger, plan.confirmation) == ("no_folder" if how == "missing" else "no_articles", "12")
    assert (await keeper.start()).kind == "planned" and store.applied() == served
    assert (await keeper.apply(plan.candidate, ANNA, typed="12")).kind == "applied"


@pytest.mark.parametrize("missing", [True, False])
async def test_the_first_plan_of_nothing_is_refused(
    corpus: Any, store: GenerationStore, keeper: Keeper, missing: bool
) -> None:
    if not missing:
        corpus.folder.mkdir()
    outcome = await keeper.plan()
    assert (outcome.kind, outcome.generation) == ("refused", None)
    assert str(corpus.folder) in said(outcome)
    assert list(store.folder.iterdir()) == []


async def test_a_cancelled_plan_leaves_nothing(
    corpus: Any, store: GenerationStore, keeper: Keeper, served: str
) -> None:
    corpus.write(3, "It was raining.")
    plan = await planned(keeper)
    assert (await keeper.cancel(plan.candidate, ANNA)).kind == "cancelled"
    assert {file.name.partition(".")[0] for file in store.folder.iterdir()} == {served}
    again = await keeper.cancel(plan.candidate, ANNA)
    assert again.kind == "refused" and "no longer" in said(again)


async def test_the_second_of_two_plans_is_told_so(corpus: Any, keeper: Keeper, served: str) -> None:
    corpus.write(3, "It was raining.")
    first, second = await asyncio.gather(keeper.plan(), keeper.plan())
    assert (first.kind, second.kind) == ("planned", "refused")
    assert "Another reload" in said(second)


async def test_a_reload_during_an_erasure_waits_for_it_and_is_not_refused(
    corpus: Any, store: GenerationStore, keeper: Keeper, served: str
) -> None:
    corpus.write(40)
    async with store.erasing:
        reload = asyncio.create_task(keeper.start())
        await asyncio.sleep(0.2)
        assert not reload.done() and not store.busy
    outcome = await reload
    assert outcome.kind == "applied" and store.applied() == outcome.generation != served


async def test_two_who_apply_the_same_plan_apply_it_once(corpus: Any, keeper: Keeper, served: str) -> None:
    corpus.write(3, "It was raining.")
    candidate = (await planned(keeper)).candidate
    outcomes = await asyncio.gather(keeper.apply(candidate, ANNA), keeper.apply(candidate, TERMINAL))
    assert sorted(one.kind for one in outcomes) == ["applied", "unchanged"]
    assert (await keeper.history(9))[1] == 1


async def test_an_apply_whose_caller_goes_away_is_done_whole(
    corpus: Any, store: GenerationStore, keeper: Keeper, served: str
) -> None:
    corpus.write(3, "It was raining.")
    plan = await planned(keeper)
    task = asyncio.create_task(keeper.apply(plan.candidate, ANNA))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert store.applied() == plan.candidate
    assert (await keeper.history(9))[0][0].generation == plan.candidate


async def test_a_rollback_while_a_plan_is_made_leads_to_a_plan_for_what_is_served_then(
    corpus: Any, store: GenerationStore, keeper: Keeper, served: str
) -> None:
    corpus.write(3, "It was raining.")
    await keeper.apply((await planned(keeper)).candidate, ANNA)
    corpus.write(40)
    begun = asyncio.Event()
    loop = asyncio.get_running_loop()

    def tell(_: Progress) -> None:
        loop.call_soon_threadsafe(begun.set)

    task = asyncio.create_task(keeper.plan(progress=tell))
    await begun.wait()
    assert (await keeper.roll_back(served, ANNA)).kind == "applied"
    plan = (await task).plan
    assert plan is not None and plan.base == served == store.applied()
    assert [one.id for one in plan.changed] == ["03"] and [one.id for one in plan.added] == ["40"]
    assert len(list(store.folder.glob("*.sqlite"))) == 3


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
