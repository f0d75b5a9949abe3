"""When a page says that it was published: only where it says so in so many words. Runs in the child only.

A date that merely stands on the page, the date of a change, of an archived copy or in the address is not taken; that is
why no library guesses here. What counts as a statement: `datePublished` of the article in JSON-LD or as microdata
(https://schema.org/datePublished), the meta tags below, and `<time>` that is marked as the time of publication
(https://microformats.org/wiki/h-entry#dt-published).
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple

from kzbot.corpus.foreign.json_ld import Node, words
from kzbot.language.dates import edtf

_META = frozenset(
    {
        "article.published",
        "article:published_time",
        "citation_publication_date",
        "datepublished",
        "dc.date.issued",
        "dc.date.published",
        "dcterms.date.issued",
        "dcterms.issued",
        "og:article:published_time",
        "parsely-pub-date",
        "prism.publicationdate",
        "pubdate",
        "publish-date",
        "publish_date",
        "publishdate",
        "published_time",
        "rnews:datepublished",
        "sailthru.date",
    }
)
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T ]\d{2}(?::?\d{2}.{0,30})?)?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}.{0,10})?", re.ASCII)
_SLASHED = re.compile(r"(\d{4})/(\d{1,2})(?:/(\d{1,2}))?", re.ASCII)
_LONGEST = 60
_EARLIEST = 1450
_EPOCH = "1970-01-01"
_ELSEWHERE = ("aside", "footer", "nav", "template")


class Publication(NamedTuple):
    """`date` in EDTF, None where none is stated or statements do not agree; `ground` says where it stands, or why none."""

    date: str | None
    ground: str | None


class _Stated(NamedTuple):
    date: str
    where: str


def publication(tree: Any, articles: Sequence[Node]) -> Publication:
    """The date of publication that the page states of its article.

    Marks in its text, where teasers of other articles may carry them too, count only where its head says nothing.
    Statements of one day apart are of one moment seen from two time zones: then it is one of the two days.
    """
    found = list(dict.fromkeys(_in_head(tree, articles))) or list(dict.fromkeys(_in_text(tree)))
    days = sorted({one.date for one in found if not any(_within(other.date, one.date) for other in found)})
    if not days:
        return Publication(None, None)
    where = _listed(list(dict.fromkeys(one.where for one in found)))
    if len(days) == 1:
        return Publication(days[0], f"The page states it in {where}.")
    if len(days) == 2 and len(days[0]) == len(days[1]) == 10 and _day(days[1]) - _day(days[0]) == timedelta(days=1):
        return Publication(f"[{days[0]}..{days[1]}]", f"The page states both days, in {where}.")
    said = _listed([f"{one.date} in {one.where}" for one in found])
    return Publication(None, f"The page states dates of publication that do not agree: {said}.")


def edtf_of(written: str | None) -> str | None:
    """A date as machines write it, in EDTF and no more precise; None where it is none, or one that nobody can mean.

    The day is the one that is written, whatever time zone stands behind it. ISO 8601, year/month/day, RFC 5322.
    """
    text = " ".join((written or "").split())[:_LONGEST]
    found = _ISO.fullmatch(text) or _COMPACT.fullmatch(text) or _SLASHED.fullmatch(text)
    if found:
        plain = "-".join(part.zfill(2) for part in found.groups() if part)
    else:
        try:
            plain = parsedate_to_datetime(text).date().isoformat()
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    try:
        earliest, _ = edtf.bounds(plain)
    except ValueError:
        return None
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    if plain == _EPOCH or int(plain[:4]) < _EARLIEST or earliest is None or str(earliest) > tomorrow.isoformat():
        return None
    return plain


def _in_head(tree: Any, articles: Sequence[Node]) -> Iterator[_Stated]:
    for node in articles:
        yield from _one(words(node.get("datePublished")), "its description for machines (JSON-LD datePublished)")
    for meta in tree.iter("meta"):
        name = next((meta.get(key) for key in ("property", "name", "itemprop") if meta.get(key)), "").strip().lower()
        if name in _META:
            yield from _one(meta.get("content"), f"its head (meta {name})")


def _in_text(tree: Any) -> list[_Stated]:
    """What marks in the text state: those of the `<article>` that the page's heading stands in, where it holds any."""
    marks = [one for one in tree.iter("time", "abbr", "span", "div", "p") if _says_published(one)]
    marks = [one for one in marks if not any(above.tag in _ELSEWHERE for above in one.iterancestors())]
    own = next((above for heading in tree.iter("h1") for above in heading.iterancestors("article")), None)
    inside = [one for one in marks if own is not None and next(one.iterancestors("article"), None) is own]
    return [stated for one in inside or marks for stated in _one(_written(one), "a mark of its text (time published)")]


def _written(element: Any) -> str | None:
    written = element.get("datetime") or element.get("content") or element.get("title")
    return written if isinstance(written, str) else None


def _says_published(element: Any) -> bool:
    marks = {*(element.get("class") or "").lower().split()}
    if "datePublished" in (element.get("itemprop") or "").split():
        return True
    return element.tag in ("time", "abbr") and (
        element.get("pubdate") is not None or bool({"published", "dt-published"} & marks)
    )


def _one(written: str | None, where: str) -> Iterator[_Stated]:
    found = edtf_of(written)
    if found:
        yield _Stated(found, where)


def _within(precise: str, rough: str) -> bool:
    return len(precise) > len(rough) and precise.startswith(rough)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _listed(parts: Sequence[str]) -> str:
    *head, last = parts[:4]
    return f"{', '.join(head)} and {last}" if head else last
