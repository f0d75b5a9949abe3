"""Where discord.py connects to: Discord, or a stand-in on this machine."""

import ipaddress
from urllib.parse import urlsplit

import discord
import yarl
from discord import asset, gateway, http

from kzbot.errors import SettingsError

_DISCORD = (http.Route.BASE, gateway.DiscordWebSocket.DEFAULT_GATEWAY, asset.Asset.BASE)


def redirect(base_url: str | None) -> None:
    """Clients made from now on use `base_url`, a plain http address of this machine; None: Discord itself.

    discord.py keeps these addresses on its classes, so they hold for the whole process. Raises SettingsError for an
    address that is not on loopback: a token must not leave for anywhere but Discord.
    """
    if base_url is None:
        http.Route.BASE, gateway.DiscordWebSocket.DEFAULT_GATEWAY, asset.Asset.BASE = _DISCORD
        return
    parts = urlsplit(base_url)
    if parts.scheme != "http" or not _is_loopback(parts.hostname or ""):
        raise SettingsError(
            f"discord.base_url must be an http address of this machine (for example http://127.0.0.1:8765), not {base_url!r}."
        )
    base = f"http://{parts.netloc}"
    http.Route.BASE = f"{base}/api/v{discord.http.INTERNAL_API_VERSION}"
    gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"ws://{parts.netloc}/gateway")
    asset.Asset.BASE = f"{base}/cdn"


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
