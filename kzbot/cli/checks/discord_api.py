"""What Discord says of the bot: is the token good, is it in its home server, may moderators be known there."""

from dataclasses import dataclass
from typing import Any

import aiohttp

from kzbot.cli.checks.check import Check
from kzbot.cli.checks.refused import Refused
from kzbot.cli.checks.rooms import check_rooms
from kzbot.cli.checks.token_shape import invite_link
from kzbot.phrases import Phrases
from kzbot.settings import DiscordSettings

_DISCORD = "https://discord.com"
_ADMINISTRATOR = 1 << 3
_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class _Api:
    """Discord's HTTP API with the bot's token."""

    session: aiohttp.ClientSession
    base: str

    async def get(self, path: str) -> Any:
        """What stands at `path`; Refused for any status but success."""
        async with self.session.get(f"{self.base}/api/v10{path}") as response:
            if response.status != 200:
                raise Refused(response.status)
            return await response.json()


def _session(token: str) -> aiohttp.ClientSession:
    headers = {"Authorization": f"Bot {token}", "User-Agent": "DiscordBot (kzbot, doctor)"}
    return aiohttp.ClientSession(headers=headers, timeout=aiohttp.ClientTimeout(total=_SECONDS))


async def registered_commands(settings: DiscordSettings, token: str, application: int) -> list[dict[str, Any]] | None:
    """The commands that Discord has of this application, as its API writes them; None where it does not say."""
    try:
        async with _session(token) as session:
            api = _Api(session, settings.base_url or _DISCORD)
            found: list[dict[str, Any]] = await api.get(f"/applications/{application}/commands?with_localizations=true")
            return found
    except (Refused, aiohttp.ClientError, ValueError, OSError):
        return None


async def check_discord(settings: DiscordSettings, token: str, phrases: Phrases) -> tuple[list[Check], int | None]:
    """What Discord says, and the id of the application where it is known; one warning where Discord cannot be reached."""
    subject = phrases.say("cli.doctor.discord")
    try:
        async with _session(token) as session:
            return await _ask(_Api(session, settings.base_url or _DISCORD), settings, phrases)
    except Refused as refused:
        if refused.status == 401:
            found, mend = phrases.say("cli.doctor.discord_refused"), phrases.say("cli.doctor.token_where")
            return [Check(subject, "wrong", found, mend)], None
        said = phrases.say("cli.doctor.discord_status", status=refused.status)
        return [Check(subject, "warning", said, phrases.say("cli.doctor.discord_later"))], None
    except (aiohttp.ClientError, ValueError, OSError) as error:
        said = phrases.say("cli.doctor.discord_unreachable", reason=str(error) or type(error).__name__)
        return [Check(subject, "warning", said, phrases.say("cli.doctor.discord_network"))], None


async def _ask(api: _Api, settings: DiscordSettings, phrases: Phrases) -> tuple[list[Check], int]:
    me = await api.get("/users/@me")
    application = await api.get("/applications/@me")
    servers = await api.get("/users/@me/guilds")
    subject = phrases.say("cli.doctor.discord")
    checks = [Check(subject, "ok", phrases.say("cli.doctor.discord_bot", name=me["username"], count=len(servers)))]
    if application.get("bot_require_code_grant"):
        found = phrases.say("cli.doctor.code_grant")
        checks.append(
            Check(phrases.say("cli.doctor.invite"), "wrong", found, phrases.say("cli.doctor.code_grant_mend"))
        )
    id_ = int(application["id"])
    checks += await _home(api, settings, servers, phrases, id_)
    return checks, id_


async def _home(
    api: _Api, settings: DiscordSettings, servers: list[dict[str, Any]], phrases: Phrases, application: int
) -> list[Check]:
    """The home server: that there is one, that the bot is in it, and that its moderators can be known."""
    subject = phrases.say("cli.doctor.home")
    invite = phrases.say("cli.doctor.home_invite", invite=invite_link(application))
    if settings.home_server is None and len(servers) != 1:
        if not servers:
            return [Check(subject, "warning", phrases.say("cli.doctor.home_nowhere"), invite)]
        several = phrases.say("cli.doctor.home_several", count=len(servers))
        return [Check(subject, "wrong", several, phrases.say("cli.doctor.home_set"))]
    wanted = settings.home_server or int(servers[0]["id"])
    server = next((each for each in servers if int(each["id"]) == wanted), None)
    if server is None:
        return [Check(subject, "wrong", phrases.say("cli.doctor.home_absent", id=wanted), invite)]
    checks = [Check(subject, "ok", phrases.say("cli.doctor.home_name", name=server["name"], id=wanted))]
    if int(server.get("permissions") or 0) & _ADMINISTRATOR:
        much = phrases.say("cli.doctor.permissions_much")
        mend = phrases.say("cli.doctor.permissions_mend")
        checks.append(Check(phrases.say("cli.doctor.permissions"), "warning", much, mend))
    else:
        checks.append(Check(phrases.say("cli.doctor.permissions"), "ok", phrases.say("cli.doctor.permissions_none")))
    checks += await _scope(api, wanted, phrases, application)
    checks.append(await _moderators(api, settings, wanted, phrases))
    return [*checks, *await check_rooms(api.get, settings, server, application, phrases)]


async def _scope(api: _Api, server: int, phrases: Phrases, application: int) -> list[Check]:
    """What is not well with commands in the home server: that the bot may have none, or that it has some there alone."""
    subject = phrases.say("cli.doctor.scope")
    try:
        own = await api.get(f"/applications/{application}/guilds/{server}/commands")
    except Refused as refused:
        if refused.status != 403:
            return []
        invite = phrases.say("cli.doctor.scope_mend", invite=invite_link(application))
        return [Check(subject, "wrong", phrases.say("cli.doctor.scope_missing"), invite)]
    if not own:
        return []
    names = ", ".join(str(one.get("name")) for one in own)
    found = phrases.say("cli.doctor.scope_own", names=names)
    return [Check(subject, "warning", found, phrases.say("cli.doctor.scope_own_mend"))]


async def _moderators(api: _Api, settings: DiscordSettings, server: int, phrases: Phrases) -> Check:
    subject = phrases.say("cli.doctor.moderators")
    permission = phrases.say("cli.doctor.moderators_permission", permission=settings.moderator_permission)
    if settings.moderator_role is None:
        return Check(subject, "ok", permission)
    roles = await api.get(f"/guilds/{server}/roles")
    role = next((each for each in roles if int(each["id"]) == settings.moderator_role), None)
    if role is None:
        gone = phrases.say("cli.doctor.role_gone", id=settings.moderator_role)
        return Check(subject, "wrong", gone, phrases.say("cli.doctor.role_mend"))
    return Check(subject, "ok", phrases.say("cli.doctor.moderators_role", role=role["name"], also=permission))
