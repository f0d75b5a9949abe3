"""Hard-wrapped text: where a line end is only the width of somebody's screen.

A line end is a boundary unless the sentence runs on over it. In a text that is wrapped throughout, a line is also
joined to the next where the next line's first word would not have fitted on it, which is how text is wrapped.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kzbot.corpus.lines import Line, begins_quoted, continues, count_words, ends_sentence

_SHORTEST = 40
_WRAPPED_SHARE = 0.4
_SLACK = 3
_NOT_RUNNING_ON = (":", ";")


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How a text is wrapped: `width` in characters, 0 where it is not wrapped throughout."""

    width: int

    def joins(self, line: Line, following: Line) -> bool:
        """Whether `following`, the line right below `line`, goes on with the same paragraph."""
        if following.number != line.number + 1:
            return False
        if _runs_on(line, following):
            return True
        if not self.width or following.indent > line.indent + 1:
            return False
        first_word = following.text.split(maxsplit=1)[0]
        full = line.indent + len(line.text) + 1 + len(first_word) > self.width - _SLACK
        opens = (
            begins_quoted(following.text) and ends_sentence(line.text) and len(line.text) < self.width - len(first_word)
        )
        return full and not opens


def wrapping_of(lines: Sequence[Line]) -> Wrapping:
    """How the text that these lines make up is wrapped; list marks should be taken off them before."""
    breaks = [(one, other) for one, other in pairwise(lines) if other.number == one.number + 1]
    running = [one for one, other in breaks if _runs_on(one, other)]
    if len(running) < 2 or len(running) < _WRAPPED_SHARE * len(breaks):
        return Wrapping(0)
    return Wrapping(max(line.indent + len(line.text) for line in running))


def _runs_on(line: Line, following: Line) -> bool:
    """Whether a sentence goes on from `line` to `following`: a long line without an end, then lower case."""
    if len(line.text) < _SHORTEST or ends_sentence(line.text) or line.text.endswith(_NOT_RUNNING_ON):
        return False
    return continues(following.text) and count_words(line.text) >= 5
