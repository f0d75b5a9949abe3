"""The articles that kzbot was made with: the five in seeds/, and a folder of thirty with front matter."""

from pathlib import Path

import pytest

from kzbot.corpus.article import Article
from kzbot.corpus.duplicates import find_duplicates, identity
from kzbot.corpus.folder import scan
from kzbot.corpus.names_file import read_name_book
from kzbot.corpus.reader import read_article

PROJECT = Path(__file__).resolve().parents[2]
SEEDS = PROJECT / "seeds"
SHARED = PROJECT.parent / "shared"
AIRBUS = SHARED / "corpora" / "airbus" / "articles"


def _read(folder: Path) -> dict[str, Article]:
    states, rejections = scan(folder)
    assert rejections == []
    articles = {}
    for state in states:
        article, wrong = read_article(folder, state, max_bytes=5_000_000)
        assert wrong == ()
        assert article is not None
        articles[article.file] = article
    assert find_duplicates([identity(article) for article in articles.values()]) == []
    return articles


@pytest.fixture(scope="module")
def seeds() -> dict[str, Article]:
    return {file[:3]: article for file, article in _read(SEEDS).items()}


def _kinds(article: Article, kind: str) -> list[str]:
    return [article.text[block.start : block.end] for block in article.blocks if block.kind == kind]


@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="../shared/seeds is absent: nothing to compare with")
def test_the_five_texts_are_those_that_were_given_byte_for_byte() -> None:
    given = sorted((SHARED / "seeds").glob("*.txt"))
    assert len(given) == 5
    for original in given:
        assert (SEEDS / original.name).read_bytes() == original.read_bytes()


def test_all_five_articles_are_read(seeds: dict[str, Article]) -> None:
    assert sorted(seeds) == ["000", "001", "002", "003", "004"]
    assert all(article.language == "en" and article.url and article.archived_url is None for article in seeds.values())


def test_what_is_known_of_their_dates(seeds: dict[str, Article]) -> None:
    known = {number: (article.published, article.published_basis) for number, article in seeds.items()}
    assert known == {
        "000": ("2013-11", "inferred"),
        "001": ("[2009-06-24..2011-01-31]", "inferred"),
        "002": ("[2012-10-01..2013-12-31]", "inferred"),
        "003": ("1997-11-26", "stated"),
        "004": ("1998-07-20", "stated"),
    }
    assert all(article.published_ground for article in seeds.values())


def test_only_the_title_that_is_not_printed_is_inferred(seeds: dict[str, Article]) -> None:
    assert [number for number, article in seeds.items() if article.title_basis == "inferred"] == ["000"]
    for number, article in seeds.items():
        assert _kinds(article, "heading") == ([] if number == "000" else [article.title])


def test_author_of_the_signed_article(seeds: dict[str, Article]) -> None:
    assert [article.author for article in seeds.values()] == [None, None, None, "Linda D. Kozaryn", None]


def test_page_furniture_is_found_and_nothing_else(seeds: dict[str, Article]) -> None:
    worded = {
        number: [words for words in _kinds(article, "furniture") if any(map(str.isalnum, words))]
        for number, article in seeds.items()
    }
    assert worded == {
        "000": [],
        "001": [],
        "002": ["Kazakhstan Map", "Caucasus Map"],
        "003": [
            "United States Department of Defense United States Department of Defense",
            "DoD News",
            "Bookmark and Share",
            "News Article",
            "By Linda D. Kozaryn",
            "American Forces Press Service",
            "Contact Author",
            "Additional Links",
            "Stay Connected",
        ],
        "004": ["News Release", "No. 377-98", "IMMEDIATE RELEASE July 20, 1998 (703)697-5737(public/industry)"],
    }


def test_every_paragraph_line_stands_alone_where_no_blank_lines_part_them(seeds: dict[str, Article]) -> None:
    assert len(_kinds(seeds["000"], "paragraph")) == 12


def test_the_sentence_over_two_bullets_is_one_item(seeds: dict[str, Article]) -> None:
    items = _kinds(seeds["004"], "list_item")
    assert len(items) == 1
    assert items[0].startswith(
        "Kazakhstan's active participation in U.S. security assistance programs has played a key\n"
    )
    assert items[0].endswith("based on eligibility and availability.")


def test_no_seed_needs_lines_to_be_skipped() -> None:
    assert not any("skip" in file.read_text() for file in SEEDS.glob("*.yaml"))


def test_the_name_book_that_comes_with_the_project_is_valid() -> None:
    book = read_name_book(PROJECT / "config" / "names.yaml")
    assert len(book.names) > 30
    assert {kind.name for kind in book.kinds} >= {"exercise", "person", "organisation", "country"}


@pytest.mark.skipif(not AIRBUS.is_dir(), reason="../shared/corpora/airbus is absent: no second collection to read")
def test_thirty_articles_with_front_matter_load_as_they_are() -> None:
    articles = _read(AIRBUS)
    assert len(articles) == 30
    for file, article in articles.items():
        assert article.text == (AIRBUS / file).read_text().split("\n---\n", 1)[1]
        assert (article.publisher, article.published_basis) == ("Wikinews", "stated")
        assert article.id == Path(file).stem


@pytest.mark.skipif(not AIRBUS.is_dir(), reason="../shared/corpora/airbus is absent: no second collection to read")
def test_clean_articles_hold_no_furniture() -> None:
    for article in _read(AIRBUS).values():
        assert {block.kind for block in article.blocks} == {"paragraph"}, article.file
