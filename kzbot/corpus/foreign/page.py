"""What a page says of its article: title, publisher, author, address, date, language. Runs in the child only.

Only what the page declares is taken: a site's name is no publisher because it stands in the address, and a name in a
line of the text no author because it looks like one.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from pydantic import ValidationError

from kzbot.corpus.foreign.found import Document
from kzbot.corpus.foreign.json_ld import Node, addresses, article_nodes, names, words
from kzbot.corpus.foreign.page_dates import Publication, publication
from kzbot.corpus.lines import letters_and_digits
from kzbot.corpus.metadata import Metadata

_TITLES = ("og:title", "citation_title", "dcterms.title", "dc.title", "headline", "parsely-title", "twitter:title")
_PUBLISHERS = (
    "og:site_name",
    "citation_publisher",
    "dcterms.publisher",
    "dc.publisher",
    "publisher",
    "application-name",
)
_AUTHORS = ("citation_author", "dcterms.creator", "dc.creator", "author", "article:author", "parsely-author", "byl")
_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/\d{4,14}[a-z_]{0,4}/(https?:/{1,2}.+)", re.I)
_BEFORE_SITE = re.compile(r"(?<=\S)(?: [-–—|·•:»«/<>]{1,3} |: )")
_FIRST_LINES = 5
_LONGEST_TITLE = 1_000
_MOST_AUTHORS = 10


def describe(tree: Any, text: str, address: str | None) -> Document:
    """The document of a page whose article reads `text`; `address` is where the page came from, where that is known."""
    meta = _meta(tree)
    url, archived = _address(tree, meta, address)
    articles = _own_articles(article_nodes([one.text or "" for one in tree.iter("script") if _is_json_ld(one)]), url)
    publisher = _first("publisher", [*_names(articles, "publisher"), *_given(meta, _PUBLISHERS)])
    authors = _names(articles, "author") or _given(meta, _AUTHORS)
    dated = publication(tree, articles)
    if url is None:
        url = _first("url", (one for node in articles for one in addresses(node)))
    return Document(
        text=text,
        title=_title(tree, meta, articles, publisher, text),
        url=url,
        archived_url=archived,
        publisher=publisher,
        author=_first("author", [", ".join(_people(authors))]),
        published=dated.date,
        published_basis="unknown" if dated.date is None else "stated",
        published_ground=_ground(dated),
        language=_language(tree, meta),
    )


def checked(key: str, value: str | None) -> str | None:
    """`value` as metadata would have it under `key`; None where it would be refused."""
    try:
        found = getattr(Metadata.model_validate({key: value}), key)
    except ValidationError:
        return None
    return found if isinstance(found, str) else None


def _first(key: str, values: Iterable[str | None]) -> str | None:
    return next((good for value in values if (good := checked(key, value))), None)


def _meta(tree: Any) -> dict[str, list[str]]:
    """The contents of the page's meta tags by name, in lower case."""
    found: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = next((meta.get(key) for key in ("property", "name", "itemprop") if meta.get(key)), None)
        content = (meta.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), []).append(content)
    return found


def _given(meta: dict[str, list[str]], keys: Iterable[str]) -> list[str]:
    """What the first of `keys` that is given says; the address of a profile is no name."""
    for key in keys:
        said = [one for one in meta.get(key, ()) if not one.lower().startswith(("http://", "https://", "@"))]
        if said:
            return said
    return []


def _is_json_ld(script: Any) -> bool:
    return (script.get("type") or "").split(";")[0].strip().lower() == "application/ld+json"


def _own_articles(nodes: list[Node], url: str | None) -> list[Node]:
    """Those of the page's own address where some give it, else all."""
    own = [node for node in nodes if url and any(_same_page(one, url) for one in addresses(node))]
    return own or nodes


def _same_page(one: str, other: str) -> bool:
    return _bare(one) == _bare(other)


def _bare(address: str) -> str:
    return address.partition("#")[0].rstrip("/").rpartition("://")[2]


def _names(articles: Iterable[Node], key: str) -> list[str]:
    return next((found for node in articles if (found := names(node.get(key)))), [])


def _people(authors: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(" ".join(one.split()) for one in authors))[:_MOST_AUTHORS]


def _title(
    tree: Any, meta: dict[str, list[str]], articles: Iterable[Node], publisher: str | None, text: str
) -> str | None:
    """The title as it is printed above the article, where what the page declares is that; else what it declares.

    What is declared may have the site's name, or its sections, before or behind the title.
    """
    declared = [*(words(node.get("headline")) or "" for node in articles), *_given(meta, _TITLES)]
    named = [one.text_content() for one in tree.findall(".//head/title")]
    known = {letters_and_digits(part) for one in (*declared, *named) for part in _parts(one)}
    known -= {letters_and_digits(publisher or ""), ""}
    headings = [" ".join(one.text_content().split()) for level in ("h1", "h2") for one in tree.iter(level)]
    for printed in (*headings, *text.split("\n")[:_FIRST_LINES]):
        if letters_and_digits(printed) in known and checked("title", printed):
            return checked("title", printed)
    only = [" ".join(one.text_content().split()) for one in tree.iter("h1")]
    only = only if len(only) == 1 and letters_and_digits(only[0]) != letters_and_digits(publisher or "") else []
    given = [*declared, *only, *named]
    return _first("title", (_without_site(" ".join(one.split()), publisher) for one in given))


def _parts(declared: str) -> Iterator[str]:
    """`declared` itself, and what stands before or behind each mark that may part it from the name of the site."""
    title = " ".join(declared.split())[:_LONGEST_TITLE]
    yield title
    for mark in _BEFORE_SITE.finditer(title):
        yield title[: mark.start()]
        yield title[mark.end() :]


def _without_site(title: str, publisher: str | None) -> str:
    """`title` without the site's name behind it, where that is the publisher's; one too long to be any as it is."""
    if len(title) > _LONGEST_TITLE:
        return title
    for mark in _BEFORE_SITE.finditer(title):
        if publisher and letters_and_digits(title[mark.end() :]) == letters_and_digits(publisher):
            return title[: mark.start()]
    return title


def _address(tree: Any, meta: dict[str, list[str]], address: str | None) -> tuple[str | None, str | None]:
    """The page's own address and that of the archived copy that it is, where it is one."""
    links = [one.get("href") for one in tree.iter("link") if "canonical" in (one.get("rel") or "").lower().split()]
    given = [_whole(one, address) for one in (*links, *meta.get("og:url", ()), address)]
    archived = None
    for one in given:
        found = _ARCHIVED.fullmatch(one or "")
        if found:
            archived = archived or checked("archived_url", one)
            given = [*given, re.sub(r":/(?!/)", "://", found[1], count=1)]
    return _first("url", (one for one in given if not _ARCHIVED.fullmatch(one or ""))), archived


def _whole(link: str | None, address: str | None) -> str | None:
    """`link` as a whole address; one that is given from the page's own place only where that is known."""
    try:
        whole = urljoin(address or "", (link or "").strip())
        return whole if urlsplit(whole).hostname else None
    except ValueError:
        return None


def _ground(dated: Publication) -> str | None:
    return checked("published_ground", dated.ground)


def _language(tree: Any, meta: dict[str, list[str]]) -> str | None:
    root = tree.getroottree().getroot()
    given = [root.get("lang"), root.get("xml:lang"), *meta.get("og:locale", ()), *meta.get("content-language", ())]
    return _first("language", (re.split("[-_]", one.strip())[0].lower() for one in given if one))
