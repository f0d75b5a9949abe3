"""A person's rows as files: JSON, and where one file would be too large, parts of it as ZIP archives."""

import io
import json
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from kzbot.operations.importing.batch import Batch
from kzbot.operations.privacy.holdings import erased_before
from kzbot.phrases import Phrases
from kzbot.querylog.log import QueryLog
from kzbot.querylog.people import People
from kzbot.querylog.personal import TABLES, PersonalRows
from kzbot.querylog.rows import portable, text_of

NAME = "kzbot-privacy"
_ROOM = 20_000
"""Bytes for what stands around the rows of a part."""
_BETWEEN = b",\n"
_IN_A_ROW, _PAUSE = 50, 0.001
"""So many rows, a few milliseconds of work, then so many seconds for whoever is answered meanwhile in this process."""
_MOST_FILES = 10


@dataclass(frozen=True, slots=True)
class Exported:
    """`rows` of how many there are; `files` by name."""

    rows: int
    files: tuple[tuple[str, bytes], ...]

    def messages(self, limit: int) -> list[list[tuple[str, bytes]]]:
        """The files as they go into messages: ten at most, and together no more than `limit` bytes, where there are several."""
        found: list[list[tuple[str, bytes]]] = []
        size = 0
        for name, data in self.files:
            if not found or len(found[-1]) == _MOST_FILES or size + len(data) > limit:
                found.append([])
                size = 0
            found[-1].append((name, data))
            size += len(data)
        return found


@dataclass
class _Part:
    """Rows by name, each as it stands in the file; `size` in bytes."""

    rows: dict[str, list[bytes]] = field(default_factory=dict)
    size: int = 0

    def add(self, name: str, row: bytes) -> None:
        self.rows.setdefault(name, []).append(row)
        self.size += len(row) + len(_BETWEEN)


def export(
    log: QueryLog, people: People, phrases: Phrases, user: int, sent: Sequence[Batch], limit: int, now: datetime
) -> Exported:
    """Everything that is kept of this person; no file is larger than `limit` bytes. Blocking.

    `sent` are their batches that wait to be added. Raises QueryLogError where the log cannot be read.
    """
    deletions = [at.isoformat() for at in erased_before(log, people, user)]
    head = _head(phrases, user, now, deletions)
    count = 0

    def counted() -> Iterator[tuple[str, dict[str, Any]]]:
        nonlocal count
        for one in _all(log, people, user, sent):
            count += 1
            if count % _IN_A_ROW == 0:
                time.sleep(_PAUSE)
            yield one

    files = list[tuple[str, bytes]]()
    whole = b""
    for number, part in enumerate(_parts(counted(), limit), 1):
        whole = _written({**head, "part": number}, part)
        files.append((f"{NAME}-{number}.zip", _zipped(f"{NAME}-{number}.json", whole)))
    if len(files) == 1 and len(whole) <= limit:
        files = [(f"{NAME}.json", whole)]
    return Exported(count, tuple(files) if count else ())


def _all(log: QueryLog, people: People, user: int, sent: Iterable[Batch]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from PersonalRows(log.path, people, user).rows()
    for batch in sent:
        for one in batch.sent:
            at = text_of(batch.at)
            yield "files", {"at": at, "question": batch.key, "name": one.name, "bytes": one.size, "state": batch.state}


def _parts(rows: Iterable[tuple[str, dict[str, Any]]], limit: int) -> Iterator[_Part]:
    """Rows as they fit into files of so many bytes."""
    part = _Part()
    for name, row in rows:
        text = _text(row)
        if part.rows and part.size + len(text) > max(limit - _ROOM, 1):
            yield part
            part = _Part()
        part.add(name, text)
    yield part


def _written(head: Mapping[str, Any], part: _Part) -> bytes:
    """One object in JSON; put together of texts, since many objects at once would hold up whoever is answered meanwhile."""
    lists = [b'"%b": [\n%b\n ]' % (name.encode(), _BETWEEN.join(rows)) for name, rows in part.rows.items()]
    about = b'"about": ' + _text(dict(head)).lstrip()
    return b"{\n " + b",\n ".join([about, *lists]) + b"\n}\n"


def _text(value: Mapping[str, Any]) -> bytes:
    """JSON in lines, set in twice; no text in JSON has a line end of its own."""
    lines = json.dumps(portable(value), ensure_ascii=False, indent=1)
    return ("  " + lines.replace("\n", "\n  ")).encode("utf-8", "backslashreplace")


def _zipped(name: str, data: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return written.getvalue()


def _head(phrases: Phrases, user: int, now: datetime, deletions: Sequence[str]) -> dict[str, Any]:
    """What the file says of itself in words."""
    say: Callable[..., str] = phrases.say
    return {
        "what": say("operations.privacy.what"),
        "person": str(user),
        "made_at": now.astimezone(UTC).isoformat(timespec="seconds"),
        "times": say("operations.privacy.times"),
        "left_out": say("operations.privacy.left_out"),
        "parts": {name: say(f"operations.privacy.parts.{name}") for name in (*(one.name for one in TABLES), "files")},
        "deleted_before": deletions,
    }
