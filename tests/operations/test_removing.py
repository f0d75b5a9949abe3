"""Articles that are withdrawn by a row, and brought back: no file is touched."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kzbot.errors import KzbotError
from kzbot.index.articles import by_key
from kzbot.index.store import GenerationStore
from kzbot.operations.keeper import Keeper
from kzbot.operations.laid import overlay_of
from kzbot.operations.removing import Remover
from kzbot.operations.shelf import Shelf
from kzbot.operations.taking_in import take_in
from kzbot.querylog.ledger.reader import holding_in
from kzbot.querylog.ledger.rows import Actor
from kzbot.querylog.log import QueryLog

MODERATOR = Actor(place="discord", user=7)


@dataclass
class Desk:
    corpus: Any
    log: QueryLog
    shelf: Shelf
    keeper: Keeper
    remover: Remover

    async def served(self, id_: str) -> bool:
        async with self.shelf.current() as generation:
            return await by_key(generation, id_) is not None


@pytest.fixture
async def desk(corpus: Any, store: GenerationStore, built_here: None) -> AsyncIterator[Desk]:
    corpus.fill()
    report = await take_in(corpus.sources, store)
    database = store.data_folder / "kzbot.db"
    log = await QueryLog.open(database)
    shelf = await Shelf.open(store.path, report.generation)

    def sources() -> Any:
        return replace(corpus.sources, overlay=overlay_of(holding_in(database)))

    keeper = Keeper(sources, store, log.ledger, shelf=shelf)
    try:
        yield Desk(corpus, log, shelf, keeper, Remover(keeper, log.ledger, shelf))
    finally:
        await shelf.close()
        await log.close()


async def test_an_article_goes_at_once_and_comes_back_and_its_file_stays(desk: Desk) -> None:
    done = await desk.remover.remove("03", MODERATOR)
    assert done.outcome is not None and done.outcome.kind == "applied" and done.number is not None
    assert done.title == "Number 3" and not await desk.served("03")
    assert (desk.corpus.folder / "03.txt").is_file()
    assert await desk.remover.withdrawn() == [("03", "Number 3")] and await desk.remover.withdrawn("4") == []
    again = await desk.remover.remove("03", MODERATOR)
    assert again.outcome is None and again.reason == "operations.removing.withdrawn"
    back = await desk.remover.undo(done.number, MODERATOR)
    assert back.outcome is not None and back.outcome.kind == "applied" and await desk.served("03")
    assert [row.way for row in (await desk.log.ledger.history(5))[0]] == ["restore", "removal"]
    assert [row.action for row in (await desk.log.ledger.deeds(9))[0]] == ["apply", "lift", "apply", "lay"]
    assert (await desk.remover.undo(done.number, MODERATOR)).reason == "operations.removing.not_withdrawn"


async def test_an_article_is_meant_by_its_title_or_by_how_only_its_id_begins(desk: Desk) -> None:
    assert (await desk.remover.remove("0", MODERATOR)).reason == "operations.removing.unknown", "several begin so"
    done = await desk.remover.remove("number 3", MODERATOR)
    assert done.article == "03" and not await desk.served("03")
    assert (await desk.remover.restore("0", MODERATOR)).article == "03" and await desk.served("03")


async def test_one_that_still_waits_to_go_is_called_by_its_title_when_it_stays(desk: Desk) -> None:
    desk.corpus.write(4, "The harbour of Aktau was closed for a day after all of this, and nobody knew.")
    await desk.remover.remove("03", MODERATOR)
    assert await desk.served("03")
    assert (await desk.remover.restore("03", MODERATOR)).title == "Number 3"


async def test_where_the_index_cannot_be_built_all_is_as_it_was(desk: Desk) -> None:
    names = desk.corpus.sources.names_file
    whole = names.read_text(encoding="utf-8")
    names.write_text("kinds: [", encoding="utf-8")
    with pytest.raises(KzbotError):
        await desk.remover.remove("03", MODERATOR)
    assert await desk.log.ledger.holding() == [] and await desk.remover.withdrawn() == []
    names.write_text(whole, encoding="utf-8")
    await desk.remover.remove("03", MODERATOR)
    names.write_text("kinds: [", encoding="utf-8")
    with pytest.raises(KzbotError):
        await desk.remover.restore("03", MODERATOR)
    assert await desk.remover.withdrawn() == [("03", "Number 3")] and not await desk.served("03")


async def test_what_is_unknown_is_said_and_changes_nothing(desk: Desk) -> None:
    for name in ("nothing", "", "03.txt/../04", "%"):
        assert (await desk.remover.remove(name, MODERATOR)).reason == "operations.removing.unknown"
        assert (await desk.remover.restore(name, MODERATOR)).reason == "operations.removing.not_withdrawn"
    assert (await desk.remover.undo(99, MODERATOR)).reason == "operations.removing.not_withdrawn"
    assert (await desk.log.ledger.deeds(9))[1] == 0


async def test_other_changes_make_it_wait_as_a_plan_and_a_cancel_lifts_it(desk: Desk) -> None:
    desk.corpus.write(5, "More was said in June 2012.")
    before = datetime.now(UTC) - timedelta(seconds=1)
    done = await desk.remover.remove("03", MODERATOR)
    assert done.outcome is not None and done.outcome.kind == "planned" and await desk.served("03")
    assert await desk.remover.regret(datetime.now(UTC), MODERATOR) == 0
    assert await desk.remover.regret(before, MODERATOR) == 1
    assert await desk.remover.withdrawn() == []


async def test_more_than_a_tenth_needs_to_be_typed(desk: Desk) -> None:
    await desk.remover.remove("03", MODERATOR)
    await asyncio.sleep(0)
    await desk.remover.remove("04", MODERATOR)
    await desk.remover.remove("05", MODERATOR)
    assert not await desk.served("04")
    # Two of nine at once are more than a tenth: the second row is laid while the first one's plan still waits.
    desk.corpus.write(6, "More was said in June 2012.")
    await desk.remover.remove("07", MODERATOR)
    last = await desk.remover.remove("08", MODERATOR)
    assert last.outcome is not None and last.outcome.plan is not None and last.outcome.plan.danger == "many_removed"
    assert last.outcome.kind == "planned" and await desk.served("08")
