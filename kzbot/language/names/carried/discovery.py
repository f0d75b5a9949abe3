"""The names that one article carries, under all the forms that it uses for each."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise

from kzbot.language.names.carried.given_names import GIVEN_NAMES
from kzbot.language.names.carried.keys import abbreviates, key_of
from kzbot.language.names.carried.kinds import KindWords, is_person, is_place
from kzbot.language.names.carried.kinships import Kinships
from kzbot.language.names.carried.mention import Carried, Stretch
from kzbot.language.names.carried.pieces import Piece, pieces_of, says_nothing
from kzbot.language.names.carried.references import references
from kzbot.language.names.carried.runs import Run, Word, form_of, is_title, parts, runs_in
from kzbot.language.names.carried.tables import (
    COMMON,
    DIRECTIONS,
    NATIONALITIES,
    NO_NAMES,
    PARTICLES,
    PORTFOLIOS,
    SAME_PLACE,
)
from kzbot.language.spans import Span

MOST_FORMS = 2_000
"""An article with more names than this is a list: what comes later is left out."""
_BRACKET = re.compile(r"\s?\(\s?[\"“'`]{0,2}(?:the\s)?|\s")
_ACRONYM = re.compile(r"(?:\s[A-Z][A-Z.]{2,}){0,2}\s?\(\s?[\"“'`]{0,2}([A-Z]{2,10})\b")
_THE = re.compile(r"\b[Tt]he\s$")
_VARIANT = re.compile(r"([A-Z]*\d{2,})[-\u2010\u2011]\d\w*")
_OF = re.compile(r"\b(?:of|to|for|and)\s(?:the\s)?$")
_OFFICE = 60
_PARTICLES = PARTICLES | {""}
_SHORTEST_BEHIND = 3
_PLAIN = re.compile(r"[a-z]+")
_PERSONAL = re.compile(r"[^\W\d_a-z](?:\.|[^\W\dA-Z_]+(?:[-'’][^\W\d_a-z][^\W\dA-Z_]+)*)")
_FAR = 8
_LONGEST_PERSON = 3
_PLACING = frozenset(["in", "at", "across", "throughout", "within", "near", "inside", "outside", "into"])
_DETERMINED = re.compile(
    r"(?:\b(?:the|a|an|new|its|their|his|first|newest|latest|of|larger|smaller|and|’s|'s|[s]')|``|[\"“])\s?$"
)
_NAME_NEXT = re.compile(r"\s(?:``|[\"“])?[A-Z][a-z]")
_PLURAL = re.compile(r"\s[a-z]{3,}(?<!s)s\b")
_LOWER = re.compile(r"(?<!\w)[^\W\d_A-Z][^\W\d_]*")


def discover(stretches: Sequence[Stretch], words: KindWords | None = None) -> list[Carried]:
    """The mentions of names in these texts of one article, in order; names of the book are left out.

    `words` read of what kind each is.
    """
    runs: list[tuple[int, Run]] = []
    numbers: list[tuple[int, Word]] = []
    for at, stretch in enumerate(stretches):
        for sentence in stretch.sentences:
            own, figures = runs_in(stretch.text, sentence, heading=sentence in stretch.headings)
            runs += ((at, run) for run in own)
            numbers += ((at, word) for word in figures)
    pieces = list(_not_in_book(_told_apart(_cut(runs, stretches), stretches), stretches))
    kin = _kinships(pieces, stretches)
    mentions = [*_mentions(pieces, kin), *_variants(pieces, kin), *_by_number(numbers, kin, stretches)]
    found = sorted(mentions, key=_place)
    if words is not None:
        texts = [stretch.text for stretch in stretches]
        found = [replace(one, told=words.told(texts[one.text], one.start, one.end, one.form)) for one in found]
    return sorted([*found, *references(stretches, found)], key=_place)


def _place(mention: Carried) -> tuple[int, int, str]:
    return mention.text, mention.start, mention.name


def _cut(runs: Sequence[tuple[int, Run]], stretches: Sequence[Stretch]) -> list[Piece]:
    """The runs cut into pieces; "and" joins what never stands apart and ends in a common noun, or is abbreviated so."""
    apart = [list(pieces_of(at, run)) for at, run in runs]
    alone = Counter(piece.key for pieces in apart for piece in pieces if not piece.bare)
    double = [any(word.link == " and " for word in run.words) for _, run in runs]
    together = Counter(
        pair
        for two, (_, run) in zip(double, runs, strict=True)
        if two
        for pair in pairwise(key_of(form_of(side)) for side in parts(run.words, " and "))
    )

    def is_one(text: str, left: Sequence[Word], right: Sequence[Word]) -> bool:
        bracketed = _ACRONYM.match(text, right[-1].end)
        if bracketed and abbreviates(bracketed[1], [word.plain for word in (*left, *right)]):
            return True
        one, other = key_of(form_of(left)), key_of(form_of(right))
        if right[-1].plain not in COMMON or right[0].plain in alone:
            return False
        known = alone[one] > together[one, other] or alone[other] > together[one, other]
        if left[-1].plain in COMMON:
            return not known and len(left) > 1 and right[0].plain in COMMON
        return not known and len(right) > 1 and bool(_THE.search(text, max(0, left[0].start - 5), left[0].start))

    return [
        piece
        for pieces, two, (at, run) in zip(apart, double, runs, strict=True)
        for piece in (pieces_of(at, run, partial(is_one, stretches[at].text)) if two else pieces)
    ]


def _told_apart(pieces: Sequence[Piece], stretches: Sequence[Stretch]) -> list[Piece]:
    """The pieces, with words that belong to the sentence and not to the name taken off their beginning."""
    known = Counter(piece.key for piece in pieces if piece.strong and not piece.opening)
    pieces = [part for piece in pieces for part in _with_person_apart(piece, known, stretches[piece.text])]
    ordinary = {word for stretch in stretches for word in _LOWER.findall(stretch.text)}
    told: list[Piece] = []
    for piece in pieces:
        words = piece.words
        while len(words) > 1 and _is_loose(words, piece.opening and words is piece.words, known, ordinary):
            words = words[1:]
        if words is not piece.words:
            piece = Piece.of(piece.text, words, bare=piece.bare)
        weak = piece.opening and not piece.strong and piece.key not in known
        if weak and (words[0].text.casefold() in ordinary or words[0].text.endswith("ly")):
            piece = replace(piece, bare=True)
        if not says_nothing(words):
            told.append(piece)
    return told


def _with_person_apart(piece: Piece, known: Counter[str], stretch: Stretch) -> Iterator[Piece]:
    """The body and who is of it one by one ("Secretary of the Air Force James Roche", "President of Norway Ida Brandt"),
    where both are known by themselves, or a given name tells."""
    for at in range(1, len(piece.words)):
        left, right = piece.words[:at], piece.words[at:]
        if right[-1].plain in COMMON or len(right) < 2 or right[0].link != " ":
            continue
        body = Piece.of(piece.text, left, opening=piece.opening, bare=piece.bare)
        person = Piece.of(piece.text, right, bare=piece.bare)
        both = left[-1].plain in COMMON and body.key in known and person.key in known
        if both or _is_of_body(body, right, known, stretch):
            if not says_nothing(left):
                yield body
            yield person
            return
    yield piece


def _is_of_body(body: Piece, person: Sequence[Word], known: Counter[str], stretch: Stretch) -> bool:
    """Whether two or three words are a person by the given name, and stand behind "of" and a body or a country."""
    if len(person) > _LONGEST_PERSON or not is_person([word.text for word in person]):
        return False
    last = body.words[-1].plain
    if last in GIVEN_NAMES or last in PARTICLES or (len(body.words) == 1 and last in DIRECTIONS) or len(last) < 2:
        return False
    if last in COMMON or last in PORTFOLIOS or is_place(body.form):
        return True
    behind_of = _OF.search(stretch.text, max(0, body.start - _FAR), body.start) is not None
    return behind_of or (known[body.key] > 1 and len(body.words) > 1)


def _is_loose(words: Sequence[Word], opening: bool, known: Counter[str], ordinary: set[str]) -> bool:
    """Whether the first word is no part of the name: a people's adjective, a word that opens the sentence."""
    first, second = words[:2]
    national = first.plain in NATIONALITIES or (first.plain in SAME_PLACE and len(words) == 2 and second.text.isupper())
    if second.link != " " or not (national or opening) or says_nothing(words[1:]):
        return False
    rest = key_of(form_of(words[1:])) in known
    if national:
        return rest and second.plain not in COMMON
    if key_of(form_of(words)) in known:
        return False
    if first.plain in NO_NAMES or first.text.casefold() in ordinary:
        return True
    return rest and first.text.endswith(("ing", "ly", "ed")) and first.plain not in known


