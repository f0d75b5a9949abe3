"""A folder for an index that is used once."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kzbot.errors import DataFolderError


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """An empty folder that is gone afterwards. DataFolderError where the system has no place for one."""
    try:
        folder = tempfile.TemporaryDirectory(prefix="kzbot-")
    except OSError as error:
        raise DataFolderError(
            f"There is no folder for temporary files ({error.strerror or error}); set TMPDIR to one, or give --data."
        ) from None
    with folder as name:
        yield Path(name)
