"""What a person types of an article, and how an added article is written down."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kzbot.corpus.added import as_files, name_of, write_article
from kzbot.corpus.article import FileState
from kzbot.corpus.foreign.found import Document
from kzbot.corpus.form import Form, fill_in, form_of, metadata_of, read_written, written
from kzbot.corpus.metadata import Metadata
from kzbot.corpus.problem import Problem
from kzbot.corpus.reader import read_article

TYPED = "given as printed"
LINES = some.text(some.characters(codec="utf-8"), max_size=60)


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("2013-11-14", "2013-11-14"),
        ("14 November 2013", "2013-11-14"),
        ("November 14, 2013", "2013-11-14"),
        ("Thursday, 14 Nov. 2013", "2013-11-14"),
        ("14.11.2013", "2013-11-14"),
        ("14 ноября 2013", "2013-11-14"),
        ("Nov 2013", "2013-11"),
        ("winter 1998", "1998-24"),
        ("5/5/2013", "2013-05-05"),
        ("[2009-06-24..2011-01-31]", "[2009-06-24..2011-01-31]"),
    ],
)
def test_a_date_is_read_as_people_write_it(typed: str, edtf: str) -> None:
    found, wrong = fill_in(Form("T", published=typed), Metadata(), printed=TYPED)
    assert wrong == [] and (found.published, found.basis, found.published_ground) == (edtf, "stated", TYPED)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("3/4/2013", "either number may be the month"),
        ("yesterday", "is not a date here"),
        ("last November", "is not a date here"),
        ("14.11.13", "is not a date here"),
        ("since 2013", "is not a date here"),
        ("30 February 2013", "is not a date here"),
        ("2013-11-14T10:00", "give the day alone: 2013-11-14"),
        ("9" * 90 + " 2013", "is not a date here"),
    ],
)
def test_a_date_that_could_be_meant_otherwise_is_refused(typed: str, reason: str) -> None:
    known = Metadata(title="T", published="2012", published_basis="stated")
    found, (problem,) = fill_in(Form("T", published=typed), known, printed=TYPED)
    assert reason in problem.reason and found.published == "2012"


def test_what_was_found_keeps_its_ground_until_it_is_changed() -> None:
    stated = Metadata(title="T", published="2013-11", published_basis="stated", published_ground="The page states it.")
    assert fill_in(form_of(stated), stated, printed=TYPED) == (stated, [])
    changed, _ = fill_in(Form("T", published="2013-12"), stated, printed=TYPED)
    assert (changed.basis, changed.published_ground) == ("stated", TYPED)
    emptied, _ = fill_in(Form("T"), stated, printed=TYPED)
    assert (emptied.published, emptied.basis, emptied.published_ground) == (None, "unknown", None)
    inferred = Metadata(title="T", published="2013", published_basis="inferred", published_ground="its address")
    assert form_of(inferred).ground == "its address"
    assert fill_in(form_of(inferred), inferred, printed=TYPED) == (inferred, [])
    printed, _ = fill_in(Form("T", published="2013"), inferred, printed=TYPED)
    assert (printed.basis, printed.published_ground) == ("stated", TYPED)


def test_what_is_right_is_taken_beside_what_is_wrong() -> None:
    known = Metadata(title="Guessed", title_basis="inferred")
    found, wrong = fill_in(Form("Typed", "ftp://x", "The Post", "nonsense"), known, printed=TYPED)
    assert (found.title, found.basis_of_title, found.publisher, found.url) == ("Typed", "stated", "The Post", None)
    assert [problem.reason.split()[0] for problem in wrong] == ["url", "published"]
    assert fill_in(Form("  "), known, printed=TYPED)[1][0].reason == "title is missing; give the article's title."


@given(some.tuples(LINES, LINES, LINES, LINES, LINES))
def test_whatever_is_typed_becomes_metadata_that_a_file_could_hold(typed: tuple[str, str, str, str, str]) -> None:
    found, _ = fill_in(Form(*typed), Metadata(title="T", url="https://example.org/"), printed=TYPED)
    assert read_written(written(found)) == found
    if found.title:
        as_files("Words.", found)


@given(some.text(some.characters(codec="utf-8")), LINES)
def test_what_a_foreign_file_says_never_makes_metadata_that_could_not_be_written(text: str, said: str) -> None:
    document = Document(text, title=said, url=said, publisher=said, published=said, published_basis="stated")
    assert read_written(written(metadata_of(document))) == metadata_of(document)


@given(text=some.text(some.characters(codec="utf-8"), min_size=1))
def test_an_added_text_reads_back_to_the_letter_or_is_refused(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    known = Metadata(title="T: a # title", id="x", published="2013", published_basis="stated")
    try:
        body, metadata = as_files(text, known)
    except Problem:
        return
    folder = tmp_path_factory.mktemp("added")
    assert write_article(folder, "x", ".txt", body, metadata)
    assert not write_article(folder, "x", ".txt", body, metadata)
    sizes = ((folder / "x.txt").stat(), (folder / "x.yaml").stat())
    state = FileState("x.txt", sizes[0].st_size, sizes[0].st_mtime_ns, sizes[1].st_size, sizes[1].st_mtime_ns)
    article, reasons = read_article(folder, state, max_bytes=10**6)
    assert (article is not None and (article.text, article.title) == (text, "T: a # title")) or reasons


def test_an_article_is_never_overwritten_and_metadata_that_a_crash_left_is_replaced(tmp_path: Path) -> None:
    body, metadata = as_files("Words.", Metadata(title="T"))
    (tmp_path / "x.yaml").write_text("title: Left by a crash\n", encoding="utf-8")
    assert write_article(tmp_path, "x", ".txt", body, metadata)
    for suffix, text in ((".txt", b"Other words."), (".md", body)):
        with pytest.raises(FileExistsError):
            write_article(tmp_path, "x", suffix, text, metadata)
    assert (tmp_path / "x.txt").read_bytes() == body and (tmp_path / "x.yaml").read_bytes() == metadata


def test_a_name_is_readable_and_leads_nowhere() -> None:
    assert name_of("Учения «Степной орёл»: #1!", "abcdef0123") == "учения-степной-орел-1-abcdef01"
    assert name_of("../../etc/passwd", "abcdef0123") == "etc-passwd-abcdef01"
    assert name_of("\u202e???", "abcdef0123") == "article-abcdef01"
    assert len(name_of("word " * 100, "abcdef0123")) < 60
