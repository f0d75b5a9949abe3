"""Reading what mentions a name: its passages in order, its spellings, and the names beside it."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kzbot.index.generation import Generation
from kzbot.index.passages import MARK_COLUMNS, batches, mark_row
from kzbot.index.rows import MarkRow
from kzbot.index.scope import CARRIED, MENTIONS
from kzbot.language.dates.mark import DateMark

_SPELLED = (
    "SELECT passage, start, \"end\", words AS form, by FROM mentions WHERE name IN ({names}) AND by <> 'reference'"
)
_CARRIED_SPELLED = (
    'SELECT c.passage, c.start, c."end", c.form, c.by FROM carried_names n CROSS JOIN carried_mentions c ON c.name = n.name'
    " WHERE n.root IN ({names})"
)
_OWN = "m.timeline = 1 AND m.basis <> 'published'"
_IN_TIME = ("COALESCE({0}earliest, {0}latest)", "COALESCE({0}latest, '9999-12-31')")


@dataclass(frozen=True, slots=True)
class Subject:
    """Names that are asked about: of the book (`ids`), or roots of names that the texts carry."""

    ids: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MentionOrder:
    """The passages that mention a subject, dated ones first in the order of a timeline, then the others by article and text.

    `places`: the place of each passage, from 0. `dated`: the earliest and the latest of all dates in them, `published`: those of
    their articles; as EDTF, none where there is none. `articles`: how many hold them.
    """

    numbers: Sequence[int]
    places: Mapping[int, int] = field(default_factory=dict)
    dated: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    articles: int = 0


@dataclass(frozen=True, slots=True)
class Spelled:
    """A spelling of the subject as texts have it: how often, and the first passage of the order that has it."""

    form: str
    count: int
    passage: int


@dataclass(frozen=True, slots=True)
class Beside:
    """A name that stands in passages of the subject: an id of the book, or the form of a name of the texts; in how many."""

    name: str
    passages: int
    carried: bool
    passage: int


async def order_of(generation: Generation, subject: Subject) -> MentionOrder:
    """The order of the passages that mention the subject, worked out once."""

    async def read() -> MentionOrder:
        t, parameters = _passages(subject)
        sql = (
            f"{t}, d AS (SELECT m.passage, COALESCE(m.earliest, m.latest) AS earliest,"
            " COALESCE(m.latest, '9999-12-31') AS latest, min(m.start) FROM t CROSS JOIN marks m ON m.passage = t.passage"
            f" WHERE {_OWN} GROUP BY m.passage)"
            " SELECT p.number, p.article FROM t CROSS JOIN passages p ON p.number = t.passage LEFT JOIN d ON d.passage = p.number"
            " ORDER BY d.passage IS NULL, d.earliest, d.latest, p.article, p.start, p.number"
        )
        rows = await generation.rows(sql, parameters)
        dated, published = await _ends(generation, subject)
        numbers = array("q", (row[0] for row in rows))
        places = {number: at for at, number in enumerate(numbers)}
        return MentionOrder(numbers, places, dated, published, len({row[1] for row in rows}))

    return await generation.once(("mention order", subject), read)


async def first_marks(generation: Generation, passages: Iterable[int]) -> dict[int, DateMark]:
    """The first date in each of these passages that dates what it says, by passage."""
    found: dict[int, DateMark] = {}
    for some in batches(passages):
        sql = (
            f"SELECT {MARK_COLUMNS} FROM marks m WHERE m.passage IN ({','.join('?' * len(some))}) AND {_OWN}"
            " ORDER BY m.passage, m.start"
        )
        for row in await generation.rows(sql, some):
            mark: MarkRow = mark_row(row)
            found.setdefault(mark.passage, mark.mark)
    return found


async def published_of(generation: Generation, passages: Iterable[int]) -> dict[int, str | None]:
    """The publication dates (EDTF) of the articles of these passages, by passage."""
    found: dict[int, str | None] = {}
    for some in batches(passages):
        sql = (
            "SELECT p.number, a.published FROM passages p CROSS JOIN articles a ON a.number = p.article"
            f" WHERE p.number IN ({','.join('?' * len(some))})"
        )
        found.update(await generation.rows(sql, some))
    return found


async def places_in(
    generation: Generation, subject: Subject, passages: Iterable[int]
) -> dict[int, list[tuple[int, int]]]:
    """Where the subject stands in these passages: offsets into the article's text, end exclusive, by passage."""
    found: dict[int, list[tuple[int, int]]] = {}
    spelled, parameters = _spelled(subject)
    for some in batches(passages):
        sql = f'SELECT passage, start, "end" FROM ({spelled}) WHERE passage IN ({",".join("?" * len(some))}) ORDER BY start'
        for passage, start, end in await generation.rows(sql, (*parameters, *some)):
            found.setdefault(passage, []).append((start, end))
    return found


