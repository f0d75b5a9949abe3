"""A run of capitalised words cut into names: titles and offices go, and "and" parts what is not one name."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from kzbot.language.names.carried.keys import abbreviates, is_designator, key_of
from kzbot.language.names.carried.runs import Run, Word, form_of, is_title, parts
from kzbot.language.names.carried.tables import (
    COMMON,
    DIRECTIONS,
    DOUBTFUL_TITLES,
    LEGAL,
    NATIONALITIES,
    NO_NAMES,
    PORTFOLIOS,
)
from kzbot.language.words import STOP_WORDS

_LONGEST_PERSON = 4


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that may be a name, in the text numbered `text`; `opening` and `bare` as in `Run`. `form`: it as it is written;
    `key`: the same for all spellings of one name."""

    text: int
    words: tuple[Word, ...]
    opening: bool
    bare: bool
    form: str
    key: str

    @classmethod
    def of(cls, text: int, words: Sequence[Word], *, opening: bool = False, bare: bool = False) -> Self:
        """The piece of these words."""
        first = words[0]._replace(link="") if words[0].link else words[0]
        form = form_of(words)
        return cls(text, (first, *words[1:]), opening, bare, form, key_of(form))

    @property
    def start(self) -> int:
        """The offset of its first character."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """The offset behind its last character."""
        return self.words[-1].end

    @property
    def strong(self) -> bool:
        """Whether its capitals alone say that it is a name."""
        return not self.bare and (not self.opening or len(self.words) > 1 or _is_marked(self.words[0].text))


Joined = Callable[[Sequence[Word], Sequence[Word]], bool]


def pieces_of(text: int, run: Run, joined: Joined = lambda left, right: False) -> Iterator[Piece]:
    """The names that a run may hold, in order; "and" parts two names unless the words on both sides are `joined`."""
    if len(run.words) == 1:
        if not says_nothing(run.words) and not is_title(run.words[0].plain):
            yield Piece.of(text, run.words, opening=run.opening, bare=run.bare)
        return
    for side in _sides(run, joined):
        for words in without_titles(side):
            for part in _apart(_trimmed(words)):
                if part and not says_nothing(part):
                    yield Piece.of(text, part, opening=run.opening and part[0] is run.words[0], bare=run.bare)


def _sides(run: Run, joined: Joined) -> Iterator[tuple[Word, ...]]:
    current: tuple[Word, ...] = ()
    for side in parts(run.words, " and "):
        if current and joined(current, side):
            current += side
            continue
        if current:
            yield current
        current = side
    yield current


def _trimmed(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words without an article before them and small words behind them."""
    while words and words[-1].plain in STOP_WORDS and not words[-1].text.isupper():
        words = words[:-1]
    while words and words[0].plain in ("the", "a", "an"):
        words = words[1:]
    return words


def _apart(words: tuple[Word, ...]) -> Iterator[tuple[Word, ...]]:
    """The names one by one where two stand together: a company and who is of it, a name and its acronym."""
    for at in range(1, len(words)):
        if _are_two(words[:at], words[at:]):
            yield words[:at]
            yield words[at:]
            return
    yield words


def _are_two(left: Sequence[Word], right: Sequence[Word]) -> bool:
    if left[-1].plain in LEGAL - COMMON:
        return right[0].link == " "
    for acronym, full in ((right[0], left), (left[0], right)):
        alone = acronym is right[0] or len(left) == 1
        if alone and len(full) > 1 and acronym.text.isupper() and len(acronym.text) > 2:
            return abbreviates(acronym.plain, [word.plain for word in full])
    return False


def without_titles(words: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    """What stands between the titles and offices ("Boeing CEO Scott Carson" are two)."""
    rest: list[Word] = []
    at = 0
    while at < len(words):
        end = _title_ends(words, at)
        if end == at or not _is_title(words, at, end):
            rest.append(words[at])
            at += 1
            continue
        while rest and rest[-1].plain in PORTFOLIOS:
            rest.pop()
        if rest:
            yield tuple(rest)
        rest = []
        at = end
    if rest:
        yield tuple(rest)


def _title_ends(words: Sequence[Word], at: int) -> int:
    end = at
    while end < len(words):
        over = end > at and words[end].plain in PORTFOLIOS
        of = words[end].link.startswith((" of", " for")) or (end > at and words[end - 1].link.startswith(" of"))
        between = end + 1 < len(words) and is_title(words[end + 1].plain)
        title = is_title(words[end].plain) and (end == at or not of)
        if not (title or (over and (of or between))):
            break
        end += 1
    return end


def _is_title(words: Sequence[Word], at: int, end: int) -> bool:
    """Whether this is an office, and not the beginning of a name ("General Motors", "Major League Baseball")."""
    if any(word.plain not in DOUBTFUL_TITLES and is_title(word.plain) for word in words[at:end]):
        return True
    if at and words[at - 1].plain in PORTFOLIOS:
        return True
    behind = words[end:]
    if not behind or behind[0].link != " ":
        return True
    return 1 < len(behind) <= _LONGEST_PERSON and not any(
        word.plain in COMMON or is_designator(word.text) for word in behind
    )


def says_nothing(words: Sequence[Word]) -> bool:
    """Whether these are no name: common nouns, a people, words that only open sentences, figures alone."""
    plain = [word.plain for word in words]
    if len(words) == 1:
        return (
            (plain[0] in STOP_WORDS and not words[0].text.isupper())
            or plain[0] in COMMON
            or plain[0] in NATIONALITIES
            or plain[0] in NO_NAMES
            or len(plain[0]) < 2
        )
    if plain[-1] in NATIONALITIES and all(word in DIRECTIONS for word in plain[:-1]):
        return True
    return all(word in NO_NAMES or word in PORTFOLIOS or word.isdigit() for word in plain)


def _is_marked(word: str) -> bool:
    """Whether a word could not stand so but in a name: an acronym, a figure, a capital inside."""
    return any(character.isupper() or character.isdigit() for character in word[1:])
