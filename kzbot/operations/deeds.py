"""What a deed was about, where the row that it names says more than the deed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from kzbot.answers.model import Question
from kzbot.answers.question import typed
from kzbot.index.generation import Generation
from kzbot.index.held import ids_held
from kzbot.querylog.ledger.reader import LedgerReader
from kzbot.querylog.ledger.rows import QUESTION, DeedRow
from kzbot.querylog.review.reader import ReviewReader

_OF_AN_OVERLAY = ("kind", "article", "words", "edtf", "name", "report")
_OF_A_DOUBT = ("kind", "article", "words", "said")
_OF_A_REVIEW = ("kind", "alike", "remark", "overlay")
_REVIEW = "review "


async def with_subject(ledger: LedgerReader, review: ReviewReader, deed: DeedRow) -> DeedRow:
    """The deed with what is kept of its subject among its details: the correction, the doubt, the review."""
    if deed.about is None:
        return deed
    more = await _subject(ledger, review, deed.action, deed.about)
    (deed,) = await with_questions(review, [deed])
    return replace(deed, details={**more, **deed.details}) if more else deed


async def with_questions(review: ReviewReader, deeds: Sequence[DeedRow]) -> list[DeedRow]:
    """The deeds; those that reviewed questions with the latest of these, as it was typed, as long as its words are kept."""
    numbers = [deed.about for deed in deeds if deed.action.startswith(_REVIEW) and deed.about is not None]
    found = await review.questions_of(numbers) if numbers else {}
    return [
        replace(deed, details={**deed.details, QUESTION: typed(Question(row.command, row.options))})
        if deed.action.startswith(_REVIEW) and (row := found.get(deed.about or 0))
        else deed
        for deed in deeds
    ]


async def titles_of(generation: Generation, ids: Collection[str]) -> dict[str, str]:
    """The titles of these articles by their ids, those withdrawn included; nothing of others."""
    return {id_: title for id_, title in (await ids_held(generation, ids)).values() if id_ in ids} if ids else {}


async def _subject(ledger: LedgerReader, review: ReviewReader, action: str, about: int) -> Mapping[str, object]:
    if action == "lift":
        return _fields(await ledger.overlay(about), _OF_AN_OVERLAY)
    if action.startswith("report "):
        return _fields(await ledger.report(about), _OF_A_DOUBT)
    if action.startswith(_REVIEW):
        return _fields(await review.review(about), _OF_A_REVIEW)
    return {}


def _fields(row: object, names: tuple[str, ...]) -> dict[str, object]:
    found = {name: getattr(row, name, None) for name in names}
    return {name: value for name, value in found.items() if value not in (None, "")}
