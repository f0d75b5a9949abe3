"""`python bot.py names`: the names that the articles carry and the name book lacks."""

import asyncio
import json
import sys
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kzbot.answers.profiles.unlisted import Example, Unlisted, unlisted
from kzbot.cli.names_yaml import entries, said_ground
from kzbot.cli.opened import opened
from kzbot.cli.prepared import Prepared
from kzbot.cli.scratch import scratch_folder
from kzbot.cli.terminal import console, one_line, safe
from kzbot.errors import KzbotError
from kzbot.index.generation import Generation
from kzbot.language.names.carried.kinds import COUNTRY, ORGANISATION, PERSON
from kzbot.phrases import Phrases

_AROUND = 60
"""Characters of an example that are shown on either side of the name."""
_FORMS = 6
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Listing:
    """Which names are listed, and how: `kind` (unknown: those of no known kind), at least so many mentions, at most
    `limit` names (0: all). `corpus`: another folder of articles; `scratch`: indexed for this once only."""

    kind: str | None = None
    least: int = 1
    limit: int = 50
    as_json: bool = False
    as_yaml: bool = False
    corpus: Path | None = None
    scratch: bool = False


def list_names(prepared: Prepared, listing: Listing) -> None:
    """Prints the names; KzbotError for a kind that no name can be of, or where there is nothing to read from."""
    with ExitStack() as stack:
        folder = prepared.settings.data.folder
        if listing.scratch:
            folder = stack.enter_context(scratch_folder())
        asyncio.run(_list(prepared, listing, folder))


async def _list(prepared: Prepared, listing: Listing, data: Path) -> None:
    phrases = prepared.phrases
    async with opened(prepared, listing.corpus, data) as generation:
        kind = _kind(phrases, generation, listing.kind)
        found, total = await unlisted(generation, kind=kind, least=listing.least, count=listing.limit or None)
        kinds, names = generation.kinds, generation.names
    if listing.as_json:
        made = {"total": total, "names": [asdict(one) for one in found]}
        sys.stdout.write(json.dumps(made).encode("utf-8", "backslashreplace").decode() + "\n")
    elif listing.as_yaml:
        for line in entries(phrases, found, kinds, names):
            sys.stdout.buffer.write(line.encode("utf-8", "replace") + b"\n")
        sys.stdout.buffer.flush()
    else:
        _print(console(), phrases, found, total)


def _kind(phrases: Phrases, generation: Generation, asked: str | None) -> str | None:
    """The kind as the index knows it; empty for names of which nothing is known."""
    if asked is None or asked == UNKNOWN:
        return None if asked is None else ""
    known = list(dict.fromkeys([*(kind.name for kind in generation.kinds), PERSON, ORGANISATION, COUNTRY, UNKNOWN]))
    if asked not in known:
        raise KzbotError(phrases.say("cli.names.no_kind", kind=asked, kinds=", ".join(known)))
    return asked


def _print(out: Console, phrases: Phrases, found: list[Unlisted], total: int) -> None:
    if not found:
        out.print(phrases.say("cli.names.none"))
        return
    if out.is_terminal:
        out.print(_table(phrases, found))
    else:
        for one in found:
            sys.stdout.write("\t".join(cell.plain for cell in _cells(phrases, one)) + "\n")
    if total > len(found):
        out.print(phrases.say("cli.names.more", count=total, shown=len(found)))


def _table(phrases: Phrases, found: list[Unlisted]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 1, 0))
    for key, wide in (("name", 3), ("what", 2), ("used", 2), ("forms", 2), ("example", 5)):
        table.add_column(phrases.say(f"cli.names.head.{key}"), overflow="fold", ratio=wide)
    for one in found:
        table.add_row(*_cells(phrases, one))
    return table


def _cells(phrases: Phrases, one: Unlisted) -> tuple[Text, ...]:
    """Name, what it is, how often and when, other forms, an example with its source."""
    name, what = Text(one_line(one.name), "bold"), Text(said_ground(phrases, one))
    if one.like:
        what.append(f"; {phrases.say('cli.names.like', names=', '.join(map(one_line, one.like)))}", "yellow")
    used = ", ".join(
        (phrases.say("cli.names.mentions", count=one.mentions), phrases.say("cli.names.articles", count=one.articles))
        + ((one.years,) if one.years else ())
    )
    forms = ", ".join(one_line(form) for form in one.forms[:_FORMS])
    return name, what, Text(used), Text(forms), _example(phrases, one.examples[0]) if one.examples else Text("")


def _example(phrases: Phrases, one: Example) -> Text:
    first, last = max(0, one.start - _AROUND), min(len(one.text), one.end + _AROUND)
    first = one.text.find(" ", first, one.start) + 1 if first else 0
    last = one.text.rfind(" ", one.end, last) if last < len(one.text) else last
    last = last if last >= one.end else one.end
    shown = Text("… " if first else "")
    shown.append(_flat(one.text[first : one.start]))
    shown.append(_flat(one.text[one.start : one.end]), "bold")
    shown.append(_flat(one.text[one.end : last]) + (" …" if last < len(one.text) else ""))
    return shown.append(f" ({phrases.say('cli.names.source', title=one_line(one.title))})", "dim")


def _flat(text: str) -> str:
    return safe("".join(" " if character.isspace() else character for character in text))
