"""`python bot.py run`: in Discord with a token, else in the local channel, until Ctrl+C or SIGTERM."""

import asyncio
import getpass
import logging
import os
import signal
import sys
from collections.abc import Callable, Coroutine, Mapping
from contextlib import AsyncExitStack, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import SecretStr

from kzbot.cli.forgetting import FOLDER as CHANNEL_FOLDER
from kzbot.cli.forgetting import forget_old, forgets, forgets_on_disk
from kzbot.cli.metering import check_metrics, metered
from kzbot.cli.prepared import Prepared
from kzbot.cli.voice import Voice
from kzbot.errors import DataFolderError, KzbotError
from kzbot.index.inspect import is_readable
from kzbot.index.store import GenerationStore
from kzbot.logs import start_logging
from kzbot.operations.erasing.known import know_from_now_on
from kzbot.operations.erasing.ledger import FILE as LEDGER
from kzbot.operations.health import Start
from kzbot.operations.heart import Heart
from kzbot.operations.importing.unfinished import take_back_unfinished
from kzbot.operations.right_time import RightTime
from kzbot.operations.shelf import Shelf
from kzbot.operations.starting import Starting
from kzbot.querylog.backup import look_over
from kzbot.querylog.keys import note_key
from kzbot.querylog.log import FILE_NAME, QueryLog
from kzbot.querylog.migrate import STAGES, migrate
from kzbot.querylog.people import KEY_FILE
from kzbot.querylog.working import Tell, cancellable
from kzbot.settings import Settings

if TYPE_CHECKING:
    from kzbot.channel.server import LocalChannel
    from kzbot.chat.services import Services
    from kzbot.operations.keeper import Keeper
    from kzbot.operations.outcome import Outcome

_LOGGER = logging.getLogger("kzbot.run")
_CONNECTION_FIRST = 10.0
_LISTED = 20
Result = TypeVar("Result")


def run_bot(prepared: Prepared) -> None:
    """Runs until it is told to stop, and then returns within five seconds with the log written.

    Raises DataFolderError where another process holds the data folder, ConnectionGivenUp where Discord refuses for good.
    """
    check_metrics(prepared.settings)
    token, logging_ = prepared.settings.token(), prepared.settings.logging
    start_logging(logging_.level, token.get_secret_value() if token else None, form=logging_.format)
    if token is None and logging_.level == "info":
        logging.getLogger("discord").setLevel(logging.WARNING)  # the channel is here: its connection is no news
    run = _Run(prepared, token)
    try:
        asyncio.run(run.go())
    except KzbotError as error:
        if not run.voice.errors_as_lines:
            raise
        _LOGGER.error("%s", error)
        sys.exit(1)


