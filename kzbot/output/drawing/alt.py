"""A picture in words, for those who cannot see it."""

from collections.abc import Sequence

from kzbot.output.beginnings import at_most, beginning
from kzbot.output.drawing.rows import Row
from kzbot.phrases import Phrases

LONGEST = 1024
_WORDS = 60


def alt_text(phrases: Phrases, heading: str, shown: str, rows: Sequence[Row], more: int) -> str:
    """Heading, how much is shown, and each row's date and first words, as many rows as fit into 1024 characters.

    `more`: how many statements come after the last row. Discord takes no longer description of a file.
    """
    said = beginning(phrases.say("output.picture.alt", heading=heading, shown=shown), at_most(LONGEST // 2))
    left = more + sum(row.statements for row in rows)
    reserve = len(phrases.say("output.picture.more", count=left)) + 2
    for row in rows:
        line = phrases.say("output.picture.alt_row", date=row.when, words=beginning(row.words, at_most(_WORDS)))
        if len(said) + len(line) + 2 + reserve > LONGEST:
            break
        said = f"{said} {line}{'' if line.endswith(('.', '…')) else '.'}"
        left -= row.statements
    return f"{said} {phrases.say('output.picture.more', count=left)}" if left else said
