"""Looking for quotations in the corpus: where each stands, and what it is an altered version of."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from kzbot.answers.turns import Turns
from kzbot.index import articles, quotable
from kzbot.index.generation import Generation
from kzbot.index.rows import ArticleRow
from kzbot.language.quoting.difference import Likeness, compare, told_in_pieces
from kzbot.language.quoting.grams import COMMON, grams, phrase, words_of
from kzbot.language.quoting.reading import Reading, even, is_word, read, read_even
from kzbot.language.quoting.regions import MARGIN, between_words, region
from kzbot.language.quoting.standing import Piece, Place, in_order, pieces, plain, standing
from kzbot.language.spans import Span

MOST_HOLDERS = 20
"""The articles holding one quotation that are looked at; more are not told."""
_CANDIDATES = 100
_FEWEST_CANDIDATES, _CANDIDATES_OF_ALL = 20, 1_000
_COMPARED = 3
_WINDOWS = 8
_MANY_WINDOWS = 8
_WIDTHS = (5, 3)
_SHORT = 8
_PER_WINDOW = 60
_ENDS = 12
_LITERAL_FINDS = 200
_CLOSE = 60
_UNLIKELY = 10
"""The articles that are looked at though they hold a quotation at most in another typography."""

IsNamed = Callable[[ArticleRow], bool]


@dataclass(frozen=True, slots=True)
class Asked:
    """A quotation to look for: `publishers` and `articles` are those of the sources named for it, `is_named` tells them.

    `only_whole`: where it does not stand somewhere as it is, no altered version of it is looked for.
    """

    words: str
    is_named: IsNamed | None = None
    articles: frozenset[int] = frozenset()
    publishers: tuple[str, ...] = ()
    only_whole: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """An article that holds a quotation; `where` as in evidence."""

    article: ArticleRow
    where: Literal["text", "title"]
    place: Place


@dataclass(frozen=True, slots=True)
class Found:
    """What became of a quotation: the articles that hold it, the best first; or what it is an altered version of."""

    held: tuple[Held, ...] = ()
    altered: Held | None = None
    likeness: Likeness | None = None


@dataclass(slots=True)
class _Sought:
    """A quotation on its way: `phrases` are what articles that hold it must have."""

    asked: Asked
    reading: Reading
    words: list[str]
    phrase: str
    found: Found = field(default_factory=Found)


class Library:
    """The texts of one generation that a question needs, each fetched and read once."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self.rows: dict[int, ArticleRow] = {}
        self.texts: dict[int, str] = {}
        self._evened: dict[int, str] = {}
        self._lowered: dict[int, str] = {}
        self._flat: dict[int, str] = {}
        self._readings: dict[tuple[int, int, int], Reading] = {}

    async def fetch(self, numbers: Iterable[int]) -> None:
        """Have these articles at hand."""
        missing = set(numbers) - self.texts.keys()
        if missing:
            self.rows |= await self.generation.article_rows(missing)
            self.texts |= await articles.texts_of(self.generation, missing)

    def reading(self, number: int, span: Span | None = None) -> Reading:
        """An article's text, or a stretch of it, by its words and marks."""
        text = self.texts[number]
        start, end = span or (0, len(text))
        key = (number, start, end)
        if key not in self._readings:
            self._readings[key] = read_even(text, self._even(number), start, end)
        return self._readings[key]

    def near(self, number: int, sought: Reading, margin: int = MARGIN) -> Span:
        """The stretch of an article's text where a quotation stands, if it stands there in nearly its own words."""
        lowered = self._lowered.get(number)
        if lowered is None:
            lowered = self._lowered[number] = self._even(number).lower()
        whole = Span(0, len(self.texts[number]))
        if len(lowered) != whole.end:
            return whole
        return region(lowered, [key.lower() for key in sought.keys if is_word(key)], len(sought.text), margin)

    def flat(self, number: int) -> str:
        """An article's text and title in one line, without most of what is typography."""
        if number not in self._flat:
            self._flat[number] = f"{' '.join(self._even(number).split())} {flattened(self.title(number) or '')}"
        return self._flat[number]

    def title(self, number: int) -> str | None:
        """An article's title, where it is not made up."""
        return self.rows[number].title if self.rows[number].title_basis == "stated" else None

    def _even(self, number: int) -> str:
        if number not in self._evened:
            self._evened[number] = even(self.texts[number])
        return self._evened[number]


def flattened(text: str) -> str:
    """A text in one line, without most of what is typography."""
    return " ".join(even(text).split())


