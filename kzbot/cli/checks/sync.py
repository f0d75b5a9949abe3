"""Whether Discord was last told of the commands that this program has."""

import contextlib
from typing import cast

from kzbot.chat.client import ChatClient
from kzbot.chat.sync import tree_hash
from kzbot.cli.checks.check import Check
from kzbot.cli.prepared import Prepared
from kzbot.cli.serving import services_for
from kzbot.errors import GenerationError, QueryLogError
from kzbot.index.store import GenerationStore
from kzbot.operations.shelf import Shelf
from kzbot.querylog.log import FILE_NAME, QueryLog
from kzbot.querylog.reader import QueryReader


class _Untold(ChatClient):
    """A client that is never connected and tells nobody of its commands."""

    async def _sync(self) -> None:
        """Nothing is told."""


class _NoLog:
    """A log that nothing is ever written to, nor read from."""

    ledger = frequent = review = None


async def check_sync(prepared: Prepared, application: int | None) -> Check:
    """Compares what was synced last for this application, as the log of questions remembers it, with the program."""
    say = prepared.phrases.say
    subject, mend = say("cli.doctor.sync"), say("cli.doctor.sync_mend")
    if application is None:
        return Check(subject, "ok", say("cli.doctor.sync_local"))
    told = await _told(prepared, application)
    if told is None:
        return Check(subject, "warning", say("cli.doctor.sync_never"), mend)
    if told != await commands_hash(prepared):
        return Check(subject, "warning", say("cli.doctor.sync_old"), mend)
    return Check(subject, "ok", say("cli.doctor.sync_well"))


async def commands_hash(prepared: Prepared) -> str:
    """The hash of all commands of this program, as it would be synced."""
    store = GenerationStore(prepared.settings.data.folder)
    no_log = cast(QueryLog, _NoLog())  # the commands are described here and never called
    shelf = Shelf(store.path)
    with contextlib.suppress(GenerationError):
        await shelf.swap(store.applied() or "")
    services = services_for(prepared.settings, prepared, store, no_log, shelf)
    client = _Untold(services, lambda connected: None)
    await client.setup_hook()
    found = tree_hash(client.tree)
    await client.close()
    await shelf.close()
    return found


async def _told(prepared: Prepared, application: int) -> str | None:
    try:
        reader = await QueryReader.open(prepared.settings.data.folder / FILE_NAME)
    except QueryLogError:
        return None
    try:
        return await reader.state(f"commands:{application}")
    finally:
        await reader.close()