def _kinships(pieces: Sequence[Piece], stretches: Sequence[Stretch]) -> Kinships:
    kin = Kinships()
    for piece in pieces:
        if piece.strong and len(kin.forms) < MOST_FORMS:
            kin.add(piece.key, piece.form)
        if piece.strong and _word_before(stretches[piece.text].text, piece.start) in _PLACING:
            kin.places.add(piece.key)
    for one, other in pairwise(pieces):
        if other.start - one.end > _FAR or one.text != other.text:
            continue
        text = stretches[one.text].text
        if not _BRACKET.fullmatch(text, one.end, other.start):
            continue
        apart = text[one.end : other.start].isspace()
        if apart or text[other.end : other.end + 3].lstrip("\"”'")[:1] in (")", ",", ";"):
            kin.explain(one.key, other.key, one.form, other.form)
    kin.settle()
    return kin


def _word_before(text: str, start: int) -> str:
    """The word right before a place, where it is a short one."""
    words = text[max(0, start - _FAR - 4) : start].split()
    return words[-1] if words and text[start - 1].isspace() else ""


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
            part = Piece.of(piece.text, piece.words[at:end])
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


def _not_in_book(pieces: Iterable[Piece], stretches: Sequence[Stretch]) -> Iterator[Piece]:
    """The pieces that are more than names of the book with titles around them."""
    starts = [[span.start for span in stretch.taken] for stretch in stretches]
    pieces = list(pieces)
    known = {piece.key for piece in pieces}
    for piece in pieces:
        taken, begins = stretches[piece.text].taken, starts[piece.text]
        piece = _behind_place(piece, stretches[piece.text].text, taken, begins, known)
        if not all(_is_taken(word, taken, begins) or is_title(word.plain) for word in piece.words):
            yield piece


