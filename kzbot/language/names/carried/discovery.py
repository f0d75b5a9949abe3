"""The names that one article carries, under all the forms that it uses for each."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from kzbot.language.names.carried.keys import abbreviates, key_of
from kzbot.language.names.carried.kinships import Kinships
from kzbot.language.names.carried.pieces import Piece, pieces_of, says_nothing
from kzbot.language.names.carried.runs import Run, Word, form_of, parts, runs_in
from kzbot.language.names.carried.tables import COMMON, NATIONALITIES, NO_NAMES
from kzbot.language.spans import Span

MOST_FORMS = 2_000
"""An article with more names than this is a list: what comes later is left out."""
_BRACKET = re.compile(r"\s?\(\s?[\"“'`]{0,2}(?:the\s)?|\s")
_ACRONYM = re.compile(r"(?:\s[A-Z][A-Z.]{2,}){0,2}\s?\(\s?[\"“'`]{0,2}([A-Z]{2,10})\b")
_THE = re.compile(r"\b[Tt]he\s$")
_VARIANT = re.compile(r"([A-Z]*\d{2,})[-\u2010\u2011]\d\w*")
_IN = re.compile(r"\b(?:in|at|across|throughout|within|near|inside|outside|into)\s$")
_DETERMINED = re.compile(
    r"(?:\b(?:the|a|an|new|its|their|his|first|newest|latest|of|larger|smaller|and|’s|'s|[s]')|``|[\"“])\s?$"
)
_NAME_NEXT = re.compile(r"\s(?:``|[\"“])?[A-Z][a-z]")
_PLURAL = re.compile(r"\s[a-z]{3,}(?<!s)s\b")
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

    `by`: `name`, `start` (several words, seen only where a sentence begins, so that the first may be no part of it), `short` (a shorter form of a name introduced in the article), `opening` (a single word with its capital
    perhaps only because a sentence begins: a name where it is one elsewhere in the corpus), `number` ("the 787", where the
    article has no name that holds it), `reference` ("the company").
    """

    text: int
    start: int
    end: int
    form: str
    name: str
    by: str


def discover(stretches: Sequence[Stretch]) -> list[Carried]:
    """The mentions of names in these texts of one article, in order; names of the book are left out."""
    runs: list[tuple[int, Run]] = []
    numbers: list[tuple[int, Word]] = []
    for at, stretch in enumerate(stretches):
        for sentence in stretch.sentences:
            own, figures = runs_in(stretch.text, sentence, heading=sentence in stretch.headings)
            runs += ((at, run) for run in own)
            numbers += ((at, word) for word in figures)
    pieces = _told_apart(_cut(runs, stretches), stretches)
    kin = _kinships(pieces, stretches)
    mentions = [*_mentions(pieces, kin), *_variants(pieces, kin), *_by_number(numbers, kin, stretches)]
    return sorted(_free(mentions, stretches), key=lambda one: (one.text, one.start, one.name))


def _cut(runs: Sequence[tuple[int, Run]], stretches: Sequence[Stretch]) -> list[Piece]:
    """The runs cut into pieces; "and" joins what never stands apart and ends in a common noun, or is abbreviated so."""
    alone: Counter[str] = Counter()
    together: Counter[tuple[str, str]] = Counter()
    for at, run in runs:
        alone.update(piece.key for piece in pieces_of(at, run) if not piece.bare)
        together.update(pairwise(key_of(form_of(side)) for side in parts(run.words, " and ")))

    def is_one(text: str, left: Sequence[Word], right: Sequence[Word]) -> bool:
        bracketed = _ACRONYM.match(text, right[-1].end)
        if bracketed and abbreviates(bracketed[1], [word.plain for word in (*left, *right)]):
            return True
        one, other = key_of(form_of(left)), key_of(form_of(right))
        if right[-1].plain not in COMMON or len(right) < 2 or left[-1].plain in COMMON or right[0].plain in alone:
            return False
        apart = alone[one] > together[one, other] or alone[other] > together[one, other]
        return not apart and bool(_THE.search(text, max(0, left[0].start - 5), left[0].start))

    return [piece for at, run in runs for piece in pieces_of(at, run, partial(is_one, stretches[at].text))]


