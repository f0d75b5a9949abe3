"""What moderators laid over the corpus, from the ledger's rows to what a build is given."""

from collections.abc import Iterable

from kzbot.corpus.overlay import Overlay
from kzbot.querylog.ledger.rows import OverlayRow


def overlay_of(rows: Iterable[OverlayRow]) -> Overlay:
    """The overlay that these rows make, the oldest first; a later correction of the same words wins."""
    holding = [row for row in rows if row.undone_at is None]
    return Overlay.of(
        (row.article for row in holding if row.kind == "withdrawal" and row.article),
        ((row.article, row.words, row.edtf) for row in holding if row.kind == "date" and row.article and row.words),
        ((row.name, row.words) for row in holding if row.kind == "spelling" and row.name and row.words),
    )
