"""`tag(text, dct)` as a scorer of TIMEX3 taggers wants it."""

from datetime import date

from kzbot.language.dates.tagger import tag as tag_on


def tag(text: str, dct: str) -> list[tuple[int, int, str]]:
    """(start, end, TIMEX3 value) for a text published on `dct` (YYYY-MM-DD)."""
    return tag_on(text, date.fromisoformat(dct))
