"""`python bot.py log export FILE`: questions of the log as a file, in a stream."""

import asyncio
import contextlib
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from kzbot.cli.log.narrowed import Given, filters_of, reading
from kzbot.cli.long_work import shown
from kzbot.cli.prepared import Prepared
from kzbot.cli.terminal import console
from kzbot.errors import KzbotError
from kzbot.output.questions_file import FORMS, Form, LogChangedError, Piece, pieces
from kzbot.querylog.filters import Filters
from kzbot.querylog.ledger.beside import note_beside
from kzbot.querylog.ledger.rows import TERMINAL, Deed
from kzbot.querylog.log import FILE_NAME
from kzbot.querylog.noted import noted_options
from kzbot.querylog.reader import QueryReader
from kzbot.querylog.working import Step

_TIMES = 3


def form_of(file: Path, form: str | None) -> Form | None:
    """The form that was named, else that of the file's name; None where neither is one."""
    wanted = form or file.suffix.removeprefix(".").lower()
    return next((one for one in FORMS if one == wanted), None)


def export_log(prepared: Prepared, file: Path, form: Form, given: Given, *, force: bool, as_json: bool = False) -> None:
    """Writes the questions that pass what was given, and says how many, and how many were damaged; the file is there whole or not at all.

    It stands in the ledger. Raises KzbotError where the file cannot be written or the ledger not be kept, BadParameter where
    something given means nothing.
    """
    made = asyncio.run(reading(prepared, lambda reader: _export(prepared, reader, file, form, given, force=force)))
    if as_json:
        said = {"file": str(file), "form": form, "questions": made.written, "left_out": made.left_out}
        sys.stdout.write(json.dumps(said) + "\n")
        return
    console().print(prepared.phrases.say("cli.log.export.written", file=file, count=made.written))
    if made.left_out:
        console().print(prepared.phrases.say("output.log.left_out", count=made.left_out))


async def _export(
    prepared: Prepared, reader: QueryReader, file: Path, form: Form, given: Given, *, force: bool
) -> Piece:
    phrases, at = prepared.phrases, datetime.now(UTC)
    filters = await filters_of(prepared, reader, given)
    part = file.with_name(f".{file.name}.part")
    try:
        made = await _write(prepared, reader, part, filters, form, at)
        options = noted_options(filters, prepared.settings.log.user_ids)
        details = {"form": form, "options": options, "questions": made.written}
        if not force:
            file.touch(exist_ok=False)
        try:
            deed = Deed(at=at, actor=TERMINAL, action="export", details=details)
            await note_beside(prepared.settings.data.folder / FILE_NAME, deed)
            part.replace(file)
        except BaseException:
            if not force:
                file.unlink(missing_ok=True)
            raise
    except FileExistsError:
        raise KzbotError(phrases.say("cli.export.exists", file=file)) from None
    except OSError as error:
        raise KzbotError(phrases.say("cli.export.unwritable", file=file, reason=error.strerror or error)) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return made


async def _write(
    prepared: Prepared, reader: QueryReader, part: Path, filters: Filters, form: Form, at: datetime
) -> Piece:
    """The last piece that was written; begun again where a question goes meanwhile."""
    phrases = prepared.phrases
    for _ in range(_TIMES):
        with _for_its_owner(part) as out, shown(prepared, 1) as tell:
            last = Piece(b"", 0, 0)
            try:
                async for piece in pieces(reader.listing, filters, form, phrases, at):
                    out.write(piece.data)
                    last = piece
                    tell(Step("write", piece.done, piece.total))
            except LogChangedError:
                continue
            return last
    raise KzbotError(phrases.say("cli.log.export.changed"))


def _for_its_owner(part: Path) -> BinaryIO:
    """An empty file that nobody else may read: it says who asked what."""
    part.unlink(missing_ok=True)
    return os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
