"""Reading the names that the texts carry though the book does not list them."""

from kzbot.index.generation import Generation
from kzbot.index.rows import CarriedRow
from kzbot.language.names.carried.keys import key_of

COLUMNS = "key, root, form, canonical, mentions"


async def named(generation: Generation, typed: str) -> list[CarriedRow]:
    """What `typed` is a form of, the most mentioned first; case, accents and a leading "the" do not count."""
    sql = f"SELECT {COLUMNS} FROM carried_forms WHERE key = ? ORDER BY mentions DESC, root"
    return [CarriedRow(*row) for row in await generation.rows(sql, (key_of(typed.strip()),))]


async def forms_of(generation: Generation, root: str) -> list[CarriedRow]:
    """All forms of one name, the most used first."""
    sql = f"SELECT {COLUMNS} FROM carried_forms WHERE root = ? ORDER BY mentions DESC, key"
    return [CarriedRow(*row) for row in await generation.rows(sql, (root,))]


async def starting(generation: Generation, typed: str, count: int) -> list[CarriedRow]:
    """Names of which a form begins so, the most mentioned first, each once."""
    key = key_of(typed)
    sql = (
        f"SELECT {COLUMNS}, max(mentions) AS most FROM carried_forms WHERE key >= ? AND key < ? GROUP BY root"
        " ORDER BY most DESC, root LIMIT ?"
    )
    return [CarriedRow(*row[:5]) for row in await generation.rows(sql, (key, f"{key}\U0010ffff", count))]
