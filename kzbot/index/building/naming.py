"""The name book inside a generation, with what the corpus says of each name."""

import json
import sqlite3
from collections.abc import Iterable

from kzbot.language.names.book import Name, NameBook
from kzbot.language.words import tokens

# Bounds that are open count by their known side; of equal days the more precise date wins.
FIRST = "min(coalesce(m.earliest, m.latest) || '|' || coalesce(m.latest, '9999-12-31') || '|' || m.edtf)"
LAST = "max(coalesce(m.latest, m.earliest) || '|' || coalesce(m.earliest, '0001-01-01') || '|' || m.edtf)"


def write_names(connection: sqlite3.Connection, book: NameBook) -> None:
    """Replace kinds and names; every name with the number of its mentions and its first and last dated one.

    A mention is dated by the dates of its passage that stand on a timeline; `first` and `last` are their EDTF.
    """
    run = connection.execute
    run("DELETE FROM names")
    run("DELETE FROM kinds")
    run("DELETE FROM name_forms")
    connection.executemany(
        "INSERT INTO kinds VALUES (?, ?, ?, ?)",
        ((kind.name, _listed(kind.nouns), kind.profile, position) for position, kind in enumerate(book.kinds)),
    )
    run("INSERT INTO name_forms SELECT name, words, by, count(*) FROM mentions GROUP BY 1, 2, 3")
    counts = dict(run("SELECT name, count(*) FROM mentions GROUP BY name"))
    dated = {name: (edtf_of(first), edtf_of(last)) for name, first, last in run(_DATED)}
    connection.executemany(
        "INSERT INTO names (id, kind, canonical, variants, related, position, mentions, first, last, adjectives,"
        " exact_case) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            _row(name, position, counts.get(name.id, 0), *dated.get(name.id, (None, None)))
            for position, name in enumerate(book.names)
        ),
    )


def write_words_of_names(connection: sqlite3.Connection, book: NameBook) -> None:
    """Take the words of all names into the vocabulary, with 0 where no passage holds them."""
    words = {token.word for name in book.names for form in (name.canonical, *name.variants) for token in tokens(form)}
    connection.executemany("INSERT OR IGNORE INTO vocabulary VALUES (?, 0)", ((word,) for word in sorted(words)))


_DATED = (
    f"SELECT n.name, {FIRST}, {LAST} FROM (SELECT DISTINCT name, passage FROM mentions) n"
    " JOIN marks m ON m.passage = n.passage WHERE m.timeline = 1 AND (m.earliest IS NOT NULL OR m.latest IS NOT NULL)"
    " GROUP BY n.name"
)


def _row(name: Name, position: int, mentions: int, first: str | None, last: str | None) -> tuple[object, ...]:
    return (
        name.id,
        name.kind,
        name.canonical,
        _listed(name.variants),
        _listed(name.related),
        position,
        mentions,
        first,
        last,
        _listed(name.adjectives),
        int(name.exact_case),
    )


def _listed(words: Iterable[str]) -> str:
    return json.dumps(list(words), ensure_ascii=False)


def edtf_of(ranked: str) -> str:
    """The EDTF of a mark that `FIRST` or `LAST` ranked."""
    return ranked.split("|", 2)[2]
