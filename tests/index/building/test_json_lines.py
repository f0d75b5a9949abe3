"""Many articles in one file: an unchanged one is not read, and of a changed one only the lines that changed are worked out."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kzbot.corpus.overlay import Overlay
from kzbot.index.building.analyse import analyse
from kzbot.index.inspect import is_current

Contents = Callable[[Path], list[list[Any]]]
Check = Callable[[Path], None]

PAGE = (
    "<html><head><title>A page</title></head><body><article><h1>A page</h1><p>Steppe Eagle was held again in Norway in"
    " June 2014, as was said by everybody there.</p></article></body></html>"
)


def line(id_: str, text: str, **values: object) -> str:
    return json.dumps({"id": id_, "title": f"Article {id_}", "text": text, **values}) + "\n"


def told(number: int) -> str:
    return f"Steppe Eagle was held in Norway on {number} May 2012, and nobody was hurt on that day."


@pytest.fixture
def lines(corpus: Any) -> Any:
    corpus.write("news.jsonl", "".join(line(f"n{number}", told(number)) for number in range(1, 6)))
    return corpus


def worked_out(corpus: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The articles that the next build works out."""
    done = []

    def watched(article: Any, gazetteer: Any) -> Any:
        done.append(article.id)
        return analyse(article, gazetteer)

    with monkeypatch.context() as patched:
        patched.setattr("kzbot.index.building.candidate.analyse", watched)
        corpus.summary = corpus.build()
    return done


def test_each_line_is_an_article_of_its_own(lines: Any, whole: Check) -> None:
    summary = lines.build()
    assert summary.articles == 8
    rows = lines.rows("SELECT id, file FROM articles WHERE file LIKE 'news%' ORDER BY number")
    assert rows == [(f"n{number}", f"news.jsonl//n{number}") for number in range(1, 6)]
    assert lines.rows("SELECT file FROM files ORDER BY file") == [("a.txt",), ("b.txt",), ("c.md",), ("news.jsonl",)]
    whole(lines.last)


def test_an_unchanged_file_is_not_read_again(lines: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    lines.write("news.jsonl", line("n1", told(1)) + "not json\n" + line("n2", told(2)))
    first = lines.build()

    def never(*_: Any, **__: Any) -> Any:
        raise AssertionError("the lines were read")

    monkeypatch.setattr("kzbot.corpus.collection.raw_lines", never)
    lines.write("a.txt", "Open Spirit was somewhere else in that year, people said.", title="One exercise")
    summary = lines.build()
    assert (summary.changed, summary.removed, summary.articles) == (("a",), (), 5)
    assert summary.rejected == first.rejected
    assert lines.rows("SELECT file, line FROM rejections") == [("news.jsonl", 2)]
    assert not lines.build().made


def test_of_a_changed_file_only_the_lines_that_changed_are_worked_out(
    lines: Any, monkeypatch: pytest.MonkeyPatch, contents: Contents, whole: Check, tmp_path: Path
) -> None:
    lines.build()
    changed = [
        line("new", told(20)),
        line("n1", told(1)),
        line("n3", told(13)),
        line("n4", told(4)),
        line("n5", told(5)),
    ]
    lines.write("news.jsonl", "".join(changed))
    assert sorted(worked_out(lines, monkeypatch)) == ["n3", "new"]
    summary = lines.summary
    assert (summary.added, summary.changed, summary.removed, summary.unchanged) == (("new",), ("n3",), ("n2",), 6)
    assert contents(lines.last) == contents(lines.build_anew(tmp_path / "anew"))
    whole(lines.last)


def test_a_line_that_repeats_another_article_is_named_and_comes_in_when_that_goes(lines: Any) -> None:
    text = "Steppe Eagle began on 3 May 2012 in Norway. The exercise ended well."
    lines.write("news.jsonl", line("n1", told(1)) + line("again", text))
    summary = lines.build()
    (duplicate,) = summary.duplicates
    assert (duplicate.file, summary.articles) == ("news.jsonl//again", 4)
    assert "a.txt" in duplicate.reason
    lines.remove("a.txt")
    summary = lines.build()
    assert (summary.added, summary.removed) == (("again",), ("a",))
    assert summary.duplicates == ()


def test_a_line_that_was_away_was_first_seen_when_it_came(lines: Any) -> None:
    lines.build()
    before = lines.rows("SELECT first_seen FROM articles WHERE id = 'n2'")
    lines.write("news.jsonl", line("n1", told(1)) + "{broken\n")
    lines.build()
    lines.write("news.jsonl", line("n1", told(1)) + line("n2", told(2)))
    lines.build()
    assert lines.rows("SELECT first_seen FROM articles WHERE id = 'n2'") == before


def test_a_line_is_withdrawn_and_comes_back(lines: Any) -> None:
    before = lines.build()
    lines.overlay = Overlay.of(withdrawn=["n2"])
    assert lines.build().removed == ("n2",)
    lines.write("a.txt", "Open Spirit was somewhere else in that year, people said.", title="One exercise")
    lines.build()
    assert lines.rows("SELECT id, file FROM withdrawn") == [("n2", "news.jsonl//n2")]
    lines.overlay = Overlay()
    assert lines.build().added == ("n2",)
    assert lines.build().articles == before.articles


def test_many_lines_are_more_than_one_file_may_hold(corpus: Any) -> None:
    text = "It was said on that day. " * 40
    corpus.write("news.jsonl", "".join(line(f"n{number}", f"{number}. {text}") for number in range(150)))
    corpus.articles.joinpath("big.txt").write_text("---\ntitle: T\n---\n" + text * 110)
    summary = corpus.build()
    assert corpus.articles.joinpath("news.jsonl").stat().st_size > corpus.sources.max_file_bytes
    assert summary.articles == 153
    assert [one.file for one in summary.rejected] == ["big.txt"]


def test_pages_are_read_once_their_extra_is_installed(
    corpus: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.util\nplain = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda name, *more: None if name == 'trafilatura' else plain(name, *more)\n"
    )
    corpus.write("page.html", PAGE)
    with monkeypatch.context() as patched:
        patched.setenv("PYTHONPATH", str(tmp_path))
        patched.setattr("kzbot.corpus.foreign.extras._version", lambda package: "")
        summary = corpus.build()
        assert "pip install -e '.[html]'" in summary.rejected[0].reason
        assert is_current(corpus.last, corpus.sources)
    assert not is_current(corpus.last, corpus.sources)
    summary = corpus.build()
    assert (summary.added, summary.rejected) == (("page",), ())
    assert is_current(corpus.last, corpus.sources)


def test_pages_are_read_again_where_another_package_reads_them(corpus: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus.write("page.html", PAGE)
    corpus.build()
    assert not corpus.build().made
    monkeypatch.setattr("kzbot.corpus.foreign.extras._version", lambda package: "999")
    assert not is_current(corpus.last, corpus.sources)
    summary = corpus.build()
    assert (summary.made, summary.changed, summary.unchanged) == (True, (), 4)


def test_packages_for_pages_do_not_count_where_there_are_no_pages(corpus: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus.build()
    monkeypatch.setattr("kzbot.corpus.foreign.extras._version", lambda package: "999")
    assert is_current(corpus.last, corpus.sources)
