"""Copies of kzbot.db in the data folder, which hold what kzbot.db held when they were made."""

import logging
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from kzbot.errors import QueryLogError
from kzbot.index.files import sync_folder
from kzbot.querylog.erasing.copies import UNFINISHED, rewrite
from kzbot.querylog.erasing.scope import Target
from kzbot.querylog.log import FILE_NAME
from kzbot.querylog.people import People

_LOGGER = logging.getLogger(__name__)
_FOLDER = "backups"


def copies(data_folder: Path) -> list[Path]:
    """Every whole copy: backups, and what was kept before an upgrade."""
    found = [*(data_folder / _FOLDER).glob("*.db"), *data_folder.glob(f"{FILE_NAME}.before-*")]
    return sorted(one for one in found if one.is_file() and one.suffix not in (".part", UNFINISHED))


def erase_copies(data_folder: Path, targets: Sequence[Target], people: People) -> int:
    """Writes every copy anew without what is meant; how many there were.

    A copy that cannot be read is deleted: it cannot be restored, and what it holds cannot be told. So is what a crash left
    of one that was being made. Blocking; OSError where the disk does not take it.
    """
    for folder in (data_folder / _FOLDER, data_folder):
        for left in [*folder.glob("*.part*"), *folder.glob(f"*{UNFINISHED}*")] if folder.is_dir() else []:
            if folder.name == _FOLDER or left.name.startswith(FILE_NAME):
                left.unlink()
    found = copies(data_folder)
    for copy in found:
        try:
            rewrite(copy, targets, people)
        except (sqlite3.DatabaseError, QueryLogError) as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            _LOGGER.warning("%s could not be cleaned of what was erased (%s), and was deleted", copy.name, error)
            copy.unlink()
        sync_folder(copy.parent)
    return len(found)
