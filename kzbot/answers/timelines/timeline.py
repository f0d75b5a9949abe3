"""/timeline: dated statements in order, each with its excerpt, its date as precisely as the source gives it, its ground."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kzbot.answers.evidence import Shown, Wanted, evidence_of, evidence_of_statements, own_date
from kzbot.answers.filters import Filter, read_filter
from kzbot.answers.model import Answer, Evidence, MatchedThrough, Overview, Placed, Question, Window, Year
from kzbot.answers.naming.carried import CarriedName
from kzbot.answers.naming.resolving import resolve
from kzbot.answers.naming.topics import Named, Unclear, in_words
from kzbot.answers.receipts import ambiguous, not_found
from kzbot.answers.searching.through import through
from kzbot.answers.timelines.newest import NEWEST, newest_statements, placed
from kzbot.answers.timelines.overview import begins
from kzbot.index import passages, statements
from kzbot.index.generation import Generation
from kzbot.index.order import YearRow
from kzbot.index.rows import ArticleRow, PassageRow
from kzbot.index.scope import Scope
from kzbot.language import words
from kzbot.language.dates.typed import read_typed


@dataclass(frozen=True, slots=True)
class Topic:
    """What the timeline is about: its scope, and through which spelling it was found."""

    scope: Scope
    through: tuple[MatchedThrough, ...] = ()
    spellings: tuple[str, ...] = ()
    canonical: str | None = None
    edition: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """The window of a timeline: items and undated statements, with how many there are in all, and the years of all."""

    items: tuple[Evidence, ...]
    total: int
    entries: int | None = None
    years: tuple[Year, ...] = ()
    undated: tuple[Evidence, ...] = ()
    undated_offset: int = 0
    undated_total: int = 0

    @property
    def in_all(self) -> int:
        """How many entries offsets count in."""
        return self.total if self.entries is None else self.entries


async def timeline(question: Question, generation: Generation, window: Window, today: date) -> Answer:
    """Dated statements about a topic, or all of them; with `articles`, the articles' own dates instead.

    From and to are held against the statement's date (with `articles`, the article's).
    """
    chosen = read_filter(question, today)
    topic = await _topic(question, generation)
    if isinstance(topic, Unclear):
        return ambiguous(question, generation, str(question.options["topic"]), topic.choices)
    if topic is None:
        return not_found(question, generation, "answers.not_found.timeline", read_as=chosen.read_as)
    chosen = _edition(topic, chosen, today)
    scope = replace(topic.scope, first=_iso(chosen.first), last=_iso(chosen.last))
    make = _by_article if question.options.get("articles") else _by_statement
    listed = await make(generation, scope, window, chosen)
    if not listed.total and not listed.undated_total:
        return not_found(
            question,
            generation,
            "answers.not_found.timeline",
            read_as=chosen.read_as,
            spellings=topic.spellings,
            matched_through=topic.through,
        )
    return Answer(
        question.command,
        question.options,
        "answered",
        _message(question, listed.total),
        generation.id,
        generation.articles,
        values={
            "topic": topic.canonical or question.options.get("topic", ""),
            "count": listed.total,
            "undated": listed.undated_total,
        },
        items=listed.items,
        total=listed.total,
        entries=listed.entries,
        offset=window.offset,
        undated=listed.undated,
        undated_offset=listed.undated_offset,
        undated_total=listed.undated_total,
        matched_through=await _through(question, generation, topic, scope),
        read_as=chosen.read_as,
        overview=await _overview(question, generation, scope, window, chosen, listed) if listed.total else None,
    )


async def _overview(
    question: Question, generation: Generation, scope: Scope, window: Window, chosen: Filter, listed: Listed
) -> Overview:
    """The years of the whole list; in its first window, where it is opened with its overview, also the newest items."""
    total, newest = listed.in_all, tuple[Placed, ...]()
    leads = begins(bool(question.options.get("topic")), total)
    if leads and window.count is not None and not window.offset and not window.undated:
        if question.options.get("articles"):
            last = range(max(0, total - NEWEST), total)
            items = (await _by_article(generation, scope, Window(last.start, NEWEST), chosen)).items
            newest = placed(last[::-1], items[::-1]) if len(items) == len(last) else ()
        else:
            newest = await newest_statements(generation, scope, total, Shown(chosen), by_event=window.by_event)
    return Overview(listed.years, newest, leads)


def _message(question: Question, total: int) -> str:
    if not total:
        return "answers.timeline.undated"
    if question.options.get("articles"):
        return "answers.timeline.articles"
    return "answers.timeline.topic" if question.options.get("topic") else "answers.timeline.all"


async def _through(
    question: Question, generation: Generation, topic: Topic, scope: Scope
) -> tuple[MatchedThrough, ...]:
    asked, by_article = str(question.options.get("topic", "")), bool(question.options.get("articles"))
    return await through(generation, asked, scope, topic.through, by_article=by_article)


async def _topic(question: Question, generation: Generation) -> Topic | Unclear | None:
    asked = str(question.options.get("topic", ""))
    if not asked:
        return Topic(Scope())
    name = await resolve(generation, asked)
    if name is not None:
        return name if isinstance(name, Unclear) else _named(generation, name)
    plain = await in_words(generation, asked)
    if plain is None:
        return None
    meant = await resolve(generation, plain.respelled) if plain.respelled else None
    if meant is not None and not isinstance(meant, Unclear):
        return replace(_named(generation, meant), through=plain.through, spellings=plain.spellings)
    canonical = _canonical(generation, plain.scope.names) or plain.respelled
    return Topic(plain.scope, plain.through, plain.spellings, canonical, plain.days)


def _named(generation: Generation, name: Named | CarriedName) -> Topic:
    if isinstance(name, CarriedName):
        return Topic(name.scope, name.through, canonical=name.canonical)
    return Topic(Scope(names=name.ids), name.through, canonical=_canonical(generation, name.ids), edition=name.edition)


def _canonical(generation: Generation, names: Sequence[str] | None) -> str | None:
    """What the book calls these names; None where there are none."""
    return " / ".join(generation.names[id_].canonical for id_ in names or ()) or None


def _edition(topic: Topic, chosen: Filter, today: date) -> Filter:
    """Days typed with the topic ("Steppe Eagle 2012") narrow to them where no others were asked for."""
    year = read_typed(topic.edition, today) if topic.edition and not chosen.given else None
    return Filter(year.earliest, year.latest, {"topic": year.edtf}) if year else chosen


async def _by_statement(generation: Generation, scope: Scope, window: Window, chosen: Filter) -> Listed:
    found = await statements.dated(generation, scope, *_dated(window), by_event=window.by_event)
    items = await evidence_of_statements(generation, found.statements, Shown(chosen))
    years = _years(await statements.years(generation, scope, by_event=window.by_event))
    listed = Listed(items, found.total, found.entries if window.by_event else None, years)
    if chosen.given or scope.whole:
        return listed
    offset, count = _undated(found.entries, window)
    plain, in_all = await statements.undated(generation, scope, offset, count)
    rest = await evidence_of(generation, [Wanted(passage) for passage in plain], Shown(chosen))
    undated = tuple(replace(one, date=None) for one in rest)
    return replace(listed, undated=undated, undated_offset=offset, undated_total=in_all)


async def _by_article(generation: Generation, scope: Scope, window: Window, chosen: Filter) -> Listed:
    numbers, total = await statements.published(generation, scope, *_dated(window))
    items = await _articles(generation, numbers, Shown(chosen, by_article=True))
    years = _years(await statements.published_years(generation, scope))
    if chosen.given:
        return Listed(items, total, years=years)
    offset, count = _undated(total, window)
    unknown, in_all = await statements.without_date(generation, scope, offset, count)
    rest = await _articles(generation, unknown, Shown(chosen, own=False))
    return Listed(items, total, None, years, rest, offset, in_all)


def _years(rows: Sequence[YearRow]) -> tuple[Year, ...]:
    return tuple(Year(row.year, row.count, row.offset) for row in rows if row.year is not None)


def _dated(window: Window) -> tuple[int, int | None]:
    """Which stretch of the items a window shows, offset and count."""
    return (0, 0) if window.undated else (window.offset, window.count)


def _undated(total: int, window: Window) -> tuple[int, int | None]:
    """Which stretch of the undated statements a window shows, offset and count."""
    if window.undated or not total:
        return window.offset, window.count
    return (max(0, window.offset - total), None) if window.count is None else (0, 0)


async def _articles(generation: Generation, numbers: Sequence[int], shown: Shown) -> tuple[Evidence, ...]:
    rows = await generation.article_rows(numbers)
    openings = await passages.openings(generation, numbers, 12)
    headings = [(heading_of(rows[number], openings.get(number, ())), own_date(rows[number])) for number in numbers]
    wanted = [Wanted(passage, date) for passage, date in headings if passage is not None]
    return await evidence_of(generation, wanted, shown)


def heading_of(article: ArticleRow, found: Sequence[PassageRow]) -> PassageRow | None:
    """The passage that stands for the article: its title as printed, else its first sentence; None where it has none."""
    title = [token.word for token in words.tokens(article.title)]
    for passage in found:
        if passage.in_title or (passage.kind == "heading" and [t.word for t in words.tokens(passage.text)] == title):
            return passage
    return next((passage for passage in found if passage.kind == "sentence"), next(iter(found), None))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
