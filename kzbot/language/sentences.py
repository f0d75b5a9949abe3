"""Sentences of a block, with exact offsets."""

import re

from kzbot.language import abbreviations as known
from kzbot.language.spans import Span

_CLOSERS = "\"'”’»›)\\]}"
_OPENERS = "\"'“‘”’«‹„‚`(\\[{"
_CANDIDATE = re.compile(
    rf"""
    [.!?…。！？\n]
    (?: (?<=[a-z]{{5}}\.) (?=\s[A-Z])                            # the plain case, decided without a look around
      | ( (?<=[.!?…]) [.!?…]* (?: [{_CLOSERS}]+ | (?:\[\d+\])+ | \s''(?!\S) )? )        # the rest: group 1
        (?= \s+ [^\sa-z,;:] | (?<=[a-z]{{3}}\.)(?:The|He|She|It|In|This|They|We|But)\s | \s+[a-z]+[A-Z] )
      | ( (?<=[。！？]) [」』”’]* )                                 # scripts that set no space: group 2
      | ( (?<=\n) [^\S\n]*\n )                                   # a blank line: group 3
    )
    """,
    re.VERBOSE,
)
_NEXT = re.compile(rf"\s*((?:[-–—•*·▪#$€£¿¡{_OPENERS}]\s*)*)([^\W_]+(?:['’.-][^\W_]+)*)?")
_WORD = re.compile(r"\w")
_SPEECH_NEXT = re.compile(r"\s*[^\W\d_][\w.'’-]*(?:\s+[A-Z][\w.'’-]*){0,3}\s+([a-z]+)")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.-?)+[^\W\d_]")
_LAST_PIECE = re.compile(r"[^./–—-]*$")
_INITIAL = re.compile(r"[^\W\d_]")
_ENUMERATOR = re.compile(r"(?:\d{1,3}|[a-zA-Z]|[IVX]{1,4})")
_CONSONANTS = re.compile(r"[B-DF-HJ-NP-TV-XZ][b-df-hj-np-tv-xz]{1,3}")
_LOWER_WORD = re.compile(r"\b(?!(?:with|from|into|over|after|about|amid|under)\b)[a-z]{4,}\b")
_QUOTE_CLOSERS = frozenset("\"'”’»›")
_BRACKETS = "([{ \n\t"
_LONGEST_HEADLINE = 250
_LONGEST_TOKEN = 32


def split(text: str, start: int, end: int) -> list[Span]:
    """The sentences of `text[start:end]`, in order, white space trimmed; every other character is in exactly one.

    `start`, `end` and the spans are code points, end exclusive. A blank line ends a sentence, a single newline does not:
    the stretch is meant to be one block, and hard-wrapped text is one. A full stop after an abbreviation ends a sentence
    only where a word follows that opens sentences ("in the U.S. The" but "the U.S. Secretary").
    """
    spans: list[Span] = []
    headline = _is_headline(text, start, end)
    begin = start
    for match in _CANDIDATE.finditer(text, start, end):
        if match.lastindex == 1:
            if not _ends(text, begin, match.start(), match.end(), end, headline):
                continue
        elif match.lastindex is None and _abbreviated(text, begin, match.start()):
            continue
        stop = _with_loose_quote(text, begin, match.end(), end)
        _add(spans, text, begin, stop)
        begin = stop
    _add(spans, text, begin, end)
    return spans


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append(Span(start, end))


def _with_loose_quote(text: str, begin: int, stop: int, end: int) -> int:
    """`stop`, or behind the closing quotation mark that tokenised text sets apart from it (`price. " Apple`)."""
    loose = text.startswith(' "', stop) and (stop + 2 >= end or text[stop + 2].isspace())
    return stop + 2 if loose and text.count('"', begin, stop) % 2 else stop


def _is_headline(text: str, start: int, end: int) -> bool:
    """Whether this is a title in title case, where a capital letter says nothing about sentences."""
    if end - start > _LONGEST_HEADLINE:
        return False
    line = text[start:end].rstrip()
    return not line.endswith((".", "!", "?", "…", '"', "'", "”", "’", "»", ")")) and not _LOWER_WORD.search(line)


