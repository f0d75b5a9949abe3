"""What the chat itself holds of what was erased: words in memory, and cards that it posted by itself."""

import logging
from typing import TYPE_CHECKING

import discord

if TYPE_CHECKING:
    from kzbot.chat.client import ChatClient
    from kzbot.operations.erasing.eraser import Forgotten

_log = logging.getLogger(__name__)


class Forgetting:
    """Forgets in the client that answers at the moment, `client`; one for all clients of a run."""

    def __init__(self) -> None:
        self.client: ChatClient | None = None

    async def forget(self, forgotten: "Forgotten") -> None:
        """Lets go of it in memory, and takes back the posts that hold words of it; what Discord refuses is logged, for the
        rows are gone, and moderators see the post and can delete it."""
        client = self.client
        if client is None:
            return
        await client.desk.forget(forgotten)
        for channel, message in forgotten.posts:
            try:
                await client.get_partial_messageable(channel).get_partial_message(message).delete()
            except discord.NotFound:
                continue
            except Exception as error:  # noqa: BLE001 - the rest is still to be forgotten
                _log.warning("A card that holds words that were erased could not be deleted in Discord: %s", error)
