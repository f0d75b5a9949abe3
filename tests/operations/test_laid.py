"""From the rows of the ledger to what a build is given."""

from datetime import UTC, datetime

from kzbot.corpus.article import Correction
from kzbot.operations.laid import overlay_of
from kzbot.querylog.ledger.rows import BOT, OverlayRow

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)


def test_of_two_corrections_of_the_same_words_the_later_one_wins() -> None:
    rows = [
        OverlayRow(number=number, at=NOW, actor=BOT, kind="date", article="a", words="Friday", edtf=edtf)
        for number, edtf in enumerate(("1997", None, "1998"), 1)
    ]
    assert overlay_of(rows).dates == {"a": (Correction("Friday", "1998"),)}
