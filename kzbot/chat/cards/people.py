"""Who asked or did something, as cards show it: by name without a ping, by a short code, or as nobody that is known."""

from kzbot.phrases import Phrases
from kzbot.querylog.people import code_of


def who(phrases: Phrases, user: int | None) -> str:
    """Markdown for what a row holds of a person: Discord's id above zero, a keyed hash below, None."""
    if user is None:
        return phrases.say("chat.log.nobody")
    return f"<@{user}>" if user > 0 else phrases.say("chat.log.coded", code=code_of(user))
