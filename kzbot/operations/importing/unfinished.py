"""What a process was adding when it ended, which is taken back by the next one before anything is planned."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from kzbot.errors import DataFolderError
from kzbot.operations.importing.batch import Batch
from kzbot.operations.importing.incoming import Incoming
from kzbot.operations.importing.writing import files_of
from kzbot.querylog.ledger.ledger import Ledger
from kzbot.querylog.ledger.rows import BOT, Deed

ARTICLES, ORIGINALS, INCOMING = "articles", "originals", "incoming"
"""Below the data folder: added articles, the bytes that they came in, and what is not yet added."""


async def take_back_unfinished(data: Path, ledger: Ledger) -> int:
    """Let wait again what was half added in the data folder that this process holds; how many commands' batches it was.

    None of their articles is left among the added ones: they are added all, or not at all. Raises DataFolderError where the
    disk does not take it, QueryLogError where the ledger does not.
    """
    try:
        taken = await asyncio.to_thread(_take_back, data)
    except OSError as error:
        raise DataFolderError(
            f"What was half added cannot be taken back ({error.strerror or error}); mend the permissions of the data folder."
        ) from error
    for batch in taken:
        about = int(batch.key) if batch.key.isdecimal() else None
        details = {"ids": list(batch.ids), "unfinished": True}
        await ledger.note(
            Deed(at=datetime.now(UTC), actor=BOT, action="import taken back", about=about, details=details)
        )
    return len(taken)


def _take_back(data: Path) -> list[Batch]:
    incoming, taken = Incoming(data / INCOMING), list[Batch]()
    for coming in incoming.begun():
        batch = incoming.load(coming.key)
        if batch is None or batch.state == "waiting":
            incoming.take_back(coming, files_of(data / ARTICLES, coming.names))
            taken.append(coming)
        incoming.end(coming.key)
    return taken
