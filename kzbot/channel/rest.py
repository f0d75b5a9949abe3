"""The REST side: the routes of Discord's API v10 that discord.py asks for, answered in Discord's forms."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from kzbot.channel import objects
from kzbot.channel.commands import GLOBAL, Commands
from kzbot.channel.gateway import Gateway
from kzbot.channel.identity import (
    APPLICATION,
    ATTACH_FILES,
    BOT_PERMISSIONS,
    KNOWN,
    MANAGE_MESSAGES,
    PLACES,
    SEND_MESSAGES,
    VIEW_CHANNEL,
    Place,
    direct_with,
)
from kzbot.channel.interactions import Interactions
from kzbot.channel.messages import Message, Messages, Upload
from kzbot.channel.refusal import (
    Fault,
    Refusal,
    closed_to_you,
    invalid_form,
    invalid_recipient,
    missing_access,
    missing_permissions,
    no_mutual_guilds,
    not_your_application,
    not_yours,
    unknown,
)

Payload = dict[str, Any]
OnPayload = Callable[[str, str, Any, tuple[str, ...]], None]
CALLBACK_SCHEMAS = {
    4: "CreateMessageInteractionCallbackRequest",
    5: "CreateMessageInteractionCallbackRequest",
    6: "UpdateMessageInteractionCallbackRequest",
    7: "UpdateMessageInteractionCallbackRequest",
    8: "ApplicationCommandAutocompleteCallbackRequest",
    9: "ModalInteractionCallbackRequest",
}
SPAN = {"limit": 50, "before": 1 << 64, "after": 0}


class Rest:
    """Handlers by resource; every body from the bot is shown to `on_payload(schema, where, body, file names)`.

    `closed` are the users who take no direct messages, as their settings in Discord would have it.
    """

    def __init__(
        self,
        gateway: Gateway,
        commands: Commands,
        messages: Messages,
        interactions: Interactions,
        on_payload: OnPayload | None,
    ) -> None:
        self._gateway = gateway
        self._commands = commands
        self._messages = messages
        self._interactions = interactions
        self._on_payload = on_payload
        self.closed: set[int] = set()
        self.commands_changed: Callable[[], None] = lambda: None

    def routes(self) -> list[web.RouteDef]:
        """Everything under /api/v10; what is not listed is answered with Discord's 404."""
        table: list[tuple[str, str, Callable[[web.Request], Awaitable[web.StreamResponse]]]] = [
            ("GET", "/gateway", self.gateway_address),
            ("GET", "/gateway/bot", self.gateway_address),
            ("GET", "/users/@me", self.me),
            ("POST", "/users/@me/channels", self.open_direct),
            ("GET", "/users/@me/guilds", self.my_guilds),
            ("DELETE", "/users/@me/guilds/{guild}", self.leave_guild),
            ("GET", "/users/{user}", self.user),
            ("GET", "/applications/@me", self.application),
            ("GET", "/oauth2/applications/@me", self.application),
            ("GET", "/applications/{app}/commands", self.get_commands),
            ("PUT", "/applications/{app}/commands", self.put_commands),
            ("GET", "/applications/{app}/guilds/{guild}/commands", self.get_commands),
            ("PUT", "/applications/{app}/guilds/{guild}/commands", self.put_commands),
            ("POST", "/interactions/{id}/{token}/callback", self.callback),
            ("POST", "/webhooks/{app}/{token}", self.follow_up),
            ("GET", "/webhooks/{app}/{token}/messages/{message}", self.get_reply),
            ("PATCH", "/webhooks/{app}/{token}/messages/{message}", self.edit_reply),
            ("DELETE", "/webhooks/{app}/{token}/messages/{message}", self.delete_reply),
            ("GET", "/guilds/{guild}", self.guild),
            ("GET", "/guilds/{guild}/channels", self.guild_channels),
            ("GET", "/guilds/{guild}/roles", self.guild_roles),
            ("GET", "/guilds/{guild}/members/{user}", self.guild_member),
            ("GET", "/channels/{channel}", self.channel),
            ("GET", "/channels/{channel}/messages", self.get_messages),
            ("POST", "/channels/{channel}/messages", self.post_message),
            ("POST", "/channels/{channel}/typing", self.typing),
            ("GET", "/channels/{channel}/messages/{message}", self.get_message),
            ("PATCH", "/channels/{channel}/messages/{message}", self.edit_message),
            ("DELETE", "/channels/{channel}/messages/{message}", self.delete_message),
            ("*", "/{tail:.*}", self.nothing),
        ]
        return [web.route(method, f"/api/v10{path}", _answering(handler)) for method, path, handler in table]

    # ---- the bot itself

    async def gateway_address(self, request: web.Request) -> web.Response:
        limit = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
        return reply({"url": self._gateway.url, "shards": 1, "session_start_limit": limit})

    async def me(self, request: web.Request) -> web.Response:
        return reply(objects.bot_user())

    async def user(self, request: web.Request) -> web.Response:
        return reply(_found(objects.known_users().get(request.match_info["user"]), "User"))

    async def application(self, request: web.Request) -> web.Response:
        return reply(objects.application())

    async def open_direct(self, request: web.Request) -> web.Response:
        """The direct messages with a user; they can be opened also where none can be sent."""
        body, _ = await read(request)
        self._show("CreatePrivateChannelRequest", "POST direct messages", body)
        person = next((one for one in KNOWN if str(one.id) == str(body.get("recipient_id"))), None)
        if person is None:
            raise invalid_recipient()
        return reply(objects.private_channel(direct_with(person)))

    async def my_guilds(self, request: web.Request) -> web.Response:
        return reply([objects.guild(one, self._gateway.rights) for one in self._gateway.guilds])

    async def leave_guild(self, request: web.Request) -> web.Response:
        await self._gateway.leave(self._guild_id(request))
        return web.Response(status=204)

    async def get_commands(self, request: web.Request) -> web.Response:
        whole_ones = request.query.get("with_localizations") in ("1", "true")
        return reply(self._commands.get(self._command_scope(request), localizations=whole_ones))

    async def put_commands(self, request: web.Request) -> web.Response:
        scope, body = self._command_scope(request), await request.json()
        self._show("ApplicationCommandUpdateRequest", "PUT commands", body)
        answer = reply(self._commands.put(scope, body))
        self.commands_changed()
        return answer

    def _command_scope(self, request: web.Request) -> str:
        """Whose commands are meant; Discord's 20012 or 50001 for another application, or a server without the bot."""
        if request.match_info["app"] != str(APPLICATION):
            raise not_your_application()
        scope = request.match_info.get("guild", GLOBAL)
        if scope != GLOBAL and scope not in map(str, self._gateway.guilds):
            raise missing_access()
        return scope

    # ---- interactions

    async def callback(self, request: web.Request) -> web.Response:
        body, uploads = await read(request)
        kind = body.get("type")
        self._show(CALLBACK_SCHEMAS.get(kind or 0, "PongInteractionCallbackRequest"), f"callback {kind}", body, uploads)
        keys = request.match_info
        answer = self._interactions.callback(keys["id"], keys["token"], body, uploads)
        return reply(answer) if request.query.get("with_response") in ("1", "true") else web.Response(status=204)

    async def follow_up(self, request: web.Request) -> web.Response:
        body, uploads = await read(request)
        self._show("IncomingWebhookRequestPartial", "POST follow-up", body, uploads)
        return reply(self._interactions.follow_up(request.match_info["token"], body, uploads).body)

    async def get_reply(self, request: web.Request) -> web.Response:
        return reply(self._interactions.find(request.match_info["token"], request.match_info["message"]).body)

    async def edit_reply(self, request: web.Request) -> web.Response:
        body, uploads = await read(request)
        self._show("IncomingWebhookUpdateRequestPartial", "PATCH follow-up", body, uploads)
        keys = request.match_info
        return reply(self._interactions.edit(keys["token"], keys["message"], body, uploads).body)

    async def delete_reply(self, request: web.Request) -> web.Response:
        self._interactions.delete(request.match_info["token"], request.match_info["message"])
        return web.Response(status=204)

    # ---- servers and channels

    def _guild_id(self, request: web.Request) -> int:
        wanted = request.match_info["guild"]
        return int(_found(next((one for one in self._gateway.guilds if str(one) == wanted), None), "Guild"))

    def _place(self, request: web.Request, needed: int = 0) -> Place:
        """The channel where the bot sees it and has the permissions `needed`, else Discord's 10003, 50001 or 50013."""
        wanted = request.match_info["channel"]
        place = next((one for one in PLACES.values() if str(one.channel) == wanted), None)
        if place is None:
            raise unknown("Channel")
        rights = self._gateway.rights.get(place.channel, BOT_PERMISSIONS)
        if place.guild not in (None, *self._gateway.guilds) or not rights & VIEW_CHANNEL:
            raise missing_access()
        if rights & needed != needed:
            raise missing_permissions()
        if needed & SEND_MESSAGES and place.person is not None:
            self._reach(place.person)
        return place

    def _reach(self, user: int) -> None:
        """Raises Discord's 50278 or 50007 where the bot cannot write to that person by itself."""
        if not any(self._gateway.servers.shared_with(one) for one in KNOWN if one.id == user):
            raise no_mutual_guilds()
        if user in self.closed:
            raise closed_to_you()

    def _shared(self, request: web.Request) -> Message:
        """A message of that channel that everybody sees: private replies are reached by their token only."""
        place = self._place(request)
        message = self._messages.get(request.match_info["message"])
        if message.place != place or message.viewer is not None:
            raise unknown("Message")
        return message

    async def guild(self, request: web.Request) -> web.Response:
        return reply(objects.guild(self._guild_id(request), self._gateway.rights))

    async def guild_channels(self, request: web.Request) -> web.Response:
        return reply(objects.guild(self._guild_id(request), self._gateway.rights)["channels"])

    async def guild_roles(self, request: web.Request) -> web.Response:
        return reply(objects.roles(self._guild_id(request)))

    async def guild_member(self, request: web.Request) -> web.Response:
        self._guild_id(request)
        return reply(_found(objects.members().get(request.match_info["user"]), "Member"))

    async def channel(self, request: web.Request) -> web.Response:
        place = self._place(request)
        if place.person is not None:
            return reply(objects.private_channel(place))
        return reply(objects.channel(place, self._gateway.rights.get(place.channel, BOT_PERMISSIONS)))

    async def get_messages(self, request: web.Request) -> web.Response:
        """The newest first; `before` and `after` (ids) end the span, of which `after` gives the oldest."""
        place, asked = self._place(request), request.query
        limit, before, after = (whole(asked.get(key), usual) for key, usual in SPAN.items())
        shared = [one.body for one in self._messages.in_place(place) if one.viewer is None]
        found = [one for one in shared if after < int(one["id"]) < before]
        return reply((found[: max(1, limit)] if "after" in asked else found[-max(1, limit) :])[::-1])

    async def post_message(self, request: web.Request) -> web.Response:
        place = self._place(request, SEND_MESSAGES)
        body, uploads = await read(request)
        self._show("MessageCreateRequest", "POST message", body, uploads)
        if uploads:
            self._place(request, ATTACH_FILES)
        nonce = str(body.get("nonce") or "")
        if nonce and body.get("enforce_nonce"):
            already = [one.body for one in self._messages.in_place(place) if one.by_bot and one.nonce == nonce]
            if already:
                return reply(already[-1])
        return reply(self._messages.add(body, uploads, place=place, extra={"nonce": nonce} if nonce else None).body)

    async def typing(self, request: web.Request) -> web.Response:
        self._place(request, SEND_MESSAGES)
        return web.Response(status=204)

    async def get_message(self, request: web.Request) -> web.Response:
        return reply(self._shared(request).body)

    async def edit_message(self, request: web.Request) -> web.Response:
        body, uploads = await read(request)
        self._show("MessageEditRequestPartial", "PATCH message", body, uploads)
        message = self._shared(request)
        if not message.by_bot:
            raise not_yours()
        return reply(self._messages.edit(message, body, uploads).body)

    async def delete_message(self, request: web.Request) -> web.Response:
        message = self._shared(request)
        if not message.by_bot:
            self._place(request, MANAGE_MESSAGES)
        self._messages.delete(message)
        return web.Response(status=204)

    async def nothing(self, request: web.Request) -> web.Response:
        raise Refusal(404, 0, "404: Not Found")

    def _show(self, schema: str, where: str, body: Any, uploads: list[Upload] | None = None) -> None:
        if self._on_payload is not None:
            self._on_payload(schema, where, body, tuple(upload.filename for upload in uploads or []))


