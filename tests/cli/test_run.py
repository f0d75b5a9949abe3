"""`run`: the channel's address first, answers, a clean end within five seconds, and nothing lost to kill -9."""

import asyncio
import json
import os
import re
import signal
import socket
import sys
import time
import urllib.request
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import psutil
import pytest
from prometheus_client.parser import text_string_to_metric_families

from kzbot.channel import identity
from kzbot.channel.server import LocalChannel
from kzbot.cli.metering import check_metrics
from kzbot.cli.run import tunnel_command
from kzbot.errors import SettingsError
from kzbot.querylog.log import FILE_NAME
from kzbot.querylog.reader import QueryReader
from kzbot.settings import load_settings

PROJECT = Path(__file__).resolve().parents[2]
Environ = Callable[..., dict[str, str]]


class Running:
    """A bot in a process of its own, and what it has said so far."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.said: list[str] = []

    async def until(self, words: str) -> str:
        """The first line of standard output that holds these words."""
        assert self.process.stdout is not None
        async with asyncio.timeout(30):
            while line := await self.process.stdout.readline():
                self.said.append(line.decode().rstrip("\n"))
                if words in self.said[-1]:
                    return self.said[-1]
        raise AssertionError(f"never said {words!r}: {self.said}")

    async def end(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, float]:
        """Exit status and seconds that it took to leave."""
        began = time.monotonic()
        self.process.send_signal(number)
        async with asyncio.timeout(20):
            await self.process.communicate()
        assert self.process.returncode is not None
        return self.process.returncode, time.monotonic() - began


@asynccontextmanager
async def started(data: Path, environ: dict[str, str]) -> AsyncIterator[Running]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(PROJECT / "bot.py"),
        cwd=PROJECT,
        env={"KZBOT_CHANNEL__PORT": "0", **environ, "KZBOT_DATA__FOLDER": str(data)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield Running(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_without_a_token_it_opens_the_channel_and_ends_cleanly(
    tmp_path: Path, environ: Environ, number: signal.Signals
) -> None:
    async with started(tmp_path, environ()) as bot:
        await bot.until("The bot is in the channel")
        assert re.fullmatch(r"The local channel: http://127\.0\.0\.1:\d+", bot.said[0])
        assert not any("ssh" in line for line in bot.said)
        code, seconds = await bot.end(number)
    assert code == 0
    assert seconds < 5
    assert not list(tmp_path.glob("*-wal"))


async def test_a_start_with_new_files_sums_up_what_was_taken_in(
    tmp_path: Path, articles: Path, environ: Environ
) -> None:
    more = environ({"KZBOT_CORPUS__FOLDER": str(articles)})
    for first in (True, False):
        async with started(tmp_path / "data", more) as bot:
            await bot.until("The bot is in the channel")
            if not first:
                await bot.until("brought up to date in the background")
                await bot.until("1 article added:")
                await bot.until("Tarkhan (publication date unknown) [light9]")
            bot.process.send_signal(signal.SIGTERM)
            _, told = await asyncio.wait_for(bot.process.communicate(), 20)
        assert not first or "3 added:" in told.decode()
        (articles / "light9.txt").write_text("The lighthouse of Tarkhan opened in 1873. It is white.\n")
        (articles / "light9.yaml").write_text("title: Tarkhan\n")


async def test_over_ssh_the_tunnel_line_is_there_to_copy(tmp_path: Path, environ: Environ) -> None:
    more = {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.7 22", "USER": "ana"}
    async with started(tmp_path, environ(more)) as bot:
        line = await bot.until("ssh ")
        port = bot.said[0].rpartition(":")[2]
        assert line.endswith(f"ssh -L {port}:127.0.0.1:{port} ana@192.0.2.7")
        code, _ = await bot.end()
    assert code == 0


def test_the_tunnel_line_knows_other_ports_and_leaves_odd_values_alone() -> None:
    somewhere = {"SSH_CONNECTION": "2001:db8::1 50000 2001:db8::7 2222", "USER": "ana"}
    assert tunnel_command(somewhere, 8765) == "ssh -p 2222 -L 8765:127.0.0.1:8765 ana@2001:db8::7"
    assert tunnel_command({"SSH_CONNECTION": "x"}, 8765) is None
    assert tunnel_command({}, 8765) is None


async def test_a_port_that_is_taken_gives_way_to_the_next(tmp_path: Path, environ: Environ) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        async with started(tmp_path, environ({"KZBOT_CHANNEL__PORT": str(port)})) as bot:
            line = await bot.until("The local channel")
            assert port < int(line.rpartition(":")[2]) <= port + 20


async def test_a_stop_during_the_first_index_ends_it_and_its_child(tmp_path: Path, environ: Environ) -> None:
    async with started(tmp_path, environ()) as bot:
        await bot.until("The local channel")
        process = psutil.Process(bot.process.pid)
        async with asyncio.timeout(20):
            while not (children := process.children()):  # noqa: ASYNC110 - the process tells nobody of its children
                await asyncio.sleep(0.002)
        code, seconds = await bot.end()
    assert code == 0
    assert seconds < 5
    psutil.wait_procs(children, timeout=2)
    assert not any(child.is_running() for child in children)


async def test_a_second_bot_on_the_same_data_is_refused_in_a_sentence(tmp_path: Path, environ: Environ) -> None:
    async with started(tmp_path, environ()) as first:
        await first.until("The bot is in the channel")
        async with started(tmp_path, environ()) as second:
            out, err = await asyncio.wait_for(second.process.communicate(), 20)
        assert second.process.returncode == 1
        assert f"process {first.process.pid}".encode() in err
        assert err.count(b"\n") == 1 and not out


async def test_a_corpus_without_an_article_is_refused_in_a_sentence(tmp_path: Path, environ: Environ) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    async with started(tmp_path / "data", environ({"KZBOT_CORPUS__FOLDER": str(empty)})) as bot:
        _, err = await asyncio.wait_for(bot.process.communicate(), 20)
    assert bot.process.returncode == 1
    assert b"No article could be read" in err and b"Traceback" not in err


def _elsewhere(channel: LocalChannel, environ: Environ) -> dict[str, str]:
    """The bot as another process than the channel, as it would run with Discord."""
    return environ({"DISCORD_TOKEN": "a-token-for-the-stand-in", "KZBOT_DISCORD__BASE_URL": channel.base_url})


async def test_with_a_token_it_connects_there_answers_and_loses_nothing_to_kill_9(
    tmp_path: Path, environ: Environ
) -> None:
    channel = LocalChannel(0)
    await channel.start()
    try:
        async with started(tmp_path, _elsewhere(channel, environ)) as bot:
            line = await bot.until("Invite it to a server:")
            assert f"client_id={identity.APPLICATION}" in line
            assert not any("local channel" in said for said in bot.said)
            await channel.wait_for_bot()
            await channel.command("timeline", {"topic": "Steppe Eagle"})
            bot.process.send_signal(signal.SIGKILL)
            await bot.process.communicate()
        async with started(tmp_path, _elsewhere(channel, environ)) as bot:
            await bot.until("Invite it to a server:")
            await channel.wait_for_bot()
            await channel.command("search", {"query": "peacekeeping"})
            code, seconds = await bot.end()
        assert (code, seconds < 5) == (0, True)
    finally:
        await channel.close()
    reader = await QueryReader.open(tmp_path / FILE_NAME)
    rows, total = await reader.recent(5)
    await reader.close()
    assert total == 2
    assert [(row.command, row.status, row.user) for row in rows] == [
        ("search", "answered", identity.MEMBER_USER),
        ("timeline", "answered", identity.MEMBER_USER),
    ]


async def test_files_that_changed_are_taken_in_beside_the_answers(
    tmp_path: Path, articles: Path, environ: Environ
) -> None:
    channel = LocalChannel(0)
    await channel.start()
    more = {**_elsewhere(channel, environ), "KZBOT_CORPUS__FOLDER": str(articles)}
    try:
        async with started(tmp_path / "data", more) as bot:
            await bot.until("Invite it to a server:")
            await bot.end()
        (articles / "light9.txt").write_text("The lighthouse of Tarkhan opened in 1873. It is white.\n")
        (articles / "light9.yaml").write_text("title: Tarkhan\n")
        async with started(tmp_path / "data", more) as bot:
            await bot.until("brought up to date in the background")
            await channel.wait_for_bot()
            reply = await channel.command("search", {"query": "Tarkhan"})
            assert "1873" in str(reply.message)
            assert (await bot.end())[0] == 0
    finally:
        await channel.close()


async def test_the_token_is_in_nothing_that_it_says(tmp_path: Path, environ: Environ) -> None:
    channel = LocalChannel(0)
    await channel.start()
    more = {**_elsewhere(channel, environ), "KZBOT_LOGGING__LEVEL": "debug"}
    try:
        async with started(tmp_path, more) as bot:
            await bot.until("Invite it to a server:")
            bot.process.send_signal(signal.SIGTERM)
            out, err = await asyncio.wait_for(bot.process.communicate(), 20)
    finally:
        await channel.close()
    assert b"discord.gateway" in err
    assert b"a-token-for-the-stand-in" not in out + err + os.linesep.join(bot.said).encode()


async def test_for_a_collector_everything_is_a_line_of_json(tmp_path: Path, articles: Path, environ: Environ) -> None:
    more = environ({"KZBOT_CORPUS__FOLDER": str(articles), "KZBOT_LOGGING__FORMAT": "json"})
    async with started(tmp_path / "data", more) as bot:
        assert bot.process.stderr is not None
        lines: list[str] = []
        async with asyncio.timeout(30):
            while not any("The bot is in the channel" in line for line in lines):
                lines.append((await bot.process.stderr.readline()).decode())
        async with started(tmp_path / "data", more) as second:
            out, err = await asyncio.wait_for(second.process.communicate(), 20)
        bot.process.send_signal(signal.SIGTERM)
        said, rest = await asyncio.wait_for(bot.process.communicate(), 20)
    assert said == out == b""
    found = [json.loads(line) for line in [*lines, *rest.decode().splitlines()]]
    messages = [one["message"] for one in found]
    assert messages[0].startswith("The local channel: http://127.0.0.1:") and messages[-1] == "Stopped."
    assert any("3 added:" in message for message in messages)
    (refused,) = map(json.loads, err.decode().splitlines())
    assert refused["level"] == "error" and f"process {bot.process.pid}" in refused["message"]
    assert second.process.returncode == 1


async def test_elsewhere_than_at_a_terminal_questions_are_lines_with_their_number(
    tmp_path: Path, environ: Environ
) -> None:
    channel = LocalChannel(0)
    await channel.start()
    try:
        async with started(tmp_path, _elsewhere(channel, environ)) as bot:
            await bot.until("Invite it to a server:")
            await channel.wait_for_bot()
            await channel.command("search", {"query": "peacekeeping zebra"})
            bot.process.send_signal(signal.SIGTERM)
            _, err = await asyncio.wait_for(bot.process.communicate(), 20)
    finally:
        await channel.close()
    found = [json.loads(line) for line in err.decode().splitlines()]
    (asked,) = [one for one in found if one["logger"] == "kzbot.questions"]
    assert (asked["question"], asked["command"]) == (1, "search") and asked["ms"] > 0 and asked["items"] >= 0
    assert b"zebra" not in err and str(identity.MEMBER_USER).encode() not in err


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _scraped(port: int) -> dict[str, float]:
    """Figures by name; of those with labels the last."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        families = text_string_to_metric_families(answer.read().decode())
    return {one.name: one.value for family in families for one in family.samples}


