"""Which articles a generation holds already, by the hash of their texts and by their ids, and which it leaves out."""

from collections.abc import Iterable

from kzbot.index.generation import Generation

_AT_ONCE = 500


async def texts_held(generation: Generation, hashes: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Id and title of the articles whose text has one of these hashes, by hash."""
    return await _held(generation, "text_hash", hashes)


async def ids_held(generation: Generation, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Id and title of the articles that one of these ids is that of, or of their files, by id; those withdrawn included."""
    wanted = set(ids)
    withdrawn = {id_: (id_, title) for id_, title in (await withdrawn_titles(generation)).items() if id_ in wanted}
    return {**withdrawn, **await _held(generation, "file", wanted), **await _held(generation, "id", wanted)}


async def _held(generation: Generation, column: str, values: Iterable[str]) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    wanted = sorted(set(values))
    for first in range(0, len(wanted), _AT_ONCE):
        some = wanted[first : first + _AT_ONCE]
        marks = ",".join("?" * len(some))
        sql = f"SELECT {column}, id, title FROM articles WHERE {column} IN ({marks}) ORDER BY number DESC"
        found.update({row[0]: (row[1], row[2]) for row in await generation.rows(sql, some)})
    return found


async def withdrawn_titles(generation: Generation) -> dict[str, str]:
    """The titles of the articles that were withdrawn when the generation was built and whose files were there, by id."""
    return dict(await generation.rows("SELECT id, title FROM withdrawn"))
