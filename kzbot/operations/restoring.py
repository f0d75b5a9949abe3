"""Restoring the log from a copy: what would be lost is known first, and what was there is kept."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kzbot.errors import QueryLogError
from kzbot.operations.backups import Backups
from kzbot.operations.erasing.known import fault_of_ledger
from kzbot.operations.erasing.ledger import FILE, ErasureLedger
from kzbot.querylog.backup import Held, copy
from kzbot.querylog.erasing.copies import clean
from kzbot.querylog.erasing.scope import Scope, Target, older_target
from kzbot.querylog.log import FILE_NAME
from kzbot.querylog.people import KEY_FILE, People
from kzbot.querylog.restore import Lost, drop, finish, lost, seal, set_aside, stage, swap
from kzbot.querylog.schema import migrations
from kzbot.querylog.working import Step, Tell, unheard

_MAGIC = b"SQLite format 3\0"
Clean = Callable[[Path, Tell], None]
"""Takes out of a kzbot.db that nobody has open what was erased since it was copied; raises QueryLogError."""
_HALF = 500
PREPARING = 3
"""Stages: the copy is fetched, checked, and compared with the log."""


@dataclass(frozen=True, slots=True)
class Coming:
    """A copy that is ready to take the log's place: `source`, what it holds, and what would be lost (None: nobody can tell)."""

    source: Path
    staged: Path
    held: Held
    lost: Lost | None


@dataclass(frozen=True, slots=True)
class Restored:
    """What the log holds now; where the former one is kept, None where there was none, and whether it could still be read."""

    held: Held
    saved: Path | None
    readable: bool


class Restorer:
    """Restores kzbot.db for who holds the lock of the data folder. All of it blocks."""

    def __init__(self, data_folder: Path, backups: Backups, clean: Clean) -> None:
        self._present = data_folder / FILE_NAME
        self._backups = backups
        self._clean = clean

    def prepare(self, source: Path, tell: Tell = unheard) -> Coming:
        """The copy, looked through; QueryLogError where it is damaged, newer than this program, or no log of kzbot."""
        staged, held = stage(source, self._present, tell)
        try:
            return Coming(source, staged, held, lost(self._present, staged, tell))
        except BaseException:
            drop(staged)
            raise

    def stages(self, coming: Coming) -> int:
        """In how many stages `restore` works: an older copy is upgraded, the present log kept where there is one."""
        return 3 + (coming.held.schema < len(migrations())) + self._present.is_file()

    def drop(self, coming: Coming) -> None:
        """It is not to be restored."""
        drop(coming.staged)

    def restore(self, coming: Coming, now: datetime, tell: Tell = unheard) -> Restored:
        """Keeps the present log among the backups, and puts the copy in its place; QueryLogError where all is as it was."""
        try:
            details = {"file": coming.source.name, "questions": coming.held.questions}
            finish(coming.staged, self._present, self._backups.all(), details, now, tell)
            self._clean(coming.staged, tell)
            held = seal(coming.staged, tell)
            with self._backups.locked(tell):
                saved, readable = self._save(now, lambda step: tell(_keeping(step)))
                swap(coming.staged, self._present)
        except BaseException:
            drop(coming.staged)
            raise
        return Restored(held, saved, readable)

    def _save(self, now: datetime, tell: Tell) -> tuple[Path | None, bool]:
        """The present log among the backups, none of which goes for it; a byte for byte copy where it cannot be read."""
        if not self._present.is_file():
            return None, True
        target = self._backups.free(now)
        try:
            copy(self._present, target, tell=tell)
        except QueryLogError as error:
            if isinstance(error.__cause__, OSError):
                raise
            return set_aside(self._present, self._backups.folder, now, tell), False
        return target, True


def _keeping(step: Step) -> Step:
    """A copy of the present log is one stage here: the first half while it is written, the other while it is checked."""
    if not step.total:
        return Step("keep")
    half = 0 if step.stage in ("copy", "fetch") else _HALF
    return Step("keep", half + _HALF * step.done // step.total, 2 * _HALF)


def cleaner(data_folder: Path, days: int, audit_days: int) -> Clean:
    """Takes out what the ledger of erasures names and what the settings keep no longer."""

    def clean_copy(copy: Path, tell: Tell = unheard) -> None:
        older, people = older_target(Scope.older(days, audit_days), datetime.now(UTC)), People.open(data_folder, "kept")
        try:
            targets = _known(data_folder, people)
        except (ValueError, KeyError, TypeError) as error:
            raise QueryLogError(
                f"{data_folder}: what was erased cannot be read ({error}), as where a newer kzbot wrote it; start that version,"
                " or mend erased.jsonl. The log is as it was."
            ) from error
        try:
            clean(copy, [*targets, older], people, tell)
        except (sqlite3.Error, OSError) as error:
            raise QueryLogError(
                f"What was erased could not be taken out of the copy ({error}); make room on the disk and try again. The log is as it was."
            ) from error

    return clean_copy


def _known(data_folder: Path, people: People) -> list[Target]:
    """What the ledger names; QueryLogError where it is lost or damaged, or the key of its hashes is lost: what was erased would
    come back."""
    ledger = ErasureLedger(data_folder)
    fault, file = fault_of_ledger(data_folder), data_folder / FILE
    if fault == "damaged":
        raise _damaged_ledger(file, ledger.damaged())
    if fault == "unknown":
        raise _unknown_ledger(file, data_folder / FILE_NAME)
    if fault == "lost":
        raise _lost_ledger(file)
    erasures = ledger.all()
    if any(one.target.hash is not None and one.key not in (None, people.mark) for one in erasures):
        raise _lost_ledger(data_folder / KEY_FILE)
    return [one.target for one in erasures]


def _lost_ledger(file: Path) -> QueryLogError:
    return QueryLogError(
        f"{file} is not the one with which people were erased from this log, so that what they had erased would come back with"
        f" the copy; put that file back. Where it is lost for good, put an empty {FILE} there, and erase anew. The log is as it was."
    )


def _damaged_ledger(file: Path, lines: list[int]) -> QueryLogError:
    named = f"line {lines[0]} is" if len(lines) == 1 else f"lines {', '.join(map(str, lines))} are"
    return QueryLogError(
        f"{file}: {named} damaged, so that what was erased there would come back with the copy; put that file back from a copy of"
        f" the data folder. Where that is lost for good, take out of the file what is damaged, and erase anew. The log is as it was."
    )


def _unknown_ledger(file: Path, log: Path) -> QueryLogError:
    return QueryLogError(
        f"{file} is lost and {log} cannot be read, so that nobody knows what was erased, and it would come back with the copy; put"
        f" that file back from a copy of the data folder. Where nothing was ever erased, or the file is lost for good, put an empty"
        f" {FILE} there, and erase anew. The log is as it was."
    )


def is_log(file: Path) -> bool:
    """Whether this is meant as a copy of the log, and not as an article: a database, or a file that is called one."""
    if not file.is_file():
        return False
    if file.suffix == ".db":
        return True
    try:
        with file.open("rb") as opened:
            return opened.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False
