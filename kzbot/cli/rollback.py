"""`python bot.py rollback` and `history`: which states of the corpus are kept, who applied what, and going back."""

import asyncio
import json
import sys
from dataclasses import asdict

from kzbot.cli.keeping import applications, keeping, said_actor
from kzbot.cli.prepared import Prepared
from kzbot.cli.terminal import console, moment
from kzbot.errors import GenerationError
from kzbot.index.store import GenerationStore
from kzbot.operations.kept import KeptState, kept_states
from kzbot.phrases import Phrases
from kzbot.querylog.ledger.rows import TERMINAL, ApplicationRow
from kzbot.querylog.rows import portable

_LOOKED_THROUGH = 500
_WAYS = frozenset(("reload", "automatic", "start", "rollback", "import", "removal", "restore", "correction", "undo"))
_COUNTED = ("added", "changed", "removed")


def roll_back(prepared: Prepared, wanted: str | None) -> int:
    """Serves a kept state again; without one lists them and asks at a terminal. The exit status: 0 where it was done or listed.

    GenerationError where no kept state, or more than one, begins so; DataFolderError where another process holds the data folder.
    """
    states = asyncio.run(_states(prepared))
    if wanted is None:
        _list(prepared.phrases, states)
        if not states or not (sys.stdin.isatty() and sys.stdout.isatty()):
            return 0
        console().print(prepared.phrases.say("cli.rollback.which"))
        wanted = sys.stdin.readline().strip()
        if not wanted:
            return 0
    return asyncio.run(_back(prepared, _named(prepared.phrases, states, wanted)))


def show_history(prepared: Prepared, limit: int, as_json: bool) -> None:
    """Prints who applied what and when, the latest first."""
    rows, total = asyncio.run(applications(prepared, limit))
    if as_json:
        for row in rows:
            sys.stdout.write(json.dumps(portable({**asdict(row), "at": row.at.isoformat()})) + "\n")
        return
    phrases, out = prepared.phrases, console()
    kept = set(GenerationStore(prepared.settings.data.folder).kept())
    for row in rows:
        out.print(_application(phrases, row, row.generation in kept))
    if total > len(rows):
        out.print(phrases.say("cli.history.more", count=total, shown=len(rows)))
    if not rows:
        out.print(phrases.say("cli.history.none"))


async def _states(prepared: Prepared) -> list[KeptState]:
    rows, _ = await applications(prepared, _LOOKED_THROUGH)
    return await kept_states(GenerationStore(prepared.settings.data.folder), rows)


async def _back(prepared: Prepared, generation: str) -> int:
    async with keeping(prepared) as keeper:
        outcome = await keeper.roll_back(generation, TERMINAL)
    out, say = console(), prepared.phrases.say
    if outcome.kind == "refused":
        assert outcome.reason is not None
        out.print(say(outcome.reason, **outcome.values))
        return 1
    key = "cli.rollback.done" if outcome.kind == "applied" else "cli.index.unchanged"
    out.print(say(key, generation=outcome.generation, former=outcome.former or "-"))
    return 0


def _named(phrases: Phrases, states: list[KeptState], wanted: str) -> str:
    """The one kept state with this number in the list, or whose name begins so."""
    if wanted.isdecimal() and 0 < int(wanted) <= len(states):
        return states[int(wanted) - 1].generation
    found = [one.generation for one in states if one.generation.startswith(wanted)]
    if len(found) != 1:
        raise GenerationError(phrases.say(f"cli.rollback.{'several' if found else 'no_such'}", wanted=wanted))
    return found[0]


def _list(phrases: Phrases, states: list[KeptState]) -> None:
    out = console()
    for number, one in enumerate(states, 1):
        created = one.created[:16].replace("T", " ") if one.created else "?"
        articles = phrases.say("cli.rollback.articles", count=one.articles or 0)
        values = {"number": number, "generation": one.generation, "created": created, "articles": articles}
        out.print(phrases.say("cli.rollback.served" if one.served else "cli.rollback.line", **values))
        if not one.usable:
            out.print(phrases.say("cli.rollback.unusable"))
        if one.applied is not None:
            who, way = said_actor(phrases, one.applied.actor), _way(phrases, one.applied.way)
            out.print(phrases.say("cli.rollback.by", when=moment(one.applied.at), who=who, way=way))
    out.print(phrases.say("cli.rollback.how" if states else "cli.index.none"))


def _application(phrases: Phrases, row: ApplicationRow, kept: bool) -> str:
    counts = [phrases.say(f"cli.history.{name}", count=row.summary[name]) for name in _COUNTED if row.summary.get(name)]
    return phrases.say(
        "cli.history.line" if kept else "cli.history.gone",
        number=row.number,
        when=moment(row.at),
        who=said_actor(phrases, row.actor),
        way=_way(phrases, row.way),
        articles=phrases.say("cli.rollback.articles", count=row.articles),
        counts=f" ({', '.join(counts)})" if counts else "",
        generation=row.generation,
    )


def _way(phrases: Phrases, way: str) -> str:
    return phrases.say(f"cli.way.{way if way in _WAYS else 'other'}", way=way)
