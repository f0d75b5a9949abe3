"""What a running bot counts of itself; who counts is handed in, and by default nobody does."""

from collections.abc import Callable, Iterable
from typing import Literal, Protocol

Held = Literal["command", "press", "form", "suggestions"]
"""What a person was asked to wait with."""


class Counts(Protocol):
    """Each call returns at once, and never fails; nothing of what people wrote or who they are is handed in."""

    def registered(self, commands: Iterable[str]) -> None:
        """These commands are known to Discord now; others are counted as one."""

    def asked(self, number: int, command: str, status: str) -> None:
        """A question, or what was asked of the bot itself, stands in the log as this row."""

    def answered(self, seconds: float) -> None:
        """A question of the corpus was answered in so many seconds, without the log."""

    def written(self, seconds: float) -> None:
        """A row was committed so many seconds after it was handed over."""

    def held_up(self, what: Held) -> None:
        """Somebody asked more often than they may."""

    def follow(self, stands: Callable[[], bool]) -> None:
        """From now on `stands` tells, in any thread, whether the connection to Discord does."""


class Uncounted:
    """Counts nothing."""

    def registered(self, commands: Iterable[str]) -> None:
        """See Counts."""

    def asked(self, number: int, command: str, status: str) -> None:
        """See Counts."""

    def answered(self, seconds: float) -> None:
        """See Counts."""

    def written(self, seconds: float) -> None:
        """See Counts."""

    def held_up(self, what: Held) -> None:
        """See Counts."""

    def follow(self, stands: Callable[[], bool]) -> None:
        """See Counts."""
