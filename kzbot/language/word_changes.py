"""Two versions of a text beside each other: the runs of words that became others, in bounded time for any text."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import Indel

_PIECE = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
    r"|[^\s\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+"
)
"""A word with the signs that stand at it; in a script without blanks each character."""
_AROUND = 6
_CELLS = 4_000_000
"""Stretches of more pairs of words than this are first parted at words that stand in both of them once."""
_MOST_CELLS = 400_000_000
"""What is left when so many pairs were compared counts as changed whole."""
_DEEPEST = 8


class Run(NamedTuple):
    """Words that became others, verbatim, one of them perhaps empty; `around`: the words before them, the same in both."""

    before: str
    after: str
    around: str


class _Stretch(NamedTuple):
    """Words of the old text from `first` to before `last`, beside those of the new one."""

    first: int
    last: int
    new_first: int
    new_last: int


@dataclass(slots=True)
class _Budget:
    cells: int = _MOST_CELLS


@dataclass(frozen=True, slots=True)
class _Text:
    text: str
    words: list[str]
    starts: list[int]

    @classmethod
    def of(cls, text: str) -> "_Text":
        found = [(match[0], match.start()) for match in _PIECE.finditer(text)]
        return cls(text, [word for word, _ in found], [start for _, start in found])

    def part(self, first: int, last: int) -> str:
        """The words from `first` to before `last`, as they stand in the text."""
        return self.text[self.starts[first] : self.starts[last - 1] + len(self.words[last - 1])] if first < last else ""


def word_changes(old: str, new: str) -> list[Run]:
    """The runs of words in which two texts differ, in order; none where only white space does.

    Takes no more than a few seconds for texts of some megabytes, whatever they hold: a stretch that would take longer
    counts as changed whole.
    """
    before, after = _Text.of(old), _Text.of(new)
    head = _common(before.words, after.words)
    most = min(len(before.words), len(after.words)) - head
    tail = _common_end(before.words, after.words, most)
    whole = _Stretch(head, len(before.words) - tail, head, len(after.words) - tail)
    return [
        Run(
            before.part(one.first, one.last),
            after.part(one.new_first, one.new_last),
            before.part(max(0, one.first - _AROUND), one.first),
        )
        for one in _joined(_changed(before.words, after.words, whole, _Budget(), 0))
    ]


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many words at the beginning are the same."""
    count = min(len(old), len(new))
    return next((at for at in range(count) if old[at] != new[at]), count)


def _common_end(old: Sequence[str], new: Sequence[str], most: int) -> int:
    return next((at for at in range(most) if old[-1 - at] != new[-1 - at]), most)


def _changed(
    old: Sequence[str], new: Sequence[str], stretch: _Stretch, budget: _Budget, depth: int
) -> Iterator[_Stretch]:
    """The stretches that differ: word by word where they are short, else between the words that both have once."""
    length, new_length = stretch.last - stretch.first, stretch.new_last - stretch.new_first
    if not length and not new_length:
        return
    if not length or not new_length:
        yield stretch
        return
    if length * new_length <= min(_CELLS, budget.cells):
        budget.cells -= length * new_length
        yield from _compared(old, new, stretch)
        return
    anchors = _anchors(old, new, stretch) if depth < _DEEPEST else []
    if not anchors:
        yield stretch
        return
    first, new_first = stretch.first, stretch.new_first
    for at, new_at in anchors:
        yield from _changed(old, new, _Stretch(first, at, new_first, new_at), budget, depth + 1)
        first, new_first = at + 1, new_at + 1
    yield from _changed(old, new, _Stretch(first, stretch.last, new_first, stretch.new_last), budget, depth + 1)


def _compared(old: Sequence[str], new: Sequence[str], stretch: _Stretch) -> Iterator[_Stretch]:
    numbers: dict[str, int] = {}
    ours = [numbers.setdefault(word, len(numbers)) for word in old[stretch.first : stretch.last]]
    theirs = [numbers.setdefault(word, len(numbers)) for word in new[stretch.new_first : stretch.new_last]]
    for code in Indel.opcodes(ours, theirs):
        if code.tag != "equal":
            yield _Stretch(
                stretch.first + code.src_start,
                stretch.first + code.src_end,
                stretch.new_first + code.dest_start,
                stretch.new_first + code.dest_end,
            )


def _anchors(old: Sequence[str], new: Sequence[str], stretch: _Stretch) -> list[tuple[int, int]]:
    """The words that stand once in both, as far as they come in the same order (patience diff, after Bram Cohen)."""
    ours = _once(old, stretch.first, stretch.last)
    theirs = _once(new, stretch.new_first, stretch.new_last)
    pairs = [(at, theirs[word]) for word, at in ours.items() if word in theirs]
    ends: list[int] = []
    tails: list[int] = []
    before: list[int] = []
    for number, (_, new_at) in enumerate(pairs):
        place = bisect_left(ends, new_at)
        before.append(tails[place - 1] if place else -1)
        ends[place : place + 1] = [new_at]
        tails[place : place + 1] = [number]
    chain = []
    step = tails[-1] if tails else -1
    while step >= 0:
        chain.append(pairs[step])
        step = before[step]
    return chain[::-1]


def _once(words: Sequence[str], first: int, last: int) -> dict[str, int]:
    """The words that stand once from `first` to before `last`, in order, with their places."""
    part = words[first:last]
    counts = Counter(part)
    return {word: first + at for at, word in enumerate(part) if counts[word] == 1}


def _joined(stretches: Iterator[_Stretch]) -> Iterator[_Stretch]:
    """Stretches that follow one another with at most one word between them, as one: a new wording keeps such by chance."""
    waiting: _Stretch | None = None
    for one in stretches:
        if waiting is not None and one.first - waiting.last == one.new_first - waiting.new_last <= 1:
            waiting = _Stretch(waiting.first, one.last, waiting.new_first, one.new_last)
            continue
        if waiting is not None:
            yield waiting
        waiting = one
    if waiting is not None:
        yield waiting
