"""What an article says, worked out once: its passages with their date marks and mentions. Pure: no files, no SQL."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeVar

from kzbot.corpus.article import Article
from kzbot.index.building.address import Addresses
from kzbot.index.building.cutting import Cut, cut, title_is_printed
from kzbot.index.building.telling import Stated, Told, told
from kzbot.language.dates.happening import happening
from kzbot.language.dates.mark import DateMark
from kzbot.language.dates.marks import find_marks
from kzbot.language.names.book import Mention
from kzbot.language.names.carried.discovery import discover
from kzbot.language.names.carried.mention import Carried, Stretch
from kzbot.language.names.gazetteer import Gazetteer
from kzbot.language.reporting import LEAD
from kzbot.language.roles.finding import find_roles, may_hold_roles
from kzbot.language.roles.people import named
from kzbot.language.roles.role import Role
from kzbot.language.spans import Span

Standing = TypeVar("Standing", DateMark, Mention, Carried)


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage: `text` is `article.text[start:end]`, or `article.title[start:end]` where `in_title`.

    The offsets of marks, mentions, carried names and roles are into the same text, and lie within the passage.
    """

    start: int
    end: int
    text: str
    kind: Literal["heading", "sentence"]
    in_title: bool
    paragraph: int
    address: str
    marks: tuple[DateMark, ...] = ()
    mentions: tuple[Mention, ...] = ()
    carried: tuple[Carried, ...] = ()
    told: Told = field(default_factory=Told)
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class Analysis:
    """The passages of one article, a heading that only the metadata holds first, then in order of the text."""

    passages: tuple[Passage, ...]


def analyse(article: Article, gazetteer: Gazetteer) -> Analysis:
    """The article's passages with their marks and mentions; the same input always gives the same result.

    Dates and names are looked for in the running text at once, so that "the same day" and "the exercise" reach back
    over sentences; page furniture and datelines are left out.
    """
    addresses = Addresses(article.id)
    shown = article.title_basis == "stated" and article.title.strip() and not title_is_printed(article)
    title = _stated(article, article.title, [_whole(article.title)] if shown else [], gazetteer)
    body = _stated(article, article.text, cut(article), gazetteer)
    carried = discover([_stretch(article.title, title), _stretch(article.text, body)], gazetteer.kind_words)
    title, body = _carrying(title, carried, 0), _carrying(body, carried, 1)
    lead = [one.stated for one in body if not one.stated.heading][:LEAD]
    return Analysis(
        (
            *_passages(article, article.title, title, lead, addresses, in_title=True),
            *_passages(article, article.text, body, lead, addresses, in_title=False),
        )
    )


def _whole(title: str) -> Cut:
    stripped = title.strip()
    start = title.index(stripped)
    return Cut((Span(start, start + len(stripped)),), "heading", 0)


@dataclass(frozen=True, slots=True)
class _Found:
    """A passage as it was cut, and what stands in it."""

    cut: Cut
    stated: Stated


def _stated(article: Article, text: str, cuts: Sequence[Cut], gazetteer: Gazetteer) -> list[_Found]:
    sentences = [sentence for one in cuts for sentence in one.sentences]
    mentions = gazetteer.mentions(text, sentences)
    editions = [mention for mention in mentions if mention.edition is not None]
    found = find_marks(text, article.published, spans=sentences, editions=editions, corrections=article.corrections)
    marks = [happening(text, mark) for mark in found]
    spans = [one.span for one in cuts]
    marks_of = _distributed(marks, spans)
    mentions_of = _distributed(mentions, spans)
    return [
        _Found(one, Stated(spans[at], one.kind == "heading", marks_of[at], mentions_of[at]))
        for at, one in enumerate(cuts)
    ]


def _stretch(text: str, found: Sequence[_Found]) -> Stretch:
    headings = frozenset(sentence for one in found if one.stated.heading for sentence in one.cut.sentences)
    taken = [Span(m.start, m.end) for one in found for m in one.stated.mentions if m.by != "reference"]
    return Stretch(text, [sentence for one in found for sentence in one.cut.sentences], headings, taken)


def _carrying(found: Sequence[_Found], carried: Iterable[Carried], text: int) -> list[_Found]:
    names = _distributed([one for one in carried if one.text == text], [one.stated.span for one in found])
    return [replace(one, stated=replace(one.stated, carried=own)) for one, own in zip(found, names, strict=True)]


def _passages(
    article: Article,
    text: str,
    found: Sequence[_Found],
    lead: Sequence[Stated],
    addresses: Addresses,
    *,
    in_title: bool,
) -> list[Passage]:
    passages = []
    tells = told(article, text, [one.stated for one in found], lead)
    for one, says in zip(found, tells, strict=True):
        span = one.stated.span
        words = text[span.start : span.end]
        place = (span.start, span.end, words, one.cut.kind, in_title, one.cut.paragraph, addresses.next(words))
        stated = one.stated
        passages.append(Passage(*place, stated.marks, stated.mentions, stated.carried, says, _roles(text, one)))
    return passages


def _roles(text: str, found: _Found) -> tuple[Role, ...]:
    """What the passage's sentences say of the offices of those whom they name."""
    stated = found.stated
    if not ((stated.mentions or stated.carried) and may_hold_roles(text[slice(*stated.span)])):
        return ()
    names = named(text, stated.mentions, stated.carried)
    return tuple(
        role
        for sentence in found.cut.sentences
        for role in find_roles(
            text, sentence, [n for n in names if sentence.start <= n.start and n.end <= sentence.end]
        )
    )


def _distributed(items: Iterable[Standing], spans: Sequence[Span]) -> list[tuple[Standing, ...]]:
    """For each span the items that lie within it, in order; what lies in none, or over two, is left out."""
    starts = [span.start for span in spans]
    found: list[list[Standing]] = [[] for _ in spans]
    for item in items:
        if item.start is None or item.end is None:
            continue
        at = bisect_right(starts, item.start) - 1
        if at >= 0 and item.end <= spans[at].end:
            found[at].append(item)
    return [tuple(sorted(some, key=lambda item: (item.start, item.end))) for some in found]
