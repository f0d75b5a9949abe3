"""When articles and names came into the corpus, as /new lists them; only once all articles are in."""

import sqlite3

# As articles.NEWEST_FIRST, within those that arrived together.
_ORDER = "a.first_seen DESC, a.published_earliest IS NULL, a.published_earliest DESC, a.published_latest DESC, a.number"
_DATED = (
    "SELECT p.article, sum(m.dates) AS dates FROM (SELECT passage, count(DISTINCT edtf) AS dates FROM marks WHERE timeline = 1"
    " GROUP BY passage) m CROSS JOIN passages p ON p.number = m.passage GROUP BY p.article"
)


def write_arrivals(connection: sqlite3.Connection) -> None:
    """Replace the order of arrivals, and of each name when the first article arrived that mentions it."""
    run = connection.execute
    for table in ("arrivals", "name_arrivals"):
        run(f"DELETE FROM {table}")
    run(
        "INSERT INTO arrivals (article, first_seen, entries, dated)"
        " SELECT a.number, a.first_seen, coalesce(d.dates, q.article IS NOT NULL), coalesce(d.dates, 0) FROM articles a"
        f" LEFT JOIN ({_DATED}) d ON d.article = a.number"
        " LEFT JOIN (SELECT DISTINCT article FROM passages) q ON q.article = a.number"
        f" ORDER BY {_ORDER}"
    )
    run("CREATE TEMP TABLE seen (passage INTEGER PRIMARY KEY, first_seen TEXT NOT NULL)")
    run("INSERT INTO seen SELECT p.number, a.first_seen FROM articles a JOIN passages p ON p.article = a.number")
    run(
        "INSERT INTO name_arrivals SELECT 0, m.name, min(s.first_seen) FROM mentions m CROSS JOIN seen s"
        " ON s.passage = m.passage WHERE m.by <> 'reference' GROUP BY m.name"
    )
    run(
        "INSERT INTO name_arrivals SELECT 1, n.root, min(s.first_seen) FROM carried_mentions c CROSS JOIN seen s"
        " ON s.passage = c.passage CROSS JOIN carried_names n ON n.name = c.name WHERE c.by <> 'reference' GROUP BY n.root"
    )
    run("DROP TABLE seen")
