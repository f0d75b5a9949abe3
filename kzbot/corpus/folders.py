"""The two folders that articles lie in: the configured one, and the one for those that came in through the chat."""

from dataclasses import dataclass, replace
from pathlib import Path

from kzbot.corpus.article import FileState, Rejection
from kzbot.corpus.folder import scan

ADDED = "added://"
"""How the names of files in the second folder begin; no path below the configured one does, for it holds two slashes."""


@dataclass(frozen=True, slots=True)
class Folders:
    """Where articles lie: `configured`, and `added`, where a folder that is missing is an empty one.

    With `allow_missing` that holds for the configured one as well.
    """

    configured: Path
    added: Path | None = None
    allow_missing: bool = False

    def scan(self) -> tuple[list[FileState], list[Rejection]]:
        """Every article file of both with its state, and every file that is none, each `in_order`.

        Raises GenerationError where there is no configured folder and there must be one.
        """
        missing = self.allow_missing and not self.configured.exists()
        states, rejected = ([], []) if missing else scan(self.configured)
        if self.added is not None and self.added.is_dir():
            more, not_taken = scan(self.added)
            states += [replace(one, file=ADDED + one.file) for one in more]
            rejected += [replace(one, file=ADDED + one.file) for one in not_taken]
        return states, rejected

    def place(self, file: str) -> tuple[Path, str]:
        """The folder that a file of either lies in, and its path below that."""
        if not is_added(file) or self.added is None:
            return self.configured, file
        return self.added, file.removeprefix(ADDED)


def is_added(file: str) -> bool:
    """Whether a file of this name lies in the folder of what came in through the chat."""
    return file.startswith(ADDED)


def in_order(file: str) -> tuple[bool, str]:
    """A key that sorts files by name, the configured folder's before those that were added."""
    return is_added(file), file
