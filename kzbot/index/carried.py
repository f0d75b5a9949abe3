"""Reading the names that the texts carry though the book does not list them."""

from kzbot.index.generation import Generation
from kzbot.index.rows import CarriedRow
from kzbot.language.names.carried.keys import key_of

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
