"""Texts and addresses as iCalendar can hold them."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icalendar import vText

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_PAGE = re.compile(r"https?://[^\s\x00-\x1f\x7f\ud800-\udfff\"<>\\^`{|}]+")
_ESCAPED = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}


def text(value: str) -> "vText":
    """`value` to the letter as a TEXT value; control characters, which RFC 5545 (3.3.11) forbids there, become U+FFFD."""
    from icalendar import vText  # noqa: PLC0415 - only exports to calendars wait for it

    class Verbatim(vText):
        """The library's own escaping takes a backslash before a capital N for a line end."""

        def to_ical(self) -> bytes:
            return re.sub(r"[\\;,\n]", lambda found: _ESCAPED[found[0]], str(self)).encode()

    return Verbatim(_CONTROLS.sub("\ufffd", value.replace("\r\n", "\n")))


def address_of_page(url: str | None) -> str | None:
    """`url` where it is a web address that a URI value can hold as it is, else None."""
    return url if url and _PAGE.fullmatch(url) else None
