"""Of what kind a carried name is, as far as the words around it, and its own, tell; unknown is said to be unknown."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from kzbot.language.names.book import Kind
from kzbot.language.names.carried.given_names import GIVEN_NAMES
from kzbot.language.names.carried.keys import abbreviates, is_designator, key_of
from kzbot.language.names.carried.nouns import COMPANIES, SORT_OF, sorts_told
from kzbot.language.names.carried.tables import COMMON, DOUBTFUL_TITLES, LEGAL, NATIONALITIES, TITLES, listed

PERSON, ORGANISATION, COUNTRY = "person", "organisation", "country"
"""Kinds that a name's own words can tell, whatever the book holds; other kinds are told by their nouns."""
_BODIES = COMPANIES | {
    SORT_OF[noun] for noun in ("agency", "ministry", "department", "commission", "committee", "union", "university")
}
_NOUNS_OF_BODIES = LEGAL | listed(
    """
    ministry department agency office council committee commission union federation association organization organisation
    society party bank university college institute company corporation corp group holdings airlines airways airline
    industries army navy force forces police court parliament congress senate government administration authority bureau foundation
    fund board league club museum hospital academy alliance coalition press news times post tribune broadcasting airlines
    technologies motors partners studios capital chamber consortium guard corps ministries agencies
    """
)
_HEADS_OF_BODIES = listed(
    "ministry department bank university institute council association federation union bureau office organization "
    "organisation academy board committee commission society confederation league chamber"
)
_NO_BODIES = listed(
    "conference summit report act law treaty agreement program programme project plan war battle award awards prize cup "
    "championship championships games festival show model series system systems network software day week year"
)
_LONGEST_PERSON = 4
_BEFORE = 48
_WORD_BEFORE = re.compile(r"([^\W\d_][\w.'’-]{0,30})[ \t\u00a0]{1,2}$")
_APPOSED = re.compile(r",\s(?:the\s|a\s|an\s|who\s(?:was|is)\s)?(?:[a-z][\w'’-]{0,20}\s){0,4}?([a-z][\w-]{2,20})\b")
_OPENING, _CLOSING = "\"'“‘«„`", "\"'”’»“`"
_CALLED = r"(?:,?\s(?:called|named|dubbed|known\sas|codenamed|code-named|entitled|titled))?"


class Guess(NamedTuple):
    """A kind and on what ground it is guessed: `title`, `quoted`, `noun`, `sort`, `acronym`, `words`, `country`, `given`."""

    kind: str
    ground: str


class KindWords:
    """What is told of names where they stand, by the nouns of a book's kinds and by titles; made once for a book."""

    def __init__(self, kinds: Iterable[Kind] = ()) -> None:
        self._kinds = {noun.casefold(): kind.name for kind in reversed(list(kinds)) for noun in kind.nouns}
        nouns = "|".join(re.escape(noun) for noun in sorted(self._kinds, key=len, reverse=True)) or "(?!)"
        self._before = re.compile(rf"\b({nouns})s?{_CALLED},?\s$", re.IGNORECASE)
        self._behind = re.compile(rf"(?:[\s-](?:19|20)\d\d|\s['’]\d\d)?\s(?:[a-z][\w-]{{0,20}}\s){{0,2}}?({nouns})s?\b")

    def told(self, text: str, start: int, end: int, form: str) -> str:
        """What is told of the name `form` at `text[start:end]`, "kind ground" as in `Guess`; empty where nothing is."""
        quoted = start > 0 and text[start - 1] in _OPENING and text[end : end + 2].lstrip(",.")[:1] in tuple(_CLOSING)
        before = text[max(0, start - _BEFORE) : start - quoted]
        noun = self._before.search(before) if before[-1:].isspace() else None
        noun = noun or self._behind.match(text, end + quoted)
        if noun is not None and " ".join(noun[1].casefold().split()) in self._kinds:
            return f"{self._kinds[' '.join(noun[1].casefold().split())]} {'quoted' if quoted else 'noun'}"
        words = form.split()
        if _might_be_person(words) and _has_title(text, before, end, alone=len(words) == 1):
            return f"{PERSON} title"
        sorts = sorts_told(text, start, end, form)
        return f"{ORGANISATION} sort" if sorts & _BODIES else ""


