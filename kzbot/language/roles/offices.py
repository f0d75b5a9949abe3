"""The key of an office: the same for all ways of writing it."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from kzbot.language.alike import spellings
from kzbot.language.roles import russian
from kzbot.language.roles.tables import DROPPED, LONGEST_UNIT, OVER, PLURALS, UNITS

_OWN_DEFENCE = ("national", "defence")
_PLAIN = {
    **{"labour": "labor", "transportation": "transport", "defense": "defence", "affairs": "", "matters": ""},
    **russian.OVER,
    **dict.fromkeys(russian.FIRST, "first"),
}


def unit_at(words: Sequence[str], at: int) -> tuple[int, str, bool] | None:
    """The office or rank whose noun begins at `at`: the place behind it, its key, whether it is a plural."""
    for end in range(min(len(words), at + LONGEST_UNIT), at, -1):
        form = tuple(words[at:end])
        if form in UNITS:
            return end, UNITS[form], False
        last = PLURALS.get(form[-1], form[-1].removesuffix("s"))
        if last != form[-1] and (*form[:-1], last) in UNITS:
            return end, UNITS[(*form[:-1], last)], True
    if words[at] == "chief" and words[at + 2 : at + 3] == ["officer"]:
        return at + 3, f"chief {same(words[at + 1])} officer", False
    return None


def office_key(before: Sequence[str], unit: str, over: Sequence[str]) -> str:
    """The key of an office by the words before its noun, the key of the noun, and what it is said to be "of"."""
    kept = [same(word) for word in before if word not in DROPPED]
    kept = [word for word in kept if word]
    if unit == "deputy minister":
        kept, unit = [*kept, "deputy"], "minister"
    if kept[:1] == ["first"] and len(kept) == 1 and unit != "secretary":
        kept = []
    field = [word for word in (same(word) for word in over) if word]
    if field == ["state"]:
        return " ".join((*kept, unit, "of state"))
    kept, field = (
        [w for w, following in pairwise([*words, ""]) if (w, following) != _OWN_DEFENCE] for words in (kept, field)
    )
    return " ".join((*kept, *field, *unit.split()))


@lru_cache(maxsize=4096)
def same(word: str) -> str:
    """One spelling of the British and the American ones."""
    if word in _PLAIN:
        return _PLAIN[word]
    if word in OVER or not word.isascii() or not word.isalpha():
        others = [other for other in spellings(word) if other in OVER]
        return min((word, *others))
    return word
