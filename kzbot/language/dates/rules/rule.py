"""A rule: a pattern over kinds of words and a reader of what it found."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from kzbot.language.dates.kinds import BREAK
from kzbot.language.dates.lexer import Token
from kzbot.language.dates.lexicon import Value
from kzbot.language.dates.mark import Modifier
from kzbot.language.dates.meaning import Meaning, Reading

_LONGEST_WORD = 24
_EARLY = frozenset(("early", "beginning", "start"))
_MID = frozenset(("mid", "middle"))
_LATE = frozenset(("late", "end", "close"))


class Found:
    """A place where a rule's pattern holds: its tokens by group."""

    __slots__ = ("_match", "_text", "_tokens")

    def __init__(self, match: re.Match[str], tokens: list[Token], text: str) -> None:
        self._match = match
        self._tokens = tokens
        self._text = text

    @property
    def start(self) -> int:
        return self._tokens[self._match.start()][0]

    @property
    def end(self) -> int:
        return self._tokens[self._match.end() - 1][1]

    @property
    def kinds(self) -> str:
        return self._match[0]

    @property
    def before(self) -> str:
        """The kind of the word before."""
        return self._match.string[self._match.start() - 1]

    @property
    def word_before(self) -> Value:
        """The value of the word before; of one that no rule speaks of, the word itself."""
        if self.before != BREAK:
            return self._tokens[self._match.start() - 1][2]
        start = self.start
        words = self._text[max(start - _LONGEST_WORD, 0) : start].split()
        return words[-1] if words else ""

    @property
    def after(self) -> str:
        """The kind of the word behind."""
        return self._match.string[self._match.end()]

    @property
    def word_after(self) -> Value:
        return self._tokens[self._match.end()][2]

    def kinds_of(self, group: int | str) -> str:
        return self._match[group] or ""

    def has(self, group: int | str) -> bool:
        """Whether the pattern has this group and it took part."""
        try:
            first, behind = self._match.span(group)
        except IndexError:  # no such group
            return False
        return first < behind

    def token(self, group: int | str) -> Token:
        return self._tokens[self._match.start(group)]

    def value(self, group: int | str) -> Value:
        return self._tokens[self._match.start(group)][2]

    def word(self, group: int | str) -> str | None:
        return str(self.value(group)) if self.has(group) else None

    def number(self, group: int | str) -> int | None:
        """The value of a group as a whole number; None where the group is empty."""
        if not self.has(group):
            return None
        value = self.value(group)
        return value if isinstance(value, int) else None

    def tokens(self, group: int | str = 0) -> list[Token]:
        return self._tokens[self._match.start(group) : self._match.end(group)]

    def modifier(self, group: int | str = 0) -> Modifier | None:
        """Early, mid or late, where a word of the group says so."""
        for token in self.tokens(group) if self.has(group) else ():
            word = token[2]
            if word in _EARLY:
                return "early"
            if word in _MID:
                return "mid"
            if word in _LATE:
                return "late"
        return None

    def reads(self, meaning: Meaning, modifier: Modifier | None = None, *, loose: bool = False) -> tuple[Reading, ...]:
        """All of the words, read as one."""
        return (Reading(self.start, self.end, meaning, modifier, loose=loose),)


_SAYS_WHEN = frozenset(
    ("in", "by", "of", "on", "during", "until", "till", "since", "later", "early", "late", "earlier")
)


def says_when(found: Found) -> bool:
    """Whether "that" points back to a time ("in that May", "That spring, ..."), and does not open a clause."""
    return str(found.word_before).lower() in _SAYS_WHEN or found.word_after == ","


Reader = Callable[[Found], tuple[Reading, ...]]


@dataclass(frozen=True, slots=True)
class Rule:
    """`pattern` over kinds; `needs`: kinds of which at least one must occur at all; `read` gives () where it does not hold."""

    name: str
    pattern: re.Pattern[str]
    needs: frozenset[str]
    read: Reader


def rule(name: str, pattern: str, needs: str, read: Reader, starts: str = "") -> Rule:
    """A rule from its parts; `starts`: the kinds that it can begin with, where that is quicker asked than the pattern."""
    return Rule(name, re.compile(f"(?=[{starts}]){pattern}" if starts else pattern), frozenset(needs), read)
