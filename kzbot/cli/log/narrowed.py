"""By what the log is narrowed at the terminal: the options, and what is wrong with them."""

import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any, TypeVar

import typer

from kzbot.cli.log.known import known_commands
from kzbot.cli.prepared import Prepared
from kzbot.cli.terminal import one_line
from kzbot.errors import QuestionError
from kzbot.operations.log_filters import read_deed_filters, read_filters
from kzbot.operations.purging import read_purge
from kzbot.querylog.filters import Filters
from kzbot.querylog.ledger.deeds import DeedFilters
from kzbot.querylog.ledger.reader import LedgerReader
from kzbot.querylog.log import FILE_NAME
from kzbot.querylog.people import People, code_of
from kzbot.querylog.reader import QueryReader

Result = TypeVar("Result")
Given = Mapping[str, str | None]
_CODE = re.compile(r"[0-9a-f]{8}")


async def reading(prepared: Prepared, read: Callable[[QueryReader], Awaitable[Result]]) -> Result:
    """What `read` finds in the log, beside whoever writes it; QueryLogError where there is none."""
    reader = await QueryReader.open(prepared.settings.data.folder / FILE_NAME)
    try:
        return await read(reader)
    finally:
        await reader.close()


async def filters_of(prepared: Prepared, reader: QueryReader, given: Given) -> Filters:
    """The questions that are meant; typer.BadParameter, a usage error, where an option means nothing."""
    values = await _values(prepared, reader, given)
    commands = await known_commands(prepared, reader.listing) if "command" in values else ()
    return told(prepared, values, lambda: read_filters(values, _today(), _people(prepared, values), commands))


async def deed_filters_of(prepared: Prepared, reader: QueryReader, given: Given) -> DeedFilters:
    """The deeds that are meant; typer.BadParameter where an option means nothing."""
    values = await _values(prepared, reader, given)
    actions = await LedgerReader(reader).actions()
    return told(prepared, values, lambda: read_deed_filters(values, _today(), _people(prepared, values), actions))


async def purge_filters_of(prepared: Prepared, reader: QueryReader, given: Given) -> Filters:
    """The questions that are to be erased; typer.BadParameter where an option means nothing, or none was given."""
    values = await _values(prepared, reader, given)
    commands = await known_commands(prepared, reader.listing) if "command" in values else ()
    return told(prepared, values, lambda: read_purge(values, _today(), _people(prepared, values), commands))


async def _values(prepared: Prepared, reader: QueryReader, given: Given) -> dict[str, str]:
    """What was given; a short code of a person becomes what rows hold."""
    values = {name: value for name, value in given.items() if value is not None and value.strip()}
    if _CODE.fullmatch(code := values.get("user", "").strip().casefold()):
        known = {code_of(one): one for one in await reader.listing.hashes()}
        if code not in known:
            raise typer.BadParameter(prepared.phrases.say("cli.log.no_code", code=code), param_hint="--user")
        values["user"] = str(known[code])
    return values


def _people(prepared: Prepared, given: Mapping[str, Any]) -> People:
    """The key of hashes is read only where somebody is asked for."""
    folder, mode = prepared.settings.data.folder, prepared.settings.log.user_ids
    return People.open(folder, mode) if "user" in given else People(mode, b"")


def told(prepared: Prepared, given: Given, read: Callable[[], Result]) -> Result:
    """What `read` makes of the options; a usage error that names the option where it is known which one is wrong."""
    try:
        return read()
    except QuestionError as error:
        value = error.values.get("value")
        wrong = [
            f"--{name}" for name, text in given.items() if text and value is not None and text.strip()[:50] == value
        ]
        said = one_line(prepared.phrases.say(error.key, **error.values))
        raise typer.BadParameter(said, param_hint=wrong[0] if len(wrong) == 1 else None) from None


def _today() -> date:
    return datetime.now(UTC).date()
