"""What a person may write about an article, and what is said of a slip."""

from collections.abc import Callable
from typing import Any

import pytest

from kzbot.corpus.article import Correction

Described = Callable[[str], Any]


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2012-09-01", "2012-09-01"),
        ("'2012-09-01'", "2012-09-01"),
        ("2012-09", "2012-09"),
        ("1997", "1997"),
        ("2013~", "2013~"),
        ("199X", "199X"),
        ("2003/2004", "2003/2004"),
        ("[2009-06-24..2011-01-31]", "[2009-06-24..2011-01-31]"),
        ('"[2009-06-24..2011-01-31]"', "[2009-06-24..2011-01-31]"),
    ],
)
def test_a_date_keeps_the_precision_it_was_written_with(described: Described, written: str, date: str) -> None:
    article = described(f"title: A title\npublished: {written}\n").article()
    assert (article.published, article.published_basis) == (date, "stated")


@pytest.mark.parametrize("written", ["", "published: null\n", "published:\n", "published: ''\n"])
def test_no_date_is_an_unknown_one(described: Described, written: str) -> None:
    article = described(f"title: A title\n{written}").article()
    assert (article.published, article.published_basis) == (None, "unknown")


def test_words_that_yaml_would_turn_into_something_else_stay_words(described: Described) -> None:
    article = described("id: 007\ntitle: 1984\nauthor: No\npublisher: on\nlanguage: no\n").article()
    assert (article.id, article.title, article.author, article.publisher, article.language) == (
        "007",
        "1984",
        "No",
        "on",
        "no",
    )


def test_every_key_arrives(described: Described) -> None:
    article = described(
        "id: talks-1997\ntitle: Talks in the capital\nurl: https://news.example/talks\n"
        "archived_url: https://archive.example/1997/talks\npublisher: The Bugle\nauthor: Jane Roe\n"
        "published: 1997-11\npublished_basis: inferred\npublished_ground: The address says so.\n"
        "title_basis: inferred\nlanguage: kk\nskip: [1]\n"
        "dates:\n  - words: coming year\n    edtf: 1998\n  - {words: the capital, edtf: null}\n"
    ).article()
    assert (article.id, article.title, article.title_basis) == ("talks-1997", "Talks in the capital", "inferred")
    assert article.url == "https://news.example/talks"
    assert article.archived_url == "https://archive.example/1997/talks"
    assert (article.publisher, article.author, article.language) == ("The Bugle", "Jane Roe", "kk")
    assert (article.published, article.published_basis) == ("1997-11", "inferred")
    assert article.published_ground == "The address says so."
    assert article.corrections == (Correction("coming year", "1998"), Correction("the capital", None))
    assert [block.kind for block in article.blocks] == ["furniture"]


def test_defaults(described: Described) -> None:
    article = described("title: A title\n").article()
    assert (article.id, article.title_basis, article.language, article.url) == ("one", "stated", "en", None)


