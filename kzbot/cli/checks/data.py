"""The data folder: can it be written, who holds it, how much room there is, is the log of questions whole."""

import os
import shutil
from pathlib import Path

from kzbot.cli.checks.check import Check
from kzbot.errors import DataFolderError, QueryLogError
from kzbot.index.store import GenerationStore
from kzbot.phrases import Phrases
from kzbot.querylog.log import FILE_NAME
from kzbot.querylog.reader import QueryReader

_LITTLE, _TOO_LITTLE = 500 << 20, 50 << 20


async def check_data(folder: Path, phrases: Phrases) -> list[Check]:
    """The folder, its lock and kzbot.db; a folder that is not there yet is well where it can be made."""
    subject = phrases.say("cli.doctor.data")
    existing = next((each for each in (folder, *folder.parents) if each.exists()), Path("/"))
    if not existing.is_dir() or not os.access(existing, os.W_OK | os.X_OK):
        mend = phrases.say("cli.doctor.data_mend")
        return [Check(subject, "wrong", phrases.say("cli.doctor.data_unwritable", folder=existing), mend)]
    room = _room(existing, phrases)
    if existing != folder:
        return [Check(subject, "ok", phrases.say("cli.doctor.data_new", folder=folder)), room]
    return [Check(subject, "ok", str(folder)), room, _lock(folder, phrases), await _log(folder / FILE_NAME, phrases)]


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


async def _log(file: Path, phrases: Phrases) -> Check:
    subject = phrases.say("cli.doctor.log")
    if not file.exists():
        return Check(subject, "ok", phrases.say("cli.doctor.log_none"))
    try:
        reader = await QueryReader.open(file)
        try:
            damage = await reader.damage()
            count = (await reader.recent(1))[1]
        finally:
            await reader.close()
    except QueryLogError as error:
        return Check(subject, "wrong", str(error))
    if damage is not None:
        return Check(subject, "wrong", damage, phrases.say("cli.doctor.log_mend", file=file))
    return Check(subject, "ok", phrases.say("cli.doctor.log_whole", count=count))
