"""`run`: the channel's address first, answers, a clean end, and nothing lost to kill -9."""

import asyncio
import json
import re
import signal
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest

from kzbot.channel import identity
from kzbot.channel.server import LocalChannel
from kzbot.cli.run import tunnel_command
from kzbot.querylog.log import FILE_NAME, QueryLog
from kzbot.querylog.people import KEY_FILE
from kzbot.querylog.reader import QueryReader
from kzbot.querylog.rows import QueryRecord
from tests.cli.running import PATIENCE, Environ, ServeSeeds, elsewhere, started, taken_port


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_without_a_token_it_opens_the_channel_and_ends_cleanly(
    tmp_path: Path, environ: Environ, number: signal.Signals
) -> None:
    async with started(tmp_path, environ()) as bot:
        await bot.until("The bot is in the channel")
        assert re.fullmatch(r"The local channel: http://127\.0\.0\.1:\d+", bot.said[0])
        assert not any("ssh" in line for line in bot.said)
        code = await bot.end(number)
    assert code == 0, bot.complained
    assert bot.said[-1] == "Stopped."
    assert not list(tmp_path.glob("*-wal"))


async def test_a_start_without_the_key_of_hashed_ids_goes_on_and_says_what_to_do(
    tmp_path: Path, serve_seeds: ServeSeeds, environ: Environ
) -> None:
    serve_seeds(tmp_path)
    log = await QueryLog.open(tmp_path / FILE_NAME, "hashed")
    asked = {"user": 10**17, "channel": 1, "server": 2, "command": "search", "options": {}, "status": "answered"}
    rest = {"items": 1, "took_ms": 1.0, "generation": None, "private": False}
    await log.record(QueryRecord(asked_at=datetime.now(UTC), **asked, **rest))  # type: ignore[arg-type]
    await log.close()
    (tmp_path / KEY_FILE).unlink()
    for first in (True, False):
        async with started(tmp_path, environ({"KZBOT_LOG__USER_IDS": "hashed"})) as bot:
            await bot.until("The bot is in the channel")
            await bot.end()
        told = [one for one in bot.complained if KEY_FILE in one]
        assert len(told) == first, "once"
        assert not first or (
            "put that file back from a copy of the data folder" in told[0] and str(tmp_path) in told[0]
        )
    assert (tmp_path / "erased.jsonl").read_bytes() == b"", "where it is not there, it was lost"


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
            await bot.end()
        assert not first or any("3 added:" in line for line in bot.complained), bot.complained
        (articles / "light9.txt").write_text("The lighthouse of Tarkhan opened in 1873. It is white.\n")
        (articles / "light9.yaml").write_text("title: Tarkhan\n")


