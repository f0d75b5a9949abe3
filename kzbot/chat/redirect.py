"""Where discord.py connects to: Discord, or a stand-in on this machine."""

import discord
import yarl
from discord import asset, gateway, http

from kzbot.errors import SettingsError
from kzbot.settings import loopback_address

_DISCORD = (http.Route.BASE, gateway.DiscordWebSocket.DEFAULT_GATEWAY, asset.Asset.BASE)


def redirect(base_url: str | None) -> None:
    """Clients made from now on use `base_url`, a plain http address of this machine; None: Discord itself.

    discord.py keeps these addresses on its classes, so they hold for the whole process. Raises SettingsError for an
    address that is not on loopback: a token must not leave for anywhere but Discord.
    """
    if base_url is None:
        http.Route.BASE, gateway.DiscordWebSocket.DEFAULT_GATEWAY, asset.Asset.BASE = _DISCORD
        return
    try:
        base = loopback_address(base_url)
    except ValueError:
        raise SettingsError(
            f"discord.base_url must be an http address of this machine (for example http://127.0.0.1:8765), not {base_url!r}."
        ) from None
    http.Route.BASE = f"{base}/api/v{discord.http.INTERNAL_API_VERSION}"
    gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(base).with_scheme("ws") / "gateway"
    asset.Asset.BASE = f"{base}/cdn"


def is_local() -> bool:
    """Whether clients use an address of this machine, and not Discord itself."""
    return _DISCORD[0] != http.Route.BASE
