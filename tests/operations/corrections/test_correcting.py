"""Corrections are served whole or not at all, and taken back."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from kzbot.errors import NameBookError
from kzbot.index.generation import Generation
from kzbot.index.sources import Sources
from kzbot.index.store import GenerationStore
from kzbot.operations.corrections.correcting import Corrector
from kzbot.operations.corrections.taking_over import as_yaml, held
from kzbot.operations.keeper import Keeper
from kzbot.operations.laid import overlay_of
from kzbot.operations.taking_in import take_in
from kzbot.querylog.ledger.reader import holding_in
from kzbot.querylog.ledger.rows import Actor, OverlayRecord, Report
from kzbot.querylog.log import FILE_NAME, QueryLog

ANNA = Actor(place="discord", user=7)
pytestmark = pytest.mark.usefixtures("built_here")


def date(words: str = "4 May 2012", edtf: str | None = "2012-05-05", report: int | None = None) -> OverlayRecord:
    """A correction in the article 03."""
    return OverlayRecord(
        at=datetime.now(UTC), actor=ANNA, kind="date", article="03", words=words, edtf=edtf, report=report
    )


def spelling(words: str = "Norge") -> OverlayRecord:
    return OverlayRecord(at=datetime.now(UTC), actor=ANNA, kind="spelling", name="country:norway", words=words)


def reading(corpus: Any, store: GenerationStore) -> Callable[[], Sources]:
    """Sources as the bot reads them: with what the ledger says is laid over them."""
    return lambda: replace(corpus.plain, overlay=overlay_of(holding_in(store.data_folder / FILE_NAME)))


@pytest.fixture
async def corrector(corpus: Any, store: GenerationStore, log: QueryLog) -> Corrector:
    """Over twelve articles that are served."""
    corpus.fill()
    await take_in(corpus.plain, store)
    return Corrector(Keeper(reading(corpus, store), store, log.ledger), log.ledger)


async def dates(store: GenerationStore) -> list[str]:
    """The dates of the statements that are served from article 03."""
    served = store.applied()
    assert served is not None
    generation = await Generation.open(store.path(served))
    try:
        rows = await generation.rows(
            "SELECT m.edtf FROM marks m JOIN passages p ON p.number = m.passage JOIN articles a ON a.number = p.article"
            " WHERE a.id = '03' AND m.basis <> 'published'"
        )
    finally:
        await generation.close()
    return [row[0] for row in rows]


async def test_a_correction_is_served_at_once_and_taken_back(
    corrector: Corrector, store: GenerationStore, log: QueryLog
) -> None:
    report = Report(
        at=datetime.now(UTC), user=1, query=None, generation=None, kind="date", article="03", address="03#x",
        excerpt="e", words="4 May 2012",
    )  # fmt: skip
    number = await log.ledger.take_report(report)
    done = await corrector.lay(date(report=number))
    assert done.kind == "applied" and done.overlay is not None and await dates(store) == ["2012-05-05"]
    found = await log.ledger.report(number)
    assert found is not None and found.state == "mended"
    undone = await corrector.undo(done.overlay.number, ANNA)
    assert (undone.kind, undone.undone) == ("applied", True) and await dates(store) == ["2012-05-04"]
    found = await log.ledger.report(number)
    assert found is not None and found.state == "open"
    assert (await corrector.undo(done.overlay.number, ANNA)).kind == "gone"
    assert [row.way for row in (await log.ledger.history(10))[0]][:2] == ["undo", "correction"]


async def test_what_would_change_nothing_is_not_laid(
    corrector: Corrector, store: GenerationStore, log: QueryLog
) -> None:
    served = store.applied()
    assert (await corrector.lay(date(words="nowhere in it"))).kind == "nothing"
    assert await log.ledger.holding() == [] and store.applied() == served


async def test_other_changes_are_not_applied_with_a_correction(
    corpus: Any, corrector: Corrector, store: GenerationStore, log: QueryLog
) -> None:
    served = store.applied()
    corpus.write(40, "It was raining on 7 July 2013.")
    done = await corrector.lay(date())
    assert done.kind == "waits" and done.outcome is not None and done.outcome.plan is not None
    assert [one.id for one in done.outcome.plan.added] == ["40"]
    assert store.applied() == served and store.waiting() == done.outcome.plan.candidate
    assert len(await log.ledger.holding()) == 1
    assert done.overlay is not None
    undone = await corrector.undo(done.overlay.number, ANNA)
    assert undone.kind == "waits" and await log.ledger.holding() == [] and store.applied() == served


async def test_a_file_that_was_only_touched_holds_nothing_up(
    corpus: Any, corrector: Corrector, store: GenerationStore
) -> None:
    corpus.write(5)
    assert (await corrector.lay(date())).kind == "applied"


async def test_where_the_build_fails_nothing_is_laid(
    corpus: Any, store: GenerationStore, log: QueryLog, corrector: Corrector, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("kinds: [", encoding="utf-8")
    sound = reading(corpus, store)

    def failing() -> Sources:
        """The name book cannot be read once something is laid."""
        sources = sound()
        return replace(sources, names_file=broken) if sources.overlay.dates else sources

    served = store.applied()
    with pytest.raises(NameBookError):
        await Corrector(Keeper(failing, store, log.ledger), log.ledger).lay(date())
    assert await log.ledger.holding() == [] and store.applied() == served
    done = await corrector.lay(date())
    assert done.overlay is not None

    def failing_without() -> Sources:
        sources = sound()
        return sources if sources.overlay.dates else replace(sources, names_file=broken)

    with pytest.raises(NameBookError):
        await Corrector(Keeper(failing_without, store, log.ledger), log.ledger).undo(done.overlay.number, ANNA)
    assert [row.words for row in await log.ledger.holding()] == ["4 May 2012"]
    assert await dates(store) == ["2012-05-05"]


async def test_two_at_once_are_made_one_after_the_other(
    corrector: Corrector, store: GenerationStore, log: QueryLog
) -> None:
    done = await asyncio.gather(corrector.lay(date()), corrector.lay(spelling()))
    assert [one.kind for one in done] == ["applied", "applied"] and len(await log.ledger.holding()) == 2


async def test_corrections_are_printed_as_the_files_would_have_them_and_known_to_be_taken_over(
    corpus: Any, corrector: Corrector, store: GenerationStore, log: QueryLog
) -> None:
    for record in (date(edtf="2012-05-05"), date(words="Number 3", edtf="2003"), spelling(), spelling("Norvège: #1")):
        await corrector.lay(record)
    served = store.applied()
    assert served is not None
    generation = await Generation.open(store.path(served))
    try:
        lines = as_yaml(await held(generation, (await log.ledger.corrections(10))[0]))
    finally:
        await generation.close()
    own, book = (yaml.safe_load(one) for one in re.split(r"^# .*\n", lines, flags=re.MULTILINE)[1:])
    assert own == {"dates": [{"words": "4 May 2012", "edtf": "2012-05-05"}, {"words": "Number 3", "edtf": "2003"}]}
    assert book == [{"kind": "country", "name": "Norway", "variants": ["Norge", "Norvège: #1"]}]
    assert "# 03.txt\n" in lines

    corpus.write(3, head='dates: [{words: 4 May 2012, edtf: "2012-05-05"}]\n')
    done = await corrector.lay(date(words="2012", edtf="2013"))
    assert done.kind == "waits" and done.outcome is not None and done.outcome.plan is not None
    generation = await Generation.open(store.path(done.outcome.plan.candidate))
    try:
        taken = {
            one.row.words for one in await held(generation, (await log.ledger.corrections(10))[0]) if one.redundant
        }
    finally:
        await generation.close()
    assert taken == {"4 May 2012"}
