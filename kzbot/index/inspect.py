"""Looking at a finished generation without opening it for answers: what it holds, and whether files changed since."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from kzbot.errors import GenerationError
from kzbot.index.files import checked_file
from kzbot.index.fingerprint import fingerprint
from kzbot.index.hashes import file_hash
from kzbot.index.near_duplicates import near_duplicates
from kzbot.index.rows import IdleRow, NearDuplicateRow, RejectionRow, UnlistedRow, WithdrawnRow
from kzbot.index.schema import open_for_reading, schema_version
from kzbot.index.sources import Sources

MOST_UNLISTED = 100
"""So many of the names that the book lacks are told one by one."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a generation holds: `dated` counts statements (marks on a timeline), `names` those with a mention.

    `undated` and `unlinked` are ids of articles without a publication date and without an address, sorted. `withdrawn`:
    articles that moderators withdrew and whose files are there; `idle`: what else they laid over the corpus, without effect.
    `unlisted` counts the names that the texts carry and the name book lacks; `most_unlisted` are the most mentioned of them.
    `near_duplicates`: articles that are nearly the same text as an earlier one. `titles`: those of the undated and unlinked.
    """

    meta: Mapping[str, str]
    dated: int
    names: int
    rejections: tuple[RejectionRow, ...]
    undated: tuple[str, ...]
    unlinked: tuple[str, ...]
    withdrawn: tuple[WithdrawnRow, ...]
    idle: tuple[IdleRow, ...]
    unlisted: int
    most_unlisted: tuple[UnlistedRow, ...]
    near_duplicates: tuple[NearDuplicateRow, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)


def holdings(path: Path) -> Holdings:
    """What the generation in `path` holds. Blocking. Raises GenerationError where it cannot be read."""
    try:
        with closing(open_for_reading(path)) as connection:
            run = connection.execute
            rejections = run("SELECT file, line, reason FROM rejections ORDER BY rowid")
            withdrawn = run("SELECT file, id, title FROM withdrawn ORDER BY id, file")
            idle = run("SELECT what, target, words, reason FROM idle ORDER BY rowid")
            unlisted = run(
                "SELECT root, canonical, kind, mentions FROM carried_roots ORDER BY mentions DESC, articles DESC, root LIMIT ?",
                (MOST_UNLISTED,),
            )
            return Holdings(
                dict(run("SELECT key, value FROM meta")),
                run("SELECT count(*) FROM marks WHERE timeline = 1").fetchone()[0],
                run("SELECT count(*) FROM names WHERE mentions > 0").fetchone()[0],
                tuple(RejectionRow(*row) for row in rejections),
                tuple(row[0] for row in run("SELECT id FROM articles WHERE published IS NULL ORDER BY id")),
                tuple(row[0] for row in run("SELECT id FROM articles WHERE url IS NULL ORDER BY id")),
                tuple(WithdrawnRow(*row) for row in withdrawn),
                tuple(IdleRow(*row) for row in idle),
                run("SELECT count(*) FROM carried_roots").fetchone()[0],
                tuple(UnlistedRow(*row) for row in unlisted),
                near_duplicates(connection),
                dict(run("SELECT id, title FROM articles WHERE published IS NULL OR url IS NULL")),
            )
    except sqlite3.Error as error:
        raise GenerationError(
            f"The generation {path.name} cannot be read ({error}); run `python bot.py index` to build a new one."
        ) from error


def meta_of(path: Path) -> dict[str, str]:
    """What a generation says of itself; nothing where it cannot be read. Blocking."""
    try:
        with closing(open_for_reading(path)) as connection:
            return dict(connection.execute("SELECT key, value FROM meta"))
    except sqlite3.Error:
        return {}


def names_in(path: Path, ids: Iterable[str]) -> dict[str, str]:
    """What a generation calls the names with these ids; nothing of others, and nothing where it cannot be read. Blocking."""
    try:
        with closing(open_for_reading(path)) as connection:
            among = "SELECT id, canonical FROM names WHERE id IN (SELECT value FROM json_each(?))"
            return dict(connection.execute(among, (json.dumps(sorted(ids)),)))
    except sqlite3.Error:
        return {}


def is_readable(path: Path) -> bool:
    """Whether `path` is a generation of this program's own schema, fit to be served."""
    try:
        with closing(open_for_reading(path)) as connection:
            row = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
    except sqlite3.Error:
        return False
    return row is not None and row[0] == schema_version()


def is_current(path: Path, sources: Sources) -> bool:
    """Whether nothing has changed since the generation in `path` was built or checked: files by size and time, name
    book, rules, settings.

    Blocking, reads no article. False means that a build may find something to do, not that it will.
    """
    return _is_as_in(path, sources, sources.folder)


def folder_before(path: Path, sources: Sources) -> tuple[Path, bool] | None:
    """Where the articles of the generation in `path` stood when it was built, and whether all else is as it was there, by size and
    time; None where they stand there now, or that cannot be told. Blocking, reads no article."""
    before = meta_of(path).get("folder")
    if before is None or before == str(sources.folder.resolve()):
        return None
    return Path(before), _is_as_in(path, sources, Path(before))


def _is_as_in(path: Path, sources: Sources, folder: Path) -> bool:
    """Whether nothing has changed but that the articles stood in `folder` then."""
    try:
        states, rejected = sources.folders.scan()
        with closing(open_for_reading(path)) as connection:
            row = connection.execute("SELECT value FROM meta WHERE key = 'fingerprint'").fetchone()
    except (GenerationError, sqlite3.Error, OSError):
        return False
    found = fingerprint(replace(sources, folder=folder), states, rejected, file_hash(sources.names_file))
    return (row is not None and row[0] == found) or _checked(path) == found


def _checked(path: Path) -> str | None:
    try:
        return checked_file(path).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
