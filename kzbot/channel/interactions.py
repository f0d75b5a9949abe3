"""Interactions: what a person does becomes an event for the bot; its callbacks and follow-ups come back here.

Rules of Discord kept here: the first answer within 3 s, once; a token lives 15 minutes; the first follow-up of a
deferred reply fills it; a private reply belongs to the person who asked.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from kzbot.channel.dialogs import check_modal
from kzbot.channel.gateway import Gateway
from kzbot.channel.identity import APPLICATION, BOT_PERMISSIONS, BOT_USER, HOME, Person, Place, Snowflakes
from kzbot.channel.messages import EPHEMERAL, LOADING, Message, Messages, Upload
from kzbot.channel.objects import channel, person_member, person_user
from kzbot.channel.refusal import Fault, already_answered, expired_token, invalid_form, unknown
from kzbot.channel.uploads import FILE_BYTES
from kzbot.channel.validation import check_choices
from kzbot.errors import ChannelError

Payload = dict[str, Any]
COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 2, 3, 4, 5
REPLY, DEFERRED_REPLY, DEFERRED_UPDATE, UPDATE, CHOICES, DIALOG = 4, 5, 6, 7, 8, 9
TOKEN_SECONDS = 900.0
REMEMBERED = 2_000  # interactions whose tokens are still known


class NoAnswerError(ChannelError):
    """The bot did not answer within the response window."""


@dataclass
class Asked:
    """One interaction under way."""

    id: str
    token: str
    kind: int
    person: Person
    place: Place
    text: str | None
    source: Message | None
    target: str | None
    answered: asyncio.Future[Payload]
    began: float = field(default_factory=time.monotonic)
    original: Message | None = None
    followups: list[Message] = field(default_factory=list)
    filled: asyncio.Event = field(default_factory=asyncio.Event)
    dialog: Payload | None = None  # what it opened

    @property
    def under_way(self) -> bool:
        """Whether the bot has yet to answer, within the time that it has for that."""
        if not self.answered.done():
            return True
        kind = self.answered.result().get("type")
        promised = kind == DEFERRED_REPLY or (
            kind == DEFERRED_UPDATE and not self.followups
        )  # which are its answer then
        return promised and not self.filled.is_set() and time.monotonic() - self.began < TOKEN_SECONDS


class Reply:
    """What came of an interaction; `message` and `followups` always show the present state."""

    def __init__(self, asked: Asked, body: Payload, seconds: float) -> None:
        self._asked = asked
        self.type = int(body["type"])
        self.data: Payload = body.get("data") or {}
        self.seconds = seconds
        self.token = asked.token
        self.id = asked.id

    @property
    def message(self) -> Payload | None:
        """The reply, or the message that was updated, as Discord would give it back."""
        return self._asked.original.body if self._asked.original else None

    @property
    def message_id(self) -> str:
        """Raises ChannelError where there is no message."""
        if self._asked.original is None:
            raise ChannelError("This reply has no message.")
        return self._asked.original.id

    @property
    def followups(self) -> list[Payload]:
        return [message.body for message in self._asked.followups]

    @property
    def private(self) -> bool:
        return bool(self.message and self.message["flags"] & EPHEMERAL)

    @property
    def choices(self) -> list[Payload]:
        return list(self.data.get("choices") or [])

    @property
    def modal(self) -> Payload | None:
        return self.data if self.type == DIALOG else None

    async def filled(self, timeout: float = 10.0) -> Reply:  # noqa: ASYNC109 - the limit belongs to the promise
        """Waits until a deferred reply has its content. Raises NoAnswerError."""
        if self.type in (DEFERRED_REPLY, DEFERRED_UPDATE):
            try:
                async with asyncio.timeout(timeout):
                    await self._asked.filled.wait()
            except TimeoutError as error:
                raise NoAnswerError(f"The deferred reply was not filled within {timeout} s.") from error
        return self


def _message_type(asked: Asked) -> int:
    """What Discord calls the reply: one to a slash command, to an entry of a message's menu, or to anything else."""
    if asked.kind != COMMAND:
        return 0
    return 20 if asked.target is None else 23


