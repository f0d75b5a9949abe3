"""Whether Discord has the commands that this program has."""

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from kzbot.chat.client import ChatClient
from kzbot.chat.registered import difference, digest
from kzbot.chat.sync import AGAIN, again_key, synced_key, told, tree_hash
from kzbot.cli.checks.check import Check
from kzbot.cli.prepared import Prepared
from kzbot.cli.serving import services_for
from kzbot.errors import GenerationError, QueryLogError
from kzbot.index.store import GenerationStore
from kzbot.operations.shelf import Shelf
from kzbot.phrases import Phrases
from kzbot.querylog.log import FILE_NAME, QueryLog
from kzbot.querylog.reader import QueryReader


class _Untold(ChatClient):
    """A client that is never connected and tells nobody of its commands."""

    async def _sync(self) -> bool:
        """Nothing is told."""
        return False


class _NoLog:
    """A log that nothing is ever written to, nor read from."""

    ledger = frequent = review = None


@dataclass(frozen=True, slots=True)
class Commands:
    """All commands of this program, as Discord would be told of them, and their hash."""

    told: list[dict[str, Any]]
    hash: str


async def check_sync(
    prepared: Prepared,
    application: int | None,
    registered: Iterable[Mapping[str, Any]] | None = None,
    *,
    now: datetime | None = None,
) -> Check:
    """Holds this program's commands against those that Discord has (`registered`), or, where it could not be asked,
    against those that it was sent last, as the log of questions remembers them."""
    say = prepared.phrases.say
    subject, mend = say("cli.doctor.sync"), say("cli.doctor.sync_mend")
    if application is None:
        return Check(subject, "ok", say("cli.doctor.sync_local"))
    ours, (last, again) = await commands_of(prepared), await _remembered(prepared, application)
    hash_, _, made = (last or "").partition(" ")
    if registered is not None:
        there = list(registered)
        if not difference(ours.told, there) or (hash_, made) == (ours.hash, digest(there)):
            return Check(subject, "ok", say("cli.doctor.sync_there", count=len(ours.told)))
        day, _, count = (again or "").partition(" ")
        if day == (now or datetime.now(UTC)).date().isoformat() and count.isdecimal() and int(count) >= AGAIN:
            mend = say("cli.doctor.sync_again", count=int(count))
        return Check(subject, "warning", _differ(ours.told, there, prepared.phrases), mend)
    if last is None:
        return Check(subject, "warning", say("cli.doctor.sync_never"), mend)
    if hash_ != ours.hash:
        return Check(subject, "warning", say("cli.doctor.sync_old"), mend)
    return Check(subject, "ok", say("cli.doctor.sync_well"))


def _differ(ours: list[dict[str, Any]], there: list[Mapping[str, Any]], phrases: Phrases) -> str:
    """What Discord has otherwise, in words."""
    if not there:
        return phrases.say("cli.doctor.sync_none")
    found = difference(ours, there)
    parts = {"sync_missing": found.missing, "sync_other": found.other, "sync_foreign": found.foreign}
    return " ".join(phrases.say(f"cli.doctor.{key}", names=", ".join(names)) for key, names in parts.items() if names)


async def commands_of(prepared: Prepared) -> Commands:
    """All commands of this program, as it would send them."""
    store = GenerationStore(prepared.settings.data.folder)
    no_log = cast(QueryLog, _NoLog())  # the commands are described here and never called
    shelf = Shelf(store.path)
    with contextlib.suppress(GenerationError):
        await shelf.swap(store.applied() or "")
    services = services_for(prepared.settings, prepared, store, no_log, shelf)
    client = _Untold(services, lambda connected: None)
    await client.setup_hook()
    found = Commands(told(client.tree), tree_hash(client.tree))
    await client.close()
    await shelf.close()
    return found


async def _remembered(prepared: Prepared, application: int) -> tuple[str | None, str | None]:
    """What the log keeps of the last sending, and of sending them again."""
    try:
        reader = await QueryReader.open(prepared.settings.data.folder / FILE_NAME, older=True)
    except QueryLogError:
        return None, None
    try:
        return await reader.state(synced_key(application)), await reader.state(again_key(application))
    finally:
        await reader.close()
