"""What a deed was about, where the row that it names says more than the deed."""

from collections.abc import Mapping
from dataclasses import replace

from kzbot.querylog.ledger.reader import LedgerReader
from kzbot.querylog.ledger.rows import DeedRow
from kzbot.querylog.review.reader import ReviewReader

_OF_AN_OVERLAY = ("kind", "article", "words", "edtf", "name", "report")
_OF_A_DOUBT = ("kind", "article", "words", "said")
_OF_A_REVIEW = ("kind", "alike", "remark", "overlay")


async def with_subject(ledger: LedgerReader, review: ReviewReader, deed: DeedRow) -> DeedRow:
    """The deed with what is kept of its subject among its details: the correction, the doubt, the review."""
    if deed.about is None:
        return deed
    more = await _subject(ledger, review, deed.action, deed.about)
    return replace(deed, details={**more, **deed.details}) if more else deed


async def _subject(ledger: LedgerReader, review: ReviewReader, action: str, about: int) -> Mapping[str, object]:
    if action == "lift":
        return _fields(await ledger.overlay(about), _OF_AN_OVERLAY)
    if action.startswith("report "):
        return _fields(await ledger.report(about), _OF_A_DOUBT)
    if action.startswith("review "):
        return _fields(await review.review(about), _OF_A_REVIEW)
    return {}


def _fields(row: object, names: tuple[str, ...]) -> dict[str, object]:
    found = {name: getattr(row, name, None) for name in names}
    return {name: value for name, value in found.items() if value not in (None, "")}
