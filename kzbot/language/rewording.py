"""One wording and another: whether they are the same, where a wording stands in a text, and what differs between two."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, Opcodes

from kzbot.language.spans import Span
from kzbot.language.words import STOP_WORDS, tokens

FEW = 4
"""A wording of fewer words may stand in a text by chance: it counts where it is a line of its own."""
_SINGLE = "'`\u00b4\u2018\u2019\u201a\u201b\u02bc\u2032"
_DOUBLE = '"\u00ab\u00bb\u201c\u201d\u201e\u201f\u2033'
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_BULLETS = "•‣◦▪●·"
_HIDDEN = "\u00ad\u200b\u2060\ufeff"
_SAME = {ord(sign): signs[0] for signs in (_SINGLE, _DOUBLE, _DASHES) for sign in signs} | {
    ord(sign): "" for sign in _HIDDEN
}
_BULLET = re.compile(rf"(?:^|(?<=\s))[{_BULLETS}](?=\s)")
_PIECE_OF_LINE = re.compile(r"\S+")
_PIECE = re.compile(r"\w+|[^\w\s]")
_WIDE = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)


def even(text: str) -> str:
    """`text` without what does not count as wording: kinds of white space, of quotes and of dashes, bullets, soft hyphens."""
    return " ".join(_BULLET.sub("", text.translate(_SAME)).split())


def same(one: str, other: str) -> bool:
    """Whether two texts are one wording, to the letter but for what `even` leaves out; case and other signs count."""
    return one == other or even(one) == even(other)


def standing(text: str, wording: str) -> Iterator[Span]:
    """Where `wording` stands in `text`, as `same` understands it, from word end to word end; in one go over the text.

    A wording of few words must be a line of its own.
    """
    words = even(wording)
    if not words:
        return
    starts, pieces = _evened(text)
    page = " ".join(pieces)
    offsets = list(accumulate((len(piece) + 1 for piece in pieces), initial=0))
    alone = words.count(" ") + 1 < FEW and not _WIDE.search(words)
    at = page.find(words)
    while at >= 0:
        end = at + len(words)
        if not _within_word(page, at) and not _within_word(page, end):
            span = Span(*(_original(text, starts, pieces, offsets, place) for place in (at, end - 1)))
            span = Span(span.start, span.end + 1)
            if not alone or _is_line(text, *span):
                yield span
        at = page.find(words, at + 1)


def _evened(text: str) -> tuple[list[int], list[str]]:
    """The pieces between white space as `even` leaves them, bullets left out, and where each starts."""
    starts, pieces = [], []
    for found in _PIECE_OF_LINE.finditer(text):
        piece = found[0].translate(_SAME)
        if piece and not (len(piece) == 1 and piece in _BULLETS):
            starts.append(found.start())
            pieces.append(piece)
    return starts, pieces


def _within_word(page: str, at: int) -> bool:
    return 0 < at < len(page) and page[at - 1].isalnum() and page[at].isalnum() and not _WIDE.match(page[at])


def _original(text: str, starts: list[int], pieces: list[str], offsets: list[int], place: int) -> int:
    """The place in the text of a character of the evened pieces, whose signs that are not shown are left out."""
    number = bisect_right(offsets, place, hi=len(pieces)) - 1
    left, at = place - offsets[number], starts[number]
    while left or text[at] in _HIDDEN:
        left -= text[at] not in _HIDDEN
        at += 1
    return at


def likeness(old: str, new: str) -> float:
    """How much of two wordings is in both in the same order, 0 to 1: of their telling words, or letter by letter where
    most letters are the same."""
    words = Indel.normalized_similarity(_telling(old), _telling(new))
    letters = fuzz.ratio(old, new) / 100
    return max(words, letters if letters >= 0.75 else 0.0)


def kept_of(old: str, new: str) -> float:
    """How much of the telling words of `old` stands in `new` in the same order, 0 to 1; 0 where they are few."""
    telling = _telling(old)
    if len(telling) < FEW:
        return 0.0
    other = _telling(new)
    common = (len(telling) + len(other) - Indel.distance(telling, other)) // 2
    return common / len(telling)


def differences(old: str, new: str) -> tuple[list[Span], list[Span]]:
    """What of `old` is not in `new`, and what of `new` is not in `old`, as offsets into each; signs count as words."""
    ours, theirs = _pieces(old), _pieces(new)
    codes = Indel.opcodes([word for _, word in ours], [word for _, word in theirs])
    return _stretches(ours, codes, new=False), _stretches(theirs, codes, new=True)


def _stretches(pieces: list[tuple[Span, str]], codes: Opcodes, *, new: bool) -> list[Span]:
    found: list[Span] = []
    last = -1
    for code in codes:
        first, end = (code.dest_start, code.dest_end) if new else (code.src_start, code.src_end)
        if code.tag == "equal" or first == end:
            continue
        span = Span(pieces[first][0].start, pieces[end - 1][0].end)
        found[-1:] = [Span(found[-1].start, span.end)] if found and first == last else [*found[-1:], span]
        last = end
    return found


def _pieces(text: str) -> list[tuple[Span, str]]:
    """Words and signs with their places; in a script without blanks each character."""
    found = []
    for match in _PIECE.finditer(text):
        if _WIDE.search(match[0]):
            found += [(Span(at, at + 1), text[at]) for at in range(*match.span())]
        else:
            found.append((Span(*match.span()), match[0].translate(_SAME)))
    return found


def _telling(text: str) -> list[str]:
    """The words that say something, folded; where there are none all of them; in a script without blanks each character."""
    words = [token.word for token in tokens(text)]
    words = [part for word in words for part in (word if _WIDE.search(word) else (word,))]
    return [word for word in words if word not in STOP_WORDS] or words


def _is_line(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 40) : start].rpartition("\n")[2]
    behind = text[end : end + 40].partition("\n")[0]
    return not before.strip(f" \t#*{_BULLETS}-") and not behind.strip(" \t#*.:")
