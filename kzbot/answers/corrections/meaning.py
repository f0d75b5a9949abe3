"""The date that a moderator gives for some words: EDTF, or what reads as one date without doubt."""

import re
from datetime import date

from kzbot.errors import QuestionError
from kzbot.language.dates import edtf
from kzbot.language.dates.typed import read_typed

NO_DATE = frozenset(("no date", "none", "null", "-", "–"))
"""What says that words mean no date; the phrase for it says so, too."""

_FAR_APART = (date(1950, 1, 1), date(2049, 12, 28))
"""Two days of which nothing that is counted from today reads the same."""
_NUMBERS = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{2}|\d{4})")
_SHORT_YEAR = re.compile(r"(?<!\d)['’]\d\d(?!\d)|[./-]\d\d$")
_BARE_INTERVAL = re.compile(r"\d[^/\s\[\]]*\.\.[^/\s\[\]]*\d")


def read_meaning(typed: str, no_date: str) -> str | None:
    """The EDTF date of what was typed, None where it says that there is none (`no_date`, or another word for it).

    Raises QuestionError on what is not EDTF here, and could be read in two ways or in none.
    """
    said = " ".join(typed.split())
    if said.casefold() in NO_DATE or said.casefold() == no_date.casefold():
        return None
    if edtf.is_valid(said.upper()):
        return said.upper()
    if _BARE_INTERVAL.fullmatch(said):
        raise QuestionError("answers.corrections.bare_interval", typed=said[:80])
    if _doubtful(said):
        raise QuestionError("answers.corrections.doubtful", typed=said[:80])
    read = {found.edtf if found is not None else None for found in (read_typed(said, today) for today in _FAR_APART)}
    if len(read) != 1 or None in read:
        key = "not_a_date" if read == {None} else "doubtful"
        raise QuestionError(f"answers.corrections.{key}", typed=said[:80])
    return read.pop()


def _doubtful(said: str) -> bool:
    """Whether figures could be the day or the month, or a year is written with two."""
    found = _NUMBERS.fullmatch(said)
    if found is None:
        return _SHORT_YEAR.search(said) is not None and not said[:4].isdigit()
    either = int(found[1]) <= 12 and int(found[2]) <= 12 and found[1] != found[2]
    return either or len(found[3]) == 2
