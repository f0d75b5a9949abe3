"""Copies of kzbot.db: made whole beside whoever writes it, opened and checked before they count as one."""

import os
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from kzbot.errors import QueryLogError
from kzbot.querylog.checking import damage
from kzbot.querylog.remedy import DAMAGED, remedy
from kzbot.querylog.rows import dated, moment_of
from kzbot.querylog.schema import MIGRATIONS, check_version, has_schema, migrations
from kzbot.querylog.working import Step, Tell, unheard, watched

FOLDER = "backups"
KEEP, KEEP_BEFORE = 7, 2
_NAME = re.compile(
    r"kzbot(?P<before>-before-\d{4})?(?P<aside>-aside)?-(?P<at>\d{8}T\d{6}Z)(?:-(?P<more>\d+))?\.db", re.ASCII
)
_BESIDE = ("", "-journal", "-wal", "-shm")
STAMP = "%Y%m%dT%H%M%SZ"
_PATIENCE, _OFTEN = 600.0, 0.5


@dataclass(frozen=True, slots=True)
class Held:
    """What a copy of the log holds: how many questions, the moments of the first and the last one (None where there
    is none, or it is damaged), what moderators did."""

    schema: int
    questions: int
    first: datetime | None
    last: datetime | None
    deeds: int
    size: int


