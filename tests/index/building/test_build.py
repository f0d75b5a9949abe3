"""A generation holds what the folder holds, whether it was filled from nothing or patched from the one before."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzbot.corpus.article import Article
from kzbot.corpus.collection import read_in
from kzbot.corpus.folders import Folders
from kzbot.errors import GenerationError, NameBookError
from kzbot.index.building.analyse import analyse
from kzbot.index.building.build import build
from kzbot.index.building.candidate import Candidate

Contents = Callable[[Path], list[list[Any]]]
Check = Callable[[Path], None]


def test_the_first_generation(corpus: Any, whole: Check) -> None:
    summary = corpus.build()
    assert summary.made
    assert (summary.added, summary.changed, summary.removed) == (("a", "b", "c"), (), ())
    assert corpus.last.name == f"{summary.generation}.sqlite"
    assert summary.generation[16:] == corpus.rows("SELECT substr(value, 1, 8) FROM meta WHERE key = 'digest'")[0][
        0
    ].join(("-", ""))
    meta = dict(corpus.rows("SELECT key, value FROM meta"))
    assert meta["id"] == summary.generation
    assert summary.generation.endswith(f"Z-{meta['digest'][:8]}")
    assert meta["articles"] == "3"
    assert meta["years"] == "2011-2013"
    assert int(meta["passages"]) == corpus.rows("SELECT count(*) FROM passages")[0][0]
    assert corpus.rows("SELECT id FROM articles ORDER BY number") == [("a",), ("b",), ("c",)]
    assert list(corpus.generations.iterdir()) == [corpus.last]
    whole(corpus.last)


def test_a_finished_generation_is_one_file_that_is_not_written(corpus: Any) -> None:
    corpus.build()
    assert corpus.last.stat().st_mode & 0o222 == 0
    assert corpus.rows("PRAGMA journal_mode") != [("wal",)]


def test_nothing_changed_makes_no_generation(corpus: Any) -> None:
    first = corpus.build()
    again = corpus.build()
    assert not again.made
    assert again.generation == first.generation
    assert (again.added, again.changed, again.removed, again.unchanged) == ((), (), (), 3)
    assert list(corpus.generations.iterdir()) == [corpus.last]


def test_a_file_that_was_only_touched_changes_nothing(corpus: Any) -> None:
    corpus.build()
    corpus.touch("a.txt")
    assert not corpus.build().made


def test_unchanged_files_are_not_read(corpus: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus.build()
    read = []

    def watched(folders: Folders, state: Any, *given: Any, **options: Any) -> Any:
        read.append(state.file)
        return read_in(folders, state, *given, **options)

    monkeypatch.setattr("kzbot.index.building.plan.read_in", watched)
    corpus.write("b.txt", "Something else was printed here on 4 May 2014.", title="Another exercise")
    corpus.build()
    assert read == ["b.txt"]


def test_added_changed_and_removed(corpus: Any, contents: Contents, whole: Check, tmp_path: Path) -> None:
    corpus.build()
    corpus.remove("c.md")
    corpus.write("b.txt", "Norway was not in Open Spirit in 2011 at all.", title="Another exercise")
    corpus.write("aa.txt", "Steppe Eagle is planned again for 2015 by everybody.", title="Between")
    summary = corpus.build()
    assert (summary.added, summary.changed, summary.removed, summary.unchanged) == (("aa",), ("b",), ("c",), 1)
    assert not summary.reanalysed
    assert corpus.rows("SELECT id FROM articles ORDER BY number") == [("a",), ("aa",), ("b",)]
    assert contents(corpus.last) == contents(corpus.build_anew(tmp_path / "anew"))
    whole(corpus.last)


def test_a_removed_article_leaves_no_word_behind(corpus: Any) -> None:
    for number in range(6):
        corpus.write(f"more{number}.txt", f"Another article of no weight, number {number}, is here.", title="More")
    corpus.build()
    assert b"zeppelins" in corpus.last.read_bytes()
    corpus.remove("b.txt")
    corpus.build()
    assert b"zeppelins" not in corpus.last.read_bytes().lower()
    assert corpus.rows("SELECT * FROM vocabulary WHERE word = 'zeppelins'") == []
    assert corpus.rows("SELECT mentions, first FROM names WHERE id = 'exercise:open-spirit'") == [(0, None)]


def test_the_vocabulary_counts_passages_and_holds_the_words_of_names(corpus: Any) -> None:
    corpus.build()
    counts = dict(corpus.rows("SELECT word, passages FROM vocabulary"))
    passages = corpus.rows("SELECT count(*) FROM passages p WHERE p.text || ' ' || p.title LIKE '%exercise%'")[0][0]
    assert counts["exercise"] == passages
    assert counts["announced"] == 1
    assert counts["орел"] == 0


def test_first_seen_stays_when_a_file_changes_or_moves(corpus: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus.write("d.txt", "It stays the same article wherever it lies.", title="Moved", id="moved")
    corpus.build()
    seen = dict(corpus.rows("SELECT id, first_seen FROM articles"))
    assert set(seen.values()) == {corpus.rows("SELECT value FROM meta WHERE key = 'created'")[0][0]}

    class Later(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return super().now(tz).replace(year=2099)

    monkeypatch.setattr("kzbot.index.building.candidate.datetime", Later)
    corpus.write("b.txt", "Another wording of the second article stands here now.", title="Another exercise")
    (corpus.articles / "d.txt").rename(corpus.articles / "e.txt")
    corpus.write("f.txt", "A new article comes in with the second generation.", title="New")
    corpus.build()
    later = dict(corpus.rows("SELECT id, first_seen FROM articles"))
    assert later.pop("f").startswith("2099-")
    assert later == seen


def test_first_seen_outlives_a_rejection_but_not_a_withdrawal(corpus: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus.build()
    seen = dict(corpus.rows("SELECT id, first_seen FROM articles"))
    good = (corpus.articles / "b.txt").read_bytes()

    class Later(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return super().now(tz).replace(year=2099)

    monkeypatch.setattr("kzbot.index.building.candidate.datetime", Later)
    (corpus.articles / "b.txt").write_bytes(b"\xff\xfe no text")
    assert corpus.build().removed == ("b",)
    corpus.write("g.txt", "Something else happens to the corpus meanwhile.", title="Meanwhile")
    corpus.build()
    (corpus.articles / "b.txt").write_bytes(good)
    assert "b" in corpus.build().added
    assert dict(corpus.rows("SELECT id, first_seen FROM articles"))["b"] == seen["b"]

    corpus.remove("b.txt")
    corpus.build()
    assert corpus.rows("SELECT * FROM set_aside") == []
    corpus.write("b.txt", "It comes back as a new article.", title="Another exercise")
    corpus.build()
    assert dict(corpus.rows("SELECT id, first_seen FROM articles"))["b"].startswith("2099-")


def test_a_changed_name_book_works_everything_out_anew_without_reading(
    corpus: Any, contents: Contents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus.write(
        "d.txt",
        "Dates are put right by hand: on the fifth day it began.",
        title="Put right",
        dates=[{"words": "the fifth day", "edtf": "2012-05-05"}],
    )
    corpus.build()
    text = corpus.names.read_text("utf-8")
    corpus.names.write_text("# a remark\n" + text, encoding="utf-8")
    assert not corpus.build().made
    corpus.names.write_text(text + "  - kind: country\n    name: Zeppelins\n", encoding="utf-8")

    def never(*_: Any, **__: Any) -> Any:
        raise AssertionError("a file was read")

    with monkeypatch.context() as patched:
        patched.setattr("kzbot.index.building.plan.read_in", never)
        summary = corpus.build()
    assert summary.made and summary.reanalysed
    assert (summary.added, summary.changed, summary.removed, summary.unchanged) == ((), (), (), 4)
    assert corpus.rows("SELECT mentions FROM names WHERE canonical = 'Zeppelins'") == [(1,)]
    assert contents(corpus.last) == contents(corpus.build_anew(tmp_path / "anew"))


def test_rejected_files_are_remembered_and_the_others_load(corpus: Any) -> None:
    corpus.write("bad.txt", "No metadata and no title, so it is not taken.")
    corpus.write("worse.txt", "An unknown key is in the metadata of this one.", title="Worse", colour="red")
    summary = corpus.build()
    assert summary.articles == 3
    assert [one.file for one in summary.rejected] == ["bad.txt", "worse.txt"]
    kept = corpus.rows("SELECT file, line, reason FROM rejections")
    assert kept == [(one.file, one.line, one.reason) for one in summary.rejected]
    assert kept[1][1] is not None
    again = corpus.build()
    assert not again.made
    assert again.rejected == summary.rejected


def test_an_article_that_goes_bad_is_removed_and_listed(corpus: Any, whole: Check) -> None:
    corpus.build()
    corpus.write("b.txt", "The title went missing in this file.", publisher="Somebody")
    summary = corpus.build()
    assert summary.removed == ("b",)
    assert [one.file for one in summary.rejected] == ["b.txt"]
    assert corpus.rows("SELECT count(*) FROM articles") == [(2,)]
    whole(corpus.last)


def test_the_same_text_twice_is_taken_once_until_the_first_goes(corpus: Any) -> None:
    corpus.build()
    corpus.write("0.txt", "Steppe Eagle began on 3 May 2012 in Norway. The exercise ended well.", title="The same")
    summary = corpus.build()
    assert (summary.added, summary.removed) == (("0",), ("a",))
    assert [one.file for one in summary.duplicates] == ["a.txt"]
    assert corpus.rows("SELECT file FROM rejections") == [("a.txt",)]
    corpus.remove("0.txt")
    summary = corpus.build()
    assert (summary.added, summary.removed, summary.duplicates) == (("a",), ("0",), ())


def test_an_article_that_trips_a_rule_does_not_keep_the_others_out(
    corpus: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tripping(article: Article, gazetteer: Any) -> Any:
        if article.id == "b":
            raise ValueError("an unforeseen word")
        return analyse(article, gazetteer)

    monkeypatch.setattr("kzbot.index.building.candidate.analyse", tripping)
    for _ in range(2):
        summary = corpus.build()
        assert (summary.articles, summary.added + summary.changed) == (2, ("a", "c") if summary.made else ())
        assert [one.file for one in summary.rejected] == ["b.txt"]
        assert "an unforeseen word" in summary.rejected[0].reason
    assert not summary.made


def test_a_damaged_or_foreign_generation_is_no_obstacle(corpus: Any, contents: Contents, tmp_path: Path) -> None:
    corpus.build()
    expected = contents(corpus.last)
    for damage in (b"", b"SQLite format 3\0 and then nothing", b"x" * 5000):
        corpus.last = tmp_path / "damaged.sqlite"
        corpus.last.write_bytes(damage)
        assert corpus.build().made
        assert contents(corpus.last) == expected


def test_a_generation_that_turns_out_to_be_damaged_is_built_anew(corpus: Any, contents: Contents, whole: Check) -> None:
    for number in range(40):
        corpus.write(
            f"more{number}.txt", f"Another article of some weight, number {number}. " * 20, title=f"M {number}"
        )
    corpus.build()
    size = corpus.last.stat().st_size
    damaged = bytearray(corpus.last.read_bytes())
    page = damaged.find(b"weight, number 20.") // 4096 * 4096
    damaged[page : page + 4096] = b"\xff" * 4096
    corpus.last.chmod(0o644)
    corpus.last.write_bytes(bytes(damaged))
    assert corpus.last.stat().st_size == size
    for number in range(40):
        if number % 3 == 0:
            corpus.remove(f"more{number}.txt")
    corpus.build()
    whole(corpus.last)


def test_what_a_killed_build_left_is_removed(corpus: Any) -> None:
    corpus.generations.mkdir()
    (corpus.generations / "building-1.sqlite").write_bytes(b"half")
    corpus.build()
    assert list(corpus.generations.iterdir()) == [corpus.last]


def test_a_bad_name_book_or_a_missing_folder_leaves_everything_as_it_was(corpus: Any) -> None:
    corpus.build()
    corpus.names.write_text("kinds: [", encoding="utf-8")
    with pytest.raises(NameBookError):
        corpus.build()
    corpus.names.write_text("kinds: {}\nnames: []\n", encoding="utf-8")
    with pytest.raises(GenerationError):
        build(corpus.sources.__class__(corpus.articles / "none", corpus.names), corpus.generations, corpus.last)
    assert list(corpus.generations.iterdir()) == [corpus.last]


def test_a_corpus_that_carries_names_is_patched_and_not_loaded_anew(
    corpus: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus.write("d.txt", "General Hugh Shelton spoke. Hugh Shelton left.", title="Shelton")
    corpus.write("e.txt", "The exercise went on.", title="On")
    corpus.build()
    assert corpus.rows("SELECT count(*) FROM carried_roots")[0][0]
    written: list[Path | None] = []
    write = Candidate.write

    def counted(self: Candidate, *given: Any) -> Any:
        written.append(self._before.path)
        return write(self, *given)

    monkeypatch.setattr(Candidate, "write", counted)
    before = corpus.last
    corpus.write("e.txt", "The exercise ended.", title="On")
    corpus.build()
    assert written == [before]


def test_first_and_last_dated_mention(corpus: Any) -> None:
    corpus.write(
        "d.txt",
        "Steppe Eagle has been held since 2007 in all weathers. Steppe Eagle was held in September 2012 for a week. "
        "Steppe Eagle is held here too. Open Spirit came in 1999, and again on 5 March 1999 for the press.",
        title="History",
    )
    corpus.build()
    dates = {row[0]: row[1:] for row in corpus.rows("SELECT canonical, first, last FROM names")}
    assert dates["Steppe Eagle"] == ("2007/..", "2012-09")
    assert dates["Open Spirit"] == ("1999", "2011")


WORDS = st.sampled_from(
    [
        "Steppe Eagle",
        "Norway",
        "in 2012",
        "on 4 May 2013",
        "the exercise",
        "was held",
        "zeppelins.",
        "General Hugh Shelton",
        "the North Atlantic Council (NAC)",
        "They",
        "\n\n",
        "U.S.",
    ]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)
STEPS = st.lists(st.dictionaries(st.sampled_from("abcdef"), TEXTS, max_size=5), min_size=2, max_size=4)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=STEPS)
def test_patching_always_gives_what_building_anew_gives(
    steps: list[dict[str, str]],
    make_corpus: Callable[[Path], Any],
    contents: Contents,
    whole: Check,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("patched")
    corpus = make_corpus(folder)
    times: dict[str, int] = {}
    for number, step in enumerate(steps):
        for file in list(corpus.articles.iterdir()):
            file.unlink()
        for name, text in step.items():
            corpus.write(f"{name}.txt", text, title=f"Title {name}")
            time = times.setdefault(text, 1_600_000_000 + len(times))  # the same text again is the same file
            os.utime(corpus.articles / f"{name}.txt", (time, time))
        corpus.build()
        assert contents(corpus.last) == contents(corpus.build_anew(folder / f"anew{number}"))
    whole(corpus.last)
