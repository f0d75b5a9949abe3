"""Asking the same questions of two states of the corpus, and telling whose answer would be another."""

import asyncio
import time
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from kzbot.answers.dispatch import answer
from kzbot.answers.model import Answer, Evidence, Fact, Profile, Question, Window
from kzbot.answers.question import parse, typed
from kzbot.corpus.golden_file import GoldenQuestion
from kzbot.errors import QuestionError
from kzbot.index.generation import Generation
from kzbot.operations.planning.plan import AnswerChange, Change
from kzbot.querylog.rows import AskedRow

COMPARED = 100
"""So many items of a list are compared one by one; of a longer one, beside them, how many there are."""
SHOWN = 5
_LONGEST = 300
FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to ask of both states: `line` as typed, `asked` how often it was; `golden` with the status it must have."""

    line: str
    question: Question | None
    asked: int = 0
    golden: bool = False
    expect: str | None = None

    @classmethod
    def from_log(cls, row: AskedRow) -> Self:
        """A question of the log."""
        question = Question(row.command, dict(row.options))
        return cls(typed(question), question, row.asked)

    @classmethod
    def from_golden(cls, given: GoldenQuestion) -> Self:
        """A golden question, read when it is known which commands there are."""
        return cls(given.question, None, golden=True, expect=given.expect)


@dataclass(frozen=True, slots=True)
class _Listed:
    """A list of an answer: how many items it has in all, and the first of them, each by what a reader would know it by."""

    total: int = 0
    items: tuple[tuple[Hashable, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Said:
    """An answer as far as it is compared: its list, and that of the statements without a date."""

    status: str
    dated: _Listed = _Listed()
    undated: _Listed = _Listed()
    beside: Hashable = None

    @property
    def total(self) -> int:
        return self.dated.total + self.undated.total

    @property
    def found(self) -> bool:
        return bool(self.total)

    @property
    def known(self) -> Hashable:
        """What is the same where the answer is: the items, in whatever order, and what is said beside them."""
        lists = (self.dated, self.undated)
        return self.status, self.beside, tuple((one.total, tuple(sorted(map(repr, one.items)))) for one in lists)


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of asking: `changes` in the order of the questions, `failing` golden ones, and how many were asked."""

    changes: tuple[AnswerChange, ...]
    failing: tuple[AnswerChange, ...]
    asked: int
    golden: int


async def compare_answers(
    questions: Sequence[Asked],
    former: Generation | None,
    candidate: Generation,
    today: date,
    *,
    seconds: float,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Compared:
    """Ask all of both states with the same `today`, at most `seconds` long: then the questions that are left are not asked.

    Without a former state only golden questions are asked, of the new one. One that breaks down has the status `failed`.
    """
    until = time.monotonic() + seconds
    wanted = [one for one in questions if former is not None or one.golden]
    changes: list[AnswerChange] = []
    failing: list[AnswerChange] = []
    asked = 0
    for one in wanted:
        if time.monotonic() > until:
            break
        progress(asked, len(wanted))
        asked += 1
        after = await _said(one, candidate, today)
        before = await _said(one, former, today) if former is not None else after
        change = _changed(before, after)
        if change is not None:
            changes.append(_row(one, change, before, after))
        if one.golden and one.expect is not None and after.status != one.expect:
            failing.append(_row(one, change or "changed", before, after))
    golden = sum(1 for one in wanted[:asked] if one.golden)
    return Compared(tuple(changes), tuple(failing), asked - golden, golden)


async def _said(one: Asked, generation: Generation, today: date) -> _Said:
    """What this state answers; a line that is no question is a bad request, as it is when it is typed."""
    try:
        question = one.question or parse(one.line, generation.kinds)
        made = await answer(question, generation, Window(0, COMPARED), today)
        undated = made.undated
        if made.undated_in_all > len(undated):  # folded away where there are dated ones
            undated = (await answer(question, generation, Window(0, COMPARED, undated=True), today)).undated
    except QuestionError:
        return _Said("bad_request")
    except asyncio.CancelledError:
        raise
    except Exception:  # noqa: BLE001 - a question that trips a rule must not keep the corpus from being reloaded
        return _Said(FAILED)
    dated = _Listed(made.total, tuple(map(_known_by, made.items)))
    return _Said(made.status, dated, _Listed(made.undated_in_all, tuple(map(_known_by, undated))), _beside(made))


def _known_by(item: Evidence) -> tuple[Hashable, str]:
    """An item by what a reader knows it by (its address changes with its place), and its words."""
    dates = tuple(sorted(one.mark.edtf for one in item.dates if one.mark.tells))
    return (item.article, item.excerpt, item.date, dates), item.excerpt


def _beside(made: Answer) -> Hashable:
    """What an answer says beside its items: verdicts on quotations, what was meant perhaps, the facts of a profile."""
    checks = tuple((one.quotation, one.verdict) for one in made.checks)
    state = made.passage.state if made.passage else None
    return checks, tuple(sorted(made.choices)), state, _facts(made.profile) if made.profile else None


def _facts(profile: Profile) -> Hashable:
    def said(facts: Iterable[Fact]) -> frozenset[Hashable]:
        return frozenset((one.value, one.capacity, one.edition, one.date) for one in facts)

    lists = (profile.editions, profile.participants, profile.roles)
    return profile.name, profile.kind, frozenset(profile.related), *map(said, lists)


def _changed(before: _Said, after: _Said) -> Change | None:
    if before.found and not after.found:
        return "lost"
    if after.found and not before.found:
        return "gained"
    return None if before.known == after.known else "changed"


def _row(one: Asked, change: Change, before: _Said, after: _Said) -> AnswerChange:
    lost = _missing(before, after)
    gained = _missing(after, before)
    return AnswerChange(
        question=cut(one.line),
        change=change,
        asked=one.asked,
        golden=one.golden,
        before=before.status,
        after=after.status,
        items_before=before.total,
        items_after=after.total,
        lost=lost[:SHOWN],
        gained=gained[:SHOWN],
        expected=one.expect,
    )


def _missing(here: _Said, there: _Said) -> tuple[str, ...]:
    """The items of one answer that the other has not; of a list that was not read whole, that is not known."""
    missing: list[str] = []
    for ours, theirs in ((here.dated, there.dated), (here.undated, there.undated)):
        if theirs.total <= len(theirs.items):
            known = {key for key, _ in theirs.items}
            missing += (cut(words) for key, words in ours.items if key not in known)
    return tuple(missing)


def cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
