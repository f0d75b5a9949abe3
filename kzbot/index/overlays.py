"""Reading what was said of the words of articles by hand: in their metadata, and laid over the corpus by moderators."""

import json

from kzbot.index.generation import Generation
from kzbot.index.rows import CorrectionRow, IdleRow


async def corrections(generation: Generation) -> dict[int, tuple[CorrectionRow, ...]]:
    """What the words of dates are said to mean, by article: what moderators laid over it first, for that wins."""

    async def read() -> dict[int, tuple[CorrectionRow, ...]]:
        sql = "SELECT article, corrections, laid FROM readings WHERE corrections <> '[]' OR laid LIKE '%\"dates\"%'"
        return {
            article: (
                *(CorrectionRow(words, edtf, True) for words, edtf in json.loads(laid).get("dates", ())),
                *(CorrectionRow(words, edtf, False) for words, edtf in json.loads(own)),
            )
            for article, own, laid in await generation.rows(sql)
        }

    return await generation.once("corrections", read)


async def idle(generation: Generation) -> tuple[IdleRow, ...]:
    """What moderators laid over the corpus and has no effect in this generation."""
    rows = await generation.rows("SELECT what, target, words, reason FROM idle ORDER BY rowid")
    return tuple(IdleRow(*row) for row in rows)
