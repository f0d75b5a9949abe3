"""Which servers the bot is in, and when it left one: as invites and removals leave it, also after a restart."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from kzbot.channel.archive import Archive
from kzbot.channel.identity import GUILD, SERVER_NAMES, Person

_NAME = "servers"


@dataclass(frozen=True)
class Left:
    """When the bot left a server, and whether somebody removed it; else it went by itself."""

    at: datetime
    removed: bool

    def told(self) -> dict[str, Any]:
        """As it is kept, and told to the page."""
        return {"at": self.at.isoformat(), "removed": self.removed}


class Servers:
    """The home server always, others by invite; `changed` is called where that is another than before."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.inside: list[int] = [GUILD]
        self.left: dict[int, Left] = {}
        self.changed: Callable[[], None] = lambda: None
        kept = archive.load(_NAME)
        for server in SERVER_NAMES:
            if server != GUILD and isinstance(kept, dict):
                self._take_up(server, kept.get(str(server)))

    def _take_up(self, server: int, kept: Any) -> None:
        """What an earlier process kept of a server, as far as it can be read."""
        if kept is True:
            self.inside.append(server)
            return
        with suppress(KeyError, TypeError, ValueError):
            self.left[server] = Left(datetime.fromisoformat(kept["at"]), kept["removed"] is True)

    def enter(self, server: int) -> bool:
        """Whether the bot was not there before."""
        if server in self.inside:
            return False
        self.inside.append(server)
        self.left.pop(server, None)
        self._keep()
        return True

    def leave(self, server: int, *, removed: bool) -> bool:
        """Whether the bot was there before."""
        if server not in self.inside:
            return False
        self.inside.remove(server)
        self.left[server] = Left(datetime.now(UTC).replace(microsecond=0), removed)
        self._keep()
        return True

    def shared_with(self, person: Person) -> bool:
        """Whether the bot is in a server where that person is a member."""
        return not set(person.servers).isdisjoint(self.inside)

    def _keep(self) -> None:
        gone = {str(server): left.told() for server, left in self.left.items()}
        self._archive.save(_NAME, {**gone, **{str(server): True for server in self.inside}})
        self.changed()
