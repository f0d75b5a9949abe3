"""/new: what arrived, in what order, with which statements and names, and how nothing is said."""

from collections.abc import AsyncIterator, Callable, Mapping
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path

import pytest

from kzbot.answers.arrivals.new import arrivals
from kzbot.answers.dispatch import answer
from kzbot.answers.model import Answer, Evidence, Window
from kzbot.answers.question import parse
from kzbot.index.building.build import build
from kzbot.index.generation import Generation
from kzbot.index.sources import Sources

TODAY = date(2026, 11, 21)
NAMES = """
kinds: {exercise: {nouns: [exercise], profile: exercise}, country: {}}
names:
  - {kind: exercise, name: Steppe Eagle}
  - {kind: exercise, name: Open Spirit}
  - {kind: country, name: Norway, adjectives: [Norwegian]}
"""
ARRIVED = (
    (
        datetime(2026, 10, 3, 8, 0, 0, tzinfo=UTC),
        {"one.txt": ("The first", "1999", "Steppe Eagle began on 3 May 2012. It ended in June 2012 in Kelmar.")},
    ),
    (
        datetime(2026, 11, 19, 9, 30, 0, tzinfo=UTC),
        {
            "two.txt": ("The second", "2001-02-03", "Open Spirit was held in 2011. Norway came in 2010."),
            "three.txt": ("The third", None, "Nobody knows when Steppe Eagle was first thought of."),
        },
    ),
    (
        datetime(2026, 11, 20, 20, 33, 1, tzinfo=UTC),
        {
            "four.txt": (
                "The fourth",
                "2005",
                "Norwegian units left Kelmar between 2003 and 2004.\n\nThe port of Weltin opened on 1 May 2004.",
            ),
            "five.txt": ("The fifth", "2006", "The mayor of Weltin praised Open Spirit in May 2005 @everyone."),
        },
    ),
)


def write(folder: Path, files: Mapping[str, tuple[str, str | None, str]]) -> None:
    for name, (title, published, text) in files.items():
        known = f"published: {published}\n" if published else ""
        (folder / name).write_text(f"---\ntitle: {title}\n{known}---\n{text}\n", encoding="utf-8")


def build_at(moment: datetime, sources: Sources, target: Path, last: Path | None) -> Path:
    """A build at another time: what is known of arrivals comes from the clock alone."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Clock":
            return cls.fromtimestamp(moment.timestamp(), tz)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kzbot.index.building.candidate.datetime", Clock)
        return target / f"{build(sources, target, last).generation}.sqlite"


@pytest.fixture(scope="module")
def arrived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus that arrived in three parts."""
    folder = tmp_path_factory.mktemp("arrived")
    articles, names, last = folder / "articles", folder / "names.yaml", None
    articles.mkdir()
    names.write_text(NAMES, encoding="utf-8")
    for moment, files in ARRIVED:
        write(articles, files)
        last = build_at(moment, Sources(articles, names), folder / "index", last)
    assert last is not None
    return last


@pytest.fixture
async def generation(arrived: Path) -> AsyncIterator[Generation]:
    opened = await Generation.open(arrived)
    yield opened
    await opened.close()


async def asked(generation: Generation, line: str, window: Window | None = None) -> Answer:
    return await answer(parse(line, generation.kinds), generation, window or Window(), TODAY)


def told(items: tuple[Evidence, ...]) -> list[tuple[str, str | None]]:
    return [(item.article, item.date) for item in items]


async def test_without_since_it_is_the_newest_arrival_each_article_with_its_dated_statements(
    generation: Generation, contract: Callable[[Answer], list[str]]
) -> None:
    given = await asked(generation, "/new")
    assert given.status == "answered" and given.message == "answers.new.last"
    assert (given.values["count"], given.values["last"]) == (2, "2026-11-20")
    assert told(given.items) == [("five", "2005-05"), ("four", "2003/2004"), ("four", "2004-05-01")]
    assert given.total == 3
    assert {one.first_seen for one in given.arrived} == {"2026-11-20T20:33:01Z"}
    assert contract(given) == []


async def test_names_are_new_that_no_article_mentions_which_arrived_before(generation: Generation) -> None:
    given = await asked(generation, "/new since: 2026")
    names = {one.article: one.names for one in given.arrived}
    assert names["five"] == ("Weltin",)
    assert "Weltin" in names["four"][0] and "Norway" not in names["four"] and "Kelmar" not in names["four"]
    assert names["two"] == ("Open Spirit", "Norway")
    assert names["three"] == ()
    assert names["one"] == ()  # nothing arrived before it: all of its names would be new


async def test_since_lists_the_last_arrived_first_and_an_article_without_a_date_by_its_words(
    generation: Generation, contract: Callable[[Answer], list[str]]
) -> None:
    given = await asked(generation, "/new since: 3 days")
    assert [one.article for one in given.arrived] == ["five", "four", "two", "three"]
    assert told(given.items)[3:] == [("two", "2011"), ("two", "2010"), ("three", None)]
    assert given.items[-1].excerpt == "The third" and given.items[-1].dates == ()
    assert given.read_as == {"since": "2026-11-18"}
    assert contract(given) == []


