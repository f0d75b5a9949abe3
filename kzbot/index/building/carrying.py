"""The names that the texts carry, told apart over the whole corpus once all articles are in."""

import sqlite3

from kzbot.language.names.carried.corpus import Use, merge


def write_carried(connection: sqlite3.Connection) -> None:
    """Replace what the corpus makes of its carried names, from their mentions."""
    run = connection.execute
    for table in ("carried_names", "carried_forms"):
        run(f"DELETE FROM {table}")
    uses = run(
        "SELECT c.form, c.name, c.by, count(*), count(DISTINCT p.article) FROM carried_mentions c"
        " JOIN passages p ON p.number = c.passage WHERE c.by != 'reference' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
    )
    merged = merge(Use(*use) for use in uses)
    connection.executemany("INSERT INTO carried_names VALUES (?, ?)", merged.roots)
    connection.executemany("INSERT INTO carried_forms VALUES (?, ?, ?, ?, ?)", merged.forms)
