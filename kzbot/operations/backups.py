"""The backups of the log: checked copies of kzbot.db in the data folder, made beside a bot that runs."""

from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from kzbot.querylog.backup import FOLDER, Held, back_up, check, listed, locked
from kzbot.querylog.log import FILE_NAME


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

    def make(self, now: datetime) -> Path:
        """A new one; the last seven are kept. QueryLogError where none could be made, and all is then as it was."""
        return back_up(self._log, self.folder, now)

    def check(self, path: Path) -> Held:
        """What a copy holds; QueryLogError where it is damaged, newer than this program, or no log of kzbot."""
        return check(path)

    def locked(self) -> AbstractContextManager[None]:
        """Holds the folder of backups; `make` waits for it, so it is not to be called within."""
        return locked(self.folder)
