"""The data folder: can it be written, who holds it and fares how, how much room there is, are the log and its backups whole."""

import asyncio
import os
import shutil
import sqlite3
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from kzbot.cli.checks.check import Check
from kzbot.cli.terminal import moment
from kzbot.errors import DataFolderError, QueryLogError
from kzbot.index.store import GenerationStore
from kzbot.operations.backups import Backups
from kzbot.operations.erasing.known import fault_of_ledger
from kzbot.operations.erasing.ledger import FILE
from kzbot.operations.health import fault_of, read_health
from kzbot.phrases import Phrases
from kzbot.querylog.backup import made_at
from kzbot.querylog.checking import damage_of
from kzbot.querylog.keys import key_is_lost
from kzbot.querylog.log import FILE_NAME
from kzbot.querylog.people import KEY_FILE
from kzbot.querylog.reader import QueryReader, unreadable
from kzbot.querylog.schema import migrations
from kzbot.querylog.working import Tell, cancellable, unheard

_OLD = timedelta(days=3)
_LITTLE, _TOO_LITTLE = 500 << 20, 50 << 20


STAGES = 2
"""What may take long: the log is checked, then the newest backup."""


async def check_data(folder: Path, phrases: Phrases, tell: Tell = unheard) -> list[Check]:
    """The folder, its lock and kzbot.db; a folder that is not there yet is well where it can be made. `tell` hears how far it is."""
    subject = phrases.say("cli.doctor.data")
    existing = next((each for each in (folder, *folder.parents) if each.exists()), Path("/"))
    if not existing.is_dir() or not os.access(existing, os.W_OK | os.X_OK):
        mend = phrases.say("cli.doctor.data_mend")
        return [Check(subject, "wrong", phrases.say("cli.doctor.data_unwritable", folder=existing), mend)]
    room = _room(existing, phrases)
    if existing != folder:
        return [Check(subject, "ok", phrases.say("cli.doctor.data_new", folder=folder)), room]
    checks = [Check(subject, "ok", str(folder)), room, _lock(folder, phrases), _running(folder, phrases)]
    checks += [await _log(folder / FILE_NAME, phrases, tell), *await asyncio.to_thread(_erasing, folder, phrases)]
    return [*checks, await cancellable(partial(_backups, folder, phrases), tell)]


def _room(folder: Path, phrases: Phrases) -> Check:
    free = shutil.disk_usage(folder).free
    found = phrases.say("cli.doctor.room_free", megabytes=phrases.number(free >> 20))
    level = "wrong" if free < _TOO_LITTLE else "warning" if free < _LITTLE else "ok"
    if level == "ok":
        return Check(phrases.say("cli.doctor.room"), "ok", found)
    mend = phrases.say("cli.doctor.room_mend", megabytes=_LITTLE >> 20)
    return Check(phrases.say("cli.doctor.room"), "wrong" if level == "wrong" else "warning", found, mend)


def _lock(folder: Path, phrases: Phrases) -> Check:
    subject = phrases.say("cli.doctor.lock")
    try:
        with GenerationStore(folder).lock():
            return Check(subject, "ok", phrases.say("cli.doctor.lock_free"))
    except DataFolderError as error:
        held = (folder / "lock.holder").exists()
        return Check(subject, "ok" if held else "wrong", phrases.say("cli.doctor.lock_held") if held else str(error))


async def _log(file: Path, phrases: Phrases, tell: Tell) -> Check:
    subject = phrases.say("cli.doctor.log")
    if not file.exists():
        return Check(subject, "ok", phrases.say("cli.doctor.log_none"))
    try:
        reader = await QueryReader.open(file, older=True)
        try:
            damage = await cancellable(partial(damage_of, file), tell)
            if damage is not None:
                return Check(subject, "wrong", damage, phrases.say("cli.doctor.log_mend"))
            count = await reader.count()
        finally:
            await reader.close()
    except QueryLogError as error:
        return Check(subject, "wrong", str(error))
    except sqlite3.Error as error:
        return Check(subject, "wrong", str(unreadable(error, file)))
    found = phrases.say("cli.doctor.log_whole", count=count)
    if reader.version < (known := len(migrations())):
        found = f"{found} {phrases.say('cli.doctor.log_older', schema=reader.version, known=known)}"
    return Check(subject, "ok", found)


def _running(folder: Path, phrases: Phrases) -> Check:
    """How a bot that runs with this data folder fares."""
    subject = phrases.say("cli.doctor.health")
    health = read_health(folder)
    fault = fault_of(health, datetime.now(UTC))
    if fault is None and health is not None and health.clock is not None:
        return Check(subject, "warning", health.clock)
    if fault is None:
        return Check(subject, "ok", phrases.say("operations.health.well"))
    if health is None or fault.key == "operations.health.not_running":
        return Check(subject, "ok", phrases.say("cli.doctor.health_not"))
    said = phrases.say(fault.key, **fault.values)
    if health.start is not None and not fault.key.endswith("stale"):
        return Check(subject, "ok", said)
    return Check(subject, "wrong", said, phrases.say("cli.doctor.health_mend"))


def _erasing(folder: Path, phrases: Phrases) -> list[Check]:
    """Whether people in the log are known by its key, and what was erased. Blocking."""
    subject, found = phrases.say("cli.doctor.erasing"), list[Check]()
    try:
        if key_is_lost(folder):
            mend = phrases.say("cli.doctor.erasing_key_mend", file=folder / KEY_FILE)
            found.append(Check(subject, "wrong", phrases.say("cli.doctor.erasing_key"), mend))
        if fault := fault_of_ledger(folder):
            said = phrases.say(f"operations.erased.{fault}", file=folder / FILE)
            found.append(Check(subject, "wrong", said, phrases.say("cli.doctor.erasing_mend", file=folder / FILE)))
    except (QueryLogError, DataFolderError) as error:
        found.append(Check(subject, "wrong", str(error)))
    return found or [Check(subject, "ok", phrases.say("cli.doctor.erasing_known"))]


def _backups(folder: Path, phrases: Phrases, tell: Tell) -> Check:
    """How old the newest backup is, and whether it is sound. Blocking."""
    subject, backups = phrases.say("cli.doctor.backups"), Backups(folder)
    mend = phrases.say("cli.doctor.backups_mend")
    files = backups.all()
    if not files:
        return Check(subject, "ok", phrases.say("cli.doctor.backups_none"))
    made = made_at(files[-1])
    when = moment(made)
    try:
        backups.check(files[-1], tell)
    except QueryLogError as error:
        return Check(subject, "wrong", str(error), mend)
    if datetime.now(UTC) - made > _OLD:
        return Check(subject, "warning", phrases.say("cli.doctor.backups_old", when=when), mend)
    return Check(subject, "ok", phrases.say("cli.doctor.backups_sound", count=len(files), when=when))
