"""The best of a stretch of a list, without looking at all of it."""

from array import array
from collections.abc import Iterator
from heapq import heapify, heappop, heapreplace

_BLOCK = 64


class Ranked:
    """A list of ranks, lowest best, of which any stretch gives its best in order.

    Blocks of 64 know their best: a stretch of n costs about n / 64 looks, and a sort of each block that is drawn from.
    """

    def __init__(self, ranks: "array[int]") -> None:
        self._ranks = ranks
        self._best = array("I", (min(ranks[at : at + _BLOCK]) for at in range(0, len(ranks), _BLOCK)))

    def __len__(self) -> int:
        return len(self._ranks)

    def best(self, first: int, last: int) -> Iterator[int]:
        """The ranks at places `first` to `last` (exclusive), best first."""
        if last - first <= 2 * _BLOCK:
            yield from sorted(self._ranks[first:last])
            return
        left, right = -(-first // _BLOCK), last // _BLOCK
        heap: list[tuple[int, int, Iterator[int] | None]] = [(self._best[at], at, None) for at in range(left, right)]
        for at, (start, end) in enumerate(((first, left * _BLOCK), (right * _BLOCK, last))):
            if start < end:
                edge = iter(sorted(self._ranks[start:end]))
                heap.append((next(edge), -1 - at, edge))
        heapify(heap)
        while heap:
            rank, at, block = heap[0]
            if block is None:
                block = iter(sorted(self._ranks[at * _BLOCK : (at + 1) * _BLOCK]))
                next(block)
            yield rank
            following = next(block, None)
            if following is None:
                heappop(heap)
            else:
                heapreplace(heap, (following, at, block))