@contextmanager
def locked(folder: Path, tell: Tell = unheard) -> Iterator[None]:
    """Hold the folder of backups, so that nobody makes, rewrites or deletes one meanwhile; others wait for it, and `tell` hears
    of the stage `wait`.

    What a process that was killed left half made is swept away first. Not to be taken again by who holds it. Blocking. Raises QueryLogError where it cannot be had.
    """
    with _told(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        lock = FileLock(folder / "lock", timeout=_OFTEN, thread_local=False)
        _acquire(lock, folder, tell)
    try:
        with _told(folder):
            for left in folder.glob("*.part*"):
                left.unlink(missing_ok=True)
        yield
    finally:
        lock.release()


def _acquire(lock: FileLock, folder: Path, tell: Tell) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            lock.acquire()
        except Timeout:
            tell(Step("wait"))
        else:
            return
        if time.monotonic() > until:
            raise QueryLogError(
                f"{folder}: another process has been at work on the backups for {_PATIENCE / 60:.0f} minutes; "
                "end it, and try again."
            )


def listed(folder: Path) -> list[Path]:
    """Every copy in the folder, the oldest first: those that kzbot made, and databases that somebody put beside them."""
    return sorted((file for file in folder.glob("*.db") if file.is_file()), key=lambda file: (_made(file), file.name))


def made_at(file: Path) -> datetime:
    """When a copy was made, as its name says; of a foreign one as its file says."""
    return datetime.strptime(_made(file)[0], STAMP).replace(tzinfo=UTC)


def outlived(folder: Path, before: datetime) -> list[Path]:
    """The copies that kzbot made earlier than this moment; those that somebody else put there are never among them."""
    return [one for one in listed(folder) if _NAME.fullmatch(one.name) and _made(one)[0] < stamp(before)]


def back_up(source: Path, folder: Path, now: datetime, tell: Tell = unheard) -> tuple[Path, Held]:
    """A checked copy of `source` in `folder`, of which the last seven are kept, and what it holds; see `copy`. Blocking."""
    with locked(folder, tell):
        held = copy(source, made := free(folder, f"kzbot-{stamp(now)}"), tell=tell)
        _prune(folder, made, before=False, keep=KEEP)
    return made, held


def back_up_before(
    number: int, source: Path, folder: Path, now: datetime, known: Path = MIGRATIONS, tell: Tell = unheard
) -> Path:
    """The same before migration `number` is applied; the last two of these are kept."""
    with locked(folder, tell):
        copy(source, made := free(folder, f"kzbot-before-{number:04d}-{stamp(now)}"), known, tell)
        _prune(folder, made, before=True, keep=KEEP_BEFORE)
    return made


def free(folder: Path, stem: str) -> Path:
    """Where a copy with this name may stand, numbered after those of the same second."""
    taken = [_made(file)[1] for file in folder.glob(f"{stem}*.db")]
    return folder / (f"{stem}-{max(taken) + 1}.db" if taken else f"{stem}.db")


def copy(source: Path, target: Path, known: Path = MIGRATIONS, tell: Tell = unheard) -> Held:
    """A copy of `source` as it was committed last, at `target`, which is not there yet: whole and checked, or not there.

    Reads beside the one who writes, and takes no lock of the data folder. `tell` hears of the stages `copy` (bytes) and `check` (instructions).
    Blocking. Raises QueryLogError with the reason.
    """
    unfinished = target.with_name(f"{target.name}.part")
    with _told(target.parent, source):
        if not source.is_file():
            raise QueryLogError(f"{source}: there is no log of questions yet; it begins when the bot first runs.")
        if not os.access(source.parent, os.W_OK | os.X_OK):
            raise QueryLogError(
                f"{source}: no backup can be made where nothing can be written; stop the bot and copy the data folder instead."
            )
        remove(unfinished)
        os.close(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            with closing(reading(source)) as connection:
                check_version(connection, source, len(migrations(known)))
                _write_copy(connection, unfinished, tell)
            held = check(
                unfinished, known, shown=source, damaged=f"no backup could be made ({{}}); {DAMAGED}.", tell=tell
            )
            sync(unfinished)
            unfinished.rename(target)
        except BaseException:
            with suppress(OSError):
                remove(unfinished)
            raise
        sync(target.parent)
    return held


def _write_copy(connection: sqlite3.Connection, target: Path, tell: Tell) -> None:
    """How far it is says the size of the copy; at its end it may be smaller than expected."""
    sizes = [
        int(connection.execute(f"PRAGMA {what}").fetchone()[0])
        for what in ("page_count", "freelist_count", "page_size")
    ]
    expected = (sizes[0] - sizes[1]) * sizes[2]
    with watched(connection, lambda: tell(Step("copy", min(target.stat().st_size, expected), expected))):
        connection.execute("VACUUM INTO ?", (str(target),))


def check(
    path: Path,
    known: Path = MIGRATIONS,
    *,
    shown: Path | None = None,
    damaged: str = "this copy of the log is damaged ({}); take another one.",
    tell: Tell = unheard,
) -> Held:
    """What a copy that nobody writes to holds; QueryLogError where it is damaged, newer than this program, or no log of kzbot.

    `shown`: the file that the error names instead; `damaged`: what it says of a damaged one. `tell` hears of the stage `check` (instructions).
    """
    named = shown or path
    at = Step("check")

    def far(done: int, total: int) -> None:
        nonlocal at
        tell(at := Step("check", done, total))

    try:
        with closing(reading(path, finished=True)) as connection:
            if (found := damage(connection, far)) is not None:
                raise QueryLogError(f"{named}: {damaged.format(found)}")
            with watched(connection, lambda: tell(at)):
                version = check_version(connection, named, len(migrations(known)))
                if not has_schema(connection, version, known) or not version:
                    raise QueryLogError(f"{named}: this file is not a log of kzbot; give a file that `backup` made.")
                if connection.execute("SELECT 1 FROM pragma_foreign_key_check LIMIT 1").fetchone():
                    raise QueryLogError(f"{named}: {damaged.format('a row names another one that is not there')}")
                return _held(connection, version, path.stat().st_size)
    except (sqlite3.Error, OSError, ValueError) as error:
        raise QueryLogError(f"{named}: {damaged.format(error)}") from error


def look_over(path: Path, tell: Tell = unheard) -> None:
    """QueryLogError where kzbot.db, or what is called so, is damaged; for a start after one that did not end well.

    A look at its structure, without that of its indexes. `tell` hears of the stage `look`. Blocking.
    """
    try:
        with closing(reading(path)) as connection, watched(connection, lambda: tell(Step("look"))):
            tell(Step("look"))
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.OperationalError:
        return  # locked, or not to be read: who opens it for writing says so
    except sqlite3.Error as error:
        found = str(error)
    if found != "ok":
        raise QueryLogError(
            f"{path}: the log of questions is damaged ({' '.join(str(found).split())}), as a copy is that was made while the"
            " bot ran; copy the folder again with the bot stopped, or run `python bot.py restore`."
        )


def reading(path: Path, *, finished: bool = False) -> sqlite3.Connection:
    """A connection that only reads; `finished`: nobody writes to the file, and nothing is made beside it.

    It is not opened with mode=ro where it is copied from: SQLite 3.40 counts generated columns as values then (VACUUM INTO).
    """
    address = f"{path.resolve().as_uri()}?mode={'ro&immutable=1' if finished else 'rw'}"
    connection = sqlite3.connect(address, uri=True, isolation_level=None, timeout=5)
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def remove(path: Path) -> None:
    """Delete a database with what SQLite may have left beside it."""
    for end in _BESIDE:
        path.with_name(path.name + end).unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Make a file, or the names in a folder, outlive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _held(connection: sqlite3.Connection, version: int, size: int) -> Held:
    ends = (
        f"SELECT asked_at FROM queries WHERE {dated('asked_at')} ORDER BY asked_at {way} LIMIT 1"
        for way in ("ASC", "DESC")
    )
    first, last = (row[0] if (row := connection.execute(end).fetchone()) else None for end in ends)
    count = connection.execute("SELECT count(*) FROM queries").fetchone()[0]
    deeds = connection.execute("SELECT count(*) FROM audit").fetchone()[0] if version > 1 else 0
    return Held(version, count, moment_of(first), moment_of(last), deeds, size)


def _prune(folder: Path, made: Path, *, before: bool, keep: int) -> None:
    """Delete all but the newest `keep` of one sort: only kzbot's own, never what was made now, also where the clock went back."""
    known = [(file, name) for file in listed(folder) if (name := _NAME.fullmatch(file.name)) and not name["aside"]]
    own = [file for file, name in known if bool(name["before"]) == before]
    with _told(folder):
        for file in [one for one in own if one != made][: 1 - keep]:
            remove(file)
        sync(folder)


def _made(file: Path) -> tuple[str, int]:
    """When a copy was made, as its name says; of a foreign one as its file says."""
    name = _NAME.fullmatch(file.name)
    if name:
        return name["at"], int(name["more"] or 1)
    return stamp(datetime.fromtimestamp(file.stat().st_mtime, UTC)), 0


def stamp(moment: datetime) -> str:
    """A moment as names of copies have it."""
    return moment.astimezone(UTC).strftime(STAMP)


@contextmanager
def _told(folder: Path, source: Path | None = None) -> Iterator[None]:
    """What goes wrong with files as one sentence, about what is copied where that is damaged."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        reason, what = getattr(error, "strerror", None) or error, remedy(error)
        at = source if source and what == DAMAGED else folder
        raise QueryLogError(f"{at}: no backup could be made ({reason}); {what}.") from error
