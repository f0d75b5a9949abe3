"""A quotation beside the source's words, run by run, and how plainly it is the same statement."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from rapidfuzz.distance import Levenshtein

from kzbot.language.quoting.grams import COMMON, folded
from kzbot.language.quoting.reading import Reading, is_word
from kzbot.language.quoting.standing import Piece

Op = Literal["same", "changed", "added", "left_out"]
_SENTENCE_ENDS = frozenset(".!?…")
_CROSSED = 0.6
"""What running over the end of a sentence costs in choosing where the source's words begin and end, in words."""
_MOST_SEEDS = 1_000
_SHARE, _NEW = 0.68, 0.29
_ENOUGH = ((3, 2), (2, 4))
_SHARE_OF_PARTS, _PART = 0.4, 3
_LEFT_OUT, _NEAR = 40, 6
"""The words that may be left out of a sentence in silence; single words that stand farther off are of another one."""
_PRINTERS = frozenset(".,…")


class Run(NamedTuple):
    """A run of a quotation beside the source's, both verbatim; where words were left out, theirs is empty or the dots."""

    op: Op
    theirs: str
    source: str


class Step(NamedTuple):
    """A run by keys: the quotation's from `first` to before `last`, beside the source's."""

    op: Op
    first: int
    last: int
    source_first: int
    source_last: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a quotation compares with a stretch of a source, from `start` to `end` by offsets.

    `share`: the words that are the same, of those of both, common words for less. Of the quotation's telling words `same`
    stand in the source too, and `new` do not; `longest` and `shortest` are the runs of words that are the same.
    """

    start: int
    end: int
    runs: tuple[Run, ...]
    share: float
    same: int
    new: int
    longest: int
    shortest: int

    @property
    def plain(self) -> bool:
        """Whether the quotation plainly is a version of this stretch, and not another statement of its kind.

        Measured on two collections of news: unlike sentences with as large a share differ in nearly a third of their
        telling words ("The index fell by 3" beside "The index closed at its lowest"). Where nothing is new, the source's words
        in long runs are enough, whatever was left out between them.
        """
        few = self.new <= max(1, (self.same + self.new) * _NEW)
        enough = any(self.same >= same and self.longest >= longest for same, longest in _ENOUGH)
        if self.share >= _SHARE and enough and few:
            return True
        return not self.new and self.share >= _SHARE_OF_PARTS and self.shortest >= _PART and self.same > _PART


def compare(quotation: Reading, source: Reading) -> Likeness | None:
    """The stretch of the source that is most like the quotation, None where they share no two neighbouring words."""
    theirs, words = _Words.of(quotation), _Words.of(source)
    seeds = _seeds(theirs.folded, words.folded)
    if not seeds:
        return None
    first, last = _region(theirs, words, seeds)
    start, end = words.places[first], words.places[last - 1] + 1
    steps = _steps(quotation, source, start, end)
    return _likeness(quotation, source, steps)


def told_in_pieces(quotation: Reading, parts: Sequence[Piece], source: Reading, places: Sequence[int]) -> Likeness:
    """A quotation whose pieces stand in the source at `places`, with what it leaves out or puts in between them."""
    steps: list[Step] = []
    done, source_done = 0, places[0]
    for part, at in zip(parts, places, strict=True):
        steps += _between(quotation.keys, done, part.first, source_done, at)
        same = 0
        while part.first + same < part.last and _same(quotation.keys, part.first + same, source.keys, at + same):
            same += 1
        steps.append(Step("same", part.first, part.first + same, at, at + same))
        done, source_done = part.first + same, at + same
    steps += _between(quotation.keys, done, len(quotation.keys), source_done, source_done)
    return _likeness(quotation, source, steps)


def _same(keys: Sequence[str], at: int, others: Sequence[str], there: int) -> bool:
    return there < len(others) and keys[at] == others[there]


def _between(keys: Sequence[str], first: int, last: int, source_first: int, source_last: int) -> Iterator[Step]:
    words = any(is_word(key) for key in keys[first:last])
    if source_first < source_last:
        yield Step("changed" if words else "left_out", first, last, source_first, source_last)
    elif first < last:
        yield Step("added", first, last, source_first, source_last)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a reading, folded, with the numbers of their keys; `crossed`: sentence ends before each."""

    folded: Sequence[str]
    places: Sequence[int]
    crossed: Sequence[int]

    @classmethod
    def of(cls, reading: Reading) -> "_Words":
        words, places, crossed, ends = [], [], [], 0
        for at, key in enumerate(reading.keys):
            if is_word(key):
                words.append(folded(key))
                places.append(at)
                crossed.append(ends)
            elif key in _SENTENCE_ENDS:
                ends += 1
        return cls(words, places, crossed)


