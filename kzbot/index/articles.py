"""Reading articles of a generation."""

from collections.abc import Iterable, Sequence

from kzbot.index.generation import ARTICLE_COLUMNS, Generation
from kzbot.index.rows import ArticleRow, PublisherRow

# By the first day that it may be of: what may also be older is not taken for newer.
NEWEST_FIRST = "published_earliest IS NULL, published_earliest DESC, published_latest DESC, first_seen DESC, number"


async def texts_of(generation: Generation, numbers: Iterable[int]) -> dict[int, str]:
    """The whole bodies of these articles, untouched, by number."""
    found: dict[int, str] = {}
    ordered = sorted(set(numbers))
    for first in range(0, len(ordered), 500):
        some = ordered[first : first + 500]
        sql = f"SELECT number, text FROM articles WHERE number IN ({','.join('?' * len(some))})"
        found.update(await generation.rows(sql, some))
    return found


async def by_key(generation: Generation, key: str) -> ArticleRow | None:
    """The article whose id or file is `key`, else None."""
    sql = f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE id = ? OR file = ? ORDER BY id <> ?"
    rows = await generation.rows(sql, (key, key, key))
    return ArticleRow(*rows[0]) if rows else None


async def text_hash_of(generation: Generation, id_: str) -> str | None:
    """What tells the text of the article with this id from others, whatever its white space; None without one."""
    rows = await generation.rows("SELECT text_hash FROM articles WHERE id = ?", (id_,))
    return str(rows[0][0]) if rows else None


async def with_text(generation: Generation, text_hash: str) -> ArticleRow | None:
    """The article whose text has this hash, else None."""
    sql = f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE text_hash = ? ORDER BY number LIMIT 1"
    rows = await generation.rows(sql, (text_hash,))
    return ArticleRow(*rows[0]) if rows else None


async def at_url(generation: Generation, url: str) -> list[ArticleRow]:
    """The articles with exactly this url."""
    sql = f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE url = ? ORDER BY number"
    return [ArticleRow(*row) for row in await generation.rows(sql, (url,))]


async def by_beginning(generation: Generation, typed: str, count: int) -> list[ArticleRow]:
    """At most `count` articles whose id or file begins with what was typed, in any case, in order of their ids."""
    pattern = typed.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    sql = (
        f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE id LIKE ?1 ESCAPE '\\' OR file LIKE ?1 ESCAPE '\\'"
        " ORDER BY id LIMIT ?2"
    )
    return [ArticleRow(*row) for row in await generation.rows(sql, (pattern, count))]


async def by_url(generation: Generation, stem: str) -> list[ArticleRow]:
    """The articles whose url or archived url ends in `stem`: an address without scheme, www and final slash."""
    pattern = "%" + stem.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    sql = f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE url LIKE ? ESCAPE '\\' OR archived_url LIKE ? ESCAPE '\\'"
    return [ArticleRow(*row) for row in await generation.rows(sql, (pattern, pattern))]


async def newest(generation: Generation, count: int) -> list[ArticleRow]:
    """The newest articles: by publication date, those without one last."""
    sql = f"SELECT {ARTICLE_COLUMNS} FROM articles ORDER BY {NEWEST_FIRST} LIMIT ?"
    return [ArticleRow(*row) for row in await generation.rows(sql, (count,))]


async def by_title_words(generation: Generation, groups: Sequence[Sequence[str]], count: int) -> list[ArticleRow]:
    """Articles whose title holds a word of each group (a group: one asked word in its spellings), newest first."""
    match = "title : (" + " AND ".join("(" + " OR ".join(quoted(w) for w in group) + ")" for group in groups) + ")"
    sql = (
        f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE number IN (SELECT p.article FROM passages_fts f"
        f" JOIN passages p ON p.number = f.rowid WHERE passages_fts MATCH ?) ORDER BY {NEWEST_FIRST} LIMIT ?"
    )
    return [ArticleRow(*row) for row in await generation.rows(sql, (match, count))]


async def titles_starting(generation: Generation, typed: str, count: int) -> list[ArticleRow]:
    """Articles for autocomplete: the title, id or address holds what was typed; newest first."""
    pattern = "%" + typed.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    sql = (
        f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE title LIKE ?1 ESCAPE '\\' OR id LIKE ?1 ESCAPE '\\'"
        f" OR url LIKE ?1 ESCAPE '\\' ORDER BY {NEWEST_FIRST} LIMIT ?2"
    )
    return [ArticleRow(*row) for row in await generation.rows(sql, (pattern, count))]


async def publishers(generation: Generation) -> list[PublisherRow]:
    """The publishers of the corpus with how many articles each has, the most first."""

    async def read() -> list[PublisherRow]:
        sql = (
            "SELECT publisher, count(*) AS held FROM articles WHERE publisher IS NOT NULL GROUP BY publisher"
            " ORDER BY held DESC, publisher"
        )
        return [PublisherRow(*row) for row in await generation.rows(sql)]

    return await generation.once("publishers", read)


def quoted(term: str) -> str:
    """A term as an FTS5 string: whatever it holds, it is searched and never obeyed."""
    return '"' + term.replace('"', '""') + '"'
