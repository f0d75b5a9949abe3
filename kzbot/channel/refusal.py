"""Discord's error answers: a status, a numeric code, a message, and for bad forms where each fault stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a form; `path` is dotted, list positions from 0."""

    path: str
    message: str


class Refusal(Exception):  # noqa: N818 - it is an answer to a request, not a failure of the channel
    """An error answer to the bot, in the form of Discord's API."""

    def __init__(self, status: int, code: int, message: str, faults: list[Fault] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.body: dict[str, Any] = {"code": code, "message": message}
        if faults:
            self.body["errors"] = nested(faults)


def nested(faults: list[Fault]) -> dict[str, Any]:
    """The `errors` object: one level for each step of the path, the messages under `_errors`."""
    root: dict[str, Any] = {}
    for fault in faults:
        level = root
        for step in fault.path.split("."):
            level = level.setdefault(step, {})
        level.setdefault("_errors", []).append({"code": "INVALID", "message": fault.message})
    return root


def invalid_form(faults: list[Fault]) -> Refusal:
    return Refusal(400, 50035, "Invalid Form Body", faults)


def unknown(what: str) -> Refusal:
    codes = {"Channel": 10003, "Guild": 10004, "Member": 10007, "Message": 10008, "User": 10013, "Interaction": 10062}
    codes["Application Command"] = 10063
    return Refusal(404, codes[what], f"Unknown {what.lower() if what == 'Interaction' else what}")


def missing_access() -> Refusal:
    return Refusal(403, 50001, "Missing Access")


def not_your_application() -> Refusal:
    return Refusal(403, 20012, "You are not authorized to perform this action on this application")


def missing_permissions() -> Refusal:
    return Refusal(403, 50013, "Missing Permissions")


def invalid_recipient() -> Refusal:
    return Refusal(400, 50033, "Invalid Recipient(s)")


def closed_to_you() -> Refusal:
    return Refusal(403, 50007, "Cannot send messages to this user")


def no_mutual_guilds() -> Refusal:
    return Refusal(403, 50278, "Cannot send messages to this user due to having no mutual guilds")


def not_yours() -> Refusal:
    return Refusal(403, 50005, "Cannot edit a message authored by another user")


def already_answered() -> Refusal:
    return Refusal(400, 40060, "Interaction has already been acknowledged.")


def expired_token() -> Refusal:
    return Refusal(401, 50027, "Invalid Webhook Token")
