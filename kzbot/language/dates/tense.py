"""Whether the words around a place announce or report, by the nearest verb of its sentence."""

import re
from bisect import bisect_left
from typing import Literal, NamedTuple

from kzbot.language.dates.lexicon import words_of

Tense = Literal["planned", "future", "past", "said", "unknown"]
"""`planned`: what is announced; `future`: words that only point ahead; `said`: verbs that leave the date open."""

_BLOCK = 256
_LEFT, _RIGHT = 180, 120
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?|[.!?](?=[\s\"”’')\]])|\n|;")
_PLANNED = frozenset(
    words_of(
        "will won't won’t shall scheduled expected expects plans planned planning upcoming forthcoming slated intends intend "
        "intended proposed they'll we'll it'll he'll she'll i'll you'll they’ll we’ll it’ll he’ll she’ll i’ll you’ll"
    )
)
_FUTURE = frozenset(words_of("would should hopes aims aiming forecast until going deadline could expect"))
_SAID = frozenset(
    words_of("said says told stated added reported according announced noted reports announces confirmed")
)
_PAST = frozenset(
    words_of(
        "was were had did met held took began went won lost fell rose came gave made sent left became found led got saw ran brought "
        "sold built bought paid spoke wrote flew hit shot cut broke grew drew stood struck withdrew arose chose drove forgot froze "
        "kept knew laid lay meant rode sank sat sought swore taught thought threw understood woke wore been done gone"
    )
)
_NO_PAST = frozenset(
    words_of(
        "need speed feed seed indeed united hundred exceed proceed succeed red bed led-in unprecedented limited armed advanced related "
        "based combined detailed skilled so-called aged estimated delayed set"
    )
)
_BE = frozenset(words_of("is are was were be been"))
_TO_BE = frozenset(words_of("set scheduled slated expected"))
_ENDS = frozenset(".!?\n;")


class _Cue(NamedTuple):
    place: int
    tense: Literal["planned", "future", "past", "said", "end"]


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
            for cue in reversed(cues[: bisect_left(cues, (start,))]):
                if cue.place < low or cue.tense == "end":
                    return "unknown"
                return cue.tense
        return "unknown"

    def behind(self, end: int, reach: int = _RIGHT) -> Tense:
        high = min(end + reach, len(self._low))
        for block in range(end // _BLOCK, high // _BLOCK + 1):
            cues = self._block(block)
            for cue in cues[bisect_left(cues, (end,)) :]:
                if cue.place >= high or cue.tense == "end":
                    return "unknown"
                return cue.tense
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
        found: list[_Cue] = []
        end = start + _BLOCK
        previous = ""
        for match in _WORD.finditer(self._low, max(start - 16, 0), min(end + 24, len(self._low))):
            word, place = match[0], match.start()
            if place >= end:
                break
            if place >= start:
                tense = _tense(word, previous)
                if tense is not None:
                    found.append(_Cue(place, tense))
            previous = word
        return found


def _tense(word: str, previous: str) -> Literal["planned", "future", "past", "said", "end"] | None:
    if word in _ENDS:
        return "end"
    if word in _PLANNED or (word in ("to", "due") and previous in _BE) or (word == "to" and previous in _TO_BE):
        return "planned"
    if word in _FUTURE:
        return "future"
    if word in _SAID:
        return "said"
    if previous == "be":
        return None
    if word in _PAST or (word.endswith("ed") and len(word) > 4 and word not in _NO_PAST):
        return "past"
    return None
