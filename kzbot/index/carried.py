"""Reading the names that the texts carry though the book does not list them."""

from collections.abc import Iterable, Sequence

from kzbot.index.generation import Generation
from kzbot.index.passages import PASSAGE_COLUMNS, passage_row
from kzbot.index.rows import CarriedMentionRow, CarriedRow, MentionRow, PassageRow, RootRow
from kzbot.language.names.carried.keys import key_of

_BATCH = 500
COLUMNS = "key, root, form, canonical, mentions"
ROOT_COLUMNS = "r.root, r.canonical, r.kind, r.ground, r.mentions, r.articles, r.first, r.last"
SHORT_START = 3
"""Beginnings of so many letters have their names in a table of their own."""
# A key that is near has the first letters of its words, and is longer or shorter by no more than slips make it.
LONGER = 2
_ONE_SLIP, _TWO_SLIPS = 4, 11
"""A single word of fewer letters holds no slip, or one only, that makes it longer or shorter (see `slips`)."""


async def named(generation: Generation, typed: str) -> list[CarriedRow]:
    """What `typed` is a form of, the most mentioned first; case, accents and a leading "the" do not count, nor does a
    plural that the texts do not have."""
    sql = f"SELECT {COLUMNS} FROM carried_forms WHERE key = ? ORDER BY mentions DESC, root"
    key = key_of(typed.strip())
    rows = await generation.rows(sql, (key,))
    if not rows and key.endswith("s"):
        rows = await generation.rows(sql, (key.removesuffix("s"),))
    return [CarriedRow(*row) for row in rows]


async def sounding(generation: Generation, sound: str) -> list[CarriedRow]:
    """The forms of which `spelling_rules.key_of` makes `sound`, the most mentioned first."""
    sql = f"SELECT {COLUMNS} FROM carried_forms WHERE sound = ? ORDER BY mentions DESC, root"
    return [CarriedRow(*row) for row in await generation.rows(sql, (sound,))]


async def like(generation: Generation, sound: str) -> list[str]:
    """The keys that slips may have made of `sound`: of as many words with the same first letters, and about as long."""
    shape = "".join(word[0] for word in sound.split())
    sql = (
        "SELECT group_concat(sound, char(10)) FROM (SELECT DISTINCT sound FROM carried_forms WHERE shape = ?"
        " AND length(sound) BETWEEN ? AND ?)"  # one row: thousands of short ones would take longer than finding them
    )
    room = LONGER if len(shape) > 1 or len(sound) >= _TWO_SLIPS else 1 if len(sound) >= _ONE_SLIP - 1 else 0
    bounds = (len(sound) - room, len(sound) + room)
    return str((await generation.rows(sql, (shape, *bounds)))[0][0] or "").split("\n")


async def forms_of(generation: Generation, root: str) -> list[CarriedRow]:
    """All forms of one name, the most used first."""
    sql = f"SELECT {COLUMNS} FROM carried_forms WHERE root = ? ORDER BY mentions DESC, key"
    return [CarriedRow(*row) for row in await generation.rows(sql, (root,))]


async def roots(generation: Generation, wanted: Iterable[str]) -> dict[str, RootRow]:
    """What is known of these names, by root."""
    keys = sorted(set(wanted))
    sql = f"SELECT {ROOT_COLUMNS} FROM carried_roots r WHERE r.root IN ({','.join('?' * len(keys))})"
    return {row[0]: RootRow(*row) for row in await generation.rows(sql, keys)}


async def starting(
    generation: Generation, starts: Iterable[str], count: int, kinds: Sequence[str] | None = None
) -> list[RootRow]:
    """Names of which a form has a key that begins with one of these, the most mentioned first, each once; of these kinds
    only, if given."""
    wanted = [start for start in dict.fromkeys(starts) if start]
    if not wanted or count <= 0:
        return []
    found: list[str] = []
    values: list[object] = []
    for start in wanted:
        if len(start) <= SHORT_START:
            found.append("SELECT root FROM carried_starts WHERE start = ?")
            values.append(start)
        else:
            found.append("SELECT root FROM carried_forms WHERE key >= ? AND key < ?")
            values += [start, f"{start}\U0010ffff"]
    of_kind, named_kinds = _of_kind(kinds)
    sql = (
        f"SELECT {ROOT_COLUMNS} FROM ({' UNION '.join(found)}) f CROSS JOIN carried_roots r ON r.root = f.root"
        f" WHERE 1{of_kind} ORDER BY r.mentions DESC, r.root LIMIT ?"
    )
    return [RootRow(*row) for row in await generation.rows(sql, (*values, *named_kinds, count))]


