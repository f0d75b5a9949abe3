"""The names that the texts carry and the book lacks, with what is known of each, ready to be taken over."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from kzbot.answers.naming.carried import SLIPS, alike
from kzbot.index import carried
from kzbot.index.generation import Generation
from kzbot.index.rows import RootRow
from kzbot.language.names.spelling_rules import key_of

EXAMPLES = 2
LONGEST_BOOK = 20_000
"""In a book of more spellings nobody waits for all of them to be held against the texts."""
_SHORTEST, _LONG = 5, 10


@dataclass(frozen=True, slots=True)
class Example:
    """A passage, verbatim, with the place of the name in it (offsets into `text`), its article and address."""

    text: str
    start: int
    end: int
    title: str
    article: str
    address: str


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A name of the texts: `kind` is guessed on `ground` (None: unknown), `forms` are the others that it is written in.

    `years`: the years of its dated mentions ("1997-2013"), None where there are none. `like`: names of the book that it
    may be another spelling of.
    """

    name: str
    kind: str | None
    ground: str | None
    mentions: int
    articles: int
    years: str | None
    forms: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    like: tuple[str, ...] = ()


async def unlisted(
    generation: Generation, *, kind: str | None = None, least: int = 1, count: int | None = None
) -> tuple[list[Unlisted], int]:
    """The names of at least `least` mentions, those that may be spellings of the book's first, then by use; and how many
    there are in all. `kind` as in `index.carried.listed`."""
    like = await _like_the_book(generation)
    rows, total = await carried.listed(generation, kind, least, count)
    known = {row.root for row in rows}
    near = await carried.roots(generation, (root for root in like if root not in known))
    rows += [row for row in near.values() if row.mentions >= least and (kind is None or row.kind == (kind or None))]
    rows.sort(key=lambda row: (row.root not in like, -row.mentions, -row.articles, row.canonical))
    return [await _unlisted(generation, row, like.get(row.root, ())) for row in rows[:count]], total


def years_of(first: str | None, last: str | None) -> str | None:
    """The years of two EDTF dates as people write a range."""
    found = list(dict.fromkeys(day[:4] for day in (first, last) if day and day[:4].isdigit()))
    return "-".join(found) or None


async def _unlisted(generation: Generation, row: RootRow, like: Sequence[str]) -> Unlisted:
    forms = [one.form for one in await carried.forms_of(generation, row.root) if one.form != row.canonical]
    found = await carried.examples(generation, row.root, EXAMPLES)
    articles = await generation.article_rows(passage.article for passage, _, _ in found)
    examples = tuple(
        Example(
            passage.text,
            start - passage.start,
            end - passage.start,
            articles[passage.article].title,
            articles[passage.article].id,
            passage.address,
        )
        for passage, start, end in found
    )
    return Unlisted(
        row.canonical,
        row.kind,
        row.ground,
        row.mentions,
        row.articles,
        years_of(row.first, row.last),
        tuple(dict.fromkeys(forms)),
        examples,
        tuple(like),
    )


async def _like_the_book(generation: Generation) -> dict[str, list[str]]:
    """The roots of which a form is another transliteration of a spelling of the book, or a slip away from one."""
    spelled = [(form, name) for name in generation.names.values() for form in (name.canonical, *name.variants)]
    found: dict[str, list[str]] = {}
    for form, name in spelled[:LONGEST_BOOK]:
        sound = key_of(form)
        if len(sound) < _SHORTEST:
            continue
        words = sound.split()
        near = [other for other in await alike(generation, sound) if _are_alike(words, other.split())]
        for other in near:
            for row in await carried.sounding(generation, other):
                known = found.setdefault(row.root, [])
                if name.canonical not in known:
                    known.append(name.canonical)
    return found


def _are_alike(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether a person should look at two names that may be one: looser than what an answer would take for the same.

    A plural and a woman's surname beside a man's (Nazarbayeva, Nazarbayev) are no slips.
    """
    pairs = list(zip(ours, theirs, strict=False))
    return len(ours) == len(theirs) and all(one == other or _is_slip(one, other) for one, other in pairs)


def _is_slip(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < _SHORTEST or one[0] != other[0] or not (one.isalpha() and other.isalpha()):
        return False
    if longer in (f"{shorter}s", f"{shorter}a"):
        return False
    return OSA.distance(one, other) <= (1 if len(shorter) < _LONG else SLIPS)