async def look_for(library: Library, asked: Sequence[Asked]) -> list[Found]:
    """What became of each quotation, in order."""
    each = {one: _sought(one) for one in asked}
    sought = list(each.values())
    await _find_whole(library, sought)
    left = [one for one in sought if not one.found.held and not one.asked.only_whole]
    await _find_in_pieces(library, left)
    await _find_altered(library, [one for one in left if one.found.altered is None])
    return [each[one].found for one in asked]


def _sought(asked: Asked) -> _Sought:
    reading = read(asked.words)
    bare = plain(asked.words)
    words = words_of(reading if bare == asked.words else read(bare))
    return _Sought(asked, reading, words, _whole_phrase(words))


def _whole_phrase(words: Sequence[str]) -> str:
    """The words as one phrase, a long one by its ends; a common one at the end, whose next word is not known, by its beginning only."""
    made = grams(words)
    while len(made) > 1 and words[len(made) - 1] in COMMON:
        made.pop()
    if len(made) > 2 * _ENDS:
        return f"{phrase(made[:_ENDS])} AND {phrase(made[-_ENDS:])}"
    return phrase(made) + "*" if len(made) == 1 and words[0] in COMMON else phrase(made)


async def _find_whole(library: Library, sought: Sequence[_Sought]) -> None:
    candidates = max(_FEWEST_CANDIDATES, min(_CANDIDATES, _CANDIDATES_OF_ALL // max(1, len(sought))))
    found = await quotable.holding(library.generation, [one.phrase for one in sought], candidates)
    await library.fetch({number for numbers in found for number in numbers})
    for one, numbers in zip(sought, found, strict=True):
        if len(numbers) == candidates:
            numbers += await _beyond(library, one, numbers)
            await library.fetch(numbers)
    for one, numbers in zip(sought, found, strict=True):
        held = _holders(library, one, list(dict.fromkeys(numbers)))
        one.found = Found(tuple(held))


async def _beyond(library: Library, one: _Sought, numbers: Sequence[int]) -> list[int]:
    """Where more articles than can be looked at have these words: those with all its letters, and those named for it."""
    found: list[int] = []
    if not any(one.asked.words in library.texts[number] for number in numbers):
        found += await quotable.holding_literally(library.generation, one.phrase, one.asked.words, MOST_HOLDERS)
    if one.asked.publishers:
        found += await quotable.holding_of(library.generation, one.phrase, one.asked.publishers, MOST_HOLDERS)
    return found + sorted(one.asked.articles)


def _holders(library: Library, one: _Sought, numbers: Sequence[int]) -> list[Held]:
    """The articles that hold the quotation, named ones first, then exact ones, then by date."""
    flat = flattened(one.reading.text)
    first = [number for number in numbers if flat in library.flat(number) or _is_named(library, one, number)]
    known = set(first)
    others = [number for number in numbers if number not in known][:_UNLIKELY]
    held = [place for number in (*first[:MOST_HOLDERS], *others) if (place := _place(library, one.reading, number))]
    return sorted(held, key=lambda each: _rank(library, one, each))


def _place(library: Library, quotation: Reading, number: int) -> Held | None:
    """Where an article holds the quotation: looked for where its letters stand, then near its words, then everywhere."""
    row, text = library.rows[number], library.texts[number]
    literal = _literal(library, quotation, number)
    if literal is not None:
        return Held(row, "text", literal)
    near = library.near(number, quotation, _CLOSE)
    place = standing(quotation, library.reading(number, near))
    if place is None and near != (0, len(text)):
        place = standing(quotation, library.reading(number))
    if place is not None:
        return Held(row, "text", place)
    title = library.title(number)
    likely = title is not None and quotation.keys[0].casefold() in title.casefold()
    place = standing(quotation, read(title)) if title and likely else None
    return Held(row, "title", place) if place is not None else None


def _literal(library: Library, quotation: Reading, number: int) -> Place | None:
    """Where all the letters of the quotation stand as they are, if they are whole words there."""
    text, words = library.texts[number], quotation.text
    at = text.find(words)
    for _ in range(_LITERAL_FINDS):
        if at < 0:
            break
        end = at + len(words)
        if not (_joined(text[at - 1 : at + 1]) or _joined(text[end - 1 : end + 1])):
            place = standing(quotation, library.reading(number, between_words(text, at - 1, end + 1)))
            if place is not None and place.exact:
                return place
        at = text.find(words, end)
    return None


def _joined(two: str) -> bool:
    """Whether two neighbouring characters are of one word."""
    return two.isascii() and two.isalnum() and len(two) > 1


def _rank(library: Library, one: _Sought, held: Held) -> tuple[bool, bool, str, int]:
    row = held.article
    named = _is_named(library, one, row.number)
    return not named, not held.place.exact, row.published_earliest or row.published_latest or "9999", row.number


def _is_named(library: Library, one: _Sought, number: int) -> bool:
    return one.asked.is_named is not None and one.asked.is_named(library.rows[number])


async def _find_in_pieces(library: Library, sought: Sequence[_Sought]) -> None:
    """Quotations that say where they leave something out, whose pieces stand in one article in their order."""
    parted = [(one, parts) for one in sought if (parts := pieces(one.reading)) and _is_parted(one.reading, parts)]
    phrases = [
        _whole_phrase(words)
        for one, parts in parted
        for part in parts
        if (words := words_of(read(one.reading.slice(part.first, part.last))))
    ]
    numbers = iter(await quotable.holding(library.generation, phrases, _CANDIDATES))
    for one, parts in parted:
        votes = Counter(number for _ in parts for number in next(numbers))
        all_of_them = [number for number, count in votes.most_common() if count == len(parts)][:_COMPARED]
        await library.fetch(all_of_them)
        for number in sorted(all_of_them, key=lambda each: not _is_named(library, one, each)):
            source = library.reading(number)
            places = in_order(one.reading, parts, source)
            if places is not None:
                _alter(library, one, number, told_in_pieces(one.reading, parts, source, places))
                break


def _is_parted(quotation: Reading, parts: Sequence[Piece]) -> bool:
    kept = sum(part.last - part.first for part in parts)
    return kept < len(quotation.keys)


def _alter(library: Library, one: _Sought, number: int, likeness: Likeness) -> None:
    place = Place(likeness.start, likeness.end, exact=False)
    one.found = Found(altered=Held(library.rows[number], "text", place), likeness=likeness)


async def _find_altered(library: Library, sought: Sequence[_Sought]) -> None:
    """The closest stretch of the corpus for each quotation, where it plainly is the same statement."""
    sought = [one for one in sought if len(one.words) >= FEWEST]
    windows = [_windows(one.words) for one in sought]
    phrases = [each for some in windows for each in some]
    found = iter(await quotable.holding(library.generation, phrases, _PER_WINDOW) if phrases else [])
    chosen: list[list[int]] = []
    for one, some in zip(sought, windows, strict=True):
        best = _votes([next(found) for _ in some], library.generation.articles)
        chosen.append([*sorted(one.asked.articles)[:_COMPARED], *best])
    await library.fetch({number for some in chosen for number in some})
    turns = Turns()
    for one, likely in zip(sought, chosen, strict=True):
        compared = []
        for number in dict.fromkeys(likely):
            compared.append((number, _compared(library, one.reading, number)))
            await turns.over()
        plainly = [(number, like) for number, like in compared if like is not None and like.plain]
        if plainly:
            number, like = max(plainly, key=lambda each: (_is_named(library, one, each[0]), each[1].share, -each[0]))
            _alter(library, one, number, like)


def _compared(library: Library, quotation: Reading, number: int) -> Likeness | None:
    return compare(quotation, library.reading(number, library.near(number, quotation)))


FEWEST = 4
"""An altered quotation has at least so many words: fewer are not enough to tell what they were."""


def _windows(words: Sequence[str]) -> list[str]:
    """Phrases of neighbouring words to look for, spread over the quotation; of each part the one with the longest words."""
    made = grams(words)
    if words[-1] in COMMON:
        made.pop()
    found: list[str] = []
    for width in (*_WIDTHS, 2) if len(words) < _SHORT else _WIDTHS:
        count = len(made) - width + 1
        zone = max(1, math.ceil(count / _WINDOWS))
        for begin in range(0, count, zone):
            starts = range(begin, min(begin + zone, count))
            at = max(starts, key=lambda start: sum(map(len, made[start : start + width])))
            found.append(phrase(made[at : at + width]))
    return found


def _votes(found: Sequence[Sequence[int]], corpus: int) -> list[int]:
    """The articles that hold the most of a quotation's phrases, rare ones counting for more; the best ones only."""
    votes: dict[int, float] = defaultdict(float)
    times = Counter(number for numbers in found for number in numbers)
    fewest = 2 if len(found) >= _MANY_WINDOWS else 1
    for numbers in found:
        for number in numbers:
            if times[number] < fewest:
                continue
            votes[number] += math.log(1 + corpus / len(numbers))
    best = sorted(votes.items(), key=lambda one: (-one[1], one[0]))[:_COMPARED]
    return [number for number, weight in best if 2 * weight >= best[0][1]]
