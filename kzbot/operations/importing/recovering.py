"""What a crash left half added is taken back: its articles wait again, and none of them is served without the others."""

from dataclasses import replace
from pathlib import Path

from kzbot.errors import DataFolderError

ARTICLES, ORIGINALS, INCOMING = "articles", "originals", "incoming"
"""Below the data folder: added articles, the bytes that they came in, and what is not yet added."""


def take_back_half_added(data: Path) -> int:
    """Take the articles of every batch whose adding was not finished out of the folder of added ones; how many batches.

    Blocking; for whoever holds the data folder, before the articles are looked at. Raises DataFolderError.
    """
    folder = data / INCOMING
    if not folder.is_dir():
        return 0
    from kzbot.operations.importing.incoming import Incoming  # noqa: PLC0415 - a start without imports does not wait
    from kzbot.operations.importing.writing import files_of  # noqa: PLC0415

    incoming = Incoming(folder)
    half = [one for one in incoming.all() if one.state == "adding"]
    try:
        for one in half:
            incoming.take_back(one, files_of(data / ARTICLES, one.names))
            incoming.save(replace(one, state="waiting", names=()))
    except OSError as error:
        raise DataFolderError(
            f"What a crash left half added cannot be taken back ({error.strerror or error}); mend the permissions of {data}."
        ) from error
    return len(half)
