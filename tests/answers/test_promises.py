"""What the answer contract promises, held against every answer over the five articles and over hostile ones."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzbot.answers.dispatch import answer
from kzbot.answers.model import Answer, Evidence, Question, Window
from kzbot.index.building.build import build
from kzbot.index.generation import Generation
from kzbot.index.sources import Sources
from kzbot.language.dates import edtf

Contract = Callable[[Answer], list[str]]
Check = Callable[[Generation, Question], Awaitable[Answer]]
PROJECT = Path(__file__).resolve().parents[2]
NAMES = PROJECT / "config" / "names.yaml"
TODAY = date(2026, 11, 21)
LAST_DAY = date(9999, 12, 31)
WINDOWS = [(0, 1), (0, 3), (2, 2), (1, 100), (500, 3)]


QUESTIONS = [
    "steppe eagle", "Степной орёл", "Дала қыраны", "Kazakhstan", "US", "NATO 2012", "talks", "ministers met", "the unit 17",
    "brigade left", "AND OR NOT", 'NEAR("x" y)', '"treaty"', "SELECT passages_fts", "Zürich", "café", "İstanbul", "2006",
    "autumn 1996", "3 May 2007", "officers near Almaty in 1951", "zzzz qqqq", "Short", "first line", "“two lines of text”",
    "%", "*", "''", "a", "Cohen", "steppe eagel", "furniture", "family 🎉", "учения", "жаттығуы",
]  # fmt: skip
TOPICS = [
    "",
    "Steppe Eagle",
    "Kazakhstan",
    "US",
    "NATO",
    "brigade",
    "ministers",
    "Степной орёл",
    "steppe eagle 2012",
    "zzzz",
    "Cohen 1998",
]
FILTERS = [
    {},
    {"from": "2003"},
    {"to": "2007"},
    {"from": "2003", "to": "2010"},
    {"from": "sept 2012"},
    {"to": "1990s"},
    {"from": "2012", "to": "1997"},
]


def questions() -> Iterable[Question]:
    for given_days in FILTERS:
        for text in QUESTIONS if len(given_days) != 1 else QUESTIONS[:8]:
            yield Question("search", {"query": text, **given_days})
        for topic in TOPICS:
            options = {"topic": topic} if topic else {}
            yield Question("timeline", {**options, **given_days})
            yield Question("timeline", {**options, **given_days, "articles": True})
    for name in (
        "Steppe Eagle",
        "степной орел",
        "CENTRAZBAT 97",
        "regional cooperation",
        "steppe",
        "Zapad",
        "medic",
        "stepe eagle",
    ):
        yield Question("exercise", {"name": name})
    for what in (
        "",
        "short",
        "marked",
        "line",
        "https://example.org/many",
        "example.org/?q=<b>&r=-,-",
        "zzzz",
        "the",
        "twice.txt",
    ):
        yield Question("source", {"what": what} if what else {})


class Texts:
    """The bodies and titles of a generation's articles, read once each through `/source`."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self.known: dict[str, tuple[str, str]] = {}

    async def of(self, item: Evidence) -> str:
        if item.article not in self.known:
            found = await answer(Question("source", {"what": item.article}), self.generation, Window(), TODAY)
            assert found.source is not None, item.article
            self.known[item.article] = (found.source.text, item.title)
        text, title = self.known[item.article]
        return title if item.where == "title" else text


async def keeps_its_promises(generation: Generation, question: Question, texts: Texts, contract: Contract) -> Answer:
    """Assert all that the contract says of the answer to `question`, whole and in windows."""
    whole = await answer(question, generation, Window(), TODAY)
    assert contract(whole) == []
    assert whole.total == len(whole.items)
    for item in (*whole.items, *whole.undated):
        await _evidence(item, texts)
    _status(whole)
    _filters(whole)
    _order(whole)
    for offset, count in WINDOWS if question.command != "source" else ():
        page = await answer(question, generation, Window(offset, count), TODAY)
        assert page.items == whole.items[offset : offset + count]
        assert (page.status, page.total, page.missing, page.profile) == (
            whole.status, whole.total, whole.missing, whole.profile,
        )  # fmt: skip
    if whole.undated:
        pages = [await answer(question, generation, Window(n * 3, 3, undated=True), TODAY) for n in range(5)]
        assert [one for page in pages for one in page.undated] == list(whole.undated[: 3 * len(pages)])
        assert {page.undated_in_all for page in pages} == {len(whole.undated)}
    return whole


async def _evidence(item: Evidence, texts: Texts) -> None:
    text = await texts.of(item)
    assert item.excerpt == text[item.start : item.end]
    assert item.excerpt.strip() == item.excerpt != ""
    assert item.date in (None, item.dates[0].mark.edtf if item.dates else None)
    for dated in item.dates:
        mark = dated.mark
        first, last = edtf.bounds(mark.edtf)
        # "Before 2001" keeps the year that is named, and is open on that side.
        first, last = (None if mark.modifier == "before" else first), (None if mark.modifier == "after" else last)
        assert (first, last) == (mark.earliest, mark.latest)
        assert (mark.basis == "resolved") == (mark.anchor is not None)
        if mark.basis == "published":
            assert (mark.words, mark.start, mark.end, mark.edtf) == (None, None, None, item.published)
        else:
            assert mark.start is not None and mark.end is not None
            assert mark.words == text[mark.start : mark.end]
            assert item.start <= mark.start < mark.end <= item.end
    assert len({(one.mark.start, one.mark.edtf) for one in item.dates}) == len(item.dates)
    ends = [item.start, *(place for pair in item.highlights for place in pair), item.end]
    assert ends == sorted(ends) and all(start < end for start, end in item.highlights)
    _link(item)