@pytest.mark.parametrize(
    ("since", "articles"),
    [
        ("yesterday", 2),
        ("last week", 4),
        ("the last 3 days", 4),
        ("november 2026", 4),
        ("oct 2026", 5),
        ("2026-11-20", 2),
        ("since 19.11.2026", 4),
        ("2026-11-20T20:33:01Z", 2),
        ("2026-11-20 20:33", 2),
        ("2026-11-20T23:33:01+03:00", 2),
        ("2026-11-19T09:30:01Z", 2),
        ("2026-11-19T09:30:00Z", 4),
    ],
)
async def test_since_is_read_as_from_is_and_a_moment_to_the_second(
    generation: Generation, since: str, articles: int
) -> None:
    assert len((await asked(generation, f"/new since: {since}")).arrived) == articles


@pytest.mark.parametrize("since", ["2026-11-21", "2026-11-20T20:33:02Z", "2027"])
async def test_where_nothing_has_arrived_since_it_says_when_something_did(
    generation: Generation, contract: Callable[[Answer], list[str]], since: str
) -> None:
    given = await asked(generation, f"/new since: {since}")
    assert given.status == "not_found" and given.receipt is not None
    assert given.values["last"] == "2026-11-20"
    (way,) = given.receipt.nearest
    assert (await asked(generation, way)).total == 3
    assert contract(given) == []


@pytest.mark.parametrize(
    "since",
    ["soon", "before 2020", "2026-13-01", "2026-11-20T99:99", "9999999 years", "0001-01-01T00:00:00+14:00", "x" * 5000],
)
async def test_a_time_that_cannot_be_read_is_a_bad_request_that_says_what_can(
    generation: Generation, contract: Callable[[Answer], list[str]], since: str
) -> None:
    given = await asked(generation, f"/new since: {since}")
    assert given.status == "bad_request"
    assert contract(given) == []


@pytest.mark.parametrize("count", [1, 2, 4])
async def test_pages_one_behind_the_other_are_the_whole_list(generation: Generation, count: int) -> None:
    whole = await asked(generation, "/new since: 2026")
    pages = [await asked(generation, "/new since: 2026", Window(at, count)) for at in range(0, whole.total, count)]
    assert [item for page in pages for item in page.items] == list(whole.items)
    assert all(page.total == whole.total == len(whole.items) for page in pages)
    places = {one.article: one.at for one in whole.arrived}
    for page in pages:
        assert {item.article for item in page.items} <= {one.article for one in page.arrived}
        assert all(places[one.article] == one.at for one in page.arrived)
    assert (await asked(generation, "/new since: 2026", Window(whole.total + 5, 4))).items == ()


async def test_every_excerpt_is_the_articles_own_text(generation: Generation) -> None:
    for item in (await asked(generation, "/new since: 2026")).items:
        source = await asked(generation, f"/source what: {item.article}")
        assert source.source is not None
        text = item.title if item.where == "title" else source.source.text
        assert item.excerpt == text[item.start : item.end]


async def test_a_digest_gets_the_same_for_the_moment_of_a_build(generation: Generation) -> None:
    given = await arrivals(generation, generation.meta["created"], Window(0, 50))
    assert given.items == (await asked(generation, "/new")).items


async def test_a_corpus_that_arrived_at_once_is_said_to_have(
    seeds: Generation, contract: Callable[[Answer], list[str]]
) -> None:
    for line in ("/new", "/new since: 1999"):
        given = await answer(parse(line), seeds, Window(), TODAY)
        assert given.message == "answers.new.at_once" and given.values["count"] == 5
        assert all(one.names == () for one in given.arrived)
        assert contract(given) == []


async def test_an_article_that_only_changed_did_not_arrive_anew(tmp_path: Path) -> None:
    articles, names = tmp_path / "articles", tmp_path / "names.yaml"
    articles.mkdir()
    names.write_text(NAMES, encoding="utf-8")
    write(articles, ARRIVED[0][1])
    first = build_at(ARRIVED[0][0], Sources(articles, names), tmp_path / "index", None)
    write(articles, {"one.txt": ("The first", "1999", "Steppe Eagle began on 4 May 2012. Open Spirit did not.")})
    (articles / "two.txt").write_text("---\ntitle: The second\n---\nOpen Spirit went on.\n", encoding="utf-8")
    opened = await Generation.open(build_at(ARRIVED[1][0], Sources(articles, names), tmp_path / "index", first))
    try:
        given = await asked(opened, "/new")
        assert [one.article for one in given.arrived] == ["two"]
        assert given.arrived[0].names == ()  # the changed article, which was there before, names it now
        assert told((await asked(opened, "/new since: 2026-10-03")).items) == [("two", None), ("one", "2012-05-04")]
    finally:
        await opened.close()
