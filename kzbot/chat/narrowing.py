"""By what a moderator narrows the log in the chat: options of commands, as rows of the log keep them, and as filters."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

import discord
from discord import app_commands

from kzbot.answers.model import Choice, Option
from kzbot.chat.cards.people import who
from kzbot.chat.desk import Desk
from kzbot.chat.escape import inline
from kzbot.chat.fit import CHOICES
from kzbot.operations.log_filters import STATUSES, command_choices, read_deed_filters, read_filters
from kzbot.operations.purging import read_purge
from kzbot.output.log_words import Shown
from kzbot.phrases import Phrases
from kzbot.querylog.filters import Filters
from kzbot.querylog.ledger.deeds import DeedFilters
from kzbot.querylog.people import People

WORDS = 80
"""What foreign words among others weigh at most."""


class ServerNames:
    """What servers are called, by their ids; those that the bot is not in, by their ids alone."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    def plain(self, server: int) -> str:
        """The name as it is."""
        guild = self._client.get_guild(server)
        return guild.name if guild else str(server)

    def named(self, server: int) -> str:
        """The name, escaped."""
        return inline(self.plain(server), WORDS)

    def with_ids(self, server: int) -> str:
        """The name, escaped, and the id."""
        return f"{self.named(server)} ({server})" if self._client.get_guild(server) else str(server)


class ChannelId(app_commands.Transformer):
    """The id of a channel or thread in which questions can be asked, whether the bot knows it or not."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """What Discord lets people choose."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """Of these kinds."""
        kinds = discord.ChannelType
        return [kinds.text, kinds.news, kinds.voice, kinds.stage_voice, kinds.public_thread, kinds.private_thread]

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> int:
        """Of what Discord tells of the channel, its id."""
        return int(value.id)


ChannelOption = app_commands.Transform[int, ChannelId]


def options_of(
    people: People, *, user: discord.abc.User | None = None, channel: int | None = None, **texts: str | None
) -> dict[str, Option]:
    """The options that were given, as the log keeps them: of a person what it keeps of any, never more."""
    options: dict[str, Option] = {
        name: text.strip() for name, text in texts.items() if text is not None and text.strip()
    }
    if user is not None:
        options["user"] = people.option(user.id)
    if channel is not None:
        options["channel"] = str(channel)
    return options


async def filters_of(client: discord.Client, desk: Desk, options: Mapping[str, Option], asked_at: datetime) -> Filters:
    """What options mean that were given at this moment; QuestionError where they mean nothing."""
    commands = await known_commands(client, desk)
    return read_filters(options, asked_at.astimezone(UTC).date(), desk.services.log.people, commands)


async def deed_filters_of(desk: Desk, options: Mapping[str, Option], asked_at: datetime) -> DeedFilters:
    """The same for deeds."""
    log = desk.services.log
    return read_deed_filters(options, asked_at.astimezone(UTC).date(), log.people, await log.ledger.actions())


async def known_commands(client: discord.Client, desk: Desk) -> set[str]:
    """The commands that the bot has, and those that stand in its log."""
    tree: app_commands.CommandTree[Any] = client.tree  # type: ignore[attr-defined]
    had = {one.qualified_name for one in tree.walk_commands() if isinstance(one, app_commands.Command)}
    return had | set(await desk.services.log.listing.commands())


async def suggested_commands(interaction: discord.Interaction[Any], desk: Desk, typed: str) -> tuple[Choice, ...]:
    """The commands that may be meant."""
    known = await known_commands(interaction.client, desk)
    return tuple(Choice(f"/{one}", one) for one in command_choices(typed, known)[:CHOICES])


def status_choices(phrases: Phrases, among: Collection[str] = STATUSES) -> list[app_commands.Choice[str]]:
    """Every status, in words."""
    return [app_commands.Choice(name=phrases.say(f"chat.log.status.{one}"), value=one) for one in among]


async def purge_filters_of(
    client: discord.Client, desk: Desk, options: Mapping[str, Option], asked_at: datetime
) -> Filters:
    """The questions that are to be erased; QuestionError where an option means nothing, or none was given."""
    commands = await known_commands(client, desk)
    return read_purge(options, asked_at.astimezone(UTC).date(), desk.services.log.people, commands)


def shown(phrases: Phrases, longest: float = WORDS) -> Shown:
    """Foreign words escaped and cut to that weight, people and channels as mentions, which ping nobody here."""
    return Shown(
        text=lambda text: inline(text, longest),
        user=lambda user: who(phrases, user),
        channel=lambda channel: f"<#{channel}>",
    )


def unnamed(phrases: Phrases) -> Shown:
    """The same where Discord draws no mentions, as in a list to choose from: no ids, which nobody can read."""
    hidden = phrases.say("chat.log.unnamed")
    return Shown(user=lambda user: hidden if user > 0 else who(phrases, user), channel=lambda _: hidden)
