"""Run as a process: makes backups that are killed at every step, and fails where one that counts is not whole.

A kill is `os._exit` in a fork, before each call that touches a file; prints how many moments there were.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from kzbot.querylog.backup import back_up, check, listed
from kzbot.querylog.migrate import migrate
from tests.killing import killed

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def main() -> None:
    place = Path(sys.argv[1])
    log, folder = place / "kzbot.db", place / "backups"
    migrate(log)
    moment = 1
    while killed(moment, lambda: back_up(log, folder, NOW)):
        for file in listed(folder):
            check(file)
        moment += 1
    assert listed(folder)
    assert not list(folder.glob("*.part*")), "what was half made was not swept away"
    sys.stdout.write(str(moment))


if __name__ == "__main__":
    main()