def _token(text: str, begin: int, stop: int) -> str:
    """The word that ends at `stop`, without opening quotation marks and brackets; empty after white space."""
    chunk = text[max(begin, stop - _LONGEST_TOKEN) : stop]
    if not chunk or chunk[-1].isspace():
        return ""
    return chunk.split()[-1].lstrip("\"'“‘«„`([{•")


def _abbreviated(text: str, begin: int, stop: int) -> bool:
    """Whether the long lower-case word before `stop` is the end of a capitalised abbreviation ("Messrs. Hall")."""
    token = _token(text, begin, stop)
    return token in known.TITLES or token in known.NEVER or token in known.ENDABLE


def _ends(text: str, begin: int, stop: int, after: int, end: int, headline: bool) -> bool:
    """Whether the terminator at `stop`, which with its closing marks reaches to `after`, ends the sentence from `begin`."""
    mark = text[stop]
    following = _NEXT.match(text, after, end)
    word = (following[2] or "") if following else ""
    if following and len(word) == 1 and word.isalpha() and text.startswith(".", following.end()):
        word = "X"  # an initial opens no sentence by itself, be it "A." or "В."
    if word and word[0].islower() and word == word.lower():
        return False
    if stop > begin and text[stop - 1] in "([":
        return False
    if not word and not _WORD.search(text, after, end):
        return False
    quoted = text[after - 1] in _QUOTE_CLOSERS and after - 1 > stop
    if mark in "!?":
        return _shout_ends(text, begin, stop, after, end, word, quoted)
    if headline:
        return False
    if text.startswith(("..", "…"), stop):
        return True
    token = _token(text, begin, stop)
    if not token:
        return True
    opened = bool(following and following[1].strip(_BRACKETS))
    if _ENUMERATOR.fullmatch(token) and not text[begin : stop - len(token)].strip("( \n\t•*-"):
        return False
    verdict = _full_stop_ends(token, word, opened and not quoted)
    return verdict and not (text[after - 1] == ")" and _is_abbreviation(token))


def _shout_ends(text: str, begin: int, stop: int, after: int, end: int, word: str, quoted: bool) -> bool:
    if quoted:
        speech = _SPEECH_NEXT.match(text, after, end)
        return not (speech and speech[1] in known.SPEECH)
    if text[stop] == "!" and _token(text, begin, stop).casefold() in known.BRANDS:
        return word in known.STARTERS
    return not (text[stop] == "!" and word in known.COMPANY_SUFFIXES)


def _is_abbreviation(token: str) -> bool:
    piece = _LAST_PIECE.findall(token)[0]
    tables = (known.TITLES, known.NEVER, known.ENDABLE, known.MONTHS)
    return bool(_ACRONYM.fullmatch(token)) or any(token in table or piece in table for table in tables)


def _full_stop_ends(token: str, word: str, opened: bool) -> bool:
    """Whether a full stop after `token` ends a sentence when `word` comes next, behind an opening mark if `opened`."""
    piece = _LAST_PIECE.findall(token)[0]
    number = word[:1].isdigit()
    starts = word in known.STARTERS or (opened and not number)
    if token in known.NEVER or piece in known.NEVER:
        return False
    if number and (piece in known.NUMBERED or piece in known.MONTHS):
        return False
    if token in known.CLOSING or piece in known.CLOSING:
        return True
    if token.casefold() in known.CLOCK:
        return word.casefold() not in known.AFTER_CLOCK
    if token in known.TITLES or piece in known.TITLES:
        return word in known.STARTERS and word not in known.HEADLINE_STARTERS
    if token in known.ENDABLE or piece in known.ENDABLE or piece in known.MONTHS:
        return starts
    if _ACRONYM.fullmatch(token) or _CONSONANTS.fullmatch(piece):
        return starts
    if _INITIAL.fullmatch(piece) and piece.isupper():
        return starts
    return True
