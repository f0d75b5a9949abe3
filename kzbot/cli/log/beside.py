"""Spellings that the terminal has the running bot lay, or take back: the bot alone may build while it runs."""

import asyncio
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from kzbot.cli.log.known import served
from kzbot.cli.log.narrowed import reading
from kzbot.cli.prepared import Prepared
from kzbot.errors import KzbotError
from kzbot.operations.corrections.correcting import Corrected
from kzbot.operations.corrections.spelling import spelling_record
from kzbot.operations.health import Pulse
from kzbot.operations.outcome import Outcome
from kzbot.querylog.ledger.reader import LedgerReader
from kzbot.querylog.ledger.rows import TERMINAL, OverlayRecord
from kzbot.querylog.log import FILE_NAME
from kzbot.querylog.reader import QueryReader
from kzbot.querylog.review.beside import review_beside
from kzbot.querylog.review.review import Review
from kzbot.querylog.review.rows import Group, ReviewRecord

_LOOK = 0.5
"""Seconds between two looks whether it is done."""


async def spelled_beside(
    prepared: Prepared, group: Group, name: str, spelling: str
) -> tuple[Corrected | None, OverlayRecord, str]:
    """What came of a spelling, None where the bot ended before it took it up; and the spelling, with what the book calls its
    name. QuestionError where the name or the spelling means nothing: then the bot is not asked."""

    async def check(reader: QueryReader) -> tuple[OverlayRecord, str]:
        async with served(prepared) as generation:
            if generation is None:
                raise KzbotError(prepared.phrases.say("cli.review.no_state"))
            now = datetime.now(UTC)
            return await spelling_record(LedgerReader(reader), generation, name, spelling, TERMINAL, now)

    record, canonical = await reading(prepared, check)
    words, now = record.words or spelling, datetime.now(UTC)
    async with review_beside(prepared.settings.data.folder / FILE_NAME) as reviews:
        number = await reviews.add(
            ReviewRecord(at=now, actor=TERMINAL, kind="spelling", alike=group.alike, remark=words)
        )
        return await _asked(prepared, reviews, number, {"name": record.name}), record, canonical


async def unspelled_beside(prepared: Prepared, review: int) -> Corrected | None:
    """What came of taking the spelling of a review back, None where the bot ended before it took that up."""
    async with review_beside(prepared.settings.data.folder / FILE_NAME) as reviews:
        return await _asked(prepared, reviews, review, {"undo": True})


async def _asked(prepared: Prepared, reviews: Review, number: int, what: Mapping[str, Any]) -> Corrected | None:
    """Waits until the bot has done it, None where it has ended before; Ctrl+C leaves it asked for. KzbotError where what came of
    it is not there any more: somebody else who asked for the same has read it, or the bot has started anew meanwhile."""
    say, pulse = prepared.phrases.say, Pulse(prepared.settings.data.folder)
    await reviews.request(number, what)
    sys.stderr.write(f"{say('cli.review.asked')}\n")
    try:
        while True:
            came = (await reviews.requests()).get(number)
            if came is None:
                raise KzbotError(say("cli.review.read_already"))
            if "kind" in came:
                await reviews.drop_request(number)
                said = Outcome("refused", None, reason=came.get("reason"), values=came.get("values", {}))
                return Corrected(came["kind"], said)
            if not await asyncio.to_thread(pulse.beats):
                return None
            await asyncio.sleep(_LOOK)
    except asyncio.CancelledError:
        sys.stderr.write(f"{say('cli.review.left_asked')}\n")
        raise
