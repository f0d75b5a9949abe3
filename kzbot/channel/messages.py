"""The messages of the channels: stored as Discord would give them back, the last 200 of each kept."""

from __future__ import annotations

import copy
import re
import urllib.parse
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from kzbot.channel.archive import Archive
from kzbot.channel.identity import BOT_USER, HOME, PLACES, Person, Place, Snowflakes
from kzbot.channel.objects import bot_user, known_users
from kzbot.channel.refusal import Fault, invalid_form, unknown
from kzbot.channel.validation import V2_FLAG, check_message, walk_all

Payload = dict[str, Any]
EPHEMERAL = 1 << 6
LOADING = 1 << 7
KEPT = 200
TYPES = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp"}
TEXTS = {"txt", "md", "json", "jsonl", "csv", "log", "yaml"}


@dataclass(frozen=True)
class Upload:
    """A file as it came in: `key` is the n of `files[n]`."""

    key: str
    filename: str
    content: bytes


@dataclass
class Message:
    """One message: `body` is Discord's object; the rest is the channel's own knowledge of it."""

    body: Payload
    place: Place
    viewer: int | None = None  # the only user who sees it, where it is ephemeral
    asked: str | None = None  # the command as it was typed

    @property
    def id(self) -> str:
        return str(self.body["id"])

    @property
    def loading(self) -> bool:
        return bool(self.body["flags"] & LOADING)

    @property
    def texts(self) -> list[str]:
        """Its content, and that of its components."""
        return [self.body["content"], *(one.get("content") or "" for one, _ in walk_all(self.body["components"]))]

    @property
    def nonce(self) -> str | None:
        """The mark by which the bot knows a message that it may have sent already."""
        return self.body.get("nonce")

    @property
    def users(self) -> set[int]:
        """Whose it is: who wrote it, who asked for it, who alone sees it, and with whom the bot talks there."""
        about = (self.body.get("interaction_metadata") or {}).get("user") or {}
        author = (self.body.get("author") or {}).get("id")
        ids = (author, about.get("id"), self.viewer, self.place.person)
        return {int(one) for one in ids if one is not None} - {BOT_USER}

    @property
    def about(self) -> str | None:
        """The id of the message that it was asked about from that message's menu."""
        target = (self.body.get("interaction_metadata") or {}).get("target_message_id")
        return None if target is None else str(target)

    @property
    def pressed(self) -> str | None:
        """The id of the message whose button or form brought it."""
        source = (self.body.get("interaction_metadata") or {}).get("interacted_message_id")
        return None if source is None else str(source)

    @property
    def at(self) -> datetime:
        """When it was written."""
        return datetime.fromisoformat(self.body["timestamp"])

    @property
    def by_bot(self) -> bool:
        return bool(self.body["author"]["id"] == str(BOT_USER))

    def seen_by(self, person: Person) -> bool:
        return self.viewer in (None, person.id) and self.place.open_to(person)

    def view(self) -> Payload:
        """What the page draws."""
        return {"message": self.body, "asked": self.asked}

    def kept(self) -> Payload:
        return {"body": self.body, "place": self.place.channel, "viewer": self.viewer, "asked": self.asked}


