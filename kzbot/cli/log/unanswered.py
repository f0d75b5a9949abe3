"""`python bot.py log unanswered`: alike questions that were not answered well, with what comes nearest now."""

import asyncio
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from kzbot.answers.days import read_days
from kzbot.answers.dispatch import answer
from kzbot.answers.model import Question
from kzbot.answers.question import typed
from kzbot.cli.log.known import served
from kzbot.cli.log.narrowed import reading, told
from kzbot.cli.prepared import Prepared
from kzbot.cli.terminal import console, moment, one_line
from kzbot.operations.nearest import Nearest, nearest
from kzbot.operations.typing_errors import neighbours
from kzbot.phrases import Phrases
from kzbot.querylog.review.reader import ReviewReader
from kzbot.querylog.review.rows import Group, GroupFilters, ReviewRow, Shown, Want, WishState
from kzbot.querylog.rows import UNDATED, QueryRow, portable

SECONDS = 60.0
"""In which the questions are asked of the corpus."""
_LONGEST = 200
_WISHES: tuple[tuple[WishState, str], ...] = (
    ("open", "wishes"),
    ("told", "told"),
    ("failed", "failed"),
    ("telling", "telling"),
)


def show_unanswered(
    prepared: Prepared,
    limit: int,
    since: str | None,
    *,
    shown: Shown = "open",
    status: Want | None = None,
    as_json: bool = False,
) -> None:
    """Prints the `limit` most wanted groups; QueryLogError where there is no log, BadParameter where the day is none."""
    phrases = prepared.phrases
    first, _ = told(prepared, {"since": since}, lambda: read_days(since, None, datetime.now(UTC).date()))
    filters = GroupFilters(shown=shown, since=first, want=status)
    groups, total, now = asyncio.run(_read(prepared, limit, filters))
    near = neighbours([one.alike for one in groups])
    others = [[groups[other].latest.number for other in near.get(at, ())] for at in range(len(groups))]
    if as_json:
        for group, found, alike in zip(groups, now, others, strict=True):
            made = portable(_plain(group, found, alike))
            sys.stdout.write(json.dumps(made, ensure_ascii=False) + "\n")
        return
    out = console()
    if not groups:
        out.print(phrases.say("cli.unanswered.empty" if filters == GroupFilters() else "cli.unanswered.none"))
        return
    for group, found, alike in zip(groups, now, others, strict=True):
        for line in _lines(phrases, group, found, alike):
            out.print(line)
    if total > len(groups):
        out.print(phrases.say("cli.unanswered.more", count=total, shown=len(groups)))


async def _read(
    prepared: Prepared, limit: int, filters: GroupFilters
) -> tuple[list[Group], int, Sequence[Nearest | None]]:
    groups, total = await reading(prepared, lambda reader: ReviewReader(reader).groups(limit, 0, filters))
    return groups, total, await _now(prepared, [one.latest for one in groups]) if groups else ()


async def _now(prepared: Prepared, rows: Sequence[QueryRow]) -> Sequence[Nearest | None]:
    """What the applied state says now; where there is none that is said, and nothing is looked up."""
    async with served(prepared) as generation:
        if generation is None:
            sys.stderr.write(f"{prepared.phrases.say('cli.unanswered.no_state')}\n")
            return [None] * len(rows)
        return await nearest(rows, generation, answer, datetime.now(UTC).date(), SECONDS)


def question_words(row: QueryRow) -> str:
    """A question as it was typed, on one line and not too long."""
    words = one_line(typed(Question(row.command, row.options)))
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]} …"


def _lines(phrases: Phrases, group: Group, found: Nearest | None, others: Sequence[int]) -> list[str]:
    """`others`: numbers of groups that are typed almost alike."""
    say = phrases.say
    facts = [say("chat.unanswered.times", count=group.in_vain)]
    if group.people:
        facts.append(say("chat.unanswered.people", count=group.people))
    facts.append(say("cli.unanswered.last", when=moment(group.latest.asked_at)))
    facts += [
        say("chat.unanswered.status", status=say(f"chat.unanswered.want.{status}"), count=phrases.number(count))
        for status, count in (*group.statuses.items(), ("not_useful", group.not_useful))
        if count
    ]
    for state, key in _WISHES:
        if count := group.wishes.get(state, 0):
            facts.append(say(f"chat.unanswered.{key}", count=count))
    lines = [" · ".join(facts)]
    if found is not None and found.status is not None:
        lines.append(_now_line(phrases, found))
    lines += [
        say(f"cli.unanswered.{_made(group, one)}", remark=one.remark, when=moment(group.told_at or UNDATED))
        for one in group.reviews
        if group.closed or one.kind != "dismissed"
    ]
    if others:
        lines.append(say("cli.unanswered.alike", others=", ".join(map(str, others))))
    return [
        say("cli.unanswered.line", number=group.latest.number, question=question_words(group.latest)),
        *(say("cli.unanswered.indented", words=one_line(line)) for line in lines),
    ]


def _made(group: Group, review: ReviewRow) -> str:
    """The key of the words for what was made of a group."""
    if review.kind == "tell" and group.tried is not None:
        return f"tell_{group.tried}"
    return "source_bare" if review.kind == "source" and not review.remark else review.kind


def _now_line(phrases: Phrases, found: Nearest) -> str:
    said = [phrases.say("cli.unanswered.now", status=phrases.say(f"chat.log.status.{found.status}"))]
    if found.missing:
        said.append(phrases.say("cli.unanswered.missing", missing=", ".join(found.missing)))
    if found.near:
        said.append(phrases.say("cli.unanswered.nearest", near=", ".join(found.near)))
    return " · ".join(said)


def _plain(group: Group, found: Nearest | None, others: Sequence[int]) -> dict[str, Any]:
    """A group as JSON; `now` is null where no corpus is built, `alike`: groups that are typed almost alike."""
    now = None
    if found is not None:
        near = {"nearest": list(found.near), "missing": list(found.missing), "title": found.title}
        now = {"status": found.status, **near}
    return {**plain_group(group), "alike": list(others), "now": now}


def plain_group(group: Group) -> dict[str, Any]:
    """What the log knows of a group, as JSON."""
    latest = group.latest
    return {
        "question": typed(Question(latest.command, latest.options)),
        "number": latest.number,
        "asked_at": None if latest.asked_at == UNDATED else latest.asked_at.isoformat(),
        "unanswered": group.unanswered,
        "statuses": dict(group.statuses),
        "not_useful": group.not_useful,
        "asked": group.asked,
        "people": group.people,
        "wishes": dict(group.wishes),
        "told_at": group.told_at.isoformat() if group.told_at not in (None, UNDATED) else None,
        "closed": group.closed,
        "reviews": [
            {"kind": one.kind, "at": one.at.isoformat(), "actor": one.actor.user, "remark": one.remark}
            for one in group.reviews
        ],
    }