def _told_apart(pieces: Sequence[Piece], stretches: Sequence[Stretch]) -> list[Piece]:
    """The pieces, with words that belong to the sentence and not to the name taken off their beginning."""
    known = Counter(piece.key for piece in pieces if piece.strong and not piece.opening)
    pieces = [part for piece in pieces for part in _with_person_apart(piece, known)]
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


def _with_person_apart(piece: Piece, known: Counter[str]) -> Iterator[Piece]:
    """The body and who is of it one by one ("Secretary of the Air Force James Roche"), where both are known by themselves."""
    for at in range(1, len(piece.words)):
        left, right = piece.words[:at], (piece.words[at]._replace(link=""), *piece.words[at + 1 :])
        if left[-1].plain in COMMON and right[-1].plain not in COMMON and len(right) > 1:
            body, person = replace(piece, words=left), replace(piece, words=right, opening=False)
            if body.key in known and person.key in known:
                yield body
                yield person
                return
    yield piece


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
        if piece.strong and _IN.search(stretches[piece.text].text, max(0, piece.start - 12), piece.start):
            kin.places.add(piece.key)
    for one, other in pairwise(pieces):
        text = stretches[one.text].text
        if one.text != other.text or other.start - one.end > 8 or not _BRACKET.fullmatch(text, one.end, other.start):
            continue
        apart = text[one.end : other.start].isspace()
        if apart or text[other.end : other.end + 3].lstrip("\"”'")[:1] in (")", ",", ";"):
            kin.explain(one.key, other.key, one.form, other.form)
    kin.settle()
    return kin


def _mentions(pieces: Sequence[Piece], kin: Kinships) -> Iterator[Carried]:
    inside = {piece.key for piece in pieces if piece.strong and not piece.opening}
    for piece in pieces:
        key = piece.key
        root = kin.root(key)
        if root is not None:
            by = "short" if root != key else "name" if key in inside else "start"
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


def _variants(pieces: Sequence[Piece], kin: Kinships) -> Iterator[Carried]:
    """A mention of a variant ("777-200LR") is one of what it is a variant of, too."""
    for piece in pieces:
        match = _VARIANT.fullmatch(piece.words[-1].text) if piece.strong else None
        if match is not None:
            form = form_of((*piece.words[:-1], piece.words[-1]._replace(text=match[1])))
            root = kin.root(key_of(form)) or kin.designated(match[1])
            by = "short" if root else "number" if form.isdigit() else "name"
            yield Carried(piece.text, piece.start, piece.end, form, kin.display(root) if root else form, by)


def _by_number(numbers: Iterable[tuple[int, Word]], kin: Kinships, stretches: Sequence[Stretch]) -> Iterator[Carried]:
    """Numbers that stand for a name that holds them ("the 787"), in this article or in others."""
    for place, word in numbers:
        text = stretches[place].text
        if _is_named(text, word):
            root = kin.designated(word.text)
            name, by = (kin.display(root), "short") if root else (word.text, "number")
            yield Carried(place, word.start, word.end, word.text, name, by)


def _is_named(text: str, word: Word) -> bool:
    """Whether a number tells which one and not how many: "787s", "the 787", "787 Dreamliner"."""
    if text[word.start : word.end].endswith("s") or _NAME_NEXT.match(text, word.end):
        return True
    return not _PLURAL.match(text, word.end) and bool(_DETERMINED.search(text, max(0, word.start - 10), word.start))


def _free(mentions: Iterable[Carried], stretches: Sequence[Stretch]) -> Iterator[Carried]:
    """The mentions that are not those of names of the book."""
    taken = [set(stretch.taken) for stretch in stretches]
    for mention in mentions:
        if Span(mention.start, mention.end) not in taken[mention.text]:
            yield mention