async def spellings_of(generation: Generation, subject: Subject, count: int) -> list[Spelled]:
    """The spellings that the texts have for the subject, the most used first; of those told apart by case only, one."""
    spelled, parameters = _spelled(subject)
    sql = (
        f"SELECT form, count(*) AS times, min(passage) FROM ({spelled}) WHERE by NOT IN ('adjective', 'reference')"
        " GROUP BY lower(form) ORDER BY times DESC, form LIMIT ?"
    )
    return [Spelled(*row) for row in await generation.rows(sql, (*parameters, count))]


async def beside(generation: Generation, subject: Subject, count: int) -> list[Beside]:
    """The names that stand in passages of the subject, those of the most passages first."""
    t, parameters = _passages(subject)
    book = (
        f"{t} SELECT m.name, count(DISTINCT m.passage) AS shared, 0, min(m.passage) FROM t CROSS JOIN mentions m"
        f" ON m.passage = t.passage WHERE m.by <> 'reference' AND m.name NOT IN ({_marks(subject.ids)})"
        " GROUP BY m.name ORDER BY shared DESC, m.name LIMIT ?"
    )
    texts = (
        f"{t} SELECT (SELECT f.canonical FROM carried_forms f WHERE f.root = n.root LIMIT 1) AS canonical,"
        " count(DISTINCT c.passage) AS shared, 1, min(c.passage)"
        " FROM t CROSS JOIN carried_mentions c ON c.passage = t.passage CROSS JOIN carried_names n ON n.name = c.name"
        f" WHERE n.root NOT IN ({_marks(subject.roots)}) GROUP BY n.root HAVING canonical IS NOT NULL"
        " ORDER BY shared DESC, n.root LIMIT ?"
    )
    found = [
        Beside(name, shared, bool(carried), passage)
        for sql, own in ((book, subject.ids), (texts, subject.roots))
        for name, shared, carried, passage in await generation.rows(sql, (*parameters, *own, count))
    ]
    return sorted(found, key=lambda one: (-one.passages, one.carried, one.name))[:count]


async def tells_of_year(generation: Generation, subject: Subject, year: str) -> bool:
    """Whether a mention carries this year (CENTRAZBAT 97), or a passage that mentions the subject is dated by it."""
    t, parameters = _passages(subject)
    edition = f"SELECT 1 FROM mentions WHERE name IN ({_marks(subject.ids)}) AND edition = ? LIMIT 1"
    dated = f"{t} SELECT 1 FROM t CROSS JOIN marks m ON m.passage = t.passage WHERE {_OWN} AND substr(m.edtf, 1, 4) = ? LIMIT 1"
    return bool(
        await generation.rows(edition, (*subject.ids, year)) or await generation.rows(dated, (*parameters, year))
    )


async def _ends(generation: Generation, subject: Subject) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The earliest and the latest date of all these passages, and of their articles."""
    t, parameters = _passages(subject)
    marks = f"FROM t CROSS JOIN marks m ON m.passage = t.passage WHERE {_OWN} AND COALESCE(m.earliest, m.latest) IS NOT NULL"
    articles = (
        "FROM t CROSS JOIN passages p ON p.number = t.passage CROSS JOIN articles a ON a.number = p.article"
        " WHERE a.published IS NOT NULL"
    )
    ends: list[tuple[str, ...]] = []
    for column, days, rows in (("m.edtf", "m.", marks), ("a.published", "a.published_", articles)):
        order = [part.format(days) for part in _IN_TIME]
        back = [f"{part} DESC" for part in order]
        found = [
            await generation.rows(f"{t} SELECT {column} {rows} ORDER BY {', '.join(way)} LIMIT 1", parameters)
            for way in (order, back)
        ]
        ends.append(tuple(str(row[0][0]) for row in found if row))
    return ends[0], ends[1]


def _passages(subject: Subject) -> tuple[str, list[object]]:
    """What makes `t`, the passages that mention the subject, with its parameters."""
    book, texts = MENTIONS.format(names=_marks(subject.ids)), CARRIED.format(names=_marks(subject.roots))
    sql = f"WITH t (passage) AS MATERIALIZED (SELECT passage FROM ({book}) UNION SELECT passage FROM ({texts}))"
    return sql, [*subject.ids, *subject.roots]


def _spelled(subject: Subject) -> tuple[str, list[object]]:
    book, texts = _SPELLED.format(names=_marks(subject.ids)), _CARRIED_SPELLED.format(names=_marks(subject.roots))
    return f"{book} UNION ALL {texts}", [*subject.ids, *subject.roots]


def _marks(values: Sequence[str]) -> str:
    return ",".join("?" * len(values))