async def most_mentioned(generation: Generation, count: int, kinds: Sequence[str] | None = None) -> list[RootRow]:
    """The names that the texts carry most often; of these kinds only, if given."""
    of_kind, values = _of_kind(kinds)
    sql = f"SELECT {ROOT_COLUMNS} FROM carried_roots r WHERE 1{of_kind} ORDER BY r.mentions DESC, r.articles DESC, r.root LIMIT ?"
    return [RootRow(*row) for row in await generation.rows(sql, (*values, count))]


async def listed(generation: Generation, kind: str | None, least: int, count: int | None) -> tuple[list[RootRow], int]:
    """The names of at least so many mentions, the most mentioned first, at most `count`, and how many there are in all.

    `kind`: only those that are guessed to be of it; empty: those of which nothing is known.
    """
    where, values = "WHERE r.mentions >= ?", list[object]([least])
    if kind is not None:
        where += " AND r.kind IS ?"
        values.append(kind or None)
    order = "ORDER BY r.mentions DESC, r.articles DESC, r.canonical LIMIT ?"
    rows = await generation.rows(
        f"SELECT {ROOT_COLUMNS} FROM carried_roots r {where} {order}", (*values, -1 if count is None else count)
    )
    in_all = await generation.rows(f"SELECT count(*) FROM carried_roots r {where}", values)
    return [RootRow(*row) for row in rows], int(in_all[0][0])


async def examples(generation: Generation, root: str, count: int) -> list[tuple[PassageRow, int, int]]:
    """The first passages that mention this name, each of another article, with the place of the name."""
    sql = (
        f'SELECT {PASSAGE_COLUMNS}, min(c.start), c."end" FROM carried_names n CROSS JOIN carried_mentions c ON c.name = n.name'
        " JOIN passages p ON p.number = c.passage WHERE n.root = ? AND c.by <> 'reference' AND p.kind = 'sentence'"
        " GROUP BY p.article ORDER BY p.number LIMIT ?"
    )
    return [(passage_row(row[:-2]), row[-2], row[-1]) for row in await generation.rows(sql, (root, count))]


async def kinds_carried(generation: Generation, kinds: Sequence[str]) -> frozenset[str]:
    """Those of these kinds that some carried name is of."""
    of_kind, values = _of_kind(kinds)
    return frozenset(
        row[0] for row in await generation.rows(f"SELECT DISTINCT r.kind FROM carried_roots r WHERE 1{of_kind}", values)
    )


async def with_root(generation: Generation, root: str) -> list[PassageRow]:
    """The passages that mention this name, in order of article and text."""
    sql = (
        f"SELECT {PASSAGE_COLUMNS} FROM passages p WHERE p.number IN (SELECT c.passage FROM carried_names n"
        " CROSS JOIN carried_mentions c ON c.name = n.name WHERE n.root = ?) ORDER BY p.article, p.start, p.number"
    )
    return [passage_row(row) for row in await generation.rows(sql, (root,))]


async def mentions_of(generation: Generation, root: str) -> dict[int, list[MentionRow]]:
    """The mentions of this name by passage, in order of the text; their `name` is the root."""
    sql = (
        'SELECT ?, c.passage, c.start, c."end", c.form, c.by, NULL FROM carried_names n CROSS JOIN carried_mentions c'
        ' ON c.name = n.name WHERE n.root = ? ORDER BY c.passage, c.start, c."end"'
    )
    found: dict[int, list[MentionRow]] = {}
    for row in await generation.rows(sql, (root, root)):
        mention = MentionRow(*row)
        known = found.setdefault(mention.passage, [])
        if not known or known[-1].end <= mention.start:
            known.append(mention)
    return found