def _answering(
    handler: Callable[[web.Request], Awaitable[web.StreamResponse]],
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """Turns a Refusal, or a body that is not JSON, into Discord's error answer."""

    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except Refusal as refusal:
            return reply(refusal.body, refusal.status)
        except (json.JSONDecodeError, UnicodeDecodeError):
            return reply({"code": 50109, "message": "The request body contains invalid JSON."}, 400)

    return answer


def whole(text: str | None, usual: int) -> int:
    """A number of an address; raises Discord's refusal of anything else."""
    if text is None:
        return usual
    if not text.isdecimal() or len(text) > 20:
        raise invalid_form([Fault("_", f"Value {text[:30]!r} is not int.")])
    return int(text)


def _found(value: Any, what: str) -> Any:
    if value is None:
        raise unknown(what)
    return value


def reply(body: Any, status: int = 200) -> web.Response:
    """JSON with the bare content type that discord.py compares to the letter."""
    return web.Response(body=json.dumps(body).encode(), status=status, content_type="application/json")


async def read(request: web.Request) -> tuple[Payload, list[Upload]]:
    """A JSON body, or a multipart one with `payload_json` and `files[n]`."""
    if not request.content_type.startswith("multipart/"):
        return _object(await request.json()), []
    form = await request.post()
    uploads = [
        Upload(key[6:-1], value.filename, value.file.read())
        for key, value in form.items()
        if key.startswith("files[") and isinstance(value, web.FileField)
    ]
    return _object(json.loads(str(form.get("payload_json") or "{}"))), uploads


def _object(body: Any) -> Payload:
    if not isinstance(body, dict):
        raise invalid_form([Fault("_", "Only dictionaries may be used in a DictType.")])
    return body
