"""The supervisor: connections that fail, refusals for good, and stopping."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
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

QUICK = Pace(first=0.05, longest=0.2, ready_within=3.0, finishing=1.0, closing=1.0, failures=2)
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


async def test_a_refused_first_connection_is_tried_again(services: Any, look: Any) -> None:
    channel = await opened()
    port = channel.port
    await channel.close()
    async with serving(services, f"http://127.0.0.1:{port}"):
        await asyncio.sleep(0.4)
        channel = await opened(port)
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
        for _ in range(400):
            if channel.gateway.identified > 1:
                break
            await asyncio.sleep(0.05)
        assert channel.gateway.identified == 2
        await channel.wait_for_bot()
        assert "**1. 1996**" in look((await channel.command("timeline", {})).message).text
    await channel.close()


async def test_a_dropped_connection_is_resumed_by_the_same_client(services: Any, look: Any) -> None:
    channel = await opened()
    async with serving(services, channel.base_url):
        await channel.wait_for_bot()
        await channel.gateway.close_all(4000)
        for _ in range(100):
            if channel.gateway.resumed:
                break
            await asyncio.sleep(0.05)
        assert (channel.gateway.identified, channel.gateway.resumed) == (1, 1)
        assert "**1. 1996**" in look((await channel.command("timeline", {})).message).text
    await channel.close()


@pytest.mark.parametrize(("code", "says"), [(4004, "token"), (4014, "intents"), (4013, "intents"), (4012, "4012")])
async def test_a_refusal_for_good_ends_with_one_sentence(services: Any, code: int, says: str) -> None:
    channel = await opened()
    channel.gateway.refuse_with = code
    with pytest.raises(ConnectionGivenUp, match=says):
        await asyncio.wait_for(serve(services, TOKEN, channel.base_url, stop=asyncio.Event(), pace=QUICK), 5)
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
        await asyncio.wait_for(serve(services, TOKEN, channel.base_url, stop=asyncio.Event(), pace=QUICK), 5)
    assert TOKEN.get_secret_value() not in caplog.text + str(caught.value)
    await channel.close()


async def test_a_client_that_never_gets_in_is_built_anew(services: Any) -> None:
    faults = Faults()

    def silence(request: web.Request) -> web.Response | None:
        return web.Response(status=503) if request.path == "/gateway" and len(faults.seen) < 12 else None

    faults.wrong = silence
    channel = await opened(faults=faults)
    async with serving(services, channel.base_url, Pace(0.02, 0.05, ready_within=0.3, failures=99)):
        await channel.wait_for_bot()
        assert faults.seen.count("GET /api/v10/users/@me") >= 2
    await channel.close()


async def test_stopping_lets_an_answer_finish_and_is_quick(services: Any, look: Any) -> None:
    channel = await opened()
    stop = asyncio.Event()
    task = asyncio.create_task(serve(services, TOKEN, channel.base_url, stop=stop, pace=Pace(finishing=3.0)))
    await channel.wait_for_bot()
    asked = asyncio.create_task(channel.command("search", {"query": "slow"}))
    await asyncio.sleep(0.3)
    started = time.monotonic()
    stop.set()
    await task
    assert time.monotonic() - started < 5
    reply = await (await asked).filled()
    assert "admiral" in look(reply.message).text
    await channel.close()


async def test_stopping_while_it_waits_to_connect_is_quick(services: Any) -> None:
    stop = asyncio.Event()
    task = asyncio.create_task(serve(services, TOKEN, "http://127.0.0.1:9", stop=stop, pace=Pace(first=60)))
    await asyncio.sleep(0.3)
    stop.set()
    await asyncio.wait_for(task, 5)


@pytest.mark.parametrize("url", ["http://example.org", "https://127.0.0.1:1", "http://127.0.0.1.example.org", "x"])
def test_a_token_leaves_for_no_other_machine(url: str) -> None:
    with pytest.raises(SettingsError):
        redirect(url)
