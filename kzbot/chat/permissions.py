"""Who may ask where, and who is a moderator: checked here by the bot itself, on every command and button."""

from enum import Enum

import discord

from kzbot.settings import DiscordSettings


class Standing(Enum):
    """Where somebody stands who asks."""

    HOME = "home"
    ELSEWHERE = "elsewhere"
    DIRECT = "direct"


def home_server(client: discord.Client, settings: DiscordSettings) -> int | None:
    """The id of the home server: the one of the settings, else the only one that the bot is in, else None."""
    if settings.home_server is not None:
        return settings.home_server
    return client.guilds[0].id if len(client.guilds) == 1 else None


def standing(interaction: discord.Interaction[discord.Client], settings: DiscordSettings) -> Standing:
    """Where this was asked; a server that is not known to be the home server is elsewhere."""
    if interaction.guild_id is None:
        return Standing.DIRECT
    return Standing.HOME if interaction.guild_id == home_server(interaction.client, settings) else Standing.ELSEWHERE


def may_ask(interaction: discord.Interaction[discord.Client], settings: DiscordSettings) -> bool:
    """Whether questions are answered here: at home, in direct messages, and in other servers where the settings say so."""
    return standing(interaction, settings) is not Standing.ELSEWHERE or settings.other_servers == "ask"


def is_moderator(interaction: discord.Interaction[discord.Client], settings: DiscordSettings) -> bool:
    """Whether this is a moderator acting in the home server; in doubt not.

    The permission is the server's own, not one that a channel adds; administrators and the owner have it.
    """
    member = interaction.user
    if standing(interaction, settings) is not Standing.HOME or not isinstance(member, discord.Member):
        return False
    if interaction.guild is None or interaction.guild.unavailable:
        return False
    if settings.moderator_role is not None and member.get_role(settings.moderator_role) is not None:
        return True
    return bool(getattr(member.guild_permissions, settings.moderator_permission, False))


def private_by_default(interaction: discord.Interaction[discord.Client], settings: DiscordSettings) -> bool:
    """Whether an answer here is private unless asked otherwise: the channel's setting, its parent's, then the general one."""
    if interaction.guild_id is None:
        return False
    channel = interaction.channel
    for known in (getattr(channel, "id", None), getattr(channel, "parent_id", None)):
        if known in settings.private_channels:
            return True
        if known in settings.public_channels:
            return False
    return settings.private
