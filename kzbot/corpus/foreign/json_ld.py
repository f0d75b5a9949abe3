"""What a page says of its article in JSON-LD (https://schema.org/Article). Runs in the child only."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

_ARTICLES = ("article", "report", "posting")
_DEEPEST = 6
_MOST_NODES = 2_000

Node = Mapping[str, Any]


def article_nodes(scripts: list[str]) -> list[Node]:
    """The nodes of JSON-LD that are the page's article: those at the top, in `@graph` or as the page's main entity.

    What stands inside other nodes (lists of other articles, comments, parts) is not the page's own. A script that is no
    JSON is passed over.
    """
    found = []
    for script in scripts:
        try:
            held = json.loads(script, strict=False)
        except (ValueError, RecursionError):
            continue
        found += [node for node in _own(held, 0) if _is_article(node)]
    return found[:_MOST_NODES]


def words(value: object) -> str | None:
    """A plain text value, or the first of several."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("@value")
    return value if isinstance(value, str) and value.strip() else None


def names(value: object) -> list[str]:
    """The names of people or organisations: given as text, or as nodes with a name; addresses of pages are none."""
    found = []
    for one in value if isinstance(value, list) else [value]:
        name = words(one.get("name")) if isinstance(one, dict) else words(one)
        if name and not name.lstrip().lower().startswith(("http://", "https://")):
            found.append(name)
    return found


def addresses(node: Node) -> list[str]:
    """The addresses that an article gives as its own."""
    page = node.get("mainEntityOfPage")
    given = [node.get("url"), page.get("@id") or page.get("url") if isinstance(page, dict) else page, node.get("@id")]
    return [one for one in given if isinstance(one, str)]


def _own(value: object, depth: int) -> Iterator[Node]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            yield from _own(one, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            if isinstance(value.get(key), (list, dict)):
                yield from _own(value[key], depth + 1)


def _is_article(node: Node) -> bool:
    kinds = node.get("@type")
    given = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and kind.rsplit("/", 1)[-1].lower().endswith(_ARTICLES) for kind in given)
