"""What a person can do in the channel. The page and the tests both come in here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kzbot.channel.commands import Commands, attachments, typed
from kzbot.channel.dialogs import answered
from kzbot.channel.identity import HOME, MEMBER, Person, Place, direct_with
from kzbot.channel.interactions import AUTOCOMPLETE, COMMAND, COMPONENT, MODAL, Interactions, Reply
from kzbot.channel.messages import Message, Messages
from kzbot.channel.objects import person_user
from kzbot.channel.refusal import Refusal
from kzbot.channel.resolving import with_ids
from kzbot.channel.uploads import Uploads
from kzbot.channel.validation import walk_all
from kzbot.errors import ChannelError

BUTTON, SELECT = 2, 3


class Actions:
    """Commands, menus, presses, choices, dialogs and plain words, by a person in a place."""

    def __init__(self, commands: Commands, messages: Messages, interactions: Interactions, uploads: Uploads) -> None:
        self._commands = commands
        self._messages = messages
        self._interactions = interactions
        self._uploads = uploads

    async def command(
        self,
        name: str,
        options: Mapping[str, Any] | None = None,
        *,
        by: Person = MEMBER,
        where: Place = HOME,
        files: Mapping[str, tuple[str, bytes]] | None = None,
        text: str | None = None,
    ) -> Reply:
        """Sends "timeline" or "corpus status" with its options by name; returns the bot's first answer.

        `files` are a name and bytes by option; an option may also name a file that was picked before, by its id. People and
        channels are named or given by their ids.
        `text` is what stands above the answer, as it was typed. Raises ChannelError for an unknown command or option
        and for a file over 10 MiB, NoAnswerError when the bot is silent for 3 s.
        """
        where = _entered(by, where)
        picked = {option: self._uploads.add(*file, by)["id"] for option, file in (files or {}).items()}
        given = {**(options or {}), **picked}
        data = self._commands.data(name, given)
        attached = {option: self._uploads.given(given[option], by, option) for option in attachments(data)}
        if attached:
            data["resolved"] = {"attachments": {one["id"]: one for one in attached.values()}}
        data = with_ids(data, where)
        shown = {**given, **{option: one["filename"] for option, one in attached.items()}}
        return await self._interactions.ask(COMMAND, data, by, where, text=text or typed(name, shown))

    async def autocomplete(
        self,
        name: str,
        option: str,
        typed_so_far: str,
        options: Mapping[str, Any] | None = None,
        *,
        by: Person = MEMBER,
        where: Place = HOME,
    ) -> list[dict[str, Any]]:
        """The choices that the bot offers for what was typed so far, as {name, value}."""
        where = _entered(by, where)
        data = self._commands.data(name, {**(options or {}), option: typed_so_far}, focused=option)
        return (await self._interactions.ask(AUTOCOMPLETE, data, by, where)).choices

    async def menu(self, name: str, message_id: str, *, by: Person = MEMBER) -> Reply:
        """Takes an entry of a message's menu. Raises ChannelError where it is not there, or the message has no menu."""
        message = self._visible(message_id, by)
        if message.viewer is not None or message.loading:
            raise ChannelError("This message has no menu.")
        data = self._commands.menu_data(name, message.body)
        return await self._interactions.ask(COMMAND, data, by, message.place, text=name)

    async def press(self, message_id: str, custom_id: str, *, by: Person = MEMBER) -> Reply:
        """Presses a button. Raises ChannelError where it is not there, disabled, or not this person's to see."""
        message, component = self._component(message_id, custom_id, by)
        if component["type"] != BUTTON:
            raise ChannelError(f"{custom_id} is not a button.")
        return await self._interact(message, component, {}, by)

    async def choose(self, message_id: str, custom_id: str, values: Sequence[str], *, by: Person = MEMBER) -> Reply:
        """Chooses values of a select with options. Raises ChannelError where they are not offered."""
        message, component = self._component(message_id, custom_id, by)
        offered = {option["value"] for option in component.get("options") or []}
        if component["type"] != SELECT or not set(values) <= offered:
            raise ChannelError(f"{custom_id} does not offer {list(values)}.")
        return await self._interact(message, component, {"values": list(values)}, by)

    async def submit(self, modal: Mapping[str, Any] | str, values: Mapping[str, Any], *, by: Person = MEMBER) -> Reply:
        """Sends an open dialog back (Reply.modal, or the id of what opened it), with values by custom id.

        A field that is not named goes as it was opened. Raises FormError where Discord would not take a field, and
        ChannelError for a dialog that is not open.
        """
        opened = self._interactions.opened(by, modal if isinstance(modal, str) else modal["custom_id"])
        data = answered(opened.dialog or {}, values)
        return await self._interactions.ask(MODAL, data, by, opened.place, source=opened.source, text=opened.text)

    def say(self, text: str, *, by: Person = MEMBER, where: Place = HOME) -> Message:
        """A plain message to the channel; nothing goes to a bot that listens to commands only."""
        where = _entered(by, where)
        body = {"content": text, "allowed_mentions": {"parse": []}}
        try:
            return self._messages.add(body, author=person_user(by), place=where)
        except Refusal as error:
            raise ChannelError("A message holds 1 to 2000 characters.") from error

    def dismiss(self, message_id: str, *, by: Person = MEMBER) -> None:
        """Removes a private reply for the person who sees it."""
        message = self._visible(message_id, by)
        if message.viewer == by.id:
            self._messages.delete(message)

    async def _interact(self, message: Message, component: dict[str, Any], extra: dict[str, Any], by: Person) -> Reply:
        about = {"custom_id": component["custom_id"], "component_type": component["type"], "id": component["id"]}
        return await self._interactions.ask(COMPONENT, {**about, **extra}, by, message.place, source=message)

    def _visible(self, message_id: str, by: Person) -> Message:
        try:
            message = self._messages.get(message_id)
        except Refusal as error:
            raise ChannelError("This message is gone.") from error
        if not message.seen_by(by):
            raise ChannelError("This message is gone.")
        return message

    def _component(self, message_id: str, custom_id: str, by: Person) -> tuple[Message, dict[str, Any]]:
        message = self._visible(message_id, by)
        for component, _ in walk_all(message.body["components"]):
            if component.get("custom_id") == custom_id:
                if component.get("disabled"):
                    raise ChannelError(f"{custom_id} is disabled.")
                return message, component
        raise ChannelError(f"The message has no component {custom_id}.")


def _entered(by: Person, where: Place) -> Place:
    """Where the person acts: of direct messages, in their own. Raises ChannelError where it is hidden from them."""
    if where.guild is None:
        return direct_with(by)
    if not where.open_to(by):
        raise ChannelError(f"#{where.name} is not open to you.")
    return where
