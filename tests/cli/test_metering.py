"""`metrics.port`: figures of the running bot, a port that is taken, and the package that they need."""

import asyncio
import socket
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from kzbot.channel.server import LocalChannel
from kzbot.cli.metering import check_metrics
from kzbot.errors import SettingsError
from kzbot.settings import load_settings
from tests.cli.running import PATIENCE, Environ, ServeSeeds, elsewhere, started, taken_port


@contextmanager
def _kept_port() -> Iterator[int]:
    """A port at which nobody listens, and which nobody gets who asks for any."""
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind(("127.0.0.1", 0))
        yield int(free.getsockname()[1])


def _scraped(port: int) -> dict[str, float]:
    """Figures by name; of those with labels the last."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=PATIENCE) as answer:
        families = text_string_to_metric_families(answer.read().decode())
    return {one.name: one.value for family in families for one in family.samples}


async def _figures(port: int, wanted: dict[str, float]) -> dict[str, float]:
    """What is read once all of these stand there, else what was read at last: some are counted after the answer."""
    found: dict[str, float] = {}
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            while not wanted.items() <= found.items():
                await asyncio.sleep(0.05)
                found = await asyncio.to_thread(_scraped, port)
    return found


async def test_metrics_of_a_running_bot_are_read_at_the_port_of_the_settings(
    tmp_path: Path, serve_seeds: ServeSeeds, environ: Environ
) -> None:
    serve_seeds(tmp_path)
    wanted: dict[str, float] = {
        "kzbot_gateway_connected": 1,
        "kzbot_generation_info": 1,
        "kzbot_articles": 5,
        "kzbot_log_last_question": 2,
        "kzbot_questions_total": 2,
        "kzbot_answer_seconds_count": 2,
        "kzbot_log_write_seconds_count": 2,
        "kzbot_cooldown_refusals_total": 1,
    }
    channel = LocalChannel(0)
    await channel.start()
    with _kept_port() as port:
        more = {**elsewhere(channel, environ), "KZBOT_METRICS__PORT": str(port), "KZBOT_DISCORD__COOLDOWN": "2"}
        try:
            async with started(tmp_path, more) as bot:
                await bot.until("Invite it to a server:")
                await channel.wait_for_bot()
                for _ in range(3):
                    await channel.command("search", {"query": "peacekeeping"})
                found = await _figures(port, wanted)
                assert await bot.end() == 0, bot.complained
                with pytest.raises(OSError):
                    await asyncio.to_thread(_scraped, port)
        finally:
            await channel.close()
    assert {name: found[name] for name in wanted} == wanted
    assert found["process_resident_memory_bytes"] > 0 and "kzbot_event_loop_lag_seconds" in found


async def test_a_port_for_metrics_that_is_taken_is_told_and_the_bot_goes_on(
    tmp_path: Path, serve_seeds: ServeSeeds, environ: Environ
) -> None:
    serve_seeds(tmp_path)
    with taken_port() as port:
        async with started(tmp_path, environ({"KZBOT_METRICS__PORT": str(port)})) as bot:
            await bot.until("The bot is in the channel")
            assert await bot.end() == 0, bot.complained
    complaints = "\n".join(bot.complained)
    assert f"metrics.port {port} cannot be used" in complaints and "goes on without metrics" in complaints


def test_metrics_without_their_package_are_refused_with_the_line_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    check_metrics(load_settings(None, {}))
    with pytest.raises(SettingsError, match=r"pip install -e '\.\[metrics\]'"):
        check_metrics(load_settings(None, {"KZBOT_METRICS__PORT": "9100"}))
