"""The names that the texts carry, told apart over the whole corpus once all articles are in."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator

from kzbot.index.building.naming import FIRST, LAST, edtf_of
from kzbot.index.carried import SHORT_START
from kzbot.language.names.carried.corpus import Form, Use, merge
from kzbot.language.names.carried.kinds import kind_of
from kzbot.language.names.spelling_rules import key_of as sound_of

OFFERED = 25
_OF_ROOT = "carried_mentions c JOIN carried_names n ON n.name = c.name"
_DATED = (
    f"SELECT d.root, {FIRST}, {LAST} FROM (SELECT DISTINCT n.root, c.passage FROM {_OF_ROOT} WHERE c.by != 'reference') d"
    " JOIN marks m ON m.passage = d.passage WHERE m.timeline = 1 AND (m.earliest IS NOT NULL OR m.latest IS NOT NULL)"
    " GROUP BY d.root"
)


def write_carried(connection: sqlite3.Connection) -> None:
    """Replace what the corpus makes of its carried names, from their mentions."""
    run = connection.execute
    for table in ("carried_names", "carried_forms", "carried_roots", "carried_starts"):
        run(f"DELETE FROM {table}")
    uses = run(
        "SELECT c.form, c.name, c.by, count(*), count(DISTINCT p.article) FROM carried_mentions c"
        " JOIN passages p ON p.number = c.passage WHERE c.by != 'reference' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
    )
    merged = merge(Use(*use) for use in uses)
    connection.executemany("INSERT INTO carried_names VALUES (?, ?)", merged.roots)
    connection.executemany("INSERT INTO carried_forms VALUES (?, ?, ?, ?, ?, ?, ?)", map(_sounded, merged.forms))
    connection.executemany(
        "INSERT INTO carried_roots VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _roots(connection, merged.forms)
    )
    connection.executemany("INSERT INTO carried_starts VALUES (?, ?, ?, ?)", starts_of(connection))


def shape_of(sound: str) -> str:
    """The first letters of the words of a key."""
    return "".join(word[0] for word in sound.split())


def _sounded(form: Form) -> tuple[object, ...]:
    sound = sound_of(form.form)
    return (*form, sound, shape_of(sound))


def _roots(connection: sqlite3.Connection, forms: Iterable[Form]) -> Iterator[tuple[object, ...]]:
    run = connection.execute
    told: dict[str, Counter[str]] = {}
    for root, what, count in run(f"SELECT n.root, c.told, count(*) FROM {_OF_ROOT} WHERE c.told != '' GROUP BY 1, 2"):
        told.setdefault(root, Counter())[what] = count
    articles = dict(
        run(
            f"SELECT n.root, count(DISTINCT p.article) FROM {_OF_ROOT} JOIN passages p ON p.number = c.passage"
            " WHERE c.by != 'reference' GROUP BY 1"
        )
    )
    dated = {root: (edtf_of(first), edtf_of(last)) for root, first, last in run(_DATED)}
    own: dict[str, list[Form]] = {}
    for form in forms:
        own.setdefault(form.root, []).append(form)
    for root, some in own.items():
        mentions = sum(form.mentions for form in some if form.key == root or not _is_last_word(form, some))
        guess = kind_of(some[0].canonical, [form.form for form in some], told.get(root, {}), mentions)
        first, last = dated.get(root, (None, None))
        yield (root, some[0].canonical, *(guess or (None, None)), mentions, articles.get(root, 0), first, last)


def starts_of(connection: sqlite3.Connection) -> Iterator[tuple[str, str, str, int]]:
    """The roots for every short beginning of a form, the most mentioned of each kind."""
    taken: Counter[tuple[str, str]] = Counter()
    rows = connection.execute(
        "SELECT f.key, r.root, coalesce(r.kind, ''), r.mentions FROM carried_forms f JOIN carried_roots r ON r.root = f.root"
        " ORDER BY r.mentions DESC, r.root, f.key"
    ).fetchall()
    seen: set[tuple[str, str]] = set()
    for key, root, kind, mentions in rows:
        for start in dict.fromkeys(key[:length] for length in range(1, SHORT_START + 1)):
            if taken[start, kind] < OFFERED and (start, root) not in seen:
                taken[start, kind] += 1
                seen.add((start, root))
                yield start, root, kind, mentions


def _is_last_word(form: Form, forms: Iterable[Form]) -> bool:
    """Whether a form stands for the root only when typed: its mentions are those of the root's own form."""
    own = next((other for other in forms if other.key == form.root), None)
    return own is not None and (own.form, own.mentions) == (form.form, form.mentions)
