"""`doctor`: says what is wrong and how to mend it, and shows no token."""

import asyncio
import base64
import contextlib
import os
import socket
import subprocess
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import web
from pydantic import SecretStr

from kzbot.channel import identity
from kzbot.channel.server import LocalChannel
from kzbot.chat.client import ChatClient
from kzbot.chat.redirect import redirect
from kzbot.cli import doctor
from kzbot.cli.checks.check import Check
from kzbot.cli.checks.discord_api import check_discord, registered_commands
from kzbot.cli.checks.machine import check_machine
from kzbot.cli.checks.sync import check_sync
from kzbot.cli.checks.token_shape import application_id, check_token
from kzbot.cli.prepared import Prepared, prepare
from kzbot.cli.serving import services_for
from kzbot.index.store import GenerationStore
from kzbot.operations.shelf import Shelf
from kzbot.phrases import DEFAULT_FOLDER, Phrases
from kzbot.querylog.log import FILE_NAME, QueryLog
from kzbot.settings import DiscordSettings, Settings

Bot = Callable[..., "subprocess.CompletedProcess[bytes]"]
PHRASES = Phrases.load(DEFAULT_FOLDER, "en")
APPLICATION = 1_100_000_000_000_000_001
MADE_UP = base64.urlsafe_b64encode(str(APPLICATION).encode()).decode().rstrip("=") + ".Gabcde." + "made-up-" * 5


@pytest.fixture
async def channel() -> AsyncIterator[LocalChannel]:
    opened = LocalChannel(0)
    await opened.start()
    yield opened
    await opened.close()


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _wrong(checks: list[Check], level: str = "wrong") -> list[str]:
    return [f"{check.subject}: {check.found}" for check in checks if check.level == level]


def test_where_all_is_well_it_says_so_and_leaves_with_0(bot: Bot, tmp_path: Path) -> None:
    bot("index", "--data", tmp_path)
    done = bot("doctor", "--data", tmp_path)
    said = done.stdout.decode()
    assert done.returncode == 0, said
    assert "All is well." in said
    for subject in (
        "Python",
        "Libraries",
        "Settings",
        "Token",
        "Commands",
        "Data folder",
        "Articles",
        "Name book",
        "Golden questions",
        "Index",
    ):
        assert f"ok\t{subject}\t" in said


def test_it_names_what_is_wrong_and_how_to_mend_it(bot: Bot, articles: Path, tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"no database, " * 500)
    (articles / "light0.yaml").write_text("title: x\ncolour: red\n")
    names = tmp_path / "names.yaml"
    names.write_text("kinds: [")
    golden = tmp_path / "golden.yaml"
    golden.write_text('questions:\n  - "/who name: A"\n  - expect: answered\n')
    environ = {
        "KZBOT_CORPUS__FOLDER": str(articles),
        "KZBOT_CORPUS__NAMES": str(names),
        "KZBOT_CORPUS__GOLDEN": str(golden),
        "DISCORD_TOKEN": "a" * 32,
    }
    done = bot("doctor", "--data", tmp_path, environ=environ)
    said = done.stdout.decode()
    assert done.returncode == 1
    assert "WRONG\tQuestion log" in said
    assert "WRONG\tName book" in said
    assert f"WRONG\tGolden questions\t{golden}, line 3:" in said
    assert "WRONG\tToken\tThat looks like the client secret" in said
    assert "warning\tArticles\tlight0" in said
    assert "a" * 32 not in said


def test_a_golden_question_that_cannot_be_asked_is_named(bot: Bot, tmp_path: Path) -> None:
    golden = tmp_path / "golden.yaml"
    golden.write_text('questions:\n  - "/exercise name: Steppe Eagle"\n  - "/timelin topic: NATO"\n')
    said = bot("doctor", "--data", tmp_path, environ={"KZBOT_CORPUS__GOLDEN": str(golden)}).stdout.decode()
    assert "warning\tGolden questions\tThis cannot be asked: /timelin topic: NATO" in said
    assert "Steppe Eagle" not in said