def kind_of(canonical: str, forms: Sequence[str], told: Mapping[str, int], mentions: int) -> Guess | None:
    """What a name most likely is; None where neither its own words nor those around it tell.

    `told` counts what `KindWords` says of its mentions. Quotation marks beside a kind's noun tell most; the noun alone
    must stand beside a third of the mentions ("a NATO exercise" is no reason to take NATO for one).
    """
    grounds = Counter({Guess(*one.split(" ", 1)): count for one, count in told.items()})
    quoted = [guess for guess in grounds if guess.ground == "quoted"]
    if quoted:
        return max(quoted, key=lambda guess: (grounds[guess], guess.kind))
    own = _by_words(canonical, forms)
    if Guess(PERSON, "title") in grounds and canonical.split(maxsplit=1)[0].casefold() in GIVEN_NAMES:
        return Guess(PERSON, "title")
    if own is not None and own.ground != "given":
        return own
    fitting = {g: n for g, n in grounds.items() if g.ground != "noun" or (own is None and 3 * n >= mentions)}
    best = max(fitting, key=lambda guess: (fitting[guess], guess.ground == "title", guess.kind), default=None)
    if best is not None and best.kind == ORGANISATION and own is not None:
        return own
    return best or own


def is_person(words: Sequence[str]) -> bool:
    """Whether two to four words are a person by their given name ("Hugh Shelton", not "Hugh Town Council")."""
    return len(words) > 1 and _might_be_person(words) and words[0].casefold() in GIVEN_NAMES


@lru_cache(maxsize=65536)
def is_country(form: str) -> bool:
    """Whether this is the English name of a country."""
    return key_of(form) in _countries()


@lru_cache(maxsize=65536)
def is_place(form: str) -> bool:
    """Whether this is the English name of a country, a continent or another large region ("Central Asia")."""
    return is_country(form) or key_of(form) in _regions()


def _by_words(canonical: str, forms: Sequence[str]) -> Guess | None:
    words = canonical.replace(".", "").split()
    if is_country(canonical):
        return Guess(COUNTRY, "country")
    plain = [word.casefold() for word in words]
    if len(words) > 1 and (
        plain[-1] in _NOUNS_OF_BODIES or (plain[0] in _HEADS_OF_BODIES and plain[1] in ("of", "for"))
    ):
        return Guess(ORGANISATION, "words")
    if any(_is_acronym_of(form, words) for form in forms) and plain[-1] in COMMON - _NO_BODIES:
        return Guess(ORGANISATION, "acronym")
    return Guess(PERSON, "given") if is_person(words) else None


def _is_acronym_of(form: str, words: Sequence[str]) -> bool:
    plain = form.replace(".", "")
    return (
        plain.isupper() and plain.isalpha() and len(words) > 2 and abbreviates(plain, [one.casefold() for one in words])
    )


def _might_be_person(words: Sequence[str]) -> bool:
    return len(words) <= _LONGEST_PERSON and not any(
        word.casefold() in COMMON or word.casefold() in NATIONALITIES or is_designator(word) or "&" in word
        for word in words
    )


def _has_title(text: str, before: str, end: int, *, alone: bool) -> bool:
    """Whether an office or a form of address stands before, or (behind a whole name) in an apposition."""
    match = _WORD_BEFORE.search(before)
    word = match[1].replace(".", "") if match else ""
    if word[:1].isupper() and any(part in TITLES or part in DOUBTFUL_TITLES for part in word.casefold().split("-")):
        return True
    apposed = None if alone else _APPOSED.match(text, end)
    return apposed is not None and apposed[1] in TITLES


@cache
def _countries() -> frozenset[str]:
    from babel import Locale  # noqa: PLC0415 - only who builds an index needs the names of countries

    known = Locale("en").territories
    names = {name for code, name in known.items() if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES}
    return frozenset(key_of(name) for name in names | _ALSO_COUNTRIES)


@cache
def _regions() -> frozenset[str]:
    from babel import Locale  # noqa: PLC0415 - see `_countries`

    return frozenset(key_of(name) for code, name in Locale("en").territories.items() if not code.isalpha())


_NO_COUNTRIES = frozenset(("EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AQ"))
_ALSO_COUNTRIES = frozenset(
    (
        "USA", "US", "U.S.", "U.S.A.", "UK", "U.K.", "Great Britain", "Britain", "Soviet Union", "USSR", "Czechoslovakia",
        "Yugoslavia", "Burma", "Turkey", "Czech Republic", "Macedonia", "Ivory Coast", "Holland", "Swaziland", "Republic of Korea",
        "United States of America", "Congo", "Bosnia", "Palestine", "Hong Kong", "Taiwan", "East Germany", "West Germany",
    )
)  # fmt: skip
