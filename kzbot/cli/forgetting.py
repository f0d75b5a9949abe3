"""The local channel forgets with the log: in a bot that serves it, and on disk where it is not served."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from kzbot.errors import QueryLogError
from kzbot.operations.erasing.eraser import Follower, Forgotten
from kzbot.querylog.log import QueryLog

if TYPE_CHECKING:  # who is not in the local channel does not wait for its web server
    from kzbot.channel.messages import Message
    from kzbot.channel.server import LocalChannel

FOLDER = "channel"
"""Where the local channel keeps its messages, in the data folder."""
_BETWEEN = 3600.0
_LOG, _ERASING = "log ", "log purge"
_OF_MODERATORS = (_LOG, "corpus ")
"""How commands begin whose cards may show what others asked; that of a reload holds buttons once it is done."""
_SHOWN = timedelta(days=7)
"""So long cards stay that may show questions older than themselves, as backups hold those longer, too."""
_LOGGER = logging.getLogger(__name__)


def forgets(channel: "LocalChannel", log: QueryLog) -> Follower:
    """Has an open channel forget what the log forgot, and the cards that show others' questions, for they may show these."""

    async def forget(forgotten: Forgotten) -> None:
        if forgotten.kind == "person":
            for user in [one for one in channel.users() if forgotten.means(one)]:
                await channel.forget(user, forgotten.until)
        else:
            await channel.forget_messages(lambda message: _is_of(message, forgotten))
        for message in channel.kept():
            if _erases(message, forgotten):
                channel.messages.shorten(message, f"/{_ERASING}")
        showing = await _showing_others(channel, log, forgotten)
        await channel.forget_messages(lambda message: message.id in showing)

    return forget


def forgets_on_disk(data_folder: Path, log: QueryLog) -> Follower:
    """Has the messages forgotten that a channel kept in this data folder, while none is open."""

    async def forget(forgotten: Forgotten) -> None:
        async with _on_disk(data_folder) as channel:
            if channel is not None:
                await forgets(channel, log)(forgotten)

    return forget


async def forget_old(
    channel: "LocalChannel | None", data_folder: Path, days: int, doubted: Callable[[], Awaitable[bool]]
) -> None:
    """Keeps no message longer than questions are kept, nor, but for a week, what shows others' questions, until it is cancelled;
    `channel` None: that on disk. Not while the clock is `doubted`."""
    while True:
        try:
            async with nullcontext(channel) if channel is not None else _on_disk(data_folder) as kept:
                if kept is not None and not await doubted():
                    await _forget_old(kept, days)
        except (OSError, QueryLogError) as error:
            _LOGGER.error("Messages that are too old could not be deleted, and are tried again in an hour: %s", error)
        await asyncio.sleep(_BETWEEN)


async def _forget_old(channel: "LocalChannel", days: int) -> None:
    now = datetime.now(UTC)
    until, shown = now - timedelta(days=days), now - _SHOWN
    await channel.forget_messages(lambda one: one.at < until or (one.at < shown and _may_show_others(one)))


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


async def _showing_others(channel: "LocalChannel", log: QueryLog, forgotten: Forgotten) -> set[str]:
    """The ids of messages that may show questions of others than who sees them: what a moderator's command or button brought,
    and what a button under an answer brought whose question is gone. Only the card stays from which it is just being erased."""
    found: set[str] = set()
    kept = {message.id: message for message in channel.kept()}
    for message in kept.values():
        if not message.by_bot or _erases(message, forgotten):
            continue
        rows = [await log.query(row) for row in set(_rows(message))]
        brought = message.asked is None and message.pressed is not None
        gone = brought and (None in rows or (not rows and message.pressed not in kept.keys() - found))
        shown = any(row is not None and row.command.startswith(_OF_MODERATORS) for row in rows)
        if gone or (message.viewer is not None and (shown or _is_typed(message, _LOG))):
            found.add(message.id)
    return found


def _may_show_others(message: "Message") -> bool:
    return message.viewer is not None and (message.pressed is not None or _is_typed(message, _LOG))


def _erases(message: "Message", forgotten: Forgotten) -> bool:
    """Whether it is the card from which it is just being erased, which tells how far that is; then it has no buttons."""
    return _is_typed(message, _ERASING) and all(_among(forgotten.numbers, row) for row in _rows(message))


def _is_typed(message: "Message", command: str) -> bool:
    return (message.asked or "").startswith(f"/{command}")


def _is_later(message: "Message", forgotten: Forgotten) -> bool:
    """Whether it is not meant yet; one of a moment that has not come is of before the clock went back."""
    return forgotten.until < message.at <= datetime.now(UTC)


def _is_of(message: "Message", forgotten: Forgotten) -> bool:
    """Whether it was written in that server, or shows one of those questions; an answer to a command that names none goes, too,
    where it cannot be told which it belongs to."""
    if _is_later(message, forgotten) or _erases(message, forgotten):
        return False
    if forgotten.kind == "server":
        return message.place.guild is not None and forgotten.means(message.place.guild)
    rows = set(_rows(message))
    if not rows:
        return message.asked is not None
    return any(_among(forgotten.numbers, row) for row in rows)


def _among(numbers: tuple[tuple[int, int], ...], row: int) -> bool:
    return any(first <= row <= last for first, last in numbers)


def _rows(message: "Message") -> Iterator[int]:
    from kzbot.channel.validation import walk_all  # noqa: PLC0415 - see above
    from kzbot.chat.handle import Handle  # noqa: PLC0415

    for component, _ in walk_all(message.body["components"]):
        handle = Handle.parse(str(component.get("custom_id") or ""))
        if handle is not None:
            yield handle.row
