"""The names that one article carries, under all the forms that it uses for each."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from kzbot.language.names.carried.kinships import Kinships
from kzbot.language.names.carried.pieces import Piece, pieces_of, says_nothing
from kzbot.language.names.carried.runs import Run, Word, runs_in
from kzbot.language.names.carried.tables import COMMON, NATIONALITIES, NO_NAMES
from kzbot.language.spans import Span

MOST_FORMS = 2_000
"""An article with more names than this is a list: what comes later is left out."""
_BRACKET = re.compile(r"\s?\(\s?[\"“'`]{0,2}(?:the\s)?")
_IN = re.compile(r"\b(?:in|at|across|throughout|within|near|inside|outside|into)\s$")
_DETERMINED = re.compile(
    r"(?:\b(?:the|a|an|new|its|their|his|first|newest|latest|of|larger|smaller|and|’s|'s|[s]')|``|[\"“])\s?$"
)
_LOWER = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A text of the article (its title, its body) with its sentences; `headings` are among them. `taken`: where names of
    the book stand, in order."""

    text: str
    sentences: Sequence[Span]
    headings: frozenset[Span] = frozenset()
    taken: Sequence[Span] = ()


@dataclass(frozen=True, slots=True)
class Carried:
    """A mention of a name that the text carries: `form` as it is written there, `name` the longest form that the article
    has for it. Offsets are into the text of the stretch numbered `text`; code points, end exclusive.

    `by`: `name`, `short` (a shorter form of a name introduced in the article), `opening` (a single word with its capital
    perhaps only because a sentence begins: a name where it is one elsewhere in the corpus), `reference` ("the company").
    """

    text: int
    start: int
    end: int
    form: str
    name: str
    by: str


@dataclass(slots=True)
class _Found:
    """What is found in an article so far."""

    pieces: list[Piece] = field(default_factory=list)
    joined: list[tuple[Run, int]] = field(default_factory=list)
    numbers: list[tuple[int, Word]] = field(default_factory=list)


def discover(stretches: Sequence[Stretch]) -> list[Carried]:
    """The mentions of names in these texts of one article, in order; names of the book are left out."""
    found = _Found()
    for number, stretch in enumerate(stretches):
        _collect(found, number, stretch)
    pieces = _told_apart(found.pieces, stretches)
    kin = _kinships(pieces, stretches)
    mentions = [*_mentions(pieces, kin, stretches), *_by_number(found.numbers, kin, stretches)]
    return sorted(_free(mentions, stretches), key=lambda one: (one.text, one.start))


def _collect(found: _Found, number: int, stretch: Stretch) -> None:
    for sentence in stretch.sentences:
        runs, numbers = runs_in(stretch.text, sentence, heading=sentence in stretch.headings)
        for run in runs:
            found.pieces += pieces_of(number, run)
        found.numbers += ((number, word) for word in numbers)


def _told_apart(pieces: Sequence[Piece], stretches: Sequence[Stretch]) -> list[Piece]:
    """The pieces, with words that belong to the sentence and not to the name taken off their beginning."""
    known = Counter(piece.key for piece in pieces if piece.strong and not piece.opening)
    ordinary = {word for stretch in stretches for word in _LOWER.findall(stretch.text) if word[0].islower()}
    told: list[Piece] = []
    for piece in pieces:
        words = piece.words
        while len(words) > 1 and _is_loose(words, piece.opening and words is piece.words, known, ordinary):
            words = words[1:]
        if words is not piece.words:
            words = (words[0]._replace(link=""), *words[1:])
            piece = replace(piece, words=words, opening=False)
        weak = piece.opening and not piece.strong and piece.key not in known
        if weak and (words[0].text.casefold() in ordinary or words[0].text.endswith("ly")):
            piece = replace(piece, bare=True)
        if not says_nothing(words):
            told.append(piece)
    return told


def _is_loose(words: Sequence[Word], opening: bool, known: Counter[str], ordinary: set[str]) -> bool:
    first, rest = words[0], Piece(0, tuple(words[1:]), False, False)
    if words[1].link not in ("", " ") or says_nothing(rest.words):
        return False
    if first.plain in NATIONALITIES:
        return rest.key in known and words[1].plain not in COMMON
    if not opening or Piece(0, tuple(words), False, False).key in known:
        return False
    if first.plain in NO_NAMES or first.text.casefold() in ordinary:
        return True
    return first.text.endswith(("ing", "ly", "ed")) and rest.key in known and first.plain not in known


def _kinships(pieces: Sequence[Piece], stretches: Sequence[Stretch]) -> Kinships:
    kin = Kinships()
    for piece in pieces:
        if piece.strong and len(kin.forms) < MOST_FORMS:
            kin.add(piece.key, piece.form)
        if (
            piece.strong
            and len(piece.words) == 1
            and _IN.search(stretches[piece.text].text, max(0, piece.start - 12), piece.start)
        ):
            kin.places.add(piece.key)
    for one, other in pairwise(pieces):
        text = stretches[one.text].text
        if one.text != other.text or other.start - one.end > 8 or not _BRACKET.fullmatch(text, one.end, other.start):
            continue
        if text[other.end : other.end + 3].lstrip("\"”'")[:1] in (")", ",", ";"):
            kin.explain(one.key, other.key, one.form, other.form)
    kin.settle()
    return kin


def _mentions(pieces: Sequence[Piece], kin: Kinships, stretches: Sequence[Stretch]) -> Iterator[Carried]:
    for piece in pieces:
        key = piece.key
        root = kin.root(key)
        if root is not None:
            by = "name" if root == key else "short"
            yield Carried(piece.text, piece.start, piece.end, piece.form, kin.display(root), by)
        elif piece.bare:
            yield from _known_in(piece, kin)
        elif piece.opening:
            yield Carried(piece.text, piece.start, piece.end, piece.form, piece.form, "opening")


def _known_in(piece: Piece, kin: Kinships) -> Iterator[Carried]:
    """The names known from elsewhere in the article that stand in a title, the longest first."""
    at = 0
    while at < len(piece.words):
        for end in range(len(piece.words), at, -1):
            words = (piece.words[at]._replace(link=""), *piece.words[at + 1 : end])
            part = Piece(piece.text, words, False, False)
            root = kin.root(part.key)
            if root is not None:
                yield Carried(
                    piece.text,
                    part.start,
                    part.end,
                    part.form,
                    kin.display(root),
                    "name" if root == part.key else "short",
                )
                at = end
                break
        else:
            at += 1


def _by_number(numbers: Iterable[tuple[int, Word]], kin: Kinships, stretches: Sequence[Stretch]) -> Iterator[Carried]:
    """Numbers that stand for a name that holds them ("the 787")."""
    for place, word in numbers:
        root = kin.designated(word.text)
        if root is None:
            continue
        text = stretches[place].text
        plural = text[word.start : word.end].endswith("s")
        if plural or _DETERMINED.search(text, max(0, word.start - 10), word.start):
            yield Carried(place, word.start, word.end, word.text, kin.display(root), "short")


def _free(mentions: Iterable[Carried], stretches: Sequence[Stretch]) -> Iterator[Carried]:
    """The mentions that are not those of names of the book."""
    taken = [set(stretch.taken) for stretch in stretches]
    for mention in mentions:
        if Span(mention.start, mention.end) not in taken[mention.text]:
            yield mention
