"""A command of the terminal in this process, for tests of what it says."""

import io
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

import pytest

from kzbot.cli.main import main

PROJECT = Path(__file__).resolve().parents[1]
OURS = ("KZBOT_", "DISCORD_TOKEN", "SSH_CONNECTION")
"""What variables begin with that steer the bot: those of who runs the tests do not count."""


def call_bot(
    *arguments: object, given: bytes = b"", environ: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[bytes]":
    command, said, complained = [*map(str, arguments)], io.BytesIO(), io.BytesIO()
    status: list[object] = []

    def run() -> None:
        try:
            main(command)
            status.append(None)
        except SystemExit as left:
            status.append(left.code)

    with pytest.MonkeyPatch.context() as patch:
        for name in [one for one in os.environ if one.startswith(OURS)]:
            patch.delenv(name)
        for name, value in (environ or {}).items():
            patch.setenv(name, value)
        patch.chdir(PROJECT)
        patch.setattr(sys, "excepthook", sys.excepthook)
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), "utf-8"))
        for stream, kept in (("stdout", said), ("stderr", complained)):
            patch.setattr(sys, stream, io.TextIOWrapper(kept, "utf-8", write_through=True))
        # In a thread, because the command starts a loop of its own and a test may be running in one.
        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
        done = subprocess.CompletedProcess(command, -1, said.getvalue(), complained.getvalue())
    assert status, "it broke down; pytest tells of the thread's exception"
    assert status[0] is None or isinstance(status[0], int)
    done.returncode = status[0] or 0
    return done
