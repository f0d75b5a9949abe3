"""Files as people save them: encodings, line ends, front matter, sizes, doubles."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzbot.corpus.article import FileState
from kzbot.corpus.duplicates import Identity, find_duplicates, identity, text_hash
from kzbot.corpus.reader import read_article

BODY = "The ministers met in the capital and signed a plan for the coming year.\n"


@pytest.mark.parametrize(
    ("saved", "text"),
    [
        (b"\xef\xbb\xbfOne.\r\nTwo.\rThree.\n", "One.\nTwo.\nThree.\n"),
        ("Қазақстан – “steppe”\u2028x.".encode(), "Қазақстан – “steppe”\u2028x."),
        (b"  One.  \n\n\n", "  One.  \n\n\n"),
    ],
)
def test_text_is_untouched_but_for_byte_order_mark_and_line_ends(corpus: Any, saved: bytes, text: str) -> None:
    corpus.put("one.txt", saved)
    corpus.put("one.yaml", "title: A\n")
    assert corpus.article().text == text


@pytest.mark.parametrize(
    ("saved", "line", "reason"),
    [
        (b"One.\nTwo.\nCaf\xe9.\n", 3, "it is not UTF-8 at line 3; save it as UTF-8."),
        (b"One.\r\nTwo.\rCaf\xe9.\n", 3, "it is not UTF-8 at line 3"),
        ("One.\n".encode("utf-16"), None, "it is UTF-16"),
        (b"One.\nTw\0o.\n", 2, "NUL byte"),
        (b"%PDF" + bytes(range(1, 9)) * 40, None, "not a text file"),
        (b"", None, "it holds no text"),
        (b" \n\t\n", None, "it holds no text"),
        (b"----\n* * *\n", None, "it holds no text"),
    ],
)
def test_what_is_no_text_is_refused(corpus: Any, saved: bytes, line: int | None, reason: str) -> None:
    corpus.put("one.txt", saved)
    corpus.put("one.yaml", "title: A\n")
    rejection = corpus.rejection()
    assert (rejection.file, rejection.line) == ("one.txt", line)
    assert reason in rejection.reason


def test_unreadable_metadata_is_reported_under_its_own_name(corpus: Any) -> None:
    corpus.put("one.txt", BODY)
    corpus.put("one.yaml", b"title: A\nauthor: Ren\xe9\n")
    rejection = corpus.rejection()
    assert (rejection.file, rejection.line) == ("one.yaml", 2)


def test_a_file_over_the_limit_is_refused_and_one_at_it_is_not(corpus: Any) -> None:
    corpus.put("one.txt", BODY)
    corpus.put("one.yaml", "title: A\n")
    corpus.max_bytes = len(BODY)
    assert corpus.article().text == BODY
    corpus.max_bytes -= 1
    assert "over the limit of 71 bytes" in corpus.rejection().reason


def test_front_matter(corpus: Any) -> None:
    corpus.put("sub/one.txt", f"---\ntitle: A\npublished: 2008-03-01\n---\n\n{BODY}")
    article = corpus.article()
    assert (article.id, article.file, article.title) == ("sub/one", "sub/one.txt", "A")
    assert article.text == f"\n{BODY}"


def test_lines_to_skip_are_those_of_the_file_front_matter_included(corpus: Any) -> None:
    corpus.put("one.txt", f"---\ntitle: A\nskip: [5]\n---\nOddly Shaped Thing\n{BODY}")
    article = corpus.article()
    assert [(block.kind, article.text[block.start : block.end]) for block in article.blocks] == [
        ("furniture", "Oddly Shaped Thing"),
        ("paragraph", BODY.strip()),
    ]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (f"---\ntitle: A\nskip: [2]\n---\n{BODY}", 3, "the article's text begins on line 5"),
        (f"---\ntitle: A\n\nurl: nowhere\n---\n{BODY}", 4, "give a whole address"),
        (f"---\ntitle: A: B\n---\n{BODY}", 2, "it is not valid YAML"),
        (f"---\ntitle: A\n{BODY}", 1, "close it with a line ---"),
        ("---\ntitle: A\n---\n\n", None, "it holds no text after its metadata"),
        (f"---\nurl: https://news.example/\n---\n{BODY}", None, "no title: add a line title: ... to the front matter"),
        (f"---\n---\n{BODY}", None, "no title"),
    ],
)
def test_slips_in_front_matter(corpus: Any, text: str, line: int | None, reason: str) -> None:
    corpus.put("one.txt", text)
    rejection = corpus.rejection()
    assert (rejection.file, rejection.line) == ("one.txt", line)
    assert reason in rejection.reason


def test_metadata_stands_in_one_place_only(corpus: Any) -> None:
    corpus.put("one.txt", f"---\ntitle: A\n---\n{BODY}")
    corpus.put("one.yaml", "title: B\n")
    assert "it has front matter and one.yaml beside it as well" in corpus.rejection().reason


def test_a_rule_above_plain_text_is_no_front_matter(corpus: Any) -> None:
    corpus.put("one.txt", f"---\nThe ministers met.\n---\n{BODY}")
    corpus.put("one.yaml", "title: A\n")
    assert corpus.article().text.startswith("---\nThe ministers met.")


def test_the_heading_of_a_markdown_file_is_its_title_where_metadata_has_none(corpus: Any) -> None:
    corpus.put("one.md", f"# The *great* [plan](https://news.example/)\n\n{BODY}")
    corpus.put("two.md", f"---\ntitle: Another\n---\n# The plan\n\nTwo. {BODY}")
    corpus.put("three.md", f"## Not the title\n\n{BODY}")
    articles, rejections = corpus.read()
    assert [(article.title, article.title_basis) for article in articles] == [
        ("The great plan", "stated"),
        ("Another", "stated"),
    ]
    assert [rejection.file for rejection in rejections] == ["three.md"]


def test_one_bad_file_keeps_no_other_from_loading(corpus: Any) -> None:
    corpus.put("a.txt", b"\xff\xfe\xff")
    corpus.put("b.txt", BODY)
    corpus.put("b.yaml", "title: B\n")
    corpus.put("c.txt", "No metadata.")
    corpus.put("d.pdf", b"%PDF")
    articles, rejections = corpus.read()
    assert [article.file for article in articles] == ["b.txt"]
    assert sorted(rejection.file for rejection in rejections) == ["a.txt", "c.txt", "d.pdf"]


def test_a_file_that_went_away_after_the_scan_is_a_rejection(tmp_path: Path) -> None:
    article, rejections = read_article(tmp_path, FileState("gone.txt", 1, 1), max_bytes=100)
    assert article is None
    assert "it is gone" in rejections[0].reason


def test_the_second_file_with_an_id_or_a_text_is_rejected_and_names_the_first(corpus: Any) -> None:
    corpus.put("a.txt", BODY)
    corpus.put("a.yaml", "id: x\ntitle: A\n")
    corpus.put("b.txt", f"Another text. {BODY}")
    corpus.put("b.yaml", "id: x\ntitle: B\n")
    corpus.put("c.txt", f"\n  {BODY.replace(' ', '  ')}\r\n")
    corpus.put("c.yaml", "title: C\n")
    articles, _ = corpus.read()
    rejections = find_duplicates([identity(article) for article in reversed(articles)])
    assert [(rejection.file, rejection.reason.split(";")[0]) for rejection in rejections] == [
        ("b.txt", "its id “x” is that of a.txt already"),
        ("c.txt", "its text is the same as that of a.txt"),
    ]


def test_a_file_that_was_rejected_rejects_no_other() -> None:
    known = [Identity("a", "x", text_hash("1")), Identity("b", "x", text_hash("2")), Identity("c", "y", text_hash("2"))]
    assert [rejection.file for rejection in find_duplicates(known)] == ["b"]


@given(st.integers(65_500, 65_540), st.text("ab \t\n\u2028\u00a0\x1c", max_size=60))
def test_the_hash_of_a_text_is_that_of_its_words_however_long_it_is(before: int, text: str) -> None:
    for whole in (text, "a " * (before // 2) + text + "b" * before + text, " " * before + text):
        assert text_hash(whole) == hashlib.sha256(" ".join(whole.split()).encode()).hexdigest()
