"""Hashes that tell whether something must be worked out again."""

import hashlib
import json
from dataclasses import asdict
from functools import cache
from pathlib import Path

from kzbot.corpus.article import Article
from kzbot.language.names.book import NameBook

_ROOMS_WITH_RULES = ("corpus", "language")
_FILES_WITH_RULES = (
    "analyse.py",
    "cutting.py",
    "address.py",
    "carrying.py",
    "telling.py",
    "writing.py",
    "events.py",
    "laid.py",
    "repeating.py",
)


def hash_of(*parts: object) -> str:
    """SHA-256 over values of JSON, in hexadecimal."""
    encoded = json.dumps(parts, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(encoded.encode()).hexdigest()


def content_hash(article: Article) -> str:
    """The hash of the article as it was read: body, metadata, blocks; where its file lies does not count."""
    return hash_of({**asdict(article), "file": ""})


def book_hash(book: NameBook) -> str:
    """The hash of what the name book says; layout and comments of its file do not count."""
    return hash_of(asdict(book))


def work_hash(content: str, rules: str, names: str, laid: object) -> str:
    """The hash of all that an analysis depends on: the article, the rules, the name book, what was laid over them (JSON)."""
    return hash_of(content, rules, names, laid)


def file_hash(file: Path) -> str:
    """The hash of a file's bytes, empty where it cannot be read."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""


@cache
def rules_version() -> str:
    """What tells apart analyses made by other rules: a hash of the code that makes them, eight characters."""
    package = Path(__file__).resolve().parent.parent
    files = [file for room in _ROOMS_WITH_RULES for file in sorted((package / room).rglob("*.py"))]
    files += [package / "index" / "building" / name for name in _FILES_WITH_RULES]
    return hash_of([(file.relative_to(package).as_posix(), file_hash(file)) for file in files])[:8]
