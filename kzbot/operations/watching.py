"""Watching the articles: a change on disk, once it is quiet, makes a plan by itself."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from kzbot.errors import KzbotError
from kzbot.operations.keeper import Keeper
from kzbot.querylog.ledger.rows import BOT

_LOGGER = logging.getLogger(__name__)

QUIET = 2.0
"""Seconds without a change after which what was changed counts as written."""
AGAIN = 5.0
"""Seconds after which a folder that cannot be watched, or a build that is in the way, is looked at again."""
LONGEST = 60.0
"""Seconds after which a folder that is never quiet is looked at all the same."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What is watched: a folder with all below it, or, with `file`, that file of it alone (an editor puts a new one there).

    `needed`: that it is not there is told.
    """

    folder: Path
    file: str | None = None
    needed: bool = True


def watched(folder: Path, names: Path, added: Path | None) -> tuple[Watched, ...]:
    """The folder of articles, the name book, and the folder of articles that came in through the chat."""
    places = [Watched(folder), Watched(names.parent, names.name)]
    return (*places, Watched(added, needed=False)) if added is not None else tuple(places)


class Watch:
    """Plans what changes in these places, for as long as `run` runs; `tell` is told a sentence's key and values."""

    def __init__(
        self,
        keeper: Keeper,
        places: tuple[Watched, ...],
        tell: Callable[..., None],
        *,
        quiet: float = QUIET,
        again: float = AGAIN,
    ) -> None:
        self._keeper, self._places, self._tell = keeper, places, tell
        self._quiet, self._again = quiet, again
        self._changed = asyncio.Event()

    async def run(self) -> None:
        """Watches until it is cancelled; whatever goes wrong is told and tried again."""
        logging.getLogger("watchfiles").setLevel(logging.WARNING)  # that files change is no news here
        async with asyncio.TaskGroup() as tasks:
            for place in self._places:
                tasks.create_task(self._watch(place))
            tasks.create_task(self._plan())

    async def _watch(self, place: Watched) -> None:
        """Notices changes of one place. A folder that is not there is looked for; its coming and going are changes, too.

        What changed before the watch stood is noticed with the first look, whatever that finds.
        """
        awatch = (await asyncio.to_thread(import_module, "watchfiles")).awatch  # it would hold the loop for 50 ms
        lost = False
        while True:
            if await asyncio.to_thread(place.folder.is_dir):
                if lost and place.needed:
                    self._tell("operations.watch.back", folder=place.folder)
                lost, first = False, True
                self._changed.set()
                try:
                    identity = await asyncio.to_thread(_identity, place.folder)
                    async for changes in awatch(
                        place.folder,
                        recursive=place.file is None,
                        watch_filter=None,
                        step=100,
                        debounce=400,
                        rust_timeout=int(self._again * 1000),
                        yield_on_timeout=True,
                    ):
                        if first or any(place.file in (None, Path(path).name) for _, path in changes):
                            self._changed.set()
                        first = False
                        if await asyncio.to_thread(_identity, place.folder) != identity:
                            break
                except (OSError, RuntimeError) as error:
                    self._tell("operations.watch.cannot", folder=place.folder, reason=error)
                    await asyncio.sleep(self._again)
                self._changed.set()
            else:
                if not lost and place.needed:
                    self._tell("operations.watch.gone", folder=place.folder)
                lost = True
                await asyncio.sleep(self._again)

    async def _plan(self) -> None:
        """Plans once it is quiet; what changes meanwhile is looked at afterwards."""
        while True:
            await self._changed.wait()
            await self._until_quiet()
            try:
                if await self._keeper.is_planned():
                    continue
                outcome = await self._keeper.reload(BOT, way="watch")
            except KzbotError as error:
                self._tell("operations.watch.failed", reason=error)
                continue
            except Exception:
                _LOGGER.exception("What changed on disk could not be planned")
                continue
            if outcome.reason == "operations.reload.busy":
                self._changed.set()
                await asyncio.sleep(self._again)
            elif outcome.kind in ("unchanged", "refused"):
                self._keeper.tell(outcome, BOT, "watch")

    async def _until_quiet(self) -> None:
        """Returns when nothing has changed for a while, or when it never ends."""
        with suppress(TimeoutError):
            async with asyncio.timeout(LONGEST):
                while self._changed.is_set():
                    self._changed.clear()
                    with suppress(TimeoutError):
                        async with asyncio.timeout(self._quiet):
                            await self._changed.wait()


def _identity(folder: Path) -> tuple[int, int] | None:
    """What tells this folder from another that took its place; None where it is gone."""
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
