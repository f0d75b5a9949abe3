"""`python bot.py index`: what changed in the articles, as a plan, and applied where nothing is dangerous."""

import asyncio
import json
import sys
from dataclasses import dataclass

from kzbot.cli.keeping import keeping
from kzbot.cli.prepared import Prepared
from kzbot.cli.terminal import build_progress, console, one_line
from kzbot.operations.keeper import Keeper
from kzbot.operations.outcome import Outcome
from kzbot.operations.planning.plan import Plan
from kzbot.operations.planning.text import plan_lines
from kzbot.phrases import Phrases
from kzbot.querylog.ledger.rows import TERMINAL

_LISTED = 20


@dataclass(frozen=True, slots=True)
class Indexing:
    """`plan`: only show what applying would do. `apply`: apply the plan that waits, if it is still true; neither: both at once.

    `confirm`: the number that a dangerous plan asks for. `as_json`: print one JSON object; `full`: all lines of the plan.
    """

    plan: bool = False
    apply: bool = False
    confirm: str | None = None
    as_json: bool = False
    full: bool = False


def index_corpus(prepared: Prepared, how: Indexing) -> int:
    """The exit status: 0 where all was done that was asked for, 1 where something kept it from that."""
    return asyncio.run(_index(prepared, how))


async def _index(prepared: Prepared, how: Indexing) -> int:
    async with keeping(prepared) as keeper:
        with build_progress(prepared.phrases) as progress:
            waiting = await keeper.waiting() if how.apply else None
            made = None if how.apply else await keeper.plan(progress=progress)
        plan = waiting if how.apply else made.plan if made is not None else None
        if plan is None or how.plan:
            return _done(prepared.phrases, made, how)
        if not how.apply:
            _show(prepared.phrases, plan, how)
        typed = how.confirm if how.confirm is not None or plan.confirmation is None else _typed(prepared.phrases, plan)
        done = await _applied(keeper, plan, typed, prepared.phrases)
        return _done(prepared.phrases, done, how, shown=not how.apply or typed is not None, typed=typed)


async def _applied(keeper: Keeper, plan: Plan, typed: str | None, phrases: Phrases) -> Outcome:
    with build_progress(phrases) as progress:
        return await keeper.apply(plan.candidate, TERMINAL, typed=typed, progress=progress)


def _typed(phrases: Phrases, plan: Plan) -> str | None:
    """What a person types where there is one."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    out = console(errors=True)
    out.print(phrases.say(f"operations.plan.danger.{plan.danger}", typed=plan.confirmation))
    out.print(phrases.say("cli.index.type", count=plan.count("removed")))
    return sys.stdin.readline().strip()


def _done(
    phrases: Phrases, outcome: Outcome | None, how: Indexing, *, shown: bool = False, typed: str | None = None
) -> int:
    """Says what it came to; `shown`: the plan was shown before; `typed`: the confirmation that was given."""
    if how.as_json:
        _write(outcome)
    out = console(errors=how.as_json)
    if outcome is None:
        out.print(phrases.say("cli.index.no_plan"))
        return 1
    if outcome.anew:
        out.print(phrases.say("cli.index.anew"))
    if outcome.plan is not None and (outcome.anew or not shown) and outcome.kind != "applied" and not how.as_json:
        _show(phrases, outcome.plan, how)
    if outcome.kind == "planned":
        key = "waits" if outcome.plan is None or outcome.plan.confirmation is None else "waits_typed"
        needed = outcome.plan.confirmation if outcome.plan else None
        out.print(phrases.say(f"cli.index.{key}", typed=needed))
    elif outcome.kind == "unconfirmed":
        assert outcome.plan is not None
        if typed:
            out.print(phrases.say("cli.index.wrong_number", given=one_line(typed)))
        out.print(phrases.say("cli.index.unconfirmed", typed=outcome.plan.confirmation))
    elif outcome.kind == "refused":
        assert outcome.reason is not None
        out.print(one_line(phrases.say(outcome.reason, **outcome.values)))
    else:
        key = "unchanged" if outcome.kind != "applied" else "applied_over" if outcome.former else "applied"
        out.print(phrases.say(f"cli.index.{key}", generation=outcome.generation))
    return 0 if outcome.kind in ("applied", "unchanged") or (outcome.kind == "planned" and how.plan) else 1


def _show(phrases: Phrases, plan: Plan, how: Indexing) -> None:
    if how.as_json:
        return
    out = console()
    for line in plan_lines(plan, phrases, None if how.full else _LISTED):
        out.print(line)
    out.print("")


def _write(outcome: Outcome | None) -> None:
    made = {
        "outcome": outcome.kind if outcome else None,
        "generation": outcome.generation if outcome else None,
        "anew": outcome.anew if outcome else False,
        "plan": outcome.plan.as_json() if outcome and outcome.plan else None,
    }
    sys.stdout.write(json.dumps(made).encode("utf-8", "backslashreplace").decode() + "\n")