class Interactions:
    """Sends interactions to the bot and takes its answers."""

    def __init__(self, gateway: Gateway, messages: Messages, ids: Snowflakes) -> None:
        self._gateway = gateway
        self._messages = messages
        self._ids = ids
        self._by_token: dict[str, Asked] = {}
        self.window = 3.0
        self.token_seconds = TOKEN_SECONDS
        self.locale = "en-US"

    async def ask(
        self,
        kind: int,
        data: Payload,
        person: Person,
        place: Place = HOME,
        *,
        source: Message | None = None,
        text: str | None = None,
    ) -> Reply:
        """Sends one interaction and waits for its first answer. Raises NoAnswerError."""
        future: asyncio.Future[Payload] = asyncio.get_running_loop().create_future()
        target = data.get("target_id")
        asked = Asked(self._ids.next(), secrets.token_urlsafe(48), kind, person, place, text, source, target, future)
        self._by_token[asked.token] = asked
        for token in list(self._by_token)[: max(0, len(self._by_token) - REMEMBERED)]:
            del self._by_token[token]
        await self._gateway.dispatch("INTERACTION_CREATE", self._event(asked, data))
        done, _ = await asyncio.wait({future}, timeout=self.window)
        if not done:
            raise NoAnswerError("The application did not respond")
        return Reply(asked, future.result(), time.monotonic() - asked.began)

    def opened(self, person: Person, dialog: str) -> Asked:
        """What opened that dialog (its custom id, or the id of what opened it) for this person, the newest first.

        Raises ChannelError where no such dialog is open.
        """
        for asked in reversed(self._by_token.values()):
            if asked.dialog and asked.person == person and dialog in (asked.id, asked.dialog["custom_id"]):
                return asked
        raise ChannelError("This dialog is not open any more.")

    def under_way(self) -> set[str]:
        """The ids of replies that the bot has promised and not given yet."""
        return {one.original.id for one in self._by_token.values() if one.original is not None and one.under_way}

    def forget(self, user: int, messages: Collection[str]) -> None:
        """Lets go of what this person asked, and of what led to those messages, unless it is under way."""
        for token, asked in list(self._by_token.items()):
            led = {one.id for one in (asked.original, asked.source, *asked.followups) if one is not None}
            if not asked.under_way and (asked.person.id == user or not led.isdisjoint(messages)):
                del self._by_token[token]

    def _event(self, asked: Asked, data: Payload) -> Payload:
        place, person = asked.place, asked.person
        rights = self._gateway.rights.get(place.channel, BOT_PERMISSIONS)
        event: Payload = {
            "id": asked.id,
            "application_id": str(APPLICATION),
            "type": asked.kind,
            "token": asked.token,
            "version": 1,
            "data": data,
            "channel_id": str(place.channel),
            "channel": channel(place, rights),
            "locale": self.locale,
            "app_permissions": str(rights),
            "entitlements": [],
            "authorizing_integration_owners": {"0": str(place.guild or 0)},
            "context": 1 if place.guild is None else 0,
            "attachment_size_limit": FILE_BYTES,
        }
        if place.guild is None:
            event["user"] = person_user(person)
        else:
            event["guild_id"], event["guild_locale"] = str(place.guild), "en-US"
            event["guild"] = {"id": str(place.guild), "locale": "en-US", "features": []}
            event["member"] = person_member(person, place)
        if asked.source is not None:
            event["message"] = asked.source.body
        return event

    # ---- what the bot sends back

    def callback(self, identity: str, token: str, body: Payload, uploads: list[Upload]) -> Payload:
        """The first answer. Raises Discord's refusals: 10062, 40060, 50035."""
        asked = self._by_token.get(token)
        if asked is None or asked.id != identity or time.monotonic() - asked.began > self.window:
            raise unknown("Interaction")
        if asked.answered.done():
            raise already_answered()
        kind, data = body.get("type"), body.get("data") or {}
        asked.original = self._apply(asked, kind, data, uploads)
        asked.answered.set_result(body)
        message = asked.original
        about: Payload = {"id": asked.id, "type": asked.kind, "response_message_loading": kind == DEFERRED_REPLY}
        result: Payload = {"interaction": about}
        if message is not None:
            about["response_message_id"] = message.id
            about["response_message_ephemeral"] = message.viewer is not None
            result["resource"] = {"type": kind, "message": message.body}
        return result

    def _apply(self, asked: Asked, kind: Any, data: Payload, uploads: list[Upload]) -> Message | None:
        if kind == REPLY:
            return self._add(asked, data, uploads)
        if kind == DEFERRED_REPLY:
            return self._add(asked, {"flags": (data.get("flags") or 0) & EPHEMERAL | LOADING}, [])
        if kind in (DEFERRED_UPDATE, UPDATE) and asked.source is not None:
            return self._messages.edit(asked.source, data, uploads) if kind == UPDATE else asked.source
        if kind == CHOICES and asked.kind == AUTOCOMPLETE:
            check_choices(data.get("choices") or [])
            return None
        if kind == DIALOG and asked.kind in (COMMAND, COMPONENT):
            check_modal(data)
            asked.dialog = data
            return None
        raise invalid_form([Fault("type", "Invalid interaction callback type for this interaction.")])

    def _add(self, asked: Asked, data: Payload, uploads: list[Upload]) -> Message:
        owners = {"0": str(asked.place.guild or 0)}
        about: Payload = {"id": asked.id, "type": asked.kind, "user": person_user(asked.person)}
        about["authorizing_integration_owners"] = owners
        if asked.source is not None:
            about["interacted_message_id"] = asked.source.id
        if asked.target is not None:
            about["target_message_id"] = asked.target
        return self._messages.add(
            data,
            uploads,
            place=asked.place,
            viewer=asked.person.id if (data.get("flags") or 0) & EPHEMERAL else None,
            asked=asked.text,
            extra={
                "type": _message_type(asked),
                "interaction_metadata": about,
                "application_id": str(APPLICATION),
                "webhook_id": str(BOT_USER),
            },
        )

    def follow_up(self, token: str, body: Payload, uploads: list[Upload]) -> Message:
        """A further message; the first one after "thinking" fills that. Raises Discord's refusals."""
        asked = self._live(token)
        if asked.original is not None and asked.original.loading:
            return self._fill(asked, asked.original, body, uploads)
        message = self._add(asked, body, uploads)
        asked.followups.append(message)
        return message

    def find(self, token: str, identity: str) -> Message:
        """The message of that token: `@original`, or a follow-up by id. Raises Discord's refusals."""
        asked = self._live(token)
        if identity == "@original":
            if asked.original is None:
                raise unknown("Message")
            return self._messages.get(asked.original.id)
        return self._messages.get(identity)

    def edit(self, token: str, identity: str, body: Payload, uploads: list[Upload]) -> Message:
        return self._fill(self._live(token), self.find(token, identity), body, uploads)

    def delete(self, token: str, identity: str) -> None:
        self._messages.delete(self.find(token, identity))

    def _fill(self, asked: Asked, message: Message, body: Payload, uploads: list[Upload]) -> Message:
        self._messages.edit(message, body, uploads)
        if asked.original is not None and message.id == asked.original.id:
            asked.filled.set()
        return message

    def _live(self, token: str) -> Asked:
        asked = self._by_token.get(token)
        if asked is None or not asked.answered.done() or time.monotonic() - asked.began > self.token_seconds:
            raise expired_token()
        return asked
