"""The backups of the log: checked copies of kzbot.db in the data folder, made beside a bot that runs."""

from contextlib import AbstractContextManager, suppress
from datetime import datetime
from pathlib import Path

from kzbot.errors import QueryLogError
from kzbot.querylog.backup import FOLDER, Held, back_up, check, copy, free, listed, locked, made_at, stamp
from kzbot.querylog.log import FILE_NAME
from kzbot.querylog.working import Tell, unheard


class Backups:
    """The folder `backups/` below the data folder.

    A file counts as a backup once it was opened and checked: what was killed half way is no `.db`. Whoever rewrites or
    deletes one holds `locked` meanwhile, from before kzbot.db is touched: then no copy from before comes to stand there
    afterwards. All of it blocks.
    """

    def __init__(self, data_folder: Path) -> None:
        self._log = data_folder / FILE_NAME
        self.folder = data_folder / FOLDER

    def all(self) -> list[Path]:
        """Every copy, the oldest first: those before an upgrade, those that somebody put there, and damaged ones too."""
        return listed(self.folder)

    def newest(self) -> datetime | None:
        """When the newest copy was made; None where there is none, or where that cannot be told."""
        with suppress(OSError, ValueError):
            return max(map(made_at, self.all()), default=None)
        return None

    def make(self, now: datetime, tell: Tell = unheard) -> Path:
        """A new one; the last seven are kept. QueryLogError where none could be made, and all is then as it was."""
        return self.made(now, tell)[0]

    def made(self, now: datetime, tell: Tell = unheard) -> tuple[Path, Held]:
        """The same, with what it holds; `tell` hears of the stages `copy` and `check`."""
        return back_up(self._log, self.folder, now, tell)

    def free(self, now: datetime) -> Path:
        """Where a copy of this second may stand."""
        return free(self.folder, f"kzbot-{stamp(now)}")

    def named(self, name: str) -> Path | None:
        """The copy with this file name, with or without its suffix; None where there is none."""
        return next((file for file in self.all() if name in (file.name, file.stem)), None)

    def elsewhere(self, target: Path, now: datetime, tell: Tell = unheard) -> tuple[Path, Held]:
        """A checked copy at `target`, or in that folder, and what it holds: out of the bot's care, so that nothing is taken out of it later.

        QueryLogError where `target` is there already or within the data folder, or cannot be written.
        """
        file = target / f"kzbot-{stamp(now)}.db" if target.is_dir() else target
        if file.exists():
            raise QueryLogError(f"{file}: there is such a file already; give another name.")
        if file.resolve().is_relative_to(self._log.parent.resolve()):
            raise QueryLogError(f"{file} is within the data folder, which keeps its own backups; leave --to out.")
        return file, copy(self._log, file, tell=tell)

    def check(self, path: Path, tell: Tell = unheard) -> Held:
        """What a copy holds; QueryLogError where it is damaged, newer than this program, or no log of kzbot."""
        return check(path, tell=tell)

    def locked(self, tell: Tell = unheard) -> AbstractContextManager[None]:
        """Holds the folder of backups, and waits for it first, of which `tell` hears; `make` waits for it, so it is not to be called within."""
        return locked(self.folder, tell)
