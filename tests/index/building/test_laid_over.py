"""What moderators laid over the corpus holds in the next generation, and is gone without a trace when it is taken back."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzbot.corpus.collection import read_in
from kzbot.corpus.overlay import Overlay
from kzbot.index.building.analyse import analyse
from kzbot.index.inspect import holdings, is_current

Contents = Callable[[Path], list[list[Any]]]

BOOK = """
kinds:
  exercise:
    nouns: [exercise, drill]
  person:
    nouns: []
  country: {}
names:
  - {kind: exercise, name: Steppe Eagle, adjectives: [Orzel]}
  - {kind: exercise, name: Open Spirit}
  - {kind: person, name: William Smith, variants: [Smith]}
  - {kind: person, name: Anne Shelton}
  - {kind: country, name: Norway, adjectives: [Norwegian, Norse]}
"""


@pytest.fixture
def laid(make_corpus: Callable[[Path], Any], tmp_path: Path) -> Any:
    corpus = make_corpus(tmp_path)
    corpus.names.write_text(BOOK, encoding="utf-8")
    corpus.write("a.txt", "Steppe Eagle began on 3 May 2012 in Norway. The drill ended well.", title="One exercise")
    corpus.write("b.txt", "Norsk units took part in Open Spirit in 2011.", title="Another", published="2011-06-01")
    corpus.write("c.txt", "Nothing was announced by Smith about the summer to come.", title="Third", published="2013")
    corpus.write(
        "d.txt",
        "Viktor Smith spoke in Norsk Hall on Monday. Then Smith left.",
        title="Fourth",
        published="2013-05-08",
    )
    for number in range(6):  # so that most of the corpus stays as it is
        corpus.write(f"x{number}.txt", f"The weather of week {number} was fine all over.", title="Weather")
    corpus.build()
    return corpus


def worked_out(corpus: Any, monkeypatch: pytest.MonkeyPatch) -> tuple[Any, list[str]]:
    """The next build, and the ids of the articles that were worked out in it."""
    seen: list[str] = []

    def watched(article: Any, gazetteer: Any) -> Any:
        seen.append(article.id)
        return analyse(article, gazetteer)

    with monkeypatch.context() as patched:
        patched.setattr("kzbot.index.building.candidate.analyse", watched)
        return corpus.build(), seen


def test_a_withdrawn_article_is_gone_without_being_rejected_and_comes_back_as_it_was(
    laid: Any, contents: Contents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, seen = contents(laid.last), dict(laid.rows("SELECT id, first_seen FROM articles"))

    class Later(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return super().now(tz).replace(year=2099)

    monkeypatch.setattr("kzbot.index.building.candidate.datetime", Later)
    laid.overlay = Overlay.of(withdrawn=["b"])
    summary = laid.build()
    assert (summary.removed, summary.rejected, summary.duplicates) == (("b",), (), ())
    assert laid.rows("SELECT id FROM articles WHERE id < 'x' ORDER BY id") == [("a",), ("c",), ("d",)]
    assert b"Open Spirit in 2011" not in laid.last.read_bytes()
    assert [(one.file, one.id, one.title) for one in holdings(laid.last).withdrawn] == [("b.txt", "b", "Another")]
    assert contents(laid.last) == contents(laid.build_anew(tmp_path / "anew"))
    assert not laid.build().made
    laid.write("e.txt", "Something else happens to the corpus meanwhile.", title="Meanwhile")
    laid.build()
    assert [one.id for one in holdings(laid.last).withdrawn] == ["b"]
    laid.remove("e.txt")
    laid.overlay = Overlay()
    assert laid.build().added == ("b",)
    assert contents(laid.last) == before
    assert dict(laid.rows("SELECT id, first_seen FROM articles")) == seen


def test_one_line_of_a_file_of_many_articles_is_withdrawn_and_restored(
    laid: Any, contents: Contents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [{"id": one, "title": one, "text": f"Open Spirit of {one} was held in 2012."} for one in ("p", "q", "r")]
    laid.write("many.jsonl", "".join(json.dumps(line) + "\n" for line in lines))
    laid.build()
    before = contents(laid.last)
    read = []

    def watched(folders: Any, state: Any, *given: Any, max_bytes: int) -> Any:
        read.append(state.file)
        return read_in(folders, state, *given, max_bytes=max_bytes)

    monkeypatch.setattr("kzbot.index.building.plan.read_in", watched)
    laid.overlay = Overlay.of(withdrawn=["q", "a"])
    assert laid.build().removed == ("a", "q")
    laid.write("e.txt", "Something else happens to the corpus meanwhile.", title="Meanwhile")
    laid.build()
    assert read == ["e.txt"]
    assert [(one.id, one.title) for one in holdings(laid.last).withdrawn] == [("a", "One exercise"), ("q", "q")]
    assert holdings(laid.last).idle == ()
    assert contents(laid.last) == contents(laid.build_anew(tmp_path / "anew"))
    laid.remove("e.txt")
    laid.overlay = Overlay.of(withdrawn=["a"])
    assert laid.build().added == ("q",)
    laid.overlay = Overlay()
    assert laid.build().added == ("a",)
    assert contents(laid.last) == before


def test_what_repeated_a_withdrawn_article_is_taken_in_its_place(laid: Any) -> None:
    laid.write("z.txt", "Norsk units took part in Open Spirit in 2011.", title="The same again")
    assert [one.file for one in laid.build().duplicates] == ["z.txt"]
    laid.overlay = Overlay.of(withdrawn=["b"])
    summary = laid.build()
    assert (summary.added, summary.removed, summary.duplicates) == (("z",), ("b",), ())


def test_a_date_put_right_works_out_that_article_only_and_can_be_undone(
    laid: Any, contents: Contents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(laid.last)
    laid.overlay = Overlay.of(dates=[("d", "Monday", "2013-04-29"), ("a", "3 May 2012", None)])
    summary, seen = worked_out(laid, monkeypatch)
    assert seen == ["a", "d"] == list(summary.reworked)
    assert (summary.changed, summary.unchanged, summary.reanalysed) == ((), 10, False)
    dates = "SELECT m.edtf FROM marks m JOIN passages p ON p.number = m.passage WHERE p.text LIKE ? AND timeline = 1"
    assert laid.rows(dates, "%Monday%") == [("2013-04-29",)]
    assert laid.rows(dates, "%Steppe Eagle%") == []
    assert contents(laid.last) == contents(laid.build_anew(tmp_path / "anew"))
    laid.overlay = Overlay()
    summary, seen = worked_out(laid, monkeypatch)
    assert seen == ["a", "d"]
    assert contents(laid.last) == before


def test_a_moderator_has_the_last_word_on_a_date_that_the_file_corrects(laid: Any) -> None:
    corrections = [{"words": "the fifth day", "edtf": "2012-05-05"}, {"words": "the ninth day", "edtf": "2012-05-09"}]
    laid.write(
        "e.txt", "It began on the fifth day.\n\nIt ended on the ninth day.", title="Put right", dates=corrections
    )
    laid.overlay = Overlay.of(dates=[("e", "the\nfifth day", "2015-05-05"), ("e", "the fifth day", "2014-05-05")])
    laid.build()
    found = laid.rows("SELECT m.words, m.edtf FROM marks m WHERE m.words LIKE 'the % day' ORDER BY 2")
    assert found == [("the ninth day", "2012-05-09"), ("the fifth day", "2014-05-05")]
    laid.overlay = Overlay()
    laid.build()
    assert laid.rows("SELECT m.edtf FROM marks m WHERE m.words = 'the fifth day'") == [("2012-05-05",)]


def test_corrections_that_no_longer_apply_are_told_and_stop_nothing(laid: Any) -> None:
    laid.overlay = Overlay.of(
        withdrawn=["gone", "c"],
        dates=[
            ("a", "4 May 2012", "2012"),
            ("a", "3 May 2012", "no date"),
            ("b", "in\n 2011", "2011-03"),
            ("c", "some day", "2012"),
            ("gone", "2012", None),
        ],
        spellings=[
            ("country:norway", "NORWAY"),
            ("exercise:zapad", "West"),
            ("person:anne-shelton", "William  Smith"),
            ("person:anne-shelton", "Annie"),
            ("person:william-smith", "annie"),
            ("person:william-smith", "…"),
        ],
    )
    summary = laid.build()
    assert summary.removed == ("c",)
    idle = [(one.what, one.target, one.words) for one in holdings(laid.last).idle]
    assert idle == [
        ("date", "a", "3 May 2012"),
        ("date", "a", "4 May 2012"),
        ("date", "gone", "2012"),
        ("spelling", "country:norway", "NORWAY"),
        ("spelling", "exercise:zapad", "West"),
        ("spelling", "person:anne-shelton", "William  Smith"),
        ("spelling", "person:william-smith", "annie"),
        ("spelling", "person:william-smith", "…"),
        ("withdrawal", "gone", None),
    ]
    reasons = {(one.target, one.words): one.reason for one in holdings(laid.last).idle}
    assert "do not stand" in reasons["a", "4 May 2012"]
    assert "William Smith" in reasons["person:anne-shelton", "William  Smith"]
    assert "Anne Shelton" in reasons["person:william-smith", "annie"]
    assert laid.rows("SELECT variants FROM names WHERE id = 'person:anne-shelton'") == [('["Annie"]',)]
    assert laid.rows("SELECT edtf FROM marks WHERE words = 'in 2011' OR words = '2011'")[0] == ("2011-03",)
    assert not laid.build().made
    laid.write("a.txt", "Steppe Eagle began on 4 May 2012 in Norway.", title="One exercise")
    laid.build()
    assert ("date", "a", "4 May 2012") not in [(one.what, one.target, one.words) for one in holdings(laid.last).idle]


def test_a_new_spelling_is_found_and_works_out_only_articles_that_it_stands_in(
    laid: Any, contents: Contents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(laid.last)
    laid.overlay = Overlay.of(spellings=[("country:norway", "Norsk")])
    summary, seen = worked_out(laid, monkeypatch)
    assert seen == ["b", "d"] == list(summary.reworked)
    assert not summary.reanalysed
    found = laid.rows("SELECT words FROM mentions WHERE name = 'country:norway' ORDER BY 1")
    assert found == [("Norsk",), ("Norsk",), ("Norway",)]
    assert contents(laid.last) == contents(laid.build_anew(tmp_path / "anew"))
    laid.overlay = Overlay()
    assert worked_out(laid, monkeypatch)[1] == ["b", "d"]
    assert contents(laid.last) == before


@pytest.mark.parametrize(
    ("name", "spelling", "article"),
    [("exercise:steppe-eagle", "Exercise Orzel", "a"), ("person:william-smith", "Victor Jones", "d")],
)
def test_a_spelling_that_changes_how_other_forms_of_its_name_are_read_counts_there_too(
    laid: Any,
    contents: Contents,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    spelling: str,
    article: str,
) -> None:
    def mentions() -> list[Any]:
        sql = (
            "SELECT words, by FROM mentions n JOIN passages p ON p.number = n.passage JOIN articles a ON"
            " a.number = p.article WHERE n.name = ? AND a.id = ? ORDER BY 1"
        )
        return list(laid.rows(sql, name, article))

    before = mentions()
    laid.overlay = Overlay.of(spellings=[(name, spelling)])
    assert article in worked_out(laid, monkeypatch)[1]
    assert mentions() != before
    assert contents(laid.last) == contents(laid.build_anew(tmp_path / "anew"))


def test_what_is_laid_over_the_corpus_makes_a_generation_outdated(laid: Any) -> None:
    assert is_current(laid.last, laid.sources)
    for overlay in (
        Overlay.of(withdrawn=["b"]),
        Overlay.of(dates=[("a", "3 May 2012", None)]),
        Overlay.of(spellings=[("country:norway", "Norsk")]),
    ):
        laid.overlay = overlay
        assert not is_current(laid.last, laid.sources)
        laid.build()
        assert is_current(laid.last, laid.sources)


def test_a_mentioned_spelling_is_kept_when_the_name_book_changes(laid: Any, contents: Contents, tmp_path: Path) -> None:
    laid.overlay = Overlay.of(spellings=[("country:norway", "Norsk")], dates=[("a", "3 May 2012", "2012-05-04")])
    laid.build()
    laid.names.write_text(BOOK + "  - {kind: country, name: Sweden, variants: [Norsk Hall]}\n", encoding="utf-8")
    assert laid.build().reanalysed
    assert contents(laid.last) == contents(laid.build_anew(tmp_path / "anew"))
    laid.names.write_text(BOOK.replace("Norse]", "Norse], variants: [Norsk]"), encoding="utf-8")
    laid.build()
    assert [one.words for one in holdings(laid.last).idle] == ["Norsk"]
    assert contents(laid.last) == contents(laid.build_anew(tmp_path / "anew2"))


WORDS = [
    "Norway",
    "Norsk",
    "Norse",
    "Steppe Eagle",
    "Eagle",
    "Orzel",
    "the drill",
    "the exercise",
    "an exercise",
    "Smith",
]
WORDS += ["Victor", "Viktor", "Jones", "spoke", "on 3 May 2012", "in 2012", "Monday", ".", "\n\n"]
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=10).map(" ".join)
OVERLAYS = st.builds(
    Overlay.of,
    st.sets(st.sampled_from("abcdz"), max_size=2),
    st.lists(
        st.tuples(
            st.sampled_from("abcdz"), st.sampled_from(["3 May 2012", "2012", "Monday"]), st.sampled_from([None, "2011"])
        ),
        max_size=3,
    ),
    st.lists(
        st.tuples(
            st.sampled_from(["country:norway", "exercise:steppe-eagle", "person:william-smith", "person:nobody"]),
            st.sampled_from(
                ["Norsk", "Norse", "Orzel", "Exercise Orzel", "Victor Jones", "Victor Smith", "Smith Jones"]
            ),
        ),
        max_size=3,
    ),
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(texts=st.lists(TEXTS, min_size=4, max_size=4), steps=st.lists(OVERLAYS, min_size=1, max_size=3))
def test_whatever_is_laid_over_a_patched_generation_is_one_built_anew(
    texts: list[str],
    steps: list[Overlay],
    make_corpus: Callable[[Path], Any],
    contents: Contents,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("laid")
    corpus = make_corpus(folder)
    corpus.names.write_text(BOOK, encoding="utf-8")
    for name, text in zip("abcd", texts, strict=True):
        corpus.write(f"{name}.txt", f"{text} {name}", title=f"Title {name}", published="2013-05-08")
    for number, step in enumerate([Overlay(), *steps, Overlay()]):
        corpus.overlay = replace(step)
        corpus.build()
        assert contents(corpus.last) == contents(corpus.build_anew(folder / f"anew{number}"))
