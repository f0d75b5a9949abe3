"""Reading under which spellings names stand in what a question is about."""

from kzbot.index.generation import Generation
from kzbot.index.rows import FormRow
from kzbot.index.scope import Scope


async def spellings(generation: Generation, scope: Scope, *, by_article: bool = False) -> tuple[FormRow, ...]:
    """The forms of the names of `scope` where they stand in its passages, the most used first.

    Under days only the passages that they let in count, by their own dates or (`by_article`) by that of the article.
    """

    async def read() -> tuple[FormRow, ...]:
        if scope.first is None and scope.last is None:
            sql, parameters = _everywhere(scope)
        else:
            sql, parameters = _within(scope, by_article)
        rows = await generation.rows(f"{sql} GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2", parameters)
        return tuple(FormRow(*row) for row in rows)

    if scope.names is None and scope.carried is None:
        return ()
    return await generation.once(("spellings", scope, by_article), read)


def _everywhere(scope: Scope) -> tuple[str, list[object]]:
    if scope.names is not None:
        names = list[object](scope.names)
        return f"SELECT form, by, sum(mentions) FROM name_forms WHERE name IN ({_marks(names)})", names
    roots = list[object](scope.carried or ())
    return (
        "SELECT c.form, c.by, count(*) FROM carried_names n CROSS JOIN carried_mentions c ON c.name = n.name"
        f" WHERE n.root IN ({_marks(roots)})",
        roots,
    )


def _within(scope: Scope, by_article: bool) -> tuple[str, list[object]]:
    about, values = scope.about()
    days, bounds = scope.days("a", "published_") if by_article else scope.days("m")
    passages = f"SELECT p.number FROM {scope.marked} WHERE ({scope.dates}) AND {days}"
    if by_article:
        passages = f"SELECT p.number FROM {scope.passages} JOIN articles a ON a.number = p.article WHERE {days}"
    if scope.names is not None:
        names = list[object](scope.names)
        table, where = "mentions c", f"c.name IN ({_marks(names)})"
        form = "c.words"
    else:
        names = list[object](scope.carried or ())
        table = "carried_names n CROSS JOIN carried_mentions c ON c.name = n.name"
        where, form = f"n.root IN ({_marks(names)})", "c.form"
    sql = f"{about} SELECT {form}, c.by, count(*) FROM {table} WHERE {where} AND c.passage IN ({passages})"
    return sql, [*values, *names, *bounds]


def _marks(values: list[object]) -> str:
    return ",".join("?" * len(values))
