"""Reading the roles that the texts give to persons."""

from collections.abc import Sequence

from kzbot.index.generation import Generation
from kzbot.index.rows import OfficeRow, RoleRow
from kzbot.language.roles.asked import begins

_COLUMNS = 'r.passage, r.person, n.root, r.start, r."end", r.words, r.holder_start, r.holder_end, r.office, r.owner, r.former = 1'
_ROLES = (
    f"SELECT {_COLUMNS} FROM roles r LEFT JOIN carried_names n ON n.name = r.carried JOIN passages p ON p.number = r.passage"
    " JOIN articles a ON a.number = p.article WHERE {where} ORDER BY coalesce((SELECT min(coalesce(m.earliest, m.latest))"
    " FROM marks m WHERE m.passage = r.passage AND m.timeline = 1), a.published_earliest, '9999'), r.passage, r.start,"
    " r.holder_start"
)
_OWNED = (
    "(r.owner = ?1 OR r.owner IN (SELECT f.key FROM carried_forms f WHERE f.root = ?1 OR f.root IN"
    " (SELECT o.root FROM carried_forms o WHERE o.key = ?1)))"
)


async def of_person(generation: Generation, ids: Sequence[str] = (), roots: Sequence[str] = ()) -> list[RoleRow]:
    """The roles of the persons with these ids of the book, or these roots of names that the texts carry, the earliest
    first: by the day that the passage tells, else its article's."""
    asked = (
        f"r.person IN ({','.join('?' * len(ids))}) OR r.carried IN"
        f" (SELECT name FROM carried_names WHERE root IN ({','.join('?' * len(roots))}))"
    )
    return await _read(generation, asked, (*ids, *roots))


async def of_office(generation: Generation, office: str, owner: str | None = None) -> list[RoleRow]:
    """Who is said to hold this office (a key, as `office_of` gives it), the earliest first.

    `owner`: an id of the book, the root of a name that the texts carry, or the key of a form; then roles of other owners are
    left out, and those without one unless their holder is said elsewhere to hold it for that owner.
    """
    if owner is None:
        return await _read(generation, "r.office = ?", (office,))
    owned = await _read(generation, f"{_OWNED} AND r.office = ?2", (owner, office))
    known = {(row.person, row.carried) for row in owned}
    own = {(row.passage, row.start, row.holder_start) for row in owned}
    return [
        row
        for row in (await _read(generation, "r.office = ?", (office,)) if owned else [])
        if (row.passage, row.start, row.holder_start) in own
        or (row.owner is None and (row.person, row.carried) in known)
    ]


async def offices(generation: Generation, typed: str = "", limit: int = -1) -> list[OfficeRow]:
    """The offices that somebody is said to hold and of which a word begins as typed, the most mentioned first."""
    sql = (
        "SELECT office, count(*) AS mentions, count(DISTINCT coalesce(person, n.root)) FROM roles r"
        " LEFT JOIN carried_names n ON n.name = r.carried GROUP BY office ORDER BY mentions DESC, office"
    )

    async def read() -> list[OfficeRow]:
        return [OfficeRow(*row) for row in await generation.rows(sql)]

    found = [row for row in await generation.once("offices", read) if begins(row.office, typed)]
    return found if limit < 0 else found[:limit]


async def _read(generation: Generation, where: str, parameters: Sequence[object]) -> list[RoleRow]:
    rows = await generation.rows(_ROLES.format(where=where), parameters)
    return [RoleRow(*row) for row in rows]