def test_wrong_settings_are_a_line_of_its_table(bot: Bot, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("chanel:\n  port: 1\n")
    done = bot("doctor", "--config", file)
    assert done.returncode == 1
    assert f"WRONG\tSettings\t{file}, line 1:" in done.stdout.decode()
    assert "did you mean channel" in done.stdout.decode()


def test_a_running_bot_is_no_fault(bot: Bot, data: Path) -> None:
    with GenerationStore(data).lock():
        done = bot("doctor", "--data", data)
    assert "ok\tLock\tA bot is running" in done.stdout.decode()


def test_libraries_are_held_against_what_the_project_asks_for(tmp_path: Path) -> None:
    file = tmp_path / "pyproject.toml"
    file.write_text(
        '[project]\nrequires-python = ">=9.9"\ndependencies = ["rich>=999.1", "pydantic>=2.0", "no-such-library-at-all"]\n'
    )
    assert _wrong(check_machine(PHRASES)) == []
    found = _wrong(check_machine(PHRASES, file))
    assert [each.split(":")[0] for each in found] == ["Python", "Libraries", "Libraries"]
    assert "older than 999.1" in found[1] and "no-such-library-at-all is not installed" in found[2]


@pytest.mark.parametrize(
    ("token", "found"),
    [
        (f"Bot {MADE_UP}", "begins with “Bot”"),
        (f'"{MADE_UP}"', "quotation marks"),
        ("1100000000000000001", "the id of an application"),
        ("0123456789abcdef" * 4, "public key"),
        ("AbCdEfGhIjKlMnOpQrStUvWxYz012345", "client secret"),
    ],
)
def test_what_is_often_pasted_instead_of_a_token_is_named(token: str, found: str) -> None:
    checks = check_token(Settings(environment_token=SecretStr(token)), PHRASES)
    assert [check.level for check in checks] == ["wrong"]
    assert found in checks[0].found
    assert token not in checks[0].found + checks[0].mend


def test_a_token_of_the_usual_shape_gives_the_invite_link() -> None:
    checks = check_token(Settings(environment_token=SecretStr(MADE_UP)), PHRASES)
    assert [check.level for check in checks] == ["ok", "ok"]
    assert f"client_id={APPLICATION}&scope=bot+applications.commands" in checks[1].found
    assert application_id("not.a.token") is None
    odd = check_token(Settings(environment_token=SecretStr("some words")), PHRASES)
    assert [check.level for check in odd] == ["warning"]


async def test_discord_is_asked_about_bot_home_and_moderators(channel: LocalChannel) -> None:
    settings = DiscordSettings(base_url=channel.base_url, moderator_role=identity.MODERATOR_ROLE)
    checks, application = await check_discord(settings, MADE_UP, PHRASES)
    assert application == identity.APPLICATION
    assert {check.level for check in checks} == {"ok"}
    assert [check.subject for check in checks] == ["Discord", "Home server", "Permissions", "Moderators"]


async def test_a_home_or_a_role_that_is_not_there_is_wrong(channel: LocalChannel) -> None:
    away = DiscordSettings(base_url=channel.base_url, home_server=1)
    assert "not in the server 1" in _wrong((await check_discord(away, "t", PHRASES))[0])[0]
    gone = DiscordSettings(base_url=channel.base_url, moderator_role=2)
    assert "no role 2" in _wrong((await check_discord(gone, "t", PHRASES))[0])[0]
    await channel.join(identity.ELSEWHERE)
    several = DiscordSettings(base_url=channel.base_url)
    assert "in 2 servers" in _wrong((await check_discord(several, "t", PHRASES))[0])[0]


async def test_channels_that_the_bot_posts_in_are_looked_at(channel: LocalChannel) -> None:
    named = {"moderators_channel": identity.MODERATORS_CHANNEL, "digest_channel": 7}
    settings = DiscordSettings(home_server=identity.GUILD, base_url=channel.base_url).model_copy(update=named)
    checks, _ = await check_discord(settings, "local", PHRASES)
    assert "Moderators' channel" in {check.subject for check in checks if check.level == "ok"}
    assert _wrong(checks) == ["Digest channel: Discord shows the bot no channel 7."]
    channel.gateway.rights[identity.MODERATORS_CHANNEL] = identity.VIEW_CHANNEL
    await channel.join(identity.ELSEWHERE)
    settings = settings.model_copy(update={"digest_channel": identity.OTHER_CHANNEL})
    checks, _ = await check_discord(settings, "local", PHRASES)
    assert _wrong(checks) == [
        f"Moderators' channel: In the channel {identity.MODERATORS_CHANNEL} the bot may not: Send Messages, Read Message History.",
        f"Digest channel: The channel {identity.OTHER_CHANNEL} is not in the home server.",
    ]


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine is not taken for a Discord that does not answer."""
    monkeypatch.setattr("kzbot.cli.checks.discord_api._SECONDS", 60.0)


async def test_a_token_that_discord_does_not_know_is_wrong() -> None:
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(refuse, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        checks, _ = await check_discord(DiscordSettings(base_url=f"http://127.0.0.1:{port}"), MADE_UP, PHRASES)
    assert _wrong(checks) == ["Discord: Discord does not know this token."]


def test_commands_are_left_out_where_the_application_is_not_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def unreachable(*_: object) -> tuple[list[Check], None]:
        return [Check("Discord", "warning", "Discord cannot be reached")], None

    monkeypatch.setattr(doctor, "check_discord", unreachable)
    monkeypatch.setenv("DISCORD_TOKEN", "odd")
    doctor.examine(None, tmp_path)
    said = capsys.readouterr().out
    assert "It does not look like a bot's token." in said
    assert "Commands" not in said


async def test_where_discord_cannot_be_reached_it_says_so_plainly() -> None:
    settings = DiscordSettings(base_url=f"http://127.0.0.1:{_free_port()}")
    checks, application = await check_discord(settings, MADE_UP, PHRASES)
    assert application is None
    assert len(_wrong(checks, "warning")) == 1
    assert "Discord cannot be reached" in checks[0].found
    assert MADE_UP not in checks[0].found


@pytest.fixture
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(("KZBOT_", "DISCORD_TOKEN"))]:
        monkeypatch.delenv(name)


@contextlib.asynccontextmanager
async def _running(channel: LocalChannel, prepared: Prepared, log: QueryLog) -> AsyncIterator[None]:
    """A bot that takes the channel for Discord; entered once the commands that it sent are noted."""
    store, ready = GenerationStore(prepared.settings.data.folder), asyncio.Event()
    services = services_for(prepared.settings, prepared, store, log, Shelf(store.path))
    client = ChatClient(services, lambda _: ready.set())
    redirect(channel.base_url)
    running = asyncio.create_task(client.start("local"))
    try:
        async with asyncio.timeout(60):
            await ready.wait()
            assert client._syncing is not None
            await client._syncing
        yield
    finally:
        await client.close()
        await asyncio.gather(running, return_exceptions=True)
        redirect(None)


async def test_commands_are_held_against_what_discord_was_sent_where_it_cannot_be_asked(
    channel: LocalChannel, tmp_path: Path, unset: None
) -> None:
    prepared = prepare(None, tmp_path)
    assert (await check_sync(prepared, identity.APPLICATION)).level == "warning"
    log = await QueryLog.open(tmp_path / FILE_NAME)
    async with _running(channel, prepared, log):
        assert (await check_sync(prepared, identity.APPLICATION)).level == "ok"
        await log.set_state(f"commands:{identity.APPLICATION}", "of an older version")
        assert (await check_sync(prepared, identity.APPLICATION)).level == "warning"
    await log.close()


async def test_commands_are_held_against_those_that_discord_has(
    channel: LocalChannel, tmp_path: Path, unset: None
) -> None:
    prepared = prepare(None, tmp_path)
    settings = DiscordSettings(base_url=channel.base_url)

    async def look() -> Check:
        there = await registered_commands(settings, "local", identity.APPLICATION)
        return await check_sync(prepared, identity.APPLICATION, there, now=datetime(2026, 11, 22, 23, 0, tzinfo=UTC))

    assert (await look()).found == "Discord has none of them."
    log = await QueryLog.open(tmp_path / FILE_NAME)
    async with _running(channel, prepared, log):
        well = await look()
        assert (well.level, "as they are in this version" in well.found) == ("ok", True)
    channel.delete_commands("search", "Check quotes")
    gone = await look()
    assert (gone.level, gone.found) == ("warning", "Discord lacks /search, Check quotes.")
    assert "start it anew" in gone.mend
    channel.commands.put("global", [{"name": "ping", "description": "p"}, {"name": "who", "description": "w"}])
    assert "in another form: /who. Discord has beside them: /ping." in (await look()).found
    await log.set_state(f"commands_again:{identity.APPLICATION}", "2026-11-22 5")
    assert "stop other programs" in (await look()).mend
    async with _running(channel, prepared, log):
        pass
    await log.close()


class WithoutScope:
    """Discord's answer about a server to which the bot was invited without its commands."""

    async def before(self, request: web.Request) -> web.Response | None:
        if request.path.endswith(f"/guilds/{identity.GUILD}/commands"):
            return web.json_response({"code": 50001, "message": "Missing Access"}, status=403)
        return None


async def test_an_invite_without_commands_is_wrong_and_those_of_another_program_are_named(
    channel: LocalChannel,
) -> None:
    settings = DiscordSettings(base_url=channel.base_url)
    channel.commands.put(str(identity.GUILD), [{"name": "ping", "description": "Of another program"}])
    assert _wrong((await check_discord(settings, "t", PHRASES))[0], "warning") == [
        "Commands in the home server: Discord has these for that server alone, beside those for all: ping. This bot did"
        " not send them, and does not answer them."
    ]

    invited = LocalChannel(0, faults=WithoutScope())
    await invited.start()
    checks, _ = await check_discord(DiscordSettings(base_url=invited.base_url), "t", PHRASES)
    await invited.close()
    assert "without the scope applications.commands" in _wrong(checks)[0]


def test_a_language_without_phrases_is_a_line_of_its_table(bot: Bot) -> None:
    done = bot("doctor", environ={"KZBOT_LANGUAGE__PHRASES": "xx"})
    assert done.returncode == 1
    assert "WRONG\tSettings" in done.stdout.decode() and "xx.yaml" in done.stdout.decode()