class Messages:
    """Creates, changes and forgets messages, and tells `changed(message, gone)` of each."""

    def __init__(self, archive: Archive, ids: Snowflakes) -> None:
        self._archive = archive
        self._ids = ids
        self._all: dict[str, Message] = {}
        self._files: dict[str, bytes] = {}
        self.base_url = ""
        self.changed: Callable[[Message, bool], None] = lambda message, gone: None

    def load(self) -> None:
        """Takes up what an earlier process kept, as far as it is a message; a reply that was never finished is dropped."""
        for entry in self._archive.messages():
            try:
                message = Message(entry["body"], PLACES.get(entry["place"], HOME), entry["viewer"], entry["asked"])
                unfinished, identity = message.loading, message.id
                _ = message.at, message.users
            except (KeyError, TypeError, ValueError, AttributeError):
                continue
            if unfinished:
                self._archive.drop(identity, [])
            else:
                self._all[identity] = message
        self._trim()

    def get(self, identity: str) -> Message:
        """Raises Discord's "Unknown Message"."""
        message = self._all.get(identity)
        if message is None:
            raise unknown("Message")
        return message

    def in_place(self, place: Place) -> list[Message]:
        return [one for one in self._all.values() if one.place == place]

    def visible(self, person: Person, place: Place = HOME) -> list[Message]:
        return [one for one in self.in_place(place) if one.seen_by(person)]

    def add(
        self,
        body: Payload,
        uploads: Iterable[Upload] = (),
        *,
        author: Payload | None = None,
        place: Place = HOME,
        viewer: int | None = None,
        asked: str | None = None,
        extra: Payload | None = None,
    ) -> Message:
        """A new message. Raises Discord's refusal where a limit is broken, except for a reply still loading."""
        fresh: Payload = {
            "id": self._ids.next(),
            "type": 0,
            "channel_id": str(place.channel),
            "author": author or bot_user(),
            "timestamp": _now(),
            "edited_timestamp": None,
            "tts": False,
            "pinned": False,
            "content": "",
            "embeds": [],
            "components": [],
            "attachments": [],
            "mentions": [],
            "mention_roles": [],
            "mention_everyone": False,
            "flags": (body.get("flags") or 0) | (EPHEMERAL if viewer else 0),
            **(extra or {}),
        }
        message = Message(fresh, place, viewer, asked)
        self._fill(message, body, list(uploads))
        self._all[message.id] = message
        self._keep(message)
        self._trim()
        return message

    def edit(self, message: Message, body: Payload, uploads: Iterable[Upload] = ()) -> Message:
        """Changes what the body names. Raises Discord's refusal where a limit is broken, and then changes nothing."""
        self.get(message.id)
        draft = Message(copy.deepcopy(message.body), message.place)
        draft.body["flags"] = (draft.body["flags"] | (body.get("flags") or 0) & V2_FLAG) & ~LOADING
        draft.body["edited_timestamp"] = None if message.loading else _now()
        self._fill(draft, body, list(uploads))
        message.body = draft.body
        self._keep(message)
        return message

    def delete(self, message: Message) -> None:
        if self._all.pop(message.id, None) is not None:
            files = [attachment["id"] for attachment in message.body["attachments"]]
            self._archive.drop(message.id, files)
            for name in files:
                self._files.pop(name, None)
            self.changed(message, True)

    def kept(self) -> list[Message]:
        """All of them, the oldest first."""
        return list(self._all.values())

    def shorten(self, message: Message, asked: str) -> None:
        """Keeps so much only of the command as it was typed."""
        message.asked = asked
        self._keep(message)

    def users(self) -> set[int]:
        """Whose messages there are."""
        return {user for one in self._all.values() for user in one.users}

    async def forget(self, which: Callable[[Message], bool], spared: Collection[str] = ()) -> set[str]:
        """Deletes those messages, but for the ids `spared`; also what was asked about them from their menu.

        Returns their ids once not a byte of them is on disk, nor of what belongs to no message any more.
        """
        going = {one.id for one in self._all.values() if which(one)}
        going |= {one.id for one in self._all.values() if one.about in going}
        for identity in going - set(spared):
            self.delete(self._all[identity])
        files = {entry["id"] for one in self._all.values() for entry in one.body["attachments"]}
        await self._archive.keep_only(set(self._all), files)
        return going - set(spared)

    def file(self, identity: str) -> bytes | None:
        """The bytes of an attachment of a message that is still there."""
        known = any(entry["id"] == identity for one in self._all.values() for entry in one.body["attachments"])
        return (self._files.get(identity) or self._archive.file(identity)) if known else None

    def _keep(self, message: Message) -> None:
        self._archive.save(f"messages/{message.id}", message.kept())
        self.changed(message, False)

    def _trim(self) -> None:
        for place in {message.place for message in self._all.values()}:
            for message in self.in_place(place)[:-KEPT]:
                self.delete(message)

    def _fill(self, message: Message, body: Payload, uploads: list[Upload]) -> None:
        target = message.body
        if "attachments" in body or uploads:
            target["attachments"] = self._attach(body.get("attachments"), uploads, target["attachments"])
        for key in ("content", "embeds", "components"):
            if key in body:
                target[key] = body[key] or ("" if key == "content" else [])
        if not target["flags"] & LOADING:
            check_message(target, len(uploads))
        if body.get("components"):
            target["components"] = resolve(target["components"], target["attachments"])
        if "content" in body or "components" in body:
            target.update(mentions("\n".join(message.texts), body.get("allowed_mentions")))

    def _attach(self, wanted: list[Payload] | None, uploads: list[Upload], old: list[Payload]) -> list[Payload]:
        """The attachments after this request: those kept by id, then the new ones."""
        named = {str(entry.get("id")): entry for entry in wanted or []}
        kept = [entry for entry in old if wanted is None or entry["id"] in named]
        for upload in uploads:
            about = named.get(upload.key, {})
            identity, name = self._ids.next(), about.get("filename") or upload.filename
            url = f"{self.base_url}/cdn/attachments/{identity}/{urllib.parse.quote(name, safe='')}"
            self._files[identity] = upload.content
            self._archive.save_file(identity, upload.content)
            kept.append(
                {
                    "id": identity,
                    "filename": name,
                    "description": about.get("description"),
                    "size": len(upload.content),
                    "url": url,
                    "proxy_url": url,
                    "content_type": content_type(name),
                    **image_size(upload.content),
                }
            )
        return kept