def _link(item: Evidence) -> None:
    if item.url is None or len(item.url) > 512:
        assert item.link is None
        return
    assert item.link is not None and len(item.link) <= 512 and item.link.startswith(item.url)
    _, joint, fragment = item.link[len(item.url) :].partition(":~:text=")
    assert joint or item.link == item.url
    assert re.fullmatch(r"(?:(?:[\w.~]|%[0-9A-F]{2})+-?,?)*", fragment), fragment
    plain = re.sub(r"[\W_]+", "", item.excerpt).casefold()
    for part in fragment.split(",") if fragment else ():
        words = re.sub(r"[\W_]+", "", unquote(part)).casefold()
        assert part.endswith("-") or words in plain or item.file.endswith(".md"), (part, item.excerpt)


def _status(given: Answer) -> None:
    addresses = [item.address for item in given.items]
    if given.status in ("not_found", "ambiguous", "bad_request"):
        assert (given.items, given.undated, given.total) == ((), (), 0)
    assert (given.receipt is not None) == (given.status == "not_found")
    assert bool(given.missing) == (given.status == "partial")
    assert (len(given.choices) > 1) == (given.status == "ambiguous")
    if given.receipt is not None:
        assert (given.receipt.generation, given.receipt.articles) == (given.generation, given.articles)
        assert {"from", "to"} & set(given.options) <= set(given.receipt.filters)
    if given.profile is not None:
        facts = (*given.profile.editions, *given.profile.participants)
        assert {fact.address for fact in facts} <= set(addresses)
    if given.command == "timeline":
        assert len({(item.address, item.date) for item in given.items}) == len(given.items)
    else:
        assert len(set(addresses)) == len(addresses)
    if given.command == "search":
        assert given.total <= 100


def _filters(given: Answer) -> None:
    asked = {name for name in ("from", "to") if name in given.options}
    if given.status == "bad_request":
        return
    assert asked <= set(given.read_as)
    first = edtf.bounds(given.read_as["from"])[0] if "from" in given.read_as else None
    last = edtf.bounds(given.read_as["to"])[1] if "to" in given.read_as else None
    if "topic" in given.read_as:
        first, last = edtf.bounds(given.read_as["topic"])

    def fits(earliest: date | None, latest: date | None) -> str | None:
        if first is None and last is None:
            return None
        within = (first is None or (earliest or date.min) >= first) and (last is None or (latest or date.max) <= last)
        return "certain" if within else "possible"

    def overlaps(earliest: date | None, latest: date | None) -> bool:
        return (latest or date.max) >= (first or date.min) and (earliest or date.min) <= (last or date.max)

    by_article = given.command == "search" or bool(given.options.get("articles"))
    for item in given.items:
        if by_article and item.published is not None:
            assert overlaps(*edtf.bounds(item.published))
            assert item.fit == fits(*edtf.bounds(item.published))
        assert by_article or item.fit is None
        for dated in item.dates:
            assert dated.fit == (None if by_article else fits(dated.mark.earliest, dated.mark.latest))
        if given.command == "timeline" and not by_article:
            assert overlaps(item.dates[0].mark.earliest, item.dates[0].mark.latest)
        if asked and by_article:
            assert item.published is not None
    assert not (given.undated and (first or last))


def _order(given: Answer) -> None:
    if given.command == "timeline":
        keys = []
        for item in given.items:
            mark = item.dates[0].mark
            day = mark.earliest or mark.latest or LAST_DAY
            keys.append((day, mark.latest or LAST_DAY, mark.basis == "published", item.article, item.start))
        assert keys == sorted(keys)
        assert all(item.date is None for item in given.undated)
        addresses = [item.address for item in given.undated]
        assert len(set(addresses)) == len(addresses)
        assert set(addresses).isdisjoint(item.address for item in given.items)
        days = [edtf.bounds(item.published)[0] or LAST_DAY if item.published else LAST_DAY for item in given.undated]
        assert days == sorted(days)
    elif given.command == "search":
        rest = [item.score for item in given.items[1:]]
        assert all(item.score > 0 for item in given.items)
        assert given.status == "answered" or rest == sorted(rest, reverse=True)


@pytest.fixture(scope="module")
def hostile_file(tmp_path_factory: pytest.TempPathFactory, hostile_articles: dict[str, str]) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    articles = folder / "articles"
    articles.mkdir()
    for name, text in hostile_articles.items():
        (articles / name).write_bytes(text.encode("utf-8"))
    return _built(folder, articles)


