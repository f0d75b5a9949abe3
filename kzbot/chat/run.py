"""The supervisor: keeps a client connected until it is told to stop, or until Discord refuses for good."""

import asyncio
import contextlib
import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass

import discord
from pydantic import SecretStr

from kzbot.chat.client import ChatClient, Connected
from kzbot.chat.forgetting import Forgetting
from kzbot.chat.news import News
from kzbot.chat.redirect import redirect
from kzbot.chat.services import Services
from kzbot.errors import ConnectionGivenUp
from kzbot.phrases import Phrases

_log = logging.getLogger(__name__)

FINAL_CODES = frozenset({4004, 4010, 4011, 4012, 4013, 4014})
"""Close codes after which connecting again is pointless; source: Discord's gateway documentation."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds: the first and the longest pause between clients, how long one may take to be ready, how long it must
    have stood for the pauses to start over, and how long a close waits for answers and for the connection.

    `failures`: connections that may fail in a row before the client is built anew.
    """

    first: float = 1.0
    longest: float = 300.0
    ready_within: float = 90.0
    stood: float = 60.0
    finishing: float = 2.0
    closing: float = 2.0
    failures: int = 4


async def serve(
    services: Services,
    token: SecretStr,
    base_url: str | None,
    *,
    on_ready: Callable[[Connected], None] | None = None,
    stop: asyncio.Event,
    pace: Pace | None = None,
) -> None:
    """Answers until `stop` is set; then lets answers under way finish, closes, and returns within five seconds.

    Where discord.py gives up or hangs, the client is built anew after a pause that grows. `on_ready` is called each time
    that the bot is in. Raises ConnectionGivenUp where Discord refuses for good, SettingsError for a `base_url` that is
    not of this machine.
    """
    redirect(base_url)
    news, forgetting = News(), Forgetting()
    services.eraser.follow(forgetting.forget)

    def make() -> ChatClient:
        client = ChatClient(services, on_ready or _quiet, sync_always=base_url is not None, news=news)
        forgetting.client = client
        return client

    with news.following(services.keeper):
        await _serve(
            make,
            services.phrases,
            token,
            stop,
            pace or Pace(),
        )


async def _serve(
    make: Callable[[], ChatClient], phrases: Phrases, token: SecretStr, stop: asyncio.Event, pace: Pace
) -> None:
    """One client after the other, until `stop`."""
    pause = pace.first
    while not stop.is_set():
        started = time.monotonic()
        client = make()
        client.patience = pace.failures
        reason = await _live(client, token, stop, pace)
        if stop.is_set():
            return
        _give_up_if_final(reason, phrases)
        if time.monotonic() - started >= pace.stood:
            pause = pace.first
        wait = pause * random.uniform(0.75, 1.25)
        _log.warning("The connection was lost (%s); trying again in %.1f s", _named(reason), wait)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(wait):
                await stop.wait()
        pause = min(pause * 2, pace.longest)


def _quiet(connected: Connected) -> None:
    """Nobody wants to know."""


async def _live(client: ChatClient, token: SecretStr, stop: asyncio.Event, pace: Pace) -> BaseException | None:
    """One client from its start to its close; what ended it, None where it was stuck or stopped."""
    start = asyncio.create_task(client.start(token.get_secret_value()))
    others: list[asyncio.Task[None]] = [
        asyncio.create_task(_until(stop)),
        asyncio.create_task(_until(client.stuck)),
        asyncio.create_task(_too_late(client, pace.ready_within)),
    ]
    try:
        await asyncio.wait({start, *others}, return_when=asyncio.FIRST_COMPLETED)
        if stop.is_set():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(pace.finishing):
                    await client.desk.idle()
            client.desk.stop()
    finally:
        await _close(client, pace.closing)
        for task in (start, *others):
            task.cancel()
        ended = await asyncio.gather(start, *others, return_exceptions=True)
    error = ended[0]
    return error if isinstance(error, BaseException) and not isinstance(error, asyncio.CancelledError) else None


async def _until(event: asyncio.Event) -> None:
    await event.wait()


async def _too_late(client: ChatClient, within: float) -> None:
    """Returns where the client is not in within so many seconds, else never."""
    try:
        async with asyncio.timeout(within):
            await client.entered.wait()
    except TimeoutError:
        return
    await asyncio.Event().wait()


async def _close(client: ChatClient, within: float) -> None:
    try:
        async with asyncio.timeout(within):
            await client.close()
    except Exception as error:  # noqa: BLE001 - a client that fails to close must not stop the next
        _log.warning("The connection did not close cleanly (%s)", _named(error))


def _give_up_if_final(reason: BaseException | None, phrases: Phrases) -> None:
    code = reason.code if isinstance(reason, discord.ConnectionClosed) else None
    if isinstance(reason, discord.LoginFailure) or code == 4004:
        raise ConnectionGivenUp(phrases.say("chat.given_up.token")) from None
    if isinstance(reason, discord.PrivilegedIntentsRequired) or code in (4013, 4014):
        raise ConnectionGivenUp(phrases.say("chat.given_up.intents")) from None
    if code in FINAL_CODES:
        raise ConnectionGivenUp(phrases.say("chat.given_up.code", code=code)) from None


def _named(error: BaseException | None) -> str:
    """The error in one line."""
    if error is None:
        return "no answer from Discord"
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]
