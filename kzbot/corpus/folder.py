"""The corpus folder as it lies on disk: which files are articles, and which were put there by mistake."""

import os
import stat
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path, PurePosixPath

from kzbot.corpus.article import FileState, Rejection
from kzbot.corpus.readers import READERS
from kzbot.errors import GenerationError

METADATA_SUFFIX = ".yaml"

_JSON_LINES = ".jsonl"
_SAVED_WITH_PAGE = "_files"

_BACKUP_ENDS = ("~", ".bak", ".orig", ".tmp", ".swp", ".swo", ".part", ".crdownload")
_BACKUP_STARTS = (".", "#", "~$")
_SYSTEM_NAMES = frozenset({"thumbs.db", "desktop.ini", "__pycache__", "__macosx", "$recycle.bin"})


def scan(folder: Path) -> tuple[list[FileState], list[Rejection]]:
    """Every article file below `folder` with its state, and every file that is none, both in order of file name.

    Files are named by their path below `folder`, with slashes. Hidden files and editors' backups are passed over.
    Contents are not read. Raises GenerationError where there is no such folder.
    """
    if not folder.is_dir():
        raise GenerationError(f"{folder}: there is no such folder of articles; make it, or name another one.")
    rejected: list[Rejection] = []
    found = dict(_walk(folder, rejected))
    found = {file: stat for file, stat in found.items() if not _belongs_to_page(file, found)}
    texts = [file for file in found if _suffix(file) in READERS]
    companions = {companion_of(file) for file in texts if _suffix(file) != _JSON_LINES}
    for file in found.keys() - set(texts) - companions:
        rejected.append(Rejection(file, _not_read(file)))
    states = sorted((_state(file, found) for file in texts), key=lambda state: state.file)
    return states, sorted(rejected, key=lambda rejection: rejection.file)


def companion_of(file: str) -> str:
    """The name of the metadata file that belongs beside the article `file`: NAME.yaml for NAME.txt."""
    return path_id(file) + METADATA_SUFFIX


def path_id(file: str) -> str:
    """The id of an article whose metadata gives none: its path below the corpus folder, without the suffix."""
    return file.removesuffix(PurePosixPath(file).suffix)


def inside(folder: Path, file: str) -> Path | None:
    """Where `file` really lies, links followed; None where that is not below `folder`, or nothing."""
    try:
        real = (folder / file).resolve(strict=True)
        return real if real.is_relative_to(folder.resolve()) else None
    except (OSError, RuntimeError, ValueError):
        return None


def _walk(folder: Path, rejected: list[Rejection]) -> Iterator[tuple[str, os.stat_result]]:
    """Regular files below `folder`; what is a link to elsewhere, a device or unreadable goes to `rejected`."""
    waiting = [""]
    while waiting:
        below = waiting.pop()
        try:
            entries = list(os.scandir(folder / below))
        except OSError as error:
            denied = f"the folder cannot be opened ({error.strerror}); give kzbot the right to read it."
            rejected.append(Rejection(below or ".", denied))
            continue
        for entry in entries:
            if _passed_over(entry.name):
                continue
            file = f"{below}/{entry.name}" if below else entry.name
            reason = _unusable(folder, file, entry)
            if reason is not None:
                rejected.append(Rejection(_printable(file), reason))
            elif entry.is_dir(follow_symlinks=False):
                waiting.append(file)
            else:
                yield file, entry.stat()


def _unusable(folder: Path, file: str, entry: os.DirEntry[str]) -> str | None:
    """Why a directory entry is not opened at all, or None."""
    if file != _printable(file):
        return "its name holds control characters or is not UTF-8; rename it."
    try:
        if entry.is_symlink():
            if inside(folder, file) is None:
                return "it is a link that leads out of the corpus folder or to nothing; put the file itself here."
            if entry.is_dir():
                return "it is a link to a folder, which is not followed; put the files themselves here."
        mode = entry.stat().st_mode
    except OSError as error:
        return f"it cannot be read ({error.strerror}); give kzbot the right to read it."
    return None if stat.S_ISREG(mode) or stat.S_ISDIR(mode) else "it is not an ordinary file; take it out."


def _passed_over(name: str) -> bool:
    return name.startswith(_BACKUP_STARTS) or name.endswith(_BACKUP_ENDS) or name.casefold() in _SYSTEM_NAMES


def _belongs_to_page(file: str, found: Collection[str]) -> bool:
    """Whether a browser put it beside a page that it saved: pictures and scripts in NAME_files, for NAME.html."""
    return any(
        f"{above.as_posix().removesuffix(_SAVED_WITH_PAGE)}{suffix}" in found
        for above in PurePosixPath(file).parents
        if above.name.endswith(_SAVED_WITH_PAGE)
        for suffix in (".html", ".htm")
    )


def _printable(file: str) -> str:
    """`file` with what cannot be shown or stored written out as an escape."""
    named = file.encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(f"\\x{ord(c):02x}" if unicodedata.category(c) == "Cc" else c for c in named)


def _suffix(file: str) -> str:
    return PurePosixPath(file).suffix.lower()


def _not_read(file: str) -> str:
    if _suffix(file) == METADATA_SUFFIX:
        return "there is no text beside this metadata; add the text, or take this file out."
    if _suffix(file) == ".yml":
        return "metadata is read from .yaml only; rename it."
    return f"not read: only {', '.join(sorted(READERS))}; export it as text, or take it out."


def _state(file: str, found: Mapping[str, os.stat_result]) -> FileState:
    own, companion = found[file], None if _suffix(file) == _JSON_LINES else found.get(companion_of(file))
    if companion is None:
        return FileState(file, own.st_size, own.st_mtime_ns)
    return FileState(file, own.st_size, own.st_mtime_ns, companion.st_size, companion.st_mtime_ns)
