"""A picture in words, for those who cannot see it."""

from collections.abc import Sequence

from kzbot.output.beginnings import at_most, beginning
from kzbot.output.drawing.rows import Row
from kzbot.phrases import Phrases

LONGEST = 1024
_WORDS = 60


def alt_text(phrases: Phrases, heading: str, shown: str, rows: Sequence[Row], more: int, undrawn: int = 0) -> str:
    """Heading, how much is shown, and each row's date and first words, as many rows as fit into 1024 characters.

    `more`: how many statements come after the last row; `undrawn`: how many have no date. Discord takes no longer
    description of a file.
    """
    said = beginning(phrases.say("output.picture.alt", heading=heading, shown=shown), at_most(LONGEST // 2))
    left = more + sum(row.statements for row in rows)
    last = phrases.say("output.picture.undated", count=undrawn) if undrawn else ""
    reserve = len(phrases.say("output.picture.more", count=left)) + len(last) + 4
    for row in rows:
        date = ", ".join(filter(None, (row.when, row.notes)))
        line = phrases.say("output.picture.alt_row", date=date, words=beginning(row.words, at_most(_WORDS)))
        if len(said) + len(line) + 2 + reserve > LONGEST:
            break
        said = f"{said} {line}{'' if line.endswith(('.', '…')) else '.'}"
        left -= row.statements
    ends = [phrases.say("output.picture.more", count=left) if left else "", last]
    return " ".join([said, ". ".join(filter(None, ends))]).rstrip()