def _built(folder: Path, articles: Path) -> Path:
    summary = build(Sources(articles, NAMES), folder / "index")
    return next(path for path in (folder / "index").iterdir() if summary.generation in path.name)


@pytest.fixture
async def hostile(hostile_file: Path) -> AsyncIterator[Generation]:
    generation = await Generation.open(hostile_file)
    yield generation
    await generation.close()


async def test_over_the_five_articles(seeds: Generation, contract: Contract) -> None:
    texts = Texts(seeds)
    for question in questions():
        await keeps_its_promises(seeds, question, texts, contract)


async def test_over_hostile_articles(hostile: Generation, hostile_articles: dict[str, str], contract: Contract) -> None:
    assert hostile.articles == len(hostile_articles) - 1, "only the impossible publication date is rejected"
    texts = Texts(hostile)
    for question in questions():
        await keeps_its_promises(hostile, question, texts, contract)


async def test_over_another_collection(tmp_path: Path, contract: Contract) -> None:
    articles = PROJECT.parent / "shared" / "corpora" / "airbus" / "articles"
    if not articles.is_dir():
        pytest.skip("the collection of news on aircraft is not at hand: shared/corpora is missing")
    generation = await Generation.open(_built(tmp_path, articles))
    try:
        texts = Texts(generation)
        for options in ({}, {"from": "2005", "to": "march 2007"}):
            for text in (
                "A380 maiden flight",
                "Boeing 787 Dreamliner",
                "January 18, 2005",
                "tanker contract",
                "Boing strike",
                "2003",
            ):
                await keeps_its_promises(generation, Question("search", {"query": text, **options}), texts, contract)
                await keeps_its_promises(generation, Question("timeline", {"topic": text, **options}), texts, contract)
            await keeps_its_promises(generation, Question("timeline", dict(options)), texts, contract)
    finally:
        await generation.close()


async def test_every_address_leads_back_to_its_passage(seeds: Generation, hostile: Generation) -> None:
    for generation in (seeds, hostile):
        for query in ("Kazakhstan", "brigade left Kabul", "talks", "2012", "NATO"):
            for item in (await answer(Question("search", {"query": query}), generation, Window(), TODAY)).items:
                found = await answer(Question("source", {"what": item.address}), generation, Window(), TODAY)
                assert found.passage is not None and (found.status, found.passage.state) == ("answered", "unchanged")
                assert (found.items[0].excerpt, found.items[0].start) == (item.excerpt, item.start)


def _sentences(generation_file: Path) -> list[tuple[str, str]]:
    import sqlite3  # noqa: PLC0415 - a look past the reading modules, to be sure that none hides a passage

    with sqlite3.connect(f"file:{generation_file}?mode=ro&immutable=1", uri=True) as connection:
        return list(connection.execute("SELECT text, address FROM passages"))


async def test_every_sentence_is_found_by_its_own_words(seeds: Generation, seeds_file: Path) -> None:
    for text, address in _sentences(seeds_file):
        found = await answer(Question("search", {"query": text[:300]}), seeds, Window(0, 3), TODAY)
        assert address in [item.address for item in found.items], text


PIECES = st.sampled_from(
    ["Steppe Eagle", "on 3 May 2007", "in 1997", "the U.S.", "НАТО", "«Степной орёл»", "Friday", "(CENTRASBAT 97)", "\n\n", "\r\n", "- ",
     "* ", "# ", "\u200b", "\u202e", "e\u0301", "İ", "ﬁ", "🎖️", "\t", '"', "'", "”", "[x](y)", "`", ".", "!", "?", ":", "of", "and"]
)  # fmt: skip
FOREIGN = st.lists(st.one_of(PIECES, st.text(min_size=1, max_size=12)), min_size=1, max_size=25).map(" ".join)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(bodies=st.lists(FOREIGN, min_size=1, max_size=3), asked=FOREIGN)
async def test_over_any_text(
    bodies: list[str], asked: str, tmp_path_factory: pytest.TempPathFactory, contract: Contract
) -> None:
    folder = tmp_path_factory.mktemp("foreign")
    articles = folder / "articles"
    articles.mkdir()
    for number, body in enumerate(bodies):
        published = ("2007-05-04", "1997", "")[number] or "2001/.."
        head = f'---\ntitle: "Article {number}"\npublished: "{published}"\n---\n'
        (articles / f"{number}.{'md' if number else 'txt'}").write_bytes((head + body).encode("utf-8", "replace"))
    generation = await Generation.open(_built(folder, articles))
    try:
        texts = Texts(generation)
        for question in (
            Question("search", {"query": asked.replace("\x00", "") or "x"}),
            Question("search", {"query": bodies[0].replace("\x00", "")[:200] or "x"}),
            Question("timeline", {}),
            Question("timeline", {"topic": asked.replace("\x00", "").strip() or "x"}),
            Question("timeline", {"topic": "Steppe Eagle", "from": "1997"}),
            Question("exercise", {"name": "Steppe Eagle"}),
        ):
            await keeps_its_promises(generation, question, texts, contract)
    finally:
        await generation.close()
