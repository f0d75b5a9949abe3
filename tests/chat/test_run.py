"""The supervisor: connections that fail, refusals for good, and stopping."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from aiohttp import web
from pydantic import SecretStr

from kzbot.channel.server import LocalChannel
from kzbot.chat.redirect import redirect
from kzbot.chat.run import Pace, serve
from kzbot.errors import ConnectionGivenUp, SettingsError

QUICK = Pace(first=0.05, longest=0.2, ready_within=60.0, finishing=5.0, closing=30.0, failures=2)
LIMITS = 600.0
"""Seconds after which the bot itself would end what a stop waits for: what is over before has ended by itself."""
PATIENCE = 60.0
TOKEN = SecretStr("made.up.token")


class Faults:
    """Answers some requests with an error."""

    def __init__(self) -> None:
        self.wrong: Callable[[web.Request], web.Response | None] = lambda request: None
        self.seen: list[str] = []

    async def before(self, request: web.Request) -> web.Response | None:
        self.seen.append(f"{request.method} {request.path}")
        return self.wrong(request)


@pytest.fixture
async def services(made: ModuleType, tmp_path: Path) -> AsyncIterator[Any]:
    made_services = await made.made_services(tmp_path, {})
    yield made_services
    await made_services.log.close()


@contextlib.asynccontextmanager
async def serving(services: Any, base_url: str, pace: Pace = QUICK) -> AsyncIterator[asyncio.Task[None]]:
    stop = asyncio.Event()
    task = asyncio.create_task(serve(services, TOKEN, base_url, stop=stop, pace=pace))
    yield task
    stop.set()
    await task


async def opened(port: int = 0, **more: Any) -> LocalChannel:
    channel = LocalChannel(port, **more)
    await channel.start()
    return channel


async def until(met: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not met():  # noqa: ASYNC110 - nobody tells of it
            await asyncio.sleep(0.02)


async def test_a_refused_first_connection_is_tried_again(
    services: Any, look: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.socket() as held:  # it refuses, and nobody else gets the port
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
        async with serving(services, f"http://127.0.0.1:{port}"):
            await until(lambda: "trying again" in caplog.text)
            channel = await opened(port)
            assert channel.port == port
            await channel.wait_for_bot()
            assert "**1. 1996**" in look((await channel.command("timeline", {})).message).text
        await channel.close()


async def test_a_gateway_that_is_not_there_at_first_is_tried_again(services: Any) -> None:
    faults = Faults()
    refusals = iter(range(3))
    faults.wrong = lambda request: (
        web.Response(status=503) if request.path == "/gateway" and next(refusals, None) is not None else None
    )
    channel = await opened(faults=faults)
    async with serving(services, channel.base_url):
        await channel.wait_for_bot()
    await channel.close()


async def test_503_on_every_resume_ends_in_a_new_session(services: Any, look: Any) -> None:
    faults = Faults()
    channel = await opened(faults=faults)
    async with serving(services, channel.base_url):
        await channel.wait_for_bot()
        logins = faults.seen.count("GET /api/v10/users/@me")
        faults.wrong = lambda request: (
            web.Response(status=503)
            if request.path == "/gateway" and faults.seen.count("GET /api/v10/users/@me") == logins
            else None
        )
        await channel.gateway.close_all(4000)
        await until(lambda: channel.gateway.identified > 1)
        assert channel.gateway.identified == 2
        await channel.wait_for_bot()
        assert "**1. 1996**" in look((await channel.command("timeline", {})).message).text
    await channel.close()


async def test_a_dropped_connection_is_resumed_by_the_same_client(services: Any, look: Any) -> None:
    channel, dates = await opened(), list[str]()
    async with serving(replace(services, dated=dates.append), channel.base_url):
        await channel.wait_for_bot()
        assert parsedate_to_datetime(dates[0]).tzinfo is not None, "what tells whether this machine's clock is right"
        await channel.gateway.close_all(4000)
        await until(lambda: channel.gateway.resumed)
        assert (channel.gateway.identified, channel.gateway.resumed) == (1, 1)
        assert "**1. 1996**" in look((await channel.command("timeline", {})).message).text
    await channel.close()


@pytest.mark.parametrize(("code", "says"), [(4004, "token"), (4014, "intents"), (4013, "intents"), (4012, "4012")])
async def test_a_refusal_for_good_ends_with_one_sentence(services: Any, code: int, says: str) -> None:
    channel = await opened()
    channel.gateway.refuse_with = code
    with pytest.raises(ConnectionGivenUp, match=says):
        async with asyncio.timeout(PATIENCE):
            await serve(services, TOKEN, channel.base_url, stop=asyncio.Event(), pace=QUICK)
    await channel.close()


async def test_a_token_refused_at_login_ends_with_one_sentence_and_is_never_shown(
    services: Any, caplog: pytest.LogCaptureFixture
) -> None:
    faults = Faults()
    faults.wrong = lambda request: (
        web.json_response({"message": "401: Unauthorized", "code": 0}, status=401)
        if "users/@me" in request.path
        else None
    )
    channel = await opened(faults=faults)
    with pytest.raises(ConnectionGivenUp, match="token") as caught:
        async with asyncio.timeout(PATIENCE):
            await serve(services, TOKEN, channel.base_url, stop=asyncio.Event(), pace=QUICK)
    assert TOKEN.get_secret_value() not in caplog.text + str(caught.value)
    await channel.close()


async def test_a_client_that_never_gets_in_is_built_anew(services: Any) -> None:
    faults, pace = Faults(), Pace(0.02, 0.05, ready_within=0.3, failures=99)

    def silence(request: web.Request) -> web.Response | None:
        if len(faults.seen) < 12:
            return web.Response(status=503) if request.path == "/gateway" else None
        object.__setattr__(pace, "ready_within", PATIENCE)  # who may get in has as long as a slow machine takes
        return None

    faults.wrong = silence
    channel = await opened(faults=faults)
    async with serving(services, channel.base_url, pace):
        await channel.wait_for_bot()
        assert faults.seen.count("GET /api/v10/users/@me") >= 2
    await channel.close()


async def test_stopping_lets_an_answer_finish_and_then_waits_for_nothing(services: Any, look: Any) -> None:
    asked, gate = asyncio.Event(), asyncio.Event()

    async def answer(*given: Any) -> Any:
        asked.set()
        await gate.wait()
        return await services.answer(*given)

    channel = await opened()
    stop, pace = asyncio.Event(), Pace(finishing=LIMITS, closing=LIMITS)
    held = replace(services, answer=answer)
    task = asyncio.create_task(serve(held, TOKEN, channel.base_url, stop=stop, pace=pace))
    await channel.wait_for_bot()
    asking = asyncio.create_task(channel.command("search", {"query": "soldiers"}))
    async with asyncio.timeout(PATIENCE):
        await asked.wait()
        stop.set()
        await asyncio.sleep(0.1)
        assert not task.done()
        gate.set()
        await task
    reply = await (await asking).filled()
    assert "admiral" in look(reply.message).text
    await channel.close()


async def test_stopping_while_it_waits_to_connect_ends_the_waiting(
    services: Any, caplog: pytest.LogCaptureFixture
) -> None:
    stop = asyncio.Event()
    task = asyncio.create_task(serve(services, TOKEN, "http://127.0.0.1:9", stop=stop, pace=Pace(first=LIMITS)))
    await until(lambda: "trying again" in caplog.text)
    stop.set()
    async with asyncio.timeout(PATIENCE):
        await task


@pytest.mark.parametrize("url", ["http://example.org", "https://127.0.0.1:1", "http://127.0.0.1.example.org", "x"])
def test_a_token_leaves_for_no_other_machine(url: str) -> None:
    with pytest.raises(SettingsError):
        redirect(url)
