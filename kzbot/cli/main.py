"""The front door of the terminal: runs one command, and tells a failure in one sentence.

What is imported before `main` has looked at Python's version must be readable for an older one too.
"""
# ruff: noqa: PLC0415 - the bot's own start, which is the commonest, waits for no parser of options

from __future__ import annotations

import io
import os
import shlex
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

from kzbot.errors import KzbotError

INSTALL = "python3 -m venv .venv && .venv/bin/pip install -q -e . && .venv/bin/python bot.py"
"""The README's line that installs and starts the bot; arguments may follow."""
_LEAST = (3, 11)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs one command and leaves with its exit status: 0 done, 1 it failed (one sentence says why), 2 a usage error."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if sys.version_info < _LEAST:
        said = "kzbot needs Python 3.11 or newer, and this is Python {}.{}; install a newer one and use that."
        _leave(said.format(*sys.version_info[:2]))
    if _starts_the_bot(given):
        # The first process of a container has no default answer to a signal, and the bot takes a while to have its own.
        signal.signal(signal.SIGTERM, _stop_early)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # What a terminal of few characters cannot write is shown by its number; nobody's command breaks down at it.
        sys.stdout.reconfigure(errors="backslashreplace")
    from kzbot.logs import mask, mask_crashes

    token = os.environ.get("DISCORD_TOKEN", "").strip()
    mask_crashes(token)
    try:
        _command(given)
    except KzbotError as error:
        _leave(mask(str(error), token))
    except PermissionError as error:
        _leave(
            f"{error.filename}: permission denied; run this as the user that the bot runs as, such as sudo -u kzbot ..."
        )
    except ModuleNotFoundError as error:
        missing = str(error.name).partition(".")[0]
        if missing == "kzbot":
            raise
        line = " ".join([INSTALL, *map(shlex.quote, given)])
        _leave(f"This Python lacks {missing}, which kzbot needs; in the folder of bot.py run: {line}")
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)


def _command(arguments: list[str]) -> None:
    if not arguments:
        from kzbot.cli.prepared import prepare
        from kzbot.cli.run import run_bot

        run_bot(prepare(None, None))
        return
    from kzbot.cli.app import app

    app(args=arguments, prog_name="python bot.py")


def _starts_the_bot(arguments: list[str]) -> bool:
    first, beside = arguments[:1], 2
    if first and first[0].startswith("--config="):
        beside = 1
    elif first != ["--config"]:
        beside = 0
    return arguments[beside : beside + 1] in ([], ["run"])


def _stop_early(number: int, frame: object) -> NoReturn:
    """Told to stop before anything was begun."""
    sys.exit(0)


def _leave(sentence: str) -> NoReturn:
    sys.stderr.write(f"{sentence}\n")
    sys.exit(1)
