"""Buttons of other versions: answered in words, never with silence."""

from kzbot.chat.handle import OTHER_VERSIONS
from kzbot.chat.presses.guarded import Press


class OldButton(Press, template=OTHER_VERSIONS):
    """Whatever no other press knows; its custom_id is no handle, so the base says that it is old."""
