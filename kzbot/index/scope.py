"""Which statements a question is about, as conditions of SQL."""

from dataclasses import dataclass

MENTIONS = 'SELECT passage, start, "end", standing FROM mentions WHERE name IN ({names})'
CARRIED = (
    'SELECT c.passage, c.start, c."end", c.standing FROM carried_names n CROSS JOIN carried_mentions c ON c.name = n.name'
    " WHERE n.root IN ({names})"
)

_NAMED = """
WITH t (passage, start, "end", standing) AS MATERIALIZED ({mentions}),
upright (passage, acts) AS MATERIALIZED (
    SELECT passage, max(standing = 'subject') FROM t WHERE standing NOT IN ('aside', 'related') GROUP BY passage
),
about (number, named) AS MATERIALIZED (
    SELECT DISTINCT passage, 1 FROM t
    UNION ALL
    SELECT c.number, u.acts - 1 FROM upright u CROSS JOIN passages c ON c.continues = u.passage
    WHERE c.number NOT IN (SELECT passage FROM t) AND c.article IN (
        SELECT o.article FROM upright v CROSS JOIN passages o ON o.number = v.passage WHERE o.opening = 1
    )
)
"""
_MATCHED = """
WITH about (number, named) AS MATERIALIZED (SELECT rowid, 1 FROM passages_fts WHERE passages_fts MATCH ?)
"""
_NAMES_DATE = """
CASE
    WHEN b.named < 1 THEN m.about_start IS NULL AND (m.timeline = 1 OR m.timeline = 2 AND b.named = 0)
    WHEN m.timeline = 1 THEN EXISTS (
        SELECT 1 FROM t WHERE t.passage = m.passage AND t.standing <> 'related'
        AND (m.about_start IS NULL OR t."end" >= m.about_start AND t.start < m.about_end)
    )
    WHEN m.timeline > 1 THEN EXISTS (
        SELECT 1 FROM t WHERE t.passage = m.passage
        AND (t.standing = 'subject' OR m.timeline = 2 AND t.standing NOT IN ('aside', 'related'))
    )
END
"""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which statements are asked for: about any of `names` (ids; None: whatever), matching `match` (an FTS5
    expression; None: whatever), about any of the `carried` names (roots; None: whatever), overlapping the days `first` to
    `last` (ISO; None: open)."""

    names: tuple[str, ...] | None = None
    match: str | None = None
    first: str | None = None
    last: str | None = None
    carried: tuple[str, ...] | None = None

    @property
    def whole(self) -> bool:
        """Whether statements about anything are asked for."""
        return self.names is None and self.match is None and self.carried is None

    def about(self) -> tuple[str, list[object]]:
        """What stands before SELECT, with its parameters: it makes `about`, the passages that name or say what is asked
        for (named = 1), and those that go on about it after one that names it, in an article that opens with it (0: what it
        does there; -1: it stands there otherwise).

        Empty where statements about anything are asked for.
        """
        if self.match is not None:
            return _MATCHED, [self.match]
        names = self.names if self.names is not None else self.carried
        if names is None:
            return "", []
        mentions = (MENTIONS if self.names is not None else CARRIED).format(names=",".join("?" * len(names)))
        return _NAMED.format(mentions=mentions), list(names)

    @property
    def passages(self) -> str:
        """What follows FROM: the passages `p` of `about` as `b`, or all of them."""
        return "passages p" if self.whole else "about b CROSS JOIN passages p ON p.number = b.number"

    @property
    def marked(self) -> str:
        """What follows FROM: `passages`, each with every mark `m` of it."""
        if self.whole:
            return "marks m CROSS JOIN passages p ON p.number = m.passage"
        return f"{self.passages} CROSS JOIN marks m ON m.passage = p.number"

    @property
    def dates(self) -> str:
        """The condition that the mark `m` of passage `p` dates what is asked for.

        A mark in a relative clause is its head's. The articles' own dates count with a topic only: see `marks` in the schema.
        """
        if self.whole:
            return "m.timeline = 1"
        return "m.timeline IN (1, 2)" if self.match is not None else _NAMES_DATE

    def days(self, table: str, prefix: str = "") -> tuple[str, list[object]]:
        """The condition that the days of `table` overlap the asked ones, with its parameters."""
        where, parameters = ["1"], list[object]()
        if self.first is not None:
            where.append(f"({table}.{prefix}latest IS NULL OR {table}.{prefix}latest >= ?)")
            parameters.append(self.first)
        if self.last is not None:
            where.append(f"({table}.{prefix}earliest IS NULL OR {table}.{prefix}earliest <= ?)")
            parameters.append(self.last)
        return " AND ".join(where), parameters
