"""Files of generations: their ids, and how a file is put in place so that it outlives a crash."""

import os
import re
from datetime import UTC, datetime
from pathlib import Path

_ID = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{8}", re.ASCII)
SUFFIX = ".sqlite"


def is_id(text: str) -> bool:
    """Whether `text` looks like a generation: `20261121T203301Z-1a2b3c4d`, UTC time and a hash of the content."""
    return _ID.fullmatch(text) is not None


def ids_in(folder: Path) -> list[str]:
    """The generations whose files are in `folder`, oldest first; none where there is no such folder."""
    return sorted(file.stem for file in folder.glob(f"*{SUFFIX}") if is_id(file.stem))


def left_in(folder: Path) -> list[str]:
    """The generations of which only what stands beside them is in `folder`, and not their file, oldest first."""
    named = {file.name.partition(".")[0] for file in folder.glob("*.*")}
    return sorted(one for one in named - set(ids_in(folder)) if is_id(one))


def new_id(folder: Path, digest: str) -> str:
    """An id for a generation with this content hash: the time in UTC, later than every generation in `folder`."""
    second = int(datetime.now(UTC).timestamp())
    for newest in ids_in(folder)[-1:]:
        taken = datetime.strptime(newest.partition("-")[0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        second = max(second, int(taken.timestamp()) + 1)
    return f"{datetime.fromtimestamp(second, UTC):%Y%m%dT%H%M%SZ}-{digest[:8]}"


def checked_file(generation: Path) -> Path:
    """The small file beside a generation that holds the fingerprint under which it was last found to be up to date."""
    return generation.with_suffix(".checked")


def remove_generation(generation: Path) -> None:
    """Delete a generation's file and what stands beside it under its name."""
    for file in (generation, *generation.parent.glob(f"{generation.stem}.*")):
        file.unlink(missing_ok=True)


def replace_text(path: Path, text: str) -> None:
    """Replace a small file whole: a reader sees the old or the new text, also after a crash. It is for its owner alone, as a
    plan holds what people asked."""
    temporary = path.with_name(path.name + ".new")
    temporary.unlink(missing_ok=True)
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make renames in `folder` outlive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