async def test_metrics_of_a_running_bot_are_read_at_the_port_of_the_settings(tmp_path: Path, environ: Environ) -> None:
    channel, port = LocalChannel(0), _free_port()
    await channel.start()
    try:
        more = {**_elsewhere(channel, environ), "KZBOT_METRICS__PORT": str(port), "KZBOT_DISCORD__COOLDOWN": "2"}
        async with started(tmp_path, more) as bot:
            await bot.until("Invite it to a server:")
            await channel.wait_for_bot()
            for _ in range(3):
                await channel.command("search", {"query": "peacekeeping"})
            async with asyncio.timeout(10):
                while not (found := await asyncio.to_thread(_scraped, port))["kzbot_articles"]:  # noqa: ASYNC110 - it tells nobody
                    await asyncio.sleep(0.05)
            assert (await bot.end())[0] == 0
            with pytest.raises(OSError):
                await asyncio.to_thread(_scraped, port)
    finally:
        await channel.close()
    assert found["kzbot_gateway_connected"] == 1 and found["kzbot_generation_info"] == 1
    assert found["kzbot_articles"] == 5 and found["kzbot_log_last_question"] == 2
    assert found["kzbot_questions_total"] == 2 and found["kzbot_answer_seconds_count"] == 2
    assert found["kzbot_log_write_seconds_count"] == 2 and found["kzbot_cooldown_refusals_total"] == 1
    assert found["process_resident_memory_bytes"] > 0 and found["kzbot_event_loop_lag_seconds"] < 5


async def test_a_port_for_metrics_that_is_taken_is_told_and_the_bot_goes_on(tmp_path: Path, environ: Environ) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        async with started(tmp_path, environ({"KZBOT_METRICS__PORT": str(port)})) as bot:
            await bot.until("The bot is in the channel")
            bot.process.send_signal(signal.SIGTERM)
            _, err = await asyncio.wait_for(bot.process.communicate(), 20)
    assert bot.process.returncode == 0
    assert f"metrics.port {port} cannot be used" in err.decode() and "goes on without metrics" in err.decode()


def test_metrics_without_their_package_are_refused_with_the_line_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    check_metrics(load_settings(None, {}))
    with pytest.raises(SettingsError, match=r"pip install -e '\.\[metrics\]'"):
        check_metrics(load_settings(None, {"KZBOT_METRICS__PORT": "9100"}))
