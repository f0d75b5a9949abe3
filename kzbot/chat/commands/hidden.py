"""Groups of commands that Discord shows to moderators only, as far as it can tell who they are."""

import discord
from discord import app_commands

from kzbot.chat.desk import Desk


def moderators_group(desk: Desk, name: str, description: str) -> app_commands.Group:
    """A group for servers only, hidden from who lacks the moderators' permission.

    Where a role makes moderators, Discord cannot hide it by that. Hiding is no check: a server's settings can undo it.
    """
    settings = desk.services.settings.discord
    hidden = (
        None if settings.moderator_role is not None else discord.Permissions(**{settings.moderator_permission: True})
    )
    return app_commands.Group(
        name=name,
        description=description,
        default_permissions=hidden,
        allowed_contexts=app_commands.AppCommandContext(guild=True),
        extras={"moderators": True},
    )
