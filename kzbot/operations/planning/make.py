"""Making a plan: two states of the corpus compared, in articles, names, statements and answers."""

import asyncio
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kzbot.corpus.golden_file import read_golden
from kzbot.errors import GoldenError
from kzbot.index.comparison import Comparison, StatementRow, Versions
from kzbot.index.generation import Generation
from kzbot.index.sources import Progress, ProgressCallback
from kzbot.index.store import GenerationStore
from kzbot.operations.planning.asking import Asked, compare_answers
from kzbot.operations.planning.plan import (
    ChangedArticle,
    Compared,
    Danger,
    Duplicate,
    Plan,
    PlannedArticle,
    PlannedName,
    PlannedStatement,
    WordChange,
)
from kzbot.operations.planning.task import Task

MOST = 2_000
"""Lists of a plan are cut at so many rows."""
MOST_REMOVED = 0.1
"""A plan that takes away more than this part of the articles is applied only when it is confirmed by typing."""
ASKING_SECONDS = 60.0
"""Questions that could not be asked in this time are left out."""
_RUNS = 12
_LONGEST = 400
_WORDS = 20_000_000
"""The texts of changed articles are compared word by word up to so many characters in all."""


def make_plan(task: Task, store: GenerationStore, progress: ProgressCallback = lambda _: None) -> Plan:
    """What applying the candidate would do to the base. Blocking, and burns CPU: for a child process.

    Raises GenerationError where the candidate cannot be read; of a base that cannot be read nothing is compared.
    """
    began = time.monotonic()
    progress(Progress("compare"))
    path, former = store.path(task.summary.generation), store.path(task.base) if task.base else None
    with Comparison(path, former) as compared:
        plan = _compared(task, compared)
        whole = compared.whole
    plan = asyncio.run(_asked(plan, task, path, former if whole else None, progress))
    return replace(plan, seconds=round(task.summary.seconds + time.monotonic() - began, 1))


def _compared(task: Task, compared: Comparison) -> Plan:
    """The plan but for the answers."""
    summary, (before, after) = task.summary, compared.counts()
    lists: dict[str, Sequence[Any]] = {
        "added": [PlannedArticle(*one) for one in compared.added()],
        "removed": [PlannedArticle(*one) for one in compared.removed()],
        "changed": list(_changed(compared.changed())),
        "rejected": summary.rejected,
        "newly_rejected": compared.newly_rejected(),
        "duplicates": [Duplicate(one.file, one.of or "", one.reason) for one in summary.duplicates],
    }
    named = zip(("new_names", "vanished_names"), compared.names(), strict=True)
    lists |= {name: [PlannedName(*one) for one in found] for name, found in named}
    stated = zip(("statements_gained", "statements_lost"), compared.statements(), strict=True)
    lists |= {name: [_statement(one) for one in found] for name, found in stated}
    cut: dict[str, Any] = {name: tuple(found[:MOST]) for name, found in lists.items()}
    level: Compared = "whole" if compared.whole else "articles" if compared.known else "nothing"
    return Plan(
        candidate=summary.generation,
        base=task.base,
        made=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        before=before,
        after=after,
        totals={name: len(found) for name, found in lists.items()},
        compared=level,
        reanalysed=summary.reanalysed,
        danger=_danger(task, compared, before, len(lists["removed"])),
        **cut,
    )


def _danger(task: Task, compared: Comparison, before: int, removed: int) -> Danger | None:
    if task.no_folder:
        return "no_folder"
    if compared.folder_emptied() or (before and not compared.counts()[1]):
        return "no_articles"
    return "many_removed" if removed > MOST_REMOVED * before else None


def _changed(found: Iterable[Versions]) -> Iterator[ChangedArticle]:
    left = _WORDS
    for one in found:
        left -= len(one.before) + len(one.after)
        words = one.words() if left >= 0 and one.before != one.after else []
        yield ChangedArticle(
            one.id,
            one.title,
            tuple((key, _cut(before), _cut(after)) for key, before, after in one.metadata),
            tuple(WordChange(_short(run.before), _short(run.after), _short(run.around)) for run in words[:_RUNS]),
            len(words) if left >= 0 or one.before == one.after else -1,
        )


def _statement(one: StatementRow) -> PlannedStatement:
    return PlannedStatement(one.article, one.date, _short(one.excerpt), one.address)


def _cut(value: str | None) -> str | None:
    return None if value is None else _short(value)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


async def _asked(plan: Plan, task: Task, path: Path, former: Path | None, progress: ProgressCallback) -> Plan:
    """The plan with what becomes of the answers; golden questions come first."""
    fault = None
    golden: tuple[Asked, ...] = ()
    try:
        golden = tuple(Asked.from_golden(one) for one in (read_golden(task.golden) if task.golden else ()))
    except GoldenError as error:
        fault = str(error)
    questions = (*golden, *map(Asked.from_log, task.questions))
    async with AsyncExitStack() as opened:
        candidate = await Generation.open(path)
        opened.push_async_callback(candidate.close)
        base = None
        if former is not None:
            base = await Generation.open(former)
            opened.push_async_callback(base.close)
        found = await compare_answers(
            questions,
            base,
            candidate,
            task.today,
            seconds=ASKING_SECONDS,
            progress=lambda done, total: progress(Progress("ask", done, total)),
        )
    wanted = len(questions) if former is not None else len(golden)
    return replace(
        plan,
        answers=found.changes,
        failing=found.failing,
        asked=found.asked,
        golden=found.golden,
        golden_fault=fault,
        totals={**plan.totals, "answers": len(found.changes), "failing": len(found.failing), "questions": wanted},
    )
