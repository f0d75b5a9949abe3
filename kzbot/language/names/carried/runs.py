"""Capitalised words that stand side by side in a sentence: what names are made of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kzbot.language.names.carried.tables import CALENDAR, DOUBTFUL_TITLES, FLEETS, HEADS, PARTICLES, TITLES
from kzbot.language.spans import Span
from kzbot.language.words import STOP_WORDS

LONGEST = 10
"""More capitalised words in a row than this are no name."""
LONGEST_WORD = 60
"""Nor is a word of more characters."""

_TOKEN = re.compile(
    r"""
    (?<![\w.@\#$£€/'’]) (?: (?:[A-Z]\.){2,} (?:[A-Z]\b)?                  # U.S., N.V.
      | [A-Z]\.(?=\s[A-Z])                                             # John F. Kennedy
      | (?: (?=[^\Wa-z_]) | (?=[a-z]{1,2}[A-Z]) )                      # iPhone
        (?:[DO]['’]\s?(?=[A-Z])|[A-Z]['’](?=[A-Z]))? [^\W_]+ (?: [-\u2010\u2011] (?: (?:[A-Z]\.){2,} | (?=[A-Z\d]) [^\W_]+ ) )*
        (?: & [A-Z]\b )?                                               # AT&T
    )
    """,
    re.VERBOSE,
)
_WIDEST = 12
_POSSESSIVE = re.compile(r"\s?['’](?:s\b|(?<=s['’])(?!\w))|(?<=s)\s['’](?=\s)")
_LINK = re.compile(r"\s(?:(of|for|and|&|[a-z]{2,3})\s(?:(the)\s)?)?(?:(``|[\"“‘'])(?=\S))?")
_ARTICLE = re.compile(r"\s((?:a[lrsdntz]|el|ash|esh|u[ld])[-\u2010\u2011])")
"""The article of Arabic names, joined to what follows: "Khalid al-Masri"."""
_OPENED = re.compile(r"(?:^|[\s(\[])(?:``|[\"“„«‘'])$|:\s{1,2}$|^\W{1,3}$|[•*]\s$|[.!?…]['\"”’]?\s$")
_COUNTS = re.compile(
    r"[.,]\d|\s?%|\s(?:per\s?cent|million|billion|trillion|thousand|hundred|people|men|women|troops|dollars|years?|days?|"
    r"months?|weeks?|hours?|minutes?|times|kilomet|met(?:re|er)|miles|feet|tons|tonnes|kg|km|mph|pounds|euros)"
)
_PLURAL = re.compile(r"\s[a-z]{3,}(?<!s)s\b")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\ds?")
_EDITION = re.compile(r"(?<=[^\W\d_]{4})[-\u2010\u2011](?:19|20)\d\d$")
"""A year that is joined to a name ("Zapad-2013") is no part of it, as one behind a blank is none."""
_FIGURES = re.compile(r"(\d{3,4})(?:-\d+[A-Z]*)?s?")
_LETTERED = re.compile(r"\d+(?:[A-Z]+\d|-\d+[A-Z])\w*")
_WORD = re.compile(r"[^\W\d_]{3,}")
_SMALL_IN_TITLES = frozenset(
    [
        "the",
        "and",
        "for",
        "but",
        "nor",
        "yet",
        "via",
        "per",
        "off",
        "out",
        "its",
        "his",
        "her",
        "our",
        "not",
        "with",
        "from",
        "into",
        "over",
        "after",
        "amid",
        "upon",
        "than",
        "that",
        "under",
        "about",
        "between",
        "against",
        "toward",
        "towards",
        "near",
        "onto",
    ]
)
_LOWER_WORD = re.compile(rf"(?<!\w)(?!(?:{'|'.join(sorted(_SMALL_IN_TITLES))})\b)[a-z]{{3}}")


class Word(NamedTuple):
    """A capitalised word, or a number, that may be a part of a name: `plain` in lower case and without full stops; `link` is
    what joins it with the one before."""

    text: str
    start: int
    end: int
    link: str
    plain: str


@dataclass(frozen=True, slots=True)
class Run:
    """Words side by side. `opening`: the first has its capital perhaps only because a sentence begins. `bare`: it stands
    in a title, where capitals say nothing."""

    words: tuple[Word, ...]
    opening: bool
    bare: bool


def runs_in(text: str, sentence: Span, *, heading: bool) -> tuple[list[Run], list[Word]]:
    """The runs of a sentence in order, and the numbers that stand in none and might be a designator ("the 787")."""
    found: list[Run] = []
    numbers: list[Word] = []
    current: list[Word] = []
    bare = _title_case(text, sentence, heading)
    opening = possessive = False

    def close() -> None:
        if current and len(current) <= LONGEST:
            found.append(Run(tuple(current), opening, bare))
        else:
            found.extend(Run((word._replace(link=""),), opening, True) for word in current)
        current.clear()

    for match in _TOKEN.finditer(text, sentence.start, sentence.end):
        word = match[0]
        start, end = match.span()
        number = word[0].isdigit()
        link = _link(text, current, start, end) if current and not possessive else None
        if number and not _designates(text, word, end, current if link == " " else None):
            close()
            figures = _FIGURES.fullmatch(word)
            if figures and not _YEAR.fullmatch(word) and not _COUNTS.match(text, end):
                numbers.append(Word(figures[1], start, end, "", figures[1]))
            continue
        if (
            (not number and not word[0].isupper() and word.islower())
            or text.startswith("$", end)
            or len(word) > LONGEST_WORD
        ):
            close()
            continue
        opens = link is None and _opens(text, sentence, start, end)
        if _says_nothing(word, opens or bare):
            close()
            continue
        if link is None:
            close()
            opening = opens
        if word[-1] == "s" and word[-2:-1].isdigit():
            word = word[:-1]
        edition = _EDITION.search(word)
        if edition:
            word, end = word[: edition.start()], start + edition.start()
        current.append(Word(word, start, end, link or "", word.replace(".", "").casefold()))
        possessive = _POSSESSIVE.match(text, end, sentence.end) is not None
    close()
    return found, numbers


def _opens(text: str, sentence: Span, start: int, end: int) -> bool:
    """Whether a sentence begins here, or direct speech."""
    if start == sentence.start:
        return True
    before = text[max(sentence.start, start - 4) : start]
    if before[-1:] == " " and before[-2:-1].isalpha():
        return False
    return bool(_OPENED.search(before)) and not _quoted(text, start, end)


def _link(text: str, current: Sequence[Word], start: int, end: int) -> str | None:
    """What joins a word with the run before it; None where nothing does."""
    before = current[-1]
    between = text[before.end : start]
    if between.isspace():
        return " " if len(between) < _WIDEST and between.count("\n") < 2 else None
    if len(between) > _WIDEST:
        return None
    article = _ARTICLE.fullmatch(between)
    if article is not None:
        return f" {article[1]}"
    match = _LINK.fullmatch(between)
    if match is None:
        return None
    small, the, quote = match.groups()
    if quote and not _quoted(text, start, end):
        return None
    if small is None:
        return " "
    if small in ("of", "for"):
        takes = before.plain in HEADS or is_title(before.plain)
        return f" {small}{' the' if the else ''} " if takes else None
    if the:
        return None
    return f" {small} " if small in ("and", "&") or small in PARTICLES else None


def _quoted(text: str, start: int, end: int) -> bool:
    """Whether the word stands in quotation marks of its own."""
    return (
        start > 0 and text[start - 1] in "\"“‘'`«" and text[end : end + 2].lstrip(",.")[:1] in ("'", '"', "”", "’", "»")
    )


def _designates(text: str, word: str, end: int, before: Sequence[Word] | None) -> bool:
    """Whether a word that begins with a figure is a part of a name: behind one ("Boeing 787"), or with letters ("7E7")."""
    if not before:
        return _LETTERED.fullmatch(word) is not None
    if before[-1].plain in FLEETS:
        return False
    if before[-1].plain in CALENDAR or before[-1].text[0].isdigit() or _YEAR.fullmatch(word):
        return False
    if word.isdigit() and (_COUNTS.match(text, end) or len(word) > 4 or (len(word) < 3 and _PLURAL.match(text, end))):
        return False
    return word.isdigit() or any(character.isupper() or character == "-" for character in word) or word[-1] == "s"


def _says_nothing(word: str, opens: bool) -> bool:
    """Whether this is a day, a month, or a small word that `opens` a sentence; an acronym ("US", "WHO") is neither."""
    plain = word.casefold()
    if word.isupper() and len(word) > 1:
        return plain in ("am", "pm", "gmt", "utc", "est", "edt", "ii", "iii", "iv")
    return plain in CALENDAR or plain == "i" or (opens and plain in STOP_WORDS)


def _title_case(text: str, sentence: Span, heading: bool) -> bool:
    """Whether capitals say nothing here: no longer word of the sentence is in lower case."""
    if _LOWER_WORD.search(text, sentence.start, sentence.end):
        return False
    words = 0
    for match in _WORD.finditer(text, sentence.start, sentence.end):
        if match[0][0].islower() and match[0] not in _SMALL_IN_TITLES:
            return False
        words += 1
    return words >= (3 if heading else 8)


def is_title(plain: str) -> bool:
    """Whether a word is an office or a form of address, or several with hyphens ("Colonel-General")."""
    if "-" in plain:
        return all(part in TITLES or part in DOUBTFUL_TITLES for part in plain.split("-"))
    return plain in TITLES or plain in DOUBTFUL_TITLES


def parts(words: Sequence[Word], *links: str) -> Iterator[tuple[Word, ...]]:
    """The words cut where one of these links joins them."""
    begin = 0
    for at in range(1, len(words)):
        if words[at].link in links:
            yield tuple(words[begin:at])
            begin = at
    if words[begin:]:
        yield tuple(words[begin:])


def form_of(words: Sequence[Word]) -> str:
    """The words as they are written, without what stands around and between them."""
    if len(words) == 1:
        return words[0].text
    return words[0].text + "".join([word.link + word.text for word in words[1:]])
