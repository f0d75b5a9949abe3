"""Pages, PDFs and JSON Lines in a corpus folder: read like texts, described by the files beside them."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzbot.corpus.article import Article
from kzbot.corpus.folder import scan
from kzbot.corpus.json_lines import container_of, raw_lines

TEXT = "The ministers met in the capital and signed a plan for the coming year."
PAGE = f"""<html lang="en"><head><title>Storm closes the harbour</title>
<meta property="article:published_time" content="2012-05-02"></head><body><nav><a href="/">Home</a></nav><article>
<h1>Storm closes the harbour</h1><p>{TEXT}</p><p>It was the third meeting of its kind, as the captain said, and the last.</p>
</article></body></html>"""


def line(**values: object) -> str:
    return json.dumps({"id": "1", "title": "Ministers meet", "text": TEXT, **values}, ensure_ascii=False) + "\n"


def test_a_page_is_an_article_with_what_it_states(corpus: Any) -> None:
    corpus.put("a/storm.html", PAGE)
    article = corpus.article()
    assert (article.id, article.file, article.title) == ("a/storm", "a/storm.html", "Storm closes the harbour")
    assert (article.published, article.published_basis, article.language) == ("2012-05-02", "stated", "en")
    kinds = [(article.text[one.start : one.end][:9], one.kind) for one in article.blocks]
    assert kinds == [("Storm clo", "heading"), ("The minis", "paragraph"), ("It was th", "paragraph")]


def test_what_stands_beside_a_page_goes_before_it(corpus: Any) -> None:
    corpus.put("storm.html", PAGE)
    corpus.put(
        "storm.yaml",
        'id: s\ntitle: Mine\ntitle_basis: inferred\npublished: "2012"\npublished_basis: inferred\ndates:\n- words: coming year\n  edtf: 2013\n',
    )
    article = corpus.article()
    assert (article.id, article.title, article.title_basis) == ("s", "Mine", "inferred")
    assert (article.published, article.published_basis, article.published_ground) == ("2012", "inferred", None)
    assert article.corrections[0].edtf == "2013"


def test_a_date_of_a_page_can_be_denied(corpus: Any) -> None:
    corpus.put("storm.html", PAGE)
    corpus.put("storm.yaml", "published_basis: unknown\n")
    assert corpus.article().published is None


@pytest.mark.parametrize(
    ("metadata", "file", "line", "reason"),
    [
        ("titel: x\n", "storm.yaml", 1, "did you mean title?"),
        ("title: x\nskip: [1]\n", "storm.yaml", 2, "skip counts the lines of a text"),
        ("title: x\ndates:\n- words: nowhere said\n  edtf: 2013\n", "storm.yaml", 3, "does not stand in the text"),
    ],
)
def test_what_is_wrong_beside_a_page_names_that_file(
    corpus: Any, metadata: str, file: str, line: int, reason: str
) -> None:
    corpus.put("storm.html", PAGE)
    corpus.put("storm.yaml", metadata)
    rejection = corpus.rejection()
    assert (rejection.file, rejection.line) == (file, line)
    assert reason in rejection.reason


def test_a_page_over_the_limit_or_without_a_title_is_rejected(corpus: Any) -> None:
    corpus.put(
        "storm.html",
        PAGE.replace("<title>Storm closes the harbour</title>", "").replace("<h1>Storm closes the harbour</h1>", ""),
    )
    assert "no title: add a line title: ... to storm.yaml beside it." in corpus.rejection().reason
    corpus.max_bytes = 100
    assert "over the limit of 100 bytes" in corpus.rejection().reason


def _pdf_maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("pdf_maker", Path(__file__).parent / "foreign" / "conftest.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_a_pdf_is_an_article_once_it_has_a_title(corpus: Any) -> None:
    corpus.put("a.pdf", _pdf_maker().pdf([[TEXT]]))
    assert "to a.yaml beside it" in corpus.rejection().reason
    corpus.put("a.yaml", "title: Ministers meet\npublished: 1997-05\n")
    article = corpus.article()
    assert (article.text, article.title, article.published) == (TEXT, "Ministers meet", "1997-05")


def test_what_a_browser_saves_beside_a_page_is_passed_over(corpus: Any) -> None:
    corpus.put("Storm.html", PAGE)
    for file in ("Storm_files/a.js", "Storm_files/frame.html", "Storm_files/deep/b.png"):
        corpus.put(file, "x")
    corpus.put("other_files/c.png", "x")
    states, rejections = scan(corpus.folder)
    assert [state.file for state in states] == ["Storm.html"]
    assert [one.file for one in rejections] == ["other_files/c.png"]


def test_each_line_is_an_article_with_an_address_of_its_own(corpus: Any) -> None:
    first = line(
        url="https://news.example/1", publisher="The Herald", published="2012-05", author="Jane Doe", language="ru"
    )
    second = line(
        id="b/2", text=TEXT + " More.", published=1997, published_basis="inferred", published_ground="The address."
    )
    corpus.put("a/news.jsonl", "\ufeff" + first + "\n  \n" + second)
    one, other = corpus.read()[0]
    assert corpus.read()[1] == []
    assert (one.id, one.file, one.title, one.text) == ("1", "a/news.jsonl//1", "Ministers meet", TEXT)
    assert (one.url, one.publisher, one.published) == ("https://news.example/1", "The Herald", "2012-05")
    assert (one.author, one.language, one.published_basis) == ("Jane Doe", "ru", "stated")
    assert (other.id, other.file, other.published, other.published_basis) == (
        "b/2",
        "a/news.jsonl//b/2",
        "1997",
        "inferred",
    )
    assert container_of(other.file) == "a/news.jsonl"
    assert [block.kind for block in one.blocks] == ["paragraph"]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("x\n", "it is not valid JSON"),
        ("[1]\n", "it is not an object"),
        ('{"id": "2", "id": "3", "title": "T", "text": "T"}\n', "“id” is given twice"),
        (json.dumps({"title": "T", "text": "T"}) + "\n", "id is missing"),
        (line(id=" "), "id is empty"),
        (line(id=None), "id is empty"),
        (line(), "its id is that of line 1 already"),
        (line(id="2", title=None), "title is missing"),
        (json.dumps({"id": "2", "title": "T"}) + "\n", "text is missing"),
        (line(id="2", text=" \n"), "text is empty"),
        (line(id="2", text=5), "text must be the article's text in quotation marks"),
        (line(id="2", text="a\0b"), "NUL"),
        ('{"id": "2", "title": "T", "text": "a \\ud800 b"}\n', "half a character"),
        (line(id="2", publishd="2012"), "did you mean published?"),
        (line(id="2", published="May 2012"), "which is not a date here"),
        (line(id="2", published_basis="stated"), "there is no date"),
        (line(id="2", url="javascript:x"), "give a whole address"),
        (line(id="2", url=True), "url must be one line of text"),
        (line(id="2", title=["a"]), "title"),
        (line(id="2", skip=[9]), "skip names line 9"),
        (line(id="2", dates=[{"words": "nowhere", "edtf": "2012"}]), "does not stand in the text"),
        (line(id="2", text="x" * 2_000), "over the limit of 1,000 bytes"),
        ('{"id": ' + "[" * 900 + "\n", "it is"),
        ("\xff\n", "it is not"),
    ],
)  # fmt: skip
def test_a_bad_line_is_named_and_the_others_are_taken(corpus: Any, bad: str, reason: str) -> None:
    corpus.max_bytes = 1_000
    after = line(id="after", text=TEXT + " Again.")
    corpus.put("news.jsonl", line().encode() + bad.encode("latin-1") + after.encode())
    articles, rejections = corpus.read()
    assert [article.id for article in articles] == ["1", "after"]
    (rejection,) = rejections
    assert (rejection.file, rejection.line) == ("news.jsonl", 2)
    assert reason in rejection.reason and "\n" not in rejection.reason


def test_deep_nesting_of_a_long_line_is_a_reason(corpus: Any) -> None:
    corpus.put("news.jsonl", '{"id": ' + "[" * 200_000)
    assert "nested too deeply" in corpus.rejection().reason


def test_an_empty_file_of_lines_is_rejected_and_takes_no_companion(corpus: Any) -> None:
    corpus.put("news.jsonl", "\n\n")
    corpus.put("news.yaml", "title: x")
    reasons = {one.file: one.reason for one in corpus.read()[1]}
    assert "it holds no line" in reasons["news.jsonl"]
    assert "there is no text beside this metadata" in reasons["news.yaml"]


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.binary(max_size=200), most=st.integers(1, 30))
def test_lines_are_those_of_the_file_whatever_is_in_them(data: bytes, most: int, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(data)
    with file.open("rb") as opened:
        found = dict(raw_lines(opened, most))
    for number, raw in enumerate(data.split(b"\n"), start=1):
        raw = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 and len(raw) <= most else raw
        if number not in found:
            assert not raw.strip(b" \t\r\n\v\f")
        elif found[number] is not None:
            assert found[number].rstrip(b"\n") == raw  # type: ignore[union-attr]
        else:
            assert len(raw) >= most


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    values=st.dictionaries(
        st.sampled_from(["id", "title", "text", "url", "published", "language", "dates", "skip", "other"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=8), lambda inner: st.lists(inner, max_size=3)
        ),
    ),
    cut=st.integers(0, 60),
)
def test_any_line_is_an_article_or_a_reason(values: dict[str, object], cut: int, corpus: Any) -> None:
    written = json.dumps(values)
    corpus.put("a.jsonl", written[: max(1, len(written) - cut)] + "\n" + line(id="sound"))
    articles, rejections = corpus.read()
    assert len(articles) + len(rejections) == 2
    assert all(isinstance(one, Article) and one.title and one.text for one in articles)
    assert all(one.reason and "\n" not in one.reason for one in rejections)


def test_both_ways_of_ending_a_line_are_read(corpus: Any) -> None:
    corpus.put("a.jsonl", (line() + line(id="2")).replace("\n", "\r\n"))
    assert len(corpus.read()[0]) == 2