class _Run:
    """One run of the bot: what it has opened, and closes again in the other order."""

    def __init__(self, prepared: Prepared, token: SecretStr | None) -> None:
        self._prepared = prepared
        self._settings = prepared.settings
        self._say = prepared.phrases.say
        self.voice = Voice(prepared.phrases, prepared.settings.logging.format)
        self._token = token
        self._store = GenerationStore(prepared.settings.data.folder)
        self._stop = asyncio.Event()
        self._in = asyncio.Event()
        self._shelf: Shelf | None = None

    async def go(self) -> None:
        """From the lock to the last word."""
        _on_signals(self._stop)
        async with AsyncExitStack() as opened:
            opened.enter_context(self._store.lock())
            file = self._settings.data.folder / FILE_NAME
            if not await self._upgraded(file):
                return
            channel = await self._channel(opened)
            log = await QueryLog.open(file, self._settings.log.user_ids)
            opened.push_async_callback(log.close)
            await self._know_people(log)
            heart = self._heart(log)
            opened.push_async_callback(_end, asyncio.create_task(heart.run(self._stop), name="heartbeat"))
            await take_back_unfinished(self._settings.data.folder, log.ledger)
            served = await self._served()
            if served is None:
                return
            shelf = await Shelf.open(self._store.path, served)
            opened.push_async_callback(shelf.close)
            self._shelf = shelf
            await self._answer(opened, channel, log, shelf, heart)
            self.voice.tell(self._say("cli.run.stopping"))
        self.voice.tell(self._say("cli.run.stopped"))

    async def _upgraded(self, file: Path) -> bool:
        """Whether the log is whole and of this version now, and the bot was not told to stop meanwhile."""
        upgraded = False

        def look(tell: Tell) -> bool:
            look_over(file, tell)
            return True

        def upgrade(tell: Tell) -> bool:
            nonlocal upgraded
            migrate(file, tell=tell)
            upgraded = True
            return True

        looked = not (self._store.ended_badly and file.is_file()) or await self._worked(1, look, "looking")
        if looked and await self._worked(STAGES, upgrade, "upgrading"):
            return True
        if not upgraded:
            self.voice.tell(self._say("cli.long_work.not_upgraded"))
        return False

    async def _know_people(self, log: QueryLog) -> None:
        """Whom the log means, and who had something erased, can be told; else that is said, and what to do."""
        folder = self._settings.data.folder
        if await note_key(log, datetime.now(UTC)):
            _LOGGER.warning("%s", self._say("cli.run.key_lost", file=folder / KEY_FILE))
        if fault := await asyncio.to_thread(know_from_now_on, folder):
            _LOGGER.warning("%s", self._say(f"operations.erased.{fault}", file=folder / LEDGER))

    async def _worked(self, stages: int, work: Callable[[Tell], bool], start: Start) -> bool:
        """Whether the work came to its end, which is shown where it takes long."""
        starting = Starting(self._settings.data.folder, start)
        try:
            with self.voice.long_work(stages, starting.tell) as tell:
                return bool(await self._until_stopped(cancellable(work, tell)))
        finally:
            starting.ended()

    async def _channel(self, opened: AsyncExitStack) -> "LocalChannel | None":
        """The local channel, open and announced, where neither a token nor another stand-in is given."""
        if self._token is not None or self._settings.discord.base_url is not None:
            self.voice.tell(self._say("cli.run.connecting"))
            return None
        from kzbot.channel.server import LocalChannel  # noqa: PLC0415 - Discord needs no web server

        channel = LocalChannel(self._settings.channel.port, store=self._settings.data.folder / CHANNEL_FOLDER)
        await channel.start()
        opened.push_async_callback(channel.close)
        self.voice.tell(self._say("cli.run.channel", address=channel.base_url))
        tunnel = tunnel_command(os.environ, channel.port)
        if tunnel is not None:
            self.voice.tell(self._say("cli.run.tunnel", command=tunnel))
        self.voice.tell(self._say("cli.run.hint"))
        self.voice.tell(self._say("cli.run.stop"))
        return channel

    async def _served(self) -> str | None:
        """The last applied generation, or the first one, built now; None where the bot was told to stop meanwhile."""
        applied = self._store.applied()
        if applied is not None and is_readable(self._store.path(applied)):
            return applied
        from kzbot.operations.taking_in import take_in  # noqa: PLC0415 - the first start only

        with self.voice.progress() as progress:
            summary = await self._until_stopped(take_in(self._prepared.sources(), self._store, progress=progress))
        if summary is None:
            return None
        self.voice.summary(summary)
        return summary.generation

    async def _answer(
        self, opened: AsyncExitStack, channel: "LocalChannel | None", log: QueryLog, shelf: Shelf, heart: Heart
    ) -> None:
        from kzbot.chat.run import serve  # noqa: PLC0415 - discord.py is not needed before; a first index comes before it
        from kzbot.cli.serving import examples_of, services_for  # noqa: PLC0415

        if channel is not None:
            channel.set_examples(await examples_of(shelf))
            channel.set_grace(self._settings.log.server_days)
        services = services_for(
            self._in_channel() if channel else self._settings, self._prepared, self._store, log, shelf, heart
        )
        time, folder = self._time(log, heart), self._settings.data.folder
        if channel is None and self._settings.discord.base_url is None:
            services = replace(services, dated=time.heard)
        services.eraser.follow(forgets(channel, log) if channel is not None else forgets_on_disk(folder, log))
        old = asyncio.create_task(
            forget_old(channel, folder, self._settings.log.days, time.doubted), name="old messages"
        )
        opened.push_async_callback(_end, old)
        services = await opened.enter_async_context(metered(services, shelf, self._store))
        opened.push_async_callback(services.keeper.settle)
        with suppress(DataFolderError):  # what is let go of a day later does no harm
            await services.importer.tidy()
        update = asyncio.create_task(self._update(services.keeper, shelf, channel))
        opened.push_async_callback(_end, update)
        upkeep = asyncio.create_task(self._upkeep(services, time), name="upkeep")
        opened.push_async_callback(_end, upkeep)
        opened.push_async_callback(services.eraser.close)
        opened.callback(upkeep.cancel)  # first of the three: what is erased is interrupted then, and waited for
        address = channel.base_url if channel else self._settings.discord.base_url
        told = self._ready_locally if channel else self._ready
        await serve(services, self._token or SecretStr("local"), address, on_ready=told, stop=self._stop)

    def _heart(self, log: QueryLog) -> Heart:
        """Beats from here on, also while a first index is built."""
        return Heart(self._settings.data.folder, log, lambda: self._shelf.id if self._shelf else None, self._say)

    def _in_channel(self) -> Settings:
        """In the local channel its own server is the home server, its moderator is one, and its other channels are in use."""
        from kzbot.channel import identity  # noqa: PLC0415 - see `_channel`

        there = {
            "home_server": identity.GUILD,
            "moderator_role": identity.MODERATOR_ROLE,
            "moderators_channel": identity.MODERATORS_CHANNEL,
            "digest_channel": identity.NEWS_CHANNEL,
        }
        return self._settings.model_copy(update={"discord": self._settings.discord.model_copy(update=there)})

    async def _update(self, keeper: "Keeper", shelf: Shelf, channel: "LocalChannel | None") -> None:
        """Takes in what changed since the last run, beside the answers; the connection goes first, if it does not hang."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_CONNECTION_FIRST):
                await self._in.wait()
        try:
            self._tell_update(await keeper.start(apply=self._settings.corpus.apply_on_start))
        except KzbotError as error:
            _LOGGER.warning("%s", self._say("cli.run.failed", reason=error))
        if channel is not None:
            from kzbot.cli.serving import examples_of  # noqa: PLC0415 - imported already

            channel.set_examples(await examples_of(shelf))
        if self._settings.corpus.watch:
            await self._watch(keeper)

    def _time(self, log: QueryLog, heart: Heart) -> RightTime:
        time = RightTime(log, self._say)
        heart.heed(lambda: time.doubt)
        return time

    async def _upkeep(self, services: "Services", time: RightTime) -> None:
        """What is due every day, beside the answers; the connection goes first, if it does not hang."""
        from kzbot.operations.upkeep import Upkeep  # noqa: PLC0415 - the connection goes first

        with suppress(TimeoutError):
            async with asyncio.timeout(_CONNECTION_FIRST):
                await self._in.wait()
        home, folder = services.settings.discord.home_server, self._settings.data.folder
        log, eraser = services.log, services.eraser
        entered, doubted = self._in.is_set, time.doubted
        await Upkeep(self._settings.log, folder, log, eraser, home=home, entered=entered, doubted=doubted).run()

    async def _watch(self, keeper: "Keeper") -> None:
        """Plans what changes on disk from now on."""
        from kzbot.operations.watching import Watch, watched  # noqa: PLC0415 - only where the settings say so

        sources = await asyncio.to_thread(self._prepared.sources)
        places = watched(sources.folder, sources.names_file, sources.added)
        self.voice.tell(self._say("cli.run.watching", folder=sources.folder))
        await Watch(keeper, places, self._tell_watch).run()

    def _tell_watch(self, key: str, **values: object) -> None:
        _LOGGER.warning("%s", self._say(key, **values))

    def _tell_update(self, outcome: "Outcome") -> None:
        if outcome.kind == "refused" and outcome.reason is not None:
            self.voice.tell(self._say("cli.run.waiting", reason=self._say(outcome.reason, **outcome.values)))
        if outcome.plan is None:
            return
        if outcome.kind == "applied":
            self.voice.tell(self._say("cli.run.updated", generation=outcome.generation))
        from kzbot.operations.planning.text import plan_lines  # noqa: PLC0415 - files rarely change

        for line in plan_lines(outcome.plan, self._prepared.phrases, _LISTED):
            self.voice.tell(line)
        if outcome.kind != "applied":
            self.voice.tell(self._say("cli.run.waits"))

    def _ready_locally(self, connected: Any) -> None:
        self._in.set()
        self.voice.tell(self._say("cli.run.ready_local"))

    def _ready(self, connected: Any) -> None:
        self._in.set()
        servers = ", ".join(name for _, name in connected.servers) or self._say("cli.run.no_servers")
        self.voice.tell(self._say("cli.run.ready", name=connected.name, servers=servers))
        self.voice.tell(self._say("cli.run.invite", invite=connected.invite))

    async def _until_stopped(self, work: Coroutine[Any, Any, Result]) -> Result | None:
        """What the work gives, or None where the bot is told to stop first; the work is then cancelled."""
        task, stopped = asyncio.create_task(work), asyncio.create_task(self._stop.wait())
        try:
            await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
            return await task if task.done() else None
        finally:
            await _end(task)
            await _end(stopped)


def tunnel_command(environ: Mapping[str, str], port: int) -> str | None:
    """The line that brings the channel to the machine somebody sits at, over SSH; None where this is no SSH session.

    SSH_CONNECTION holds client address, client port, server address, server port (OpenSSH, ssh(1)).
    """
    parts = environ.get("SSH_CONNECTION", "").split()
    if len(parts) != 4:
        return None
    user = environ.get("USER") or getpass.getuser()
    elsewhere = "" if parts[3] == "22" else f"-p {parts[3]} "
    return f"ssh {elsewhere}-L {port}:127.0.0.1:{port} {user}@{parts[2]}"


def _on_signals(stop: asyncio.Event) -> None:
    """Ctrl+C and SIGTERM ask for a stop, also where the event loop cannot watch signals itself (Windows)."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        if sys.platform == "win32":
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
        else:
            loop.add_signal_handler(number, stop.set)


async def _end(task: asyncio.Task[Any]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
