"""A further spelling of a name of the name book, checked and ready to be laid."""

from datetime import datetime

from kzbot.answers.corrections.checking import name_change
from kzbot.index.generation import Generation
from kzbot.operations.laid import overlay_of
from kzbot.querylog.ledger.reader import LedgerReader
from kzbot.querylog.ledger.rows import Actor, OverlayRecord


async def spelling_record(
    ledger: LedgerReader,
    generation: Generation,
    name: str,
    spelling: str,
    actor: Actor,
    at: datetime,
    report: int | None = None,
) -> tuple[OverlayRecord, str]:
    """What lays `spelling` over a name (its id, or a spelling of it), and what the book calls it; `report`: the doubt that it
    answers. QuestionError where the name is none or several, or the spelling is none or has an owner."""
    laid = overlay_of(await ledger.holding()).spellings
    change = await name_change(generation, name, spelling, laid)
    record = OverlayRecord(at=at, actor=actor, kind="spelling", name=change.id, words=change.spelling, report=report)
    return record, change.canonical
