"""What a generation remembers of its own making: files, rejections, and the table `meta`."""

import sqlite3
from collections.abc import Mapping
from dataclasses import astuple

from kzbot.index.building.plan import Plan
from kzbot.index.schema import schema_version
from kzbot.index.sources import Sources


def write_records(connection: sqlite3.Connection, sources: Sources, plan: Plan, given: Mapping[str, str]) -> None:
    """Replace files, rejections, withdrawn, idle and meta; `given` holds the keys that the plan does not know (id, created ...)."""
    run = connection.execute
    for table in ("files", "rejections", "withdrawn", "idle", "meta"):
        run(f"DELETE FROM {table}")
    connection.executemany(
        "INSERT INTO files VALUES (?, ?, ?, ?, ?)",
        ((one.file, one.size, one.modified_ns, one.companion_size, one.companion_modified_ns) for one in plan.states),
    )
    connection.executemany(
        "INSERT INTO rejections VALUES (?, ?, ?)", ((one.file, one.line, one.reason) for one in plan.rejections)
    )
    connection.executemany("INSERT INTO withdrawn VALUES (?, ?, ?)", map(astuple, plan.withdrawn))
    connection.executemany("INSERT INTO idle VALUES (?, ?, ?, ?)", map(astuple, plan.idle))
    meta = {
        **given,
        "schema": schema_version(),
        "rules": plan.versions.rules,
        "names": plan.versions.names,
        "spelled": plan.versions.spelled,
        "digest": plan.digest,
        "fingerprint": plan.fingerprint,
        "readers": plan.readers,
        "articles": str(run("SELECT count(*) FROM articles").fetchone()[0]),
        "passages": str(run("SELECT count(*) FROM passages").fetchone()[0]),
        "years": _years(connection),
        "folder": str(sources.folder.resolve()),
        "added": str(sources.added.resolve()) if sources.added else "",
        "max_file_bytes": str(sources.max_file_bytes),
    }
    connection.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())


def _years(connection: sqlite3.Connection) -> str:
    """The years that the articles' own dates cover: "1997-2013", "1998", or nothing where none has a date."""
    first, last = connection.execute(
        "SELECT min(coalesce(published_earliest, published_latest)), max(coalesce(published_latest, published_earliest))"
        " FROM articles"
    ).fetchone()
    if first is None or last is None:
        return ""
    return str(first[:4]) if first[:4] == last[:4] else f"{first[:4]}-{last[:4]}"
