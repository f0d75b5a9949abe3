"""What is kept of who did something: Discord's id, a keyed hash of it, or nothing."""

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Self

from kzbot.errors import QueryLogError

Kept = Literal["kept", "hashed", "none"]
KEY_FILE = "user_ids.key"
NOT_KEPT = "?"
"""What stands for a person in options of a command where rows keep none."""
DIRECT = 0
"""Stands for the channel of direct messages where ids are not kept: it is one person's, and Discord tells whose."""
_BYTES = 32
_BITS = 62


@dataclass(frozen=True, slots=True)
class People:
    """Turns Discord's ids into what tables hold: above zero an id, below zero a keyed hash, None nobody that is known.

    The hash is HMAC-SHA256 of the decimal id under `key`, its first 62 bits, negated; the same for the same id and key.
    """

    mode: Kept
    key: bytes = field(repr=False)
    new: bool = field(default=False, compare=False)
    """Whether the key was made by this opening."""

    @classmethod
    def open(cls, data_folder: Path, mode: Kept) -> Self:
        """With the key of this data folder, made now where there is none (32 bytes as hexadecimal digits, for its owner only).

        Blocking. QueryLogError where the key cannot be read or written, or is none.
        """
        file = data_folder / KEY_FILE
        try:
            data_folder.mkdir(parents=True, exist_ok=True)
            if new := not file.exists():
                _write(file)
            key = bytes.fromhex(file.read_text(encoding="ascii"))
        except (OSError, ValueError) as error:
            raise QueryLogError(
                f"{file}: the key of user ids cannot be used ({error}); mend the data folder, or restore this file."
            ) from error
        if len(key) != _BYTES:
            raise QueryLogError(
                f"{file}: the key of user ids must have {2 * _BYTES} hexadecimal digits; restore this file."
            )
        return cls(mode, key, new)

    def kept(self, user: int | None) -> int | None:
        """What a row holds of this person; what is no id of Discord's any more stays as it is."""
        if user is None or self.mode == "none":
            return None
        return self.hashed(user) if self.mode == "hashed" else user

    def place(self, channel: int | None, server: int | None) -> int | None:
        """What a row holds of the channel; direct messages have no server."""
        return DIRECT if channel is not None and server is None and self.mode != "kept" else channel

    def option(self, user: int) -> str:
        """The same as an option of a command holds it."""
        kept = self.kept(user)
        return NOT_KEPT if kept is None else str(kept)

    def hashed(self, user: int) -> int:
        """The keyed hash of an id; that of a hash is itself."""
        if user < 0:
            return user
        digest = hmac.digest(self.key, str(user).encode("ascii"), hashlib.sha256)
        return -max(int.from_bytes(digest[:8], "big") >> (64 - _BITS), 1)

    @property
    def mark(self) -> str:
        """By what hashes of this key are told from those of another one."""
        return hmac.digest(self.key, b"user_ids.key", hashlib.sha256)[:4].hex()

    def is_one(self, user: int, kept: int | None) -> bool:
        """Whether a row that holds `kept` is certainly of this person, in whatever mode it was written."""
        return kept is not None and kept in (user, self.hashed(user))


def code_of(kept: int) -> str:
    """A hash as people are shown it: eight hexadecimal digits, the same wherever the same person is meant."""
    return f"{(-kept >> (_BITS - 32)) & 0xFFFFFFFF:08x}"


def _write(file: Path) -> None:
    """Whole or not at all, also where two processes make it at the same time: the first one stands."""
    unfinished = file.with_name(f"{file.name}.{os.getpid()}.part")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as out:
        out.write(secrets.token_hex(_BYTES))
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(unfinished, file)
    except FileExistsError:
        pass
    finally:
        unfinished.unlink()
