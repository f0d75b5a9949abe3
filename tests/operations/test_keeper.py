"""The keeper plans before it applies, applies what is true and confirmed, and notes who did it."""

import asyncio
import shutil
import threading
from typing import Any

import pytest

from kzbot.corpus.overlay import Overlay
from kzbot.index.sources import Progress
from kzbot.index.store import GenerationStore
from kzbot.operations.keeper import Keeper
from kzbot.operations.planning.files import read_plan
from kzbot.querylog.ledger.rows import TERMINAL
from tests.operations.planned import ANNA, planned, said

pytestmark = pytest.mark.usefixtures("built_here")


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
    begun, rolled_back = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def tell(_: Progress) -> None:
        loop.call_soon_threadsafe(begun.set)
        rolled_back.wait(60)

    task = asyncio.create_task(keeper.plan(progress=tell))
    await begun.wait()
    assert (await keeper.roll_back(served, ANNA)).kind == "applied"
    rolled_back.set()
    plan = (await task).plan
    assert plan is not None and plan.base == served == store.applied()
    assert [one.id for one in plan.changed] == ["03"] and [one.id for one in plan.added] == ["40"]
    assert len(list(store.folder.glob("*.sqlite"))) == 3
