"""What to do where kzbot.db, or a copy of it, could not be read or written: decided here alone, for everybody who tells of it."""

import errno
import sqlite3

DAMAGED = (
    "the log is damaged: stop the bot and put a backup in its place with `python bot.py restore`;"
    " `python bot.py doctor` says what is wrong"
)
_WAIT = "another process is writing it at length; try again in a minute"
_FULL = "make room on the disk"
_UNWRITABLE = "mend the permissions of the folder, or how its disk is mounted"
_MISSING = "see that the folder is there"
_FAILING = "see whether the disk is full, or fails"
_ELSE = "mend the data folder"
_OF_SQLITE = {
    sqlite3.SQLITE_BUSY: _WAIT,
    sqlite3.SQLITE_LOCKED: _WAIT,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _UNWRITABLE,
    sqlite3.SQLITE_CANTOPEN: _UNWRITABLE,
    sqlite3.SQLITE_PERM: _UNWRITABLE,
    sqlite3.SQLITE_IOERR: _FAILING,
}
_OF_THE_SYSTEM = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EACCES: _UNWRITABLE,
    errno.EPERM: _UNWRITABLE,
    errno.EROFS: _UNWRITABLE,
    errno.ENOENT: _MISSING,
    errno.ENOTDIR: _MISSING,
    errno.EIO: _FAILING,
}


def remedy(error: BaseException) -> str:
    """What to do, as the end of a sentence that has named the file and the error."""
    if isinstance(error, sqlite3.Error):
        return _OF_SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, _ELSE)
    return _OF_THE_SYSTEM.get(getattr(error, "errno", None) or 0, _ELSE)
