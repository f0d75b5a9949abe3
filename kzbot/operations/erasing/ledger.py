"""DATA/erased.jsonl: what was erased and when, without an id or a word in the clear; it outlives every kzbot.db.

It is there from the first start on, so that it is known where it was lost. What a crash left half written at its end is none of
it, for nothing was erased yet, and is taken away by the next line; any other line that cannot be read was damaged later.

A copy that is restored is cleaned of what it says, see kzbot/operations/restoring.py.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from kzbot.errors import DataFolderError
from kzbot.index.files import sync_folder
from kzbot.querylog.erasing.scope import Target
from kzbot.querylog.ledger.rows import Actor

FILE = "erased.jsonl"


@dataclass(frozen=True, slots=True)
class Erasure:
    """One entry: `target`, who wished it (a person as a keyed hash), how many rows it was then by table, what else its deed says (no ids and no words), whether it is done,
    and the mark of the key that its hashes are made with."""

    number: int
    target: Target
    actor: Actor
    rows: Mapping[str, int]
    details: Mapping[str, Any] = field(default_factory=dict)
    done: bool = False
    key: str | None = None


class ErasureLedger:
    """The file; every method blocks. DataFolderError where it cannot be read or written."""

    def __init__(self, data_folder: Path) -> None:
        self._file = data_folder / FILE

    @property
    def is_there(self) -> bool:
        """Whether there is such a file; blocks."""
        return self._file.exists()

    def all(self) -> list[Erasure]:
        """Every erasure that can be read, in order; see `damaged`."""
        found: dict[int, Erasure] = {}
        for line in self._read()[0]:
            if isinstance(number := line.get("done"), int) and number in found:
                found[number] = replace(found[number], done=True)
            elif "kind" in line:
                actor = Actor(place=line["place"], user=line.get("actor"))
                number, target = int(line["number"]), Target.from_json(line)
                rows, details = line.get("rows", {}), line.get("details", {})
                found[number] = Erasure(number, target, actor, rows, details, key=line.get("key"))
        return list(found.values())

    def damaged(self) -> list[int]:
        """The lines, from 1, that cannot be read, or say that an erasure is done of which no line says what it was."""
        return self._read()[1]

    def lay_out(self) -> None:
        """An empty one where there is none. Only for who knows that nothing was erased."""
        try:
            os.close(os.open(self._file, os.O_WRONLY | os.O_CREAT, 0o600))
            sync_folder(self._file.parent)
        except OSError as error:
            raise self._cannot("written", error) from error

    def unfinished(self) -> list[Erasure]:
        """Those that were begun and not ended."""
        return [one for one in self.all() if not one.done]

    def begin(
        self,
        target: Target,
        actor: Actor,
        rows: Mapping[str, int],
        details: Mapping[str, Any],
        key: str | None = None,
        after: int = 0,
    ) -> Erasure:
        """Keeps what is going to be erased; it is on the disk when this returns. `key`: the mark of that of the hashes. `after`:
        the last number that the log knows, for a ledger that was lost."""
        number = max([after, *(one.number for one in self.all())]) + 1
        self._append(
            {
                "number": number,
                **target.as_json(),
                "place": actor.place,
                "actor": actor.user,
                "rows": dict(rows),
                "details": dict(details),
                "key": key,
            }
        )
        return Erasure(number, target, actor, rows, details, key=key)

    def end(self, erasure: Erasure, at: datetime) -> None:
        """Keeps that nothing of it is left."""
        self._append({"done": erasure.number, "at": at.isoformat()})

    def _read(self) -> tuple[list[dict[str, Any]], list[int]]:
        """What stands in it, and the lines that are damaged."""
        try:
            written = self._file.read_bytes() if self._file.exists() else b""
        except OSError as error:
            raise self._cannot("read", error) from error
        found, damaged, begun = list[dict[str, Any]](), list[int](), set[int]()
        for number, text in enumerate(_whole(written).split(b"\n"), 1):
            line = _object(text)
            if line is not None and "kind" in line:
                begun.update(one for one in (line.get("number"),) if isinstance(one, int))
            elif line is None or not isinstance(done := line.get("done"), int) or done not in begun:
                damaged += [number] * bool(text.strip())
                continue
            found.append(line)
        return found, damaged

    def _append(self, line: Mapping[str, Any]) -> None:
        try:
            descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(descriptor, "r+b") as file:
                written = file.read()
                whole = _whole(written)
                if len(whole) < len(written):
                    file.truncate(len(whole))
                closed = not whole or whole.endswith(b"\n")
                file.write((b"" if closed else b"\n") + json.dumps(line).encode("ascii") + b"\n")
                file.flush()
                os.fsync(file.fileno())
            sync_folder(self._file.parent)
        except OSError as error:
            raise self._cannot("written", error) from error

    def _cannot(self, what: str, error: OSError) -> DataFolderError:
        return DataFolderError(
            f"{self._file}: what was erased cannot be {what} ({error.strerror or error}); mend the data folder."
        )


def _whole(written: bytes) -> bytes:
    """Without what a crash left half written at the end; a last line that lacks nothing but its end is whole."""
    end = written.rfind(b"\n") + 1
    return written if _object(written[end:]) is not None else written[:end]


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(line)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None
