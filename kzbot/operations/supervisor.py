"""Telling systemd how the bot fares, by sd_notify's protocol: one datagram to NOTIFY_SOCKET, and nothing where none is set.

Source: sd_notify(3) and sd_watchdog_enabled(3) of systemd.
"""

import logging
import os
import socket
from collections.abc import Mapping

_LOGGER = logging.getLogger(__name__)
_LONGEST_STATUS = 200
_EXTENSION = 300
"""Seconds. systemd ends a start only when this and TimeoutStartSec have both gone by."""


class Supervisor:
    """What started the bot, if it wishes to be told."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        address = environ.get("NOTIFY_SOCKET", "")
        self._address = "\0" + address[1:] if address.startswith("@") else address
        self._watched = _seconds(environ)
        self._ready = False

    @property
    def within(self) -> float | None:
        """In how many seconds it must hear that all is well, None where it does not wait for that."""
        return self._watched if self._address else None

    def tell(self, status: str, *, is_in: bool, healthy: bool) -> None:
        """How the bot fares: that it is in, once; that all is well, each time that it is."""
        lines = [_status(status)]
        if is_in and not self._ready:
            self._ready = True
            lines.append("READY=1")
        if healthy:
            lines.append("WATCHDOG=1")
        self._send(lines)

    def starting(self, status: str) -> None:
        """The start takes long, and goes on: it has so many minutes more until it must say so again, or be in."""
        self._send([_status(status), f"EXTEND_TIMEOUT_USEC={_EXTENSION * 1_000_000}"])

    def stopping(self) -> None:
        """The bot ends."""
        self._send(["STOPPING=1"])

    def _send(self, lines: list[str]) -> None:
        if not self._address:
            return
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as out:
                out.setblocking(False)
                out.connect(self._address)
                out.sendall("\n".join(lines).encode())
        except OSError as error:
            _LOGGER.warning("systemd could not be told how the bot fares (%s)", error)


def _status(status: str) -> str:
    return f"STATUS={' '.join(status.split())[:_LONGEST_STATUS]}"


def _seconds(environ: Mapping[str, str]) -> float | None:
    """WATCHDOG_USEC in seconds, where it is meant for this process."""
    for_whom = environ.get("WATCHDOG_PID")
    if for_whom is not None and for_whom != str(os.getpid()):
        return None
    given = environ.get("WATCHDOG_USEC", "")
    return int(given) / 1e6 if given.isascii() and given.isdecimal() and int(given) else None
