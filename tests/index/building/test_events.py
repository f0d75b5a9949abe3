"""Events of a generation: the same whether it was patched or filled from nothing, and gone with their articles."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

Contents = Callable[[Path], list[list[Any]]]
Check = Callable[[Path], None]

TOLD = "SELECT p.address, m.edtf, v.event FROM events v JOIN marks m ON m.number = v.mark JOIN passages p ON p.number = m.passage"
PACT = "The parliament of Veldoria ratified the Kelm Pact by 87 votes to 12 on 1 April 2003.\n"
AGAIN = "By 87 votes to 12, Veldoria's parliament ratified the Kelm Pact on Tuesday.\n"


def sources(corpus: Any) -> set[tuple[str, str]]:
    return {(address.partition("#")[0], edtf) for address, edtf, _ in corpus.rows(TOLD)}


def test_two_articles_that_tell_of_one_event_share_it(corpus: Any) -> None:
    corpus.write("pact.txt", PACT, title="Pact", published="2003-04-02")
    corpus.write("votes.txt", AGAIN, title="Votes", published="2003-04-03")
    corpus.build()
    assert sources(corpus) == {("pact", "2003-04-01"), ("votes", "2003-04-01")}
    assert len({event for _, _, event in corpus.rows(TOLD)}) == 1


def test_a_patched_generation_has_the_events_of_a_fresh_one(
    corpus: Any, contents: Contents, whole: Check, tmp_path: Path
) -> None:
    corpus.write("pact.txt", PACT, title="Pact", published="2003-04-02")
    corpus.build()
    assert sources(corpus) == set()
    corpus.write("votes.txt", AGAIN, title="Votes", published="2003-04-03")
    corpus.build()
    assert len(sources(corpus)) == 2
    assert contents(corpus.last) == contents(corpus.build_anew(tmp_path / "anew"))
    whole(corpus.last)
    corpus.write("a0.txt", f"Some new words stand first. {PACT}", title="Earlier", published="2003-04-02")
    corpus.build()
    assert len(sources(corpus)) == 3
    assert contents(corpus.last) == contents(corpus.build_anew(tmp_path / "more"))


def test_an_event_goes_with_the_article_that_shared_it(
    corpus: Any, contents: Contents, whole: Check, tmp_path: Path
) -> None:
    corpus.write("pact.txt", PACT, title="Pact", published="2003-04-02")
    corpus.write("votes.txt", AGAIN, title="Votes", published="2003-04-03")
    corpus.build()
    corpus.remove("votes.txt")
    corpus.build()
    assert sources(corpus) == set()
    assert contents(corpus.last) == contents(corpus.build_anew(tmp_path / "anew"))
    whole(corpus.last)


def test_an_event_keeps_its_id_over_reloads(corpus: Any) -> None:
    corpus.write("pact.txt", PACT, title="Pact", published="2003-04-02")
    corpus.write("votes.txt", AGAIN, title="Votes", published="2003-04-03")
    corpus.build()
    before = set(corpus.rows(TOLD))
    corpus.write("b.txt", "Nothing of the kind was said on 4 June 2009 in Norway.", title="Another exercise")
    corpus.build()
    assert set(corpus.rows(TOLD)) == before


def test_every_mark_of_a_date_that_tells_of_the_event_knows_it(corpus: Any) -> None:
    twice = f"{PACT.strip()[:-1]}, a day that began with rain on 1 April 2003.\n"
    corpus.write("pact.txt", twice, title="Pact", published="2003-04-02")
    corpus.write("votes.txt", AGAIN, title="Votes", published="2003-04-03")
    corpus.build()
    marks = corpus.rows("SELECT number FROM marks WHERE edtf = '2003-04-01'")
    assert len(marks) == 3
    assert sorted(marks) == sorted(corpus.rows("SELECT mark FROM events"))


def test_a_plan_that_was_given_up_tells_of_no_event(corpus: Any) -> None:
    given_up = (
        "The parliament of Veldoria had been scheduled to ratify the Kelm Pact by 87 votes to 12 on 1 April 2003.\n"
    )
    corpus.write("plan.txt", given_up, title="Plan", published="2003-05-02")
    corpus.write("again.txt", f"It rained. {given_up}", title="Again", published="2003-05-03")
    corpus.build()
    assert corpus.rows("SELECT timeline FROM marks WHERE edtf = '2003-04-01'") == [(-1,), (-1,)]
    assert corpus.rows(TOLD) == []
