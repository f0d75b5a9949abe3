"""The generations in the data folder: which there are, which one is applied, and who may change that."""

import asyncio
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from kzbot.errors import DataFolderError, GenerationError
from kzbot.index.files import SUFFIX, ids_in, is_id, left_in, remove_generation, replace_text

KEEP = 5
FORMAT = 1
"""How the data folder is laid out: raised where an older program would misread what is there, or lose some of it."""


class GenerationStore:
    """The folder `generations/` below the data folder, one file a generation, and two small records beside it.

    `applied` names the generations that were served, in order, the one that is served last; `waiting` names a candidate
    that was built and not applied; any other was built by a process that ended before it could decide. Reading
    creates nothing and takes no lock; what cannot be written raises DataFolderError. One object a process: its lock may
    be taken again where it is already held.
    """

    def __init__(self, data_folder: Path) -> None:
        self.data_folder = data_folder
        self.folder = data_folder / "generations"
        self._lock = FileLock(data_folder / "lock", timeout=0, thread_local=False)
        self._building = False
        self.erasing = asyncio.Lock()
        """Held while what waits beside the generations is changed: a build waits for it, and is not refused for it."""
        self.ended_badly = False
        """Once the lock is held: whether who held it before was killed, or the folder was copied from under it."""

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the data folder, which is created where it is missing, for its owner alone.

        Raises DataFolderError, naming the process that holds it and since when, or saying why it cannot be written, or that
        a newer program has laid it out; all is then as it was.
        """
        self._check_format()
        with self._writing():
            try:
                self.data_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                self.folder.mkdir(exist_ok=True)
                self._lock.acquire()
            except Timeout:
                raise DataFolderError(
                    f"The data folder {self.data_folder} is in use{self._holder()}; stop that process first,"
                    " or give this one another folder with `data.folder`."
                ) from None
        try:
            if self._lock.lock_counter == 1:
                self.ended_badly = self._holder_file.exists()
                self._mark_format()
                self._sign()
            yield
        finally:
            if self._lock.lock_counter == 1:
                with suppress(OSError):  # it only names the holder; the lock itself is let go in any case
                    self._holder_file.unlink(missing_ok=True)
            self._lock.release()

    @contextmanager
    def building(self) -> Iterator[bool]:
        """Whether this is the only build of this process: False where another one is under way."""
        if self._building:
            yield False
            return
        self._building = True
        try:
            yield True
        finally:
            self._building = False

    @property
    def busy(self) -> bool:
        """Whether a build of this process is under way."""
        return self._building

    def path(self, generation: str) -> Path:
        """Where the file of this generation stands or would stand; GenerationError on what is no generation's id."""
        if not is_id(generation):
            raise GenerationError(f"“{generation}” is no generation; they look like 20261121T203301Z-1a2b3c4d.")
        return self.folder / f"{generation}{SUFFIX}"

    def applied(self) -> str | None:
        """The generation that is served, None before the first one or where its file is gone."""
        return self._there(self._recorded("applied"))

    def waiting(self) -> str | None:
        """The candidate that was built and not applied, None where there is none."""
        return self._there(self._recorded("waiting"))

    def kept(self) -> list[str]:
        """The generations that are or were applied, oldest first; all where the record of that was lost."""
        waiting, served = self.waiting(), self._recorded("applied")
        return [one for one in ids_in(self.folder) if one != waiting and (one in served or not served)]

    def before(self, generation: str) -> list[str]:
        """The kept generations that were served before this one was last applied, the last served first."""
        kept = self.kept()
        served = self._recorded("applied") or kept
        earlier = served[: served.index(generation)] if generation in served else served
        return [one for one in reversed(earlier) if one in kept and one != generation]

    def newest(self) -> str | None:
        """The applied generation, or the newest one where the record of it was lost."""
        return self.applied() or next(reversed(self.kept()), None)

    def apply(self, generation: str) -> None:
        """Make this the served generation, lastingly; GenerationError where its file is not there."""
        if not self.path(generation).is_file():
            raise GenerationError(f"The generation {generation} is not there; kept are {', '.join(self.kept())}.")
        served = [one for one in self._recorded("applied") if one != generation and self.path(one).is_file()]
        with self._writing():
            replace_text(self.data_folder / "applied", "".join(f"{one}\n" for one in (*served, generation)))
        if self.waiting() == generation:
            self.withdraw()

    def wait(self, generation: str) -> None:
        """Keep a candidate that is not applied, in place of the one that waited before."""
        former = self.waiting()
        with self._writing():
            replace_text(self.data_folder / "waiting", generation + "\n")
        if former and former != generation:
            self.discard(former)

    def withdraw(self) -> None:
        """No candidate waits any longer; one that was not applied is deleted."""
        waiting = self.waiting()
        with self._writing():
            (self.data_folder / "waiting").unlink(missing_ok=True)
        if waiting and waiting != self.applied():
            self.discard(waiting)

    def discard(self, generation: str) -> None:
        """Delete a generation that was built and is not wanted."""
        with self._writing():
            remove_generation(self.path(generation))

    def prune(self, keep: int = KEEP) -> list[str]:
        """Delete all but the newest `keep` of the kept ones, never the applied or the waiting one; the ids deleted."""
        staying = {*self.kept()[-keep:], self.applied(), self.waiting()}
        gone = [generation for generation in ids_in(self.folder) if generation not in staying]
        for generation in gone:
            self.discard(generation)
        for generation in left_in(self.folder):
            self.discard(generation)
        return gone

    @property
    def _holder_file(self) -> Path:
        return self.data_folder / "lock.holder"

    def _check_format(self) -> None:
        """DataFolderError where a newer program has laid the folder out; one without a mark is of the first format."""
        try:
            written = int((self.data_folder / "format").read_text("utf-8"))
        except (OSError, ValueError):
            return
        if written > FORMAT:
            raise DataFolderError(
                f"The data folder {self.data_folder} was written by a newer kzbot (format {written}, this program knows"
                f" {FORMAT}); start that version, or use a copy of the folder from before the upgrade. Nothing was changed."
            )

    def _mark_format(self) -> None:
        file = self.data_folder / "format"
        if not file.exists():
            with self._writing():
                replace_text(file, f"{FORMAT}\n")

    def _sign(self) -> None:
        """Write beside the lock who holds it, for the refusal of others."""
        since = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC"
        with self._writing():
            replace_text(self._holder_file, json.dumps({"pid": os.getpid(), "since": since}))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise DataFolderError(
                f"The data folder {self.data_folder} cannot be written ({error.strerror or error});"
                " mend its permissions, make room on its disk, or set `data.folder`."
            ) from error

    def _holder(self) -> str:
        try:
            holder = json.loads(self._holder_file.read_text("utf-8"))
            return f" by process {int(holder['pid'])} (since {holder['since']})"
        except (OSError, ValueError, KeyError, TypeError):
            return " by another process"

    def _recorded(self, name: str) -> list[str]:
        """The generations that a record names, in its order; none where it cannot be read."""
        try:
            return [one for one in (self.data_folder / name).read_text("utf-8").split() if is_id(one)]
        except (OSError, UnicodeDecodeError):
            return []

    def _there(self, recorded: list[str]) -> str | None:
        """The last one, None where its file is gone."""
        return recorded[-1] if recorded and self.path(recorded[-1]).is_file() else None