def _behind_place(
    piece: Piece, text: str, taken: Sequence[Span], starts: Sequence[int], known: Container[str]
) -> Piece:
    """Who is named behind what an office is of: a name of the book, or a field ("the mayor of Norvik Olaf Aalto",
    "Secretary for Asian Affairs Olaf Aalto"), or any place, where the article names the person elsewhere too."""
    before = text[max(0, piece.start - _OFFICE) : piece.start]
    if len(piece.words) < _SHORTEST_BEHIND or not _OF.search(before):
        return piece
    at = bisect_right(starts, piece.start) - 1
    cut = taken[at].end if at >= 0 and starts[at] == piece.start else 0
    if any(is_title(word) for word in _PLAIN.findall(before.casefold())):
        cut = max([cut, *(word.end for word in piece.words if word.plain in PORTFOLIOS)])
        if not cut and key_of(form_of(piece.words[1:])) in known:
            cut = piece.words[0].end
    rest = [word for word in piece.words if word.start >= cut]
    whole = 1 < len(rest) < len(piece.words) and all(
        word.link.strip() in _PARTICLES and _PERSONAL.fullmatch(word.text) for word in rest
    )
    if not whole or any(word.plain in COMMON or word.plain in NO_NAMES for word in rest):
        return piece
    return Piece.of(piece.text, rest, bare=piece.bare)


def _is_taken(word: Word, taken: Sequence[Span], starts: Sequence[int]) -> bool:
    at = bisect_right(starts, word.start) - 1
    return at >= 0 and word.start < taken[at].end
