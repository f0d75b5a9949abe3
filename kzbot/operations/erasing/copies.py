"""Copies of kzbot.db in the data folder, which hold what kzbot.db held when they were made."""

import logging
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from kzbot.errors import QueryLogError
from kzbot.index.files import sync_folder
from kzbot.querylog.backup import FOLDER, listed, locked, made_at, outlived, remove
from kzbot.querylog.erasing.copies import UNFINISHED, Make, Opened, is_log, rewrite
from kzbot.querylog.log import FILE_NAME

_LOGGER = logging.getLogger(__name__)
_LEFT = (UNFINISHED, ".part")


def copies(data_folder: Path) -> list[Path]:
    """Every whole copy: backups, and what earlier programs kept beside kzbot.db before an upgrade."""
    found = data_folder.glob(f"{FILE_NAME}.before-*")
    beside = [one for one in found if not (_is_left(one) or one.name.endswith(("-wal", "-shm", "-journal")))]
    return [*listed(data_folder / FOLDER), *sorted(beside)]


def standing(data_folder: Path, before: datetime) -> list[Path]:
    """The copies that were made before this moment. Blocking."""
    whole = copies(data_folder)
    return [one for one in whole if (_written(one) if one.parent == data_folder else made_at(one)) < before]


def let_go_of_old(data_folder: Path, before: datetime) -> int:
    """Deletes the copies that were made before this moment: all that they hold is too old; how many there were. Blocking."""
    folder = data_folder / FOLDER
    with locked(folder):
        old = outlived(folder, before)
        old += [one for one in copies(data_folder) if one.parent == data_folder and _written(one) < before]
        for one in old:
            remove(one)
        sync_folder(folder)
    return len(old)


def sweep(data_folder: Path) -> None:
    """Deletes what a crash left of copies that were being made. Blocking; OSError where the disk does not take it."""
    for left in [*(data_folder / FOLDER).glob("*"), *data_folder.glob(f"{FILE_NAME}*")]:
        if _is_left(left):
            left.unlink(missing_ok=True)


def change_copy(copy: Path, changes: Sequence[Make], opened: Opened) -> None:
    """Writes a copy anew with these changes made.

    One that is damaged is deleted: it can be restored no more, and what it holds cannot be told. Blocking; OSError or
    sqlite3.OperationalError where the disk does not take it.
    """
    try:
        rewrite(copy, changes, opened)
    except (sqlite3.DatabaseError, QueryLogError) as error:
        if isinstance(error, sqlite3.OperationalError) and not is_log(copy):
            _LOGGER.warning("%s is no log of kzbot (%s), and stays as it is", copy, error)
            return
        if isinstance(error, sqlite3.DatabaseError) and type(error) is not sqlite3.DatabaseError:
            raise  # the disk, or a lock: the copy itself may be whole
        _LOGGER.warning("%s is damaged (%s): what it holds cannot be changed, and it was deleted", copy, error)
        remove(copy)
    sync_folder(copy.parent)


def _is_left(file: Path) -> bool:
    return any(end in file.name for end in _LEFT)


def _written(file: Path) -> datetime:
    return datetime.fromtimestamp(file.stat().st_mtime, UTC)
