"""Reading what was sent, in a child process, one thing after another."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from kzbot.corpus.folder import METADATA_SUFFIX, companion_of
from kzbot.corpus.foreign.found import Found
from kzbot.corpus.foreign.reader import ForeignReader
from kzbot.corpus.problem import Problem
from kzbot.corpus.readers import READERS
from kzbot.operations.importing.incoming import Received


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file, or a page that was fetched from `address` (then `charset` and `suffix` are what its server said it is).

    `reason`: why there is nothing to read; then `data` is empty.
    """

    name: str
    data: bytes = b""
    reason: str | None = None
    address: str | None = None
    charset: str | None = None
    suffix: str | None = None

    @property
    def file(self) -> str:
        """The name that says how it is read."""
        return self.name if self.suffix is None else f"page{self.suffix}"


def too_large(most: int) -> str:
    """Why a file over the limit is not taken."""
    return f"it is over the limit of {most:,} bytes; divide it, or raise corpus.max_file_bytes."


async def read_arrived(
    arrived: Sequence[Arrived], *, most: int, progress: Callable[[str], None] = lambda _: None
) -> list[Received]:
    """What is in each thing that arrived; `progress` is told the name of what is read next.

    A NAME.yaml belongs to the NAME.txt (.md, .html, .pdf) among them, and has no entry of its own.
    """
    texts = [one for one in arrived if one.suffix is None and _suffix(one) in READERS]
    described = {companion_of(one.name) for one in texts}
    beside = {one.name: one for one in arrived if _suffix(one) == METADATA_SUFFIX and one.name in described}
    reader, found = ForeignReader(most=most), []
    try:
        for one in arrived:
            if one.name in beside:
                continue
            companion = beside.get(companion_of(one.name)) if one in texts else None
            progress(one.name)
            found.append(Received(one.name, one.file, one.data, await _read(reader, one, companion, most)))
    finally:
        await asyncio.shield(asyncio.to_thread(reader.close))  # a child that holds much takes its time to end
    return found


async def _read(reader: ForeignReader, one: Arrived, companion: Arrived | None, most: int) -> Found | Problem:
    for part in (one, companion):
        if part is not None and part.reason is not None:
            return Problem(part.reason)
        if part is not None and len(part.data) > most:
            return Problem(too_large(most))
    reading = asyncio.ensure_future(
        asyncio.to_thread(
            reader.read,
            one.file,
            one.data,
            companion=companion.data if companion else None,
            charset=one.charset,
            address=one.address,
        )
    )
    try:
        found: Found = await asyncio.shield(reading)
    except Problem as problem:
        return problem
    except asyncio.CancelledError:
        reader.stop()
        await asyncio.gather(reading, return_exceptions=True)
        raise
    if one.address is None:
        return found
    return replace(found, documents=tuple(replace(each, url=each.url or one.address) for each in found.documents))


def _suffix(one: Arrived) -> str:
    return PurePosixPath(one.file).suffix.lower()
