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


def card(**keys: str) -> str:
    return "---\n" + "".join(f"{key}: {value!r}\n" for key, value in keys.items()) + "---\n"


DATED = {"published": "2012-09-04", "url": "https://example.org/a-b,c?x=1&y=2#top"}
HOSTILE: dict[str, str] = {
    "cyrillic.txt": card(
        title="Учения «Степной орёл»", published="2012-09-05", url="https://example.org/орёл", language="ru"
    )
    + "В сентябре 2012 года прошли учения «Степной орёл». В них участвовали США, Казахстан и НАТО.\n\n"
    "Министр обороны Адильбек Джаксыбеков открыл их 3 сентября 2012 года.\n",
    "kazakh.txt": card(title="Дала қыраны", language="kk")
    + "«Дала қыраны» жаттығуы 2012 жылы өтті. Оған Қазақстан мен АҚШ қатысты, деп хабарлады министрлік.\n",
    "crlf.txt": card(title="Line ends", **DATED).replace("\n", "\r\n")
    + "The talks began on Monday.\r\n\r\nThey ended on Sept. 7, 2012, the ministry said.\r\n",
    "bom.txt": "\ufeff"
    + card(title="A mark of byte order", published="2001")
    + "In March 2001 the base was opened by Cohen.\n",
    "emoji.txt": card(title="Emoji 🎖️ and accents", published="2010-05", url="https://example.org/🎖️")
    + "The 👨‍👩‍👧‍👦 family met in Zu\u0308rich on 5 May 2010 🎉. Cafe\u0301 talks with the U.S. were held in İstanbul, ﬁrst in 2009.\n",
    "long.txt": card(title="One long line", published="1999", url="https://example.org/long")
    + "In 1998 the command, "
    + "which trained many officers and men of the Steppe Eagle exercise, " * 400
    + "was closed.\n",
    "marked.md": card(title="Marked *up*", published="2003-03-03", url="https://example.org/marked")
    + "# Marked *up*\n\nOn [March 3, 2003](https://example.org/x) the **U.S. Army** said `SELECT *` was \\*over\\*.\n\n"
    "- First point of 2002, with a list of names\n- Second point: NATO (2001) and [links](http://e.org)\n\n"
    "```\nprint('1997-01-01')\n```\n\n> A quotation from 1996 that spans\n> two lines of text.\n",
    "syntax.txt": card(title='AND OR NOT NEAR("x" y)', published="2004~")
    + "He wrote \"AND OR NOT\" in 2004; col:umn NEAR/3 (a* OR b) ^start {c} -d +e. SELECT '%_%' FROM passages_fts;\n",
    "html.txt": card(title="<b>Markup</b> &amp; more", published="2005/2006", url="https://example.org/?q=<b>&r=-,-")
    + "<p>On 1 June 2005 the <a href='x'>treaty</a> was signed &mdash; <script>alert(1)</script> at last.</p>\n",
    "unseen.txt": card(title="Zero\u200bwidth", published="2006-02-30") + "x\n",
    "bidi.txt": card(title="Zero\u200bwidth and \u202eturned\u202c", published="2006-02-28")
    + "In Jan\u200buary 2006 the \u202eesicrexe\u202c began.\ufeff Ste\u00adppe Eagle took\u00a0part\u2028in 2006.\n",
    "twice.txt": card(title="The same again", published="2007")
    + "The brigade left on 3 May 2007 for Kabul.\n\n" * 4
    + "The brigade left on 3 May 2007 for Kabul.\n",
    "many.txt": card(title="Five thousand words", published="2008-08-08", url="https://example.org/many")
    + "\n\n".join(
        f"In {1950 + n % 60} the unit number {n} of Kazakhstan met {n} officers of the United States near Almaty."
        for n in range(330)
    ),
    "titled.txt": card(title="The first line is the title", published="2009-09")
    + "The first line is the title\n\nIt was said on Friday.\n",
    "short.txt": card(title="Short", published="[2009-01-02..2009-03-04]") + "Yes.\n",
    "furniture.txt": card(title="Only furniture") + "Share\n\nContact us\n\nTel. (703) 697-5737\n",
    "undated.txt": card(title="Of no day")
    + "The ministers met on Friday in Riga. On the same day they signed the plan. Earlier, in 1997, they had not. "
    "They will meet again in June 2031.\n",
    "partial.txt": card(title="Partial dates", published="2011-04-05")
    + "It began in the 1990s and lasted from 2003 to 2004. Since 2007 it has grown, until 2017 at least. In mid-November, "
    "in early 2010, in fiscal 1998 and in the autumn of 1996 there were talks. Some day between 24 June 2009 and 31 January "
    "2011 he left. It took place about 2002, before 2001, and after March 2000.\n",
}
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
def hostile_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    articles = folder / "articles"
    articles.mkdir()
    for name, text in HOSTILE.items():
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


async def test_over_hostile_articles(hostile: Generation, contract: Contract) -> None:
    assert hostile.articles == len(HOSTILE) - 1, "only the impossible publication date is rejected"
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
        head = card(title=f"Article {number}", published=("2007-05-04", "1997", "")[number] or "2001/..")
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
