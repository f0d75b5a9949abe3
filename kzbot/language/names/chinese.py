"""Chinese names as newspapers wrote them before pinyin (Wade-Giles, mostly without its apostrophes)."""

import re
from collections.abc import Sequence
from itertools import product

_MOST = 5
_FINALS = r"(?:i|u|ü|iu|ih|u[aeio]n?g?|[aeio]{1,3}n?g?|[aeo]|ung|un|eh|ieh|ien|üan|erh|ang|eng|ing|iang|iung|iao|ui|ai|ei|ao|ou|uai|uang)"
_SYLLABLE = re.compile(rf"(?:ch|sh|ts|tz|ss|sz|hs|[bpmfdtnlgkhjqxrzcswy])?{_FINALS}")
_INITIALS = (
    ("tz", ("z", "c")), ("ts", ("z", "c")), ("ss", ("s",)), ("sz", ("s",)), ("hs", ("x",)), ("ch", ("zh", "j", "ch", "q")),
    ("sh", ("sh",)), ("p", ("b", "p")), ("t", ("d", "t")), ("k", ("g", "k")), ("j", ("r",)),
)  # fmt: skip
_ENDS = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"ung\b", "ong"), (r"ien\b", "ian"), (r"ieh\b", "ie"), (r"ueh\b", "ue"), (r"^([zcs]h?)[uei]h?\b", r"\1i"),
        (r"ih\b", "i"), (r"^([gk])o\b", r"\1e"), (r"^ho\b", "he"), (r"^yi\b", "yi"), (r"^en\b", "en"), (r"^([xjq])ü", r"\1u"),
    )
)  # fmt: skip


def in_pinyin(words: Sequence[str]) -> list[str]:
    """What the plain words of a Chinese name may be in pinyin, without blanks; nothing where they are no such name."""
    if not 2 <= len(words) <= 3 or any(len(word) > 6 for word in words):
        return []
    if not all(_SYLLABLE.fullmatch(word) for word in words):
        return []
    return ["".join(one) for one in product(*(_readings(word) for word in words))][: _MOST**3]


def _readings(syllable: str) -> list[str]:
    found = []
    for initial, others in _INITIALS:
        if syllable.startswith(initial):
            found = [other + syllable[len(initial) :] for other in others]
            break
    read = [_ended(one) for one in found or [syllable]]
    if syllable.startswith(("ts", "tz")) and syllable.endswith("e"):
        read += ["ze", "ce"]
    return list(dict.fromkeys([syllable, *read]))


def _ended(syllable: str) -> str:
    for pattern, plain in _ENDS:
        syllable = pattern.sub(plain, syllable)
    return syllable
