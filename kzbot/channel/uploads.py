"""Files that people pick for a command's options, kept until newer ones need the room."""

from __future__ import annotations

import re
import secrets
import unicodedata
import urllib.parse
from dataclasses import dataclass
from typing import Any

from kzbot.channel.identity import Person, Snowflakes
from kzbot.channel.messages import image_size
from kzbot.errors import ChannelError

Payload = dict[str, Any]
FILE_BYTES = 10 << 20
"""Discord's limit for a file, which each interaction names as its `attachment_size_limit`."""
KEPT_BYTES = 100 << 20
LONGEST_NAME = 200
KINDS = {
    "txt": "text/plain; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "htm": "text/html; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "pdf": "application/pdf",
    "zip": "application/zip",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
}
"""What an attachment is said to be, by its suffix; of others Discord says nothing."""


@dataclass(frozen=True)
class Picked:
    """One file and who picked it; `body` is Discord's attachment object."""

    body: Payload
    owner: int
    content: bytes


class Uploads:
    """Takes files of at most 10 MiB, and gives them to the interactions of the person who picked them."""

    def __init__(self, ids: Snowflakes) -> None:
        self._ids = ids
        self._all: dict[str, Picked] = {}
        self.base_url = ""

    def add(self, name: str, content: bytes, by: Person) -> Payload:
        """The attachment object of a new file. Raises ChannelError where it has no name or is too large."""
        name = re.split(r"[/\\]", name)[-1].strip()[:LONGEST_NAME]
        if not name:
            raise ChannelError("A file needs a name.")
        if len(content) > FILE_BYTES:
            raise ChannelError(too_large(name))
        identity, stored = self._ids.next(), stored_name(name)
        url = f"{self.base_url}/cdn/ephemeral-attachments/{identity}/{urllib.parse.quote(stored, safe='')}"
        body: Payload = {"id": identity, "filename": stored, "size": len(content), "url": url, "proxy_url": url}
        suffix = stored.rpartition(".")[2].lower()
        if stored != name:
            body["title"] = name.rpartition(".")[0] or name
        if suffix in KINDS:
            body["content_type"] = KINDS[suffix]
        self._all[identity] = Picked({**body, **image_size(content), "ephemeral": True}, by.id, content)
        self._trim(identity)
        return self._all[identity].body

    def given(self, identity: Any, by: Person, option: str) -> Payload:
        """The attachment object of a file that this person picked. Raises ChannelError where there is none."""
        picked = self._all.get(identity) if isinstance(identity, str) else None
        if picked is None or picked.owner != by.id:
            raise ChannelError(f"The file for {option} is not here any more: choose it again.")
        return picked.body

    def forget(self, user: int) -> None:
        """Lets go of what this person picked."""
        for identity in [key for key, one in self._all.items() if one.owner == user]:
            del self._all[identity]

    def file(self, identity: str) -> bytes | None:
        """The bytes, or None."""
        picked = self._all.get(identity)
        return None if picked is None else picked.content

    def _trim(self, newest: str) -> None:
        total = sum(len(one.content) for one in self._all.values())
        for identity in [one for one in self._all if one != newest]:
            if total <= KEPT_BYTES:
                return
            total -= len(self._all.pop(identity).content)


def too_large(name: str) -> str:
    return f"{name} is larger than {FILE_BYTES >> 20} MiB, the most that a file may have here."


def stored_name(name: str) -> str:
    """The name that Discord gives a file: letters without accents, digits, dots, dashes and underscores.

    One of which nothing would be left is named at random; what the person called it is then the attachment's `title`.
    Source: discord/discord-api-docs, pull request 6945 (title) and issue 7754 (how names are cleaned).
    """
    stem, dot, suffix = name.rpartition(".")
    stem, suffix = (stem, cleaned(suffix)) if dot else (name, "")
    return (cleaned(stem) or secrets.token_hex(4)) + (f".{suffix}" if suffix else "")


def cleaned(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9_.-]", "", "_".join(plain.split())).strip("._")
