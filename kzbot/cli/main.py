"""The front door of the terminal: runs one command, and tells a failure in one sentence."""
# ruff: noqa: PLC0415 - the bot's own start, which is the commonest, waits for no parser of options

import os
import signal
import sys
from collections.abc import Sequence

from kzbot.errors import KzbotError
from kzbot.logs import mask, mask_crashes


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs one command and leaves with its exit status: 0 done, 1 it failed (one sentence says why), 2 a usage error."""
    token = os.environ.get("DISCORD_TOKEN", "").strip()
    mask_crashes(token)
    try:
        _command(list(sys.argv[1:] if arguments is None else arguments))
    except KzbotError as error:
        sys.stderr.write(mask(f"{error}\n", token))
        sys.exit(1)
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
