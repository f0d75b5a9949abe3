"""The log, opened for writing by a command at the terminal: what a new version changes in it first is shown, and can be interrupted."""

import asyncio
import sys

from kzbot.cli.long_work import shown
from kzbot.cli.prepared import Prepared
from kzbot.querylog.log import FILE_NAME, QueryLog
from kzbot.querylog.migrate import STAGES, migrate
from kzbot.querylog.working import Tell, cancellable


async def open_log(prepared: Prepared) -> QueryLog:
    """kzbot.db of the data folder, which this process holds; QueryLogError where it cannot be opened."""
    path, upgraded = prepared.settings.data.folder / FILE_NAME, False

    def upgrade(tell: Tell) -> None:
        nonlocal upgraded
        migrate(path, tell=tell)
        upgraded = True

    try:
        with shown(prepared, STAGES) as tell:
            await cancellable(upgrade, tell)
    except asyncio.CancelledError:
        if not upgraded:
            sys.stderr.write(f"{prepared.phrases.say('cli.long_work.not_upgraded')}\n")
        raise
    return await QueryLog.open(path, prepared.settings.log.user_ids)
