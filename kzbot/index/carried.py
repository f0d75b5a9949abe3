"""Reading the names that the texts carry though the book does not list them."""

from collections.abc import Iterable, Sequence

from kzbot.index.generation import Generation
from kzbot.index.rows import CarriedMentionRow, CarriedRow
from kzbot.language.names.carried.keys import key_of

_BATCH = 500
COLUMNS = "key, root, form, canonical, mentions"


async def named(generation: Generation, typed: str) -> list[CarriedRow]:
    """What `typed` is a form of, the most mentioned first; case, accents and a leading "the" do not count, nor does a
    plural that the texts do not have."""
    sql = f"SELECT {COLUMNS} FROM carried_forms WHERE key = ? ORDER BY mentions DESC, root"
    key = key_of(typed.strip())
    rows = await generation.rows(sql, (key,))
    if not rows and key.endswith("s"):
        rows = await generation.rows(sql, (key.removesuffix("s"),))
    return [CarriedRow(*row) for row in rows]


async def forms_of(generation: Generation, root: str) -> list[CarriedRow]:
    """All forms of one name, the most used first."""
    sql = f"SELECT {COLUMNS} FROM carried_forms WHERE root = ? ORDER BY mentions DESC, key"
    return [CarriedRow(*row) for row in await generation.rows(sql, (root,))]


async def starting(generation: Generation, typed: str, count: int) -> list[CarriedRow]:
    """Names of which a form begins so, the most mentioned first, each once; `mentions` are those of all its forms."""
    key = key_of(typed)
    if not key or count <= 0:
        return []
    sql = (
        "SELECT min(o.key), o.root, min(o.form), o.canonical, sum(o.mentions) AS most FROM carried_forms o WHERE o.root IN"
        " (SELECT root FROM carried_forms WHERE key >= ? AND key < ? ORDER BY mentions DESC LIMIT ?)"
        " GROUP BY o.root ORDER BY most DESC, o.root LIMIT ?"
    )
    rows = await generation.rows(sql, (key, f"{key}\U0010ffff", 4 * count, count))
    return [CarriedRow(*row) for row in rows]


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


async def mentions_of(
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
