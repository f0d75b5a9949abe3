"""The local channel forgets with the log: in a bot that serves it, and on disk where it is not served."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from kzbot.operations.erasing.eraser import Follower, Forgotten

if TYPE_CHECKING:  # who is not in the local channel does not wait for its web server
    from kzbot.channel.messages import Message
    from kzbot.channel.server import LocalChannel

FOLDER = "channel"
"""Where the local channel keeps its messages, in the data folder."""
_BETWEEN = 3600.0
_LOGGER = logging.getLogger(__name__)


def forgets(channel: "LocalChannel") -> Follower:
    """Has an open channel forget what the log forgets."""

    async def forget(forgotten: Forgotten) -> None:
        if forgotten.kind == "person":
            for user in [one for one in channel.users() if forgotten.means(one)]:
                await channel.forget(user, forgotten.until)
        else:
            await channel.forget_messages(lambda message: _is_of(message, forgotten))

    return forget


def forgets_on_disk(data_folder: Path) -> Follower:
    """Has the messages forgotten that a channel kept in this data folder, while none is open."""

    async def forget(forgotten: Forgotten) -> None:
        async with _on_disk(data_folder) as channel:
            if channel is not None:
                await forgets(channel)(forgotten)

    return forget


async def forget_old(channel: "LocalChannel | None", data_folder: Path, days: int) -> None:
    """Keeps no message longer than questions are kept, until it is cancelled; `channel` None: that on disk."""
    while True:
        try:
            if channel is not None:
                await _forget_old(channel, days)
            else:
                async with _on_disk(data_folder) as kept:
                    if kept is not None:
                        await _forget_old(kept, days)
        except OSError as error:
            _LOGGER.error("Messages that are too old could not be deleted, and are tried again in an hour: %s", error)
        await asyncio.sleep(_BETWEEN)


async def _forget_old(channel: "LocalChannel", days: int) -> None:
    until = datetime.now(UTC) - timedelta(days=days)
    await channel.forget_messages(lambda message: message.at < until)


@asynccontextmanager
async def _on_disk(data_folder: Path) -> "AsyncIterator[LocalChannel | None]":
    """A channel over what is kept, that nobody can reach; None where nothing is kept."""
    if not (data_folder / FOLDER).is_dir():
        yield None
        return
    from kzbot.channel.server import LocalChannel  # noqa: PLC0415 - see above

    channel = LocalChannel(0, store=data_folder / FOLDER)
    await channel.load()
    try:
        yield channel
    finally:
        await channel.close()


def _is_of(message: "Message", forgotten: Forgotten) -> bool:
    """Whether it was written in that server, or shows one of those questions; an answer to a command that names none goes, too,
    where it cannot be told which it belongs to."""
    if message.at > forgotten.until:
        return False
    if forgotten.kind == "server":
        return message.place.guild is not None and forgotten.means(message.place.guild)
    rows = set(_rows(message))
    if not rows:
        return message.asked is not None
    return any(first <= row <= last for row in rows for first, last in forgotten.numbers)


def _rows(message: "Message") -> Iterator[int]:
    from kzbot.channel.validation import walk_all  # noqa: PLC0415 - see above
    from kzbot.chat.handle import Handle  # noqa: PLC0415

    for component, _ in walk_all(message.body["components"]):
        handle = Handle.parse(str(component.get("custom_id") or ""))
        if handle is not None:
            yield handle.row
