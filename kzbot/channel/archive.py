"""What a restart of the process keeps: messages, their files, the bot's commands and where it is, in a folder."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

from kzbot.errors import ChannelError


class Archive:
    """Writes one file a message from a thread of its own, in the order asked for, each whole or not at all.

    Without a folder nothing is kept. Raises ChannelError when the folder cannot be made.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="channel-archive")
        if folder is None:
            return
        try:
            _make_private(folder)
            for name in ("messages", "files"):
                (folder / name).mkdir(exist_ok=True)
        except OSError as error:
            raise ChannelError(f"The local channel cannot keep its messages in {folder}: {error.strerror}.") from error

    def load(self, name: str) -> Any:
        """The JSON value of that name, or None where there is none or it cannot be read."""
        if self._folder is None:
            return None
        try:
            return json.loads((self._folder / f"{name}.json").read_text("utf-8"))
        except (OSError, ValueError):
            return None

    def messages(self) -> list[dict[str, Any]]:
        """Every kept message, oldest first; a file that cannot be read is passed over."""
        if self._folder is None:
            return []
        names = sorted(
            (path.stem for path in (self._folder / "messages").glob("*.json")), key=lambda name: name.zfill(20)
        )
        return [entry for name in names if isinstance(entry := self.load(f"messages/{name}"), dict)]

    def file(self, identity: str) -> bytes | None:
        """The bytes of an attachment, or None."""
        path = None if self._folder is None else self._folder / "files" / identity
        return path.read_bytes() if path is not None and path.is_file() else None

    def save(self, name: str, value: Any) -> None:
        """Puts the value under that name; it is rendered now, so later changes to it do not matter."""
        if self._folder is not None:
            self._writer.submit(_replace, self._folder / f"{name}.json", json.dumps(value, ensure_ascii=False).encode())

    def save_file(self, identity: str, content: bytes) -> None:
        if self._folder is not None:
            self._writer.submit(_replace, self._folder / "files" / identity, content)

    def drop(self, message: str, files: list[str]) -> None:
        """Forgets a message and its files."""
        if self._folder is not None:
            for path in (f"messages/{message}.json", *(f"files/{name}" for name in files)):
                self._writer.submit((self._folder / path).unlink, missing_ok=True)

    async def written(self) -> None:
        """Returns once all that was asked for before is on disk, or gone from it."""
        if self._folder is not None:
            await asyncio.wrap_future(self._writer.submit(_nothing))

    async def keep_only(self, messages: Collection[str], files: Collection[str]) -> None:
        """Forgets what belongs to no message any more: what was dropped, what a crash left behind, and what could not be read.

        Returns once it is gone from the disk; OSError where the disk does not let it go.
        """
        if self._folder is not None:
            known = {*(f"messages/{name}.json" for name in messages), *(f"files/{name}" for name in files)}
            await asyncio.wrap_future(self._writer.submit(_sweep, self._folder, known))

    def close(self) -> None:
        """Waits until all that was asked for is written."""
        self._writer.shutdown(wait=True)


def _make_private(folder: Path) -> None:
    """What people write to one another is for the owner of the folder alone, also where an earlier version made it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(PermissionError):  # a disk without such rights has none to take away
        folder.chmod(0o700)


def _nothing() -> None:
    """Done when all before it is."""


def _sweep(folder: Path, known: Collection[str]) -> None:
    for path in [*(folder / "messages").iterdir(), *(folder / "files").iterdir(), *folder.glob(".*.part")]:
        if path.relative_to(folder).as_posix() not in known and not path.is_dir():
            path.unlink(missing_ok=True)


def _replace(path: Path, content: bytes) -> None:
    temporary = path.with_name(f".{path.name}.part")
    temporary.write_bytes(content)
    temporary.replace(path)
