"""Articles that came in through the chat, as files: a text to the letter, and beside it NAME.yaml with its metadata."""

import os
import re
from pathlib import Path
from typing import Any

import yaml

from kzbot.corpus.decoding import decode
from kzbot.corpus.duplicates import text_hash
from kzbot.corpus.folder import METADATA_SUFFIX
from kzbot.corpus.form import written
from kzbot.corpus.front_matter import take_apart
from kzbot.corpus.metadata import Metadata, read_metadata
from kzbot.corpus.problem import Problem
from kzbot.corpus.reader import contradictions
from kzbot.language.folding import fold

SUFFIXES = (".txt", ".md")
_LONGEST = 48
_HASH = 8
_NOT_IN_NAME = re.compile(r"[\W_]+")
_UNCHANGED = "its text cannot be kept to the letter as a text file"


def name_of(title: str, hash_of_text: str) -> str:
    """A readable name for a file and an id: the title's words and the beginning of the text's hash."""
    words = _NOT_IN_NAME.sub("-", fold(title).text).strip("-")[:_LONGEST].strip("-")
    return f"{words or 'article'}-{key_of(hash_of_text)}"


def by_hash(folder: Path) -> dict[str, list[Path]]:
    """The articles of the folder by what their names tell of the hashes of their texts; see `key_of`."""
    found: dict[str, list[Path]] = {}
    for file in sorted(folder.iterdir()) if folder.is_dir() else []:
        if file.suffix in SUFFIXES:
            found.setdefault(file.stem[-_HASH:], []).append(file)
    return found


def key_of(hash_of_text: str) -> str:
    """What the name of an added article tells of the hash of its text."""
    return hash_of_text[:_HASH]


def holds(file: Path, hash_of_text: str) -> bool:
    """Whether the article in `file` has a text of this hash."""
    try:
        return text_hash(take_apart(decode(file.read_bytes())).body) == hash_of_text
    except (OSError, Problem):
        return False


def id_in(file: Path) -> str:
    """The id of an added article; its file's name where its metadata cannot be read."""
    try:
        found = read_metadata(decode(file.with_suffix(METADATA_SUFFIX).read_bytes()))
    except (OSError, Problem):
        return file.stem
    return (not isinstance(found, list) and found[0].id) or file.stem


def as_files(text: str, known: Metadata) -> tuple[bytes, bytes]:
    """The bytes of an article's text and of its metadata, which read back as exactly these.

    Raises Problem where they would not (a text that begins like front matter, or holds what no text file may), and where the
    metadata speaks of lines or words that the text does not have.
    """
    try:
        body = text.encode("utf-8")
        parts = take_apart(decode(body))
    except (Problem, UnicodeEncodeError) as error:
        reason = error.reason.rstrip(".") if isinstance(error, Problem) else "it holds half a character"
        raise Problem(f"{_UNCHANGED} ({reason}).") from None
    if parts.metadata is not None:
        raise Problem(
            f"{_UNCHANGED} (it begins with lines that would be read as metadata); take out its first line ---."
        )
    if parts.body != text:
        raise Problem(f"{_UNCHANGED} (its line ends or its first character would change).")
    described = _dump(written(known))
    read = read_metadata(described)
    if isinstance(read, list) or read[0] != known:
        raise Problem("its metadata cannot be written down as it is; shorten it.")
    for problem in contradictions(read, parts):
        raise problem
    return body, described.encode("utf-8")


def write_article(folder: Path, name: str, suffix: str, text: bytes, metadata: bytes) -> bool:
    """Write both files, the text last; False where they are there with these very bytes. Each is there whole or not at all,
    also after a crash, and lastingly once the folder is synced.

    Never overwrites an article: raises FileExistsError where another one has the name. Metadata without its text, which a
    crash may leave behind, is replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    beside, file = folder / f"{name}{METADATA_SUFFIX}", folder / f"{name}{suffix}"
    if any((folder / f"{name}{one}").exists() for one in SUFFIXES):
        if file.exists() and file.read_bytes() == text and beside.exists() and beside.read_bytes() == metadata:
            return False
        raise FileExistsError(f"{file.name} is there already")
    for target, data in ((beside, metadata), (file, text)):
        _put(target, data)
    return True


def unfinished(file: str) -> str:
    """Under which name, that is passed over, a file is written until it is whole."""
    return f".{file}.new"


def _put(target: Path, data: bytes) -> None:
    temporary = target.with_name(unfinished(target.name))
    with temporary.open("wb") as opened:
        opened.write(data)
        opened.flush()
        os.fsync(opened.fileno())
    temporary.replace(target)


def _dump(values: dict[str, Any]) -> str:
    return yaml.safe_dump(values, sort_keys=False, allow_unicode=True, width=2**20)