def _of_kind(kinds: Sequence[str] | None) -> tuple[str, tuple[str, ...]]:
    """The condition on the kind of root `r`, with its values."""
    return ("", ()) if kinds is None else (f" AND r.kind IN ({','.join('?' * len(kinds))})", tuple(kinds))


async def by_keys(generation: Generation, keys: Iterable[str]) -> dict[str, list[CarriedRow]]:
    """What each of these keys (see `key_of`) is a form of, the most mentioned first; keys that are none are left out."""
    found: dict[str, list[CarriedRow]] = {}
    wanted = sorted(set(keys))
    for first in range(0, len(wanted), _BATCH):
        some = wanted[first : first + _BATCH]
        sql = (
            f"SELECT {COLUMNS} FROM carried_forms WHERE key IN ({','.join('?' * len(some))})"
            " ORDER BY mentions DESC, root"
        )
        for row in await generation.rows(sql, some):
            found.setdefault(row[0], []).append(CarriedRow(*row))
    return found


async def own_forms(generation: Generation, root: str, count: int) -> list[CarriedRow]:
    """The forms of one name that stand for no other, the most used first, at most `count`."""
    sql = (
        f"SELECT {COLUMNS} FROM carried_forms f WHERE root = ? AND NOT EXISTS (SELECT 1 FROM carried_forms o"
        " WHERE o.key = f.key AND o.root <> f.root) ORDER BY mentions DESC, key LIMIT ?"
    )
    return [CarriedRow(*row) for row in await generation.rows(sql, (root, count))]


async def mentions_in(
    generation: Generation, roots: Sequence[str], passages: Iterable[int]
) -> dict[int, list[CarriedMentionRow]]:
    """The mentions of these names in these passages, by passage, in order of the text."""
    found: dict[int, list[CarriedMentionRow]] = {}
    wanted = sorted(set(passages))
    for first in range(0, len(wanted), _BATCH):
        some = wanted[first : first + _BATCH]
        sql = (
            'SELECT n.root, c.passage, c.start, c."end", c.form, c.by FROM carried_mentions c CROSS JOIN carried_names n'
            f" ON n.name = c.name WHERE c.passage IN ({','.join('?' * len(some))})"
            f' AND n.root IN ({",".join("?" * len(roots))}) ORDER BY c.start, c."end"'
        )
        for row in await generation.rows(sql, (*some, *roots)):
            found.setdefault(row[1], []).append(CarriedMentionRow(*row))
    return found


async def standing_in(generation: Generation, passages: Iterable[int]) -> dict[int, list[CarriedMentionRow]]:
    """All mentions of carried names in these passages, by passage, in order of the text."""
    found: dict[int, list[CarriedMentionRow]] = {}
    wanted = sorted(set(passages))
    for first in range(0, len(wanted), _BATCH):
        some = wanted[first : first + _BATCH]
        sql = (
            'SELECT n.root, c.passage, c.start, c."end", c.form, c.by FROM carried_mentions c CROSS JOIN carried_names n'
            f' ON n.name = c.name WHERE c.passage IN ({",".join("?" * len(some))}) ORDER BY c.start, c."end"'
        )
        for row in await generation.rows(sql, some):
            found.setdefault(row[1], []).append(CarriedMentionRow(*row))
    return found


async def kinds_in(
    generation: Generation, passages: Iterable[int], without: Sequence[str]
) -> dict[int, frozenset[str | None]]:
    """Of which kinds (None: unknown) names are that stand in each of these passages, but for the roots `without`."""
    found: dict[int, set[str | None]] = {}
    wanted = sorted(set(passages))
    for first in range(0, len(wanted), _BATCH):
        some = wanted[first : first + _BATCH]
        sql = (
            "SELECT DISTINCT c.passage, r.kind FROM carried_mentions c CROSS JOIN carried_names n ON n.name = c.name"
            f" CROSS JOIN carried_roots r ON r.root = n.root WHERE c.passage IN ({','.join('?' * len(some))})"
            f" AND c.by <> 'reference' AND n.root NOT IN ({','.join('?' * len(without))})"
        )
        for passage, kind in await generation.rows(sql, (*some, *without)):
            found.setdefault(passage, set()).add(kind)
    return {passage: frozenset(kinds) for passage, kinds in found.items()}
