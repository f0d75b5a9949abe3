"""The client: what it tells Discord of itself, its commands and presses, and how its connection fares."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import discord
from discord import app_commands

from kzbot.chat.admission import let_command_in
from kzbot.chat.commands.check import check_commands, check_menu
from kzbot.chat.commands.corpus import corpus_commands
from kzbot.chat.commands.help import help_command
from kzbot.chat.commands.log.group import log_commands
from kzbot.chat.commands.new import new_command
from kzbot.chat.commands.privacy import privacy_commands
from kzbot.chat.commands.profile import profile_command
from kzbot.chat.commands.search import search_command
from kzbot.chat.commands.source import source_command
from kzbot.chat.commands.timeline import timeline_command
from kzbot.chat.dates import dates
from kzbot.chat.desk import Desk
from kzbot.chat.errors import report
from kzbot.chat.gateway import stands
from kzbot.chat.news import News, post_news
from kzbot.chat.posting import Posts
from kzbot.chat.presses.all import FORMS, PRESSES
from kzbot.chat.presses.modals import is_form, submitted
from kzbot.chat.services import Services
from kzbot.chat.sync import Registrar, tree_hash
from kzbot.chat.telling import tell_askers
from kzbot.errors import GenerationError, QueryLogError
from kzbot.logs import answering
from kzbot.operations.left_servers import LeftServers

_log = logging.getLogger(__name__)

_READY_TIMEOUT = 0.05
"""Seconds to wait for servers that Discord announced before the client counts as ready."""


@dataclass(frozen=True, slots=True)
class Connected:
    """What is known once the bot is in: its name, its servers by id and name, and the link that invites it."""

    name: str
    servers: tuple[tuple[int, str], ...]
    invite: str


class Tree(app_commands.CommandTree["ChatClient"]):
    """The commands; whatever fails in one ends in `on_error`, and what comes in while the bot stops is let go."""

    async def interaction_check(self, interaction: discord.Interaction["ChatClient"], /) -> bool:
        desk = self.client.desk
        if desk.stopped:
            return False
        answering()
        with desk.at_work():
            return await let_command_in(interaction, desk)

    async def on_error(
        self, interaction: discord.Interaction["ChatClient"], error: app_commands.AppCommandError, /
    ) -> None:
        await report(interaction, self.client.services, error)


class ChatClient(discord.Client):
    """A client for slash commands and buttons: it sees servers and interactions and nothing else, and pings nobody."""

    def __init__(
        self,
        services: Services,
        on_ready: Callable[[Connected], None],
        *,
        sync_always: bool = False,
        news: News | None = None,
    ) -> None:
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # it never speaks: no warnings about that
        super().__init__(
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            guild_ready_timeout=_READY_TIMEOUT,
            enable_debug_events=False,
            http_trace=dates(services.dated),
        )
        self.services = services
        self.desk = Desk(services)
        self.posts = Posts(self, self.desk)
        self.left_servers = LeftServers(services.log)
        self.failures = 0
        self.stuck = asyncio.Event()
        self.entered = asyncio.Event()
        self.patience = 4
        self._tell_ready = on_ready
        self._closing = False
        self._syncing: asyncio.Task[bool] | None = None
        self._following: asyncio.Task[Any] | None = None
        self._keeping: asyncio.Task[Any] | None = None
        self._news = news
        self._posting: asyncio.Task[Any] | None = None
        self._telling: asyncio.Task[Any] | None = None
        self._taking_up: asyncio.Task[Any] | None = None
        self.tree = Tree(
            self,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True),
        )
        self.registrar = Registrar(self.tree, services.log, services.clock, always=sync_always)

    async def setup_hook(self) -> None:
        """Makes commands and presses known; the sync goes on while the connection is made."""
        self.add_dynamic_items(*PRESSES)
        self.services.counts.follow(lambda: stands(self))
        if self.services.heart is not None:
            self.services.heart.follow(lambda: stands(self))
        served = self.services.shelf.id
        await self._add_commands()
        self._syncing = asyncio.create_task(self._sync())
        self._following = asyncio.create_task(self._follow(self._syncing, served))

    async def _add_commands(self) -> None:
        """The commands of the corpus that is served now, in the place of those before."""
        try:
            async with self.services.shelf.current() as generation:
                profiles = await self.services.profiles(generation)
        except GenerationError:
            profiles = ()
        self.tree.clear_commands(guild=None)
        self.tree.add_command(timeline_command(self.desk))
        for profile in profiles:
            self.tree.add_command(profile_command(self.desk, profile))
        self.tree.add_command(profile_command(self.desk, "who"))
        for make in (source_command, search_command, new_command, help_command):
            self.tree.add_command(make(self.desk))
        self.tree.add_command(check_menu(self.desk))
        for group in (check_commands, privacy_commands, corpus_commands, log_commands):
            self.tree.add_command(group(self.desk))
        names = [name for one in self.tree.walk_commands() for name in (one.qualified_name, _root(one))]
        self.services.counts.registered(names)

    async def _follow(self, first: "asyncio.Task[bool]", served: str | None) -> None:
        """Tells of other commands when another generation is served that has other kinds of names."""
        await first
        while True:
            await self.services.shelf.other_than(served)
            served, before = self.services.shelf.id, tree_hash(self.tree)
            try:
                await self._add_commands()
            except Exception:  # noqa: BLE001 - see `_sync`
                _log.exception("The commands of the new corpus could not be made known")
            if tree_hash(self.tree) != before:
                await self._sync()

    async def _sync(self) -> bool:
        try:
            return await self.registrar.send_changed()
        except Exception:  # noqa: BLE001 - a task of its own: nobody else would report it
            _log.exception("The commands could not be synced")
            return False

    async def _keep_commands(self, first: "asyncio.Task[bool]") -> None:
        """Looks whether Discord still has the commands, but where it was told of them only just now."""
        await self.registrar.keep(now=not await asyncio.shield(first))

    async def on_interaction(self, interaction: discord.Interaction["ChatClient"]) -> None:
        """Takes forms; commands and presses are taken by the tree and the presses."""
        if is_form(interaction):
            await submitted(interaction, FORMS)

    async def on_connect(self) -> None:
        """The connection stands."""
        self.failures = 0

    async def on_resumed(self) -> None:
        """The connection stands again."""
        self.failures = 0
        self._tell_heart()

    async def on_disconnect(self) -> None:
        """Counts failures in a row: discord.py would resume for ever where only a new session helps."""
        self.failures += 1
        self._tell_heart()
        if self.failures >= self.patience:
            self.stuck.set()

    async def on_ready(self) -> None:
        """Leaves servers that are not answered, and says that the bot is in."""
        self.failures = 0
        self.entered.set()
        self._tell_heart()
        for guild in list(self.guilds):
            await self._leave_if_foreign(guild)
        await self._remember(self.left_servers.present([guild.id for guild in self.guilds], self.services.clock()))
        if self._news is not None and self._posting is None:
            self._posting = asyncio.create_task(post_news(self._news, self.posts, self.desk))
        if self._telling is None and not self._closing:
            self._telling = asyncio.create_task(tell_askers(self, self.desk))
            self._taking_up = asyncio.create_task(self.desk.taker_up.follow())
        if self._keeping is not None:
            self.registrar.look_soon()
        elif self._syncing is not None and not self._closing:
            self._keeping = asyncio.create_task(self._keep_commands(self._syncing))
        assert self.user is not None and self.application_id is not None
        invite = discord.utils.oauth_url(
            self.application_id, permissions=discord.Permissions.none(), scopes=("bot", "applications.commands")
        )
        self._tell_ready(Connected(self.user.name, tuple((guild.id, guild.name) for guild in self.guilds), invite))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Leaves again where only the home server is answered; an invitation is when commands are missed."""
        self.registrar.look_soon()
        await self._remember(self.left_servers.joined(guild.id))
        await self._leave_if_foreign(guild)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """What was asked there goes some days later; an outage of a server is not told of here."""
        await self._remember(self.left_servers.left(guild.id, self.services.clock()))

    async def _remember(self, work: Awaitable[None]) -> None:
        try:
            await work
        except QueryLogError as error:
            _log.warning("Which servers the bot is in could not be noted: %s", error)

    async def _leave_if_foreign(self, guild: discord.Guild) -> None:
        settings = self.services.settings.discord
        if settings.other_servers != "leave" or settings.home_server in (None, guild.id):
            return
        try:
            await guild.leave()
            _log.warning("Left the server %s: only the home server is answered", guild.id)
        except discord.HTTPException as error:
            _log.warning("The server %s could not be left: %s", guild.id, error)

    def _tell_heart(self) -> None:
        if self.services.heart is not None:
            self.services.heart.changed()

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        """Hands an event on, but none after the close has begun: discord.py has no loop for it then, and would fail."""
        if not self._closing:
            super().dispatch(event, *args, **kwargs)

    async def close(self) -> None:
        """Closes the connection; a sync under way is given up, and so is a post, which the next client makes."""
        self._closing = True
        for task in (self._syncing, self._following, self._keeping, self._posting, self._telling, self._taking_up):
            if task is not None:
                task.cancel()
        await super().close()


def _root(command: app_commands.Command[Any, ..., Any] | app_commands.Group) -> str:
    return (command.root_parent or command).name
