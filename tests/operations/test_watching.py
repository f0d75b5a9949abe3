"""The watch of a folder, beside what the posts and plans that come of it show."""

import asyncio
from typing import Any

from kzbot.operations.watching import Watch


class Quiet:
    """A keeper to whom nothing is planned."""

    async def is_planned(self) -> bool:
        return True


async def test_a_stop_that_comes_with_a_change_ends_the_watch() -> None:
    keeper: Any = Quiet()
    watch = Watch(keeper, (), lambda *given, **named: None, quiet=0.3, again=0.4)
    watching = asyncio.create_task(watch.run())
    watch._changed.set()
    await asyncio.sleep(0.05)
    watch._changed.set()
    await asyncio.sleep(0)
    watching.cancel()
    ended, _ = await asyncio.wait([watching], timeout=60)
    assert ended and watching.cancelled()