def _seeds(theirs: Sequence[str], words: Sequence[str]) -> list[tuple[int, int]]:
    """Where two neighbouring words of the quotation stand in the source: places of both, in order of the source."""
    pairs: dict[tuple[str, str], list[int]] = {}
    for at in range(len(theirs) - 1):
        pairs.setdefault((theirs[at], theirs[at + 1]), []).append(at)
    known = pairs.keys()
    found = [(at, there) for there, pair in enumerate(pairwise(words)) if pair in known for at in pairs[pair]]
    return found[:_MOST_SEEDS]


def _region(theirs: _Words, words: _Words, seeds: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The words of the source that the quotation is set beside: where most seeds lie together."""
    count = len(theirs.folded)
    slack = max(_LEFT_OUT, count // 2)
    there = [place for _, place in seeds]
    together = _counts_from(seeds, {place - at - slack for at, place in seeds}, count + 2 * slack)
    best = max(seeds, key=lambda seed: together[seed[1] - seed[0] - slack])
    begin = best[1] - best[0] - slack
    within = seeds[bisect_left(there, begin) : bisect_left(there, begin + count + 2 * slack)]
    chain = _together(_chain(within))
    (head, first), (tail, last) = chain[0], chain[-1]
    return (
        first - _taken(theirs.folded[:head][::-1], words, range(first - 1, -1, -1)),
        last + 2 + _taken(theirs.folded[tail + 2 :], words, range(last + 2, len(words.folded))),
    )


def _counts_from(seeds: Sequence[tuple[int, int]], begins: Collection[int], width: int) -> dict[int, int]:
    """How many places of the quotation have seeds within so many words of the source, by where these begin."""
    counts, within = dict[int, int](), Counter[int]()
    first = last = 0
    for begin in sorted(begins):
        while last < len(seeds) and seeds[last][1] < begin + width:
            within[seeds[last][0]] += 1
            last += 1
        while first < last and seeds[first][1] < begin:
            within[seeds[first][0]] -= 1
            if not within[seeds[first][0]]:
                del within[seeds[first][0]]
            first += 1
        counts[begin] = len(within)
    return counts


def _chain(seeds: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of seeds that go forward in both texts (patience sorting)."""
    tails: list[tuple[int, int]] = []
    ends: list[int] = []
    before: dict[tuple[int, int], tuple[int, int] | None] = {}
    for seed in sorted(seeds, key=lambda one: (one[1], -one[0])):
        at = bisect_left(ends, seed[0])
        before[seed] = tails[at - 1] if at else None
        tails[at : at + 1] = [seed]
        ends[at : at + 1] = [seed[0]]
    chain: list[tuple[int, int]] = []
    step: tuple[int, int] | None = tails[-1]
    while step is not None:
        chain.append(step)
        step = before[step]
    return chain[::-1]


def _together(chain: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The chain without single seeds at its ends that stand far from the others: two words are found anywhere."""
    first, last = 0, len(chain) - 1
    while first < last and _apart(chain[first], chain[first + 1]):
        first += 1
    while last > first and _apart(chain[last - 1], chain[last]):
        last -= 1
    return chain[first : last + 1]


def _apart(before: tuple[int, int], after: tuple[int, int]) -> bool:
    return (after[1] - before[1]) - (after[0] - before[0]) > _NEAR


def _taken(theirs: Sequence[str], words: _Words, places: range) -> int:
    """How many words of the source, going on over `places`, stand beside these of the quotation."""
    if not theirs:
        return 0
    reach = places[: len(theirs) + max(3, len(theirs) // 4)]
    beside = [words.folded[place] for place in reach]
    begun = words.crossed[places[0] + (1 if places.step < 0 else -1)] if len(places) else 0

    def cost(count: int) -> tuple[float, int]:
        crossed = abs(words.crossed[reach[count - 1]] - begun) if count else 0
        return Levenshtein.distance(theirs, beside[:count]) + _CROSSED * crossed, abs(count - len(theirs))

    return min(range(len(beside) + 1), key=cost)


def _steps(quotation: Reading, source: Reading, start: int, end: int) -> list[Step]:
    """The runs of the quotation beside the source's keys from `start` to before `end`."""
    numbers: dict[str, int] = {}
    ours = [numbers.setdefault(key.lower(), len(numbers)) for key in quotation.keys]
    other = [numbers.setdefault(key.lower(), len(numbers)) for key in source.keys[start:end]]
    steps: list[Step] = []
    for op_code in Levenshtein.opcodes(ours, other):
        first, last = op_code.src_start, op_code.src_end
        there, there_end = start + op_code.dest_start, start + op_code.dest_end
        if op_code.tag == "equal":
            for at in range(last - first):
                one, other_one = first + at, there + at
                op: Op = "same" if quotation.keys[one] == source.keys[other_one] else "changed"
                _append(steps, Step(op, one, one + 1, other_one, other_one + 1))
        else:
            _append(steps, Step("changed", first, last, there, there_end))
    return [_named(step) for step in _islands_joined(steps, quotation.keys)]


def _append(steps: list[Step], step: Step) -> None:
    if steps and steps[-1].op == step.op:
        before = steps.pop()
        step = Step(step.op, before.first, step.last, before.source_first, step.source_last)
    steps.append(step)


def _islands_joined(steps: Sequence[Step], keys: Sequence[str]) -> list[Step]:
    """Without runs of one mark or common word between two changes, which only look the same by chance."""
    joined: list[Step] = []
    for at, step in enumerate(steps):
        alone = step.op == "same" and step.last - step.first == 1 and 0 < at < len(steps) - 1
        if alone and (not is_word(keys[step.first]) or keys[step.first].lower() in COMMON) and _wide(steps, at):
            step = step._replace(op="changed")
        _append(joined, step)
    return joined


def _wide(steps: Sequence[Step], at: int) -> bool:
    """Whether words changed on both sides, and more than were kept."""
    around = (steps[at - 1], steps[at + 1])
    return all(max(one.last - one.first, one.source_last - one.source_first) > 1 for one in around)


def _named(step: Step) -> Step:
    if step.op == "changed" and step.first == step.last:
        return step._replace(op="left_out")
    return step._replace(op="added") if step.op == "changed" and step.source_first == step.source_last else step


def _likeness(quotation: Reading, source: Reading, steps: list[Step]) -> Likeness:
    kept = _trimmed(steps, quotation.keys)
    start = source.starts[min(step.source_first for step in kept if step.source_first < step.source_last)]
    end = source.ends[max(step.source_last for step in kept if step.source_first < step.source_last) - 1]
    runs = _runs(quotation, source, kept, start, end)
    same = [step for step in kept if _but_for_case(quotation, source, step)]
    shared = sum(_weight(quotation.keys, step.first, step.last) for step in same)
    total = _weight(quotation.keys, 0, len(quotation.keys))
    total += sum(_weight(source.keys, step.source_first, step.source_last) for step in kept)
    telling = sum(map(_telling, quotation.keys))
    alike = sum(sum(map(_telling, quotation.keys[step.first : step.last])) for step in same)
    lengths = [sum(map(is_word, quotation.keys[step.first : step.last])) for step in same] or [0]
    return Likeness(
        start, end, runs, 2 * shared / total if total else 0.0, alike, telling - alike, max(lengths), min(lengths)
    )


def _but_for_case(quotation: Reading, source: Reading, step: Step) -> bool:
    theirs, other = quotation.keys[step.first : step.last], source.keys[step.source_first : step.source_last]
    return step.op == "same" or [key.lower() for key in theirs] == [key.lower() for key in other]


def _trimmed(steps: list[Step], keys: Sequence[str]) -> list[Step]:
    """Without what the source has before the first and behind the last word of the quotation."""
    first, last = 0, len(steps)
    while first < last - 1 and steps[first].op == "left_out":
        first += 1
    while last - 1 > first and steps[last - 1].op == "left_out":
        last -= 1
    steps = steps[first:last]
    if len(steps) > 1 and steps[-1].op == "added" and steps[-2].op == "same":
        before, end = steps[-2], steps[-1]
        if all(key in _PRINTERS for key in keys[end.first : end.last]):
            return [*steps[:-2], before._replace(last=end.last)]
    return steps


def _runs(quotation: Reading, source: Reading, steps: Sequence[Step], start: int, end: int) -> tuple[Run, ...]:
    """The steps in words; white space goes with what stands before it, so that nothing is lost on either side."""
    theirs = _cuts([quotation.starts[s.first] if s.first < s.last else None for s in steps], 0, len(quotation.text))
    other = _cuts(
        [source.starts[s.source_first] if s.source_first < s.source_last else None for s in steps], start, end
    )
    return tuple(
        Run(step.op, quotation.text[a:b], source.text[c:d])
        for step, (a, b), (c, d) in zip(steps, theirs, other, strict=True)
    )


def _cuts(begins: Sequence[int | None], start: int, end: int) -> list[tuple[int, int]]:
    """Stretches that follow one another from `start` to `end`; an empty one where nothing begins."""
    cuts: list[tuple[int, int]] = []
    following = end
    for begin in reversed(begins):
        cuts.append((following, following) if begin is None else (begin, following))
        following = following if begin is None else begin
    cuts.reverse()
    first = next(at for at, begin in enumerate(begins) if begin is not None)
    cuts[first] = (start, cuts[first][1])
    return [(start, start) if at < first else cut for at, cut in enumerate(cuts)]


def _telling(key: str) -> bool:
    return is_word(key) and key.lower() not in COMMON


def _weight(keys: Sequence[str], first: int, last: int) -> float:
    return sum(1.0 if key.lower() not in COMMON else 0.4 for key in keys[first:last] if is_word(key))
