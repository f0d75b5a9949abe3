"""Whether the words around a place announce or report, by the nearest verb of its sentence."""

import re
from bisect import bisect_left
from operator import itemgetter
from typing import Literal

from kzbot.language.dates.alternatives import any_of
from kzbot.language.dates.lexicon import words_of

Tense = Literal["planned", "future", "past", "said", "unknown"]
"""`planned`: what is announced; `future`: words that only point ahead; `said`: verbs that leave the date open."""

_BLOCK = 128
_LEFT, _RIGHT = 180, 120
_PLANNED = frozenset(
    words_of(
        "will won't won’t shall scheduled expected expects plans planned planning upcoming forthcoming slated intends intend "
        "intended proposed they'll we'll it'll he'll she'll i'll you'll they’ll we’ll it’ll he’ll she’ll i’ll you’ll"
    )
)
_FUTURE = frozenset(words_of("would should hopes aims aiming forecast going deadline could expect"))
_SAID = frozenset(
    words_of("said says told stated added reported according announced noted reports announces confirmed")
)
_PAST = frozenset(
    words_of(
        "was were had did met held took began went won lost fell rose came gave made sent left became found led got saw ran brought "
        "sold built bought paid spoke wrote flew hit shot cut broke grew drew stood struck withdrew arose chose drove forgot froze "
        "kept knew laid lay meant rode sank sat sought swore taught thought threw understood woke wore been done gone ate drank sang slept "
        "swam heard felt dealt fed fled fought hid lent stole swept tore wept wrote bore bred shook slid sprang strove"
    )
)
_NO_PAST = frozenset(
    words_of(
        "need speed feed seed indeed united hundred exceed proceed succeed red bed led-in unprecedented limited armed advanced related "
        "based combined detailed skilled so-called aged estimated delayed set"
    )
)
_LONGEST = 24
_SHORTEST_REGULAR = 5
_PLACE = itemgetter(0)
_TO_DUE = frozenset(("to", "due"))
_BE = frozenset(words_of("is are was were be been"))
_TO_BE = frozenset(words_of("set scheduled slated expected"))
_TENSES: dict[str, "CueTense"] = {
    ".": "end", "!": "end", "?": "end", "\n": "end", ";": "end",
    **dict.fromkeys(_PAST, "past"), **dict.fromkeys(_SAID, "said"), **dict.fromkeys(_FUTURE, "future"),
    **dict.fromkeys(_PLANNED, "planned"), "until": "until",
}  # fmt: skip
_CUE = re.compile(
    rf"(?<![a-z])(?:{any_of((*_PLANNED, *_FUTURE, *_SAID, *_PAST, 'to', 'due', 'until'))}|[a-z]{{3,}}(?<=ed))(?![a-z]|[’'][a-z])"
    r"|[.!?](?=[\s\"”’')\]])|[\n;]"
)

CueTense = Literal["planned", "future", "past", "said", "until", "end"]
_Cue = tuple[int, CueTense]
"""Where a verb stands or a sentence ends, and what it says; "until" points ahead only right before a date."""


class Tenses:
    """The verbs of one text, read block by block as they are asked for."""

    def __init__(self, low: str) -> None:
        self._low = low
        self._blocks: dict[int, list[_Cue]] = {}

    def at(self, start: int, end: int) -> Tense:
        """The tense around the words from `start` to `end`: the nearest verb before them, else the nearest behind."""
        left = self.before(start)
        return left if left != "unknown" else self.behind(end)

    def before(self, start: int, reach: int = _LEFT) -> Tense:
        low = max(start - reach, 0)
        for block in range(start // _BLOCK, low // _BLOCK - 1, -1):
            cues = self._block(block)
            if not cues:
                continue
            for cue in reversed(cues[: bisect_left(cues, start, key=_PLACE)]):
                if cue[0] < low or cue[1] == "end":
                    return "unknown"
                return "future" if cue[1] == "until" else cue[1]
        return "unknown"

    def behind(self, end: int, reach: int = _RIGHT) -> Tense:
        high = min(end + reach, len(self._low))
        for block in range(end // _BLOCK, high // _BLOCK + 1):
            cues = self._block(block)
            if not cues:
                continue
            for cue in cues[bisect_left(cues, end, key=_PLACE) :]:
                if cue[1] == "until":
                    continue
                return "unknown" if cue[0] >= high or cue[1] == "end" else cue[1]
        return "unknown"

    def announced(self, start: int, end: int) -> bool:
        """Whether the nearest verb on either side announces."""
        return self.at(start, end) == "planned"

    def _block(self, number: int) -> list[_Cue]:
        cues = self._blocks.get(number)
        if cues is None:
            cues = self._blocks[number] = list(self._cues(number * _BLOCK))
        return cues

    def _cues(self, start: int) -> list[_Cue]:
        low = self._low
        found: list[_Cue] = []
        end = start + _BLOCK
        for match in _CUE.finditer(low, start, min(end + _LONGEST, len(low))):
            place = match.start()
            if place >= end:
                break
            word = match[0]
            tense = _TENSES.get(word)
            if word in _TO_DUE or tense == "past" or tense is None:
                tense = _beside(word, tense, _word_before(low, place))
            if tense is not None:
                found.append((place, tense))
        return found


def _word_before(low: str, place: int) -> str:
    words = low[max(place - _LONGEST, 0) : place].split()
    return words[-1] if words else ""


def _beside(word: str, tense: CueTense | None, previous: str) -> CueTense | None:
    """What a verb says that depends on the word before it: "is to", "set to", "to be built"."""
    if word in _TO_DUE:
        return "planned" if previous in _BE or (word == "to" and previous in _TO_BE) else None
    if previous == "be" or (tense is None and (len(word) < _SHORTEST_REGULAR or word in _NO_PAST)):
        return None
    return "past"
