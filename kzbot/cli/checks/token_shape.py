"""Whether the token can be one, before anybody is asked; it is never shown."""

import base64
import binascii
import re

from kzbot.cli.checks.check import Check
from kzbot.errors import SettingsError
from kzbot.phrases import Phrases
from kzbot.settings import Settings

_SHAPE = re.compile(r"[\w-]{20,}\.[\w-]{5,}\.[\w-]{20,}")
_INVITE = "https://discord.com/oauth2/authorize?client_id={id}&scope=bot+applications.commands&permissions=0"


def check_token(settings: Settings, phrases: Phrases) -> list[Check]:
    """The token's presence and shape, and the invite link that follows from it."""
    subject = phrases.say("cli.doctor.token")
    try:
        secret = settings.token()
    except SettingsError as error:
        return [Check(subject, "wrong", str(error))]
    if secret is None:
        return [Check(subject, "ok", phrases.say("cli.doctor.token_none"))]
    token = secret.get_secret_value()
    mistake = _mistake(token)
    if mistake is not None:
        return [Check(subject, "wrong", phrases.say(mistake), phrases.say("cli.doctor.token_where"))]
    application = application_id(token)
    if application is None:
        return [Check(subject, "warning", phrases.say("cli.doctor.token_odd"), phrases.say("cli.doctor.token_where"))]
    well = Check(subject, "ok", phrases.say("cli.doctor.token_well", id=application))
    return [well, Check(phrases.say("cli.doctor.invite"), "ok", invite_link(application))]


def application_id(token: str) -> int | None:
    """The id of the bot that a token of the usual shape begins with; None for another shape."""
    first = token.partition(".")[0]
    if not _SHAPE.fullmatch(token):
        return None
    try:
        digits = base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)).decode("ascii")
    except (binascii.Error, ValueError):
        return None
    return int(digits) if digits.isdecimal() and 15 <= len(digits) <= 20 else None


def invite_link(application: int) -> str:
    """The address that invites the bot to a server; it asks for no permission, because answers need none."""
    return _INVITE.format(id=application)


def _mistake(token: str) -> str | None:
    """What was pasted instead of the token, as a phrase key, where that can be told."""
    if token.lower().startswith("bot"):
        return "cli.doctor.token_prefix"
    if token[0] in "\"'" or token[-1] in "\"'":
        return "cli.doctor.token_quotes"
    if token.isdecimal():
        return "cli.doctor.token_id"
    if re.fullmatch(r"[0-9a-f]{64}", token):
        return "cli.doctor.token_key"
    if re.fullmatch(r"[\w-]{32}", token):
        return "cli.doctor.token_secret"
    return None
