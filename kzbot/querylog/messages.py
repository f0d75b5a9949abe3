"""What the log keeps of somebody's message that was asked about: its id and a hash, never its words."""

import hashlib
from collections.abc import Mapping

from kzbot.querylog.rows import OptionValue

MESSAGE, HASH = "message", "sha256"


def traces(message: int, text: str) -> dict[str, OptionValue]:
    """The options that stand in the log in the place of the text: Discord's id of the message, SHA-256 of its UTF-8."""
    return {MESSAGE: str(message), HASH: hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()}


def message_of(command: str, options: Mapping[str, OptionValue]) -> str | None:
    """The id of the message that this question was asked about, None where its own options are the question."""
    return str(options[MESSAGE]) if command == "check" and MESSAGE in options else None