def content_type(name: str) -> str:
    """By suffix; everything that is neither a picture nor plain text is opaque bytes."""
    suffix = name.rpartition(".")[2].lower()
    return TYPES.get(suffix) or ("text/plain" if suffix in TEXTS else "application/octet-stream")


def image_size(content: bytes) -> dict[str, int]:
    """Width and height in pixels of a PNG (its IHDR chunk), else nothing."""
    if content[:8] != b"\x89PNG\r\n\x1a\n" or len(content) < 24:
        return {}
    return {"width": int.from_bytes(content[16:20], "big"), "height": int.from_bytes(content[20:24], "big")}


def resolve(components: list[Payload], attachments: list[Payload]) -> list[Payload]:
    """What Discord adds to components: a number for each, and `attachment://name` turned into its address.

    Raises Discord's refusal for a name that was not uploaded.
    """
    by_name = {entry["filename"]: entry for entry in attachments}
    result = copy.deepcopy(components)
    for number, (component, path) in enumerate(walk_all(result), 1):
        component["id"] = component.get("id") or number
        media = [component.get("media"), component.get("file"), *(i["media"] for i in component.get("items") or [])]
        for entry in filter(None, media):
            url = entry["url"]
            if not url.startswith("attachment://"):
                entry.update({"proxy_url": url, "loading_state": 2})
                continue
            found = by_name.get(url.removeprefix("attachment://"))
            if found is None:
                raise invalid_form([Fault(path, "The referenced attachment was not found.")])
            keys = ("url", "proxy_url", "content_type", "width", "height")
            copied: Payload = {key: found[key] for key in keys if key in found}
            entry.update({**copied, "attachment_id": found["id"], "loading_state": 2, "flags": 0})
            if component["type"] == 13:
                component.update({"name": found["filename"], "size": found["size"]})
    return result


def mentions(text: str, allowed: Payload | None) -> Payload:
    """Whom the text pings, once `allowed_mentions` is applied; without it everybody named is pinged."""
    rule: Payload = {"parse": ["users", "roles", "everyone"]} if allowed is None else allowed
    parse = rule.get("parse") or []
    users, roles = map(str, rule.get("users") or []), map(str, rule.get("roles") or [])
    user_ids, role_ids, accounts = set(users), set(roles), known_users()
    named = dict.fromkeys(re.findall(r"<@!?(\d+)>", text))
    named_roles = dict.fromkeys(re.findall(r"<@&(\d+)>", text))
    return {
        "mentions": [accounts[one] for one in named if one in accounts and ("users" in parse or one in user_ids)],
        "mention_roles": [one for one in named_roles if "roles" in parse or one in role_ids],
        "mention_everyone": "everyone" in parse and re.search(r"@(everyone|here)\b", text) is not None,
    }


def _now() -> str:
    return datetime.now(UTC).isoformat()