async def test_over_ssh_the_tunnel_line_is_there_to_copy(
    tmp_path: Path, serve_seeds: ServeSeeds, environ: Environ
) -> None:
    serve_seeds(tmp_path)
    more = {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.7 22", "USER": "ana"}
    async with started(tmp_path, environ(more)) as bot:
        line = await bot.until("ssh ")
        port = bot.said[0].rpartition(":")[2]
        assert line.endswith(f"ssh -L {port}:127.0.0.1:{port} ana@192.0.2.7")
        assert await bot.end() == 0, bot.complained


def test_the_tunnel_line_knows_other_ports_and_leaves_odd_values_alone() -> None:
    somewhere = {"SSH_CONNECTION": "2001:db8::1 50000 2001:db8::7 2222", "USER": "ana"}
    assert tunnel_command(somewhere, 8765) == "ssh -p 2222 -L 8765:127.0.0.1:8765 ana@2001:db8::7"
    assert tunnel_command({"SSH_CONNECTION": "x"}, 8765) is None
    assert tunnel_command({}, 8765) is None


async def test_a_port_that_is_taken_gives_way_to_the_next(
    tmp_path: Path, serve_seeds: ServeSeeds, environ: Environ
) -> None:
    serve_seeds(tmp_path)
    with taken_port() as port:
        async with started(tmp_path, environ({"KZBOT_CHANNEL__PORT": str(port)})) as bot:
            line = await bot.until("The local channel")
            assert port < int(line.rpartition(":")[2]) <= port + 20


async def test_a_stop_during_the_first_index_ends_it_and_its_child(tmp_path: Path, environ: Environ) -> None:
    async with started(tmp_path, environ()) as bot:
        await bot.until("The local channel")
        process = psutil.Process(bot.process.pid)
        async with asyncio.timeout(PATIENCE):
            while not (children := process.children()):  # noqa: ASYNC110 - the process tells nobody of its children
                await asyncio.sleep(0.002)
        assert await bot.end() == 0, bot.complained
    _, alive = psutil.wait_procs(children, timeout=PATIENCE)
    assert not alive


async def test_a_second_bot_on_the_same_data_is_refused_in_a_sentence(
    tmp_path: Path, serve_seeds: ServeSeeds, environ: Environ
) -> None:
    serve_seeds(tmp_path)
    async with started(tmp_path, environ()) as first:
        await first.until("The bot is in the channel")
        async with started(tmp_path, environ()) as second:
            assert await second.over() == 1
        (sentence,) = second.complained
        assert f"process {first.process.pid}" in sentence and not second.said


async def test_a_corpus_without_an_article_is_refused_in_a_sentence(tmp_path: Path, environ: Environ) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    async with started(tmp_path / "data", environ({"KZBOT_CORPUS__FOLDER": str(empty)})) as bot:
        assert await bot.over() == 1
    complaints = "\n".join(bot.complained)
    assert "No article could be read" in complaints and "Traceback" not in complaints


async def test_with_a_token_it_connects_there_answers_and_loses_nothing_to_kill_9(
    tmp_path: Path, serve_seeds: ServeSeeds, environ: Environ
) -> None:
    serve_seeds(tmp_path)
    channel = LocalChannel(0)
    await channel.start()
    try:
        async with started(tmp_path, elsewhere(channel, environ)) as bot:
            line = await bot.until("Invite it to a server:")
            assert f"client_id={identity.APPLICATION}" in line
            assert not any("local channel" in said for said in bot.said)
            await channel.wait_for_bot()
            await channel.command("timeline", {"topic": "Steppe Eagle"})
            await bot.end(signal.SIGKILL)
        async with started(tmp_path, elsewhere(channel, environ)) as bot:
            await bot.until("Invite it to a server:")
            await channel.wait_for_bot()
            await channel.command("search", {"query": "peacekeeping"})
            assert await bot.end() == 0, bot.complained
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
    more = {**elsewhere(channel, environ), "KZBOT_CORPUS__FOLDER": str(articles)}
    try:
        async with started(tmp_path / "data", more) as bot:
            await bot.until("Invite it to a server:")
            await bot.end()
        (articles / "light9.txt").write_text("The lighthouse of Tarkhan opened in 1873. It is white.\n")
        (articles / "light9.yaml").write_text("title: Tarkhan\n")
        async with started(tmp_path / "data", more) as bot:
            await bot.until("brought up to date in the background")
            await channel.wait_for_bot()
            reply = await (await channel.command("search", {"query": "Tarkhan"})).filled()
            assert "1873" in str(reply.message)
            assert await bot.end() == 0, bot.complained
    finally:
        await channel.close()


async def test_the_token_is_in_nothing_that_it_says(tmp_path: Path, serve_seeds: ServeSeeds, environ: Environ) -> None:
    serve_seeds(tmp_path)
    channel = LocalChannel(0)
    await channel.start()
    more = {**elsewhere(channel, environ), "KZBOT_LOGGING__LEVEL": "debug"}
    try:
        async with started(tmp_path, more) as bot:
            await bot.until("Invite it to a server:")
            await bot.end()
    finally:
        await channel.close()
    assert any("discord.gateway" in line for line in bot.complained)
    assert not any("a-token-for-the-stand-in" in line for line in (*bot.said, *bot.complained))


async def test_for_a_collector_everything_is_a_line_of_json(tmp_path: Path, articles: Path, environ: Environ) -> None:
    more = environ({"KZBOT_CORPUS__FOLDER": str(articles), "KZBOT_LOGGING__FORMAT": "json"})
    async with started(tmp_path / "data", more) as bot:
        await bot.complains("The bot is in the channel")
        async with started(tmp_path / "data", more) as second:
            assert await second.over() == 1
        await bot.end()
    assert bot.said == second.said == []
    found = [json.loads(line) for line in bot.complained]
    messages = [one["message"] for one in found]
    assert messages[0].startswith("The local channel: http://127.0.0.1:") and messages[-1] == "Stopped."
    assert any("3 added:" in message for message in messages)
    (refused,) = map(json.loads, second.complained)
    assert refused["level"] == "error" and f"process {bot.process.pid}" in refused["message"]


async def test_elsewhere_than_at_a_terminal_questions_are_lines_with_their_number(
    tmp_path: Path, serve_seeds: ServeSeeds, environ: Environ
) -> None:
    serve_seeds(tmp_path)
    channel = LocalChannel(0)
    await channel.start()
    try:
        async with started(tmp_path, elsewhere(channel, environ)) as bot:
            await bot.until("Invite it to a server:")
            await channel.wait_for_bot()
            await channel.command("search", {"query": "peacekeeping zebra"})
            await bot.end()
    finally:
        await channel.close()
    found = [json.loads(line) for line in bot.complained]
    (asked,) = [one for one in found if one["logger"] == "kzbot.questions"]
    assert (asked["question"], asked["command"]) == (1, "search") and asked["ms"] > 0 and asked["items"] >= 0
    assert not any("zebra" in line or str(identity.MEMBER_USER) in line for line in bot.complained)