@pytest.mark.parametrize(
    ("metadata", "line", "reason"),
    [
        ("title: A\npublishd: 1997\n", 2, "the key “publishd” is not known: did you mean published?"),
        ("Title: A\n", 1, "did you mean title?"),
        ("title: A\ncolour: red\n", 2, "the keys are id, title, url"),
        (
            "title: A\n\npublished: Nov. 14\n",
            3,
            "published is “Nov. 14”, which is not a date here; write a date such as",
        ),
        ("title: A\npublished: 2012-02-31\n", 2, "which is not a date here"),
        ("title: A\npublished: 2012-09-01T10:00:00Z\n", 2, "give the day alone: 2012-09-01."),
        ("title: A\npublished: 2009..2011\n", 2, "put some day within in brackets: [2009..2011]."),
        (
            "title: A\npublished: 1997\npublished_basis: guess\n",
            3,
            "published_basis is “guess”; it must be stated, inferred or unknown.",
        ),
        ("title: A\ntitle_basis: printed\n", 2, "it must be stated or inferred."),
        ("title: A\npublished_basis: stated\n", 2, "published_basis is stated, but there is no date; add published."),
        ("title: A\npublished: 1997\npublished_basis: unknown\n", 3, "published_basis is unknown, but published gives"),
        ("title: A\nurl: javascript:alert(1)\n", 2, "give a whole address that begins with http:// or https://"),
        ("title: A\nurl: news.example/talks\n", 2, "give a whole address"),
        ("title: A\nurl: https://news.example@other.example/\n", 2, "may be taken for another host's"),
        ("title: A\nskip: 3\n", 2, "skip must be a list"),
        ("title: A\nskip: [one]\n", 2, "skip, entry 1 must be a line number from 1"),
        ("title: A\nskip:\n  - 1\n  - 0\n", 4, "skip, entry 2 must be a line number from 1"),
        ("title: A\nskip: [9]\n", 2, "skip names line 9, but the text ends on line 2"),
        ("title: A\ndates:\n  - words: capital\n", 3, "dates, entry 1, edtf is missing; add it."),
        ("title: A\ndates:\n  - words: capital\n    edtf: soon\n", 4, "dates, entry 1, edtf is “soon”"),
        ("title: A\ndates:\n  - word: capital\n    words: x\n    edtf: null\n", 3, "did you mean words?"),
        ("title: A\ndates:\n  - words: Nov. 31\n    edtf: null\n", 3, "dates: “Nov. 31” does not stand in the text"),
        ("title: [A, B]\n", 1, "title must be one line of text, not a list"),
        ("title: A\nlanguage: English language\n", 2, "give a language code such as en"),
        ("title: A\ntitle: B\n", 2, "the key “title” is given twice (first on line 1)"),
        ("title: A: B\n", 1, "put a value that holds a colon in quotation marks"),
        ('title: A\nauthor: "Jane\n', 2, "close the quotation mark"),
        ("title: A\n\tauthor: B\n", 2, "it is not valid YAML"),
        ("- title: A\n", 1, "one key a line"),
        ("title: A\n---\ntitle: B\n", 2, "a second document starts here"),
        ("title: &a A\nauthor: *a\n", 1, "anchors and aliases"),
        ("title: !!python/object:os.system A\n", 1, "tags (!) are not read"),
        ("title: A\nauthor: \x07\n", 2, "it holds a character that YAML does not allow"),
        ("title: '...'\n", 1, "title has no letter or digit"),
    ],
)
def test_a_slip_is_reported_with_its_line_and_its_mend(
    described: Described, metadata: str, line: int, reason: str
) -> None:
    rejection = described(metadata).rejection()
    assert (rejection.file, rejection.line) == ("one.yaml", line)
    assert reason in rejection.reason
    assert rejection.reason.endswith((".", "?"))


def test_all_slips_of_a_file_are_reported_at_once(described: Described) -> None:
    _, rejections = described("titel: A\nurl: nowhere\npublished: then\n").read()
    assert [rejection.line for rejection in rejections] == [1, 2, 3]


@pytest.mark.parametrize("metadata", ["", "url: https://news.example/\n", "title:\n", "title: ''\n", "# nothing\n"])
def test_an_article_without_a_title_is_rejected(described: Described, metadata: str) -> None:
    assert "no title" in described(metadata).rejection().reason


def test_a_title_over_two_lines_of_yaml_is_one_line(described: Described) -> None:
    assert described("title: >\n  Talks in\n  the capital\n").article().title == "Talks in the capital"


@pytest.mark.parametrize("bomb", ["[" * 25_000, "title: " + "{a: " * 8_000, "- " * 20_000, "? " * 20_000])
def test_nested_brackets_are_refused_while_they_are_read(described: Described, bomb: str) -> None:
    rejection = described(bomb).rejection()
    assert "nested too deeply" in rejection.reason or "a key must be one word" in rejection.reason


def test_metadata_that_is_far_too_long_is_refused(described: Described) -> None:
    assert "too long" in described("title: " + "word " * 20_000).rejection().reason
