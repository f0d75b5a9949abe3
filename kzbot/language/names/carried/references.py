"""References to names that a text carries: "the aircraft", where one aircraft was plainly spoken of."""

import re
from collections.abc import Iterator, Mapping, Sequence

from kzbot.language.names.carried.mention import Carried, Stretch
from kzbot.language.names.carried.nouns import COMPANIES, COMPANY, SORT_OF, THINGS, is_numbered, own_sort, sorts_told
from kzbot.language.spans import Span

SENTENCES = 6
"""How many sentences back a name may stand; any number, where the article has one name of the sort."""

_NOUNS = "|".join(sorted(SORT_OF, key=len, reverse=True))
_REFERENCE = re.compile(
    rf"\b(?:[Tt]he|[Tt]his|[Tt]hat|[Tt]hese|[Tt]hose)\s((?:(?!the\b|an?\b)[a-z\d][\w-]*\s){{0,2}}?)({_NOUNS})\b"
    rf"(?!\s(?:{_NOUNS}|industry|market|sector|maker|makers|of|called|named|known|dubbed)\b|-)"
)
_OTHERS = frozenset(
    [
        "other",
        "another",
        "rival",
        "rivals",
        "parent",
        "sister",
        "second",
        "third",
        "same",
        "only",
        "two",
        "three",
        "four",
        "five",
        "six",
        "several",
        "many",
        "most",
        "of",
        "and",
        "in",
        "to",
        "for",
        "that",
        "which",
        "is",
        "was",
        "has",
        "have",
        "by",
        "from",
        "with",
        "as",
        "at",
        "on",
        "equivalent",
        "similar",
        "competing",
        "existing",
        "old",
        "older",
        "previous",
        "earlier",
        "current",
        "larger",
        "smaller",
        "bigger",
        "next",
    ]
)
_FIRST = "first"


def references(stretches: Sequence[Stretch], mentions: Sequence[Carried]) -> Iterator[Carried]:
    """A mention for each reference whose name is plain: the nearest sentence before it, or its own, names one such thing.

    What sort of thing a name names is learned from the article; `mentions` are those by name, in order.
    """
    sorts = _sorts(stretches, mentions)
    if not sorts:
        return
    sentences = [(at, span) for at, stretch in enumerate(stretches) for span in stretch.sentences]
    named = _by_sentence(sentences, [one for one in mentions if one.name in sorts or _might_be(one)])
    antecedents = _Antecedents(named, sorts)
    for place, (at, span) in enumerate(sentences):
        text = stretches[at].text
        for match in _REFERENCE.finditer(text, span.start, span.end):
            beside = any(one.start <= match.end() + 2 and match.start() < one.end for one in named[place])
            if beside or _tells_another(match):
                continue
            name = antecedents.of(place, match.start(), SORT_OF[match[2]])
            if name is not None:
                yield Carried(at, match.start(), match.end(), match[0], name, "reference")


def _tells_another(match: re.Match[str]) -> bool:
    """Whether the words between tell this thing from the one named before ("the rival company")."""
    words = match[1].casefold().split()
    if _FIRST in words and SORT_OF[match[2]] not in THINGS:
        return True
    return any(word in _OTHERS or word.endswith("est") for word in words)


def _sorts(stretches: Sequence[Stretch], mentions: Sequence[Carried]) -> dict[str, set[int]]:
    """What sorts of thing the names are, as far as the article tells."""
    sorts: dict[str, set[int]] = {}
    for one in mentions:
        told = sorts_told(stretches[one.text].text, one.start, one.end, one.name) | own_sort(one.name)
        if told:
            sorts.setdefault(one.name, set()).update(told)
    return sorts


def _might_be(mention: Carried) -> bool:
    """Whether it may be a thing of which the article does not tell what it is."""
    return is_numbered(mention.name) and not mention.name.isdigit()


def _by_sentence(sentences: Sequence[tuple[int, Span]], mentions: Sequence[Carried]) -> list[list[Carried]]:
    """The mentions of each sentence, both in order."""
    found: list[list[Carried]] = [[] for _ in sentences]
    place = 0
    for one in mentions:
        while place < len(sentences) and (sentences[place][0], sentences[place][1].end) <= (one.text, one.start):
            place += 1
        if place < len(sentences):
            found[place].append(one)
    return found


class _Antecedents:
    """Which names references go back to; what every sentence tells of a sort of thing is worked out once."""

    def __init__(self, named: Sequence[Sequence[Carried]], sorts: Mapping[str, set[int]]) -> None:
        self._named, self._sorts = named, sorts
        self._known: dict[int, tuple[set[str], list[int]]] = {}

    def of(self, place: int, start: int, sort: int) -> str | None:
        """The name of this sort that a reference at `start` in the sentence numbered `place` means; None where none is plain."""
        fitting, telling = self._of_sort(sort)
        names = {one.name for one in self._named[place] if one.end <= start}
        if not self._tells(names, fitting, sort):
            back = telling[place]
            if back < (0 if len(fitting) == 1 else max(0, place - SENTENCES)):
                return None
            names = {one.name for one in self._named[back]}
        plain = names & fitting
        return plain.pop() if len(plain) == 1 else None

    def _of_sort(self, sort: int) -> tuple[set[str], list[int]]:
        """The names of this sort, and for each sentence the last one before it that tells what is meant, or -1."""
        if sort not in self._known:
            fitting = {name for name, own in self._sorts.items() if _fits(own, sort)}
            telling, last = list[int](), -1
            for place, mentions in enumerate(self._named):
                telling.append(last)
                if self._tells({one.name for one in mentions}, fitting, sort):
                    last = place
            self._known[sort] = fitting, telling
        return self._known[sort]

    def _tells(self, names: set[str], fitting: set[str], sort: int) -> bool:
        """Whether these names tell what is meant, or that it cannot be told."""
        return bool(names & fitting) or (sort in THINGS and bool(names - self._sorts.keys()))


def _fits(own: set[int], sort: int) -> bool:
    return sort in own or (sort == COMPANY and bool(own & COMPANIES))
