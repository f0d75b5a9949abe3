"""Tells Discord which commands there are, only when they changed: each telling counts against a daily limit."""

import hashlib
import json
import logging

import discord
from discord import app_commands

from kzbot.querylog.log import QueryLog

_log = logging.getLogger(__name__)


def tree_hash(tree: app_commands.CommandTree[discord.Client]) -> str:
    """A hash of all that Discord is told about the commands."""
    told = [command.to_dict(tree) for command in tree.get_commands()]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


async def sync_commands(tree: app_commands.CommandTree[discord.Client], log: QueryLog, *, always: bool = False) -> bool:
    """Syncs when the commands differ from those synced last for this application; whether it did.

    `always` (a stand-in that may have forgotten them) syncs in any case. What Discord refuses is reported in the
    process's log and tried again at the next start; the commands that it knows go on working.
    """
    key = f"commands:{tree.client.application_id}"
    told = tree_hash(tree)
    if not always and await log.state(key) == told:
        return False
    try:
        await tree.sync()
    except (discord.HTTPException, app_commands.AppCommandError) as error:
        _log.warning("The commands could not be synced; they are tried again at the next start: %s", error)
        return False
    if not always:
        await log.set_state(key, told)
    return True
